// Later bills held against a pinned plan: what was planned, what the bill says, and how much of it is other volume.
import type { Filter, Period } from '../../spend/vocabulary.ts';
import { sumOf } from '../../sum.ts';
import { isInScope } from '../apply.ts';
import { intensityAt } from '../months.ts';
import type { LeverKind } from '../scenario.ts';
import { asScope, type CapacityUnits, type PaidCapacity, scopeIndex, type UsageVector } from '../vectors.ts';
import {
  type Bought,
  countsAsVolume,
  type Followed,
  type FollowedCapacity,
  followingOf,
  measured,
} from './follow.ts';
import {
  CELLS,
  cellSums,
  type PinnedPlan,
  type PlannedCell,
  type PlannedLever,
  paidCapacity,
  searchCapacity,
} from './plan.ts';

/** A month of later bills: its days from the start on that are held, and the usage on them. */
export type LaterMonth = {
  readonly month: string;
  /** Days of the month that the plan covers, and how many of them are held. */
  readonly days: Period;
  readonly daysInMonth: number;
  readonly daysHeld: number;
  readonly estimated: boolean;
  readonly scopes: readonly (readonly Filter[])[];
  readonly vectors: readonly UsageVector[];
  readonly ocu: CapacityUnits;
  readonly capacity: readonly PaidCapacity[];
};

/** One lever over some held days. Amounts are in the plan's currency; a minus costs more. */
export type RealisedRow = {
  readonly daysHeld: number;
  /** Cost of the followed usage in the baseline × days held ÷ days of the baseline. */
  readonly baselineCost: number;
  /** Invoiced on the days held. */
  readonly cost: number;
  readonly volumeEffect: number;
  readonly mixEffect: number;
  /** Invoiced for usage that the baseline does not have, and so has no rate for. */
  readonly newUsage: number;
  /** Cost at the baseline's rates − cost. */
  readonly realised: number;
  /** The plan's saving on the same volume, as far as its ramp has come. */
  readonly planned: number;
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

export type RealisedLever = Pick<PlannedLever, 'leverId' | 'kind' | 'label' | 'notFollowed'> & {
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
    const { leverId, kind, label, notFollowed, conditions, sharedWith, measure, volumeIn } = lever;
    return {
      leverId,
      kind,
      label,
      notFollowed,
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
  // Months are compared each by itself, so that the ramp meets the volume of its month; the total is their sum.
  const sum = (part: (row: RealisedMonth) => number): number => sumOf(rows.map(part));
  const known = rows.filter(({ measurePlanned }) => measurePlanned !== null);
  const weight = sumOf(known.map(({ daysHeld }) => daysHeld));
  return {
    daysHeld: sum(({ daysHeld }) => daysHeld),
    baselineCost: sum(({ baselineCost }) => baselineCost),
    cost: sum(({ cost }) => cost),
    volumeEffect: sum(({ volumeEffect }) => volumeEffect),
    mixEffect: sum(({ mixEffect }) => mixEffect),
    newUsage: sum(({ newUsage }) => newUsage),
    realised: sum(({ realised }) => realised),
    planned: sum(({ planned }) => planned),
    measure: effectsOf(plan, lever, held).measure,
    measurePlanned:
      weight === 0 ? null : sumOf(known.map((row) => (row.measurePlanned ?? 0) * row.daysHeld)) / weight,
  };
}

/** What a lever's followed usage is in some months: cost and volume by cell, and its measure. */
type Later = {
  readonly cost: ReadonlyMap<string, number>;
  readonly volume: ReadonlyMap<string, number>;
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
 * so cost − baseline cost = volume + mix − realised + new. Planned on the same volume: Σ r⁰ₖ·(1 − factorₖ)·vₖ × how far
 * the ramp has come.
 */
function effectsOf(plan: PinnedPlan, lever: PlannedLever, months: readonly LaterMonth[]): RealisedRow {
  const daysHeld = sumOf(months.map((month) => month.daysHeld));
  const scale = plan.daysCovered === 0 ? 0 : daysHeld / plan.daysCovered;
  const later = laterUsage(plan, lever, months);
  const cells = lever.cells.filter(({ volume }) => volume > 0);
  const rateOf = ({ cost, volume }: PlannedCell): number => cost / volume;
  const atBase = (weight: (cell: PlannedCell) => number): number => sumOf(cells.map(weight));
  const volumeNow = (cell: PlannedCell): number => later.volume.get(cell.cell) ?? 0;
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
    volumeEffect: meanRate * (now - before),
    mixEffect: expected - meanRate * now,
    newUsage: costOf(false),
    realised: expected - costOf(true),
    planned: intensity * atBase((cell) => rateOf(cell) * (1 - cell.factor) * volumeNow(cell)),
    measure: later.measure,
    measurePlanned:
      measure === null || measure.before === null || measure.planned === null
        ? null
        : measure.before + intensity * (measure.planned - measure.before),
  };
}

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

function laterUsage(plan: PinnedPlan, lever: PlannedLever, months: readonly LaterMonth[]): Later {
  const own = plan.scenario.levers.find(({ id }) => id === lever.leverId);
  const following = own === undefined ? null : followingOf(own);
  if (following === null || 'because' in following)
    return { cost: new Map(), volume: new Map(), measure: null };
  if ('capacity' in following) return laterCapacity(following, lever.conditions, months);
  const usage = months.flatMap(({ scopes, vectors }) => {
    const scope = scopeIndex(scopes, lever.conditions);
    return vectors.filter((vector) => isInScope(vector, scope)).map(boughtAs);
  });
  return laterCells(following, usage);
}

const boughtAs = (vector: UsageVector): Bought & { readonly vector: UsageVector } => ({
  vector,
  mode: vector.mode,
  tokens: vector.tokens,
});

function laterCells(
  { cellBy, volumeIn, measure }: Followed,
  usage: readonly (Bought & { readonly vector: UsageVector })[],
): Later {
  return {
    cost: cellSums(usage, cellBy, ({ vector }, meter) => vector.invoiced[meter]),
    volume: cellSums(usage, cellBy, ({ tokens }, meter) =>
      countsAsVolume(volumeIn, meter) ? tokens[meter] : 0,
    ),
    measure: measured(measure, usage),
  };
}

function laterCapacity(
  { capacity: which }: FollowedCapacity,
  conditions: readonly Filter[],
  months: readonly LaterMonth[],
): Later {
  const days = sumOf(months.map(({ daysHeld }) => daysHeld));
  const parts = months.map(({ ocu, capacity, scopes, daysHeld }) => {
    const one =
      which === 'search'
        ? searchCapacity(ocu, daysHeld)
        : paidCapacity(
            { capacity: [...capacity], scopes: scopes.map(asScope), daysCovered: daysHeld },
            conditions,
          );
    return { ...one, daysHeld };
  });
  const held = parts.filter(({ daysHeld }) => daysHeld > 0);
  const unknown = held.some(({ running }) => running === null);
  return {
    cost: new Map([[CELLS[which], sumOf(parts.map(({ cost }) => cost))]]),
    volume: new Map([[CELLS[which], days]]),
    measure:
      days === 0 || unknown
        ? null
        : sumOf(held.map(({ running, daysHeld }) => (running ?? 0) * daysHeld)) / days,
  };
}
