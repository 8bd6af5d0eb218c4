// The months ahead: how much volume there is, what it costs by then, and how far each lever acts.

import { isInScope } from './apply.ts';
import type { BoundLever } from './levers.ts';
import { intensityAt, monthNumber } from './months.ts';
import type { PriceBook, Quote } from './prices.ts';
import type { Growth, PriceChange } from './scenario.ts';
import { scopeIndex, type UsageVector, VECTOR_METERS, type VectorMeter } from './vectors.ts';
import { type State, startState, stateAfter, type World } from './world.ts';

/** What moves the baseline itself, with the base of each range. It is never a saving. */
export type Trends = { readonly growth: readonly Growth[]; readonly priceChanges: readonly PriceChange[] };

/** One month: its own prices and volume, before and after the levers, for as many days as the baseline covers. */
export type Moment = { readonly book: PriceBook; readonly before: State; readonly after: State };

export type Timeline = (month: string) => Moment;

/** Months are computed once for each combination of volume, prices and progress of the levers. */
export function timelineOf(
  world: World,
  levers: readonly BoundLever[],
  { growth, priceChanges }: Trends,
  horizon: string,
): Timeline {
  const known = new Map<string, Moment>();
  const baselineMonth = monthNumber(world.baseline.period.to.slice(0, 7));
  return (month) => {
    const ahead = Math.max(0, monthNumber(month) - baselineMonth);
    const due = priceChanges.filter(({ fromMonth }) => monthNumber(fromMonth) <= monthNumber(month));
    const intensities = levers.map(({ lever }) => intensityAt(lever, month, horizon));
    const volumes = growth.map((one) => volumeAt(one, month, ahead));
    const key = JSON.stringify([volumes, due.length, intensities]);
    const moment =
      known.get(key) ??
      momentOf(world, levers, volumes, { growth, due }, (lever) => intensityAt(lever, month, horizon));
    known.set(key, moment);
    return moment;
  };
}

function momentOf(
  world: World,
  levers: readonly BoundLever[],
  volumes: readonly number[],
  { growth, due }: { readonly growth: readonly Growth[]; readonly due: readonly PriceChange[] },
  intensityOf: Parameters<typeof stateAfter>[2],
): Moment {
  const book = repriced(world.book, due);
  const start = grown(world, growth, volumes);
  const isAsNow = book === world.book && start === world.start;
  const then: World = isAsNow ? world : { ...world, book, around: { ...world.around, book }, start };
  return { book, before: startState(then), after: stateAfter(then, levers, intensityOf) };
}

/** Volume of a month against today's by one growth: (1 + growth)^months ahead, or 1 + growth from its month on. */
function volumeAt({ perMonth, onceFrom }: Growth, month: string, ahead: number): number {
  if (onceFrom === null) return (1 + perMonth.base) ** ahead;
  return monthNumber(month) >= monthNumber(onceFrom) ? 1 + perMonth.base : 1;
}

/** Today's volume × every growth whose scope it is in. */
function grown(
  { start, baseline }: World,
  growth: readonly Growth[],
  volumes: readonly number[],
): World['start'] {
  if (volumes.every((volume) => volume === 1)) return start;
  const rates = growth.map(({ scope }, index) => ({
    scope: scopeIndex(baseline.scopes, scope),
    factor: volumes[index] ?? 1,
  }));
  return start.map((slice) => {
    const factor = rates.reduce(
      (product, rate) => (isInScope(slice.origin, rate.scope) ? product * rate.factor : product),
      1,
    );
    const tokens = { ...slice.tokens };
    for (const meter of VECTOR_METERS) tokens[meter] *= factor;
    return { ...slice, tokens };
  });
}

/** The book with the changes that are in force; changes of one model multiply. */
function repriced(book: PriceBook, due: readonly PriceChange[]): PriceBook {
  if (due.length === 0) return book;
  const factors = new Map<string, number>();
  for (const { model, factor } of due) factors.set(model, (factors.get(model) ?? 1) * factor.base);
  return {
    quote: (vector: UsageVector, meter: VectorMeter, mode): Quote => {
      const quote = book.quote(vector, meter, mode);
      const factor = factors.get(vector.model);
      if (factor === undefined || quote.kind === 'missing') return quote;
      return {
        ...quote,
        low: quote.low * factor,
        base: quote.base * factor,
        high: quote.high * factor,
        source: `${quote.source}; with the price change stated`,
      };
    },
  };
}
