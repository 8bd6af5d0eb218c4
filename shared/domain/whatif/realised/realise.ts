// Later bills held against a pinned plan: what was planned, what the bill says, and how much of it is other volume.
import type { Filter, Period } from '../../spend/vocabulary.ts';
import { difference, sumOf } from '../../sum.ts';
import { isInScope } from '../apply.ts';
import { intensityAt } from '../months.ts';
import type { LeverKind } from '../scenario.ts';
import {
  type CapacityUnits,
  type LeverScope,
  type OutsideCost,
  type PaidCapacity,
  scopeIndex,
  type UsageVector,
} from '../vectors.ts';
import { CELLS, capacityOn, guardrailsOn, type Held, type Reading, watchedOn } from './beside.ts';
import { type Bought, followingOf } from './follow.ts';
import {
  cellSums,
  measureOf,
  type PinnedPlan,
  type PlannedCell,
  type PlannedLever,
  type RequestCounts,
  volumeOf,
} from './plan.ts';

/** A month of later bills: its days from the start on that are held, and the usage on them. */
export type LaterMonth = {
  readonly month: string;
  /** Days of the month that the plan covers, and how many of them are held. */
  readonly days: Period;
  readonly daysInMonth: number;
  readonly daysHeld: number;
  readonly estimated: boolean;
  readonly scopes: LeverScope[];
  readonly vectors: UsageVector[];
  readonly outside: OutsideCost[];
  readonly ocu: CapacityUnits;
  readonly capacity: PaidCapacity[];
  /** Requests counted for the levers that need them, by lever id. */
  readonly counts: ReadonlyMap<string, RequestCounts>;
};

/** One lever over some held days, every amount null where none is held. Amounts are in the plan's currency; a minus costs more. */
export type RealisedRow = {
  readonly daysHeld: number;
  /** Cost of the followed usage in the baseline × days held ÷ days of the baseline. */
  readonly baselineCost: number | null;
  /** Invoiced on the days held. */
  readonly cost: number | null;
  /** null, as the three after it, where the bill cannot tell: never nothing. */
  readonly volumeEffect: number | null;
  readonly mixEffect: number | null;
  /** Invoiced for usage that the baseline does not have, and so has no rate for. */
  readonly newUsage: number | null;
  /** Cost at the baseline's rates − cost. */
  readonly realised: number | null;
  /** The plan's saving on the same volume, as far as its ramp has come; null where it had no figure, or nobody counted the volume. */
  readonly planned: number | null;
  readonly measure: number | null;
  readonly measurePlanned: number | null;
};

export type RealisedMonth = RealisedRow & {
  readonly month: string;
  readonly days: Period;
  readonly daysInMonth: number;
  /** True where not every day of the month is held or covered: compared on the days held, not extrapolated. */
  readonly partial: boolean;
  readonly estimated: boolean;
};

export type RealisedLever = Pick<
  PlannedLever,
  'leverId' | 'kind' | 'label' | 'notFollowed' | 'untold' | 'unplanned'
> & {
  readonly kind: LeverKind;
  readonly conditions: Filter[];
  readonly sharedWith: string[];
  readonly measure: { readonly name: string; readonly unit: string; readonly before: number | null } | null;
  readonly volumeIn: string | null;
  readonly months: RealisedMonth[];
  /** Over all held days; null without any. */
  readonly total: RealisedRow | null;
};

/** What a later month must be read with. */
export function laterScopes({ levers }: PinnedPlan): Filter[][] {
  return levers.map(({ conditions }) => [...conditions]).filter((scope) => scope.length > 0);
}

/** Every lever of a plan over the months since its start that are held. */
export function realise(plan: PinnedPlan, months: readonly LaterMonth[]): RealisedLever[] {
  return plan.levers.map((lever) => {
    const rows = lever.notFollowed === null ? months.map((month) => realisedMonth(plan, lever, month)) : [];
    const { leverId, kind, label, notFollowed, untold, unplanned } = lever;
    const { conditions, sharedWith, measure, volumeIn } = lever;
    return {
      leverId,
      kind,
      label,
      notFollowed,
      untold,
      unplanned,
      conditions: [...conditions],
      sharedWith: [...sharedWith],
      measure: measure === null ? null : { name: measure.name, unit: measure.unit, before: measure.before },
      volumeIn,
      months: rows,
      total: totalOfRows(plan, lever, months, rows),
    };
  });
}

function realisedMonth(plan: PinnedPlan, lever: PlannedLever, month: LaterMonth): RealisedMonth {
  const { days, daysInMonth, daysHeld, estimated } = month;
  return {
    month: month.month,
    days,
    daysInMonth,
    partial: daysHeld < daysInMonth,
    estimated,
    ...effectsOf(plan, lever, [month]),
  };
}

function totalOfRows(
  plan: PinnedPlan,
  lever: PlannedLever,
  months: readonly LaterMonth[],
  rows: readonly RealisedMonth[],
): RealisedRow | null {
  const held = months.filter(({ daysHeld }) => daysHeld > 0);
  if (rows.length === 0 || held.length === 0) return null;
  // Months are compared each by itself, so that the ramp meets the volume of its month; the total is their sum. One that
  // cannot be told leaves the whole untold.
  const told = (part: (row: RealisedMonth) => number | null): number | null => {
    const values = rows.filter((row) => row.daysHeld > 0).map(part);
    return values.includes(null) ? null : sumOf(values.filter((value) => value !== null));
  };
  const known = rows.filter(({ measurePlanned }) => measurePlanned !== null);
  const weight = sumOf(known.map(({ daysHeld }) => daysHeld));
  return {
    daysHeld: sumOf(rows.map(({ daysHeld }) => daysHeld)),
    baselineCost: told(({ baselineCost }) => baselineCost),
    cost: told(({ cost }) => cost),
    volumeEffect: told(({ volumeEffect }) => volumeEffect),
    mixEffect: told(({ mixEffect }) => mixEffect),
    newUsage: told(({ newUsage }) => newUsage),
    realised: told(({ realised }) => realised),
    planned: told(({ planned }) => planned),
    measure: effectsOf(plan, lever, held).measure,
    measurePlanned:
      weight === 0 ? null : sumOf(known.map((row) => (row.measurePlanned ?? 0) * row.daysHeld)) / weight,
  };
}

/** What a lever's followed usage is in some months: cost and volume by cell, and its measure. */
type Later = {
  readonly cost: ReadonlyMap<string, number>;
  /** null where nobody counted it. */
  readonly volume: ReadonlyMap<string, number> | null;
  readonly measure: number | null;
};

/**
 * The change of cost against the baseline on as many days, in parts that sum to it. With the baseline's rate r⁰ₖ =
 * cost ÷ volume of cell k, its volume on as many days Vₖ⁰, the volume vₖ and cost cₖ of the days held, V⁰ = ΣVₖ⁰ and
 * V = Σvₖ over the cells the baseline has, r⁰ = Σr⁰ₖVₖ⁰ ÷ V⁰:
 *   volume   r⁰·(V − V⁰)              more or less use, at the baseline's mix and rates
 *   mix      Σ r⁰ₖ·vₖ − r⁰·V          other parts of the use, at the baseline's rates
 *   realised Σ r⁰ₖ·vₖ − Σ cₖ          the same use at another rate: the lever, and whatever else changed the rate
 *   new      Σ cₖ of cells the baseline does not have
 * so cost − baseline cost = volume + mix − realised + new. Planned on the same volume: Σ (r⁰ₖ·(1 − factorₖ) − addedₖ ÷
 * volumeₖ)·vₖ × how far the ramp has come.
 */
function effectsOf(plan: PinnedPlan, lever: PlannedLever, months: readonly LaterMonth[]): RealisedRow {
  const daysHeld = sumOf(months.map((month) => month.daysHeld));
  const scale = plan.daysCovered === 0 ? 0 : daysHeld / plan.daysCovered;
  const later = daysHeld === 0 ? null : laterUsage(plan, lever, months);
  if (later === null) return { ...NOTHING_HELD, daysHeld };
  const { volume } = later;
  const isTold = lever.untold === null && volume !== null;
  const isPlanned = lever.unplanned === null;
  const cells = lever.cells.filter(({ volume }) => volume > 0);
  const rateOf = ({ cost, volume }: PlannedCell): number => cost / volume;
  const plannedRate = (cell: PlannedCell): number =>
    rateOf(cell) * (1 - cell.factor) - cell.added / cell.volume;
  const atBase = (weight: (cell: PlannedCell) => number): number => sumOf(cells.map(weight));
  const volumeNow = (cell: PlannedCell): number => volume?.get(cell.cell) ?? 0;
  const before = atBase(({ volume }) => volume) * scale;
  const now = atBase(volumeNow);
  const baselineCost = atBase(({ cost }) => cost) * scale;
  const meanRate = before === 0 ? 0 : baselineCost / before;
  const expected = atBase((cell) => rateOf(cell) * volumeNow(cell));
  const known = new Set(cells.map(({ cell }) => cell));
  const costs = [...later.cost];
  const costOf = (isKnown: boolean): number =>
    sumOf(costs.filter(([cell]) => known.has(cell) === isKnown).map(([, cost]) => cost));
  const intensity = intensityOf(plan, lever, months);
  const { measure } = lever;
  return {
    daysHeld,
    baselineCost,
    cost: sumOf(costs.map(([, cost]) => cost)),
    volumeEffect: isTold ? 0 + meanRate * (now - before) : null,
    mixEffect: isTold ? difference(expected, meanRate * now) : null,
    newUsage: isTold ? costOf(false) : null,
    realised: isTold ? difference(expected, costOf(true)) : null,
    planned:
      isPlanned && volume !== null ? intensity * atBase((cell) => plannedRate(cell) * volumeNow(cell)) : null,
    measure: later.measure,
    measurePlanned:
      !isPlanned || measure === null || measure.before === null || measure.planned === null
        ? null
        : measure.before + intensity * (measure.planned - measure.before),
  };
}

const NOTHING_HELD: Omit<RealisedRow, 'daysHeld'> = {
  baselineCost: null,
  cost: null,
  volumeEffect: null,
  mixEffect: null,
  newUsage: null,
  realised: null,
  planned: null,
  measure: null,
  measurePlanned: null,
};

/** How far the lever's ramp has come, by days held; counted from the start of the plan. */
function intensityOf(
  { scenario, startsOn }: PinnedPlan,
  { leverId }: PlannedLever,
  months: readonly LaterMonth[],
): number {
  const lever = scenario.levers.find(({ id }) => id === leverId);
  const days = sumOf(months.map(({ daysHeld }) => daysHeld));
  if (lever === undefined || days === 0) return 0;
  const weighted = months.map(
    ({ month, days: planDays, daysHeld }) =>
      intensityAt(lever, month, startsOn.slice(0, 7), planDays) * daysHeld,
  );
  return sumOf(weighted) / days;
}

function laterUsage(plan: PinnedPlan, lever: PlannedLever, months: readonly LaterMonth[]): Later | null {
  const own = plan.scenario.levers.find(({ id }) => id === lever.leverId);
  if (own === undefined) return null;
  const counted = lever.volumeIn === 'requests';
  const following = followingOf(own, counted);
  const { conditions } = lever;
  if ('watched' in following)
    return beside(CELLS.watched, months, (held) => watchedOn(following, held, conditions));
  if ('capacity' in following)
    return beside(CELLS[following.capacity], months, (held) => capacityOn(following, held, conditions));
  if ('guardrails' in following)
    return beside(CELLS.guardrails, months, (held) => guardrailsOn(held, conditions));
  const counts = counted ? countsOf(lever, months) : null;
  const usage = months.flatMap(({ scopes, vectors }) => {
    const scope = scopeIndex(scopes, conditions);
    return vectors.filter((vector) => isInScope(vector, scope)).map(boughtAs);
  });
  return {
    cost: cellSums(usage, following.cellBy, ({ vector }, meter) => vector.invoiced[meter]),
    volume: counted && counts === null ? null : volumeOf(following, usage, counts),
    measure: measureOf(following, usage, counts),
  };
}

const boughtAs = (vector: UsageVector): Bought & { readonly vector: UsageVector } => ({
  vector,
  mode: vector.mode,
  tokens: vector.tokens,
});

/** Requests by model over some months; null where one of them has a day or a model without a count. */
function countsOf({ leverId }: PlannedLever, months: readonly LaterMonth[]): RequestCounts {
  const total = new Map<string, number>();
  for (const { counts, daysHeld } of months) {
    if (daysHeld === 0) continue;
    const own = counts.get(leverId) ?? null;
    if (own === null) return null;
    for (const [model, requests] of own) total.set(model, (total.get(model) ?? 0) + requests);
  }
  return total;
}

/** One cell over some months; its measure is the mean by days. */
function beside(cell: string, months: readonly LaterMonth[], read: (held: Held) => Reading): Later {
  const held = months.filter(({ daysHeld }) => daysHeld > 0);
  const readings = held.map((month) => ({
    ...read({ ...month, daysCovered: month.daysHeld }),
    days: month.daysHeld,
  }));
  const days = sumOf(readings.map((one) => one.days));
  const known = days > 0 && readings.every(({ measure }) => measure !== null);
  return {
    cost: new Map([[cell, sumOf(readings.map(({ cost }) => cost))]]),
    volume: new Map([[cell, sumOf(readings.map(({ volume }) => volume))]]),
    measure: known ? sumOf(readings.map((one) => (one.measure ?? 0) * one.days)) / days : null,
  };
}
