// The life of an import batch: staging → staged → active → superseded, and how one disappears again.
import { setImmediate } from 'node:timers/promises';
import type { Db } from './open.ts';

export type BatchState = 'staging' | 'staged' | 'active' | 'superseded';

/** Rows deleted between two pauses. */
const ROWS_A_PORTION = 20_000;

export function batchState(db: Db, batchId: number): BatchState | null {
  const find = db.prepare<[number], BatchState>('SELECT state FROM import_batch WHERE id = ?').pluck();
  return find.get(batchId) ?? null;
}

/** The import is complete and waits for a decision. */
export function markStaged(db: Db, batchId: number, report: string): void {
  db.prepare(`UPDATE import_batch SET state = 'staged', report = ? WHERE id = ?`).run(report, batchId);
}

/** The report as it was kept when the batch was staged. */
export function storedReport(db: Db, batchId: number): string | null {
  const find = db.prepare<[number], string>('SELECT report FROM import_batch WHERE id = ?').pluck();
  return find.get(batchId) ?? null;
}

/**
 * The switch: the batch's deliveries become the ones that answer, those of the same payer × period stop to. One
 * small transaction. What it replaces is kept one step; the ids of batches that are no longer needed are returned.
 */
export function activateBatch(db: Db, batchId: number, committedAt: string): number[] {
  return db.transaction(() => {
    const replaced = db
      .prepare<[number], number>(
        `SELECT held.id FROM delivery AS held WHERE held.active = 1 AND EXISTS (
           SELECT 1 FROM delivery AS incoming
           WHERE incoming.batch_id = ? AND incoming.payer = held.payer AND incoming.period = held.period)`,
      )
      .pluck()
      .all(batchId);
    const retire = db.prepare('UPDATE delivery SET active = 0, superseded_by = ? WHERE id = ?');
    for (const delivery of replaced) retire.run(batchId, delivery);
    db.prepare('UPDATE delivery SET active = 1 WHERE batch_id = ?').run(batchId);
    db.prepare(`UPDATE import_batch SET state = 'active', committed_at = ? WHERE id = ?`).run(
      committedAt,
      batchId,
    );
    db.prepare(
      `UPDATE import_batch SET state = 'superseded' WHERE state = 'active'
         AND NOT EXISTS (SELECT 1 FROM delivery WHERE batch_id = import_batch.id AND active = 1)`,
    ).run();
    return batchesPastUndo(db);
  })();
}

/** Superseded batches none of whose deliveries was replaced by a batch that still answers: undo cannot reach them. */
function batchesPastUndo(db: Db): number[] {
  return db
    .prepare<[], number>(
      `SELECT id FROM import_batch WHERE state = 'superseded' AND NOT EXISTS (
         SELECT 1 FROM delivery JOIN import_batch AS newer ON newer.id = delivery.superseded_by
         WHERE delivery.batch_id = import_batch.id AND newer.state = 'active')`,
    )
    .pluck()
    .all();
}

/** Deletes a batch and all its rows, in short transactions; stops where the workspace is closed meanwhile. */
export async function removeBatch(db: Db, batchId: number): Promise<void> {
  for (const step of removal(db, batchId)) {
    step();
    await setImmediate();
    if (!db.open) return;
  }
}

/** The same without pauses, for the start of the program. */
export function removeBatchNow(db: Db, batchId: number): void {
  for (const step of removal(db, batchId)) step();
}

function* removal(db: Db, batchId: number): Generator<() => void> {
  // First out of sight, and sure to be swept at the next start if this is interrupted.
  yield () => {
    db.prepare(`UPDATE import_batch SET state = 'staging' WHERE id = ?`).run(batchId);
    db.prepare('UPDATE delivery SET active = 0 WHERE batch_id = ?').run(batchId);
  };
  for (const [table, owner] of OWNED_ROWS) {
    const remove = db.prepare<[number, number]>(
      `DELETE FROM ${table} WHERE rowid IN (
         SELECT ${table}.rowid FROM ${owner} JOIN ${table} ON ${table}.${owner === 'delivery' ? 'delivery_id' : 'file_id'} = ${owner}.id
         WHERE ${owner}.batch_id = ? LIMIT ?)`,
    );
    let removed = ROWS_A_PORTION;
    while (removed === ROWS_A_PORTION) {
      yield () => {
        removed = remove.run(batchId, ROWS_A_PORTION).changes;
      };
    }
  }
  yield () => removeBatchRecord(db, batchId);
}

const OWNED_ROWS = [
  ['line_item', 'delivery'],
  ['daily', 'delivery'],
  ['rollup', 'delivery'],
  ['raw_block', 'source_file'],
] as const;

function removeBatchRecord(db: Db, batchId: number): void {
  db.transaction(() => {
    const before = db
      .prepare<[number], number>('SELECT series_before FROM import_batch WHERE id = ?')
      .pluck()
      .get(batchId);
    db.prepare('DELETE FROM import_batch WHERE id = ?').run(batchId);
    if (before !== undefined) removeUnusedSeries(db, before);
  })();
}

function removeUnusedSeries(db: Db, before: number): void {
  const newest = db.prepare<[], number>('SELECT COALESCE(MAX(id), 0) FROM line_series').pluck().get() ?? 0;
  if (newest <= before) return;
  const unused = `> ? AND %id NOT IN (SELECT series_id FROM daily UNION SELECT series_id FROM rollup
    UNION SELECT series_id FROM line_item)`;
  for (const [table, id] of [
    ['series_price', 'series_id'],
    ['line_series', 'id'],
  ] as const) {
    db.prepare(`DELETE FROM ${table} WHERE ${id} ${unused.replace('%id', id)}`).run(before);
  }
}

/** Sweeps what a dead process left half done. Returns a sentence per swept import, for the user to read once. */
export function sweepUnfinished(db: Db): string[] {
  const left = db
    .prepare<[], { id: number; startedAt: string; files: number }>(
      `SELECT id, started_at AS startedAt, (SELECT COUNT(*) FROM source_file WHERE batch_id = import_batch.id) AS files
       FROM import_batch WHERE state IN ('staging', 'staged')`,
    )
    .all();
  for (const { id } of left) removeBatchNow(db, id);
  return left.map(
    ({ startedAt, files }) =>
      `The import started at ${startedAt} (${files} file${files === 1 ? '' : 's'} begun) was not finished. It was removed; the workspace is as it was before. Import the files again.`,
  );
}
