// One owner a workspace: a lock that the operating system lets go of when the owner dies, and that says who it is.
import { rmSync, statSync } from 'node:fs';
import { hostname, userInfo } from 'node:os';
import Database from 'better-sqlite3';
import { AssayError } from '../../../shared/contract/errors.ts';
import { asWorkspaceError } from './failures.ts';

/**
 * Makes this process the owner of the workspace until the returned function is called. The lock is a write lock on a
 * small SQLite file beside the workspace, so a killed owner leaves nothing to clean up. Throws `workspace_locked`, and
 * `disk_full` where there is no room for the file.
 */
export function takeOwnership(path: string): () => void {
  const lockPath = `${path}-owner`;
  for (let attempt = 0; attempt < 5; attempt++) {
    const lock = new Database(lockPath, { timeout: 0 });
    try {
      lock.exec('BEGIN IMMEDIATE');
      if (!isStillThere(lockPath)) {
        // The former owner removed the file between our opening and locking it.
        lock.close();
        continue;
      }
      lock.exec(
        'DROP TABLE IF EXISTS owner; CREATE TABLE owner (person TEXT, pid INTEGER, host TEXT, since TEXT)',
      );
      lock
        .prepare('INSERT INTO owner VALUES (?, ?, ?, ?)')
        .run(personName(), process.pid, hostname(), new Date().toISOString());
      lock.exec('COMMIT; BEGIN IMMEDIATE');
    } catch (error) {
      const isTaken = isBusy(error);
      const reason = isTaken ? lockedBy(lock, path) : asWorkspaceError(error, path);
      // On a full disk the lock is ours, and cannot say so: nothing of it stays.
      if (!isTaken) rmSync(lockPath, { force: true });
      lock.close();
      throw reason;
    }
    return () => {
      rmSync(lockPath, { force: true });
      lock.close();
    };
  }
  throw new AssayError(
    'workspace_locked',
    `${path} is being opened and closed by another Assay. Try again.`,
    {
      file: path,
    },
  );
}

function isStillThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isBusy(error: unknown): boolean {
  return error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY');
}

function lockedBy(lock: Database.Database, path: string): AssayError {
  type Owner = { person: string; pid: number; host: string; since: string };
  let owner: Owner | undefined;
  try {
    owner = lock.prepare<[], Owner>('SELECT person, pid, host, since FROM owner').get();
  } catch {
    owner = undefined;
  }
  const who =
    owner === undefined
      ? 'another Assay'
      : `another Assay (${owner.person}, process ${owner.pid} on ${owner.host}, since ${owner.since})`;
  return new AssayError(
    'workspace_locked',
    `${path} is in use by ${who}. Close it there, or open the workspace for reading only.`,
    {
      file: path,
      person: owner?.person ?? null,
      pid: owner?.pid ?? null,
      host: owner?.host ?? null,
    },
  );
}

/** Some systems know no name for the account that runs this. */
function personName(): string {
  try {
    return userInfo().username;
  } catch {
    return 'unnamed user';
  }
}
