// Levers that buy capacity: which requests it serves hour by hour, what it costs, and the figures to judge it by.
import { sumOf } from '../sum.ts';
import type { Mode } from '../usage/vocabulary.ts';
import type { Fact } from './answer.ts';
import {
  breakEvenUse,
  type Capacity,
  costsByCount,
  leastCost,
  peakUnits,
  serve,
  servedShare,
} from './capacity.ts';
import {
  type Charge,
  type Effect,
  type Notice,
  type Plan,
  type Slice,
  type StatedRate,
  type Surroundings,
  served,
  TOUCHES_NOTHING,
} from './lever.ts';
import { localTimeIn } from './local-time.ts';
import { modeVerdict } from './model-guards.ts';
import { DAYS_PER_MONTH } from './months.ts';
import { amountOf, BASE_PICK, quoteOf } from './prices.ts';
import { IN_BATCH, paidAnotherWay } from './refusals.ts';
import type { ProvisionedLever } from './scenario.ts';
import { type Scheduled, type TimedDemand, unitSchedule, ZONE_NOT_READ } from './unit-schedule.ts';
import { type HourlyUsage, NO_TOKENS, type TokensByMeter, usageKeyOf } from './vectors.ts';

/** What a lever buys, whatever it is called. */
export type CapacityPurchase = {
  readonly leverId: string;
  readonly mode: Extract<Mode, 'provisioned' | 'reserved'>;
  readonly label: string;
  /** Tokens an hour that may be used of everything bought, spare left out and peaks within the hour allowed for. */
  readonly capacity: Capacity;
  /** Cost of everything bought, spare included, USD an hour. */
  readonly usdPerHour: number;
  readonly formula: string;
  /** How much of a cache read counts against the input capacity. */
  readonly cacheReadWeight: number;
  /** Requests above the capacity: bought on demand, or not served at all. */
  readonly overflow: 'spill' | 'throttle';
  /** What is missing or wrong about the purchase: nothing is bought then. */
  readonly refusals: readonly Notice[];
};

/** Nothing is bought then, and what it would save is not known. */
export const NO_HOURS: Notice = {
  code: 'no_hours',
  message:
    'The bill does not say in which hours this usage fell, and capacity is needed by the hour: no verdict. Import an hourly export.',
};

const SEVERAL_MODELS = (models: readonly string[]): Notice => ({
  code: 'several_models',
  message: `Capacity serves one model, and this lever applies to ${models.length}: ${models.join(', ')}. Choose one.`,
});

const THROTTLED: Notice = {
  code: 'throttled',
  message:
    'Some hours need more than the capacity: what does not fit is throttled. Work not done is no saving, so its cost stays in the figures.',
};

/** The effect of a purchase on the slices in scope: the hours decide what it serves. */
export function capacityEffect(
  purchase: CapacityPurchase,
  slices: readonly Slice[],
  around: Surroundings,
): Effect {
  const ready = prepared(purchase, slices, around.hourly);
  if ('refusals' in ready) {
    const notices = ready.refusals.map((notice) => ({ ...notice, refused: true }));
    return { ...TOUCHES_NOTHING, notices };
  }
  const { shapes, demand } = ready;
  const shareInHour = demand.input.map((input, hour) =>
    servedShare(input, demand.output[hour] ?? 0, purchase.capacity),
  );
  const rate: StatedRate = { id: purchase.leverId, usd: NO_TOKENS, source: purchase.label };
  const throttled = purchase.overflow === 'throttle' && shareInHour.some((share) => share < 1);
  return {
    plan: (slice) => planOf(purchase, rate, slice, shapes.get(usageKeyOf(slice.origin)), shareInHour),
    dials: null,
    charges: [chargeOf(purchase, slices, around)],
    notices: throttled ? [{ ...THROTTLED, refused: false }] : [],
  };
}

type Shape = { readonly input: readonly number[]; readonly output: readonly number[] };
export type Ready = { readonly shapes: ReadonlyMap<string, Shape>; readonly demand: TimedDemand };

/** The hours of what could run on the capacity, or why there are none. */
export function prepared(
  { cacheReadWeight, refusals }: CapacityPurchase,
  slices: readonly Slice[],
  hourly: HourlyUsage | null,
): Ready | { readonly refusals: readonly Notice[] } {
  const movable = slices.filter(isMovable);
  const models = [...new Set(movable.map(({ vector }) => vector.model))].sort();
  const shapes = hourly === null ? new Map<string, Shape>() : shapesOf(hourly);
  const known = movable.every(({ origin }) => shapes.has(usageKeyOf(origin)));
  const reasons = [
    ...refusals,
    ...(models.length > 1 ? [SEVERAL_MODELS(models)] : []),
    ...(hourly === null || !known ? [NO_HOURS] : []),
  ];
  if (reasons.length > 0 || hourly === null) return { refusals: reasons };
  return { shapes, demand: demandOf(movable, shapes, hourly, cacheReadWeight) };
}

function isMovable(slice: Slice): boolean {
  return refusalOf(slice) === null;
}

function refusalOf(slice: Slice): Notice | null {
  return paidAnotherWay(slice) ?? (slice.mode === 'batch' ? IN_BATCH : null);
}

/** Hours since the start of the baseline that hold any usage, in order. */
function hoursOf({ rows }: Pick<HourlyUsage, 'rows'>): number[] {
  return [...new Set(rows.flatMap(({ at }) => at))].sort((left, right) => left - right);
}

/** Share of a vector's tokens in each hour, by side. A side without tokens on the bill takes the other side's hours. */
function shapesOf({ rows }: Pick<HourlyUsage, 'rows'>): Map<string, Shape> {
  const hours = hoursOf({ rows });
  const position = new Map(hours.map((hour, index) => [hour, index]));
  return new Map(
    rows.map((row) => {
      const spread = (tokens: readonly number[]): number[] => {
        const total = sumOf(tokens);
        const shape = hours.map(() => 0);
        for (const [index, hour] of row.at.entries()) {
          shape[position.get(hour) ?? 0] = total === 0 ? 0 : (tokens[index] ?? 0) / total;
        }
        return shape;
      };
      const input = spread(sumOf(row.input) === 0 ? row.output : row.input);
      const output = spread(sumOf(row.output) === 0 ? row.input : row.output);
      return [row.key, { input, output }];
    }),
  );
}

/** What counts against the input side of a capacity: uncached input, cache writes, and cache reads by their weight. */
function inputSide(tokens: TokensByMeter, cacheReadWeight: number): number {
  const { input, cache_write_5m, cache_write_30m, cache_write_1h, cache_read } = tokens;
  return input + cache_write_5m + cache_write_30m + cache_write_1h + cache_read * cacheReadWeight;
}

function demandOf(
  slices: readonly Slice[],
  shapes: ReadonlyMap<string, Shape>,
  hourly: HourlyUsage,
  cacheReadWeight: number,
): TimedDemand {
  const count = [...shapes.values()][0]?.input.length ?? 0;
  const input = Array.from({ length: count }, () => 0);
  const output = Array.from({ length: count }, () => 0);
  for (const { origin, tokens } of slices) {
    const shape = shapes.get(usageKeyOf(origin));
    if (shape === undefined) continue;
    const inTokens = inputSide(tokens, cacheReadWeight);
    for (let hour = 0; hour < count; hour += 1) {
      input[hour] = (input[hour] ?? 0) + inTokens * (shape.input[hour] ?? 0);
      output[hour] = (output[hour] ?? 0) + tokens.output * (shape.output[hour] ?? 0);
    }
  }
  return { hours: hourly.hours, at: hoursOf(hourly), input, output };
}

function planOf(
  { mode }: CapacityPurchase,
  rate: StatedRate,
  slice: Slice,
  shape: Shape | undefined,
  shareInHour: readonly number[],
): Plan | null {
  const refusal = refusalOf(slice);
  const offer = modeVerdict(slice.vector.model, mode, null);
  const weighted = (hours: readonly number[]): number =>
    sumOf(hours.map((part, hour) => part * (shareInHour[hour] ?? 0)));
  if (shape === undefined && refusal === null) return null;
  return {
    share: { input: weighted(shape?.input ?? []), output: weighted(shape?.output ?? []) },
    outcomes: [served(slice, { mode, rate })],
    refusals: refusal === null ? offer.refusals : [refusal],
    warnings: refusal === null ? offer.warnings : [],
  };
}

function chargeOf(
  { label, usdPerHour, formula }: CapacityPurchase,
  slices: readonly Slice[],
  { daysCovered, hoursPerMonth }: Surroundings,
): Charge {
  const served = slices.find(isMovable)?.vector;
  return {
    label,
    amount: (usdPerHour * hoursPerMonth * daysCovered) / DAYS_PER_MONTH,
    due: 'at_once',
    formula: `${formula} × ${hoursPerMonth} hours a month × days covered ÷ (365 ÷ 12)`,
    billedAs: served?.billedAs ?? 'native',
    provider: served?.provider ?? null,
    ends: null,
  };
}

/** What the movable traffic of each hour costs as it is bought now, USD; null where a price is missing. */
export function costsByHour(
  slices: readonly Slice[],
  { shapes, demand }: Ready,
  { book }: Pick<Surroundings, 'book'>,
): number[] | null {
  const costs = demand.at.map(() => 0);
  for (const slice of slices.filter(isMovable)) {
    const shape = shapes.get(usageKeyOf(slice.origin));
    for (const [meter, tokens] of Object.entries(slice.tokens) as [keyof TokensByMeter, number][]) {
      if (tokens === 0) continue;
      const quote = quoteOf(book, slice, meter);
      if (quote.kind === 'missing') return null;
      const cost = tokens * amountOf(quote, BASE_PICK);
      const parts = (meter === 'output' ? shape?.output : shape?.input) ?? [];
      for (const [hour, part] of parts.entries()) costs[hour] = (costs[hour] ?? 0) + cost * part;
    }
  }
  return costs;
}

/** Figures of what was bought: how full it is, what overflows, what a token on it costs; `usdPerHour` null = not stated. */
export function capacityFacts(
  purchase: CapacityPurchase,
  usdPerHour: number | null,
  slices: readonly Slice[],
  around: Surroundings,
): Fact[] {
  const ready = prepared(purchase, slices, around.hourly);
  if ('refusals' in ready) return [];
  const { demand } = ready;
  const service = serve(demand, purchase.capacity);
  const tokens = service.servedInput + service.servedOutput;
  const total = sumOf(demand.input) + sumOf(demand.output);
  return [
    fact('share of the tokens served', total === 0 ? null : tokens / total, 'ratio'),
    fact('use of the capacity', service.utilisation, 'ratio', 'mean over all hours, by the tighter side'),
    fact('hours above the capacity', service.hoursAbove, 'hour', `of ${demand.hours}`),
    fact('tokens above the capacity', service.overflowInput + service.overflowOutput, 'token'),
    fact(
      'rate on the capacity',
      tokens === 0 || usdPerHour === null ? null : ((usdPerHour * demand.hours) / tokens) * 1e6,
      'USD/1M token',
      'while it lasts',
    ),
  ];
}

/** Figures of the count: what the busiest hour needs, which count costs least, from which use a unit pays. */
export function countFacts(
  purchase: CapacityPurchase,
  perUnit: Capacity,
  unitHour: number | null,
  { termMonths, timeZone }: Pick<ProvisionedLever, 'termMonths' | 'timeZone'>,
  slices: readonly Slice[],
  around: Surroundings,
): Fact[] {
  const ready = prepared(purchase, slices, around.hourly);
  if ('refusals' in ready) return [];
  const costs = costsByHour(slices, ready, around);
  if (costs === null) return [];
  const { demand } = ready;
  const hours = unitHour === null ? null : unitHour * demand.hours;
  const counts = costsByCount(demand, perUnit, costs, hours, COUNT_LIMIT);
  const best = leastCost(counts);
  const never = best?.units === 0;
  const onDemand = counts[0]?.total ?? null;
  const { schedule, why } = scheduleIn(timeZone, demand, perUnit, costs, unitHour, around);
  return [
    fact('units for the busiest hour', peakUnits(demand, perUnit), 'count'),
    fact(
      'units of least cost',
      best?.units ?? null,
      'count',
      never ? 'never pays at this traffic: a purchase of performance, not a saving' : null,
    ),
    fact('cost of the traffic on demand', onDemand, around.currency),
    fact('cost with the units of least cost', best?.total ?? null, around.currency),
    // Units under a commitment cannot be switched off by the hour.
    ...(termMonths > 0
      ? []
      : [
          fact(
            'cost with units on a schedule',
            schedule?.total ?? null,
            around.currency,
            why ??
              `in each hour of the day (${timeZone}), working days and weekends apart, as many as cost least; needs no commitment`,
          ),
        ]),
    fact(
      'break-even use of a unit',
      breakEvenUse(demand, perUnit, costs, unitHour),
      'ratio',
      'above 100 % no unit can pay',
    ),
  ];
}

/** Units without a commitment by the local hour of the day. */
export function scheduleIn(
  timeZone: string,
  demand: TimedDemand,
  perUnit: Capacity,
  byToken: readonly number[],
  unitHour: number | null,
  { hourly, period }: Pick<Surroundings, 'hourly' | 'period'>,
): Scheduled {
  if (unitHour === null) return { schedule: null, why: 'what a unit’s hour costs is not stated' };
  const localTime = localTimeIn(hourly?.localTimes ?? [], timeZone);
  if (localTime === null) return { schedule: null, why: ZONE_NOT_READ };
  return unitSchedule(demand, perUnit, byToken, unitHour, { period, localTime }, COUNT_LIMIT);
}

/** Counts beyond this are no purchase that anybody makes without talking to the vendor. */
export const COUNT_LIMIT = 100;

function fact(name: string, value: number | null, unit: string, note: string | null = null): Fact {
  return { name, model: null, value, unit, note };
}
