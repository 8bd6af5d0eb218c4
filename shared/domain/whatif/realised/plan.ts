// A plan pinned to a start date: per lever what the usage it acts on costs and measures now, and what it was to become.
import type { Filter, Period } from '../../spend/vocabulary.ts';
import { addTo, emptySum, type Sum, sumOf, totalOf } from '../../sum.ts';
import { isInScope } from '../apply.ts';
import { missingFor } from '../ledger.ts';
import { exactly, type Slice } from '../lever.ts';
import { bind, LEVERS } from '../levers.ts';
import { leverQuestions } from '../open-questions.ts';
import { amountOf, BASE_PICK, priceBook, quoteOf } from '../prices.ts';
import type { Lever, LeverKind, Scenario, ScenarioPriceLayer } from '../scenario.ts';
import { costAt } from '../state.ts';
import {
  type ScenarioBaseline,
  scopeIndex,
  totalTokens,
  type UsageVector,
  VECTOR_METERS,
} from '../vectors.ts';
import { stateAfter, stateAfterOne, type World, worldOf } from '../world.ts';
import { plannedCapacity, plannedGuardrails, plannedWatch } from './beside.ts';
import {
  type Bought,
  cellOf,
  countsAsVolume,
  type Followed,
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
  /** Money that the lever adds beside it over the baseline's volume; below zero, it saves so much. */
  readonly added: number;
};

export type PlannedMeasure = {
  readonly name: string;
  readonly unit: 'ratio' | 'tokens' | 'token' | 'units';
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
  /** Why they show what is billed and cannot tell the saving; null = they can. */
  readonly untold: string | null;
  /** Why no saving was planned that bills could be held against, where it has no figure; null = one was. */
  readonly unplanned: string | null;
};

/** Counted requests of the usage that a lever is followed by, by model; null where a day or a model has no count. */
export type RequestCounts = ReadonlyMap<string, number> | null;

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

export function conditionsOf(lever: Lever, where: readonly Filter[]): readonly Filter[] {
  return followedConditions(lever, followingOf(lever, false), [...where, ...lever.scope]);
}

/**
 * Fixes what a scenario plans. `whole` is the usage of its baseline's days in its currency without its conditions, read
 * with `planScopes` and the scopes of its levers. The planned rate of a cell is what was invoiced × factor, where
 * factor = rate after all enabled levers ÷ rate before (cost ÷ volume, both at the scenario's price layer; what has no
 * price there is taken as invoiced on both sides). A rate, since another lever may move or cut the volume: what is gone
 * from a cell is less use on the bill, and no saving of this lever. Requests are counted on the bill alone: their volume
 * is taken as the same.
 */
export function planOf(
  scenario: Scenario,
  whole: ScenarioBaseline,
  startsOn: string,
  /** Counts for the levers that need them, by lever id. */
  counts: ReadonlyMap<string, RequestCounts> = new Map(),
): PinnedPlan {
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
    before: [...world.start.slices, ...outside],
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
    levers: levers.map((lever) => {
      const planned = plannedLever(lever, scenario, levers, {
        ...stands,
        counts: counts.get(lever.id) ?? null,
      });
      const { notFollowed, unplanned } = openAtPin(lever, stands);
      return { ...planned, unplanned, notFollowed: planned.notFollowed ?? notFollowed };
    }),
  };
}

type Stands = {
  readonly world: World;
  readonly whole: ScenarioBaseline;
  readonly before: readonly Slice[];
  readonly after: readonly Slice[];
};
type Standing = Stands & { readonly counts: RequestCounts };

const untouched = (vector: UsageVector): Slice => ({
  origin: vector,
  vector,
  mode: vector.mode,
  rate: null,
  tokens: vector.tokens,
});

const labelOf = (lever: Lever): string => lever.label ?? LEVERS[lever.kind].title;

/**
 * Why a lever is not held against anything (nobody had stated it), or against what its usage is billed alone: what it
 * would save had no figure. Both null = it was planned.
 */
function openAtPin(lever: Lever, { world }: Stands): Pick<PlannedLever, 'notFollowed' | 'unplanned'> {
  const { start } = world;
  const bound = bind(lever);
  const saved = costAt(start, BASE_PICK) - costAt(stateAfterOne(world, bound, start), BASE_PICK);
  const [missing = null] = missingFor(world, bound, start, exactly(saved));
  if (missing === null) return { notFollowed: null, unplanned: null };
  return leverQuestions(lever).includes(missing)
    ? { notFollowed: `Nothing was stated of it when it was pinned. ${missing}`, unplanned: null }
    : { notFollowed: null, unplanned: `What it saves had no figure when it was pinned. ${missing}` };
}

/** What is planned of a lever, whether or not it had a figure. */
type Drafted = Omit<PlannedLever, 'unplanned'>;

function plannedLever(
  lever: Lever,
  { baseline: { where } }: Scenario,
  all: readonly Lever[],
  stands: Standing,
): Drafted {
  const following = followingOf(lever, stands.counts !== null);
  const conditions = conditionsOf(lever, where);
  const inside = ({ origin }: Slice, scope: readonly Filter[]): boolean =>
    isInScope(origin, scopeIndex(stands.whole.scopes, scope));
  const before = stands.before.filter((slice) => inside(slice, conditions));
  const sharedWith = all
    .filter((other) => other.id !== lever.id && actsOnTokens(lever) && actsOnTokens(other))
    .filter((other) => before.some((slice) => inside(slice, conditionsOf(other, where))))
    .map(labelOf);
  const common = { leverId: lever.id, kind: lever.kind, label: labelOf(lever), conditions, sharedWith };
  if ('capacity' in following && !('watched' in following))
    return { ...common, ...plannedCapacity(lever, following, conditions, stands) };
  if ('guardrails' in following) return { ...common, ...plannedGuardrails(lever, conditions, stands) };
  if ('watched' in following) return { ...common, ...plannedWatch(lever, following, conditions, stands) };
  const after = stands.after.filter((slice) => inside(slice, conditions));
  return {
    ...common,
    volumeIn: following.volumeIn,
    measure: {
      name: following.measure.name,
      unit: following.measure.unit,
      before: measureOf(following, before, stands.counts),
      planned: measureOf(following, after, stands.counts),
    },
    cells: plannedCells(following, before, after, stands),
    notFollowed: null,
    untold: null,
  };
}

const actsOnTokens = ({ kind }: Lever): boolean =>
  kind !== 'knowledge_base' && kind !== 'end_capacity' && kind !== 'guardrails';

/** The measure of a lever over usage; of counted requests, tokens for each. */
export function measureOf(
  { volumeIn, measure }: Followed,
  usage: readonly Bought[],
  counts: RequestCounts,
): number | null {
  if (volumeIn !== 'requests') return measured(measure, usage);
  const requests = counts === null ? 0 : sumOf([...counts.values()]);
  return requests === 0 ? null : sumOf(usage.map(({ tokens }) => totalTokens(tokens))) / requests;
}

/** The volume of each cell: its tokens of one kind, or its counted requests. */
export function volumeOf(
  { cellBy, volumeIn }: Followed,
  usage: readonly Bought[],
  counts: RequestCounts,
): ReadonlyMap<string, number> {
  if (volumeIn === 'requests') return counts ?? new Map();
  return cellSums(usage, cellBy, ({ tokens }, meter) =>
    countsAsVolume(volumeIn, meter) ? tokens[meter] : 0,
  );
}

function plannedCells(
  following: Followed,
  before: readonly Slice[],
  after: readonly Slice[],
  { world: { book }, counts }: Standing,
): PlannedCell[] {
  const { cellBy } = following;
  const cost = cellSums(before, cellBy, (slice, meter) => slice.vector.invoiced[meter]);
  const volume = volumeOf(following, before, counts);
  const priced = (slice: Slice, meter: (typeof VECTOR_METERS)[number]): number => {
    const quote = quoteOf(book, slice, meter);
    return quote.kind === 'priced'
      ? slice.tokens[meter] * amountOf(quote, BASE_PICK)
      : slice.vector.invoiced[meter];
  };
  const then = cellSums(after, cellBy, priced);
  const now = cellSums(before, cellBy, priced);
  const left = volumeOf(following, after, counts);
  return [...volume].map(([cell, amount]) => {
    const base = now.get(cell) ?? 0;
    const stays = amount === 0 ? 0 : (left.get(cell) ?? 0) / amount;
    return {
      cell,
      cost: cost.get(cell) ?? 0,
      volume: amount,
      // Nothing is planned of the rate of what is not to be there.
      factor: base === 0 || stays === 0 ? 1 : (then.get(cell) ?? 0) / base / stays,
      added: 0,
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
