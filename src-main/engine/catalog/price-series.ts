// Joins usage with the catalog: one price per series and period, then the catalog amount of every line.
import { setImmediate } from 'node:timers/promises';
import { BUNDLED_CATALOG, type Catalog } from '../../../shared/domain/pricing/catalog.ts';
import { lookUpPrice, priceChangeDays } from '../../../shared/domain/pricing/lookup.ts';
import type { PriceAnswer, PriceKey } from '../../../shared/domain/pricing/price.ts';
import { rebuildDaily } from '../db/daily.ts';
import type { Db } from '../db/open.ts';
import {
  batchesWithLines,
  FIRST_DAY,
  LAST_DAY,
  linePortions,
  type PricedSeries,
  priceClaimedSums,
  pricedSeries,
  pricedWith,
  priceLines,
  reclassifiedSeries,
  type SeriesPrice,
  setPricedWith,
  unpricedSeries,
  writeSeriesPrices,
} from '../db/prices.ts';

/** Series priced between two pauses. */
const SERIES_CHUNK = 2000;

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * Prices every usage line of a batch at the day of its usage and sets its catalog amounts in USD; null where the
 * catalog has no price, the unit is unknown or the line is not in USD. Pauses between portions so that reads go on.
 * Call it after the lines are written and before `daily` is summed from them.
 */
export async function priceBatch(db: Db, batchId: number, catalog: Catalog = BUNDLED_CATALOG): Promise<void> {
  await repriceWorkspace(db, catalog, NEVER_STOPS);
  await priceSeries(db, unpricedSeries(db, batchId, catalog.version), catalog, NEVER_STOPS);
  await priceBatchLines(db, batchId, NEVER_STOPS);
}

const NEVER_STOPS = new AbortController().signal;

/**
 * After the catalog changed: prices again what another version priced, lines and daily sums alike. Whether anything
 * was priced again. Rejects when stopped; stopped or killed half way, the next call starts over, so that no two
 * versions stay mixed.
 */
export async function repriceWorkspace(db: Db, catalog: Catalog, stop: AbortSignal): Promise<boolean> {
  if (pricedWith(db) === catalog.version) return false;
  const series = pricedSeries(db);
  await priceSeries(db, series, catalog, stop);
  for (const batchId of series.length === 0 ? [] : batchesWithLines(db)) {
    await priceBatchLines(db, batchId, stop);
    await rebuildDaily(db, batchId, () => stop.throwIfAborted());
  }
  priceClaimedSums(db);
  setPricedWith(db, catalog.version);
  return series.length > 0;
}

/** Looks up the prices of the series that a rule re-classified. */
export async function priceReclassified(db: Db, catalog: Catalog, stop: AbortSignal): Promise<void> {
  await priceSeries(db, reclassifiedSeries(db), catalog, stop);
}

async function priceBatchLines(db: Db, batchId: number, stop: AbortSignal): Promise<void> {
  for (const { deliveryId, day } of linePortions(db, batchId)) {
    priceLines(db, deliveryId, day);
    await setImmediate();
    stop.throwIfAborted();
  }
}

async function priceSeries(
  db: Db,
  series: readonly PricedSeries[],
  catalog: Catalog,
  stop: AbortSignal,
): Promise<void> {
  const known = new Map<string, readonly SeriesPrice[]>();
  for (let start = 0; start < series.length; start += SERIES_CHUNK) {
    const priced = series.slice(start, start + SERIES_CHUNK).map((one) => {
      const { id, ...asked } = one;
      const question = JSON.stringify(asked);
      const prices = known.get(question) ?? pricesOf(one, catalog);
      known.set(question, prices);
      return { id, prices };
    });
    writeSeriesPrices(db, catalog.version, priced);
    await setImmediate();
    stop.throwIfAborted();
  }
}

/** The answers for one series over all time, cut where the catalog knows of a change. */
function pricesOf(series: PricedSeries, catalog: Catalog): readonly SeriesPrice[] {
  const always = (answer: PriceAnswer): readonly SeriesPrice[] => [
    { fromDay: FIRST_DAY, toDay: LAST_DAY, answer },
  ];
  if (series.currency !== 'USD') {
    return always({ kind: 'missing', reason: 'no_price_in_currency', nearest: [] });
  }
  const key = priceKeyOf(series);
  if (key === null) return always({ kind: 'missing', reason: 'not_priced_by_meter', nearest: [] });
  const starts = [FIRST_DAY, ...priceChangeDays(catalog, key).map(dayNumber)];
  return starts.map((fromDay, index) => {
    const toDay = (starts[index + 1] ?? LAST_DAY + 1) - 1;
    return { fromDay, toDay, answer: lookUpPrice(catalog, key, isoDay(fromDay), isoDay(toDay)) };
  });
}

/** What a series asks a price by; null when it has no meter. Features without a mode are sold on demand. */
function priceKeyOf(series: PricedSeries): PriceKey | null {
  const { provider, model, meter, variant, region, regionTier, contextBand } = series;
  if (meter === null) return null;
  const mode = series.mode ?? 'on_demand';
  return {
    provider,
    model,
    meter,
    variant,
    mode,
    term: series.term ?? 'none',
    region,
    regionTier,
    contextBand,
  };
}

function dayNumber(iso: string): number {
  return Math.round(Date.parse(`${iso}T00:00:00Z`) / MILLISECONDS_A_DAY);
}

function isoDay(day: number): string {
  return new Date(day * MILLISECONDS_A_DAY).toISOString().slice(0, 10);
}
