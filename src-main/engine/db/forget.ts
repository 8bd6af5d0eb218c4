// Forgetting a payer or a period for good: every row, text and raw record of it goes, and the file is written anew.
import { inflateRawSync } from 'node:zlib';
import { dropDailyBackups } from './backups.ts';
import { removeUnusedSeries } from './batches.ts';
import { removeUnusedTexts } from './dictionaries.ts';
import { reportOf } from './forget-report.ts';
import type { Db } from './open.ts';
import { blockOf, unpackRecords } from './raw-records.ts';
import { keepSetting, setting } from './settings.ts';

export type ForgetScope = {
  readonly payer: string;
  /** Null: every period of the payer. */
  readonly period: string | null;
};

export type Forgettable = {
  readonly deliveries: number;
  readonly lineItems: number;
  readonly figures: number;
  readonly restatements: number;
  readonly statements: number;
  readonly billWords: number;
};

const IN_SCOPE = 'payer = @payer AND (@period IS NULL OR period = @period)';

/** Imports that wait for a decision. */
export function stagedImports(db: Db): number {
  return Number(db.prepare(`SELECT COUNT(*) FROM import_batch WHERE state = 'staged'`).pluck().get());
}

/** What forgetting deletes: deliveries that answer now and those kept for undo, with everything typed for them. */
export function forgettable(db: Db, scope: ForgetScope): Forgettable {
  const rows = (table: string, lines: string): string => `
    SELECT ${lines} FROM delivery JOIN ${table} AS part ON part.delivery_id = delivery.id WHERE ${IN_SCOPE}`;
  return db
    .prepare<[ForgetScope], Forgettable>(
      `SELECT (SELECT COUNT(*) FROM delivery WHERE ${IN_SCOPE}) AS deliveries,
         (${rows('line_item', 'COUNT(*)')}) + (${rows('rollup', 'COALESCE(SUM(part.line_items), 0)')}) AS lineItems,
         (SELECT COUNT(*) FROM invoice_figure WHERE ${IN_SCOPE}) AS figures,
         (SELECT COUNT(*) FROM restatement WHERE ${IN_SCOPE}) AS restatements,
         (SELECT COUNT(*) FROM statement WHERE ${IN_SCOPE}) AS statements,
         (SELECT COUNT(*) FROM bill_label WHERE ${IN_SCOPE}) AS billWords`,
    )
    .get(scope) as Forgettable;
}

/** Held while a scope is being forgotten, so that the next start can say that it was not. */
const BEGUN = 'forgetting';
/** Held from the deletion until the file is written anew; it names nobody. */
const DELETED = 'forgotten';

/**
 * Deletes in one transaction, overwriting what it deletes, then writes the file anew. Killed before the end, the
 * workspace is as before or without the scope, and the next start says which. A sentence where the old pages are still
 * in the file, null otherwise.
 */
export function forget(db: Db, scope: ForgetScope, at: string): string | null {
  keepSetting(db, BEGUN, JSON.stringify({ ...scope, at }));
  db.pragma('secure_delete = ON');
  // With keys on, each text deleted would be looked for in every series. They are checked as a whole at the end.
  db.pragma('foreign_keys = OFF');
  try {
    db.transaction(() => {
      deleteScope(db, scope);
      keepSetting(db, BEGUN, null);
      keepSetting(db, DELETED, at);
      const [broken] = db.pragma('foreign_key_check') as { table: string }[];
      if (broken !== undefined)
        throw new Error(`Forgetting would leave rows of ${broken.table} without their owner.`);
    })();
  } catch (error) {
    keepSetting(db, BEGUN, null);
    throw error;
  } finally {
    db.pragma('foreign_keys = ON');
  }
  return writeAnew(db);
}

const WAITS_FOR_READERS =
  'Another program still reads the old state: it is gone from the disk once that program closes the workspace.';

/** The deletion stands whatever comes of this: what it could not do, the next start does. */
function writeAnew(db: Db): string | null {
  try {
    if (!db.memory) dropDailyBackups(db.name);
    db.exec('VACUUM');
    const [checkpoint] = db.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[];
    if (checkpoint?.busy === 1) return WAITS_FOR_READERS;
    keepSetting(db, DELETED, null);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return `It is deleted, but the workspace file could not be written anew (${reason}), so that old bytes may remain in it or in backups beside it. Make room on the disk and open the workspace again: that finishes it.`;
  }
}

/** Goes on where a process died while it forgot something. A sentence that says what came of it, where that was. */
export function finishForgetting(db: Db): string[] {
  const said: string[] = [];
  const begun = setting(db, BEGUN);
  if (begun !== null) {
    const { payer, period, at } = JSON.parse(begun) as ForgetScope & { at: string };
    keepSetting(db, BEGUN, null);
    said.push(
      `Forgetting payer ${payer}${period === null ? '' : `, ${period},`} was begun at ${at} and not done: everything of it is still held. Forget it again.`,
    );
  }
  const deleted = setting(db, DELETED);
  if (deleted !== null && writeAnew(db) === null)
    said.push(`What was forgotten at ${deleted} is gone, and the workspace file is written anew now.`);
  return said;
}

function deleteScope(db: Db, scope: ForgetScope): void {
  const deliveries = db.prepare(`SELECT id FROM delivery WHERE ${IN_SCOPE}`).pluck().all(scope) as number[];
  const files = filesOf(db, deliveries);
  deleteDeliveries(db, deliveries);
  for (const file of files) trimFile(db, file);
  trimBatches(db, [...new Set(files.map(({ batchId }) => batchId))]);
  db.prepare(`DELETE FROM invoice_figure WHERE ${IN_SCOPE}`).run(scope);
  db.prepare(`DELETE FROM restatement WHERE ${IN_SCOPE}`).run(scope);
  db.prepare(`DELETE FROM bill_label WHERE ${IN_SCOPE}`).run(scope);
  deleteStatements(db, scope);
  removeUnusedSeries(db, 0);
  for (const table of ['series_rule', 'series_to_price'])
    db.prepare(`DELETE FROM ${table} WHERE series_id NOT IN (SELECT id FROM line_series)`).run();
  removeUnusedTexts(db);
}

/** Statements of the scope, and adjustments of its months in later statements: forgetting is the one thing that takes them. */
function deleteStatements(db: Db, scope: ForgetScope): void {
  db.prepare(
    `DELETE FROM statement_line WHERE statement_id IN (SELECT id FROM statement WHERE payer = @payer)
       AND (@period IS NULL OR for_period = @period
         OR statement_id IN (SELECT id FROM statement WHERE ${IN_SCOPE}))`,
  ).run(scope);
  db.prepare(`DELETE FROM statement WHERE ${IN_SCOPE}`).run(scope);
}

type TouchedFile = { readonly id: number; readonly batchId: number };

function filesOf(db: Db, deliveries: readonly number[]): TouchedFile[] {
  return db
    .prepare<[string], TouchedFile>(
      `SELECT DISTINCT file.id, file.batch_id AS batchId FROM file_total AS total
       JOIN source_file AS file ON file.id = total.file_id
       WHERE total.delivery_id IN (SELECT value FROM json_each(?))`,
    )
    .all(JSON.stringify(deliveries));
}

function deleteDeliveries(db: Db, deliveries: readonly number[]): void {
  for (const table of ['line_item', 'daily', 'rollup', 'rollup_line', 'claimed_rollup', 'file_total']) {
    const remove = db.prepare(`DELETE FROM ${table} WHERE delivery_id = ?`);
    for (const id of deliveries) remove.run(id);
  }
  const remove = db.prepare('DELETE FROM delivery WHERE id = ?');
  for (const id of deliveries) remove.run(id);
}

/** Rejected rows do not say whose they are: they go with the file's first forgotten delivery. */
function trimFile(db: Db, { id, batchId }: TouchedFile): void {
  db.prepare('DELETE FROM rejected_row WHERE file_id = ?').run(id);
  const remains = db.prepare('SELECT EXISTS (SELECT 1 FROM file_total WHERE file_id = ?)').pluck().get(id);
  if (remains === 0) {
    db.prepare('DELETE FROM raw_block WHERE file_id = ?').run(id);
    db.prepare('DELETE FROM source_file WHERE id = ?').run(id);
  } else {
    trimRawBlocks(db, id, batchId);
  }
}

/** Packs the blocks of a file anew with the records of the lines that stay. */
function trimRawBlocks(db: Db, file: number, batchId: number): void {
  const staying = new Set(
    db
      .prepare<[number, number], number>(
        `SELECT line.record_number FROM delivery JOIN line_item AS line ON line.delivery_id = delivery.id
         WHERE delivery.batch_id = ? AND line.file_id = ?`,
      )
      .pluck()
      .all(batchId, file),
  );
  const blocks = db
    .prepare<[number], { id: number; records: Buffer }>('SELECT id, records FROM raw_block WHERE file_id = ?')
    .all(file);
  const update = db.prepare('UPDATE raw_block SET records = ? WHERE id = ?');
  const remove = db.prepare('DELETE FROM raw_block WHERE id = ?');
  for (const { id, records } of blocks) {
    const kept = unpackRecords(inflateRawSync(records)).filter(({ record }) => staying.has(record));
    if (kept.length === 0) remove.run(id);
    else update.run(blockOf(kept), id);
  }
}

/** Batches that hold nothing any more go; the others keep a report of what is left. */
function trimBatches(db: Db, batches: readonly number[]): void {
  const isEmpty = db.prepare('SELECT NOT EXISTS (SELECT 1 FROM delivery WHERE batch_id = ?)').pluck();
  for (const batch of batches) {
    if (isEmpty.get(batch) === 1) {
      for (const table of ['account_name', 'rejected_row', 'source_file'])
        db.prepare(`DELETE FROM ${table} WHERE batch_id = ?`).run(batch);
      db.prepare('DELETE FROM import_batch WHERE id = ?').run(batch);
      continue;
    }
    db.prepare('UPDATE import_batch SET report = ? WHERE id = ?').run(reportOf(db, batch), batch);
    db.prepare(
      `DELETE FROM account_name WHERE batch_id = ? AND account NOT IN (
         SELECT series.account FROM line_series AS series WHERE series.account IS NOT NULL AND series.id IN (
           SELECT series_id FROM daily WHERE batch_id = account_name.batch_id
           UNION SELECT series_id FROM rollup WHERE batch_id = account_name.batch_id))`,
    ).run(batch);
  }
}
