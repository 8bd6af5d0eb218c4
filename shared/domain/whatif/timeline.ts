// The months ahead: how much volume there is, what it costs by then, and how far each lever acts.

import { isInScope } from './apply.ts';
import type { BoundLever } from './levers.ts';
import { intensityAt, intensityBeforeTerm, monthNumber } from './months.ts';
import type { PriceBook, Quote } from './prices.ts';
import type { Growth, Lever, PriceChange } from './scenario.ts';
import { METER_COUNT, type State, stateOf, wayAt } from './state.ts';
import { scopeIndex, type UsageVector, type VectorMeter } from './vectors.ts';
import { type Act, stateAfter, type World } from './world.ts';

/** What moves the baseline itself, with the base of each range. It is never a saving. */
export type Trends = { readonly growth: readonly Growth[]; readonly priceChanges: readonly PriceChange[] };

/** One month at its own prices and volume, before and after the levers, for as many days as the baseline covers. */
export type Moment = { readonly before: State; readonly after: State };

export type Timeline = (month: string) => Moment;

/** Months are computed once for each combination of volume, prices and progress of the levers. */
export function timelineOf(
  world: World,
  levers: readonly BoundLever[],
  trends: Trends,
  horizon: string,
): Timeline {
  const known = new Map<string, Moment>();
  return (month) => {
    const changes = changesIn(world, trends, month);
    const acts = levers.map(({ lever }) => actAt(lever, month, horizon));
    const key = JSON.stringify([changes.volumes, changes.due.length, acts]);
    const moment =
      known.get(key) ?? momentOf(world, levers, changes, (lever) => actAt(lever, month, horizon));
    known.set(key, moment);
    return moment;
  };
}

/** The world of a month, at its volume and its prices, before any lever. */
export function worldIn(world: World, trends: Trends, month: string): World {
  return worldThen(world, changesIn(world, trends, month));
}

function changesIn(world: World, { growth, priceChanges }: Trends, month: string): Changes {
  const baselineMonth = monthNumber(world.baseline.period.to.slice(0, 7));
  const ahead = Math.max(0, monthNumber(month) - baselineMonth);
  const due = priceChanges.filter(({ fromMonth }) => monthNumber(fromMonth) <= monthNumber(month));
  return { growth, volumes: growth.map((one) => volumeAt(one, month, ahead)), due };
}

/** How far a lever acts in a month. */
export function actAt(lever: Lever, month: string, horizon: string): Act {
  return {
    intensity: intensityBeforeTerm(lever, month, horizon),
    afterTerm: intensityAt(lever, month, horizon),
  };
}

/** The growth stated with the volume each has come to, and the price changes that are in force. */
type Changes = {
  readonly growth: readonly Growth[];
  readonly volumes: readonly number[];
  readonly due: readonly PriceChange[];
};

function momentOf(
  world: World,
  levers: readonly BoundLever[],
  changes: Changes,
  actOf: Parameters<typeof stateAfter>[2],
): Moment {
  const then = worldThen(world, changes);
  return { before: then.start, after: stateAfter(then, levers, actOf) };
}

/** Volume of a month against today's by one growth: (1 + growth)^months ahead, or 1 + growth from its month on. */
function volumeAt({ perMonth, onceFrom }: Growth, month: string, ahead: number): number {
  if (onceFrom === null) return (1 + perMonth.base) ** ahead;
  return monthNumber(month) >= monthNumber(onceFrom) ? 1 + perMonth.base : 1;
}

const later = new WeakMap<World, Map<string, World>>();

/** Worlds that are remembered of one: more than a horizon of months at two trends needs. */
const REMEMBERED = 64;

/** The world of a month. One object for the same volume and prices, also after a lever has moved. */
function worldThen(world: World, { growth, volumes, due }: Changes): World {
  if (due.length === 0 && volumes.every((volume) => volume === 1)) return world;
  const own = later.get(world) ?? new Map<string, World>();
  later.set(world, own);
  const factors = due.map(({ model, factor }) => [model, factor.base]);
  const key = JSON.stringify([volumes, growth.map(({ scope }) => scope), factors]);
  const known = own.get(key);
  if (known !== undefined) return known;
  if (own.size >= REMEMBERED) own.clear();
  const book = repriced(world.book, due);
  const then = {
    ...world,
    book,
    around: { ...world.around, book },
    start: grown(world, book, growth, volumes),
  };
  own.set(key, then);
  return then;
}

/** Today's volume × every growth whose scope it is in, at the prices of a book. */
function grown(
  { start, baseline }: World,
  book: PriceBook,
  growth: readonly Growth[],
  volumes: readonly number[],
): State {
  const rates = growth.map(({ scope }, index) => ({
    scope: scopeIndex(baseline.scopes, scope),
    factor: volumes[index] ?? 1,
  }));
  const factors = start.ways.map(({ origin }) =>
    rates.reduce((product, { scope, factor }) => (isInScope(origin, scope) ? product * factor : product), 1),
  );
  return stateOf(
    start.ways.map((way) => wayAt(book, way.origin, way)),
    start.tokens.map((tokens, position) => tokens * (factors[Math.floor(position / METER_COUNT)] ?? 1)),
    start.charges,
  );
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
