// How a window's engine comes by its workspace: its own where it can be, for reading where another Assay has it.
import { setTimeout } from 'node:timers/promises';
import { AssayError } from '../../shared/contract/errors.ts';
import { restoreLastBackup } from '../engine/db/backups.ts';
import { createEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import type { Purpose } from './engine-port.ts';

export type HostEngine = { readonly engine: Engine; readonly isOwner: boolean };

/** A former owner that was killed or is closing lets go within moments. */
const PATIENCE = { attempts: 8, milliseconds: 150 } as const;

/** Opens the workspace, or puts its last backup in its place first. Throws `AssayError` when it must not be opened. */
export async function openForHost(workspacePath: string, purpose: Purpose): Promise<HostEngine> {
  const notes = purpose === 'restore' ? [restoreLastBackup(workspacePath, new Date())] : [];
  const options: EngineOptions = {
    workspacePath,
    notes,
    check: true,
    onSlowCall: (method, milliseconds) =>
      process.stderr.write(`slow: ${method} took ${Math.round(milliseconds)} ms\n`),
  };
  for (let attempt = 1; ; attempt++) {
    try {
      return { engine: createEngine(options), isOwner: true };
    } catch (error) {
      if (!(error instanceof AssayError) || error.code !== 'workspace_locked') throw error;
      if (attempt === PATIENCE.attempts) return besideItsOwner(options, error);
      await setTimeout(PATIENCE.milliseconds);
    }
  }
}

function besideItsOwner(options: EngineOptions, { details }: AssayError): HostEngine {
  const who =
    details.pid === null || details.pid === undefined
      ? 'Another Assay'
      : `Another Assay (process ${details.pid} on ${details.host})`;
  const note = `${who} has this workspace open, so it can only be read here: nothing can be imported or saved. Close it there and reload this window to take over.`;
  return { engine: createEngine({ ...options, readOnly: true, notes: [note] }), isOwner: false };
}
