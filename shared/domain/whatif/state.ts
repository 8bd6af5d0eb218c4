// Where the pipeline stands, as numbers: the ways in which requests are bought by now, and the tokens of each by meter.
import { sumOf } from '../sum.ts';
import type { Charge, Purchase, Slice, StatedRate } from './lever.ts';
import { amountOf, BASE_PICK, type Pick, type PriceBook, type Quote, quoteOf } from './prices.ts';
import { type TokensByMeter, type UsageVector, VECTOR_METERS, type VectorMeter } from './vectors.ts';

export const METER_COUNT = VECTOR_METERS.length;

/** Numbers that are equal where these are, within a book. */
export type WayNames = {
  /** Model and region. */
  readonly home: number;
  /** The same with the mode. */
  readonly from: number;
  /** Model, place and mode. */
  readonly to: number;
};

/** One way in which requests of one vector are bought, with the prices of its meters looked up once. */
export type Way = Purchase & {
  /** The usage on the bill that these requests come from. */
  readonly origin: UsageVector;
  /** In the order of `VECTOR_METERS`, as the two below. */
  readonly quotes: readonly Quote[];
  /** Base prices, currency per ONE token; NaN where there is none. */
  readonly amounts: Float64Array;
  /** Whether any of them is a range. */
  readonly isRange: boolean;
  /** Prices at other ends of the ranges, as they were asked for. */
  readonly picked: Map<string, Float64Array>;
  /** A number of its own among the ways of its book, from 0; null at a stated rate. */
  readonly number: number | null;
  readonly names: WayNames;
  /** Region and tier, or what the purchase is called; null where the bill does not say. */
  readonly place: string | null;
};

/**
 * Every way of a state comes once, and the ways of one vector stand together. Never changed once it is made, so that
 * what follows from it can be remembered.
 */
export type State = {
  readonly ways: readonly Way[];
  /** Tokens of way w and meter m at w × `METER_COUNT` + m. */
  readonly tokens: Float64Array;
  /** Money beside the tokens. */
  readonly charges: readonly Charge[];
  /** The same requests as levers look at them. */
  readonly slices: readonly Slice[];
};

/** The ways at a book's prices, and the names by which the ledger gathers what moves between them. */
type Known = {
  readonly byOrigin: Map<UsageVector, Way[]>;
  ways: number;
  readonly names: Map<string, number>;
};

const known = new WeakMap<PriceBook, Known>();

function knownAt(book: PriceBook): Known {
  const own = known.get(book) ?? { byOrigin: new Map(), ways: 0, names: new Map() };
  known.set(book, own);
  return own;
}

/** The way of a purchase at a book's prices. One object for each; not for stated rates, which only their lever knows. */
export function wayAt(book: PriceBook, origin: UsageVector, purchase: Purchase): Way {
  if (purchase.rate !== null) return newWay(book, origin, purchase);
  const { byOrigin } = knownAt(book);
  const own = byOrigin.get(origin) ?? [];
  byOrigin.set(origin, own);
  for (const way of own) if (way.vector === purchase.vector && way.mode === purchase.mode) return way;
  const way = newWay(book, origin, purchase);
  own.push(way);
  return way;
}

function newWay(book: PriceBook, origin: UsageVector, purchase: Purchase): Way {
  const { vector, mode, rate } = purchase;
  const { model, region, regionTier } = vector;
  const tier = [region, regionTier].filter((part) => part !== null);
  const place = rate?.source ?? (tier.length === 0 ? null : tier.join(', '));
  const own = knownAt(book);
  let names: WayNames | null = null;
  return {
    origin,
    vector,
    mode,
    rate,
    ...(rate === null ? pricesOf(book, purchase) : statedPrices(book, purchase, rate)),
    number: rate === null ? own.ways++ : null,
    get names() {
      names ??= {
        home: numberOf(own, [model, region]),
        from: numberOf(own, [model, region, mode]),
        to: numberOf(own, [model, place, mode]),
      };
      return names;
    },
    place,
  };
}

type Prices = { readonly [K in 'quotes' | 'amounts' | 'isRange' | 'picked']: Way[K] };

function pricesOf(book: PriceBook, purchase: Purchase): Prices {
  const quotes = VECTOR_METERS.map((meter) => quoteOf(book, purchase, meter));
  return {
    quotes,
    amounts: Float64Array.from(quotes, (quote) => (quote.kind === 'priced' ? quote.base : Number.NaN)),
    isRange: quotes.some((quote) => quote.kind === 'priced' && quote.spread !== null),
    picked: new Map(),
  };
}

const pricesStated = new WeakMap<StatedRate, Prices>();

/** A rate is the same for all that is bought at it. */
function statedPrices(book: PriceBook, purchase: Purchase, rate: StatedRate): Prices {
  const prices = pricesStated.get(rate) ?? pricesOf(book, purchase);
  pricesStated.set(rate, prices);
  return prices;
}

function numberOf({ names }: Known, parts: readonly (string | null)[]): number {
  const name = JSON.stringify(parts);
  const number = names.get(name) ?? names.size;
  names.set(name, number);
  return number;
}

export function stateOf(ways: readonly Way[], tokens: Float64Array, charges: readonly Charge[]): State {
  let slices: readonly Slice[] | null = null;
  return {
    ways,
    tokens,
    charges,
    get slices() {
      slices ??= ways.map((way, index) => sliceOf(way, tokens, index));
      return slices;
    },
  };
}

/** The state that some slices are, each of another purchase. */
export function stateOfSlices(book: PriceBook, slices: readonly Slice[]): State {
  const tokens = slices.flatMap((slice) => VECTOR_METERS.map((meter) => slice.tokens[meter]));
  return stateOf(
    slices.map((slice) => wayAt(book, slice.origin, slice)),
    Float64Array.from(tokens),
    [],
  );
}

export function sliceOf(way: Way, tokens: Float64Array, index: number): Slice {
  const { origin, vector, mode, rate } = way;
  const byMeter: Partial<Record<VectorMeter, number>> = {};
  for (const [position, meter] of VECTOR_METERS.entries())
    byMeter[meter] = tokens[index * METER_COUNT + position] ?? 0;
  return { origin, vector, mode, rate, tokens: byMeter as TokensByMeter };
}

/** Prices of a way's meters at the ends that a computation takes; NaN where there is none. */
export function amountsAt(way: Way, pick: Pick): Float64Array {
  if (!way.isRange) return way.amounts;
  const ends = `${pick.range} ${pick.disputed}`;
  const known = way.picked.get(ends);
  if (known !== undefined) return known;
  const amounts = Float64Array.from(way.quotes, (quote) =>
    quote.kind === 'priced' ? amountOf(quote, pick) : Number.NaN,
  );
  way.picked.set(ends, amounts);
  return amounts;
}

/** Cost of some of a state's ways, from one position up to another; what has no price is left out, as `unpricedOf` counts it. */
export function costOfWays({ ways, tokens }: State, pick: Pick, from = 0, to: number = ways.length): number {
  // `addTo` written out: this runs for every state while a slider moves.
  let total = 0;
  let compensation = 0;
  for (let index = from; index < to; index += 1) {
    const way = ways[index];
    if (way === undefined) continue;
    const amounts = amountsAt(way, pick);
    for (let meter = 0; meter < METER_COUNT; meter += 1) {
      const count = tokens[index * METER_COUNT + meter] ?? 0;
      const amount = amounts[meter] ?? Number.NaN;
      if (count === 0 || Number.isNaN(amount)) continue;
      const cost = count * amount;
      const next = total + cost;
      compensation += Math.abs(total) >= Math.abs(cost) ? total - next + cost : cost - next + total;
      total = next;
    }
  }
  return total + compensation;
}

const baseCosts = new WeakMap<State, number>();

/** Cost of the tokens and of what levers add to or take from the cost beside them; in the base case worked out once. */
export function costAt(state: State, pick: Pick): number {
  if (pick !== BASE_PICK) return newCostAt(state, pick);
  const cost = baseCosts.get(state) ?? newCostAt(state, pick);
  baseCosts.set(state, cost);
  return cost;
}

function newCostAt(state: State, pick: Pick): number {
  return costOfWays(state, pick) + sumOf(state.charges.map(({ amount }) => amount));
}
