// Opens a workspace: the only place that knows how the file is created, migrated, backed up, locked and closed.
import {
  accessSync,
  chmodSync,
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { AssayError } from '../../../shared/contract/errors.ts';
import { backupPath, damaged, partialPath } from './backups.ts';
import { sweepUnfinished } from './batches.ts';
import { asWorkspaceError } from './failures.ts';
import { isLeftInWal, notAssay, refuseOtherFiles } from './first-bytes.ts';
import { finishForgetting } from './forget.ts';
import { takeOwnership } from './owner.ts';
import { APPLICATION_ID, MIGRATIONS, type Migration } from './schema.ts';

export type Db = Database.Database;

type Opened = { readonly notes: readonly string[]; release(): void };

/** What closing and the workspace's screen need to know about an open database. */
const OPENED = new WeakMap<Db, Opened>();

export type OpenOptions = {
  /** Opens for reading although the file could be written, for instance while another Assay owns it. */
  readonly readOnly?: boolean;
  /** Checks the file's structure before anything is asked of it. Throws `workspace_corrupt` where it is damaged. */
  readonly check?: boolean;
  /** The schema's migrations; tests give their own. */
  readonly migrations?: readonly Migration[];
};

/**
 * Opens or creates a workspace, migrating it when it is older, and sweeps what a dead process left half done.
 * Without write access it opens for reading. Throws `AssayError` and changes nothing when it must refuse.
 */
export function openWorkspace(path: string, options: OpenOptions = {}): Db {
  const migrations = options.migrations ?? MIGRATIONS;
  if (path === ':memory:') return openForWriting(path, migrations, () => {});
  refuseUnnamed(path);
  refuseOtherFiles(path);
  if (options.readOnly === true || !isWritable(path)) return openForReading(path, migrations);
  const release = takeOwnership(path);
  try {
    return openForWriting(path, migrations, release, options.check);
  } catch (error) {
    release();
    throw asWorkspaceError(error, path);
  }
}

/** What opening had to repair, for the user to read once. */
export function recoveryNotes(db: Db): readonly string[] {
  return OPENED.get(db)?.notes ?? [];
}

/** Leaves one plain file behind: nothing in a WAL, so that it can be copied, sent and opened read-only. */
export function closeWorkspace(db: Db): void {
  if (!db.open) return;
  try {
    if (!db.readonly) {
      db.pragma('wal_checkpoint(TRUNCATE)');
      db.pragma('journal_mode = DELETE');
    }
  } catch {
    // Somebody reads the file just now, or the disk is full: it stays in WAL mode, which is as safe.
  }
  try {
    db.close();
  } finally {
    OPENED.get(db)?.release();
  }
}

/** A check reads the whole file, about a second for this many bytes; `assay doctor` checks larger ones. */
const MOST_CHECKED_BYTES = 256 * 1024 * 1024;

function refuseDamaged(db: Db, path: string): void {
  if (statSync(path).size > MOST_CHECKED_BYTES) return;
  const verdict = String(db.pragma('quick_check(1)', { simple: true }));
  if (verdict !== 'ok') throw damaged(path, verdict);
}

function openForWriting(
  path: string,
  migrations: readonly Migration[],
  release: () => void,
  check = false,
): Db {
  const isNew = path === ':memory:' || !existsSync(path) || statSync(path).size === 0;
  const db = new Database(path);
  try {
    if (!isNew) refuseForeign(db, path, migrations.length);
    if (!isNew && check) refuseDamaged(db, path);
    db.pragma('journal_mode = WAL');
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    db.pragma('trusted_schema = OFF');
    migrate(db, path, migrations);
    OPENED.set(db, { notes: [...sweepUnfinished(db), ...finishForgetting(db)], release });
    return db;
  } catch (error) {
    db.close();
    throw error;
  }
}

function openForReading(path: string, migrations: readonly Migration[]): Db {
  if (!existsSync(path)) throw cannotBeCreated(path);
  const { db, notes, release } = openReadable(path);
  try {
    refuseForeign(db, path, migrations.length);
    if (schemaVersion(db) < migrations.length) {
      throw new AssayError(
        'workspace_read_only',
        `${path} was written by an older Assay and must be brought up to date, but it can only be read here. Open a copy that may be written to.`,
        { file: path },
      );
    }
    db.pragma('trusted_schema = OFF');
    OPENED.set(db, { notes, release });
    return db;
  } catch (error) {
    db.close();
    release();
    throw asWorkspaceError(error, path);
  }
}

function cannotBeCreated(path: string): AssayError {
  const folder = dirname(path);
  return existsSync(folder)
    ? new AssayError('workspace_read_only', `${path} cannot be created: its folder cannot be written to.`, {
        file: path,
      })
    : new AssayError(
        'file_not_found',
        `${path} cannot be created: the folder ${folder} is not there. Make it, or name another place.`,
        { file: path, folder },
      );
}

/** A workspace that was not closed properly (WAL) cannot be read in a read-only place: a copy of it can. */
function openReadable(path: string): { db: Db } & Opened {
  try {
    const db = new Database(path, { readonly: true });
    db.pragma('user_version');
    return { db, notes: [], release: () => {} };
  } catch (error) {
    if (!isLeftInWal(path)) throw asWorkspaceError(error, path);
  }
  const folder = mkdtempSync(join(tmpdir(), 'assay-read-'));
  const copy = join(folder, basename(path));
  copyWritable(path, copy);
  if (existsSync(`${path}-wal`)) copyWritable(`${path}-wal`, `${copy}-wal`);
  const release = (): void => rmSync(folder, { recursive: true, force: true });
  try {
    const db = new Database(copy);
    db.pragma('journal_mode = DELETE');
    db.close();
    const note = `${path} was not closed properly and lies in a read-only place: a temporary copy of it is shown.`;
    return { db: new Database(copy, { readonly: true }), notes: [note], release };
  } catch (error) {
    release();
    throw asWorkspaceError(error, path);
  }
}

/** A copy keeps the permissions, and a file that cannot be written cannot leave WAL mode either. */
function copyWritable(from: string, to: string): void {
  copyFileSync(from, to);
  chmodSync(to, 0o600);
}

/** SQLite takes an empty name for a database that nobody keeps. */
function refuseUnnamed(path: string): void {
  if (path.trim() === '')
    throw new AssayError('file_not_found', 'A workspace needs the name of a file, such as bedrock.assay.', {
      file: path,
    });
}

function refuseForeign(db: Db, path: string, known: number): void {
  const id = db.pragma('application_id', { simple: true });
  const version = schemaVersion(db);
  const isEmpty = db.prepare('SELECT COUNT(*) FROM sqlite_schema').pluck().get() === 0;
  if (id !== APPLICATION_ID && !(id === 0 && isEmpty)) throw notAssay(path);
  if (version > known) {
    throw new AssayError(
      'workspace_newer',
      `${path} was written by a newer Assay (schema ${version}, this one knows ${known}). It was left untouched; open it with the newer version.`,
      { file: path, version },
    );
  }
}

function schemaVersion(db: Db): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/** All missing migrations in one transaction, after a backup of a file that holds something. */
function migrate(db: Db, path: string, migrations: readonly Migration[]): void {
  const version = schemaVersion(db);
  if (version === migrations.length) return;
  if (version > 0) backUp(db, backupPath(path, `before-schema-${migrations.length}`));
  db.transaction(() => {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    for (const migration of migrations.slice(version)) db.exec(migration.sql);
    db.pragma(`user_version = ${migrations.length}`);
  })();
}

/** A copy that is whole whatever the WAL holds. An older backup of the same step is replaced. */
function backUp(db: Db, target: string): void {
  const partial = partialPath(target);
  rmSync(partial, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run(partial);
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { force: true });
    throw error;
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(dirname(path), constants.W_OK);
    if (existsSync(path)) accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
