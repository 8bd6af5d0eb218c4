// The imports of one workspace: one runs at a time; a staged one is committed, discarded, or swept at the next start.
import { writeFile } from 'node:fs/promises';
import Papa from 'papaparse';
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { EngineEvent } from '../../../shared/contract/events.ts';
import {
  batch,
  type importReport,
  type rejectedRow,
  type tieOutRow,
} from '../../../shared/contract/import.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { totalsAgree } from '../../../shared/domain/sum.ts';
import type { BatchPricing } from '../catalog/pricing.ts';
import { backUpDaily } from '../db/backups.ts';
import {
  activateBatch,
  batchState,
  removeBatch,
  storedReport,
  sweepPastUndo,
  unlessNextStartMust,
} from '../db/batches.ts';
import type { ForgetScope } from '../db/forget.ts';
import { deliveriesOf, importHistory, rejectedRowCount, rejectedRows } from '../db/held.ts';
import type { Db } from '../db/open.ts';
import { holdsEveryLine } from '../db/rollup-lines.ts';
import { type TieOut, tieOut } from '../db/tie-out.ts';
import { forgetForGood } from '../ledger/forget.ts';
import { restatedBy, takeBack } from '../ledger/take-back.ts';
import { interpretHere } from '../review/interpret.ts';
import type { ImportProgress } from './progress.ts';
import { deliveryOf, MOST_WARNINGS, replacements } from './report.ts';
import { type ImportReport, stageImport } from './stage.ts';

type Batch = z.output<typeof batch>;
type RejectedRow = z.output<typeof rejectedRow>;
type TieOutRow = z.output<typeof tieOutRow>;

/** `everyLine` null: as it is held now. */
export type StageInput = {
  readonly sources: readonly string[];
  readonly allowMissingParts: boolean;
  readonly everyLine: boolean | null;
};

export type Imports = {
  stage(input: StageInput): Promise<ImportReport>;
  commit(batchId: number): Promise<ImportReport>;
  discard(batchId: number): Promise<void>;
  /** Takes the last import back. */
  undo(batchId: number | null): Promise<Output<'import.undo'>>;
  /** Deletes a payer or a period for good. */
  forget(scope: ForgetScope): Promise<Output<'ledger.forget'>>;
  /** Stops the running import; false when none runs. */
  cancel(): boolean;
  /** What waits for a decision, newest first. */
  staged(): Promise<ImportReport[]>;
  history(): Batch[];
  rejectedRows(batchId: number, offset: number, limit: number): { rows: RejectedRow[]; rowCount: number };
  tieOut(): TieOutRow[];
  exportRejectedRows(batchId: number, target: string): Promise<{ rows: number; bytes: number }>;
};

type ImportContext = {
  readonly db: Db;
  readonly path: string;
  readonly beginPricing: () => Promise<BatchPricing>;
  readonly now: () => Date;
  readonly emit: (event: EngineEvent) => void;
};

export function createImports({ db, path, beginPricing, now, emit }: ImportContext): Imports {
  let running: AbortController | null = null;

  const oneAtATime = async <Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> => {
    if (running !== null) {
      throw new AssayError('import_running', 'An import is running. Wait for it, or cancel it.');
    }
    refuseReadOnly(db);
    running = new AbortController();
    try {
      return await work(running.signal);
    } finally {
      running = null;
    }
  };

  return {
    stage: ({ sources, allowMissingParts, everyLine }) =>
      oneAtATime(async (signal) => {
        let last: ImportProgress | null = null;
        const onProgress = (progress: ImportProgress): void => {
          last = progress;
          emit({ type: 'import.progress', progress });
        };
        try {
          return await stageImport({
            db,
            sources,
            allowMissingParts,
            everyLine: everyLine ?? holdsEveryLine(db),
            now,
            interpret: interpretHere(db),
            beginPricing,
            onProgress,
            signal,
          });
        } catch (error) {
          // Whoever only watches is not told the reason, but that nothing runs any more.
          if (last !== null) onProgress({ ...(last as ImportProgress), phase: 'done' });
          throw error;
        }
      }),
    commit: (batchId) =>
      oneAtATime(async () => {
        const report = stagedReport(db, batchId);
        const at = now().toISOString();
        const noBackup = await backUpDaily(db, now());
        const replaces = await replacements(db, batchId);
        activateBatch(db, batchId, at, restatedBy(batchId, replaces, at));
        emit({ type: 'data.changed' });
        await unlessNextStartMust(db, () => sweepPastUndo(db));
        const warnings =
          noBackup === null ? report.warnings : [...report.warnings, noBackup].slice(-MOST_WARNINGS);
        return { ...report, state: 'committed', warnings };
      }),
    discard: (batchId) =>
      oneAtATime(async () => {
        stagedReport(db, batchId);
        await removeBatch(db, batchId);
        // No figure changes, but what waits for a decision does, in every window.
        emit({ type: 'data.changed' });
      }),
    undo: (batchId) => oneAtATime(() => takeBack(db, batchId, now(), () => emit({ type: 'data.changed' }))),
    forget: (scope) =>
      oneAtATime(async () => {
        const forgotten = forgetForGood(db, path, scope, now().toISOString());
        emit({ type: 'data.changed' });
        return forgotten;
      }),
    cancel() {
      running?.abort();
      return running !== null;
    },
    async staged() {
      // Who only reads the workspace has nothing to decide: that is its owner's.
      const waiting = importHistory(db).filter(({ state }) => state === 'staged' && !db.readonly);
      const reports = waiting.map(({ id }) => ({ id, report: stagedReport(db, id) }));
      const found: ImportReport[] = [];
      for (const { id, report } of reports) {
        found.push({ ...report, replaces: await replacements(db, id) });
      }
      return found;
    },
    history: () => importHistory(db).map((held) => historyBatch(db, held)),
    rejectedRows: (batchId, offset, limit) => ({
      rows: rejectedRows(db, batchId, offset, limit),
      rowCount: rejectedRowCount(db, batchId),
    }),
    tieOut: () => tieOut(db, { payer: null, period: null }).map(tieOutRowOf),
    exportRejectedRows: (batchId, target) => writeRejectedRows(db, batchId, target),
  };
}

function refuseReadOnly(db: Db): void {
  if (db.readonly) {
    throw new AssayError(
      'workspace_read_only',
      'This workspace is open for reading only. Open a copy that you may write to, then import.',
    );
  }
}

function stagedReport(db: Db, batchId: number): ImportReport {
  const state = batchState(db, batchId);
  if (state !== 'staged') {
    throw new AssayError(
      'no_staged_import',
      `Import ${batchId} is not waiting for a decision (${state ?? 'it does not exist'}). Import the files again.`,
      { batchId },
    );
  }
  return JSON.parse(storedReport(db, batchId) ?? '{}') as z.output<typeof importReport>;
}

function historyBatch(
  db: Db,
  { id, state, importedAt, report }: ReturnType<typeof importHistory>[number],
): Batch {
  const { files, rows, everyLine } = JSON.parse(report) as ImportReport;
  return batch.parse({
    id,
    state,
    importedAt,
    files,
    rows,
    everyLine,
    deliveries: deliveriesOf(db, id).map(deliveryOf),
  });
}

function tieOutRowOf({ absolute, heldNetUnblended: _, ...row }: TieOut): TieOutRow {
  return {
    ...row,
    difference: row.heldUnblended - row.fileUnblended,
    agrees: row.heldRows === row.fileRows && totalsAgree(row.heldUnblended, row.fileUnblended, absolute),
  };
}

/** Rejected rows written at a time. */
const EXPORT_PAGE = 2000;

async function writeRejectedRows(
  db: Db,
  batchId: number,
  target: string,
): Promise<{ rows: number; bytes: number }> {
  const lines = [['file', 'line', 'column', 'reason', 'text']];
  for (let offset = 0; ; offset += EXPORT_PAGE) {
    const page = rejectedRows(db, batchId, offset, EXPORT_PAGE);
    lines.push(
      ...page.map(({ file, line, column, reason, text }) => [file, String(line), column ?? '', reason, text]),
    );
    if (page.length < EXPORT_PAGE) break;
  }
  // A text that a spreadsheet would run as a formula is escaped.
  const text = `${Papa.unparse(lines, { escapeFormulae: true, newline: '\r\n' })}\r\n`;
  await writeFile(target, text);
  return { rows: lines.length - 1, bytes: Buffer.byteLength(text) };
}
