// Joins usage with the catalog: one price per series and period, then the catalog amount of every line.
import { setImmediate } from 'node:timers/promises';
import { BUNDLED_CATALOG, type Catalog } from '../../../shared/domain/pricing/catalog.ts';
import {
  type ContractAnswer,
  contractChangeDays,
  contractPrice,
} from '../../../shared/domain/pricing/contract-price.ts';
import { lookUpPrice, priceChangeDays } from '../../../shared/domain/pricing/lookup.ts';
import type { PriceAnswer, PriceKey } from '../../../shared/domain/pricing/price.ts';
import { daysOf } from '../db/batch-days.ts';
import type { Db } from '../db/open.ts';
import {
  batchPortions,
  FIRST_DAY,
  heldSeriesPrices,
  heldSpan,
  LAST_DAY,
  linePortions,
  type PricedSeries,
  priceClaimedSums,
  pricedSeries,
  pricedWith,
  priceLines,
  priceMarkedLines,
  reclassifiedSeries,
  type SeriesPrice,
  seriesOfDay,
  setPricedWith,
  unpricedSeries,
  writeSeriesPrices,
} from '../db/prices.ts';
import { finishSettling, openMarkedSums, seriesToSettle } from '../db/settle.ts';
import { changeOf } from './price-change.ts';

/** Series priced between two pauses. */
const SERIES_CHUNK = 2000;

const MILLISECONDS_A_DAY = 86_400_000;

/**
 * Prices every usage line of a batch at the day of its usage and sets its catalog amounts in USD; null where the
 * catalog has no price, the unit is unknown or the line is not in USD. Pauses between portions so that reads go on.
 * Call it after the lines are written and before `daily` is summed from them.
 */
export async function priceBatch(db: Db, batchId: number, catalog: Catalog = BUNDLED_CATALOG): Promise<void> {
  await priceNewSeries(db, batchId, catalog);
  for (const range of batchPortions(db, batchId)) {
    priceLines(db, range);
    await setImmediate();
  }
}

/** Writes the prices of a batch's series; its lines keep the amounts they were written with. */
export async function priceNewSeries(db: Db, batchId: number, catalog: Catalog): Promise<void> {
  await bringUpToDate(db, catalog, NEVER_STOPS);
  const seen = new Set<number>();
  for (const day of daysOf(db, batchId)) {
    for (const id of seriesOfDay(db, day)) seen.add(id);
    await setImmediate();
  }
  const ids = [...seen];
  const look = rememberedPrices(catalog);
  for (let start = 0; start < ids.length; start += SERIES_CHUNK) {
    const some = unpricedSeries(db, ids.slice(start, start + SERIES_CHUNK));
    writeLooked(db, some, catalog, look);
    await setImmediate();
  }
}

const NEVER_STOPS = new AbortController().signal;

/** How far the lines are on their way to the prices in force: `done` of `total` portions of the lines. */
export type RepricingProgress = { readonly series: number; readonly done: number; readonly total: number };

/** Whether every amount of the workspace goes by this catalog and by the rules in force. */
export function isUpToDate(db: Db, catalog: Catalog): boolean {
  return pricedWith(db) === catalog.version && seriesToSettle(db) === 0;
}

/**
 * After the catalog changed or rules re-classified series: finds the series whose price is another one on the days
 * held, and prices and sums their lines again; all others are left as they are. Whether any line was priced again.
 * Rejects when stopped; stopped or killed half way, the next call goes on, so that no two versions stay mixed.
 */
export async function bringUpToDate(
  db: Db,
  catalog: Catalog,
  stop: AbortSignal,
  onProgress: (progress: RepricingProgress) => void = () => {},
): Promise<boolean> {
  if (pricedWith(db) !== catalog.version) await takeNewPrices(db, catalog, stop);
  const series = seriesToSettle(db);
  if (series === 0) return false;
  await priceSeries(db, reclassifiedSeries(db), catalog, stop);
  const portions = linePortions(db);
  let done = 0;
  for (const [deliveryId, ranges] of Map.groupBy(portions, (range) => range.deliveryId)) {
    const sums = openMarkedSums(db, deliveryId);
    for (const range of ranges) {
      onProgress({ series, done, total: portions.length });
      priceMarkedLines(db, range);
      sums.take(range);
      done += 1;
      await pause(stop);
    }
    for (const write of sums.writes()) {
      write();
      await pause(stop);
    }
  }
  priceClaimedSums(db);
  finishSettling(db);
  return true;
}

/** Looks every priced series up again, keeps what is new about its price, and marks it where its amounts change. */
async function takeNewPrices(db: Db, catalog: Catalog, stop: AbortSignal): Promise<void> {
  const span = heldSpan(db);
  const look = rememberedPrices(catalog);
  const series = pricedSeries(db);
  for (let start = 0; start < series.length; start += SERIES_CHUNK) {
    const some = series.slice(start, start + SERIES_CHUNK);
    const held = heldSeriesPrices(
      db,
      some.map(({ id }) => id),
    );
    const changed = some.flatMap((one) => {
      const prices = look(one);
      const change = changeOf(held.get(one.id) ?? [], prices, span);
      return change === 'none' ? [] : [{ id: one.id, prices, settle: change === 'amounts' }];
    });
    writeSeriesPrices(db, catalog.version, changed);
    await pause(stop);
  }
  setPricedWith(db, catalog.version);
}

async function priceSeries(
  db: Db,
  series: readonly PricedSeries[],
  catalog: Catalog,
  stop: AbortSignal,
): Promise<void> {
  const look = rememberedPrices(catalog);
  for (let start = 0; start < series.length; start += SERIES_CHUNK) {
    writeLooked(db, series.slice(start, start + SERIES_CHUNK), catalog, look);
    await pause(stop);
  }
}

function writeLooked(
  db: Db,
  some: readonly PricedSeries[],
  catalog: Catalog,
  look: (series: PricedSeries) => readonly SeriesPrice[],
): void {
  const priced = some.map((one) => ({ id: one.id, prices: look(one), settle: false }));
  writeSeriesPrices(db, catalog.version, priced);
}

/** Lets other work in. Rejects when stopped. */
async function pause(stop: AbortSignal): Promise<void> {
  await setImmediate();
  stop.throwIfAborted();
}

/** Many series differ in account or resource only: each question is looked up once. */
export function rememberedPrices(catalog: Catalog): (series: PricedSeries) => readonly SeriesPrice[] {
  const known = new Map<string, readonly SeriesPrice[]>();
  return (series) => {
    const { id: _own, account, ...asked } = series;
    const question = JSON.stringify(catalog.contract.rates.length === 0 ? asked : { ...asked, account });
    const prices = known.get(question) ?? pricesOf(series, catalog);
    known.set(question, prices);
    return prices;
  };
}

const NO_CONTRACT: ContractAnswer = { kind: 'none', passedOver: [] };

/** The answers for one series over all time, cut where the catalog or the contract knows of a change. */
function pricesOf(series: PricedSeries, catalog: Catalog): readonly SeriesPrice[] {
  const always = (answer: PriceAnswer): readonly SeriesPrice[] => [
    { fromDay: FIRST_DAY, toDay: LAST_DAY, answer, contract: NO_CONTRACT },
  ];
  if (series.currency !== 'USD') {
    return always({ kind: 'missing', reason: 'no_price_in_currency', nearest: [] });
  }
  const key = priceKeyOf(series);
  if (key === null) return always({ kind: 'missing', reason: 'not_priced_by_meter', nearest: [] });
  const contractKey = { ...key, account: series.account };
  const changes = [...priceChangeDays(catalog, key), ...contractChangeDays(catalog.contract, contractKey)];
  const starts = [FIRST_DAY, ...new Set(changes.toSorted().map(dayNumber))];
  return starts.map((fromDay, index) => {
    const toDay = (starts[index + 1] ?? LAST_DAY + 1) - 1;
    const span = [isoDay(fromDay), isoDay(toDay)] as const;
    const answer = lookUpPrice(catalog, key, ...span);
    return {
      fromDay,
      toDay,
      answer,
      contract: contractPrice(catalog.contract, contractKey, answer, ...span),
    };
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
