// How a window's engine comes by its workspace: its own where it can be, for reading where another Assay has it or the disk
// is full.
import { setTimeout } from 'node:timers/promises';
import type { BackupInfo } from '../../shared/contract/backups.ts';
import { AssayError, type Failure } from '../../shared/contract/errors.ts';
import { backupContents, problemOf } from '../engine/db/backup-contents.ts';
import { restoreBackup } from '../engine/db/backups.ts';
import { createEngine, type Engine, type EngineOptions } from '../engine/engine.ts';
import type { Purpose } from './engine-port.ts';

export type HostEngine = { readonly engine: Engine; readonly isOwner: boolean };

/** A former owner that was killed or is closing lets go within moments. */
const PATIENCE = { attempts: 8, milliseconds: 150 } as const;

/** Opens the workspace, or puts a backup in its place first. Throws `AssayError` when it must not be opened. */
export async function openForHost(workspacePath: string, purpose: Purpose): Promise<HostEngine> {
  const notes =
    purpose.kind === 'restore' ? [restoreBackup(workspacePath, purpose.backup, new Date(), problemOf)] : [];
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
      if (!(error instanceof AssayError)) throw error;
      if (error.code === 'disk_full') return onFullDisk(options, error);
      if (error.code !== 'workspace_locked') throw error;
      if (attempt === PATIENCE.attempts) return besideItsOwner(options, error);
      await setTimeout(PATIENCE.milliseconds);
    }
  }
}

/** What is held can be read all the same; an import that ended half-way is swept once there is room. */
function onFullDisk(options: EngineOptions, full: AssayError): HostEngine {
  const note = `The disk with ${options.workspacePath} is full, so the workspace can only be read: nothing can be imported or saved. Make room and reload this window.`;
  try {
    return {
      engine: createEngine({ ...options, readOnly: true, notes: [...(options.notes ?? []), note] }),
      isOwner: false,
    };
  } catch {
    throw full;
  }
}

function besideItsOwner(options: EngineOptions, { details }: AssayError): HostEngine {
  const who =
    details.pid === null || details.pid === undefined
      ? 'Another Assay'
      : `Another Assay (${details.person}, process ${details.pid} on ${details.host})`;
  const note = `${who} has this workspace open, so it can only be read here: nothing can be imported or saved. Close it there and reload this window to take over.`;
  return { engine: createEngine({ ...options, readOnly: true, notes: [note] }), isOwner: false };
}

/** What a person may go on from where the workspace is damaged; nothing in every other case. */
export function backupsToChoose(workspacePath: string, { code }: Failure): BackupInfo[] {
  if (code !== 'workspace_corrupt') return [];
  try {
    return backupContents(workspacePath);
  } catch {
    // The folder cannot be listed: the failure itself is what there is to say.
    return [];
  }
}
