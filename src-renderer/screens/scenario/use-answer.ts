// The answer to the draft: the baseline is read from the engine once, every edit after that is evaluated in the page.
import { useDeferredValue, useEffect, useMemo, useState } from 'react';
import type { ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import { evaluateLive, evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { useEngine } from '../../engine.ts';

export type AnswerState = {
  readonly baseline: ScenarioBaseline | null;
  /** Keeps the last answer while a changed baseline is read. */
  readonly answer: ScenarioAnswer | null;
  /** The scenario that the answer is of; it may lag behind the draft by a moment. */
  readonly answered: Scenario | null;
  /** The last scenario that rested: what is slower to compute follows it, not every movement. */
  readonly rested: Scenario | null;
  readonly failure: string | null;
  /** True while the figures on the screen belong to an earlier baseline. */
  readonly stale: boolean;
  readonly retry: () => void;
};

export function useAnswer(scenario: Scenario): AnswerState {
  const { scopes, modes, places, hourly, ocu } = useMemo(
    () => needsOf({ levers: scenario.levers, growth: scenario.growth }),
    [scenario.levers, scenario.growth],
  );
  const { period, where, workload } = scenario.baseline;
  const asked = useEngine('scenario.baseline', {
    baseline: { period, where: where.map(plain), workload },
    scopes: scopes.map((scope) => scope.map(plain)),
    modes,
    places,
    hourly: hourly.map((scope) => scope.map(plain)),
    ocu,
  });
  const shown = useDeferredValue(scenario);
  const baseline = asked.data ?? null;
  const evaluated = useEvaluated(shown, baseline);
  return {
    baseline,
    answer: evaluated.answer,
    answered: evaluated.answer === null ? null : shown,
    rested: evaluated.rested,
    failure: asked.error?.message ?? evaluated.failure,
    stale: asked.isPlaceholderData || asked.isFetching,
    retry: () => void asked.refetch(),
  };
}

type Evaluated = { readonly answer: ScenarioAnswer | null; readonly failure: string | null };
type Rested = Evaluated & { readonly of: Scenario; readonly on: ScenarioBaseline | null };

/** How long a draft must rest before its ranges and other prices are computed too. */
const REST_MS = 120;

/** The base case at once, while something moves; the ranges and the other prices when it rests. */
function useEvaluated(
  scenario: Scenario,
  baseline: ScenarioBaseline | null,
): Evaluated & { readonly rested: Scenario | null } {
  const [rested, setRested] = useState<Rested | null>(null);
  useEffect(() => {
    const timer = setTimeout(
      () => setRested({ ...evaluate(scenario, baseline, evaluateScenario), of: scenario, on: baseline }),
      REST_MS,
    );
    return () => clearTimeout(timer);
  }, [scenario, baseline]);
  const live = useMemo(() => evaluate(scenario, baseline, evaluateLive), [scenario, baseline]);
  const isRested = rested !== null && rested.of === scenario && rested.on === baseline;
  if (isRested) return { ...rested, rested: scenario };
  // A baseline of other scopes knows nothing of what rested before it.
  const before = rested !== null && rested.answer !== null && rested.on === baseline ? rested : null;
  if (live.answer === null || before === null || before.answer === null) {
    return { ...live, rested: before === null ? scenario : before.of };
  }
  // What only the whole computation can say stays until it has been done again, so that nothing jumps.
  const { notes, readings } = before.answer;
  return { ...live, answer: { ...live.answer, notes, readings }, rested: before.of };
}

function evaluate(
  scenario: Scenario,
  baseline: ScenarioBaseline | null,
  how: typeof evaluateScenario,
): Evaluated {
  if (baseline === null || !knowsScopes(scenario, baseline)) return { answer: null, failure: null };
  try {
    return { answer: how(scenario, baseline), failure: null };
  } catch (error) {
    return { answer: null, failure: error instanceof Error ? error.message : String(error) };
  }
}

/** A baseline that stays on the screen while the next one is read may not know a new lever's scope yet. */
function knowsScopes(scenario: Scenario, { scopes }: ScenarioBaseline): boolean {
  const known = new Set(scopes.map((scope) => JSON.stringify(scope)));
  return needsOf(scenario).scopes.every((scope) => known.has(JSON.stringify(scope)));
}

const plain = <T extends { readonly values: readonly (string | null)[] }>(filter: T) => ({
  ...filter,
  values: [...filter.values],
});
