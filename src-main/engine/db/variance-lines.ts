// Reads single usage lines with what they were invoiced at, their catalog amount and the reason where there is none.
import type { PriceKey } from '../../../shared/domain/pricing/price.ts';
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Db } from './open.ts';
import { conditions } from './spend.ts';
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

/** Up to `limit` lines of the deliveries, in the order of their ids, after one id. */
export function varianceLines(
  db: Db,
  selection: VarianceSelection,
  deliveries: readonly number[],
  afterId: number,
  limit: number,
): VarianceLine[] {
  const where = conditions(db, { ...selection, scope: 'bedrock' });
  const statement = join(
    [
      sql(
        `SELECT f.id, f.series_id, f.delivery_id, f.day, MAX(f.day, (f.end_second - 1) / 86400), f.quantity,
          f.unblended, f.net_unblended, f.list, f.catalog_low, f.catalog_high, f.contract_low, f.contract_high
        FROM line_item AS f WHERE f.id > ? AND f.delivery_id IN (SELECT value FROM json_each(?)) AND `,
        afterId,
        JSON.stringify(deliveries),
      ),
      where.fact,
      sql(' ORDER BY f.id LIMIT ?', limit),
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
