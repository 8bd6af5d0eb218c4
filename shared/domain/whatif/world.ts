// A scenario ready to be computed: its baseline as slices, its levers bound to their rules, one price book.
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';
import { applyLever, detailsOf, isInScope } from './apply.ts';
import type { Charge, Effect, Slice, Surroundings } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { amountOf, type Pick, type PriceBook, quoteOf } from './prices.ts';
import type { Lever } from './scenario.ts';
import { type ScenarioBaseline, scopeIndex, VECTOR_METERS } from './vectors.ts';

export type World = {
  readonly baseline: ScenarioBaseline;
  readonly book: PriceBook;
  readonly around: Surroundings;
  readonly start: readonly Slice[];
};

/** Where the pipeline stands: the requests as they are bought by now, and the money beside them. */
export type State = { readonly slices: readonly Slice[]; readonly charges: readonly Charge[] };

export function worldOf(baseline: ScenarioBaseline, book: PriceBook, hoursPerMonth: number): World {
  const { currency, daysCovered, period, outside, hourly, ocu, capacity } = baseline;
  const start = baseline.vectors.map((vector) => ({
    origin: vector,
    vector,
    mode: vector.mode,
    rate: null,
    tokens: vector.tokens,
  }));
  return {
    baseline,
    book,
    start,
    around: {
      book,
      currency,
      daysCovered,
      period,
      hoursPerMonth,
      outside,
      hourly,
      ocu,
      capacity,
      ended: NOTHING_ENDED,
    },
  };
}

const NOTHING_ENDED: Surroundings['ended'] = new Map();

/** What a lever knows at its place in the order: the capacity in its scope, and what levers before it have ended. */
export function aroundOf(
  { baseline, around }: World,
  { lever }: BoundLever,
  charges: readonly Charge[],
): Surroundings {
  const scope = scopeIndex(baseline.scopes, lever.scope);
  const capacity = around.capacity.filter(({ inScopes }) => scope === null || inScopes.includes(scope));
  const ended = new Map<string, number>();
  for (const { ends, amount } of charges) {
    if (ends !== null) ended.set(ends, (ended.get(ends) ?? 0) - amount);
  }
  return { ...around, capacity, ended };
}

const starts = new WeakMap<World, State>();

/** The state before all levers, one object for each world. */
export function startState(world: World): State {
  const state = starts.get(world) ?? { slices: world.start, charges: [] };
  starts.set(world, state);
  return state;
}

/** Cost of slices at the book's prices; what has no price is left out here and counted by `unpricedOf`. */
export function costOf(slices: readonly Slice[], book: PriceBook, pick: Pick): number {
  const total = emptySum();
  for (const slice of slices) {
    for (const meter of VECTOR_METERS) {
      const tokens = slice.tokens[meter];
      if (tokens === 0) continue;
      const quote = quoteOf(book, slice, meter);
      if (quote.kind === 'priced') addTo(total, tokens * amountOf(quote, pick));
    }
  }
  return totalOf(total);
}

/** Cost of the slices and of what levers add to or take from the cost beside them. */
export function costAt({ slices, charges }: State, book: PriceBook, pick: Pick): number {
  return costOf(slices, book, pick) + sumOf(charges.map(({ amount }) => amount));
}

/** Tokens without a price, and what the bill says they cost. Levers never move them, so they are the baseline's. */
export function unpricedOf({ start, book }: World): { tokens: number; invoiced: number } {
  const missing = start.flatMap(({ vector, mode, tokens }) =>
    VECTOR_METERS.filter(
      (meter) => tokens[meter] !== 0 && book.quote(vector, meter, mode).kind === 'missing',
    ).map((meter) => ({ tokens: tokens[meter], invoiced: vector.invoiced[meter] })),
  );
  return { tokens: sumOf(missing.map((m) => m.tokens)), invoiced: sumOf(missing.map((m) => m.invoiced)) };
}

export function slicesInScope({ baseline }: World, { lever }: BoundLever, slices: readonly Slice[]): Slice[] {
  const scope = scopeIndex(baseline.scopes, lever.scope);
  return slices.filter(({ origin }) => isInScope(origin, scope));
}

export function effectOn(world: World, lever: BoundLever, { slices, charges }: State): Effect {
  return lever.effect(slicesInScope(world, lever, slices), aroundOf(world, lever, charges));
}

/** One lever on a state, with what moved and what was refused. */
export function applyTo(world: World, lever: BoundLever, from: State, pick: Pick) {
  const effect = effectOn(world, lever, from);
  const scope = scopeIndex(world.baseline.scopes, lever.lever.scope);
  const details = detailsOf(effect, from.slices, { book: world.book, pick, scope, intensity: 1 });
  const { charges, notices } = effect;
  return { ...details, state: stateAfterOne(world, lever, from, 1), charges, notices };
}

/** By the state they follow, the lever and how far it acts. A case, its ledger and its months share most of them. */
const reached = new WeakMap<State, Map<BoundLever, Map<number, State>>>();

/** The state after one lever that acts as far as `intensity` says. One object, however often it is asked for. */
export function stateAfterOne(world: World, lever: BoundLever, from: State, intensity: number): State {
  const byLever = reached.get(from) ?? new Map<BoundLever, Map<number, State>>();
  reached.set(from, byLever);
  const byIntensity = byLever.get(lever) ?? new Map<number, State>();
  byLever.set(lever, byIntensity);
  const state = byIntensity.get(intensity) ?? newState(world, lever, from, intensity);
  byIntensity.set(intensity, state);
  return state;
}

function newState(world: World, lever: BoundLever, from: State, intensity: number): State {
  const { slices, charges } = from;
  const effect = effectOn(world, lever, from);
  const scope = scopeIndex(world.baseline.scopes, lever.lever.scope);
  const due = effect.charges.map((charge) =>
    charge.ramps ? { ...charge, amount: charge.amount * intensity } : charge,
  );
  const after = applyLever(effect, slices, { book: world.book, scope, intensity });
  return { slices: after, charges: [...charges, ...due] };
}

/** The state after all enabled levers in their order, each acting as far as `intensityOf` says. */
export function stateAfter(
  world: World,
  levers: readonly BoundLever[],
  intensityOf: (lever: Lever) => number = () => 1,
): State {
  let state = startState(world);
  for (const lever of levers) {
    const intensity = lever.lever.enabled ? intensityOf(lever.lever) : 0;
    if (intensity > 0) state = stateAfterOne(world, lever, state, intensity);
  }
  return state;
}

/** Which causes of price ranges occur among the prices of this usage, in the modes it has before and after. */
export function spreadsOf(world: World, after: readonly Slice[]): (keyof Pick)[] {
  const found = new Set<keyof Pick>();
  for (const slice of [...world.start, ...after]) {
    for (const meter of VECTOR_METERS) {
      const quote = quoteOf(world.book, slice, meter);
      if (quote.kind === 'priced' && quote.spread !== null) found.add(quote.spread);
    }
  }
  return [...found];
}
