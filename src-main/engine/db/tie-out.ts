// What the files of the active deliveries state, beside what the workspace holds for them.
import type { Db } from './open.ts';

export type TieOut = {
  readonly batchId: number;
  readonly payer: string;
  readonly period: string;
  readonly billingEntity: string;
  readonly invoice: string | null;
  readonly currency: string;
  readonly chargeType: string;
  readonly fileRows: number;
  readonly fileUnblended: number;
  /** Σ|unblended| of the file's rows. */
  readonly absolute: number;
  readonly heldRows: number;
  readonly heldUnblended: number;
  readonly heldNetUnblended: number;
};

const KEYS = ['batch_id', 'payer', 'period', 'billing_entity', 'invoice', 'currency', 'charge_type'] as const;
const GROUPS = KEYS.map((_, index) => index + 1).join(', ');

/** Deliveries that answer, of one payer or period where they are named. */
const ASKED = `delivery.active = 1 AND (@payer IS NULL OR delivery.payer = @payer)
    AND (@period IS NULL OR delivery.period = @period)`;

const held = (table: string, rows: string): string => `
  SELECT delivery.batch_id, delivery.payer, delivery.period, delivery.billing_entity, invoice.text AS invoice,
    currency.text AS currency, COALESCE(kind.text, '') AS charge_type, ${rows} AS rows,
    SUM(part.unblended) AS unblended, SUM(part.net_unblended) AS net_unblended
  FROM delivery JOIN ${table} AS part ON part.delivery_id = delivery.id
  JOIN line_series AS series ON series.id = part.series_id
  JOIN dim_currency AS currency ON currency.id = series.currency
  LEFT JOIN dim_invoice AS invoice ON invoice.id = series.invoice
  LEFT JOIN dim_charge_type AS kind ON kind.id = series.charge_type
  WHERE ${ASKED} GROUP BY ${GROUPS}`;

const TIE_OUT = `
  WITH stated AS (
    SELECT delivery.batch_id, delivery.payer, delivery.period, delivery.billing_entity, total.invoice, total.currency,
      total.charge_type, SUM(total.rows) AS rows, SUM(total.unblended) AS unblended, SUM(total.absolute) AS absolute
    FROM delivery JOIN file_total AS total ON total.delivery_id = delivery.id
    WHERE ${ASKED} GROUP BY ${GROUPS}),
  held AS (
    SELECT ${KEYS.join(', ')}, SUM(rows) AS rows, SUM(unblended) AS unblended, SUM(net_unblended) AS net_unblended
    FROM (${held('line_item', 'COUNT(*)')} UNION ALL ${held('rollup', 'SUM(part.line_items)')})
    GROUP BY ${GROUPS})
  SELECT COALESCE(stated.batch_id, held.batch_id) AS batchId,
    COALESCE(stated.payer, held.payer) AS payer,
    COALESCE(stated.period, held.period) AS period,
    COALESCE(stated.billing_entity, held.billing_entity) AS billingEntity,
    COALESCE(stated.invoice, held.invoice) AS invoice,
    COALESCE(stated.currency, held.currency) AS currency,
    COALESCE(stated.charge_type, held.charge_type) AS chargeType,
    COALESCE(stated.rows, 0) AS fileRows, COALESCE(stated.unblended, 0) AS fileUnblended,
    COALESCE(stated.absolute, 0) AS absolute,
    COALESCE(held.rows, 0) AS heldRows, COALESCE(held.unblended, 0) AS heldUnblended,
    COALESCE(held.net_unblended, 0) AS heldNetUnblended
  FROM stated FULL JOIN held ON ${KEYS.map((key) => `held.${key} IS stated.${key}`).join(' AND ')}
  ORDER BY ${GROUPS}`;

export type TieOutScope = { readonly payer: string | null; readonly period: string | null };

/** One row a batch, payer, period, billing entity, invoice, currency and charge type; null asks for all. */
export function tieOut(db: Db, scope: TieOutScope): TieOut[] {
  return db.prepare<[TieOutScope], TieOut>(TIE_OUT).all(scope);
}
