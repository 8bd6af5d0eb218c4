// One key over time and beside itself: when its price was or will be another one, and what else it could be bought as.
import type { Mode, RegionTier } from '../usage/vocabulary.ts';
import { type Catalog, skuOwner } from './catalog.ts';
import { isPlaced, lookUpPrice, priceChangeDays } from './lookup.ts';
import type { CatalogPrice, PriceKey } from './price.ts';

/** A price between two ISO days, the first inclusive and the second exclusive; null = open. USD per ONE base unit. */
export type PricePeriod = {
  readonly from: string | null;
  readonly to: string | null;
  readonly low: number;
  readonly high: number;
};

const EARLIEST = '2000-01-01';

/** Every price a key had, has and will have, as far as the catalog says; neighbours that cost the same are one. */
export function priceHistory(catalog: Catalog, key: PriceKey): readonly PricePeriod[] {
  const days = [EARLIEST, ...priceChangeDays(catalog, key)];
  const periods: { from: string | null; to: string | null; low: number; high: number }[] = [];
  for (const [index, day] of days.entries()) {
    const answer = lookUpPrice(catalog, key, day, day);
    const last = periods.at(-1);
    const from = index === 0 ? null : day;
    if (answer.kind === 'missing') {
      if (last !== undefined && last.to === null) last.to = from;
      continue;
    }
    const { usdPerUnitLow: low, usdPerUnitHigh: high } = answer;
    if (last !== undefined && last.to === null && last.low === low && last.high === high) continue;
    if (last !== undefined && last.to === null) last.to = from;
    periods.push({ from, to: null, low, high });
  }
  return periods;
}

/** The same meter of a model bought in another way, with what it costs there. USD per ONE base unit. */
export type OtherWay = {
  readonly part: 'mode' | 'regionTier' | 'region';
  readonly value: string;
  readonly low: number;
  readonly high: number;
};

/** What a key would cost in every other mode, region tier and region that the model has prices for, on an ISO day. */
export function otherWays(catalog: Catalog, key: PriceKey, day: string): readonly OtherWay[] {
  const own = (catalog.byOwner.get(skuOwner(key.model)) ?? []).filter(
    (price) => price.meter === key.meter && price.variant === key.variant && isPlaced(price),
  );
  const distinct = <Value>(read: (price: CatalogPrice) => Value, held: Value): NonNullable<Value>[] =>
    [...new Set(own.map(read))].filter(
      (value): value is NonNullable<Value> => value != null && value !== held,
    );
  const asked: readonly (readonly [OtherWay['part'], string, PriceKey])[] = [
    ...distinct((price): Mode => price.mode, key.mode).map(
      (mode) => ['mode', mode, { ...key, mode, term: 'none' }] as const,
    ),
    ...distinct((price): RegionTier | null => price.regionTier, key.regionTier).map(
      (regionTier) => ['regionTier', regionTier, { ...key, regionTier }] as const,
    ),
    ...distinct((price): string | null => price.region, key.region).map(
      (region) => ['region', region, { ...key, region }] as const,
    ),
  ];
  return asked.flatMap(([part, value, other]) => {
    const answer = lookUpPrice(catalog, other, day, day);
    if (answer.kind === 'missing') return [];
    return [{ part, value, low: answer.usdPerUnitLow, high: answer.usdPerUnitHigh }];
  });
}
