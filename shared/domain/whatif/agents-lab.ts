// The agents lab: input tokens of a run by its number of calls, today and afterwards, and what of it is sent again.
import { sumOf } from '../sum.ts';
import { expectedInput, inputOfRun } from './agents.ts';
import type { AgentsLever } from './scenario.ts';

export type AgentsLabRow = {
  readonly calls: number;
  /** Share (0…1) of the runs. */
  readonly share: number;
  readonly inputToday: number;
  readonly inputAfter: number;
  /** Share of all input tokens of all runs that runs of this length send today. */
  readonly inputShare: number;
};

export type AgentsLab = {
  readonly rows: readonly AgentsLabRow[];
  /** Expected input tokens of a run. */
  readonly today: number;
  readonly after: number;
  readonly meanCalls: number;
  /** What a run of the mean number of calls sends: less than the expected, because input grows with the square. */
  readonly atMeanCalls: number;
  /** Share of today's input that was sent before in the same run: what caching could read instead. */
  readonly sentAgain: number;
};

/** From the lever's own figures alone: no bill knows runs and calls. null while they are not stated. */
export function agentsLab(lever: AgentsLever): AgentsLab | null {
  const { runs, systemTokens, growthTokens, systemCut, growthCut, maxCalls } = lever;
  const weight = sumOf(runs.map((run) => run.weight));
  const today = expectedInput(runs, systemTokens, growthTokens);
  if (weight === 0 || today === null || today === 0) return null;
  const [system, growth] = [systemTokens * (1 - systemCut.base), growthTokens * (1 - growthCut.base)];
  const capped = (calls: number): number => Math.min(calls, maxCalls ?? calls);
  const after = runs.map((run) => ({ ...run, calls: capped(run.calls) }));
  const meanCalls = sumOf(runs.map((run) => run.weight * run.calls)) / weight;
  // What a run sends for the first time: the system prompt, and what each call but the last adds to the next.
  const firstTime = sumOf(
    runs.map((run) => (run.weight / weight) * (systemTokens + growthTokens * (run.calls - 1))),
  );
  return {
    rows: runs.map((run) => {
      const inputToday = inputOfRun(run.calls, systemTokens, growthTokens);
      return {
        calls: run.calls,
        share: run.weight / weight,
        inputToday,
        inputAfter: inputOfRun(capped(run.calls), system, growth),
        inputShare: ((run.weight / weight) * inputToday) / today,
      };
    }),
    today,
    after: expectedInput(after, system, growth) ?? 0,
    meanCalls,
    atMeanCalls: inputOfRun(meanCalls, systemTokens, growthTokens),
    sentAgain: 1 - firstTime / today,
  };
}
