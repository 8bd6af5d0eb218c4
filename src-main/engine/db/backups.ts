// The backups that lie beside a workspace: which is the last, and how to go back to it without losing the damaged file.
import { copyFileSync, existsSync, readdirSync, renameSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import { takeOwnership } from './owner.ts';

export type Backup = { readonly path: string; readonly at: Date };

/** Where a backup that is made for a reason lies. */
export function backupPath(workspace: string, reason: string): string {
  return `${workspace}.${reason}.backup`;
}

/** The newest backup beside the workspace, or null. */
export function lastBackup(workspace: string): Backup | null {
  const folder = dirname(workspace);
  if (!existsSync(folder)) return null;
  const found = readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(workspace)}.`) && name.endsWith('.backup'))
    .map((name): Backup => ({ path: join(folder, name), at: statSync(join(folder, name)).mtime }))
    .toSorted((left, right) => right.at.getTime() - left.at.getTime());
  return found[0] ?? null;
}

/** `workspace_corrupt` in words: what is damaged, and the way on that there is here. */
export function damaged(workspace: string, finding: string): AssayError {
  // SQLite reports in lines; a message is one.
  const problem = finding.replaceAll(/\s+/gu, ' ').trim();
  const backup = lastBackup(workspace);
  const wayOn =
    backup === null
      ? 'There is no backup beside it: import the exports into a new workspace.'
      : `Its last backup is ${backup.path}, of ${backup.at.toISOString()}: go on from that one.`;
  return new AssayError(
    'workspace_corrupt',
    `The workspace file ${workspace} is damaged (${problem}). It was left as it is. ${wayOn}`,
    { file: workspace, problem, backup: backup?.path ?? null },
  );
}

/**
 * Puts a copy of the last backup in the workspace's place; the damaged file is kept beside it. The sentence that says so.
 * Throws `not_found` without a backup and `workspace_locked` while another Assay has the workspace.
 */
export function restoreLastBackup(workspace: string, now: Date): string {
  const release = takeOwnership(workspace);
  try {
    const backup = lastBackup(workspace);
    if (backup === null)
      throw new AssayError('not_found', `There is no backup beside ${workspace}. Nothing was changed.`, {
        file: workspace,
      });
    const aside = `${workspace}.damaged-${now.toISOString().replaceAll(/[:.]/gu, '-')}`;
    // A log that belongs to the damaged file must not be read into the backup.
    for (const suffix of ['-wal', '-shm'])
      if (existsSync(`${workspace}${suffix}`)) renameSync(`${workspace}${suffix}`, `${aside}${suffix}`);
    if (existsSync(workspace)) renameSync(workspace, aside);
    copyFileSync(backup.path, workspace);
    return `The workspace was put back to its backup of ${backup.at.toISOString()}. The damaged file is kept as ${aside}.`;
  } finally {
    release();
  }
}
