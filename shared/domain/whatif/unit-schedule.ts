// Units without a commitment on a schedule: as many in each hour of the day as cost least, working days and weekends apart.
import type { Period } from '../spend/vocabulary.ts';
import { sumOf } from '../sum.ts';
import { type Capacity, costsByCount, type Demand, leastCost } from './capacity.ts';
import { keepsTheMinute, type LocalHour, type LocalTime, localHours } from './local-time.ts';

/** One hour of the local day on working days or weekends, over all its days. */
export type Slot = LocalHour & {
  /** Hours of the period that it is made of. */
  readonly hours: number;
  readonly units: number;
  /** Units for all those hours, and what overflows them at token rates. */
  readonly cost: number;
};

/** In the order of the day, working days first. A slot that the period has no hour of is not there. */
export type UnitSchedule = { readonly slots: readonly Slot[]; readonly total: number };

/** A demand that knows when its hours are: hours since the start of the period, in the order of its tokens. */
export type TimedDemand = Demand & { readonly at: readonly number[] };

/** The days of a demand, and the clock by which people live there. */
export type Calendar = { readonly period: Period; readonly localTime: LocalTime };

/**
 * The schedule of least cost: each slot takes the count that is cheapest for its own hours, 0 where none pays. It costs
 * at most what the best single count does. `usdPerUnitHour` is the price without a commitment.
 */
export function unitSchedule(
  demand: TimedDemand,
  perUnit: Capacity,
  byToken: readonly number[],
  usdPerUnitHour: number,
  { period, localTime }: Calendar,
  limit: number,
): Scheduled {
  const local = localHours(period, localTime);
  if (demand.hours !== local.length) return { schedule: null, why: DAYS_MISSING };
  if (!keepsTheMinute(localTime)) return { schedule: null, why: HOURS_OVERLAP };
  const used = new Map(demand.at.map((hour, index) => [hour, index]));
  const bySlot = Map.groupBy(local.entries(), ([, { weekend, start }]) => `${weekend} ${start}`);
  const slots = [...bySlot.values()].flatMap((own): Slot[] => {
    const [first] = own;
    if (first === undefined) return [];
    const hours = own.length;
    const positions = own.flatMap(([hour]) => used.get(hour) ?? []);
    const part = {
      hours,
      input: positions.map((index) => demand.input[index] ?? 0),
      output: positions.map((index) => demand.output[index] ?? 0),
    };
    const costs = positions.map((index) => byToken[index] ?? 0);
    const best = leastCost(costsByCount(part, perUnit, costs, usdPerUnitHour * hours, limit));
    return [{ ...first[1], hours, units: best?.units ?? 0, cost: best?.total ?? 0 }];
  });
  const schedule = {
    slots: slots.sort((one, other) => Number(one.weekend) - Number(other.weekend) || one.start - other.start),
    total: sumOf(slots.map(({ cost }) => cost)),
  };
  return { schedule, why: null };
}

/** A schedule, or why there is none. */
export type Scheduled =
  | { readonly schedule: UnitSchedule; readonly why: null }
  | { readonly schedule: null; readonly why: string };

const DAYS_MISSING =
  'not every day of the baseline is held by the hour, and nobody knows which hours are missing';
const HOURS_OVERLAP =
  'the clocks of this time zone change by part of an hour within these days, so hours of the bill lie in two hours of the day';
export const ZONE_NOT_READ = 'its hours are not known in this time zone';
