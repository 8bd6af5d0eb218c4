// Holds a set of prices so that those of one model are found at once; knows how the bundled file abbreviates them.
import type { Meter, Mode, RegionTier, Term } from '../usage/vocabulary.ts';
import bundled from './catalog.json' with { type: 'json' };
import type { CatalogPrice, Confidence, PriceLayer } from './price.ts';

/** Where prices were read: an id that the prices name, and what a person would look for. */
export type CatalogSource = {
  readonly id: string;
  readonly title: string;
  readonly kind:
    | 'price_page'
    | 'price_list'
    | 'provider_document'
    | 'third_party_table'
    | 'published_example';
  /** Day on which the source was read by whoever published it; null = not stated. */
  readonly seen: string | null;
};

/** One layer of prices. Layers (contract, imported offer, bundled) are asked in turn, never mixed into one. */
export type Catalog = {
  readonly version: string;
  readonly layer: PriceLayer;
  readonly sources: readonly CatalogSource[];
  readonly prices: readonly CatalogPrice[];
  /** Prices by `skuOwner`. */
  readonly byOwner: ReadonlyMap<string, readonly CatalogPrice[]>;
};

/** Prices of features that have no model: their meter and variant tell them apart. */
export const NO_MODEL = '(no model)';

/** What prices are filed under. */
export function skuOwner(model: string | null): string {
  return model ?? NO_MODEL;
}

/** Indexes prices; they keep their order within an owner. */
export function makeCatalog(
  version: string,
  layer: PriceLayer,
  sources: readonly CatalogSource[],
  prices: readonly CatalogPrice[],
): Catalog {
  return {
    version,
    layer,
    sources,
    prices,
    byOwner: Map.groupBy(prices, (price) => skuOwner(price.model)),
  };
}

/** A price of the bundled file: whatever it leaves out has the value of `LEFT_OUT`. */
export type WrittenPrice = {
  readonly id: string;
  readonly provider: string;
  readonly model?: string;
  readonly meter: string;
  readonly variant?: string;
  readonly mode?: string;
  readonly term?: string;
  readonly region?: string;
  readonly anyRegion?: boolean;
  readonly regionTier?: string;
  readonly contextBand?: string;
  readonly usd: number;
  readonly per: number;
  readonly effectiveFrom?: string;
  readonly effectiveTo?: string;
  readonly seen?: string;
  readonly source: string;
  readonly confidence: string;
  readonly note?: string;
};

const LEFT_OUT = {
  model: null,
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: null,
  anyRegion: false,
  regionTier: null,
  contextBand: 'standard',
  currency: 'USD',
  effectiveFrom: null,
  effectiveTo: null,
  seen: null,
  note: null,
} as const satisfies Partial<CatalogPrice>;

/** Reads one line of the bundled file. Its words are held to the closed lists by `catalogFaults`, not here. */
export function readPrice(written: WrittenPrice): CatalogPrice {
  return {
    ...LEFT_OUT,
    ...written,
    meter: written.meter as Meter,
    mode: (written.mode ?? LEFT_OUT.mode) as Mode,
    term: (written.term ?? LEFT_OUT.term) as Term,
    regionTier: (written.regionTier ?? null) as RegionTier | null,
    contextBand: written.contextBand === 'long' ? 'long' : 'standard',
    confidence: written.confidence as Confidence,
  };
}

/** The catalog that ships with the application: public list prices, reviewed line by line. */
export const BUNDLED_CATALOG: Catalog = makeCatalog(
  bundled.version,
  'bundled',
  bundled.sources as readonly CatalogSource[],
  (bundled.prices as readonly WrittenPrice[]).map(readPrice),
);
