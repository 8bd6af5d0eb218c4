// Capacity paid by the hour against traffic paid by the token: what is served, what overflows, what each count costs.
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';

/** Tokens by hour. Positions are the hours with usage; `hours` counts those without as well. */
export type Demand = {
  readonly hours: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
};

/** Tokens an hour; 0 = that side is not stated, so nothing can be served by it. */
export type Capacity = { readonly input: number; readonly output: number };

/** Share (0…1) of an hour's requests that fits: requests stay whole, so the tighter side decides for both. */
export function servedShare(input: number, output: number, capacity: Capacity): number {
  const ofInput = input === 0 ? 1 : capacity.input / input;
  const ofOutput = output === 0 ? 1 : capacity.output / output;
  return Math.min(1, ofInput, ofOutput);
}

/** Units that one hour needs: the larger of both sides. */
export function unitsFor(input: number, output: number, perUnit: Capacity): number {
  const ofInput = input === 0 ? 0 : input / perUnit.input;
  const ofOutput = output === 0 ? 0 : output / perUnit.output;
  return Math.max(ofInput, ofOutput);
}

export function times({ input, output }: Capacity, factor: number): Capacity {
  return { input: input * factor, output: output * factor };
}

export type Service = {
  readonly servedInput: number;
  readonly servedOutput: number;
  readonly overflowInput: number;
  readonly overflowOutput: number;
  /** Hours in which not everything fits. */
  readonly hoursAbove: number;
  /** Share (0…1) of the paid hours' capacity that is used, by the tighter side of each hour. */
  readonly utilisation: number;
};

/** Runs the hours of a demand through a capacity. */
export function serve(demand: Demand, capacity: Capacity): Service {
  const sums = { input: emptySum(), output: emptySum(), used: emptySum() };
  let hoursAbove = 0;
  for (const [hour, input] of demand.input.entries()) {
    const output = demand.output[hour] ?? 0;
    const share = servedShare(input, output, capacity);
    if (share < 1) hoursAbove += 1;
    addTo(sums.input, input * share);
    addTo(sums.output, output * share);
    addTo(sums.used, Math.min(1, unitsFor(input, output, capacity)));
  }
  const servedInput = totalOf(sums.input);
  const servedOutput = totalOf(sums.output);
  return {
    servedInput,
    servedOutput,
    overflowInput: sumOf(demand.input) - servedInput,
    overflowOutput: sumOf(demand.output) - servedOutput,
    hoursAbove,
    utilisation: demand.hours === 0 ? 0 : totalOf(sums.used) / demand.hours,
  };
}

/** Cost of a demand with a number of units: the fixed part, the overflow by the token, and both. */
export type CountCost = Service & {
  readonly units: number;
  /** null where nobody states what a unit costs. */
  readonly fixed: number | null;
  readonly overflow: number;
  readonly total: number | null;
};

/** The demand with 0, 1, 2 … units, up to the first count that serves every hour or `limit`. */
export function costsByCount(
  demand: Demand,
  perUnit: Capacity,
  /** What the traffic of each of its hours costs by the token: dearer and cheaper requests have hours of their own. */
  byToken: readonly number[],
  /** Cost of one unit for all hours of the demand; null = not stated. */
  fixedPerUnit: number | null,
  limit: number,
): CountCost[] {
  const most = Math.min(limit, Math.ceil(peakUnits(demand, perUnit) - 1e-9));
  return Array.from({ length: most + 1 }, (_, units) => {
    const capacity = times(perUnit, units);
    const service = serve(demand, capacity);
    const fixed = units === 0 ? 0 : fixedPerUnit === null ? null : units * fixedPerUnit;
    const overflow = sumOf(
      demand.input.map((input, hour) => {
        const above = 1 - servedShare(input, demand.output[hour] ?? 0, capacity);
        return above * (byToken[hour] ?? 0);
      }),
    );
    return { ...service, units, fixed, overflow, total: fixed === null ? null : fixed + overflow };
  });
}

export type KnownCost = CountCost & { readonly fixed: number; readonly total: number };

/** The cheapest count; of equals the smaller one. null where there is none, or one of them has no known cost. */
export function leastCost(counts: readonly CountCost[]): KnownCost | null {
  if (!counts.every(isKnown)) return null;
  return counts.reduce<KnownCost | null>(
    (best, count) => (best === null || count.total < best.total ? count : best),
    null,
  );
}

function isKnown(count: CountCost): count is KnownCost {
  return count.fixed !== null && count.total !== null;
}

/** Units that the busiest hour needs, before rounding up. */
export function peakUnits(demand: Demand, perUnit: Capacity): number {
  return demand.input.reduce(
    (most, input, hour) => Math.max(most, unitsFor(input, demand.output[hour] ?? 0, perUnit)),
    0,
  );
}

/** Units that each hour needs, the busiest first; hours without usage are the zeros at the end. */
export function durationCurve(demand: Demand, perUnit: Capacity): number[] {
  const used = demand.input.map((input, hour) => unitsFor(input, demand.output[hour] ?? 0, perUnit));
  const idle = Array.from({ length: Math.max(0, demand.hours - used.length) }, () => 0);
  return [...used, ...idle].sort((left, right) => right - left);
}

/**
 * Share of a unit's hour that must be used before it costs less than on demand: u* = price of the unit's hour ÷ what
 * the tokens it can serve in that hour would cost, at the demand's mix of requests. Above 1 it never pays.
 * null without demand or without one of the prices.
 */
export function breakEvenUse(
  demand: Demand,
  perUnit: Capacity,
  byToken: readonly number[],
  unitHour: number | null,
): number | null {
  const units = unitsFor(sumOf(demand.input), sumOf(demand.output), perUnit);
  const worth = units === 0 ? 0 : sumOf(byToken) / units;
  return unitHour === null || worth === 0 || !Number.isFinite(units) ? null : unitHour / worth;
}
