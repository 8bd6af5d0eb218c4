// The thread a scenario is computed on: it holds the baseline, and answers one question after the other.
import type { LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import { evaluateInLines, evaluateLive } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import {
  prepareBaseline,
  type ScenarioBaseline,
  type UsageVector,
} from '../../../shared/domain/whatif/vectors.ts';

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

export type Answer = { readonly answer: LiveAnswer } | { readonly failure: string };
export type Reply = Answer & {
  /** A baseline that was given, in the fewer vectors that scenarios are computed on: nobody need gather them again. */
  readonly prepared: UsageVector[] | null;
};

let held: ScenarioBaseline | null = null;

function reply(question: Question): Reply {
  const { baseline } = question;
  held = baseline ?? held;
  const answer = answerOn(held, question);
  return { ...answer, prepared: baseline === null ? null : prepareBaseline(baseline).vectors };
}

function answerOn(baseline: ScenarioBaseline | null, { scenario, extent, withRows }: Question): Answer {
  if (baseline === null) return { failure: 'The baseline was not given.' };
  try {
    const answer =
      extent === 'base' ? evaluateLive(scenario, baseline, withRows) : evaluateInLines(scenario, baseline);
    return { answer };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error) };
  }
}

globalThis.addEventListener('message', ({ data }: MessageEvent<Question>) => postMessage(reply(data)));
