// The ledger: every lever alone, in its place in the order, and what the order does to it, with what it moved.
import { difference, sumOf } from '../sum.ts';
import type { Guard, LedgerEntry } from './answer.ts';
import { bandOf, ZERO_BAND } from './band.ts';
import type { Case, Cases } from './cases.ts';
import type { Charge, Effect } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { costAt, type State } from './state.ts';
import { applyTo, stateAfter, stateAfterOne, type World } from './world.ts';

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
  const { start } = world;
  let state = start;
  return cases.base.levers.map((bound, index) => {
    const { lever } = bound;
    const seen = lever.enabled ? state : start;
    const applied = applyTo(world, bound, seen);
    if (lever.enabled) state = applied.state;
    const at = (result: CaseResult, kind: 'alone' | 'inOrder'): number => result[kind][index] ?? 0;
    const band = (value: (result: CaseResult) => number) => bandOf(value(base), corners.map(value));
    return {
      leverId: lever.id,
      kind: lever.kind,
      label: lever.label ?? bound.title,
      enabled: lever.enabled,
      alone: band((result) => at(result, 'alone')),
      inOrder: lever.enabled ? band((result) => at(result, 'inOrder')) : ZERO_BAND,
      interaction: lever.enabled
        ? band((result) => difference(at(result, 'inOrder'), at(result, 'alone')))
        : ZERO_BAND,
      moved: lever.enabled ? [...applied.moved] : [],
      charges: lever.enabled ? gatheredCharges(applied.charges) : [],
      guards: [...applied.notices.map(wholeGuard), ...applied.guards],
      facts: [...applied.facts],
    };
  });
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
