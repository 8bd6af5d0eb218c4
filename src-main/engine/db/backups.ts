// The backups that lie beside a workspace: when they are made, which is the last, and how to go back to it without losing the damaged file.
import { copyFileSync, existsSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Db } from './open.ts';
import { takeOwnership } from './owner.ts';

export type Backup = { readonly path: string; readonly at: Date };

/** Where a backup that is made for a reason lies. */
export function backupPath(workspace: string, reason: string): string {
  return `${workspace}.${reason}.backup`;
}

/** A backup is there as a whole or not at all: it is made beside its place first. */
export const partialPath = (backup: string): string => `${backup}.partial`;

/** Daily backups that are kept; each further one takes the oldest away. */
const DAYS_KEPT = 3;
/** A larger workspace is not copied on its own: copying holds an import up by about a second for so much. */
const MOST_COPIED_BYTES = 512 * 1024 * 1024;
const PAGES_AT_A_TIME = 2000;

/**
 * Copies the workspace before what it holds changes for the first time on a day (UTC), and takes copies of earlier days
 * away beyond the newest few. A sentence where none could be made, which keeps nobody from going on; null otherwise.
 */
export async function backUpDaily(db: Db, now: Date): Promise<string | null> {
  const workspace = db.name;
  const target = backupPath(workspace, `before-${now.toISOString().slice(0, 10)}`);
  if (db.memory || existsSync(target) || !holdsAnything(db)) return null;
  if (statSync(workspace).size > MOST_COPIED_BYTES)
    return `No backup was made: ${workspace} is larger than the 512 MB that are copied on their own. Copy it yourself while Assay is closed.`;
  try {
    await db.backup(partialPath(target), { progress: () => PAGES_AT_A_TIME });
    renameSync(partialPath(target), target);
    for (const old of dailyBackups(workspace).toReversed().slice(DAYS_KEPT)) rmSync(old, { force: true });
    return null;
  } catch (error) {
    removeFile(partialPath(target));
    const reason = error instanceof Error ? error.message : String(error);
    return `No backup was made beside ${workspace}: ${reason}.`;
  }
}

/** Whatever keeps the file from going is told by what failed before. */
function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // See above.
  }
}

function holdsAnything(db: Db): boolean {
  return db.prepare('SELECT EXISTS (SELECT 1 FROM delivery WHERE active = 1)').pluck().get() === 1;
}

/** The daily backups, oldest first, with what is left of one that was not finished. */
function dailyBackups(workspace: string): string[] {
  const folder = dirname(workspace);
  const name = basename(workspace);
  return readdirSync(folder)
    .filter((other) => other.startsWith(`${name}.before-`))
    .filter((other) => /^\.before-\d{4}-\d{2}-\d{2}\.backup/u.test(other.slice(name.length)))
    .toSorted()
    .map((other) => join(folder, other));
}

/** Forgetting takes the copies along that Assay made on its own: they hold what was forgotten. */
export function dropDailyBackups(workspace: string): void {
  for (const backup of dailyBackups(workspace)) rmSync(backup, { force: true });
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
