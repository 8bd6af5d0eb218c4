// Reads a catalog the way a person does: search it, sum it up, and ask for the prices of a model with parts left open.
import { nearestName } from '../spend/nearest-name.ts';
import type { ContextBand, Meter, Mode, RegionTier, Term } from '../usage/vocabulary.ts';
import type { Catalog } from './catalog.ts';
import { isCommercial, isPlaced, lookUpPrice } from './lookup.ts';
import type { CatalogPrice, PriceAnswer, PriceKey } from './price.ts';

export type CatalogSearch = {
  readonly text: string;
  readonly provider: string | null;
  readonly meter: string | null;
  readonly mode: string | null;
  readonly region: string | null;
};

/** Prices that hold every word of the text somewhere in what they are, and all of the other terms; in catalog order. */
export function searchCatalog(catalog: Catalog, search: CatalogSearch): readonly CatalogPrice[] {
  const words = search.text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '');
  const { provider, meter, mode, region } = search;
  return catalog.prices.filter(
    (price) =>
      (provider === null || price.provider === provider) &&
      (meter === null || price.meter === meter) &&
      (mode === null || price.mode === mode) &&
      (region === null || price.region === region || (price.anyRegion && isCommercial(region))) &&
      words.every((word) => wordsOf(price).includes(word)),
  );
}

function wordsOf(price: CatalogPrice): string {
  const { id, provider, model, region, note } = price;
  return [id, provider, model, region, note].join(' ').toLowerCase();
}

export type CatalogSummary = {
  readonly prices: number;
  readonly models: number;
  readonly providers: readonly string[];
  /** First and last ISO day on which a price was seen; null when no price says. */
  readonly seenFrom: string | null;
  readonly seenTo: string | null;
  readonly sources: readonly { id: string; title: string; kind: string; prices: number }[];
};

/** How much the catalog holds, how old it is and where it comes from. */
export function summariseCatalog(catalog: Catalog): CatalogSummary {
  const { prices, sources } = catalog;
  const seen = prices.flatMap((price) => price.seen ?? []).sort();
  const bySource = Map.groupBy(prices, (price) => price.source);
  return {
    prices: prices.length,
    models: new Set(prices.flatMap((price) => price.model ?? [])).size,
    providers: [...new Set(prices.map((price) => price.provider))].sort(),
    seenFrom: seen[0] ?? null,
    seenTo: seen.at(-1) ?? null,
    sources: sources.map(({ id, title, kind }) => ({
      id,
      title,
      kind,
      prices: bySource.get(id)?.length ?? 0,
    })),
  };
}

/** A price key of which only some parts are asked for; null = whatever the catalog has. */
export type OpenKey = {
  readonly meter: Meter | null;
  readonly variant: string | null;
  readonly mode: Mode | null;
  readonly term: Term | null;
  readonly region: string | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
};

export type KeyAnswer = { readonly key: PriceKey; readonly answer: PriceAnswer };

/**
 * Answers for every key the prices of one model (or feature) have under an open key, on one ISO day. Parts that are
 * asked for and not to be had are answered as missing, one line for each key they would have completed.
 */
export function priceOpenKey(
  catalog: Catalog,
  owned: readonly CatalogPrice[],
  asked: OpenKey,
  day: string,
): readonly KeyAnswer[] {
  const fitting = owned.filter((price) => fits(price, asked));
  const keys = new Map<string, PriceKey>();
  for (const price of placed(fitting.length > 0 ? fitting : owned)) {
    const key = completed(asked, price);
    keys.set(JSON.stringify(key), key);
  }
  return [...keys.values()].map((key) => ({ key, answer: lookUpPrice(catalog, key, day, day) }));
}

/** Prices that hold somewhere, and of those whose Region label was lost the ones that nothing else stands for. */
function placed(prices: readonly CatalogPrice[]): readonly CatalogPrice[] {
  const purchase = ({ meter, variant, mode, term, contextBand }: CatalogPrice): string =>
    JSON.stringify([meter, variant, mode, term, contextBand]);
  const known = new Set(prices.filter(isPlaced).map(purchase));
  return prices.filter((price) => isPlaced(price) || !known.has(purchase(price)));
}

/** Region and tier are not compared: a look-up decides which of them a price may stand for. */
function fits(price: CatalogPrice, asked: OpenKey): boolean {
  return (
    (asked.meter === null || price.meter === asked.meter) &&
    (asked.variant === null || price.variant === asked.variant) &&
    (asked.mode === null || price.mode === asked.mode) &&
    (asked.term === null || price.term === asked.term) &&
    (asked.contextBand === null || price.contextBand === asked.contextBand)
  );
}

function completed(asked: OpenKey, price: CatalogPrice): PriceKey {
  return {
    provider: price.provider,
    model: price.model,
    meter: asked.meter ?? price.meter,
    variant: asked.variant ?? price.variant,
    mode: asked.mode ?? price.mode,
    term: asked.term ?? price.term,
    region: asked.region ?? price.region,
    regionTier: asked.regionTier ?? price.regionTier,
    contextBand: asked.contextBand ?? price.contextBand,
  };
}

/** Names that share words or beginnings with the text, best first: what was probably meant. */
export function nearNames(text: string, names: readonly string[], limit: number): readonly string[] {
  const asked = partsOf(text);
  return names
    .map((name) => ({ name, score: likeness(asked, partsOf(name)) }))
    .filter(({ score }) => score > 0)
    .sort((left, right) => right.score - left.score || left.name.localeCompare(right.name))
    .slice(0, limit)
    .map(({ name }) => name);
}

function partsOf(text: string): readonly string[] {
  return text.toLowerCase().match(/[a-z]+|\d+(?:\.\d+)?/gu) ?? [];
}

/** Parts in common as a share of all parts; a part that begins the other, or is mistyped, counts half. */
function likeness(asked: readonly string[], name: readonly string[]): number {
  const points = asked.map((part) => {
    if (name.includes(part)) return 1;
    const begins = name.some(
      (other) => part.length > 2 && (other.startsWith(part) || part.startsWith(other)),
    );
    const mistyped = part.length > 3 && nearestName(part, name) !== null;
    return begins || mistyped ? 0.5 : 0;
  });
  const shared = points.reduce<number>((sum, point) => sum + point, 0);
  return shared / (asked.length + name.length - shared);
}
