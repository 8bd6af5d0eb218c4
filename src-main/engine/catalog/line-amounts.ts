// The amounts of a line by the prices of its series, found while it is imported: what `priceLines` would write later.
import type { Catalog } from '../../../shared/domain/pricing/catalog.ts';
import { type HeldSeriesPrice, heldForm } from '../db/prices.ts';
import type { SeriesDescription } from '../db/series.ts';
import { type LineAmounts, NO_AMOUNTS } from '../db/staging.ts';
import { rememberedPrices } from './price-series.ts';

/** Amounts of a line by its quantity and the first and last day of its usage. */
export type AmountsOf = (quantity: number | null, firstDay: number, lastDay: number) => LineAmounts;

/** How the lines of a series are priced; null where they have no amounts. */
export type SeriesPricer = (series: SeriesDescription) => AmountsOf | null;

/** Prices series by one catalog, in USD. The conditions are those of the SQL in `db/prices.ts`. */
export function createSeriesPricer(catalog: Catalog): SeriesPricer {
  const look = rememberedPrices(catalog);
  return ({ account, currency, meaning }) => {
    const { lineClass, isUsage, countsQuantity, classification, region, unit } = meaning;
    if (lineClass === 'other' || !isUsage || !countsQuantity) return null;
    if (classification === null || unit === null) return null;
    const { provider, model, meter, variant, mode, term, regionTier, contextBand } = classification;
    const key = { provider, model, variant, region, account, currency, regionTier, contextBand };
    const prices = heldForm(look({ id: 0, meter, mode, term, ...key }));
    return (quantity, firstDay, lastDay) => {
      if (quantity === null) return NO_AMOUNTS;
      const touched =
        prices.length === 1
          ? prices
          : prices.filter(({ fromDay, toDay }) => fromDay <= lastDay && toDay >= firstDay);
      return amountsOver(touched, unit.multiplier * quantity);
    };
  };
}

/** units × price, lowest and highest over the periods; null where one of them has no price. */
function amountsOver(prices: readonly HeldSeriesPrice[], units: number): LineAmounts {
  const [catalogLow, catalogHigh] = amountOver(prices, units, 'low', 'high');
  const [contractLow, contractHigh] = amountOver(prices, units, 'contractLow', 'contractHigh');
  return { catalogLow, catalogHigh, contractLow, contractHigh };
}

type PriceEnd = 'low' | 'high' | 'contractLow' | 'contractHigh';

const NO_AMOUNT = [null, null] as const;

function amountOver(
  prices: readonly HeldSeriesPrice[],
  units: number,
  lowEnd: PriceEnd,
  highEnd: PriceEnd,
): readonly [low: number | null, high: number | null] {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const { [lowEnd]: low, [highEnd]: high } of prices) {
    if (low === null || high === null) return NO_AMOUNT;
    lowest = Math.min(lowest, low);
    highest = Math.max(highest, high);
  }
  // A negative quantity, as of a credit in units, turns the ends round.
  return units < 0 ? [units * highest, units * lowest] : [units * lowest, units * highest];
}
