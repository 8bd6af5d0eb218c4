// What the active deliveries cover: files and parts, invoices, days and accounts with usage.
import type { Db } from './open.ts';

export type CoveredEntity = {
  readonly deliveryId: number;
  readonly batchId: number;
  readonly importedAt: string;
  readonly payer: string;
  readonly kind: string;
  readonly report: string;
  readonly period: string;
  readonly billingEntity: string;
  readonly estimated: number;
  readonly everyLine: number;
  /** JSON arrays. */
  readonly capabilities: string;
  readonly invoices: string;
  readonly parts: string;
  readonly files: number;
  readonly rows: number;
};

/** One row a delivery: a billing entity of one export of one payer and period; newest period first. */
export function coveredEntities(db: Db): CoveredEntity[] {
  return db
    .prepare<[], CoveredEntity>(
      `SELECT delivery.id AS deliveryId, delivery.batch_id AS batchId,
         COALESCE(batch.committed_at, batch.started_at) AS importedAt, delivery.payer, delivery.kind, delivery.report,
         delivery.period, delivery.billing_entity AS billingEntity, delivery.estimated, delivery.capabilities,
         delivery.every_line AS everyLine,
         (SELECT json_group_array(DISTINCT total.invoice) FROM file_total AS total
          WHERE total.delivery_id = delivery.id AND total.invoice IS NOT NULL) AS invoices,
         (SELECT json_group_array(DISTINCT file.part) FROM file_total AS total JOIN source_file AS file
          ON file.id = total.file_id WHERE total.delivery_id = delivery.id AND file.part IS NOT NULL) AS parts,
         (SELECT COUNT(DISTINCT total.file_id) FROM file_total AS total WHERE total.delivery_id = delivery.id) AS files,
         (SELECT COALESCE(SUM(total.rows), 0) FROM file_total AS total WHERE total.delivery_id = delivery.id) AS rows
       FROM delivery JOIN import_batch AS batch ON batch.id = delivery.batch_id
       WHERE delivery.active = 1
       ORDER BY delivery.period DESC, delivery.payer, delivery.report, delivery.billing_entity`,
    )
    .all();
}

const USAGE_DAYS = (table: string): string => `
  SELECT part.day, series.account, part.line_items
  FROM delivery JOIN ${table} AS part ON part.delivery_id = delivery.id
  JOIN line_series AS series ON series.id = part.series_id AND series.is_usage = 1
  WHERE delivery.active = 1 AND delivery.payer = @payer AND delivery.period = @period`;

const isoDay = (day: string): string => `date(${day} * 86400, 'unixepoch')`;

export type Scope = { readonly payer: string; readonly period: string };
export type AccountDay = { readonly account: string; readonly day: string; readonly lineItems: number };

/** Lines of usage an account and day; accounts without an id are ''. */
export function accountDays(db: Db, scope: Scope): AccountDay[] {
  return db
    .prepare<[Scope], AccountDay>(
      `SELECT COALESCE(account.text, '') AS account, ${isoDay('part.day')} AS day, SUM(part.line_items) AS lineItems
       FROM (${USAGE_DAYS('daily')} UNION ALL ${USAGE_DAYS('rollup')}) AS part
       LEFT JOIN dim_account AS account ON account.id = part.account
       GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    .all(scope);
}

/** Seconds since 1970 between which single lines of usage lie on a day; null where only daily sums are held. */
export function secondsOf(db: Db, scope: Scope, day: string): { first: number | null; last: number | null } {
  return db
    .prepare<[Scope & { day: string }], { first: number | null; last: number | null }>(
      `SELECT MIN(line.start_second) AS first, MAX(line.end_second) AS last
       FROM delivery JOIN line_item AS line ON line.delivery_id = delivery.id
         AND line.day = CAST(strftime('%s', @day) AS INTEGER) / 86400
       JOIN line_series AS series ON series.id = line.series_id AND series.is_usage = 1
       WHERE delivery.active = 1 AND delivery.payer = @payer AND delivery.period = @period`,
    )
    .get({ ...scope, day }) as { first: number | null; last: number | null };
}

/** Names of accounts as the active exports state them. */
export function accountNames(db: Db): Map<string, string> {
  const rows = db
    .prepare<[], { account: string; name: string }>(
      `SELECT account.text AS account, known.name FROM account_name AS known
       JOIN dim_account AS account ON account.id = known.account
       WHERE known.batch_id IN (SELECT batch_id FROM delivery WHERE active = 1) ORDER BY known.batch_id`,
    )
    .all();
  return new Map(rows.map(({ account, name }) => [account, name]));
}

/** Whether something of the payer is held before the period. */
export function holdsBefore(db: Db, { payer, period }: Scope): boolean {
  const found = db
    .prepare('SELECT EXISTS (SELECT 1 FROM delivery WHERE active = 1 AND payer = ? AND period < ?)')
    .pluck();
  return found.get(payer, period) === 1;
}
