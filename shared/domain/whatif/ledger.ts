// The ledger: every lever alone, in its place in the order, and what the order does to it, with what it moved.
import { difference, sumOf } from '../sum.ts';
import type { Band, Guard, LedgerEntry, LedgerLine, LedgerRows } from './answer.ts';
import { isInScope } from './apply.ts';
import { bandOf, ZERO_BAND } from './band.ts';
import type { Case, Cases } from './cases.ts';
import type { Charge, Effect } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { leverQuestions } from './open-questions.ts';
import { leavesOpen } from './refusals.ts';
import { costAt, type State } from './state.ts';
import { type OutsideCost, scopeIndex } from './vectors.ts';
import { applyTo, effectOn, stateAfter, stateAfterOne, tallyOn, unpricedOf, type World } from './world.ts';

export const NO_PRICE_AT_ALL = 'None of the baseline’s tokens has a price there.';

export type CaseTotals = { readonly before: number; readonly after: number };

export function totalsOf(world: World, { levers, pick }: Case): CaseTotals {
  return {
    before: costAt(world.start, pick),
    after: costAt(stateAfter(world, levers), pick),
  };
}

/** Savings of one case, lever by lever. `inOrder` sums to `before − after`. */
export type CaseResult = CaseTotals & {
  readonly alone: readonly number[];
  readonly inOrder: readonly number[];
};

export function computeCase(world: World, { levers, pick }: Case): CaseResult {
  const { start } = world;
  const before = costAt(start, pick);
  const costAfter = (lever: BoundLever, from: State) => {
    const state = stateAfterOne(world, lever, from);
    return { state, cost: costAt(state, pick) };
  };
  const alone = levers.map((lever) => before - costAfter(lever, start).cost);
  let reached = { state: start, cost: before };
  const inOrder = levers.map((lever) => {
    if (!lever.lever.enabled) return 0;
    const next = costAfter(lever, reached.state);
    const saving = reached.cost - next.cost;
    reached = next;
    return saving;
  });
  return { before, after: reached.cost, alone, inOrder };
}

/** The ledger over all cases. A lever that is switched off shows what it would save alone, and moves nothing. */
export function ledgerOf(
  world: World,
  cases: Cases,
  base: CaseResult,
  corners: readonly CaseResult[],
): LedgerEntry[] {
  return places(world, cases).map((place) => ({
    ...savingsOf(world, place, base, corners),
    ...rowsOf(world, place),
  }));
}

/** The ledger of the base case by its figures, with the rows of the levers named. */
export function liveLedgerOf(
  world: World,
  cases: Cases,
  base: CaseResult,
  withRows: readonly string[],
): LedgerLine[] {
  return places(world, cases).map((place) => {
    const savings = savingsOf(world, place, base, []);
    if (withRows.includes(savings.leverId)) return lineOf({ ...savings, ...rowsOf(world, place) });
    const { hasMoved, tokens, notices, refusals } = tallyOn(world, place.bound, place.seen);
    const said = notices.filter(({ refused }) => refused);
    const isRefused = said.length + refusals.size > 0;
    const moves = savings.enabled && hasMoved;
    const volumes: [string, number][] = [
      ...said.map(({ message }): [string, number] => [message, 0]),
      ...refusals,
    ];
    return {
      ...savings,
      movedTokens: moves ? tokens : 0,
      refusedTokens: isRefused ? sumOf(refusals.values()) : null,
      reasons: moves ? [] : mostFirst(volumes),
      rows: null,
    };
  });
}

/** An entry of the ledger by its figures, with its rows. */
export function lineOf({ moved, charges, guards, facts, ...savings }: LedgerEntry): LedgerLine {
  const refused = guards.filter((guard) => guard.refused);
  const byMessage = Map.groupBy(refused, ({ message }) => message);
  const volumes = [...byMessage].map(([message, own]): [string, number] => [
    message,
    sumOf(own.map(({ tokens }) => tokens)),
  ]);
  return {
    ...savings,
    movedTokens: sumOf(moved.map(({ tokens }) => tokens)),
    refusedTokens: refused.length === 0 ? null : sumOf(volumes.map(([, tokens]) => tokens)),
    reasons: moved.length > 0 ? [] : mostFirst(volumes),
    rows: { moved, charges, guards, facts },
  };
}

const mostFirst = (volumes: readonly [string, number][]): string[] => [
  ...new Set(volumes.toSorted(([, left], [, right]) => right - left).map(([message]) => message)),
];

/** The ledger by its savings alone: without what moved, and without what guards said. */
export function savingsIn(
  world: World,
  cases: Cases,
  base: CaseResult,
  corners: readonly CaseResult[],
): Savings[] {
  return places(world, cases).map((place) => savingsOf(world, place, base, corners));
}

/** A lever and the state that it finds; one that is switched off finds the state before all levers. */
type Place = { readonly bound: BoundLever; readonly index: number; readonly seen: State };

function places(world: World, cases: Cases): Place[] {
  let state = world.start;
  return cases.base.levers.map((bound, index) => {
    const { enabled } = bound.lever;
    const seen = enabled ? state : world.start;
    if (enabled) state = stateAfterOne(world, bound, seen);
    return { bound, index, seen };
  });
}

export type Savings = Omit<LedgerEntry, keyof LedgerRows>;

function savingsOf(
  world: World,
  { bound, index, seen }: Place,
  base: CaseResult,
  corners: readonly CaseResult[],
): Savings {
  const { lever } = bound;
  const at = (result: CaseResult, kind: 'alone' | 'inOrder'): number => result[kind][index] ?? 0;
  const band = (value: (result: CaseResult) => number) => bandOf(value(base), corners.map(value));
  const alone = band((result) => at(result, 'alone'));
  const inOrder = lever.enabled ? band((result) => at(result, 'inOrder')) : ZERO_BAND;
  const missingAlone = missingFor(world, bound, world.start, alone);
  const missingInOrder = lever.enabled ? missingFor(world, bound, seen, inOrder) : [];
  const missing = [...new Set([...missingInOrder, ...missingAlone])].slice(0, MISSING_LIMIT);
  const isOpen = missingAlone.length + missingInOrder.length > 0;
  return {
    leverId: lever.id,
    kind: lever.kind,
    label: lever.label ?? bound.title,
    enabled: lever.enabled,
    missing,
    isPartial: lever.enabled && missingInOrder.length === 0 && tallyOn(world, bound, seen).open.length > 0,
    alone: missingAlone.length > 0 ? null : alone,
    inOrder: missingInOrder.length > 0 ? null : inOrder,
    interaction: !lever.enabled
      ? ZERO_BAND
      : isOpen
        ? null
        : band((result) => difference(at(result, 'inOrder'), at(result, 'alone'))),
  };
}

/** Most reasons that a line names: usage in many places lacks a price in each. */
const MISSING_LIMIT = 10;

export const isNothing = ({ low, base, high }: Band): boolean => low === 0 && base === 0 && high === 0;

/**
 * Why what a lever saves on a state is no figure: nobody has stated it, or it moves nothing because a price or another
 * fact is missing. What it costs beside the tokens is then not what it saves. Empty = it is one; what is refused for any
 * other reason, or finds nothing to act on, saves nothing.
 */
export function missingFor(world: World, bound: BoundLever, from: State, saving: Band): string[] {
  const isNone = isNothing(saving);
  if (!isNone && effectOn(world, bound, from).charges.length === 0) return [];
  const questions = isNone ? leverQuestions(bound.lever) : [];
  if (questions.length > 0) return questions;
  const { hasMoved, notices, open } = tallyOn(world, bound, from);
  if (hasMoved) return [];
  const said = isNone ? notices.filter((notice) => notice.refused && leavesOpen(notice)) : [];
  const reasons = [...said.map(({ message }) => message), ...open];
  if (reasons.length === 0 && isNone && findsOnlyUnread(world, bound, from)) return [NOT_READ];
  return reasons.length > 0 && unpricedOf(world).isAll ? [NO_PRICE_AT_ALL] : reasons;
}

/** Usage that a lever on tokens would act on, if the bill said whose tokens it is and how many. */
const UNREAD: ReadonlySet<OutsideCost['reason']> = new Set(['unknown_model', 'unknown_unit']);
const NOT_READ =
  'The model or the number of tokens of all usage that it applies to could not be read, so what it saves is not known.';

function findsOnlyUnread(world: World, bound: BoundLever, from: State): boolean {
  const { scopes, outside } = world.baseline;
  const scope = scopeIndex(scopes, bound.lever.scope);
  return (
    effectOn(world, bound, from).plan !== null &&
    !from.ways.some(({ origin }) => isInScope(origin, scope)) &&
    outside.some((part) => UNREAD.has(part.reason) && part.invoiced !== 0 && isInScope(part, scope))
  );
}

function rowsOf(world: World, { bound, seen }: Place): LedgerRows {
  const applied = applyTo(world, bound, seen);
  const { enabled } = bound.lever;
  return {
    moved: enabled ? [...applied.moved] : [],
    charges: enabled ? gatheredCharges(applied.charges) : [],
    guards: [...applied.notices.map(wholeGuard), ...applied.guards],
    facts: [...applied.facts],
  };
}

/** What a lever says about itself rather than about some usage. */
function wholeGuard({ code, message, refused }: Effect['notices'][number]): Guard {
  return { code, message, refused, model: null, region: null, meter: null, tokens: 0, cost: null };
}

/** One row for each label and formula: capacity in many regions is one. */
function gatheredCharges(charges: readonly Charge[]): LedgerEntry['charges'] {
  const groups = Map.groupBy(charges, ({ label, formula }) => JSON.stringify([label, formula]));
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { label, formula } = first;
    return [{ label, amount: sumOf(own.map(({ amount }) => amount)), formula }];
  });
}
