// Agents: each call sends the system prompt and everything said before, so input grows with the square of the calls.
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
  TOUCHES_NOTHING,
} from './lever.ts';
import { paidAnotherWay } from './refusals.ts';
import type { AgentCalls, AgentsLever } from './scenario.ts';

export const agentsRules: LeverRules<AgentsLever> = {
  title: 'Agent calls',
  reason:
    'Fewer calls a run, a shorter system prompt or less carried along: input grows with the square of the calls.',
  parameters: (lever) =>
    rangesOf(lever, {
      systemCut: ['cut of the system prompt', 'ratio'],
      growthCut: ['cut of what is carried along', 'ratio'],
    }),
  isSteady: () => true,
  effect: (lever) => {
    const factors = factorsOf(lever);
    if (factors === null) return TOUCHES_NOTHING;
    const input = factors.inputAfter / factors.inputBefore;
    const output = factors.callsAfter / factors.callsBefore;
    const runs = servedAs({ scale: { input, cached: input, output } });
    return eachSlice(runs, (slice) => planOf(runs, slice));
  },
  facts: (lever) => {
    const factors = factorsOf(lever);
    const fact = (name: string, value: number | null, unit: string, note: string | null = null) => ({
      name,
      model: null,
      value,
      unit,
      note: value === null ? 'not stated' : note,
    });
    return [
      fact(
        'input tokens a run today',
        factors?.inputBefore ?? null,
        'token',
        'Σ share × (n·system + growth·n(n − 1) ÷ 2)',
      ),
      fact('input tokens a run afterwards', factors?.inputAfter ?? null, 'token'),
      fact(
        'calls a run today',
        factors?.callsBefore ?? null,
        'count',
        'mean; the input is not that of the mean',
      ),
      fact('calls a run afterwards', factors?.callsAfter ?? null, 'count'),
    ];
  },
};

/** Input tokens of a run of n calls: n·system + growth·n(n − 1)/2. */
export function inputOfRun(calls: number, system: number, growth: number): number {
  return calls * system + (growth * calls * (calls - 1)) / 2;
}

/** Expected input tokens over a distribution of calls; null for one without weight. */
export function expectedInput(runs: readonly AgentCalls[], system: number, growth: number): number | null {
  return mean(runs, ({ calls }) => inputOfRun(calls, system, growth));
}

function mean(runs: readonly AgentCalls[], value: (run: AgentCalls) => number): number | null {
  const weight = sumOf(runs.map((run) => run.weight));
  return weight === 0 ? null : sumOf(runs.map((run) => run.weight * value(run))) / weight;
}

function factorsOf({ runs, maxCalls, systemTokens, growthTokens, systemCut, growthCut }: AgentsLever) {
  const capped = runs.map((run) => ({ ...run, calls: Math.min(run.calls, maxCalls ?? run.calls) }));
  const inputBefore = expectedInput(runs, systemTokens, growthTokens);
  const inputAfter = expectedInput(
    capped,
    systemTokens * (1 - systemCut.base),
    growthTokens * (1 - growthCut.base),
  );
  const callsBefore = mean(runs, ({ calls }) => calls);
  const callsAfter = mean(capped, ({ calls }) => calls);
  if (inputBefore === null || inputAfter === null || callsBefore === null || callsAfter === null) return null;
  if (inputBefore === 0 || callsBefore === 0) return null;
  return { inputBefore, inputAfter, callsBefore, callsAfter };
}

/** Input follows the tokens of a run, output the number of its calls. Cached input is part of what is sent again. */
function planOf(runs: Serving, slice: Slice): Plan {
  const refusal = paidAnotherWay(slice);
  return {
    share: ofBoth(1),
    outcomes: [served(slice, {}, runs)],
    refusals: refusal === null ? [] : [refusal],
    warnings: [],
  };
}
