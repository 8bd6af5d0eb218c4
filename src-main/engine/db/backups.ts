// The backups that lie beside a workspace: when they are made, which there are, and how to go back to one without losing the damaged file.
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  statSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Db } from './open.ts';
import { takeOwnership } from './owner.ts';

export type Backup = {
  readonly path: string;
  readonly name: string;
  readonly at: Date;
  readonly bytes: number;
};

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
  const target = dailyTarget(db, now);
  if (target === null) return null;
  if (isTooLarge(workspace))
    return `No backup was made: ${workspace} is larger than the 512 MB that are copied on their own. Copy it yourself while Assay is closed.`;
  try {
    await db.backup(partialPath(target), { progress: () => PAGES_AT_A_TIME });
    makePlain(partialPath(target));
    renameSync(partialPath(target), target);
    for (const old of dailyBackups(workspace).toReversed().slice(DAYS_KEPT)) rmSync(old, { force: true });
    return null;
  } catch (error) {
    removeFile(partialPath(target));
    const reason = error instanceof Error ? error.message : String(error);
    return `No backup was made beside ${workspace}: ${reason}.`;
  }
}

/**
 * What will keep `backUpDaily` from making a copy, as far as it can be known before: a sentence, or null. That a copy is
 * there already, or that there is nothing to copy, keeps nothing back.
 */
export function backupHindrance(db: Db, now: Date): string | null {
  const workspace = db.name;
  if (dailyTarget(db, now) === null) return null;
  if (isTooLarge(workspace))
    return `No backup will be made before: ${workspace} is larger than the 512 MB that are copied on their own. Copy it yourself while Assay is closed.`;
  const { bavail, bsize } = statfsSync(dirname(workspace));
  return bavail * bsize < statSync(workspace).size
    ? `No backup can be made before: the disk with ${workspace} has no room for a copy of it. Make room first.`
    : null;
}

/** Where today's backup is to lie; null where it is there or nothing is to be copied. */
function dailyTarget(db: Db, now: Date): string | null {
  const target = backupPath(db.name, `before-${now.toISOString().slice(0, 10)}`);
  return db.memory || existsSync(target) || !holdsAnything(db) ? null : target;
}

const isTooLarge = (workspace: string): boolean => statSync(workspace).size > MOST_COPIED_BYTES;

/**
 * Takes a complete copy out of WAL mode, so that it can be read without anything being written beside it: the two
 * version bytes of SQLite's header (18 and 19) say 2 in WAL mode and 1 without. Needs no room on the disk.
 */
function makePlain(path: string): void {
  const descriptor = openSync(path, 'r+');
  try {
    writeSync(descriptor, Uint8Array.of(1, 1), 0, 2, 18);
  } finally {
    closeSync(descriptor);
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

/** The backups beside the workspace, newest first. */
export function backups(workspace: string): Backup[] {
  const folder = dirname(workspace);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${basename(workspace)}.`) && name.endsWith('.backup'))
    .map((name): Backup => {
      const path = join(folder, name);
      const { mtime, size } = statSync(path);
      return { path, name, at: mtime, bytes: size };
    })
    .toSorted((left, right) => right.at.getTime() - left.at.getTime());
}

/** `2026-11-19 08:30 UTC`. */
const minuteOf = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** `workspace_corrupt` in words: what is damaged, and the way on that there is here. */
export function damaged(workspace: string, finding: string): AssayError {
  // SQLite reports in lines; a message is one.
  const problem = finding.replaceAll(/\s+/gu, ' ').trim();
  const [newest, ...older] = backups(workspace);
  const wayOn =
    newest === undefined
      ? 'There is no backup beside it: import the exports into a new workspace.'
      : `Its last backup is ${newest.path}, of ${minuteOf(newest.at)}${older.length === 0 ? '' : `; ${older.length} older ${older.length === 1 ? 'one lies' : 'ones lie'} beside it`}. Choose the one to go on from: in the window, or with \`assay doctor --workspace ${workspace}\`.`;
  return new AssayError(
    'workspace_corrupt',
    `The workspace file ${workspace} is damaged (${problem}). It was left as it is. ${wayOn}`,
    { file: workspace, problem, backup: newest?.path ?? null },
  );
}

/**
 * Puts a copy of a backup in the workspace's place; the damaged file is kept beside it. The sentence that says so.
 * Throws `not_found` where no backup has the name, `workspace_corrupt` where `problemOf` finds that it is none to go on
 * from, and `workspace_locked` while another Assay has the workspace. Nothing is changed then.
 */
export function restoreBackup(
  workspace: string,
  name: string,
  now: Date,
  problemOf: (backup: Backup) => string | null,
): string {
  const release = takeOwnership(workspace);
  try {
    const backup = backups(workspace).find((one) => one.name === name);
    if (backup === undefined)
      throw new AssayError(
        'not_found',
        `There is no backup ${name} beside ${workspace}. Nothing was changed.`,
        {
          file: workspace,
        },
      );
    const problem = problemOf(backup);
    if (problem !== null)
      throw new AssayError(
        'workspace_corrupt',
        `The backup ${name} cannot be gone on from (${problem}). Nothing was changed; choose another.`,
        { file: backup.path, problem, backup: backup.path },
      );
    const aside = asideOf(workspace, now);
    // A log that belongs to the damaged file must not be read into the backup.
    for (const suffix of ['-wal', '-shm'])
      if (existsSync(`${workspace}${suffix}`)) renameSync(`${workspace}${suffix}`, `${aside}${suffix}`);
    if (existsSync(workspace)) renameSync(workspace, aside);
    copyFileSync(backup.path, workspace);
    return `The workspace was put back to its backup of ${minuteOf(backup.at)} (${name}). The damaged file is kept as ${aside}.`;
  } finally {
    release();
  }
}

/** Where the damaged file is kept: never over another one. */
function asideOf(workspace: string, now: Date): string {
  const aside = `${workspace}.damaged-${now.toISOString().replaceAll(/[:.]/gu, '-')}`;
  return existsSync(aside) ? asideOf(workspace, new Date(now.getTime() + 1)) : aside;
}
