// What is held against what comes in: replacements by how much, the history and its rejected rows.
import type { Scope } from './differences.ts';
import type { Db } from './open.ts';

export type DeliverySummary = {
  readonly batchId: number;
  readonly payer: string;
  readonly kind: string;
  readonly report: string;
  readonly period: string;
  readonly currency: string;
  readonly rows: number;
  readonly unblended: number;
  readonly estimated: number;
  readonly importedAt: string;
};

/** Deliveries of some batches as their files state them, per payer, report, period and currency. */
const SUMMARY = `
  SELECT delivery.batch_id AS batchId, delivery.payer, delivery.kind, delivery.report, delivery.period,
    total.currency, SUM(total.rows) AS rows, SUM(total.unblended) AS unblended, MAX(delivery.estimated) AS estimated,
    COALESCE(batch.committed_at, batch.started_at) AS importedAt
  FROM delivery JOIN file_total AS total ON total.delivery_id = delivery.id
  JOIN import_batch AS batch ON batch.id = delivery.batch_id`;
const SUMMARY_GROUPS = `
  GROUP BY delivery.batch_id, delivery.payer, delivery.kind, delivery.report, delivery.period, total.currency
  ORDER BY delivery.payer, delivery.period, delivery.batch_id, total.currency`;

export function deliveriesOf(db: Db, batchId: number): DeliverySummary[] {
  return db
    .prepare<[number], DeliverySummary>(`${SUMMARY} WHERE delivery.batch_id = ? ${SUMMARY_GROUPS}`)
    .all(batchId);
}

/** Deliveries that the batch replaced when it was committed, as far as they are still there. */
export function replacedBy(db: Db, batchId: number): DeliverySummary[] {
  return db
    .prepare<[number], DeliverySummary>(`${SUMMARY} WHERE delivery.superseded_by = ? ${SUMMARY_GROUPS}`)
    .all(batchId);
}

/** Active deliveries of other batches whose payer and period the batch brings too. */
export function heldAgainst(db: Db, batchId: number): DeliverySummary[] {
  return db
    .prepare<[number], DeliverySummary>(
      `${SUMMARY} WHERE delivery.active = 1 AND EXISTS (
         SELECT 1 FROM delivery AS incoming WHERE incoming.batch_id = ?
           AND incoming.payer = delivery.payer AND incoming.period = delivery.period) ${SUMMARY_GROUPS}`,
    )
    .all(batchId);
}

/** Whether the two sides state the same rows and totals per billing entity, invoice and charge type. */
export function statesTheSameTotals(db: Db, scope: Scope, batchId: number, heldBatchId: number): boolean {
  const totals = `
    SELECT delivery.billing_entity, total.invoice, total.charge_type, SUM(total.rows), SUM(total.unblended)
    FROM delivery JOIN file_total AS total ON total.delivery_id = delivery.id
    WHERE delivery.batch_id = ? AND delivery.payer = ? AND delivery.period = ? AND total.currency = ?
    GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;
  const read = (batch: number): string =>
    JSON.stringify(db.prepare(totals).raw().all(batch, scope.payer, scope.period, scope.currency));
  return read(batchId) === read(heldBatchId);
}

export type HeldFile = { readonly sha256: string; readonly bytes: number };

/**
 * Files whose whole content answers questions now: of one that was forgotten in part, fewer rows are held than were
 * taken; and where a rule has claimed sums, only the file itself has the raw records of their lines. With `everyLine`
 * those that are held line by line.
 */
export function activeFiles(db: Db, everyLine: boolean): HeldFile[] {
  return db
    .prepare<[number], HeldFile>(
      `SELECT file.sha256, file.bytes FROM source_file AS file
       JOIN import_batch AS batch ON batch.id = file.batch_id
       WHERE batch.state = 'active'
         AND NOT EXISTS (
           SELECT 1 FROM delivery WHERE delivery.batch_id = batch.id AND (active = 0 OR every_line < ?
             OR id IN (SELECT delivery_id FROM claimed_rollup)))
         AND file.rows_kept + file.rows_rolled_up =
           (SELECT COALESCE(SUM(rows), 0) FROM file_total WHERE file_total.file_id = file.id)`,
    )
    .all(everyLine ? 1 : 0);
}

export type HistoryBatch = {
  readonly id: number;
  readonly state: 'staged' | 'active' | 'superseded';
  readonly importedAt: string;
  readonly report: string;
};

export function importHistory(db: Db): HistoryBatch[] {
  return db
    .prepare<[], HistoryBatch>(
      `SELECT id, state, COALESCE(committed_at, started_at) AS importedAt, report FROM import_batch
       WHERE state <> 'staging' ORDER BY id DESC LIMIT 10000`,
    )
    .all();
}

export type StoredRejectedRow = {
  readonly file: string;
  readonly line: number;
  readonly column: string | null;
  readonly reason: string;
  readonly text: string;
};

export function rejectedRows(db: Db, batchId: number, offset: number, limit: number): StoredRejectedRow[] {
  return db
    .prepare<[number, number, number], StoredRejectedRow>(
      `SELECT file.name AS file, row.line, row.column_name AS column, row.reason, row.text
       FROM rejected_row AS row JOIN source_file AS file ON file.id = row.file_id
       WHERE row.batch_id = ? ORDER BY row.id LIMIT ? OFFSET ?`,
    )
    .all(batchId, limit, offset);
}

export function rejectedRowCount(db: Db, batchId: number): number {
  const count = db.prepare<[number], number>('SELECT COUNT(*) FROM rejected_row WHERE batch_id = ?').pluck();
  return count.get(batchId) ?? 0;
}

export type ServiceMonth = {
  readonly service: string;
  readonly month: string;
  readonly currency: string;
  readonly unblended: number;
};

/** Unblended cost per service and month of use, taxes apart as Cost Explorer has them. */
export function heldByServiceAndMonth(db: Db, months: readonly string[]): ServiceMonth[] {
  const part = (table: string): string => `
    SELECT fact.day, fact.series_id, fact.unblended FROM ${table} AS fact
    JOIN delivery ON delivery.id = fact.delivery_id WHERE delivery.active = 1`;
  return db
    .prepare<[string], ServiceMonth>(
      `SELECT CASE kind.text WHEN 'Tax' THEN 'Tax' ELSE COALESCE(service.text, '') END AS service,
         strftime('%Y-%m', part.day * 86400, 'unixepoch') AS month, currency.text AS currency,
         SUM(part.unblended) AS unblended
       FROM (${part('daily')} UNION ALL ${part('rollup')}) AS part
       JOIN line_series AS series ON series.id = part.series_id
       JOIN dim_currency AS currency ON currency.id = series.currency
       LEFT JOIN dim_charge_type AS kind ON kind.id = series.charge_type
       LEFT JOIN dim_service AS service ON service.id = series.service
       WHERE month IN (SELECT value FROM json_each(?)) GROUP BY 1, 2, 3`,
    )
    .all(JSON.stringify(months));
}
