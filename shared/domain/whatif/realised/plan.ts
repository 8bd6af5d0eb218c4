// A plan pinned to a start date: per lever what the usage it acts on costs and measures now, and what it was to become.
import type { Filter, Period } from '../../spend/vocabulary.ts';
import { addTo, emptySum, type Sum, sumOf, totalOf } from '../../sum.ts';
import { isInScope } from '../apply.ts';
import type { Slice } from '../lever.ts';
import { bind, LEVERS } from '../levers.ts';
import { runningOf } from '../paid-capacity.ts';
import { amountOf, BASE_PICK, type PriceBook, priceBook, quoteOf } from '../prices.ts';
import type { Lever, LeverKind, Scenario, ScenarioPriceLayer } from '../scenario.ts';
import {
  type CapacityUnits,
  type ScenarioBaseline,
  scopeIndex,
  type UsageVector,
  VECTOR_METERS,
} from '../vectors.ts';
import { aroundOf, startState, stateAfter, type World, worldOf } from '../world.ts';
import {
  type Bought,
  cellOf,
  countsAsVolume,
  type Followed,
  type FollowedCapacity,
  followedConditions,
  followingOf,
  measured,
  type VolumeIn,
} from './follow.ts';

/** Usage that a lever leaves comparable: what it cost, how much it was, and what of the cost the plan leaves (1 = all). */
export type PlannedCell = {
  readonly cell: string;
  /** Invoiced over the baseline's days. */
  readonly cost: number;
  readonly volume: number;
  readonly factor: number;
};

export type PlannedMeasure = {
  readonly name: string;
  readonly unit: 'ratio' | 'tokens' | 'units';
  readonly before: number | null;
  readonly planned: number | null;
};

export type PlannedLever = {
  readonly leverId: string;
  readonly kind: LeverKind;
  readonly label: string;
  /** What the followed usage meets, before and after the lever. */
  readonly conditions: readonly Filter[];
  readonly volumeIn: VolumeIn | null;
  readonly measure: PlannedMeasure | null;
  readonly cells: readonly PlannedCell[];
  /** Labels of other levers that act on some of the same usage: the bill shows their common effect. */
  readonly sharedWith: readonly string[];
  /** Why later bills cannot show it; null = they can. */
  readonly notFollowed: string | null;
};

export type PinnedPlan = {
  readonly schemaVersion: 1;
  readonly scenario: Scenario;
  /** ISO day from which later bills are held against the plan. */
  readonly startsOn: string;
  readonly currency: string;
  readonly catalogVersion: string;
  readonly priceLayer: ScenarioPriceLayer;
  readonly period: Period;
  readonly daysCovered: number;
  readonly levers: readonly PlannedLever[];
};

/** What a plan's baseline must be read with: the conditions of the baseline, and those of every followed lever. */
export function planScopes({ baseline, levers }: Pick<Scenario, 'baseline' | 'levers'>): Filter[][] {
  const followed = levers.map((lever) => conditionsOf(lever, baseline.where));
  return [baseline.where, ...followed].filter((scope) => scope.length > 0).map((scope) => [...scope]);
}

function conditionsOf(lever: Lever, where: readonly Filter[]): readonly Filter[] {
  const following = followingOf(lever);
  const all = [...where, ...lever.scope];
  return 'because' in following ? all : followedConditions(lever, following, all);
}

/**
 * Fixes what a scenario plans. `whole` is the usage of its baseline's days in its currency without its conditions, read
 * with `planScopes` and the scopes of its levers. The planned rate of a cell is what was invoiced × factor, where
 * factor = cost after all enabled levers ÷ cost before, both at the scenario's price layer; what has no price there is
 * taken as invoiced on both sides.
 */
export function planOf(scenario: Scenario, whole: ScenarioBaseline, startsOn: string): PinnedPlan {
  const own = scopeIndex(whole.scopes, scenario.baseline.where);
  const belongs = ({ inScopes }: { readonly inScopes: readonly number[] }): boolean =>
    own === null || inScopes.includes(own);
  const baseline = {
    ...whole,
    vectors: whole.vectors.filter(belongs),
    capacity: whole.capacity.filter(belongs),
  };
  const { priceLayer, contractRates, hoursPerMonth } = scenario;
  const book = priceBook(baseline, { layer: priceLayer, discountCarried: false, contractRates });
  const world = worldOf(baseline, book, hoursPerMonth);
  const after = stateAfter(world, scenario.levers.map(bind)).slices;
  const outside = whole.vectors.filter((vector) => !belongs(vector)).map(untouched);
  const stands: Stands = {
    world,
    whole,
    before: [...startState(world).slices, ...outside],
    after: [...after, ...outside],
  };
  const levers = scenario.levers.filter(({ enabled }) => enabled);
  return {
    schemaVersion: 1,
    scenario,
    startsOn,
    currency: whole.currency,
    catalogVersion: whole.catalogVersion,
    priceLayer,
    period: whole.period,
    daysCovered: whole.daysCovered,
    levers: levers.map((lever) => plannedLever(lever, scenario, levers, stands)),
  };
}

type Stands = {
  readonly world: World;
  readonly whole: ScenarioBaseline;
  readonly before: readonly Slice[];
  readonly after: readonly Slice[];
};

const untouched = (vector: UsageVector): Slice => ({
  origin: vector,
  vector,
  mode: vector.mode,
  rate: null,
  tokens: vector.tokens,
});

const labelOf = (lever: Lever): string => lever.label ?? LEVERS[lever.kind].title;

function plannedLever(
  lever: Lever,
  { baseline: { where } }: Scenario,
  all: readonly Lever[],
  stands: Stands,
): PlannedLever {
  const following = followingOf(lever);
  const conditions = conditionsOf(lever, where);
  const common = { leverId: lever.id, kind: lever.kind, label: labelOf(lever), conditions };
  const nothing = { volumeIn: null, measure: null, cells: [], sharedWith: [] };
  if ('because' in following) return { ...common, ...nothing, notFollowed: following.because };
  if ('capacity' in following) return { ...common, ...plannedCapacity(lever, following, conditions, stands) };
  const inside = ({ origin }: Slice, scope: readonly Filter[]): boolean =>
    isInScope(origin, scopeIndex(stands.whole.scopes, scope));
  const before = stands.before.filter((slice) => inside(slice, conditions));
  const after = stands.after.filter((slice) => inside(slice, conditions));
  const others = all.filter((other) => other.id !== lever.id && 'measure' in followingOf(other));
  const shares = others.filter((other) => before.some((slice) => inside(slice, conditionsOf(other, where))));
  return {
    ...common,
    volumeIn: following.volumeIn,
    measure: {
      name: following.measure.name,
      unit: following.measure.unit,
      before: measured(following.measure, before),
      planned: measured(following.measure, after),
    },
    cells: plannedCells(following, before, after, stands.world.book),
    sharedWith: shares.map(labelOf),
    notFollowed: null,
  };
}

function plannedCells(
  following: Followed,
  before: readonly Slice[],
  after: readonly Slice[],
  book: PriceBook,
): PlannedCell[] {
  const { cellBy, volumeIn } = following;
  const cost = cellSums(before, cellBy, (slice, meter) => slice.vector.invoiced[meter]);
  const volume = cellSums(before, cellBy, ({ tokens }, meter) =>
    countsAsVolume(volumeIn, meter) ? tokens[meter] : 0,
  );
  const priced = (slice: Slice, meter: (typeof VECTOR_METERS)[number]): number => {
    const quote = quoteOf(book, slice, meter);
    return quote.kind === 'priced'
      ? slice.tokens[meter] * amountOf(quote, BASE_PICK)
      : slice.vector.invoiced[meter];
  };
  const then = cellSums(after, cellBy, priced);
  const now = cellSums(before, cellBy, priced);
  return [...volume].map(([cell, amount]) => {
    const base = now.get(cell) ?? 0;
    return {
      cell,
      cost: cost.get(cell) ?? 0,
      volume: amount,
      factor: base === 0 ? 1 : (then.get(cell) ?? 0) / base,
    };
  });
}

/** Sums of some amount of usage by cell. */
export function cellSums<B extends Bought>(
  usage: readonly B[],
  cellBy: Followed['cellBy'],
  amount: (bought: B, meter: (typeof VECTOR_METERS)[number]) => number,
): Map<string, number> {
  const sums = new Map<string, Sum>();
  for (const bought of usage) {
    for (const meter of VECTOR_METERS) {
      if (bought.tokens[meter] === 0) continue;
      const cell = cellOf(cellBy, bought, meter);
      const sum = sums.get(cell) ?? emptySum();
      sums.set(cell, sum);
      addTo(sum, amount(bought, meter));
    }
  }
  return new Map([...sums].map(([cell, sum]) => [cell, totalOf(sum)]));
}

/** Capacity is paid without a volume: one cell whose volume is the days. */
function plannedCapacity(
  lever: Lever,
  { capacity }: FollowedCapacity,
  conditions: readonly Filter[],
  { whole, world }: Stands,
): Omit<PlannedLever, 'leverId' | 'kind' | 'label' | 'conditions'> {
  const { daysCovered } = whole;
  const { cost, running } =
    capacity === 'search' ? searchCapacity(whole.ocu, daysCovered) : paidCapacity(whole, conditions);
  const bound = bind(lever);
  const { charges } = bound.effect([], aroundOf(world, bound, []));
  const ended = sumOf(charges.filter(({ ends }) => ends !== null).map(({ amount }) => amount));
  const saved = sumOf(charges.map(({ amount }) => amount));
  const nothing = cost === 0 && (running ?? 0) === 0;
  return {
    volumeIn: null,
    measure: {
      name: 'Capacity units running',
      unit: 'units',
      before: running,
      planned: running === null || cost === 0 ? null : running * (1 + ended / cost),
    },
    cells: [
      { cell: CELLS[capacity], cost, volume: daysCovered, factor: cost === 0 ? 1 : (cost + saved) / cost },
    ],
    sharedWith: [],
    notFollowed: nothing ? NO_CAPACITY[capacity] : null,
  };
}

/** What capacity costs, and how many units of it run on average. */
export type Running = { readonly cost: number; readonly running: number | null };

export function searchCapacity(ocu: CapacityUnits | null, days: number): Running {
  return { cost: ocu?.invoiced ?? 0, running: ocu === null || days === 0 ? 0 : ocu.hours / (days * 24) };
}

/** Model units and reserved tokens within the conditions. */
export function paidCapacity(
  { capacity, scopes, daysCovered }: Pick<ScenarioBaseline, 'capacity' | 'scopes' | 'daysCovered'>,
  conditions: readonly Filter[],
): Running {
  const scope = scopeIndex(scopes, conditions);
  const own = capacity.filter(({ inScopes }) => scope === null || inScopes.includes(scope));
  return { cost: sumOf(own.map(({ invoiced }) => invoiced)), running: runningOf(own, daysCovered) };
}

export const CELLS = {
  search: 'search capacity',
  paid: 'paid capacity',
} as const satisfies Record<FollowedCapacity['capacity'], string>;

const NO_CAPACITY: Readonly<Record<FollowedCapacity['capacity'], string>> = {
  search: 'The bill of the baseline shows no search capacity.',
  paid: 'The bill of the baseline shows no model units and no reserved tokens here.',
};
