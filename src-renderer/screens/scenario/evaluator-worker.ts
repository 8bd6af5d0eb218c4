// The thread a scenario is computed on: it holds the baseline, and answers one question after the other.
import type { LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import { evaluateInLines, evaluateLive } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';

/** The base case while something moves, or all cases and price layers. */
export type Extent = 'base' | 'all';

export type Question = {
  readonly scenario: Scenario;
  readonly extent: Extent;
  /** null = the one before. */
  readonly baseline: ScenarioBaseline | null;
  /** Levers whose rows are wanted while something moves; at rest all have them. */
  readonly withRows: readonly string[];
};

export type Reply = { readonly answer: LiveAnswer } | { readonly failure: string };

let held: ScenarioBaseline | null = null;

function reply({ scenario, extent, baseline, withRows }: Question): Reply {
  held = baseline ?? held;
  if (held === null) return { failure: 'The baseline was not given.' };
  try {
    const answer =
      extent === 'base' ? evaluateLive(scenario, held, withRows) : evaluateInLines(scenario, held);
    return { answer };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

globalThis.addEventListener('message', ({ data }: MessageEvent<Question>) => postMessage(reply(data)));
