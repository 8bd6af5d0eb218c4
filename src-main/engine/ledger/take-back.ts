// Taking the last import back, and recording what an import changes about periods that are held.
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { replacement } from '../../../shared/contract/import.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { restates } from '../../../shared/domain/ledger/replacement.ts';
import { backUpDaily, backupHindrance } from '../db/backups.ts';
import { removeBatch, unlessNextStartMust } from '../db/batches.ts';
import { deliveriesOf, replacedBy } from '../db/held.ts';
import type { Db } from '../db/open.ts';
import { type Restatement, restatements } from '../db/restatements.ts';
import { isUndoable, lastImport, switchBack } from '../db/undo.ts';
import { deliveryOf } from '../import/report.ts';

type Replacement = z.output<typeof replacement>;

/** What can be taken back, for the screen's button; null where nothing can. */
export function undoable(db: Db, now: Date): Output<'import.history'>['undoable'] {
  const last = lastImport(db);
  if (last === null || !isUndoable(last)) return null;
  return { batchId: last.batchId, restores: last.kept, noBackup: backupHindrance(db, now) };
}

/** Takes the last import back. Throws `not_found` where there is none, it is another, or going back would leave a hole. */
export async function takeBack(
  db: Db,
  asked: number | null,
  now: Date,
  onSwitched: () => void,
): Promise<Output<'import.undo'>> {
  const last = lastImport(db);
  if (last === null) throw refusal('No import is held, so there is none to take back.');
  if (asked !== null && asked !== last.batchId)
    throw refusal(
      `Import ${asked} is not the last one (${last.batchId}); only the last one can be taken back.`,
    );
  if (!isUndoable(last))
    throw refusal(
      `What import ${last.batchId} replaced is no longer held: undo goes one step. To change a period, import its files again.`,
    );
  const noBackup = await backUpDaily(db, now);
  const removed = deliveriesOf(db, last.batchId).map(deliveryOf);
  const restored = replacedBy(db, last.batchId).map(deliveryOf);
  switchBack(db, last.batchId);
  onSwitched();
  await unlessNextStartMust(db, () => removeBatch(db, last.batchId));
  const warnings = noBackup === null ? [] : [`${noBackup} ${GONE_FOR_GOOD}`];
  return { schemaVersion: 1, batchId: last.batchId, removed, restored, warnings };
}

/** What an undo without a backup means. */
const GONE_FOR_GOOD =
  'The import was taken back all the same: what it brought can only be had again from its files.';

const refusal = (message: string): AssayError => new AssayError('not_found', message);

/** What the staged batch is going to change, for the record; the same figures again are no change. */
export function restatedBy(
  batchId: number,
  replaces: readonly Replacement[],
  recordedAt: string,
): Restatement[] {
  return replaces.filter(restates).map(({ held, incoming, byService, byDay }) => ({
    batchId,
    recordedAt,
    payer: held.payer,
    period: held.period,
    currency: held.currency,
    heldReport: held.report,
    incomingReport: incoming.report,
    heldImportedAt: held.importedAt,
    held: held.unblended,
    incoming: incoming.unblended,
    heldRows: held.rows,
    incomingRows: incoming.rows,
    heldEstimated: held.estimated,
    incomingEstimated: incoming.estimated,
    byService: byService.filter(hasChanged),
    byDay: byDay.filter(hasChanged),
  }));
}

/** More than what adding doubles in another order leaves behind. */
function hasChanged({ held, incoming }: { readonly held: number; readonly incoming: number }): boolean {
  return Math.abs(incoming - held) > 1e-9 * Math.max(Math.abs(held), Math.abs(incoming));
}

/** The record, newest first. */
export function restatementsOf(db: Db, period: string | null): Output<'ledger.restatements'>['restatements'] {
  return restatements(db, period).map(({ byService, byDay, ...one }) => ({
    ...one,
    byService: [...byService],
    byDay: [...byDay],
  }));
}
