// A scenario ready to be computed: its baseline as a state, one price book, and the states that levers lead to from there.
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';
import type { Fact } from './answer.ts';
import { applied, isInScope, type PlanAt, type Planner } from './apply.ts';
import { type Details, detailsOf, type Tally, tallyOf } from './details.ts';
import type { Charge, Effect, Slice, Surroundings } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { capacityCharges } from './paid-capacity.ts';
import { amountOf, BASE_PICK, type PriceBook, type Pick as PricePick, quoteOf } from './prices.ts';
import type { Lever } from './scenario.ts';
import { METER_COUNT, type State, sliceOf, stateOf, type Way, wayAt } from './state.ts';
import { type ScenarioBaseline, scopeIndex, VECTOR_METERS } from './vectors.ts';
import {
  type StatedWays,
  settingOf,
  type WorkedDials,
  type WorkedPlan,
  withDials,
  workedDials,
  workedPlan,
} from './worked-plan.ts';

export type World = {
  readonly baseline: ScenarioBaseline;
  readonly book: PriceBook;
  readonly around: Surroundings;
  /** The state before all levers. */
  readonly start: State;
};

const worlds = new WeakMap<PriceBook, Map<number, World>>();

/** The world of a baseline at a book's prices. One object for both, so that what levers do there can be remembered. */
export function worldOf(baseline: ScenarioBaseline, book: PriceBook, hoursPerMonth: number): World {
  const own = worlds.get(book) ?? new Map<number, World>();
  worlds.set(book, own);
  const known = own.get(hoursPerMonth);
  if (known?.baseline === baseline) return known;
  const world = newWorld(baseline, book, hoursPerMonth);
  own.set(hoursPerMonth, world);
  return world;
}

function newWorld(baseline: ScenarioBaseline, book: PriceBook, hoursPerMonth: number): World {
  const { currency, daysCovered, period, outside, hourly, ocu, capacity, vectors } = baseline;
  const ways = vectors.map((vector) => wayAt(book, vector, { vector, mode: vector.mode, rate: null }));
  const tokens = vectors.flatMap((vector) => VECTOR_METERS.map((meter) => vector.tokens[meter]));
  return {
    baseline,
    book,
    start: stateOf(ways, Float64Array.from(tokens), capacityCharges(baseline)),
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

/** Cost of slices at the book's prices; what has no price is left out here and counted by `unpricedOf`. */
export function costOf(slices: readonly Slice[], book: PriceBook, pick: PricePick): number {
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

type Unpriced = { readonly tokens: number; readonly invoiced: number; readonly isAll: boolean };

const unpriced = new WeakMap<State, Unpriced>();

/**
 * Tokens without a price, and what the bill says they cost. Levers never move them, so they are the baseline's. `isAll`:
 * there is nothing else, so that a sum over what has a price is no amount.
 */
export function unpricedOf({ start }: World): Unpriced {
  const known = unpriced.get(start) ?? unpricedIn(start);
  unpriced.set(start, known);
  return known;
}

function unpricedIn(start: State): Unpriced {
  const missing = start.ways.flatMap(({ vector, quotes }) =>
    VECTOR_METERS.filter(
      (meter, position) => vector.tokens[meter] !== 0 && quotes[position]?.kind === 'missing',
    ).map((meter) => ({ tokens: vector.tokens[meter], invoiced: vector.invoiced[meter] })),
  );
  const used = sumOf(
    start.ways.map(({ vector }) => VECTOR_METERS.filter((meter) => vector.tokens[meter] !== 0).length),
  );
  return {
    tokens: sumOf(missing.map((m) => m.tokens)),
    invoiced: sumOf(missing.map((m) => m.invoiced)),
    isAll: used > 0 && missing.length === used && start.charges.length === 0,
  };
}

export function slicesInScope(
  { baseline }: World,
  { lever }: BoundLever,
  slices: readonly Slice[],
): readonly Slice[] {
  const scope = scopeIndex(baseline.scopes, lever.scope);
  return scope === null ? slices : slices.filter(({ origin }) => isInScope(origin, scope));
}

/** A lever made ready for a state, with its plans worked out as far as anything has asked for them. */
type Ready = { readonly effect: Effect; readonly planner: Planner };

/** By lever, at the prices or after the state that its effect depends on. */
const ready = new WeakMap<BoundLever, WeakMap<PriceBook | State, Ready>>();

function readyFor(world: World, lever: BoundLever, state: State): Ready {
  const own = ready.get(lever) ?? new WeakMap<PriceBook | State, Ready>();
  ready.set(lever, own);
  const dependsOn = lever.isSteady ? world.book : state;
  const known = own.get(dependsOn);
  if (known !== undefined) return known;
  const slicesOf = () => (lever.isSteady ? [] : slicesInScope(world, lever, state.slices));
  const effect = lever.effect(slicesOf, aroundOf(world, lever, state.charges));
  const made = { effect, planner: plannerOf(world, lever, effect) };
  own.set(dependsOn, made);
  return made;
}

/** A plan of one way for one set of meters with tokens, and its plans for others. */
type Worked = { readonly used: number; readonly plan: WorkedPlan | null; readonly others: Worked | null };

/** Plans by the way, with the dials that stand in them. Ways at stated rates have no number, and go with their lever. */
type Plans = {
  readonly dials: WorkedDials;
  readonly byNumber: (Worked | null)[];
  readonly atStatedRates: WeakMap<Way, Worked>;
  /** The ways that they lead to at rates of the lever's own. */
  readonly stated: StatedWays;
};

function newPlans(dials: WorkedDials): Plans {
  return { dials, byNumber: [], atStatedRates: new WeakMap(), stated: new Map() };
}

function workedAt({ byNumber, atStatedRates }: Plans, way: Way): Worked | null {
  return (way.number === null ? atStatedRates.get(way) : byNumber[way.number]) ?? null;
}

function keepWorked({ byNumber, atStatedRates }: Plans, way: Way, worked: Worked): void {
  if (way.number === null) {
    atStatedRates.set(way, worked);
    return;
  }
  // An array with large holes is looked up like a dictionary, which took longer than all arithmetic.
  while (byNumber.length <= way.number) byNumber.push(null);
  byNumber[way.number] = worked;
}

/** By family, at a book's prices, by what makes plans alike. */
const plansKnown = new WeakMap<object, WeakMap<PriceBook, Map<string, Plans>>>();

/** Plans that a lever shares with those alike. The first of them that comes to a way works its plan out. */
function plansAlike(book: PriceBook, family: object, dials: WorkedDials): Plans {
  const byBook = plansKnown.get(family) ?? new WeakMap<PriceBook, Map<string, Plans>>();
  plansKnown.set(family, byBook);
  const own = byBook.get(book) ?? new Map<string, Plans>();
  byBook.set(book, own);
  const plans = own.get(dials.alike) ?? newPlans(dials);
  own.set(dials.alike, plans);
  return plans;
}

/** Works a plan out once for each way and each set of meters with tokens. */
function plannerOf({ baseline, book }: World, bound: BoundLever, effect: Effect): Planner {
  const { plan: planOf } = effect;
  if (planOf === null) return { planAt: () => null, set: (dial) => dial };
  const scope = scopeIndex(baseline.scopes, bound.lever.scope);
  const dials = workedDials(effect.dials ?? []);
  const plans = effect.dials === null ? newPlans(dials) : plansAlike(book, bound.family, dials);
  const toShared = settingOf(dials, plans.dials);
  const planAt: PlanAt = ({ ways, tokens }, index) => {
    const way = ways[index];
    if (way === undefined) return null;
    const used = metersUsed(tokens, index);
    const others = workedAt(plans, way);
    for (let known = others; known !== null; known = known.others) if (known.used === used) return known.plan;
    const slice = sliceOf(way, tokens, index);
    const plan = isInScope(way.origin, scope) ? planOf(slice) : null;
    const made = plan && withDials(workedPlan(plan, way, used, book, plans.stated), toShared);
    keepWorked(plans, way, { used, plan: made, others });
    return made;
  };
  return { planAt, set: settingOf(plans.dials, dials) };
}

/** The plans of a lever with its own dials in them. */
function dialled({ planAt, set }: Planner): PlanAt {
  return (state, index) => {
    const plan = planAt(state, index);
    return plan && withDials(plan, set);
  };
}

/** Which meters have tokens, as bits. */
function metersUsed(tokens: Float64Array, index: number): number {
  let used = 0;
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    if ((tokens[index * METER_COUNT + meter] ?? 0) > 0) used += 1 << meter;
  }
  return used;
}

export function effectOn(world: World, lever: BoundLever, state: State): Effect {
  return readyFor(world, lever, state).effect;
}

/** One lever on a state: what moved and what was refused, its figures, and what it costs besides. */
export type Applied = Details &
  Pick<Effect, 'charges' | 'notices'> & { readonly state: State; readonly facts: Fact[] };

type ByState<Result> = WeakMap<State, WeakMap<BoundLever, Result>>;

/** What a lever comes to on a state, made once as long as both are the same. */
function onceFor<Result>(
  before: ByState<Result>,
  from: State,
  lever: BoundLever,
  make: () => Result,
): Result {
  const byLever = before.get(from) ?? new WeakMap<BoundLever, Result>();
  before.set(from, byLever);
  const known = byLever.get(lever) ?? make();
  byLever.set(lever, known);
  return known;
}

const appliedBefore: ByState<Applied> = new WeakMap();

/** One lever in full on a state, base case. Worked out once, as long as both are the same. */
export function applyTo(world: World, lever: BoundLever, from: State): Applied {
  return onceFor(appliedBefore, from, lever, () => {
    const { effect, planner } = readyFor(world, lever, from);
    const slices = slicesInScope(world, lever, from.slices);
    return {
      ...detailsOf(from, dialled(planner), BASE_PICK),
      state: stateAfterOne(world, lever, from),
      facts: lever.facts(slices, aroundOf(world, lever, from.charges)),
      charges: effect.charges,
      notices: effect.notices,
    };
  });
}

type Tallied = Tally & Pick<Effect, 'notices'>;

const talliedBefore: ByState<Tallied> = new WeakMap();

/** One lever on a state by its figures, base case: what `applyTo` comes to, without its rows. Worked out once as well. */
export function tallyOn(world: World, lever: BoundLever, from: State): Tallied {
  return onceFor(talliedBefore, from, lever, () => {
    const { effect, planner } = readyFor(world, lever, from);
    return { ...tallyOf(from, dialled(planner), BASE_PICK), notices: effect.notices };
  });
}

/** How far a lever acts (0…1): on what may start at any time, and on what a term holds back. */
export type Act = { readonly intensity: number; readonly afterTerm: number };

export const IN_FULL: Act = { intensity: 1, afterTerm: 1 };

/** By the state they follow, the lever and how far it acts. A case, its ledger and its months share most of them. */
const reached = new WeakMap<State, WeakMap<BoundLever, Map<string, State>>>();

/** The state after one lever that acts as far as `act` says. One object, however often it is asked for. */
export function stateAfterOne(world: World, lever: BoundLever, from: State, act: Act = IN_FULL): State {
  const byLever = reached.get(from) ?? new WeakMap<BoundLever, Map<string, State>>();
  reached.set(from, byLever);
  const byAct = byLever.get(lever) ?? new Map<string, State>();
  byLever.set(lever, byAct);
  const key = `${act.intensity} ${act.afterTerm}`;
  const state = byAct.get(key) ?? newState(world, lever, from, act);
  byAct.set(key, state);
  return state;
}

function newState(world: World, lever: BoundLever, from: State, act: Act): State {
  const { effect, planner } = readyFor(world, lever, from);
  const due = effect.charges.map((charge) => ({ ...charge, amount: charge.amount * shareDue(charge, act) }));
  return applied(from, planner, act.intensity, [...from.charges, ...due]);
}

function shareDue({ due }: Charge, { intensity, afterTerm }: Act): number {
  switch (due) {
    case 'at_once':
      return 1;
    case 'ramped':
      return intensity;
    case 'after_term':
      return afterTerm;
  }
}

/** The state after all enabled levers in their order, each acting as far as `actOf` says. */
export function stateAfter(
  world: World,
  levers: readonly BoundLever[],
  actOf: (lever: Lever) => Act = () => IN_FULL,
): State {
  let state = world.start;
  for (const lever of levers) {
    const act = actOf(lever.lever);
    const acts = lever.lever.enabled && Math.max(act.intensity, act.afterTerm) > 0;
    if (acts) state = stateAfterOne(world, lever, state, act);
  }
  return state;
}

/** The same, of those prices only that some tokens are paid at in one of these states: what a reader is told of. */
export function spreadsPaid(states: readonly State[]): (keyof PricePick)[] {
  const found = new Set<keyof PricePick>();
  for (const { ways, tokens } of states) {
    for (const [index, { isRange, quotes }] of ways.entries()) {
      if (!isRange) continue;
      for (const [meter, quote] of quotes.entries()) {
        if (quote.kind !== 'priced' || quote.spread === null) continue;
        if (tokens[index * METER_COUNT + meter] !== 0) found.add(quote.spread);
      }
    }
  }
  return [...found];
}

/** Which causes of price ranges occur among the prices of this usage, in the modes it has before and after. */
export function spreadsOf(world: World, after: State): (keyof PricePick)[] {
  const found = new Set<keyof PricePick>();
  for (const { isRange, quotes } of [...world.start.ways, ...after.ways]) {
    if (!isRange) continue;
    for (const quote of quotes) {
      if (quote.kind === 'priced' && quote.spread !== null) found.add(quote.spread);
    }
  }
  return [...found];
}
