// Finds what is wrong or out of line in a set of prices, so that a reviewer looks at it before it ships.
import { resolveModel } from '../usage/models.ts';
import { CONTEXT_BANDS, METERS, MODES, REGION_TIERS, TERMS } from '../usage/vocabulary.ts';
import type { CatalogSource } from './catalog.ts';
import { type CatalogPrice, CONFIDENCES } from './price.ts';

/** What is wrong with the price or source of that id. */
export type Fault = { readonly id: string; readonly problem: string };

const DAY = /^\d{4}-\d{2}-\d{2}$/u;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/u;
const QUOTED_PER = [1, 1000];

type Check = { readonly problem: string; readonly fails: (price: CatalogPrice) => boolean };

/** What every price must be by itself. */
const PRICE_CHECKS: readonly Check[] = [
  { problem: 'unknown meter', fails: (price) => !Object.hasOwn(METERS, price.meter) },
  { problem: 'unknown mode', fails: (price) => !MODES.includes(price.mode) || price.mode === 'unknown' },
  { problem: 'unknown term', fails: (price) => !TERMS.includes(price.term) },
  {
    problem: 'unknown region tier',
    fails: (price) => price.regionTier !== null && !REGION_TIERS.includes(price.regionTier),
  },
  { problem: 'unknown context band', fails: (price) => !CONTEXT_BANDS.includes(price.contextBand) },
  { problem: 'unknown confidence', fails: (price) => !CONFIDENCES.includes(price.confidence) },
  { problem: 'amount is not a price', fails: (price) => !Number.isFinite(price.usd) || price.usd < 0 },
  {
    problem: 'tokens are priced per 1,000,000, everything else per 1 or 1,000',
    fails: (price) =>
      METERS[price.meter] === 'token' ? price.per !== 1_000_000 : !QUOTED_PER.includes(price.per),
  },
  {
    problem: 'model does not resolve to its name and provider',
    fails: ({ model, provider }) => {
      const known = model === null ? null : resolveModel(model);
      return model !== null && (known?.model !== model || known.provider !== provider);
    },
  },
  { problem: 'region is no region code', fails: ({ region }) => region !== null && !REGION.test(region) },
  { problem: 'both one region and any region', fails: (price) => price.anyRegion && price.region !== null },
  {
    problem: 'neither region nor a note that says why',
    fails: (price) => !price.anyRegion && price.region === null && price.note === null,
  },
  {
    problem: 'assumed without a note',
    fails: (price) => price.confidence === 'assumed' && price.note === null,
  },
  {
    problem: 'a date is no day',
    fails: ({ effectiveFrom, effectiveTo, seen }) =>
      [effectiveFrom, effectiveTo, seen].some((day) => day !== null && !DAY.test(day)),
  },
  {
    problem: 'ends before it begins',
    fails: ({ effectiveFrom, effectiveTo }) =>
      effectiveFrom !== null && effectiveTo !== null && effectiveFrom >= effectiveTo,
  },
  {
    problem: 'a term belongs to provisioned and reserved purchases only',
    fails: ({ term, mode }) => term !== 'none' && mode !== 'provisioned' && mode !== 'reserved',
  },
  { problem: 'reserved without a term', fails: ({ term, mode }) => mode === 'reserved' && term === 'none' },
  {
    problem: 'model units are provisioned, tokens a minute are reserved',
    fails: ({ meter, mode }) =>
      (meter === 'model_unit_hour') !== (mode === 'provisioned') ||
      (meter === 'tpm_hour') !== (mode === 'reserved'),
  },
];

/** Faults that no review excuses. */
export function catalogFaults(
  version: string,
  prices: readonly CatalogPrice[],
  sources: readonly CatalogSource[],
): readonly Fault[] {
  const used = new Set(prices.map((price) => price.source));
  const named = new Set(sources.map((source) => source.id));
  return [
    ...prices.flatMap((price) =>
      PRICE_CHECKS.filter(({ fails }) => fails(price)).map(({ problem }) => ({ id: price.id, problem })),
    ),
    ...repeated(prices.map((price) => price.id)).map((id) => ({ id, problem: 'id used twice' })),
    ...prices
      .filter((price) => !named.has(price.source))
      .map(({ id }) => ({ id, problem: 'source not listed' })),
    ...sources
      .filter((source) => !used.has(source.id))
      .map(({ id }) => ({ id, problem: 'source of no price' })),
    ...prices
      .filter(({ seen }) => seen !== null && seen > version)
      .map(({ id }) => ({ id, problem: 'seen after the catalog was made' })),
    ...undecided(prices),
    ...outOfOrder(prices),
    ...unreachable(prices),
    ...endless(prices),
  ];
}

function repeated(texts: readonly string[]): readonly string[] {
  return [...Map.groupBy(texts, (text) => text)].filter(([, all]) => all.length > 1).map(([text]) => text);
}

function sku(price: CatalogPrice): string {
  const { provider, model, meter, variant, mode, term, contextBand } = price;
  return JSON.stringify([provider, model, meter, variant, mode, term, contextBand]);
}

function place(price: CatalogPrice): string {
  return JSON.stringify([price.region, price.anyRegion, price.regionTier]);
}

function isPlacedPrice(price: CatalogPrice): boolean {
  return price.anyRegion || price.region !== null;
}

const whole = (price: CatalogPrice): string => [sku(price), place(price)].join();

/** Two prices of one key that neither dates nor confidence nor the day of the sighting tell apart. */
function undecided(prices: readonly CatalogPrice[]): readonly Fault[] {
  const keys = Map.groupBy(prices.filter(isPlacedPrice), (price) =>
    [sku(price), place(price), price.effectiveFrom, price.confidence, price.seen].join(),
  );
  return [...keys.values()]
    .filter((rivals) => rivals.length > 1)
    .flatMap((rivals) =>
      rivals.map(({ id }) => ({ id, problem: 'another price of the same key ranks equal' })),
    );
}

/** A price that states its end has to end where the next one of its key begins: no day twice, none left out. */
function outOfOrder(prices: readonly CatalogPrice[]): readonly Fault[] {
  const keys = Map.groupBy(prices.filter(isPlacedPrice), whole);
  return [...keys.values()].flatMap((rivals) => {
    const starts = rivals.flatMap((price) => price.effectiveFrom ?? []).sort();
    return rivals.flatMap(({ id, effectiveFrom, effectiveTo }) => {
      const next = starts.find((start) => start > (effectiveFrom ?? ''));
      if (effectiveTo === null || next === undefined || next === effectiveTo) return [];
      return [{ id, problem: `ends on ${effectiveTo} although the next price begins on ${next}` }];
    });
  });
}

/** A price without a tier matches nothing once its SKU has a global price: its tier has to be settled. */
function unreachable(prices: readonly CatalogPrice[]): readonly Fault[] {
  const global = new Set(prices.filter(({ regionTier }) => regionTier === 'global').map(sku));
  return prices
    .filter((price) => price.regionTier === null && (price.anyRegion || price.region !== null))
    .filter((price) => global.has(sku(price)))
    .map(({ id }) => ({ id, problem: 'no tier although the SKU has a global price' }));
}

/** A regional line matches regional, geo and in-region prices: one of them that never ends outlives the others' change. */
function endless(prices: readonly CatalogPrice[]): readonly Fault[] {
  const regional = prices.filter(({ regionTier }) => regionTier !== null && regionTier !== 'global');
  const keys = Map.groupBy(regional, (price) => [sku(price), price.region, price.anyRegion].join());
  return [...keys.values()].flatMap((rivals) => {
    const starts = rivals
      .flatMap((price) => (price.effectiveFrom === null ? [] : [price.effectiveFrom]))
      .sort();
    return rivals
      .filter((price) => price.effectiveTo === null && price.effectiveFrom !== starts.at(-1))
      .filter(
        (price) =>
          starts.length > 0 &&
          rivals.some((other) => other.effectiveFrom !== null && other.regionTier !== price.regionTier),
      )
      .map(({ id }) => ({ id, problem: 'has no end although another regional tier has a later price' }));
  });
}

/** How one price is expected to stand to another of the same model, place and dates. */
type Ratio = {
  readonly name: string;
  readonly of: (price: CatalogPrice) => boolean;
  readonly base: Partial<CatalogPrice>;
  readonly expected: number;
  /** Whether a price without its base is out of line too. */
  readonly needsBase: boolean;
};

const isClaude = (price: CatalogPrice): boolean => price.provider === 'Anthropic';

const RATIOS: readonly Ratio[] = [
  {
    name: 'batch / on-demand',
    of: (price) => price.mode === 'batch',
    base: { mode: 'on_demand' },
    expected: 0.5,
    needsBase: true,
  },
  {
    name: 'flex / on-demand',
    of: (price) => price.mode === 'flex',
    base: { mode: 'on_demand' },
    expected: 0.5,
    needsBase: true,
  },
  {
    name: 'priority / on-demand',
    of: (price) => price.mode === 'priority',
    base: { mode: 'on_demand' },
    expected: 1.75,
    needsBase: true,
  },
  {
    name: 'latency-optimized / on-demand',
    of: (price) => price.mode === 'latency_optimized',
    base: { mode: 'on_demand' },
    expected: 1.25,
    needsBase: true,
  },
  {
    name: 'Claude cache read / input',
    of: (price) => isClaude(price) && price.meter === 'cache_read',
    base: { meter: 'input' },
    expected: 0.1,
    needsBase: true,
  },
  {
    name: 'cache write 5 min / input',
    of: (price) => isClaude(price) && price.meter === 'cache_write_5m',
    base: { meter: 'input' },
    expected: 1.25,
    needsBase: true,
  },
  {
    name: 'cache write 30 min / input',
    of: (price) => price.meter === 'cache_write_30m',
    base: { meter: 'input' },
    expected: 1.25,
    needsBase: true,
  },
  {
    name: 'cache write 1 h / input',
    of: (price) => price.meter === 'cache_write_1h',
    base: { meter: 'input' },
    expected: 2,
    needsBase: true,
  },
  {
    name: 'Claude regional / global',
    of: (price) => isClaude(price) && price.regionTier === 'regional' && price.anyRegion,
    base: { regionTier: 'global' },
    expected: 1.1,
    needsBase: false,
  },
  {
    name: '3 months / 1 month reserved',
    of: (price) => price.mode === 'reserved' && price.term === '3_month',
    base: { term: '1_month' },
    expected: 0.9,
    needsBase: true,
  },
];

/** Where the price to compare with may be, in order: the same place, the same price sold everywhere, or in both tiers. */
const PLACES_OF_BASE: readonly Partial<CatalogPrice>[] = [
  {},
  { region: null, anyRegion: true },
  { regionTier: 'regional' },
];

/** List prices are printed rounded ($6.88 for $6.875, $0.11 for $0.1133). */
const RATIO_SLACK = 0.008;

/** How one price is never seen to stand to another of the same model, place and days, whatever their ratio. */
type Order = {
  readonly problem: string;
  readonly of: (price: CatalogPrice) => boolean;
  readonly base: Partial<CatalogPrice>;
  readonly breaks: (usd: number, base: number) => boolean;
};

const ORDERS: readonly Order[] = [
  {
    problem: 'output below input',
    of: (price) => price.meter === 'output',
    base: { meter: 'input' },
    breaks: (usd, base) => usd < base,
  },
  {
    problem: 'cache read above input',
    of: (price) => price.meter === 'cache_read',
    base: { meter: 'input' },
    breaks: (usd, base) => usd > base,
  },
  {
    problem: 'cache write below input, and not free',
    of: (price) => price.meter.startsWith('cache_write'),
    base: { meter: 'input' },
    breaks: (usd, base) => usd !== 0 && usd < base,
  },
  {
    problem: 'slower and not cheaper than on demand',
    of: (price) => price.mode === 'batch' || price.mode === 'flex',
    base: { mode: 'on_demand' },
    breaks: (usd, base) => usd >= base && base > 0,
  },
  {
    problem: 'faster and not dearer than on demand',
    of: (price) => price.mode === 'priority' || price.mode === 'latency_optimized',
    base: { mode: 'on_demand' },
    breaks: (usd, base) => usd <= base,
  },
];

/** Prices of one SKU that differ by region more than this many times from their median are more likely slips. */
const OUTLIER = 2;

/** Prices that stand to another of their model as no other does, or lack the price they are a part of. */
export function outOfLine(prices: readonly CatalogPrice[]): readonly Fault[] {
  const placed = prices.filter(isPlacedPrice);
  const byKey = Map.groupBy(placed, whole);
  return [...outOfRatio(placed, byKey), ...outOfPlace(placed, byKey), ...outliers(placed)];
}

type ByKey = ReadonlyMap<string, readonly CatalogPrice[]>;

function outOfPlace(placed: readonly CatalogPrice[], byKey: ByKey): readonly Fault[] {
  return placed.flatMap((price) =>
    ORDERS.filter((order) => order.of(price)).flatMap(({ base, breaks, problem }) => {
      const bases = (byKey.get(whole({ ...price, ...base })) ?? []).filter((other) => overlap(price, other));
      const broken = bases.length > 0 && bases.every((other) => breaks(price.usd, other.usd));
      return broken ? [{ id: price.id, problem }] : [];
    }),
  );
}

function overlap(left: CatalogPrice, right: CatalogPrice): boolean {
  const begins = (one: CatalogPrice, other: CatalogPrice): boolean =>
    other.effectiveTo === null || (one.effectiveFrom ?? '') < other.effectiveTo;
  return begins(left, right) && begins(right, left);
}

function outliers(placed: readonly CatalogPrice[]): readonly Fault[] {
  const keys = Map.groupBy(placed, (price) => [sku(price), price.regionTier].join());
  return [...keys.values()].flatMap((all) => {
    const amounts = all.map(({ usd }) => usd).sort((left, right) => left - right);
    const median = amounts[Math.floor(amounts.length / 2)] ?? 0;
    return all
      .filter(({ usd }) => usd > OUTLIER * median || usd * OUTLIER < median)
      .map(({ id }) => ({ id, problem: `more than ${OUTLIER} times off the median over regions and days` }));
  });
}

function outOfRatio(placed: readonly CatalogPrice[], byKey: ByKey): readonly Fault[] {
  return placed.flatMap((price) =>
    RATIOS.filter((ratio) => ratio.of(price)).flatMap((ratio) => {
      const bases = PLACES_OF_BASE.flatMap(
        (elsewhere) => byKey.get(whole({ ...price, ...elsewhere, ...ratio.base })) ?? [],
      );
      if (bases.length === 0) {
        return ratio.needsBase ? [{ id: price.id, problem: `${ratio.name}: no price to compare with` }] : [];
      }
      const fits = bases.some(
        (base) => Math.abs(price.usd - ratio.expected * base.usd) <= RATIO_SLACK * ratio.expected * base.usd,
      );
      return fits ? [] : [{ id: price.id, problem: `${ratio.name} is not ${ratio.expected}` }];
    }),
  );
}
