// The life of an import batch: staging → staged → active → superseded, and how one disappears again.
import { setImmediate } from 'node:timers/promises';
import type { Db } from './open.ts';
import { type Restatement, recordRestatement } from './restatements.ts';
import { rollupLineRanges } from './rollup-lines.ts';

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
 * small transaction; what it replaces is kept one step.
 */
export function activateBatch(
  db: Db,
  batchId: number,
  committedAt: string,
  restated: readonly Restatement[],
): void {
  db.transaction(() => {
    const { changes } = db
      .prepare(
        `UPDATE delivery AS held SET active = 0, superseded_by = @batchId WHERE held.active = 1 AND EXISTS (
         SELECT 1 FROM delivery AS incoming
         WHERE incoming.batch_id = @batchId AND incoming.payer = held.payer AND incoming.period = held.period)`,
      )
      .run({ batchId });
    db.prepare('UPDATE delivery SET active = 1 WHERE batch_id = ?').run(batchId);
    db.prepare(
      `UPDATE import_batch SET state = 'active', committed_at = ?, replaced_deliveries = ? WHERE id = ?`,
    ).run(committedAt, changes, batchId);
    for (const one of restated) recordRestatement(db, one);
    db.prepare(
      `UPDATE import_batch SET state = 'superseded' WHERE state = 'active'
         AND NOT EXISTS (SELECT 1 FROM delivery WHERE batch_id = import_batch.id AND active = 1)`,
    ).run();
  })();
}

/** Imports that answer, and when the last of them was taken over; null without any. */
export function importsHeld(db: Db): { readonly count: number; readonly last: string | null } {
  const row = db
    .prepare<[], { count: number; last: string | null }>(
      `SELECT count(*) AS count, max(committed_at) AS last FROM import_batch WHERE state = 'active'`,
    )
    .get();
  return row ?? { count: 0, last: null };
}

/** Superseded deliveries whose successor was superseded in turn: undo goes one step and cannot reach them. */
function deliveriesPastUndo(db: Db): number[] {
  return db
    .prepare<[], number>(
      `SELECT old.id FROM delivery AS old JOIN import_batch AS batch ON batch.id = old.batch_id
       WHERE old.active = 0 AND old.superseded_by IS NOT NULL AND batch.state IN ('active', 'superseded')
         AND NOT EXISTS (
           SELECT 1 FROM delivery AS newer WHERE newer.batch_id = old.superseded_by AND newer.active = 1
             AND newer.payer = old.payer AND newer.period = old.period)`,
    )
    .pluck()
    .all();
}

/** Deletes what undo cannot reach any more, in short transactions with pauses. */
export async function sweepPastUndo(db: Db): Promise<void> {
  await inSteps(db, pastUndoRemoval(db));
}

function* pastUndoRemoval(db: Db): Generator<() => void> {
  for (const delivery of deliveriesPastUndo(db)) {
    yield* rollupLinePortions(db, delivery);
    for (const table of ['line_item', 'daily', 'rollup']) {
      yield* portions(
        db,
        `DELETE FROM ${table} WHERE rowid IN (SELECT rowid FROM ${table} WHERE delivery_id = ? LIMIT ?)`,
        delivery,
      );
    }
    yield () => db.prepare('DELETE FROM delivery WHERE id = ?').run(delivery);
  }
  yield* portions(
    db,
    `DELETE FROM raw_block WHERE id IN (
       SELECT block.id FROM source_file AS file JOIN raw_block AS block ON block.file_id = file.id
       JOIN import_batch AS batch ON batch.id = file.batch_id
       WHERE batch.state IN ('active', 'superseded')
         AND NOT EXISTS (SELECT 1 FROM file_total WHERE file_total.file_id = file.id) LIMIT ?)`,
  );
  const empty = db
    .prepare<[], number>(
      `SELECT id FROM import_batch WHERE state = 'superseded'
         AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.batch_id = import_batch.id)`,
    )
    .pluck()
    .all();
  for (const batch of empty) yield* removal(db, batch);
}

/** Runs a deletion of at most so many rows (its last value) until nothing is left. */
function* portions(db: Db, sql: string, ...values: number[]): Generator<() => void> {
  const remove = db.prepare<number[]>(sql);
  let removed = ROWS_A_PORTION;
  while (removed === ROWS_A_PORTION) {
    yield () => {
      removed = remove.run(...values, ROWS_A_PORTION).changes;
    };
  }
}

/** Deletes the lines behind a delivery's sums, by ranges of their ids: there is no index on anything else. */
function* rollupLinePortions(db: Db, delivery: number): Generator<() => void> {
  const after = db
    .prepare<[number, number], number>('SELECT id FROM rollup_line WHERE id > ? ORDER BY id LIMIT 1 OFFSET ?')
    .pluck();
  const remove = db.prepare('DELETE FROM rollup_line WHERE id > ? AND id <= ? AND delivery_id = ?');
  for (const { first, last } of rollupLineRanges(db, delivery)) {
    for (let from = first - 1; from < last; ) {
      const to = Math.min(last, after.get(from, ROWS_A_PORTION) ?? last);
      const begin = from;
      yield () => remove.run(begin, to, delivery);
      from = to;
    }
  }
}

/**
 * Runs a clean-up of what nobody sees any more. On a full disk even deleting fails: then the next start does it, and
 * what was decided before stands.
 */
export async function unlessNextStartMust(db: Db, cleanUp: () => Promise<void>): Promise<void> {
  try {
    if (db.open) await cleanUp();
  } catch {
    // See above.
  }
}

/** Deletes a batch and all its rows, in short transactions; stops where the workspace is closed meanwhile. */
export async function removeBatch(db: Db, batchId: number): Promise<void> {
  await inSteps(db, removal(db, batchId));
}

async function inSteps(db: Db, steps: Generator<() => void>): Promise<void> {
  for (const step of steps) {
    step();
    await setImmediate();
    if (!db.open) return;
  }
}

function* removal(db: Db, batchId: number): Generator<() => void> {
  // First out of sight, and sure to be swept at the next start if this is interrupted.
  yield () => {
    db.prepare(`UPDATE import_batch SET state = 'staging' WHERE id = ?`).run(batchId);
    db.prepare('UPDATE delivery SET active = 0 WHERE batch_id = ?').run(batchId);
  };
  const deliveries = db
    .prepare<[number], number>('SELECT id FROM delivery WHERE batch_id = ? AND every_line = 1')
    .pluck();
  for (const delivery of deliveries.all(batchId)) yield* rollupLinePortions(db, delivery);
  for (const [table, owner, key] of OWNED_ROWS) {
    yield* portions(
      db,
      `DELETE FROM ${table} WHERE rowid IN (
         SELECT ${table}.rowid FROM ${owner} JOIN ${table} ON ${table}.${key} = ${owner}.id
         WHERE ${owner}.batch_id = ? LIMIT ?)`,
      batchId,
    );
  }
  yield () => removeBatchRecord(db, batchId);
}

const OWNED_ROWS = [
  ['line_item', 'delivery', 'delivery_id'],
  ['daily', 'delivery', 'delivery_id'],
  ['rollup', 'delivery', 'delivery_id'],
  ['raw_block', 'source_file', 'file_id'],
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

/** Deletes the series after `before` that no row refers to. */
export function removeUnusedSeries(db: Db, before: number): void {
  const newest = db.prepare<[], number>('SELECT COALESCE(MAX(id), 0) FROM line_series').pluck().get() ?? 0;
  if (newest <= before) return;
  const unused = `> ? AND %id NOT IN (SELECT series_id FROM daily UNION SELECT series_id FROM rollup
    UNION SELECT series_id FROM line_item UNION SELECT series_id FROM rollup_line)`;
  for (const [table, id] of [
    ['series_price', 'series_id'],
    ['line_series', 'id'],
  ] as const) {
    db.prepare(`DELETE FROM ${table} WHERE ${id} ${unused.replace('%id', id)}`).run(before);
  }
}

type LeftBatch = {
  readonly id: number;
  readonly state: 'staging' | 'staged';
  readonly startedAt: string;
  readonly committedAt: string | null;
  /** Whether it was read to its end. */
  readonly wasRead: 0 | 1;
  /** Names of the files begun, as JSON. */
  readonly files: string;
  readonly deliveries: number;
  readonly replaced: number | null;
};

/** Sweeps what a dead process left half done. Returns a sentence for each, for the user to read once. */
export function sweepUnfinished(db: Db): string[] {
  const left = db
    .prepare<[], LeftBatch>(
      `SELECT id, state, started_at AS startedAt, committed_at AS committedAt, report <> '{}' AS wasRead,
         (SELECT json_group_array(name) FROM source_file WHERE batch_id = import_batch.id) AS files,
         (SELECT COUNT(*) FROM delivery WHERE batch_id = import_batch.id) AS deliveries,
         replaced_deliveries AS replaced
       FROM import_batch WHERE state IN ('staging', 'staged')`,
    )
    .all();
  for (const { id } of left) for (const step of removal(db, id)) step();
  for (const step of pastUndoRemoval(db)) step();
  return left.map(sweptSentence).filter((sentence) => sentence !== null);
}

/** What was going on when the process died, and which side of it the workspace is on; null where nobody asked for it. */
function sweptSentence(batch: LeftBatch): string | null {
  const { state, startedAt, committedAt, wasRead, files, deliveries, replaced } = batch;
  if (committedAt !== null) {
    // Replaced long ago and out of undo's reach: only room was left to be freed.
    if (deliveries === 0) return null;
    const held = (replaced ?? 0) > 0 ? ', and what it had replaced is held again' : '';
    return `The import of ${minute(committedAt)} was being taken back when Assay ended. It is gone now${held}.`;
  }
  const which = `The import started at ${minute(startedAt)}${filesText(JSON.parse(files) as string[])}`;
  if (state === 'staged')
    return `${which} was read and waited for a decision when Assay ended. It was removed; the workspace is as it was before. Import the files again.`;
  if (wasRead === 1)
    return `${which} was being discarded when Assay ended. It is gone now; the workspace is as it was before.`;
  return `${which} was not finished. It was removed; the workspace is as it was before. Import the files again.`;
}

const minute = (iso: string): string => `${iso.slice(0, 16).replace('T', ' ')} UTC`;

const MOST_NAMED = 3;

/** The files that were begun, by name; those behind them in line are not known. */
function filesText(names: readonly string[]): string {
  if (names.length === 0) return '';
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : '';
  return ` (${names.slice(0, MOST_NAMED).join(', ')}${more})`;
}
