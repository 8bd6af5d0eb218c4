// What so many input and output tokens cost, everywhere a model sells both: each region, tier and mode by its own price.
import type { Meter, Mode, RegionTier } from '../usage/vocabulary.ts';
import type { Catalog } from './catalog.ts';
import { lookUpPrice } from './lookup.ts';
import type { CatalogPrice, MissingReason, PriceKey } from './price.ts';

/** Modes that are paid by the token. */
const TOKEN_MODES: readonly Mode[] = ['on_demand', 'batch', 'flex', 'priority', 'latency_optimized'];

export type TokenCost = {
  readonly provider: string;
  readonly model: string;
  readonly mode: Mode;
  /** AWS region code; null = every commercial region at one price. */
  readonly region: string | null;
  /** null = the price names no tier. */
  readonly regionTier: RegionTier | null;
  /** USD per 1,000,000 tokens; a range where the catalog has two prices. */
  readonly input: { readonly low: number; readonly high: number };
  readonly output: { readonly low: number; readonly high: number };
  /** input tokens × input price + output tokens × output price, in USD. */
  readonly low: number;
  readonly high: number;
};

export type TokenCostQuestion = {
  /** Canonical names; empty = every model. */
  readonly models: readonly string[];
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** null = every region with a price. */
  readonly region: string | null;
  readonly day: string;
};

/**
 * Cost of uncached text tokens at list on one ISO day, cheapest first. Only purchases whose input and output both
 * have a price are named: half a price is no cost.
 */
export function costOfTokens(catalog: Catalog, question: TokenCostQuestion): readonly TokenCost[] {
  const { models, inputTokens, outputTokens } = question;
  const owners = [...catalog.byOwner].filter(
    ([model, [first]]) => first?.model !== null && (models.length === 0 || models.includes(model)),
  );
  return owners
    .flatMap(([model, prices]) =>
      placesOf(prices, question.region).map((place) => ({ model, prices, place })),
    )
    .flatMap(({ model, prices, place }): TokenCost[] => {
      const quote = (meter: Meter) => perMillion(catalog, { model, meter, ...place }, question.day);
      const [input, output] = [quote('input'), quote('output')];
      if (input === null || output === null) return [];
      const cost = (end: 'low' | 'high'): number =>
        (inputTokens * input[end] + outputTokens * output[end]) / 1e6;
      return [
        {
          provider: prices[0]?.provider ?? '',
          model,
          ...place,
          input,
          output,
          low: cost('low'),
          high: cost('high'),
        },
      ];
    })
    .toSorted((left, right) => left.low - right.low || left.model.localeCompare(right.model));
}

type Place = Pick<TokenCost, 'mode' | 'region' | 'regionTier'>;

/** The modes, regions and tiers in which a model's plain input is priced; lost regions are none. */
function placesOf(prices: readonly CatalogPrice[], region: string | null): readonly Place[] {
  const found = new Map<string, Place>();
  for (const price of prices) {
    const { meter, mode, variant, contextBand, regionTier } = price;
    const isPlaced = price.anyRegion || price.region !== null;
    if (meter !== 'input' || variant !== null || contextBand !== 'standard' || !isPlaced) continue;
    if (!TOKEN_MODES.includes(mode)) continue;
    if (region !== null && !price.anyRegion && price.region !== region) continue;
    const place = { mode, region: price.anyRegion ? region : price.region, regionTier };
    found.set(JSON.stringify(place), place);
  }
  return [...found.values()];
}

function perMillion(
  catalog: Catalog,
  { model, meter, mode, region, regionTier }: Place & { readonly model: string; readonly meter: Meter },
  day: string,
): { low: number; high: number } | null {
  const key: PriceKey = {
    provider: null,
    model,
    meter,
    variant: null,
    mode,
    term: 'none',
    region,
    regionTier,
    contextBand: 'standard',
  };
  const answer = lookUpPrice(catalog, key, day, day);
  if (answer.kind === 'missing') return null;
  return { low: trimmed(answer.usdPerUnitLow * 1e6), high: trimmed(answer.usdPerUnitHigh * 1e6) };
}

/** Twelve digits: what a price per token keeps of a price per million. */
const trimmed = (value: number): number => Number(value.toPrecision(12));

/** What models are compared by: how tokens are bought, and which tokens. */
export const COMPARED: readonly { readonly mode: Mode; readonly meter: Meter }[] = [
  { mode: 'on_demand', meter: 'input' },
  { mode: 'on_demand', meter: 'output' },
  { mode: 'on_demand', meter: 'cache_read' },
  { mode: 'on_demand', meter: 'cache_write_5m' },
  { mode: 'on_demand', meter: 'cache_write_1h' },
  { mode: 'batch', meter: 'input' },
  { mode: 'batch', meter: 'output' },
  { mode: 'flex', meter: 'input' },
  { mode: 'flex', meter: 'output' },
  { mode: 'priority', meter: 'input' },
  { mode: 'priority', meter: 'output' },
  { mode: 'latency_optimized', meter: 'input' },
  { mode: 'latency_optimized', meter: 'output' },
];

export type ComparedCell =
  | { readonly kind: 'priced'; readonly low: number; readonly high: number }
  | { readonly kind: 'missing'; readonly reason: MissingReason };

export type ComparedLine = {
  readonly mode: Mode;
  readonly meter: Meter;
  /** One a model, USD per 1,000,000 tokens. */
  readonly cells: readonly ComparedCell[];
};

/** Prices of several models beside each other in one region and tier on one ISO day. */
export function comparePrices(
  catalog: Catalog,
  models: readonly string[],
  place: { readonly region: string; readonly regionTier: RegionTier; readonly day: string },
): readonly ComparedLine[] {
  const { region, regionTier, day } = place;
  return COMPARED.map(({ mode, meter }) => ({
    mode,
    meter,
    cells: models.map((model): ComparedCell => {
      const key: PriceKey = {
        provider: null,
        model,
        meter,
        variant: null,
        mode,
        term: 'none',
        region,
        regionTier,
        contextBand: 'standard',
      };
      const answer = lookUpPrice(catalog, key, day, day);
      if (answer.kind === 'missing') return { kind: 'missing', reason: answer.reason };
      return {
        kind: 'priced',
        low: trimmed(answer.usdPerUnitLow * 1e6),
        high: trimmed(answer.usdPerUnitHigh * 1e6),
      };
    }),
  }));
}
