// Issued statements: lines as they were published, never changed; and the shares of a bill as they are held now.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Share } from '../../../shared/domain/ledger/close.ts';
import type { Db } from './open.ts';
import { FACT_TABLES, type FactTable, factTables, needsEveryLine } from './spend.ts';
import { dimensionSql } from './spend-filter.ts';

export type StatementLine = Share & {
  /** The month the amount belongs to: the statement's own, or a closed one that changed. */
  readonly forPeriod: string;
  readonly dimension: string;
};

export type Statement = {
  readonly id: number;
  readonly payer: string;
  readonly period: string;
  readonly dimension: string;
  readonly issuedAt: string;
  readonly note: string;
  /** Why it was issued although something was open; null where nothing was. */
  readonly accepted: string | null;
  /** JSON: what was known when it was issued. */
  readonly evidence: string;
};

const STATEMENT = `
  SELECT id, payer, period, dimension, issued_at AS issuedAt, note, accepted, evidence FROM statement`;

/** Newest period first. */
export function statements(db: Db): Statement[] {
  return db.prepare<[], Statement>(`${STATEMENT} ORDER BY period DESC, payer`).all();
}

export function statementOf(db: Db, payer: string, period: string): Statement | null {
  const find = db.prepare<[string, string], Statement>(`${STATEMENT} WHERE payer = ? AND period = ?`);
  return find.get(payer, period) ?? null;
}

export function linesOf(db: Db, statementId: number): StatementLine[] {
  return db
    .prepare<[number], StatementLine>(
      `SELECT for_period AS forPeriod, dimension, line_class AS lineClass, key, currency, amount,
         line_items AS lineItems
       FROM statement_line WHERE statement_id = ? ORDER BY for_period DESC, line_class, amount DESC, rowid`,
    )
    .all(statementId);
}

export type NewStatement = Omit<Statement, 'id'> & { readonly lines: readonly StatementLine[] };

/** Writes statements with their lines, all or none. */
export function issueStatements(db: Db, issued: readonly NewStatement[]): void {
  const add = db.prepare(
    `INSERT INTO statement (payer, period, dimension, issued_at, note, accepted, evidence)
     VALUES (@payer, @period, @dimension, @issuedAt, @note, @accepted, @evidence)`,
  );
  const addLine = db.prepare(
    `INSERT INTO statement_line (statement_id, for_period, dimension, line_class, key, currency, amount, line_items)
     VALUES (@statementId, @forPeriod, @dimension, @lineClass, @key, @currency, @amount, @lineItems)`,
  );
  db.transaction(() => {
    for (const { lines, ...statement } of issued) {
      const statementId = add.run(statement).lastInsertRowid;
      for (const line of lines) addLine.run({ ...line, statementId });
    }
  })();
}

/** What all statements of the payer say together about one month. */
export function issuedShares(db: Db, payer: string, forPeriod: string): Share[] {
  return db
    .prepare<[string, string], Share>(
      `SELECT line.line_class AS lineClass, line.key, line.currency, SUM(line.amount) AS amount,
         SUM(line.line_items) AS lineItems
       FROM statement JOIN statement_line AS line ON line.statement_id = statement.id
       WHERE statement.payer = ? AND line.for_period = ? GROUP BY 1, 2, 3`,
    )
    .all(payer, forPeriod);
}

/** The bill of a payer and period as it is held now, by a dimension; each delivery on its invoice basis. */
export function heldShares(db: Db, payer: string, period: string, dimension: string): Share[] {
  const { place, sql } = dimensionSql(db, dimension);
  if (place !== 'series') {
    throw new AssayError(
      'invalid_input',
      `A statement cannot be split by ${dimension}: choose what belongs to somebody, such as account, tag:<key> or costCategory:<name>.`,
      { dimension },
    );
  }
  const singly = needsEveryLine(db, { groupBy: [dimension], where: [] });
  const rows = (table: FactTable): string => `
    SELECT part.series_id, part.line_items,
      CASE delivery.invoice_basis WHEN 'netUnblended' THEN part.net_unblended ELSE part.unblended END AS amount
    FROM delivery JOIN ${FACT_TABLES[table]} AS part ON part.delivery_id = delivery.id
    WHERE delivery.active = 1 AND delivery.payer = ? AND delivery.period = ?`;
  const tables = factTables('all', 'daily', singly);
  return db
    .prepare<(string | number | null)[], Share>(
      `SELECT CASE s.line_class WHEN 'bedrock' THEN 'bedrock' ELSE 'other' END AS lineClass, ${sql.text} AS key,
         COALESCE(currency.text, '') AS currency, SUM(bill.amount) AS amount, SUM(bill.line_items) AS lineItems
       FROM (${tables.map(rows).join(' UNION ALL ')}) AS bill
       JOIN line_series AS s ON s.id = bill.series_id
       LEFT JOIN dim_currency AS currency ON currency.id = s.currency
       GROUP BY 1, 2, 3 ORDER BY 1, 4 DESC`,
    )
    .all(...sql.values, ...tables.flatMap(() => [payer, period]));
}

export type EvidenceFile = { readonly name: string; readonly sha256: string };

/** The files behind a payer's period, for the record. */
export function filesBehind(db: Db, payer: string, period: string): EvidenceFile[] {
  return db
    .prepare<[string, string], EvidenceFile>(
      `SELECT DISTINCT file.name, file.sha256 FROM delivery JOIN file_total AS total ON total.delivery_id = delivery.id
       JOIN source_file AS file ON file.id = total.file_id
       WHERE delivery.active = 1 AND delivery.payer = ? AND delivery.period = ? ORDER BY 1`,
    )
    .all(payer, period);
}

/** Rows of a payer's period's files that were rejected and are in no total. */
export function rejectedBehind(db: Db, payer: string, period: string): number {
  return Number(
    db
      .prepare(
        `SELECT COALESCE(SUM(rows_rejected), 0) FROM source_file WHERE id IN (
           SELECT total.file_id FROM delivery JOIN file_total AS total ON total.delivery_id = delivery.id
           WHERE delivery.active = 1 AND delivery.payer = ? AND delivery.period = ?)`,
      )
      .pluck()
      .get(payer, period),
  );
}

export type UnknownLines = { readonly lineItems: number; readonly series: number };

/** Bedrock usage of a payer's period whose kind or unit nobody could name. */
export function unknownBehind(db: Db, payer: string, period: string): UnknownLines {
  return db
    .prepare<[string, string], UnknownLines>(
      `SELECT COALESCE(SUM(part.line_items), 0) AS lineItems, COUNT(DISTINCT part.series_id) AS series
       FROM delivery JOIN daily AS part ON part.delivery_id = delivery.id
       JOIN line_series AS series ON series.id = part.series_id
       WHERE delivery.active = 1 AND delivery.payer = ? AND delivery.period = ? AND series.line_class = 'bedrock'
         AND series.is_usage = 1 AND (series.family = 'unknown'
           OR (series.meter IS NOT NULL AND series.counts_quantity = 1 AND series.base_unit IS NULL))`,
    )
    .get(payer, period) as UnknownLines;
}
