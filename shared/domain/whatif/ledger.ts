// The ledger: every lever alone, in its place in the order, and what the order does to it, with what it moved.
import { difference, sumOf } from '../sum.ts';
import type { Guard, LedgerEntry, Moved } from './answer.ts';
import { bandOf, ZERO_BAND } from './band.ts';
import type { Case, Cases } from './cases.ts';
import type { Charge, Effect } from './lever.ts';
import type { BoundLever } from './levers.ts';
import {
  applyTo,
  aroundOf,
  costAt,
  type State,
  slicesInScope,
  startState,
  stateAfter,
  stateAfterOne,
  type World,
} from './world.ts';

export type CaseTotals = { readonly before: number; readonly after: number };

export function totalsOf(world: World, { levers, pick }: Case): CaseTotals {
  return {
    before: costAt(startState(world), world.book, pick),
    after: costAt(stateAfter(world, levers), world.book, pick),
  };
}

/** Savings of one case, lever by lever. `inOrder` sums to `before − after`. */
export type CaseResult = CaseTotals & {
  readonly alone: readonly number[];
  readonly inOrder: readonly number[];
};

export function computeCase(world: World, { levers, pick }: Case): CaseResult {
  const start = startState(world);
  const before = costAt(start, world.book, pick);
  const costAfter = (lever: BoundLever, from: State) => {
    const state = stateAfterOne(world, lever, from, 1);
    return { state, cost: costAt(state, world.book, pick) };
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
  const start = startState(world);
  let state = start;
  return cases.base.levers.map((bound, index) => {
    const { lever } = bound;
    const seen = lever.enabled ? state : start;
    const applied = applyTo(world, bound, seen, cases.base.pick);
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
      moved: lever.enabled ? gatheredMoves(applied.moved) : [],
      charges: lever.enabled ? gatheredCharges(applied.charges) : [],
      guards: [...applied.notices.map(wholeGuard), ...gatheredGuards(applied.guards)],
      facts: bound.facts(slicesInScope(world, bound, seen.slices), aroundOf(world, bound, seen.charges)),
    };
  });
}

/** What a lever says about itself rather than about some usage. */
function wholeGuard({ code, message, refused }: Effect['notices'][number]): Guard {
  return { code, message, refused, model: null, region: null, meter: null, tokens: 0, cost: null };
}

/** One row for each label and formula: capacity in many regions is one. */
function gatheredCharges(charges: readonly Charge[]): LedgerEntry['charges'] {
  return grouped(charges, ({ label, formula }) => joined([label, formula])).map(
    ([{ label, formula }, own]) => ({ label, amount: sumOf(own.map(({ amount }) => amount)), formula }),
  );
}

/** One row for each model, region and pair of meters and modes, the most tokens first. */
function gatheredMoves(moves: readonly Moved[]): Moved[] {
  const rows = grouped(moves, ({ model, region, fromMeter, fromMode, toModel, toPlace, toMeter, toMode }) =>
    joined([model, region, fromMeter, fromMode, toModel, toPlace, toMeter, toMode]),
  );
  return rows
    .map(([first, own]) => ({
      ...first,
      tokens: sumOf(own.map(({ tokens }) => tokens)),
      tokensAfter: sumOf(own.map(({ tokensAfter }) => tokensAfter)),
      costBefore: sumOf(own.map(({ costBefore }) => costBefore)),
      costAfter: sumOf(own.map(({ costAfter }) => costAfter)),
      sourceBefore: [...new Set(own.map(({ sourceBefore }) => sourceBefore))].join(' · '),
      sourceAfter: [...new Set(own.map(({ sourceAfter }) => sourceAfter))].join(' · '),
    }))
    .sort((left, right) => right.tokens - left.tokens);
}

/** One row for each reason, model and region; refusals first, then by tokens. */
function gatheredGuards(guards: readonly Guard[]): Guard[] {
  const rows = grouped(guards, ({ code, model, region, meter, message }) =>
    joined([code, model, region, meter, message]),
  );
  return rows
    .map(([first, own]) => {
      const costs = own.map(({ cost }) => cost).filter((cost) => cost !== null);
      return {
        ...first,
        tokens: sumOf(own.map(({ tokens }) => tokens)),
        cost: costs.length === own.length ? sumOf(costs) : null,
      };
    })
    .sort((left, right) => Number(right.refused) - Number(left.refused) || right.tokens - left.tokens);
}

/** No part has a line end. There are thousands of moves at each movement of a slider, and JSON would take longer. */
const joined = (parts: readonly (string | null)[]): string => parts.join('\n');

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): [T, T[]][] {
  const groups = new Map<string, [T, T[]]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item, [item]]);
    else group[1].push(item);
  }
  return [...groups.values()];
}
