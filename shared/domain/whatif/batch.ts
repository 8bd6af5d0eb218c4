// Batch migration: whole requests that can wait 24 hours are bought at batch prices, without caching.
import { sumOf } from '../sum.ts';
import type { Mode } from '../usage/vocabulary.ts';
import type { Fact } from './answer.ts';
import {
  besideOnDemand,
  CACHE_WRITES,
  eachSlice,
  type LeverRules,
  type Notice,
  ofBoth,
  onePerPrice,
  type Plan,
  rangesOf,
  type Share,
  type Slice,
  served,
  servedAs,
  sumOver,
} from './lever.ts';
import { modeVerdict } from './model-guards.ts';
import type { PriceBook } from './prices.ts';
import type { BatchLever } from './scenario.ts';
import { totalTokens } from './vectors.ts';

/** Why a mode cannot move to batch; null = it can. */
const MODE_REFUSALS: Readonly<Record<Mode, Notice | null>> = {
  on_demand: null,
  flex: null,
  batch: null,
  priority: { code: 'someone_waits', message: 'Bought at the priority tier: someone waits for it.' },
  latency_optimized: { code: 'someone_waits', message: 'Bought latency-optimized: someone waits for it.' },
  provisioned: {
    code: 'capacity_paid',
    message: 'Runs on provisioned capacity that is paid for either way.',
  },
  reserved: { code: 'capacity_paid', message: 'Runs on reserved capacity that is paid for either way.' },
  unknown: { code: 'unknown_mode', message: 'How it is bought is not known, so its saving is not either.' },
};

const STREAMING_REFUSAL: Notice = {
  code: 'streaming',
  message: 'The operation says that someone waits for a stream.',
};

const STREAMING_UNKNOWN: Notice = {
  code: 'streaming_unknown',
  message: 'The bill does not say whether someone waits for these requests: check before moving them.',
};

export const batchRules: LeverRules<BatchLever> = {
  title: 'Batch migration',
  reason: 'Moves requests that can wait 24 hours to batch prices; batch knows no caching.',
  parameters: (lever) => rangesOf(lever, { eligibleShare: ['eligible share', 'ratio'] }),
  isSteady: () => true,
  effect: (lever, _slices, { book }) => {
    const share = ofBoth(lever.eligibleShare.base);
    return eachSlice(share, (slice) => planOf(lever, share, slice, book));
  },
  facts(_lever, slices, { book }) {
    const already = slices.filter(({ mode }) => mode === 'batch');
    const movable = slices.filter(({ mode }) => mode === 'on_demand' || mode === 'flex');
    return [
      {
        name: 'already in batch',
        model: null,
        value: sumOf(already.map(({ tokens }) => totalTokens(tokens))),
        unit: 'token',
        note: null,
      },
      ...readShares(movable),
      ...breakEvens(movable, book),
    ];
  },
};

function planOf(lever: BatchLever, share: Share, slice: Slice, book: PriceBook): Plan | null {
  if (slice.mode === 'batch') return null;
  const { vector } = slice;
  const isPriced = book.quote(vector, 'input', 'batch').kind === 'priced';
  const offer = modeVerdict(vector.model, 'batch', isPriced);
  const { streaming } = slice.origin;
  const refusals = [
    refusalOf(slice),
    lever.excludeStreaming && streaming === 'yes' ? STREAMING_REFUSAL : null,
    ...offer.refusals,
  ].filter((refusal) => refusal !== null);
  return {
    share,
    outcomes: [served(slice, { mode: 'batch' }, NO_CACHE)],
    refusals,
    warnings:
      refusals.length > 0 ? [] : [...(streaming === 'unknown' ? [STREAMING_UNKNOWN] : []), ...offer.warnings],
  };
}

/** Capacity that a lever before this one buys is paid for as well. */
function refusalOf({ mode, rate }: Slice): Notice | null {
  return rate === null ? MODE_REFUSALS[mode] : MODE_REFUSALS.provisioned;
}

/** Batch knows no caching: what was cached is plain input there. */
const NO_CACHE = servedAs({
  meters: {
    cache_read: { input: 1 },
    cache_write_5m: { input: 1 },
    cache_write_30m: { input: 1 },
    cache_write_1h: { input: 1 },
  },
});

/** Cache reads ÷ all input of a model: what batch gives up. */
function readShares(slices: readonly Slice[]): Fact[] {
  const models = [...new Set(slices.map(({ vector }) => vector.model))];
  return models.map((model) => {
    const own = slices.filter(({ vector }) => vector.model === model);
    const reads = sumOver(own, ['cache_read']);
    const input = sumOver(own, ['input', 'cache_read', ...CACHE_WRITES]);
    return {
      name: 'cache-read share of input',
      model,
      value: input === 0 ? null : reads / input,
      unit: 'ratio',
      note: input === 0 ? 'no input in scope' : null,
    };
  });
}

/** (input − batch) ÷ (input − cache read): above this share of cache reads, batch loses on input. */
function breakEvens(slices: readonly Slice[], book: PriceBook): Fact[] {
  const prices = ({ vector, mode }: Slice) => ({
    input: book.quote(vector, 'input', mode),
    read: book.quote(vector, 'cache_read', mode),
    batch: book.quote(vector, 'input', 'batch'),
  });
  const rounded = new Map<number, number>();
  const nineDigits = (value: number): number => {
    const known = rounded.get(value) ?? Number(value.toPrecision(9));
    rounded.set(value, known);
    return known;
  };
  const distinct = onePerPrice(slices, (slice) => {
    const { input, read, batch } = prices(slice);
    if (input.kind !== 'priced' || read.kind !== 'priced' || batch.kind !== 'priced') return null;
    return [slice.vector.model, slice.mode, nineDigits((input.base - batch.base) / (input.base - read.base))];
  });
  return distinct.flatMap((slice) => {
    const { input, read, batch } = prices(slice);
    if (input.kind !== 'priced' || read.kind !== 'priced' || batch.kind !== 'priced') return [];
    const defined = input.base > read.base;
    return [
      {
        name: `break-even cache-read share${besideOnDemand(slice.mode)}`,
        model: slice.vector.model,
        value: defined ? (input.base - batch.base) / (input.base - read.base) : null,
        unit: 'ratio',
        note: defined
          ? 'of input tokens; above it batch loses on input'
          : 'cache reads cost no less than input',
      },
    ];
  });
}
