// Recognises files that are already held byte for byte, so that importing them again is a no-op.
import { activeFiles } from '../db/held.ts';
import type { Db } from '../db/open.ts';
import { hashFile } from './open-source.ts';
import type { Plan, Source } from './plan.ts';
import { bareFileReport } from './report.ts';
import type { ImportReport } from './stage.ts';

/** True when every source is held and active, with every line where that is asked for. Files are hashed only where a held one has the same size. */
export async function isAlreadyHeld(
  db: Db,
  sources: readonly Source[],
  everyLine: boolean,
): Promise<boolean> {
  const held = activeFiles(db, everyLine);
  const sizes = new Set(held.map(({ bytes }) => bytes));
  if (!sources.every(({ bytes }) => sizes.has(bytes))) return false;
  const hashes = new Set(held.map(({ sha256 }) => sha256));
  for (const { path } of sources) if (!hashes.has(await hashFile(path))) return false;
  return true;
}

/** The report of an import that changes nothing. */
export function unchangedReport(plan: Plan, everyLine: boolean, started: number): ImportReport {
  const nothing = { lineItems: 0, unblended: 0 };
  return {
    schemaVersion: 1,
    batchId: null,
    state: 'unchanged',
    files: plan.sources.map((source) => bareFileReport(source)),
    rows: { read: 0, kept: 0, rolledUp: 0, rejected: 0 },
    totals: [],
    bedrock: { ...nothing, unknownLineItems: 0, unknownUnblended: 0 },
    candidates: { ...nothing, capped: false },
    everyLine,
    replaces: [],
    warnings: [...plan.warnings],
    seconds: (performance.now() - started) / 1000,
  };
}
