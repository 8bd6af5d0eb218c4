// Retries and experiments: volume that is billed and serves nobody, as a factor on whole requests.
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
import type { OverheadLever } from './scenario.ts';

export const overheadRules: LeverRules<OverheadLever> = {
  title: 'Retries and experiments',
  reason:
    'Changes the volume that retries and trials add to the useful requests; throttled calls are not billed.',
  parameters: (lever) =>
    rangesOf(lever, {
      overheadNow: ['overhead today', 'ratio'],
      overheadAfter: ['overhead afterwards', 'ratio'],
    }),
  isSteady: () => true,
  effect: (lever) => {
    const often = servedAs({ weight: factorOf(lever) });
    return eachSlice(often, (slice) => planOf(often, slice));
  },
  facts: (lever) => [
    {
      name: 'volume afterwards, today = 1',
      model: null,
      value: factorOf(lever),
      unit: 'ratio',
      note: '(1 + overhead afterwards) ÷ (1 + overhead today)',
    },
  ],
};

/** Requests afterwards ÷ requests today, for the same useful work. */
function factorOf({ overheadNow, overheadAfter }: OverheadLever): number {
  return (1 + overheadAfter.base) / (1 + overheadNow.base);
}

function planOf(often: Serving, slice: Slice): Plan {
  const refusal = paidAnotherWay(slice);
  return {
    share: ofBoth(1),
    outcomes: [served(slice, {}, often)],
    refusals: refusal === null ? [] : [refusal],
    warnings: [],
  };
}
