// Units without a commitment on a schedule: as many in each hour of the day as cost least, working days and weekends apart.
import type { Period } from '../spend/vocabulary.ts';
import { sumOf } from '../sum.ts';
import { type Capacity, costsByCount, type Demand, leastCost, type TokenRates } from './capacity.ts';

/** One hour of the day on working days or weekends, UTC, over all its days. */
export type Slot = {
  readonly weekend: boolean;
  readonly hour: number;
  /** Hours of the period that it is made of. */
  readonly hours: number;
  readonly units: number;
  /** Units for all those hours, and what overflows them at token rates. */
  readonly cost: number;
};

export type UnitSchedule = { readonly slots: readonly Slot[]; readonly total: number };

/** A demand that knows when its hours are: hours since the start of the period, in the order of its tokens. */
export type TimedDemand = Demand & { readonly at: readonly number[] };

const DAY = 86_400_000;

/**
 * The schedule of least cost: each slot takes the count that is cheapest for its own hours, 0 where none pays. It costs
 * at most what the best single count does. `usdPerUnitHour` is the price without a commitment; null where not every day
 * of the period is held, since nobody knows which hours are missing.
 */
export function unitSchedule(
  demand: TimedDemand,
  perUnit: Capacity,
  rates: TokenRates,
  usdPerUnitHour: number,
  period: Period,
  limit: number,
): UnitSchedule | null {
  const first = Date.parse(`${period.from}T00:00:00Z`);
  const days = Math.round((Date.parse(`${period.to}T00:00:00Z`) - first) / DAY) + 1;
  if (demand.hours !== days * 24) return null;
  const isWeekend = (day: number): boolean => [0, 6].includes(new Date(first + day * DAY).getUTCDay());
  const weekends = Array.from({ length: days }, (_, day) => day).filter(isWeekend).length;
  const positions = Map.groupBy(demand.at.keys(), (index) => {
    const at = demand.at[index] ?? 0;
    return slotKey(isWeekend(Math.floor(at / 24)), at % 24);
  });
  const slots = [false, true].flatMap((weekend) =>
    Array.from({ length: 24 }, (_, hour): Slot => {
      const hours = weekend ? weekends : days - weekends;
      const own = positions.get(slotKey(weekend, hour)) ?? [];
      const part = {
        hours,
        input: own.map((index) => demand.input[index] ?? 0),
        output: own.map((index) => demand.output[index] ?? 0),
      };
      const best = leastCost(costsByCount(part, perUnit, rates, usdPerUnitHour * hours, limit));
      return { weekend, hour, hours, units: best?.units ?? 0, cost: best?.total ?? 0 };
    }),
  );
  return { slots, total: sumOf(slots.map(({ cost }) => cost)) };
}

const slotKey = (weekend: boolean, hour: number): string => `${weekend ? 'weekend' : 'working'} ${hour}`;
