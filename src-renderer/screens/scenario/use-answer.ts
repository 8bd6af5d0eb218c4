// The answer to the draft: the baseline is read from the engine once, every edit after that is evaluated in the page.
import { useDeferredValue, useMemo } from 'react';
import type { ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { useEngine } from '../../engine.ts';

export type AnswerState = {
  readonly baseline: ScenarioBaseline | null;
  /** Keeps the last answer while a changed baseline is read. */
  readonly answer: ScenarioAnswer | null;
  /** The scenario that the answer is of; it may lag behind the draft by a moment. */
  readonly answered: Scenario | null;
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
  const evaluated = useMemo(() => evaluate(shown, baseline), [shown, baseline]);
  return {
    baseline,
    answer: evaluated.answer,
    answered: evaluated.answer === null ? null : shown,
    failure: asked.error?.message ?? evaluated.failure,
    stale: asked.isPlaceholderData || asked.isFetching,
    retry: () => void asked.refetch(),
  };
}

function evaluate(
  scenario: Scenario,
  baseline: ScenarioBaseline | null,
): { readonly answer: ScenarioAnswer | null; readonly failure: string | null } {
  if (baseline === null || !knowsScopes(scenario, baseline)) return { answer: null, failure: null };
  try {
    return { answer: evaluateScenario(scenario, baseline), failure: null };
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
