// The SQL of pricing: which series wait for a price, what price they got, and the catalog and contract amounts of their lines.
import type { ContractAnswer } from '../../../shared/domain/pricing/contract-price.ts';
import type { PriceAnswer, PriceKey } from '../../../shared/domain/pricing/price.ts';
import type { BatchDay } from './batch-days.ts';
import type { Db } from './open.ts';
import { keepSetting, setting } from './settings.ts';

/** Days since 1970-01-01 between which a price is stated to hold when the catalog names no change. */
export const FIRST_DAY = 0;
export const LAST_DAY = 2_932_896;

/** A usage series with what a price is asked by; `meter` null where the line is not priced by a meter. */
export type PricedSeries = Omit<PriceKey, 'meter' | 'mode' | 'term'> & {
  readonly id: number;
  readonly account: string | null;
  readonly currency: string | null;
  readonly meter: PriceKey['meter'] | null;
  readonly mode: PriceKey['mode'] | null;
  readonly term: PriceKey['term'] | null;
};

/** Series whose lines are still to follow their new prices. */
export const MARKED_SERIES = 'SELECT marked.series_id FROM series_to_price AS marked';

const SERIES = `
  SELECT series.id, series.meter, series.mode, series.term,
         provider.text AS provider, model.text AS model, variant.text AS variant, region.text AS region,
         account.text AS account, currency.text AS currency, series.region_tier AS regionTier, series.context_band AS contextBand
  FROM line_series AS series
  LEFT JOIN dim_provider AS provider ON provider.id = series.provider
  LEFT JOIN dim_model AS model ON model.id = series.model
  LEFT JOIN dim_variant AS variant ON variant.id = series.variant
  LEFT JOIN dim_region AS region ON region.id = series.region
  LEFT JOIN dim_account AS account ON account.id = series.account
  LEFT JOIN dim_currency AS currency ON currency.id = series.currency
  WHERE series.is_usage = 1 AND series.rule_id IS NOT NULL AND series.line_class IN ('bedrock', 'candidate')`;

/** Series of the lines of one day of a delivery. */
export function seriesOfDay(db: Db, { delivery, day }: BatchDay): number[] {
  return db
    .prepare<[number, number], number>(
      'SELECT DISTINCT series_id FROM line_item WHERE delivery_id = ? AND day = ?',
    )
    .pluck()
    .all(delivery, day);
}

/** The usage series among some that have not been priced yet. */
export function unpricedSeries(db: Db, ids: readonly number[]): PricedSeries[] {
  return db
    .prepare<[string], PricedSeries>(
      `${SERIES}
         AND series.id IN (SELECT value FROM json_each(?))
         AND NOT EXISTS (SELECT 1 FROM series_price AS price WHERE price.series_id = series.id)`,
    )
    .all(JSON.stringify(ids));
}

/** Series that were re-classified and wait for a price. */
export function reclassifiedSeries(db: Db): PricedSeries[] {
  return db
    .prepare<[], PricedSeries>(
      `${SERIES} AND series.id IN (SELECT series_id FROM series_to_price)
         AND NOT EXISTS (SELECT 1 FROM series_price AS price WHERE price.series_id = series.id)`,
    )
    .all();
}

/** Every series that has been priced. */
export function pricedSeries(db: Db): PricedSeries[] {
  return db
    .prepare<[], PricedSeries>(
      `${SERIES} AND series.id IN (SELECT price.series_id FROM series_price AS price)`,
    )
    .all();
}

const PRICED_WITH = 'priced_with_catalog';

/** Catalog version that all priced lines of the workspace go by; null before the first. */
export function pricedWith(db: Db): string | null {
  return setting(db, PRICED_WITH);
}

export function setPricedWith(db: Db, catalogVersion: string): void {
  keepSetting(db, PRICED_WITH, catalogVersion);
}

/** The price of a series on the days from `fromDay` to `toDay`, both inclusive. */
export type SeriesPrice = {
  readonly fromDay: number;
  readonly toDay: number;
  readonly answer: PriceAnswer;
  readonly contract: ContractAnswer;
};

/** Prices of a series as the file holds them, in the order of their days. `facts` is what is kept beside the amounts. */
export type HeldSeriesPrice = {
  readonly fromDay: number;
  readonly toDay: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly contractLow: number | null;
  readonly contractHigh: number | null;
  readonly facts: string;
};

export function heldSeriesPrices(db: Db, ids: readonly number[]): Map<number, HeldSeriesPrice[]> {
  const rows = db
    .prepare<[string], HeldSeriesPrice & { readonly id: number }>(
      `SELECT series_id AS id, from_day AS fromDay, to_day AS toDay, usd_per_unit_low AS low, usd_per_unit_high AS high,
         contract_low AS contractLow, contract_high AS contractHigh,
         json_array(range_reason, missing_reason, price_ids, contract_reason, override_numbers) AS facts
       FROM series_price WHERE series_id IN (SELECT value FROM json_each(?)) ORDER BY series_id, from_day`,
    )
    .all(JSON.stringify(ids));
  return Map.groupBy(rows, ({ id }) => id);
}

/** What the file would hold of such prices. */
export function heldForm(prices: readonly SeriesPrice[]): HeldSeriesPrice[] {
  return prices.map(({ fromDay, toDay, answer, contract }) => {
    const { low, high, rangeReason, missingReason, priceIds } = answerColumns(answer);
    const { contractLow, contractHigh, contractReason, overrideNumbers } = contractColumns(contract);
    const facts = JSON.stringify([rangeReason, missingReason, priceIds, contractReason, overrideNumbers]);
    return { fromDay, toDay, low, high, contractLow, contractHigh, facts };
  });
}

/** First and last day of usage that any line or sum of the workspace has; null without one. */
export function heldSpan(db: Db): { readonly first: number; readonly last: number } | null {
  const { first, last } = db
    .prepare(
      `SELECT MIN(first) AS first, MAX(last) AS last FROM (
         SELECT MIN(day) AS first, MAX(MAX(day, (end_second - 1) / 86400)) AS last FROM line_item
         UNION ALL SELECT MIN(day), MAX(day) FROM claimed_rollup)`,
    )
    .get() as { first: number | null; last: number | null };
  return first === null || last === null ? null : { first, last };
}

/** Puts the prices of many series in place of whatever they had; `settle`: their lines must follow. */
export function writeSeriesPrices(
  db: Db,
  catalogVersion: string,
  series: Iterable<{
    readonly id: number;
    readonly prices: readonly SeriesPrice[];
    readonly settle: boolean;
  }>,
): void {
  const clear = db.prepare('DELETE FROM series_price WHERE series_id = ?');
  const insert = db.prepare(
    `INSERT INTO series_price (series_id, from_day, to_day, catalog_version, status, usd_per_unit_low,
       usd_per_unit_high, range_reason, missing_reason, price_ids, contract_low, contract_high, contract_reason,
       override_numbers) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const mark = db.prepare('INSERT OR IGNORE INTO series_to_price (series_id) VALUES (?)');
  db.transaction(() => {
    for (const { id, prices, settle } of series) {
      clear.run(id);
      if (settle) mark.run(id);
      for (const { fromDay, toDay, answer, contract } of prices) {
        const { status, low, high, rangeReason, missingReason, priceIds } = answerColumns(answer);
        const facts = [status, low, high, rangeReason, missingReason, priceIds];
        insert.run(id, fromDay, toDay, catalogVersion, ...facts, ...Object.values(contractColumns(contract)));
      }
    }
  })();
}

function answerColumns(answer: PriceAnswer) {
  if (answer.kind === 'missing') {
    const { reason } = answer;
    return {
      status: 'missing',
      low: null,
      high: null,
      rangeReason: null,
      missingReason: reason,
      priceIds: '[]',
    };
  }
  return {
    status: 'priced',
    low: answer.usdPerUnitLow,
    high: answer.usdPerUnitHigh,
    rangeReason: answer.rangeReason,
    missingReason: null,
    priceIds: JSON.stringify(answer.chosen.map((price) => price.id)),
  };
}

/** In the order of the columns of `series_price`. */
function contractColumns(answer: ContractAnswer) {
  const isKnown = answer.kind === 'contracted';
  const rates = answer.kind === 'none' ? [] : answer.chosen.map(({ number }) => number);
  return {
    contractLow: isKnown ? answer.usdPerUnitLow : null,
    contractHigh: isKnown ? answer.usdPerUnitHigh : null,
    contractReason: answer.kind === 'unknown' ? answer.reason : null,
    overrideNumbers: JSON.stringify(rates),
  };
}

/** quantity × multiplier × price, the low or the high end over several rows of prices; NULL where one has no price. */
const amountOver = (end: 'MIN' | 'MAX', low: string, high: string): string => `
  CASE WHEN COUNT(*) = COUNT(price.${low}) THEN
    ${end}(series.multiplier * line_item.quantity * MIN(price.${low}),
        series.multiplier * line_item.quantity * MAX(price.${high})) END`;
const OF_CATALOG = ['usd_per_unit_low', 'usd_per_unit_high'] as const;
const OF_CONTRACT = ['contract_low', 'contract_high'] as const;

const AMOUNT_COLUMNS = '(catalog_low, catalog_high, contract_low, contract_high)';

/**
 * Catalog and contract amounts of a line, low and high over the price periods its days touch. NULL where any of its
 * days has no price, the unit is unknown, or the quantity does not count.
 */
const LINE_AMOUNT = `
  SELECT ${amountOver('MIN', ...OF_CATALOG)}, ${amountOver('MAX', ...OF_CATALOG)},
    ${amountOver('MIN', ...OF_CONTRACT)}, ${amountOver('MAX', ...OF_CONTRACT)}
  FROM line_series AS series
  JOIN series_price AS price ON price.series_id = series.id
    AND price.from_day <= MAX(line_item.day, (line_item.end_second - 1) / 86400)
    AND price.to_day >= line_item.day
  WHERE series.id = line_item.series_id AND series.counts_quantity = 1`;

/** Lines of a delivery from one id to another, both inclusive. */
export type LineRange = { readonly deliveryId: number; readonly from: number; readonly to: number };

/** Lines written between two pauses: neighbours in the file, so that each of its pages is read and written once. */
const LINES_A_PORTION = 20_000;

/** First and last line of a delivery. */
export type Bounds = { readonly deliveryId: number; readonly first: number; readonly last: number };

/** The lines between two of a delivery, in short portions. */
export function portionsOf({ deliveryId, first, last }: Bounds, lines: number): LineRange[] {
  return Array.from({ length: Math.ceil((last - first + 1) / lines) }, (_, index) => {
    const from = first + index * lines;
    return { deliveryId, from, to: Math.min(last, from + lines - 1) };
  });
}

const BOUNDS = 'SELECT line.delivery_id AS deliveryId, MIN(line.id) AS first, MAX(line.id) AS last';

/** The lines of a batch in short portions: an import writes them one after the other. */
export function batchPortions(db: Db, batchId: number): LineRange[] {
  return db
    .prepare<[number], Bounds>(
      `${BOUNDS} FROM delivery CROSS JOIN line_item AS line ON line.delivery_id = delivery.id
       WHERE delivery.batch_id = ? GROUP BY line.delivery_id`,
    )
    .all(batchId)
    .flatMap((bounds) => portionsOf(bounds, LINES_A_PORTION));
}

/** All lines in short portions, delivery by delivery, those of an import under way included. */
export function linePortions(db: Db): LineRange[] {
  const bounds = db.prepare<[], Bounds>(`${BOUNDS} FROM line_item AS line GROUP BY line.delivery_id`);
  return bounds.all().flatMap((one) => portionsOf(one, LINES_A_PORTION));
}

/** Series with one price for all days, as nearly all have: their lines are multiplied by it at once, twice as fast. */
const HAS_ONE_PRICE = `price.from_day = ${FIRST_DAY} AND price.to_day = ${LAST_DAY}`;

/** The amount under the one price that a series has for all days; NULL without one. */
const amountAt = (end: 'MIN' | 'MAX', low: string, high: string): string =>
  `${end}(series.multiplier * quantity * price.${low}, series.multiplier * quantity * price.${high})`;

const HAS_AMOUNT = 'line_item.catalog_low IS NOT NULL OR line_item.contract_low IS NOT NULL';

/** Writes the amounts of the lines in a range, all or those that meet a condition; what lost its price loses its amount. */
function writeAmounts(db: Db, { deliveryId, from, to }: LineRange, condition = ''): void {
  // The plus keeps SQLite from the index by delivery, which it would read whole for every range.
  const some = `line_item.id BETWEEN ? AND ? AND +line_item.delivery_id = ?${condition}`;
  db.transaction(() => {
    db.prepare(
      `UPDATE line_item SET
         catalog_low = ${amountAt('MIN', ...OF_CATALOG)}, catalog_high = ${amountAt('MAX', ...OF_CATALOG)},
         contract_low = ${amountAt('MIN', ...OF_CONTRACT)}, contract_high = ${amountAt('MAX', ...OF_CONTRACT)}
       FROM line_series AS series JOIN series_price AS price ON price.series_id = series.id AND ${HAS_ONE_PRICE}
       WHERE ${some} AND series.id = line_item.series_id AND series.counts_quantity = 1
         AND (${HAS_AMOUNT} OR price.usd_per_unit_low IS NOT NULL OR price.contract_low IS NOT NULL)`,
    ).run(from, to, deliveryId);
    db.prepare(
      `UPDATE line_item SET ${AMOUNT_COLUMNS} = (${LINE_AMOUNT})
       WHERE ${some} AND (${HAS_AMOUNT} OR series_id IN (SELECT series_id FROM series_price))
         AND NOT EXISTS (
           SELECT 1 FROM line_series AS series JOIN series_price AS price ON price.series_id = series.id
           WHERE series.id = line_item.series_id AND series.counts_quantity = 1 AND ${HAS_ONE_PRICE})`,
    ).run(from, to, deliveryId);
  })();
}

/** Sets the catalog and contract amounts of some lines; lines that have none and get none are left alone. */
export function priceLines(db: Db, range: LineRange): void {
  writeAmounts(db, range);
}

/** The same for those lines whose series are marked. */
export function priceMarkedLines(db: Db, range: LineRange): void {
  writeAmounts(db, range, ` AND line_item.series_id IN (${MARKED_SERIES})`);
}

/** A sum of the roll-up has no times: its day stands for both ends. */
const SUM_AMOUNT = LINE_AMOUNT.replace(
  'MAX(line_item.day, (line_item.end_second - 1) / 86400)',
  'line_item.day',
);

/** Catalog and contract amounts of the sums of the roll-up that a rule claimed. */
export function priceClaimedSums(db: Db): void {
  db.transaction(() => {
    db.prepare(`UPDATE claimed_rollup AS line_item SET ${AMOUNT_COLUMNS} = (${SUM_AMOUNT})`).run();
    db.prepare(
      `UPDATE claimed_rollup SET unpriced = CASE WHEN catalog_low IS NULL
         AND (SELECT is_usage FROM line_series WHERE id = series_id) = 1 THEN unblended ELSE 0 END`,
    ).run();
  })();
}
