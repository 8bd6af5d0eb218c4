// The SQL of pricing: which series wait for a price, what price they got, and the catalog amount of their lines.
import type { PriceAnswer, PriceKey } from '../../../shared/domain/pricing/price.ts';
import type { Db } from './open.ts';

/** Days since 1970-01-01 between which a price is stated to hold when the catalog names no change. */
export const FIRST_DAY = 0;
export const LAST_DAY = 2_932_896;

/** A usage series with what a price is asked by; `meter` null where the line is not priced by a meter. */
export type PricedSeries = Omit<PriceKey, 'meter' | 'mode' | 'term'> & {
  readonly id: number;
  readonly currency: string | null;
  readonly meter: PriceKey['meter'] | null;
  readonly mode: PriceKey['mode'] | null;
  readonly term: PriceKey['term'] | null;
};

const SERIES = `
  SELECT series.id, series.meter, series.mode, series.term,
         provider.text AS provider, model.text AS model, variant.text AS variant, region.text AS region,
         currency.text AS currency, series.region_tier AS regionTier, series.context_band AS contextBand
  FROM line_series AS series
  LEFT JOIN dim_provider AS provider ON provider.id = series.provider
  LEFT JOIN dim_model AS model ON model.id = series.model
  LEFT JOIN dim_variant AS variant ON variant.id = series.variant
  LEFT JOIN dim_region AS region ON region.id = series.region
  LEFT JOIN dim_currency AS currency ON currency.id = series.currency
  WHERE series.is_usage = 1 AND series.rule_id IS NOT NULL AND series.line_class IN ('bedrock', 'candidate')`;

/** Usage series of the batch's lines that this version of the catalog has not priced yet. */
export function unpricedSeries(db: Db, batchId: number, catalogVersion: string): PricedSeries[] {
  return db
    .prepare<[number, string], PricedSeries>(
      `${SERIES}
         AND series.id IN (
           SELECT line.series_id FROM delivery CROSS JOIN line_item AS line ON line.delivery_id = delivery.id
           WHERE delivery.batch_id = ?)
         AND NOT EXISTS (
           SELECT 1 FROM series_price AS price WHERE price.series_id = series.id AND price.catalog_version = ?)`,
    )
    .all(batchId, catalogVersion);
}

/** Series that were re-classified and wait for a price. */
export function reclassifiedSeries(db: Db): PricedSeries[] {
  return db
    .prepare<[], PricedSeries>(`${SERIES} AND series.id IN (SELECT series_id FROM series_to_price)`)
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
  const row = db
    .prepare<[string], { value: string }>('SELECT value FROM setting WHERE name = ?')
    .get(PRICED_WITH);
  return row?.value ?? null;
}

export function setPricedWith(db: Db, catalogVersion: string): void {
  db.prepare(
    'INSERT INTO setting (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(PRICED_WITH, catalogVersion);
}

/** The price of a series on the days from `fromDay` to `toDay`, both inclusive. */
export type SeriesPrice = { readonly fromDay: number; readonly toDay: number; readonly answer: PriceAnswer };

/** Puts the prices of many series in place of whatever they had. */
export function writeSeriesPrices(
  db: Db,
  catalogVersion: string,
  series: Iterable<{ readonly id: number; readonly prices: readonly SeriesPrice[] }>,
): void {
  const clear = db.prepare('DELETE FROM series_price WHERE series_id = ?');
  const insert = db.prepare(
    `INSERT INTO series_price (series_id, from_day, to_day, catalog_version, status, usd_per_unit_low,
       usd_per_unit_high, range_reason, missing_reason, price_ids) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  db.transaction(() => {
    for (const { id, prices } of series) {
      clear.run(id);
      for (const { fromDay, toDay, answer } of prices) {
        insert.run(id, fromDay, toDay, catalogVersion, ...answerColumns(answer));
      }
    }
  })();
}

function answerColumns(answer: PriceAnswer): readonly (string | number | null)[] {
  if (answer.kind === 'missing') return ['missing', null, null, null, answer.reason, '[]'];
  const ids = JSON.stringify(answer.chosen.map((price) => price.id));
  return ['priced', answer.usdPerUnitLow, answer.usdPerUnitHigh, answer.rangeReason, null, ids];
}

/**
 * Catalog amount of a line: quantity × multiplier × price, low and high over the price periods its days touch.
 * NULL where any of its days has no price, the unit is unknown, or the quantity does not count.
 */
const LINE_AMOUNT = `
  SELECT MIN(series.multiplier * line_item.quantity * MIN(price.usd_per_unit_low),
             series.multiplier * line_item.quantity * MAX(price.usd_per_unit_high)),
         MAX(series.multiplier * line_item.quantity * MIN(price.usd_per_unit_low),
             series.multiplier * line_item.quantity * MAX(price.usd_per_unit_high))
  FROM line_series AS series
  JOIN series_price AS price ON price.series_id = series.id
    AND price.from_day <= MAX(line_item.day, (line_item.end_second - 1) / 86400)
    AND price.to_day >= line_item.day
  WHERE series.id = line_item.series_id AND series.counts_quantity = 1
  HAVING COUNT(*) = COUNT(price.usd_per_unit_low)`;

/** The delivery × day portions of a batch's lines, small enough to be priced one at a time. */
export function linePortions(
  db: Db,
  batchId: number,
): { readonly deliveryId: number; readonly day: number }[] {
  return db
    .prepare<[number], { deliveryId: number; day: number }>(
      `SELECT DISTINCT line.delivery_id AS deliveryId, line.day
       FROM delivery CROSS JOIN line_item AS line ON line.delivery_id = delivery.id
       WHERE delivery.batch_id = ?`,
    )
    .all(batchId);
}

/** Sets the catalog amounts of one delivery's lines of one day. Lines that have none and get none are left alone. */
export function priceLines(db: Db, deliveryId: number, day: number): void {
  db.prepare(
    `UPDATE line_item SET (catalog_low, catalog_high) = (${LINE_AMOUNT})
     WHERE delivery_id = ? AND day = ? AND (catalog_low IS NOT NULL OR series_id IN (
       SELECT price.series_id FROM series_price AS price WHERE price.usd_per_unit_low IS NOT NULL))`,
  ).run(deliveryId, day);
}

/** The same for the lines of re-classified series only; what lost its price loses its amount. */
export function priceReclassifiedLines(db: Db, deliveryId: number, day: number): void {
  db.prepare(
    `UPDATE line_item SET (catalog_low, catalog_high) = (${LINE_AMOUNT})
     WHERE delivery_id = ? AND day = ? AND series_id IN (SELECT series_id FROM series_to_price)`,
  ).run(deliveryId, day);
}

/** A sum of the roll-up has no times: its day stands for both ends. */
const SUM_AMOUNT = LINE_AMOUNT.replace(
  'MAX(line_item.day, (line_item.end_second - 1) / 86400)',
  'line_item.day',
);

/** Catalog amounts of the sums of the roll-up that a rule claimed. */
export function priceClaimedSums(db: Db): void {
  db.transaction(() => {
    db.prepare(`UPDATE claimed_rollup AS line_item SET (catalog_low, catalog_high) = (${SUM_AMOUNT})`).run();
    db.prepare(
      `UPDATE claimed_rollup SET unpriced = CASE WHEN catalog_low IS NULL
         AND (SELECT is_usage FROM line_series WHERE id = series_id) = 1 THEN unblended ELSE 0 END`,
    ).run();
  })();
}

/** Batches that hold lines. */
export function batchesWithLines(db: Db): number[] {
  return db
    .prepare<[], { id: number }>('SELECT DISTINCT batch_id AS id FROM delivery ORDER BY batch_id')
    .all()
    .map(({ id }) => id);
}
