// Reads single usage lines with what they were invoiced at, their catalog amount and the reason where there is none.
import type { PriceKey } from '../../../shared/domain/pricing/price.ts';
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Db } from './open.ts';
import { type Bounds, FIRST_DAY, LAST_DAY, type LineRange, portionsOf } from './prices.ts';
import { conditions, dayNumber } from './spend.ts';
import { dimensionSql, join, sql } from './spend-filter.ts';

export type VarianceSelection = {
  readonly where: readonly Filter[];
  readonly period: Period | null;
};

/** What the lines of a series have in common. `group` is the value of the dimension asked for. */
export type VarianceSeries = Omit<PriceKey, 'meter' | 'mode' | 'term'> & {
  readonly id: number;
  readonly group: string | number | null;
  readonly currency: string;
  readonly isUsage: number;
  readonly chargeType: string | null;
  readonly countsQuantity: number;
  readonly family: string | null;
  readonly meter: PriceKey['meter'] | null;
  readonly mode: PriceKey['mode'] | null;
  readonly term: PriceKey['term'] | null;
  readonly multiplier: number | null;
  readonly usageType: string | null;
  readonly service: string | null;
  readonly unit: string | null;
};

const text = (name: string): string => `(SELECT text FROM dim_${name} WHERE id = s.${name})`;

/** The Bedrock series of a selection. Throws `unknown_dimension`; a dimension of time has no series. */
export function varianceSeries(db: Db, selection: VarianceSelection, groupBy: string): VarianceSeries[] {
  const where = conditions(db, { ...selection, scope: 'bedrock' });
  const group = dimensionSql(db, groupBy).sql;
  const statement = join(
    [
      sql('SELECT s.id, '),
      group,
      sql(` AS "group", ${text('currency')} AS currency, s.is_usage AS isUsage, ${text('charge_type')} AS chargeType,
        s.counts_quantity AS countsQuantity, s.family, ${text('provider')} AS provider, ${text('model')} AS model,
        s.meter, ${text('variant')} AS variant, s.mode, s.term, ${text('region')} AS region,
        s.region_tier AS regionTier, s.context_band AS contextBand, s.multiplier,
        ${text('usage_type')} AS usageType, ${text('service')} AS service, ${text('unit')} AS unit
        FROM line_series AS s WHERE `),
      where.series,
    ],
    '',
  );
  return db.prepare(statement.text).all(...statement.values) as VarianceSeries[];
}

/** Deliveries that are active now, with the column of their lines that adds up to the invoice. */
export function invoicedColumns(db: Db): Map<number, 'unblended' | 'netUnblended'> {
  const rows = db
    .prepare<[], { id: number; basis: 'unblended' | 'netUnblended' }>(
      'SELECT id, invoice_basis AS basis FROM delivery WHERE active = 1',
    )
    .all();
  return new Map(rows.map(({ id, basis }) => [id, basis]));
}

/** id, series, delivery, first day, last day, billed quantity, unblended, net unblended, list as stated, catalog low, high, contract low, high. */
export type VarianceLine = readonly [
  id: number,
  series: number,
  delivery: number,
  day: number,
  lastDay: number,
  quantity: number | null,
  unblended: number,
  netUnblended: number | null,
  stated: number | null,
  low: number | null,
  high: number | null,
  contractLow: number | null,
  contractHigh: number | null,
];

/** Lines read between two pauses: about 20 ms. */
const LINES_A_PORTION = 10_000;

/** Where the lines of the deliveries within a period are, in short portions. */
export function varianceRanges(
  db: Db,
  deliveries: readonly number[],
  period: VarianceSelection['period'],
): LineRange[] {
  const [from, to] = period === null ? [FIRST_DAY, LAST_DAY] : [dayNumber(period.from), dayNumber(period.to)];
  return db
    .prepare<[string, number, number], Bounds>(
      `SELECT delivery_id AS deliveryId, MIN(id) AS first, MAX(id) AS last FROM line_item
       WHERE delivery_id IN (SELECT value FROM json_each(?)) AND day BETWEEN ? AND ? GROUP BY delivery_id`,
    )
    .all(JSON.stringify(deliveries), from, to)
    .flatMap((bounds) => portionsOf(bounds, LINES_A_PORTION));
}

/** The lines of a range, in the order of the file: by an index SQLite would read the whole delivery for every range. */
export function varianceLines(db: Db, selection: VarianceSelection, range: LineRange): VarianceLine[] {
  const where = conditions(db, { ...selection, scope: 'bedrock' });
  const statement = join(
    [
      sql(
        `SELECT f.id, f.series_id, f.delivery_id, f.day, MAX(f.day, (f.end_second - 1) / 86400), f.quantity,
          f.unblended, f.net_unblended, f.list, f.catalog_low, f.catalog_high, f.contract_low, f.contract_high
        FROM line_item AS f NOT INDEXED WHERE f.id BETWEEN ? AND ? AND f.delivery_id = ? AND `,
        range.from,
        range.to,
        range.deliveryId,
      ),
      where.fact,
    ],
    '',
  );
  return db
    .prepare(statement.text)
    .raw()
    .all(...statement.values) as unknown as VarianceLine[];
}

/** Why prices of series are ranges or missing, by series, on the days they hold; series with one plain price are left out. */
export type PriceReason = {
  readonly fromDay: number;
  readonly toDay: number;
  readonly rangeReason: 'tier' | 'price_change_in_span' | null;
  readonly missingReason: string | null;
};

export function priceReasons(db: Db): Map<number, PriceReason[]> {
  const rows = db
    .prepare<[], PriceReason & { readonly series: number }>(
      `SELECT series_id AS series, from_day AS fromDay, to_day AS toDay, range_reason AS rangeReason,
         missing_reason AS missingReason
       FROM series_price WHERE range_reason IS NOT NULL OR missing_reason IS NOT NULL ORDER BY series_id, from_day`,
    )
    .all();
  return Map.groupBy(rows, ({ series }) => series);
}
