// Discounts and credits spread over the usage they apply to: the factors of each delivery, and how sums take them on.
import {
  type SpreadBasis,
  type SpreadFactors,
  type SpreadLine,
  spreadFactors,
  spreadKey,
} from '../../../shared/domain/spend/spread.ts';
import { chargeTypeOf } from '../../../shared/domain/usage/charge-types.ts';
import type { Db } from './open.ts';
import { type Sql, sql } from './spend-filter.ts';

/** Columns of the fact tables that carry a spread basis. */
const COLUMN = {
  unblended: 'unblended',
  netUnblended: 'net_unblended',
  amortized: 'amortized',
  netAmortized: 'net_amortized',
} as const satisfies Record<SpreadBasis, string>;
export type SpreadColumn = (typeof COLUMN)[SpreadBasis];

/**
 * What a deduction and its usage share, once a series `s`; the delivery comes before it. Lines behind a sum take on what
 * the sum does, which has no product code.
 */
const PRODUCT = `coalesce(s.invoice, 0) || '/' || coalesce(s.account, 0) || '/'
  || coalesce(CASE WHEN s.summed_as IS NULL THEN s.product_code END, -s.service, 0)
  || '/' || coalesce(s.currency, 0)`;

/** Ids of the charge types that deduct: discounts and credits, whatever AWS calls them. */
function deductionTypes(db: Db): string {
  const types = db.prepare<[], { id: number; text: string }>('SELECT id, text FROM dim_charge_type').all();
  const ids = types
    .filter(({ text }) => ['discount', 'credit'].includes(chargeTypeOf(text).kind))
    .map(({ id }) => id);
  return JSON.stringify(ids);
}

const IS_DEDUCTION = 's.charge_type IN (SELECT value FROM json_each(?))';

type Row = Omit<SpreadLine, 'role'> & { readonly isDeduction: 0 | 1; readonly lineClass: string };

/** Sums of all deductions and of the usage that shares a product with one, over the deliveries that answer. */
function spreadLines(
  db: Db,
  facts: readonly string[],
  types: string,
): (SpreadLine & { lineClass: string })[] {
  const rows = db
    .prepare<[string, string], Row>(
      `WITH deducted (product) AS MATERIALIZED (SELECT DISTINCT ${PRODUCT} FROM line_series AS s WHERE ${IS_DEDUCTION}),
       series AS MATERIALIZED (
         SELECT s.id, s.line_class, ${PRODUCT} AS product, s.usage_type, ${IS_DEDUCTION} AS is_deduction, s.is_usage
         FROM line_series AS s WHERE ${PRODUCT} IN (SELECT product FROM deducted)),
       fact AS (${facts.map((table) => `SELECT * FROM ${table}`).join(' UNION ALL ')})
       SELECT f.delivery_id || '/' || s.product AS product, s.usage_type AS usageType, s.is_deduction AS isDeduction,
         s.line_class AS lineClass, SUM(f.unblended) AS unblended, SUM(f.net_unblended) AS netUnblended,
         SUM(f.amortized) AS amortized, SUM(f.net_amortized) AS netAmortized,
         SUM(CASE WHEN f.amortized IS NULL THEN f.unblended ELSE 0 END) AS amortizedOpen,
         SUM(CASE WHEN f.net_amortized IS NULL THEN f.unblended ELSE 0 END) AS netAmortizedOpen
       FROM fact AS f JOIN series AS s ON s.id = f.series_id
       WHERE (s.is_deduction OR s.is_usage = 1) AND f.delivery_id IN (SELECT id FROM delivery WHERE active = 1)
       GROUP BY 1, 2, 3, 4`,
    )
    .all(types, types);
  return rows.map(({ isDeduction, usageType, ...row }) => ({
    ...row,
    usageType: usageType === null ? null : String(usageType),
    role: isDeduction === 1 ? 'deduction' : 'usage',
  }));
}

/** What deductions of one delivery and class of lines come to, and how much of it is spread. */
export type Deducted = {
  readonly delivery: number;
  readonly currency: string;
  readonly lineClass: string;
  readonly amounts: Readonly<Record<SpreadBasis, number | null>>;
  readonly isSpread: boolean;
};

export type Spread = {
  /** The common table `spread`, to stand in a WITH clause: factors by key. */
  readonly table: Sql;
  /** Columns of the common table `series` that the joins go by. */
  readonly seriesColumns: Sql;
  readonly deducted: readonly Deducted[];
};

/** Currencies by the id that ends a `PRODUCT`. */
function currencyNames(db: Db): ReadonlyMap<string, string> {
  const rows = db.prepare<[], { id: number; text: string }>('SELECT id, text FROM dim_currency').all();
  return new Map(rows.map(({ id, text }) => [String(id), text]));
}

/** Factors over everything held that answers. `facts` are the tables with the lines' sums, each line in one of them. */
export function spreadOf(db: Db, facts: readonly string[]): Spread {
  const types = deductionTypes(db);
  const lines = spreadLines(db, facts, types);
  const factors = spreadFactors(lines);
  const currencies = currencyNames(db);
  const rows = [...factors].map(([key, one]: [string, SpreadFactors]) => [
    key,
    one.unblended,
    one.netUnblended,
    one.amortized,
    one.netAmortized,
  ]);
  return {
    table: sql(
      `spread (key, ${Object.values(COLUMN).join(', ')}) AS MATERIALIZED (
         SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4 FROM json_each(?)), `,
      JSON.stringify(rows),
    ),
    seriesColumns: sql(
      `CASE WHEN s.is_usage = 1 THEN ${PRODUCT} END AS spread_product,
       CASE WHEN s.is_usage = 1 THEN ${PRODUCT} || '/' || s.usage_type END AS spread_type,
       CASE WHEN ${IS_DEDUCTION} THEN ${PRODUCT} || coalesce('/' || s.usage_type, '') END AS spread_from, `,
      types,
    ),
    deducted: lines
      .filter(({ role }) => role === 'deduction')
      .map((line) => ({
        delivery: Number.parseInt(line.product, 10),
        currency: currencies.get(line.product.slice(line.product.lastIndexOf('/') + 1)) ?? 'unknown',
        lineClass: line.lineClass,
        amounts: line,
        isSpread: factors.has(spreadKey(line.product, line.usageType)),
      })),
  };
}

/** Joins of `fact AS f` and `series AS s` with the factors: a usage's product, its usage type, a deduction's own. */
export const SPREAD_JOINS = `
  LEFT JOIN spread AS own ON own.key = f.delivery_id || '/' || s.spread_product
  LEFT JOIN spread AS typed ON typed.key = f.delivery_id || '/' || s.spread_type
  LEFT JOIN spread AS gone ON gone.key = f.delivery_id || '/' || s.spread_from`;

/** The sum that a column's shares are in proportion to: unblended cost of the lines that state the column. */
const BASE: Readonly<Record<SpreadColumn, string>> = {
  unblended: 'f.unblended',
  net_unblended: 'f.unblended',
  amortized: '(f.unblended - coalesce(f.amortized_unstated, 0))',
  net_amortized: '(f.unblended - coalesce(f.net_amortized_unstated, 0))',
};

/** `amount`, a sum of the column, with the deductions it takes on; a deduction that was spread is nothing any more. */
export function withSpread(amount: string, column: SpreadColumn): string {
  return `(CASE WHEN gone.key IS NULL THEN ${amount} ELSE 0 END
    + ${BASE[column]} * (coalesce(own.${column}, 0) + coalesce(typed.${column}, 0)))`;
}

export const isSpreadColumn = (column: string): column is SpreadColumn =>
  (Object.values(COLUMN) as string[]).includes(column);
