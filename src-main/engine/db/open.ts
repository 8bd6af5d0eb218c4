// Opens a workspace: the only place that knows how the file is created, migrated, backed up, locked and closed.
import { copyFileSync, existsSync, statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { AssayError } from '../../../shared/contract/errors.ts';
import { APPLICATION_ID, MIGRATIONS, SCHEMA_VERSION } from './schema.ts';

export type Db = Database.Database;

/** Opens or creates a workspace, migrating it when it is older. Throws `AssayError` and changes nothing when it must refuse. */
export function openWorkspace(path: string): Db {
  const isNew = !existsSync(path) || statSync(path).size === 0;
  const db = new Database(path);
  if (!isNew) refuseForeign(db, path);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = NORMAL');
  db.pragma('foreign_keys = ON');
  db.pragma('trusted_schema = OFF');
  migrate(db, path, isNew);
  return db;
}

function refuseForeign(db: Db, path: string): void {
  const id = db.pragma('application_id', { simple: true });
  const version = db.pragma('user_version', { simple: true }) as number;
  if (id !== APPLICATION_ID) {
    db.close();
    throw new AssayError('workspace_not_assay', `${path} is not an Assay workspace. It was left untouched.`, {
      file: path,
    });
  }
  if (version > SCHEMA_VERSION) {
    db.close();
    throw new AssayError(
      'workspace_newer',
      `${path} was written by a newer Assay (schema ${version}, this one knows ${SCHEMA_VERSION}). It was left untouched; open it with the newer version.`,
      { file: path, version },
    );
  }
}

function migrate(db: Db, path: string, isNew: boolean): void {
  const version = db.pragma('user_version', { simple: true }) as number;
  if (version === SCHEMA_VERSION) return;
  if (!isNew) copyFileSync(path, `${path}.before-schema-${SCHEMA_VERSION}.backup`);
  db.transaction(() => {
    db.pragma(`application_id = ${APPLICATION_ID}`);
    for (const migration of MIGRATIONS.slice(version)) db.exec(migration.sql);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  })();
}

/** Leaves one plain file behind: nothing in a WAL, so that it can be copied, sent and opened read-only. */
export function closeWorkspace(db: Db): void {
  db.pragma('wal_checkpoint(TRUNCATE)');
  db.pragma('journal_mode = DELETE');
  db.close();
}
