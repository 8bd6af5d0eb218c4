// What the same usage would be priced at in the other region tiers: how a bill of one tier is told from another's.
import { REGION_TIERS } from '../usage/vocabulary.ts';
import type { Catalog } from './catalog.ts';
import { lookUpPrice } from './lookup.ts';
import type { PriceKey } from './price.ts';

/** USD per ONE base unit at every tier but the key's own, on the days from–to (ISO, both inclusive); distinct values. */
export function otherTierPrices(
  catalog: Catalog,
  key: PriceKey,
  fromDay: string,
  toDay: string,
): readonly number[] {
  const prices = REGION_TIERS.filter((tier) => tier !== key.regionTier)
    .map((regionTier) => lookUpPrice(catalog, { ...key, regionTier }, fromDay, toDay))
    .flatMap((answer) => (answer.kind === 'priced' ? [answer.usdPerUnitLow, answer.usdPerUnitHigh] : []));
  return [...new Set(prices)];
}
