// The capacity lab: model units against the hours of the bill, on its own volume or on that of a month ahead.
import { sumOf } from '../sum.ts';
import {
  breakEvenUse,
  type Capacity,
  type CountCost,
  costsByCount,
  durationCurve,
  type KnownCost,
  leastCost,
  peakUnits,
} from './capacity.ts';
import { COUNT_LIMIT, costsByHour, prepared, scheduleIn } from './capacity-lever.ts';
import { standAt } from './labs.ts';
import type { Notice, Surroundings } from './lever.ts';
import { addMonths, horizonStart } from './months.ts';
import { perUnit, purchaseOf, unitHourOf } from './provisioned.ts';
import type { ProvisionedLever, Scenario } from './scenario.ts';
import type { TimedDemand, UnitSchedule } from './unit-schedule.ts';
import type { ScenarioBaseline } from './vectors.ts';

/** A price of a unit's hour for a term. */
export type CapacityOffer = {
  readonly label: string;
  readonly termMonths: number;
  readonly usdPerUnitHour: number;
};

export type CapacityLab = {
  readonly refusals: readonly Notice[];
  /** Tokens ÷ those of the bill; null where the bill has none. */
  readonly volume: number | null;
  /** Units that each hour needs, the busiest first. */
  readonly curve: readonly number[];
  readonly units: number;
  /** Units that the busiest hour needs; null where nothing can be sized. */
  readonly peak: number | null;
  /** The demand with 0, 1, 2 … units at the lever's own price, over as many hours as the baseline has. */
  readonly counts: readonly CountCost[];
  readonly breakEvenUse: number | null;
  /** Every offer with its count of least cost; the cheapest first. */
  readonly offers: readonly (CapacityOffer & { readonly best: KnownCost })[];
  /** At the lever's own price, or the offer without a commitment; null where there is none or days are missing. */
  readonly schedule: (UnitSchedule & { readonly usdPerUnitHour: number; readonly timeZone: string }) | null;
  /** Why no schedule can be made at a price that is stated; null where one is, or no price is. */
  readonly noSchedule: string | null;
};

/**
 * Model units against the hours of the bill: how many, for which term, from which use. `month` null = the bill's own
 * volume; a month = the same hours with the growth and the price changes that the scenario states until then.
 */
export function capacityLab(
  scenario: Scenario,
  whole: ScenarioBaseline,
  lever: ProvisionedLever,
  offers: readonly CapacityOffer[],
  month: string | null = null,
): CapacityLab {
  const sized = sizedIn(scenario, whole, lever, month);
  if ('refusals' in sized) return { ...nothingFor(lever), refusals: sized.refusals };
  const { demand, unit, byToken, around } = sized;
  const compared = offers.flatMap((offer) => {
    const best = leastCost(countsAt(sized, offer.usdPerUnitHour));
    return best === null ? [] : [{ ...offer, best }];
  });
  const { timeZone } = lever;
  const unitHour = hourlyPrice(lever, offers);
  const found = unitHour === null ? null : scheduleIn(timeZone, demand, unit, byToken, unitHour, around);
  return {
    refusals: [],
    volume: month === null ? 1 : volumeOf(demand, sizedIn(scenario, whole, lever, null)),
    curve: durationCurve(demand, unit),
    units: lever.units,
    peak: peakUnits(demand, unit),
    counts: countsAt(sized, unitHourOf(lever)),
    breakEvenUse: breakEvenUse(demand, unit, byToken, unitHourOf(lever)),
    schedule:
      unitHour === null || found === null || found.schedule === null
        ? null
        : { ...found.schedule, usdPerUnitHour: unitHour, timeZone },
    noSchedule: found?.why ?? null,
    offers: compared.sort((left, right) => left.best.total - right.best.total),
  };
}

/** A month of the horizon: its tokens ÷ those of the bill (null without any), and what they need. */
export type CapacityMonth = {
  readonly month: string;
  readonly volume: number | null;
  readonly peak: number;
  readonly best: KnownCost | null;
};

/** The count of least cost for each month of the horizon at the lever's own price; empty where nothing can be sized. */
export function capacityMonths(
  scenario: Scenario,
  whole: ScenarioBaseline,
  lever: ProvisionedLever,
): CapacityMonth[] {
  const today = sizedIn(scenario, whole, lever, null);
  if ('refusals' in today) return [];
  return horizonMonths(scenario, whole).flatMap((month): CapacityMonth[] => {
    const sized = sizedIn(scenario, whole, lever, month);
    if ('refusals' in sized) return [];
    return [
      {
        month,
        volume: volumeOf(sized.demand, today),
        peak: peakUnits(sized.demand, sized.unit),
        best: leastCost(countsAt(sized, unitHourOf(lever))),
      },
    ];
  });
}

/** The months that a scenario is projected over. */
export function horizonMonths({ horizon }: Scenario, { period }: ScenarioBaseline): string[] {
  const first = horizonStart(horizon.startMonth, period.to);
  return Array.from({ length: horizon.months }, (_, index) => addMonths(first, index));
}

/** A demand by the hour, what one unit serves of it, and what each of its hours costs by the token. */
type Sized = {
  readonly demand: TimedDemand;
  readonly unit: Capacity;
  readonly byToken: readonly number[];
  readonly around: Surroundings;
};

function sizedIn(
  scenario: Scenario,
  whole: ScenarioBaseline,
  lever: ProvisionedLever,
  month: string | null,
): Sized | { readonly refusals: readonly Notice[] } {
  const { world, slices } = standAt(scenario, whole, lever, month);
  const purchase = purchaseOf(lever);
  const ready = prepared(purchase, slices, world.around.hourly);
  if ('refusals' in ready) return { refusals: ready.refusals };
  const byToken = costsByHour(slices, ready, world.around);
  if (byToken === null) return { refusals: [NO_PRICE] };
  return { demand: ready.demand, unit: perUnit(lever), byToken, around: world.around };
}

const NO_PRICE: Notice = {
  code: 'no_price_now',
  message: 'Part of this usage has no price today, so nothing can be compared with it.',
};

function nothingFor({ units }: ProvisionedLever): Omit<CapacityLab, 'refusals'> {
  return {
    volume: null,
    curve: [],
    units,
    peak: null,
    counts: [],
    breakEvenUse: null,
    offers: [],
    schedule: null,
    noSchedule: null,
  };
}

function countsAt({ demand, unit, byToken }: Sized, unitHour: number | null): CountCost[] {
  const hours = unitHour === null ? null : unitHour * demand.hours;
  return costsByCount(demand, unit, byToken, hours, COUNT_LIMIT);
}

function volumeOf(demand: TimedDemand, today: ReturnType<typeof sizedIn>): number | null {
  const tokens = 'refusals' in today ? 0 : tokensOf(today.demand);
  return tokens === 0 ? null : tokensOf(demand) / tokens;
}

function tokensOf({ input, output }: TimedDemand): number {
  return sumOf(input) + sumOf(output);
}

/** What a unit's hour costs without a commitment; null where nobody says. */
function hourlyPrice(lever: ProvisionedLever, offers: readonly CapacityOffer[]): number | null {
  const own = lever.termMonths === 0 ? unitHourOf(lever) : null;
  if (own !== null) return own;
  return offers.find((offer) => offer.termMonths === 0)?.usdPerUnitHour ?? null;
}
