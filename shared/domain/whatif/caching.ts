// Prompt caching: the repeated prefix of uncached input is written to the cache, and read from it while it lives.
import type { Mode } from '../usage/vocabulary.ts';
import type { Fact } from './answer.ts';
import {
  breakEvenHitShare,
  breakEvenReadsPerWrite,
  breakEvenRequestsPerHour,
  type CacheFactors,
  costFactor,
  hitShare,
  LIFETIME_HOURS,
  longerLifetimePaysFrom,
} from './cache-arrival.ts';
import {
  CACHE_WRITES,
  eachSlice,
  exactly,
  type LeverRules,
  type Notice,
  ofBoth,
  onePerPrice,
  type Parameter,
  type Plan,
  type Serving,
  type Slice,
  served,
  servedAs,
  sumOver,
} from './lever.ts';
import { cacheVerdict } from './model-guards.ts';
import type { PriceBook } from './prices.ts';
import type { CacheLifetime, CachingLever, Range } from './scenario.ts';
import type { VectorMeter } from './vectors.ts';

const WRITE_METER: Readonly<Record<CacheLifetime, VectorMeter>> = {
  '5m': 'cache_write_5m',
  '30m': 'cache_write_30m',
  '1h': 'cache_write_1h',
};

/** Why a mode knows no caching; null = it does, if it has cache prices. */
const MODE_REFUSALS: Readonly<Record<Mode, Notice | null>> = {
  on_demand: null,
  flex: null,
  priority: null,
  latency_optimized: null,
  batch: { code: 'no_caching_in_batch', message: 'Batch inference knows no prompt caching.' },
  provisioned: {
    code: 'capacity_paid',
    message: 'Runs on provisioned capacity that is paid for either way.',
  },
  reserved: { code: 'capacity_paid', message: 'Runs on reserved capacity that is paid for either way.' },
  unknown: { code: 'unknown_mode', message: 'How it is bought is not known, so its saving is not either.' },
};

export const cachingRules: LeverRules<CachingLever> = {
  title: 'Prompt caching',
  reason:
    'Pays a premium for writing a repeated prefix once and a fraction of the price for reading it again.',
  parameters: (lever) => [
    {
      name: 'prefix share',
      unit: 'ratio',
      range: lever.prefixShare,
      fix: (value) => ({ ...lever, prefixShare: exactly(value) }),
    },
    arrivalParameter(lever),
  ],
  isSteady: () => true,
  unstated: (lever) => (isArrivalStated(lever) ? null : HITS_UNSTATED),
  effect: (lever) => {
    const cached = servedAs({ meters: { input: prefixRow(lever) } });
    return eachSlice(cached, (slice) => planOf(lever, cached, slice));
  },
  facts(lever, slices, { book }) {
    const hits = isArrivalStated(lever) ? hitShareOf(lever) : null;
    const own = slices.filter((slice) => refusalOf(slice) === null && slice.tokens.input > 0);
    const distinct = onePerPrice(own, (slice) => {
      const factors = factorsOf(slice, lever.lifetime, book, 'base');
      return factors === null ? null : [slice.vector.model, factors.write, factors.read];
    });
    return [
      {
        name: 'hit share',
        model: null,
        value: hits,
        unit: 'ratio',
        note: hits === null ? HITS_NOT_STATED : ARRIVAL_NOTES[lever.arrival.pattern],
      },
      ...hitRates(own),
      ...distinct.flatMap((slice) => priceFacts(slice, lever, hits, book)),
    ];
  },
};

const HITS_UNSTATED: Notice = {
  code: 'hits_unstated',
  message: 'How often the prefix is found in the cache is not stated, so nothing is cached.',
};

/** What becomes of a token of uncached input. */
function prefixRow(lever: CachingLever): Partial<Record<VectorMeter, number>> {
  const prefix = lever.prefixShare.base;
  const hits = hitShareOf(lever);
  return {
    input: 1 - prefix,
    [WRITE_METER[lever.lifetime]]: prefix * (1 - hits),
    cache_read: prefix * hits,
  };
}

function planOf(lever: CachingLever, cached: Serving, slice: Slice): Plan {
  const refusal = refusalOf(slice);
  const known = cacheVerdict(slice.vector.model, lever.prefixTokens);
  const refusals = refusal === null ? known.refusals : [refusal];
  return {
    share: ofBoth(1),
    outcomes: [served(slice, {}, cached)],
    refusals,
    warnings: refusals.length === 0 ? known.warnings : [],
  };
}

/** Capacity that a lever before this one buys is paid for as well. */
function refusalOf({ mode, rate }: Slice): Notice | null {
  return rate === null ? MODE_REFUSALS[mode] : MODE_REFUSALS.provisioned;
}

const ARRIVAL_NOTES: Readonly<Record<CachingLever['arrival']['pattern'], string>> = {
  stated: 'as stated',
  poisson: 'requests at random, hits refresh the lifetime: 1 − e^(−λT)',
  even: 'requests evenly spaced: all hit where the interval fits into the lifetime',
};

function rangeOf({ arrival }: CachingLever): Range {
  return arrival.pattern === 'stated' ? arrival.hitShare : arrival.requestsPerHour;
}

/** Whether anybody says how often a prefix is asked for again. */
export function isArrivalStated(lever: CachingLever): boolean {
  return rangeOf(lever).high > 0;
}

const HITS_NOT_STATED = 'not stated';

/** Hit share (0…1) in the base case, at the lever's own lifetime or another one. */
export function hitShareOf(lever: CachingLever, lifetime = lever.lifetime): number {
  return hitShare(lever.arrival.pattern, rangeOf(lever).base, lifetime);
}

function arrivalParameter(lever: CachingLever): Parameter<CachingLever> {
  const { arrival } = lever;
  if (arrival.pattern === 'stated') {
    return {
      name: 'hit share',
      unit: 'ratio',
      range: arrival.hitShare,
      fix: (value) => ({ ...lever, arrival: { pattern: 'stated', hitShare: exactly(value) } }),
    };
  }
  return {
    name: 'requests per hour',
    unit: 'factor',
    range: arrival.requestsPerHour,
    fix: (value) => ({ ...lever, arrival: { ...arrival, requestsPerHour: exactly(value) } }),
  };
}

/** w and r (price of a write and of a read ÷ price of input) of this model in this place; null where one is missing or input is free. */
export function factorsOf(
  { vector, mode }: Slice,
  lifetime: CacheLifetime,
  book: PriceBook,
  end: 'low' | 'base',
): CacheFactors | null {
  const input = book.quote(vector, 'input', mode);
  const write = book.quote(vector, WRITE_METER[lifetime], mode);
  const read = book.quote(vector, 'cache_read', mode);
  if (input.kind !== 'priced' || write.kind !== 'priced' || read.kind !== 'priced' || input.base === 0)
    return null;
  const disputed = end === 'low' && write.spread === 'disputed';
  return {
    write: ratio(disputed ? write.low : write.base, input.base),
    read: ratio(read.base, input.base),
  };
}

/** The same in every region whose prices are in proportion: what dividing rounds would tell them apart. */
const ratio = (price: number, input: number): number => Number((price / input).toPrecision(12));

/** Cache reads ÷ all input today, by model: what caching already does. */
function hitRates(slices: readonly Slice[]): Fact[] {
  const models = [...new Set(slices.map(({ vector }) => vector.model))];
  return models.map((model) => {
    const own = slices.filter(({ vector }) => vector.model === model);
    const reads = sumOver(own, ['cache_read']);
    const rest = sumOver(own, ['input', ...CACHE_WRITES]);
    return { name: 'cache hit rate today', model, value: reads / (reads + rest), unit: 'ratio', note: null };
  });
}

function priceFacts(slice: Slice, lever: CachingLever, hits: number | null, book: PriceBook): Fact[] {
  const factors = factorsOf(slice, lever.lifetime, book, 'base');
  if (factors === null) return [];
  const { model } = slice.vector;
  const hours = LIFETIME_HOURS[lever.lifetime];
  const fact = (name: string, value: number | null, unit: string, note: string | null = null): Fact => ({
    name,
    model,
    value,
    unit,
    note: value === null && note === null ? 'never: a read is no cheaper than input' : note,
  });
  const free = factorsOf(slice, lever.lifetime, book, 'low');
  const disputed = free !== null && free.write !== factors.write;
  return [
    fact(
      'write factor',
      factors.write,
      'ratio',
      disputed ? 'sources dispute it: free, or the input price' : null,
    ),
    fact('read factor', factors.read, 'ratio'),
    fact('write premium', factors.write - 1, 'ratio', 'what a prefix costs more that is never read again'),
    ...(hits === null
      ? [fact('cost of the prefix', null, 'ratio', HITS_NOT_STATED)]
      : [
          fact(
            'cost of the prefix',
            costFactor(factors, hits),
            'ratio',
            'against 1 uncached: w(1 − q) + r·q',
          ),
          ...(disputed ? [fact('cost of the prefix, writes free', costFactor(free, hits), 'ratio')] : []),
        ]),
    fact('break-even hit share', breakEvenHitShare(factors), 'ratio'),
    fact('break-even reads per write', breakEvenReadsPerWrite(factors), 'count'),
    fact(
      'break-even requests per hour',
      breakEvenRequestsPerHour(factors, hours),
      'request/hour',
      'requests at random',
    ),
    ...longerLifetimeFact(slice, book, fact),
  ];
}

function longerLifetimeFact(
  slice: Slice,
  book: PriceBook,
  fact: (name: string, value: number | null, unit: string, note: string | null) => Fact,
): Fact[] {
  const short = factorsOf(slice, '5m', book, 'base');
  const long = factorsOf(slice, '1h', book, 'base');
  if (short === null || long === null) return [];
  const from = longerLifetimePaysFrom(
    { ...short, hours: LIFETIME_HOURS['5m'] },
    { ...long, hours: LIFETIME_HOURS['1h'] },
  );
  const note = from === null ? 'one lifetime is always the cheaper one' : 'requests at random';
  return [fact('1 h is cheaper than 5 min from', from, 'request/hour', note)];
}
