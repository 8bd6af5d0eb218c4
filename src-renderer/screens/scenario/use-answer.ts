// The answer to the draft: the baseline is read from the engine once, every edit after that is evaluated beside the page.
import { startTransition, useEffect, useEffectEvent, useMemo, useState } from 'react';
import { flushSync } from 'react-dom';
import type { LiveAnswer } from '../../../shared/domain/whatif/answer.ts';
import { localTimeIn } from '../../../shared/domain/whatif/local-time.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import { useEngine } from '../../engine.ts';
import { type Answered, createEvaluator, type Evaluator, newThread } from './evaluator.ts';
import { drawMovement } from './movement.ts';
import { createPageEvaluator } from './page-evaluator.ts';
import type { Draft } from './use-draft.ts';

/** A scenario with the baseline that was read for it: another one may lack its scopes, its hours or its prices. */
export type Rested = { readonly of: Scenario; readonly on: ScenarioBaseline };

export type AnswerState = {
  readonly baseline: ScenarioBaseline | null;
  /** Keeps the last answer while a changed baseline is read. */
  readonly answer: LiveAnswer | null;
  /** The scenario that the answer is of; it may lag behind the draft by a moment. */
  readonly answered: Scenario | null;
  /** The last scenario that rested: what is slower to compute follows it, not every movement. */
  readonly rested: Rested | null;
  readonly failure: string | null;
  /** True while the figures on the screen belong to an earlier baseline. */
  readonly stale: boolean;
  /** True while any figure on the screen belongs to an earlier draft. */
  readonly busy: boolean;
  readonly retry: () => void;
};

const UNANSWERED = { answer: null, answered: null, rested: null } as const;

/** `openRows`: levers whose rows are on the screen. */
export function useAnswer({ scenario, follow }: Draft, openRows: readonly string[]): AnswerState {
  const { scopes, modes, places, hourly, timeZones, ocu } = useMemo(
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
    timeZones,
    ocu,
  });
  const baseline = asked.data ?? null;
  const { live, rested, failure } = useEvaluated(scenario, follow, baseline, openRows);
  const shown = useMemo(() => shownOf({ live, rested }, scenario), [live, rested, scenario]);
  const stale = asked.isPlaceholderData || asked.isFetching;
  return {
    baseline,
    ...(baseline === null ? UNANSWERED : shown),
    failure: asked.error?.message ?? failure,
    stale,
    busy: stale || (failure === null && shown.rested?.of !== scenario),
    retry: () => void asked.refetch(),
  };
}

type Result = Rested & { readonly answer: LiveAnswer };
type Results = {
  /** The base case of the newest scenario that is answered. */
  readonly live: Result | null;
  /** With its ranges and other prices, as it last came to rest. */
  readonly rested: Result | null;
  /** Of the newest question; null when it was answered. */
  readonly failure: string | null;
};

const NOTHING: Results = { live: null, rested: null, failure: null };

/** How long a draft must rest before its ranges and other prices are computed too. */
const REST_MS = 200;

const taken = (results: Results, kind: 'live' | 'rested', answered: Answered): Results => {
  if ('failure' in answered) return { ...results, failure: answered.failure };
  const { answer, scenario: of, baseline: on } = answered;
  return { ...results, [kind]: { answer, of, on }, failure: null };
};

/** The base case at once, while something moves; the ranges and the other prices when it rests. */
function useEvaluated(
  scenario: Scenario,
  follow: Draft['follow'],
  baseline: ScenarioBaseline | null,
  openRows: readonly string[],
): Results {
  const [results, setResults] = useState(NOTHING);
  const [evaluators, setEvaluators] = useState<Evaluators | null>(null);
  useEffect(() => {
    // With the movement that it answers, in one go: slices would let frames come between them.
    const takeLive = (answered: Answered): void =>
      flushSync(() => {
        drawMovement();
        setResults((before) => taken(before, 'live', answered));
      });
    const page = createPageEvaluator();
    const takeRested = (answered: Answered): void => {
      startTransition(() => setResults((before) => taken(before, 'rested', answered)));
      if (!('failure' in answered)) page.rehearse(answered);
    };
    const made: Evaluators = {
      live: createEvaluator('base', newThread(), takeLive, page),
      rested: createEvaluator('all', newThread(), takeRested),
    };
    setEvaluators(made);
    return () => {
      page.close();
      made.live.close();
      made.rested.close();
    };
  }, []);
  /** Whether the thread is going to answer. What the page answers itself is drawn together with what asked for it. */
  const askLive = useEffectEvent((now: Scenario): boolean => {
    if (evaluators === null || baseline === null || !knowsNeeds(now, baseline)) return false;
    const asked = { scenario: now, baseline, withRows: openRows };
    const answer = evaluators.live.ask(asked);
    if (answer === null) return true;
    setResults((before) => taken(before, 'live', { ...asked, answer }));
    return false;
  });
  // It is computed before the fields that were moved are drawn.
  useEffect(() => follow((now) => askLive(now)), [follow]);
  useEffect(() => {
    if (evaluators === null || baseline === null || !knowsNeeds(scenario, baseline)) return;
    askLive(scenario);
    const rest = (): void => void evaluators.rested.ask({ scenario, baseline, withRows: [] });
    const timer = setTimeout(rest, REST_MS);
    return () => clearTimeout(timer);
  }, [evaluators, scenario, baseline]);
  return results;
}

type Evaluators = { readonly live: Evaluator; readonly rested: Evaluator };

/** What is drawn of them: every figure of one scenario, none of another. */
export function shownOf(
  { live, rested }: Pick<Results, 'live' | 'rested'>,
  scenario: Scenario,
): Pick<AnswerState, 'answer' | 'answered' | 'rested'> {
  if (rested !== null && (live === null || rested.of === scenario || rested.of === live.of))
    return { answer: rested.answer, answered: rested.of, rested };
  if (live === null) return { answer: null, answered: null, rested: null };
  // A baseline of other scopes knows nothing of what rested before it.
  if (rested === null || rested.on !== live.on)
    return { answer: live.answer, answered: live.of, rested: live };
  // What only the whole computation can say stays until it has been done again, so that nothing jumps.
  const { notes, readings } = rested.answer;
  return { answer: { ...live.answer, notes, readings }, answered: live.of, rested };
}

/** A baseline that stays on the screen while the next one is read may not know a new lever's scope or time zone yet. */
function knowsNeeds(scenario: Scenario, { scopes, hourly }: ScenarioBaseline): boolean {
  const known = new Set(scopes.map((scope) => JSON.stringify(scope)));
  const needs = needsOf(scenario);
  return (
    needs.scopes.every((scope) => known.has(JSON.stringify(scope))) &&
    (hourly === null || needs.timeZones.every((zone) => localTimeIn(hourly.localTimes, zone) !== null))
  );
}

const plain = <T extends { readonly values: readonly (string | null)[] }>(filter: T) => ({
  ...filter,
  values: [...filter.values],
});
