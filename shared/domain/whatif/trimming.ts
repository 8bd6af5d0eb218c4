// Trimming: fewer tokens for the same requests, on the input side, in the cached prefix, in the answer.
import { sumOf } from '../sum.ts';
import {
  eachSlice,
  type LeverRules,
  ofBoth,
  type Plan,
  rangesOf,
  type Serving,
  type Slice,
  served,
  servedAs,
} from './lever.ts';
import { paidAnotherWay } from './refusals.ts';
import type { TrimmingLever } from './scenario.ts';

export const trimmingRules: LeverRules<TrimmingLever> = {
  title: 'Shorter prompts and answers',
  reason: 'Cuts a share of the input or output tokens; a trimmed prefix is less to cache as well.',
  parameters: (lever) =>
    rangesOf(lever, {
      inputCut: ['input cut', 'ratio'],
      cachedCut: ['cached input cut', 'ratio'],
      outputCut: ['output cut', 'ratio'],
    }),
  isSteady: () => true,
  effect: ({ inputCut, cachedCut, outputCut }) => {
    const scale = { input: 1 - inputCut.base, cached: 1 - cachedCut.base, output: 1 - outputCut.base };
    const shorter = servedAs({ scale });
    return eachSlice(shorter, (slice) => planOf(shorter, slice));
  },
  facts: (_lever, slices) => {
    const total = (meter: 'input' | 'output'): number => sumOf(slices.map(({ tokens }) => tokens[meter]));
    const input = total('input');
    return [
      {
        name: 'output ÷ uncached input',
        model: null,
        value: input === 0 ? null : total('output') / input,
        unit: 'ratio',
        note: input === 0 ? 'no uncached input in scope' : null,
      },
    ];
  },
};

function planOf(shorter: Serving, slice: Slice): Plan {
  const refusal = paidAnotherWay(slice);
  return {
    share: ofBoth(1),
    outcomes: [served(slice, {}, shorter)],
    refusals: refusal === null ? [] : [refusal],
    warnings: [],
  };
}
