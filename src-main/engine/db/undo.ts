// Taking back the last import: what it replaced answers again, what it brought goes.
import type { Db } from './open.ts';
import { dropRestatements } from './restatements.ts';

export type LastImport = {
  readonly batchId: number;
  /** Deliveries it replaced, all of which must still be there; null for imports older than this count. */
  readonly replaced: number | null;
  readonly kept: number;
};

/** The import that was committed last and answers questions; null where none does. */
export function lastImport(db: Db): LastImport | null {
  const last = db
    .prepare<[], LastImport>(
      `SELECT id AS batchId, replaced_deliveries AS replaced,
         (SELECT COUNT(*) FROM delivery WHERE superseded_by = import_batch.id) AS kept
       FROM import_batch WHERE state = 'active' ORDER BY committed_at DESC, id DESC LIMIT 1`,
    )
    .get();
  return last ?? null;
}

/** Whether taking the import back leaves the workspace as it was before it. */
export const isUndoable = ({ replaced, kept }: LastImport): boolean => replaced === kept;

/**
 * The switch back, in one small transaction. The import's rows are then out of sight and swept at the next start;
 * remove the batch to be rid of them at once.
 */
export function switchBack(db: Db, batchId: number): void {
  db.transaction(() => {
    db.prepare(
      `UPDATE import_batch SET state = 'active'
       WHERE id IN (SELECT batch_id FROM delivery WHERE superseded_by = ?)`,
    ).run(batchId);
    db.prepare('UPDATE delivery SET active = 1, superseded_by = NULL WHERE superseded_by = ?').run(batchId);
    db.prepare('UPDATE delivery SET active = 0 WHERE batch_id = ?').run(batchId);
    db.prepare(`UPDATE import_batch SET state = 'staging' WHERE id = ?`).run(batchId);
    dropRestatements(db, batchId);
  })();
}
