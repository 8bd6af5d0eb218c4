// What a token costs in a scenario: one price book for each layer, built from the baseline's list prices, the
// scenario's contract rates and the bill itself. Missing is an answer of its own, never zero.
import { cacheFactsOf } from '../pricing/model-facts.ts';
import { sumOf } from '../sum.ts';
import { MODES, type Mode } from '../usage/vocabulary.ts';
import type { Purchase } from './lever.ts';
import type { ContractRate, ScenarioPriceLayer } from './scenario.ts';
import {
  type ContractEntry,
  priceKeyOf,
  type RangeReason,
  type ScenarioBaseline,
  type UsageVector,
  VECTOR_METERS,
  type VectorMeter,
} from './vectors.ts';

/** USD (the baseline's currency at the effective layer) per ONE token, with where it comes from. */
export type Quote =
  | {
      readonly kind: 'priced';
      readonly low: number;
      readonly base: number;
      readonly high: number;
      readonly source: string;
      /** Why it is a range: the catalog has two prices, or sources dispute it; null = it is one price. */
      readonly spread: 'range' | 'disputed' | null;
    }
  | { readonly kind: 'missing'; readonly why: string };

const METER_WORDS: Readonly<Record<VectorMeter, string>> = {
  input: 'input',
  cache_read: 'cache read',
  cache_write_5m: 'cache write of 5 min',
  cache_write_30m: 'cache write of 30 min',
  cache_write_1h: 'cache write of 1 h',
  output: 'output',
};

/** Which price is missing, in words; the place is named where it is not the one of the bill. */
export function noPriceText(meter: VectorMeter, mode: Mode, place: UsageVector | null, why: string): string {
  const where =
    place === null ? '' : ` at ${[place.model, place.region, place.regionTier].filter(Boolean).join(', ')}`;
  const what = `${METER_WORDS[meter]} in mode ${mode}${where}`.replaceAll('_', ' ');
  return `No price for ${what}: ${why}.`;
}

/** The price of a meter as requests are bought by now: a rate that a lever states, else the book's. */
export function quoteOf(book: PriceBook, { vector, mode, rate }: Purchase, meter: VectorMeter): Quote {
  return rate === null ? book.quote(vector, meter, mode) : one(rate.usd[meter], rate.source);
}

export type PriceBook = {
  readonly quote: (vector: UsageVector, meter: VectorMeter, mode: Mode) => Quote;
};

/** Which end of the ranges a computation takes. The two spreads have different causes, so they move apart. */
export type Pick = { readonly range: keyof Ends; readonly disputed: keyof Ends };
type Ends = { low: number; base: number; high: number };
export const BASE_PICK: Pick = { range: 'base', disputed: 'base' };

export function amountOf(quote: Extract<Quote, { kind: 'priced' }>, pick: Pick): number {
  if (quote.spread === null) return quote.base;
  return quote[pick[quote.spread]];
}

export type BookOptions = {
  readonly layer: ScenarioPriceLayer;
  /** Assume that a layer's discount against list also holds for meters and modes it has no rate for. */
  readonly discountCarried: boolean;
  readonly contractRates: readonly ContractRate[];
};

const books = new WeakMap<ScenarioBaseline, Map<string, PriceBook>>();

/**
 * The price book of one layer. Where the layer has no rate of its own, the list price stands, and the source says so.
 * Made once for a baseline and its options: prices do not change while a slider moves.
 */
export function priceBook(baseline: ScenarioBaseline, options: BookOptions): PriceBook {
  const own = books.get(baseline) ?? new Map<string, PriceBook>();
  books.set(baseline, own);
  const key = JSON.stringify(options);
  const book = own.get(key) ?? newBook(baseline, options);
  own.set(key, book);
  return book;
}

function newBook(baseline: ScenarioBaseline, options: BookOptions): PriceBook {
  const list = listQuotes(baseline);
  const known = knownRates(baseline, options);
  const compute = (vector: UsageVector, meter: VectorMeter, mode: Mode): Quote => {
    const own = known(vector, meter, mode);
    if (own !== null) return own;
    const listed = list(vector, meter, mode);
    if (!options.discountCarried || listed.kind === 'missing') return listed;
    return carried(listed, carriedFactor(vector, meter, known, list));
  };
  return { quote: remembered(compute) };
}

const SLOT_OF_METER = new Map(VECTOR_METERS.map((meter, index) => [meter, index]));
const SLOT_OF_MODE = new Map(MODES.map((mode, index) => [mode, index * VECTOR_METERS.length]));

/** Quotes are asked for again and again while cases are computed: each is worked out once. */
function remembered(compute: Lookup): Lookup {
  const answers = new Map<UsageVector, Quote[]>();
  let last: UsageVector | null = null;
  let own: Quote[] = [];
  return (vector, meter, mode) => {
    // Mostly several meters of one vector are asked for, one after the other.
    if (vector !== last) {
      own = answers.get(vector) ?? [];
      answers.set(vector, own);
      last = vector;
    }
    const slot = (SLOT_OF_MODE.get(mode) ?? 0) + (SLOT_OF_METER.get(meter) ?? 0);
    const quote = own[slot] ?? compute(vector, meter, mode);
    own[slot] = quote;
    return quote;
  };
}

type Lookup = (vector: UsageVector, meter: VectorMeter, mode: Mode) => Quote;
type Rates = (vector: UsageVector, meter: VectorMeter, mode: Mode) => Quote | null;

const RANGE_TEXTS: Readonly<Record<RangeReason, string>> = {
  tier: 'the bill does not tell in-region from geo',
  price_change_in_span: 'the price changed within the period',
};

function listQuotes(baseline: ScenarioBaseline): Lookup {
  const entries = new Map(
    baseline.prices.map((entry) => [`${entry.key}|${entry.meter}|${entry.mode}`, entry]),
  );
  const billTells = writeRatesOnTheBill(baseline);
  const plain: Lookup = (vector, meter, mode) => {
    const entry = entries.get(`${priceKeyOf(vector)}|${meter}|${mode}`);
    if (baseline.currency !== 'USD') {
      return missing(`list prices are in USD and the bill is in ${baseline.currency}: nothing is converted`);
    }
    if (entry === undefined) return missing('the catalog was not asked for this price');
    if (entry.low === null || entry.high === null) return missing(entry.source);
    const why = entry.rangeReason === null ? '' : `; a range, since ${RANGE_TEXTS[entry.rangeReason]}`;
    return spread(entry.low, (entry.low + entry.high) / 2, entry.high, `${entry.source}${why}`, 'range');
  };
  return (vector, meter, mode) => {
    const disputed = meter === 'cache_write_5m' && cacheFactsOf(vector.model)?.writeDisputed === true;
    if (!disputed) return plain(vector, meter, mode);
    const input = plain(vector, 'input', mode);
    if (input.kind === 'missing') return input;
    const told = billTells.get(vector.model);
    if (told === 0) return one(0, 'free, as the bill shows');
    if (told !== undefined)
      return { ...input, source: `${input.source}; writes at the input price, as the bill shows` };
    return spread(
      0,
      input.base,
      input.high,
      `${input.source}; sources dispute it: free, or the input price`,
      'disputed',
    );
  };
}

/** Cost per token of the cache writes on the bill, by model: it settles what sources dispute. */
function writeRatesOnTheBill(baseline: ScenarioBaseline): Map<string, number> {
  const rates = new Map<string, number>();
  for (const model of new Set(baseline.vectors.map((vector) => vector.model))) {
    const own = baseline.vectors.filter((vector) => vector.model === model);
    const tokens = sumOf(own.map((vector) => vector.tokens.cache_write_5m));
    if (tokens > 0) rates.set(model, sumOf(own.map((vector) => vector.invoiced.cache_write_5m)) / tokens);
  }
  return rates;
}

function knownRates(baseline: ScenarioBaseline, options: BookOptions): Rates {
  switch (options.layer) {
    case 'list':
      return () => null;
    case 'contract':
      return baseline.currency === 'USD' ? contractRatesOf(baseline, options.contractRates) : () => null;
    case 'effective':
      return effectiveRatesOf(baseline.vectors);
  }
}

/** Rates typed into the scenario come first: they are what it asks about. Then the workspace's own contract rates. */
function contractRatesOf(baseline: ScenarioBaseline, rates: readonly ContractRate[]): Rates {
  const typed = new Map(rates.map((rate) => [JSON.stringify([rate.model, rate.meter, rate.mode]), rate]));
  const held = new Map(
    baseline.prices.map(({ key, meter, mode, contract }) => [`${key}|${meter}|${mode}`, contract]),
  );
  return (vector, meter, mode) => {
    const rate = typed.get(JSON.stringify([vector.model, meter, mode]));
    if (rate !== undefined) return one(rate.usd / 1e6, 'contract rate of the scenario');
    const entry = held.get(`${priceKeyOf(vector)}|${meter}|${mode}`) ?? null;
    return entry === null ? null : contractQuote(entry);
  };
}

function contractQuote({ low, high, source, partly }: ContractEntry): Quote {
  if (low === null || high === null) return missing(source);
  const why = partly && low !== high ? `; a range, since ${RANGE_TEXTS.price_change_in_span}` : '';
  return spread(low, (low + high) / 2, high, `${source}${why}`, 'range');
}

/** Invoiced ÷ tokens of the vector's own meter; for what it does not use, of the same price key and biller. */
function effectiveRatesOf(vectors: readonly UsageVector[]): Rates {
  const poolKey = (vector: UsageVector, meter: VectorMeter, mode: Mode): string =>
    `${priceKeyOf(vector)}|${vector.billedAs}|${meter}|${mode}`;
  const pools = new Map<string, UsageVector[]>();
  for (const vector of vectors) {
    for (const meter of VECTOR_METERS) {
      if (vector.tokens[meter] <= 0) continue;
      const key = poolKey(vector, meter, vector.mode);
      const pool = pools.get(key);
      if (pool === undefined) pools.set(key, [vector]);
      else pool.push(vector);
    }
  }
  return (vector, meter, mode) => {
    if (vector.mode === mode && vector.tokens[meter] > 0) {
      return one(vector.invoiced[meter] / vector.tokens[meter], 'invoiced ÷ tokens of this usage');
    }
    const pool = pools.get(poolKey(vector, meter, mode));
    if (pool === undefined) return null;
    const invoiced = sumOf(pool.map((other) => other.invoiced[meter]));
    const tokens = sumOf(pool.map((other) => other.tokens[meter]));
    return one(invoiced / tokens, 'invoiced ÷ tokens of the same model elsewhere on the bill');
  };
}

/** Rate ÷ list where the vector is bought now: of the same meter, else (for input-side meters) of its input. */
function carriedFactor(vector: UsageVector, meter: VectorMeter, known: Rates, list: Lookup): number | null {
  const candidates: VectorMeter[] = meter === 'output' ? ['output'] : [meter, 'input'];
  for (const candidate of candidates) {
    const rate = known(vector, candidate, vector.mode);
    const listed = list(vector, candidate, vector.mode);
    if (rate?.kind === 'priced' && listed.kind === 'priced' && listed.base > 0)
      return rate.base / listed.base;
  }
  return null;
}

function carried(listed: Extract<Quote, { kind: 'priced' }>, factor: number | null): Quote {
  if (factor === null || factor === 1) return listed;
  return {
    ...listed,
    low: listed.low * factor,
    base: listed.base * factor,
    high: listed.high * factor,
    source: `${listed.source}; with the discount of today’s rate, assumed`,
  };
}

function one(amount: number, source: string): Quote {
  return { kind: 'priced', low: amount, base: amount, high: amount, source, spread: null };
}

function spread(low: number, base: number, high: number, source: string, cause: 'range' | 'disputed'): Quote {
  return { kind: 'priced', low, base, high, source, spread: low === high ? null : cause };
}

function missing(why: string): Quote {
  return { kind: 'missing', why };
}
