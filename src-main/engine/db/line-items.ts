// Lists single billing lines: which match a question, in which order, and what is known of each.
import type { Output } from '../../../shared/contract/methods.ts';
import type { ContractUnknownReason } from '../../../shared/domain/pricing/contract-price.ts';
import type { Filter, Period, Scope } from '../../../shared/domain/spend/vocabulary.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Db } from './open.ts';
import { holdsEveryLine, RECORDS_A_FILE, ROLLUP_LINES_LISTED, ROLLUP_LINES_PRICED } from './rollup-lines.ts';
import { conditions, FACT_TABLES, lineOnlyDimensions } from './spend.ts';
import { join, type Sql, sql } from './spend-filter.ts';

export type LineItem = Output<'spend.lineItems'>['rows'][number];

export type LineItemsQuestion = {
  readonly where: readonly Filter[];
  readonly period: Period | null;
  readonly scope: Scope;
  readonly sort: { readonly by: 'start' | 'unblended' | 'quantity'; readonly descending: boolean } | null;
};

/** Missing values last in both directions; equal ones in the order of the import, so that pages agree. */
const ORDER = {
  start: 'f.start_second',
  unblended: 'f.unblended',
  quantity: 'f.quantity',
} as const;

const COLUMNS = `id, file_id, record_number, series_id, delivery_id, batch_id, day, start_second, end_second, quantity,
  unblended, net_unblended, amortized, net_amortized, list, contracted_stated, catalog_low, catalog_high, contract_low,
  contract_high`;

/** The tables with single lines, kept or behind sums, and those with sums of lines that are not held. Ids never meet. */
const LISTED = {
  kept: 'line_item',
  all: `(SELECT ${COLUMNS} FROM line_item UNION ALL
    SELECT ${COLUMNS} FROM (${ROLLUP_LINES_LISTED}))`,
} as const;
const SUMMED = {
  kept: { ours: FACT_TABLES.claimed_rollup, others: FACT_TABLES.rollup },
  all: { ours: FACT_TABLES.claimed_rollup_only, others: FACT_TABLES.rollup_only },
} as const;

const heldLines = (db: Db): keyof typeof LISTED => (holdsEveryLine(db) ? 'all' : 'kept');

function matching(db: Db, question: LineItemsQuestion, selected: string, table: string): Sql {
  const where = conditions(db, question);
  return join(
    [
      sql('WITH series AS MATERIALIZED (SELECT s.id FROM line_series AS s WHERE '),
      where.series,
      sql(`) SELECT ${selected} FROM ${table} AS f
        JOIN series AS s ON s.id = f.series_id WHERE `),
      where.fact,
    ],
    '',
  );
}

export function countLineItems(db: Db, question: LineItemsQuestion): { listed: number; summed: number } {
  const lines = heldLines(db);
  const listed = matching(db, question, 'COUNT(*)', LISTED[lines]);
  const count = (statement: Sql): number =>
    Number(
      db
        .prepare(statement.text)
        .pluck()
        .get(...statement.values),
    );
  const { ours, others } = SUMMED[lines];
  const sums = question.scope === 'bedrock' ? [ours] : [ours, others];
  const summed = sums.map((table) => count(matching(db, question, 'coalesce(SUM(f.line_items), 0)', table)));
  return { listed: count(listed), summed: sumOf(summed) };
}

/**
 * Line items that a rule made Bedrock's and that are held only as sums without labels, as far as other conditions than
 * those on labels tell. Sums of AI-adjacent services have their labels.
 */
export function claimedWithoutLabels(
  db: Db,
  question: Pick<LineItemsQuestion, 'where' | 'period' | 'scope'>,
): number {
  const labels = new Set(lineOnlyDimensions({ groupBy: [], where: question.where }));
  const where = question.where.filter(({ dimension }) => !labels.has(dimension));
  const claimed = `SELECT series_id FROM series_rule WHERE json_extract(bundled, '$.lineClass') = 'other'`;
  const statement = matching(
    db,
    { ...question, where, sort: null },
    `coalesce(SUM(CASE WHEN f.series_id IN (${claimed}) THEN f.line_items END), 0)`,
    FACT_TABLES.claimed_rollup_only,
  );
  return Number(
    db
      .prepare(statement.text)
      .pluck()
      .get(...statement.values),
  );
}

/** Ids of the matching lines in order; without a page, of all of them. */
export function lineItemIds(
  db: Db,
  question: LineItemsQuestion,
  page: { readonly offset: number; readonly limit: number } | null,
): number[] {
  const { sort } = question;
  const order =
    sort === null ? 'f.id' : `${ORDER[sort.by]} ${sort.descending ? 'DESC' : 'ASC'} NULLS LAST, f.id`;
  const statement = join(
    [
      matching(db, question, 'f.id', LISTED[heldLines(db)]),
      sql(` ORDER BY ${order} LIMIT ? OFFSET ?`, page?.limit ?? -1, page?.offset ?? 0),
    ],
    '',
  );
  return db
    .prepare(statement.text)
    .pluck()
    .all(...statement.values) as number[];
}

const DICTIONARY_COLUMNS = {
  account: 'account',
  payer: 'payer',
  service: 'service',
  usageType: 'usage_type',
  operation: 'operation',
  chargeType: 'charge_type',
  billingEntity: 'billing_entity',
  region: 'region',
  resource: 'resource',
  provider: 'provider',
  model: 'model',
  variant: 'variant',
  unit: 'unit',
  currency: 'currency',
} as const satisfies Partial<Record<keyof LineItem, string>>;

const utc = (second: string): string => `strftime('%Y-%m-%dT%H:%M:%SZ', ${second}, 'unixepoch')`;

const LINE_SQL = `
  SELECT l.id, ${utc('l.start_second')} AS start, ${utc('l.end_second')} AS "end",
    ${Object.entries(DICTIONARY_COLUMNS)
      .map(([name, column]) => `(SELECT text FROM dim_${column} WHERE id = s.${column}) AS ${name}`)
      .join(', ')},
    s.family, s.meter, s.mode, s.term, s.region_tier AS regionTier, s.context_band AS contextBand,
    l.quantity, CASE WHEN s.counts_quantity = 1 THEN l.quantity * s.multiplier END AS normalizedQuantity,
    CASE WHEN s.counts_quantity = 1 THEN s.base_unit END AS normalizedUnit,
    l.unblended, l.net_unblended AS netUnblended, l.amortized, l.net_amortized AS netAmortized, l.list,
    l.contracted_stated AS contractedStated,
    l.catalog_low AS catalogListLow, l.catalog_high AS catalogListHigh,
    l.contract_low AS contractedLow, l.contract_high AS contractedHigh,
    file.name AS file, l.record_number AS recordNumber
  FROM %lines AS l
  JOIN line_series AS s ON s.id = l.series_id
  JOIN source_file AS file ON file.id = l.file_id
  WHERE l.id IN (SELECT value FROM json_each(?))`;

/** The lines of these ids, of whichever table. */
const LINES_BY_ID = [
  LINE_SQL.replace('%lines', 'line_item'),
  LINE_SQL.replace('%lines', `(${ROLLUP_LINES_PRICED})`),
].join(' UNION ALL ');

/** The lines of these ids, in their order; ids that are no longer held are left out. */
export function lineItemsById(db: Db, ids: readonly number[]): LineItem[] {
  const asked = JSON.stringify(ids);
  const rows = db.prepare(LINES_BY_ID).all(asked, asked) as LineItem[];
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}

/** What the detail of a line needs besides the line itself. */
export type LineFacts = {
  readonly fileId: number;
  readonly recordNumber: number;
  /** The series that prices and rules are held for. */
  readonly seriesId: number;
  readonly day: number;
  readonly lastDay: number;
  readonly ruleId: string | null;
  readonly countsQuantity: number;
  readonly multiplier: number | null;
};

/** null when no active delivery has a line of that id. */
export function lineFacts(db: Db, id: number): LineFacts | null {
  const found = db
    .prepare(
      `SELECT l.file_id AS fileId, l.record_number AS recordNumber, coalesce(s.summed_as, s.id) AS seriesId, l.day,
         max(l.day, (l.end_second - 1) / 86400) AS lastDay, s.rule_id AS ruleId,
         s.counts_quantity AS countsQuantity, s.multiplier
       FROM ${id < RECORDS_A_FILE ? 'line_item' : `(${ROLLUP_LINES_LISTED})`} AS l
       JOIN line_series AS s ON s.id = l.series_id
       WHERE l.id = ? AND l.delivery_id IN (SELECT id FROM delivery WHERE active = 1)`,
    )
    .get(id) as LineFacts | undefined;
  return found ?? null;
}

export type SeriesPriceRow = {
  readonly fromDay: number;
  readonly toDay: number;
  readonly status: 'priced' | 'missing';
  readonly low: number | null;
  readonly high: number | null;
  readonly rangeReason: string | null;
  readonly missingReason: string | null;
  readonly priceIds: readonly string[];
  /** Why the contract rates of these days give no price; null where they do, or where there are none. */
  readonly contractReason: ContractUnknownReason | null;
  /** Numbers of the contract rates in use that are for the series. */
  readonly overrideNumbers: readonly number[];
};

/** The prices that hold for a series on any of the days from `fromDay` to `toDay`. */
export function seriesPrices(db: Db, seriesId: number, fromDay: number, toDay: number): SeriesPriceRow[] {
  const rows = db
    .prepare(
      `SELECT from_day AS fromDay, to_day AS toDay, status, usd_per_unit_low AS low, usd_per_unit_high AS high,
         range_reason AS rangeReason, missing_reason AS missingReason, price_ids AS priceIds, contract_reason AS contractReason,
         override_numbers AS overrideNumbers
       FROM series_price WHERE series_id = ? AND from_day <= ? AND to_day >= ? ORDER BY from_day`,
    )
    .all(seriesId, toDay, fromDay) as (Omit<SeriesPriceRow, 'priceIds' | 'overrideNumbers'> & {
    priceIds: string;
    overrideNumbers: string;
  })[];
  return rows.map(({ priceIds, overrideNumbers, ...row }) => ({
    ...row,
    priceIds: JSON.parse(priceIds) as string[],
    overrideNumbers: JSON.parse(overrideNumbers) as number[],
  }));
}
