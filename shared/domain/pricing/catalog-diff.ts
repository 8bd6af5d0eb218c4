// Compares two catalogs key by key: what a line would be priced at before and after.
import { type Catalog, skuOwner } from './catalog.ts';
import { lookUpPrice } from './lookup.ts';
import type { CatalogPrice, PriceAnswer, PriceKey, PriceLayer } from './price.ts';

export const PRICE_CHANGES = ['new', 'changed', 'vanished', 'scheduled', 'confirmed'] as const;
export type PriceChangeKind = (typeof PRICE_CHANGES)[number];

/** USD for `per` base units; low = high unless the look-up is a range. */
export type SidePrice = { readonly low: number; readonly high: number; readonly layer: PriceLayer };

export type PriceChange = {
  readonly kind: PriceChangeKind;
  readonly key: PriceKey;
  readonly per: number;
  /** null = no price. */
  readonly before: SidePrice | null;
  readonly after: SidePrice | null;
  /** (after − before) ÷ before; null without a single price on both sides, or where before is 0. */
  readonly share: number | null;
  /** Day (ISO) from which the price after holds; null = not stated. */
  readonly from: string | null;
};

/**
 * What changes between two catalogs for the keys whose imported offer prices differ, as looked up on a day (ISO).
 * `vanished` = the offer no longer states it; `after` is then what a lower layer answers, if any. `scheduled` = a
 * price that begins after the day. Keys priced alike are counted as `confirmed`.
 */
export function diffCatalogs(before: Catalog, after: Catalog, day: string): readonly PriceChange[] {
  const keys = new Map<string, PriceKey>();
  for (const price of [...offerPrices(before), ...offerPrices(after)]) {
    const key = keyOf(price);
    keys.set(JSON.stringify(key), key);
  }
  const now = [...keys.values()].flatMap((key) => changeOf(before, after, key, day));
  return [...now, ...scheduled(before, after, day)];
}

function offerPrices(catalog: Catalog): readonly CatalogPrice[] {
  const layer = catalog.layers.find((one) => one.layer === 'offer');
  return layer === undefined
    ? []
    : [...layer.byOwner.values()].flatMap((byMeter) => [...byMeter.values()].flat());
}

function keyOf(price: CatalogPrice): PriceKey {
  const { provider, model, meter, variant, mode, term, region, regionTier, contextBand } = price;
  return { provider, model, meter, variant, mode, term, region, regionTier, contextBand };
}

function changeOf(before: Catalog, after: Catalog, key: PriceKey, day: string): readonly PriceChange[] {
  const [was, is] = [before, after].map((catalog) => lookUpPrice(catalog, key, day, day));
  if (was === undefined || is === undefined) return [];
  if (was.kind === 'missing' && is.kind === 'missing') return [];
  const per = perOf(is) ?? perOf(was) ?? 1;
  const [old, now] = [sideOf(was, per), sideOf(is, per)];
  const from = is.kind === 'priced' ? (is.chosen[0]?.effectiveFrom ?? null) : null;
  return [{ kind: kindOf(old, now), key, per, before: old, after: now, share: shareOf(old, now), from }];
}

function kindOf(before: SidePrice | null, after: SidePrice | null): PriceChangeKind {
  if (before === null) return 'new';
  if (after === null || (before.layer === 'offer' && after.layer !== 'offer')) return 'vanished';
  return same(before.low, after.low) && same(before.high, after.high) ? 'confirmed' : 'changed';
}

/** A price held per thousand and one per million are the same price, whatever the last bit says. */
function same(left: number, right: number): boolean {
  return Math.abs(left - right) <= 1e-12 * Math.max(Math.abs(left), Math.abs(right));
}

function shareOf(before: SidePrice | null, after: SidePrice | null): number | null {
  if (before === null || after === null || before.low === 0) return null;
  if (before.low !== before.high || after.low !== after.high) return null;
  return (after.low - before.low) / before.low;
}

function perOf(answer: PriceAnswer): number | null {
  return answer.kind === 'priced' ? (answer.chosen[0]?.per ?? null) : null;
}

function sideOf(answer: PriceAnswer, per: number): SidePrice | null {
  if (answer.kind === 'missing') return null;
  const quoted = answer.chosen.map((price) =>
    price.per === per ? price.usd : (price.usd / price.per) * per,
  );
  return { low: Math.min(...quoted), high: Math.max(...quoted), layer: answer.layer };
}

/** Prices that begin after the day, and that the catalog before did not hold. */
function scheduled(before: Catalog, after: Catalog, day: string): readonly PriceChange[] {
  const future = (catalog: Catalog): readonly CatalogPrice[] =>
    offerPrices(catalog).filter(({ effectiveFrom }) => effectiveFrom !== null && effectiveFrom > day);
  const stamp = (price: CatalogPrice): string =>
    JSON.stringify([skuOwner(price.model), keyOf(price), price.effectiveFrom, price.usd]);
  const known = new Set(future(before).map(stamp));
  return future(after)
    .filter((price) => !known.has(stamp(price)))
    .map((price) => {
      const key = keyOf(price);
      const old = sideOf(lookUpPrice(after, key, day, day), price.per);
      const next: SidePrice = { low: price.usd, high: price.usd, layer: 'offer' };
      return {
        kind: 'scheduled',
        key,
        per: price.per,
        before: old,
        after: next,
        share: shareOf(old, next),
        from: price.effectiveFrom,
      };
    });
}
