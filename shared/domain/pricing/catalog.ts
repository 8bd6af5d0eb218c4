// Holds a set of prices so that those of one model are found at once; knows how the bundled file abbreviates them.
import type { Meter, Mode, RegionTier, Term } from '../usage/vocabulary.ts';
import bundled from './catalog.json' with { type: 'json' };
import { type ContractRates, NO_CONTRACT_RATES } from './contract-price.ts';
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

/** The prices of one layer, filed so that a look-up sees few of them. */
export type CatalogLayer = {
  readonly layer: PriceLayer;
  /** Prices by `skuOwner`, then by meter. */
  readonly byOwner: ReadonlyMap<string, ReadonlyMap<Meter, readonly CatalogPrice[]>>;
};

/** Layers of prices (imported offers over the bundled ones), asked in turn and never mixed into one. */
export type Catalog = {
  readonly version: string;
  readonly sources: readonly CatalogSource[];
  /** Prices of all layers, the topmost first. */
  readonly prices: readonly CatalogPrice[];
  /** Prices of all layers by `skuOwner`. */
  readonly byOwner: ReadonlyMap<string, readonly CatalogPrice[]>;
  /** Topmost first: the first layer that has a price answers. */
  readonly layers: readonly CatalogLayer[];
  /** The workspace's own rates over the layers: kept apart, since a contract price is never a list price. */
  readonly contract: ContractRates;
};

/** Prices of features that have no model: their meter and variant tell them apart. */
export const NO_MODEL = '(no model)';

/** What prices are filed under. */
export function skuOwner(model: string | null): string {
  return model ?? NO_MODEL;
}

/** A catalog of one layer. Prices keep their order within an owner. */
export function makeCatalog(
  version: string,
  layer: PriceLayer,
  sources: readonly CatalogSource[],
  prices: readonly CatalogPrice[],
): Catalog {
  const byOwner = Map.groupBy(prices, (price) => skuOwner(price.model));
  const byMeter = [...byOwner].map(
    ([owner, owned]) => [owner, Map.groupBy(owned, (price) => price.meter)] as const,
  );
  const layers = [{ layer, byOwner: new Map(byMeter) }];
  return { version, sources, prices, byOwner, layers, contract: NO_CONTRACT_RATES };
}

/** One catalog laid over another: its layers are asked first, and what they lack is looked for below. */
export function stackCatalogs(version: string, above: Catalog, below: Catalog): Catalog {
  const prices = [...above.prices, ...below.prices];
  return {
    version,
    sources: [...above.sources, ...below.sources],
    prices,
    byOwner: Map.groupBy(prices, (price) => skuOwner(price.model)),
    layers: [...above.layers, ...below.layers],
    contract: above.contract,
  };
}

/** A catalog with a workspace's contract rates; its version names them too, so that amounts of other rates are told apart. */
export function withContract(catalog: Catalog, contract: ContractRates): Catalog {
  if (contract.version === null) return catalog;
  return { ...catalog, version: `${catalog.version}+contract.${contract.version}`, contract };
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
