// The ledger: every lever alone, in its place in the order, and what the order does to it, with what it moved.
import { difference, sumOf } from '../sum.ts';
import type { Band, Guard, LedgerEntry, LedgerLine, LedgerRows } from './answer.ts';
import { bandOf, ZERO_BAND } from './band.ts';
import { NO_HOURS } from './capacity-lever.ts';
import type { Case, Cases } from './cases.ts';
import type { Charge, Effect } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { leverQuestions } from './open-questions.ts';
import { costAt, type State } from './state.ts';
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

type Savings = Omit<LedgerEntry, keyof LedgerRows>;

function savingsOf(
  world: World,
  { bound, index, seen }: Place,
  base: CaseResult,
  corners: readonly CaseResult[],
): Savings {
  const { lever } = bound;
  const at = (result: CaseResult, kind: 'alone' | 'inOrder'): number => result[kind][index] ?? 0;
  const band = (value: (result: CaseResult) => number) => bandOf(value(base), corners.map(value));
  const named = {
    leverId: lever.id,
    kind: lever.kind,
    label: lever.label ?? bound.title,
    enabled: lever.enabled,
  };
  const alone = band((result) => at(result, 'alone'));
  const inOrder = lever.enabled ? band((result) => at(result, 'inOrder')) : ZERO_BAND;
  const missing = isNothing(alone) && isNothing(inOrder) ? missingFor(world, bound, seen) : [];
  if (missing.length > 0) return { ...named, missing, alone: null, inOrder: null, interaction: null };
  return {
    ...named,
    missing,
    alone,
    inOrder,
    interaction: lever.enabled
      ? band((result) => difference(at(result, 'inOrder'), at(result, 'alone')))
      : ZERO_BAND,
  };
}

export const isNothing = ({ low, base, high }: Band): boolean => low === 0 && base === 0 && high === 0;

/**
 * Why nothing saved is no figure: what nobody has stated saves an unknown amount, as does what has no price, and capacity
 * whose hours the bill does not tell. Empty = it is one.
 */
export function missingFor(world: World, bound: BoundLever, from: State): string[] {
  const questions = leverQuestions(bound.lever);
  if (questions.length > 0) return questions;
  if (unpricedOf(world).isAll) return [NO_PRICE_AT_ALL];
  const { notices } = effectOn(world, bound, from);
  return notices.some(({ code }) => code === NO_HOURS.code) ? [NO_HOURS.message] : [];
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
