// Looks into the backups beside a workspace without changing them: whether each is sound, and what it holds.
import { closeSync, copyFileSync, mkdtempSync, openSync, readSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { BackupInfo } from '../../../shared/contract/backups.ts';
import { type Backup, backups } from './backups.ts';
import { APPLICATION_ID, SCHEMA_VERSION } from './schema.ts';

type Findings = Pick<BackupInfo, 'state' | 'problem' | 'holds'>;

/** Most backups that a person chooses among; there are a few in practice. */
const MOST_LISTED = 50;

/** Every backup, newest first. */
export function backupContents(workspace: string): BackupInfo[] {
  return backups(workspace)
    .slice(0, MOST_LISTED)
    .map((backup) => ({
      name: backup.name,
      at: backup.at.toISOString(),
      bytes: backup.bytes,
      ...findingsOf(backup),
    }));
}

/** What is wrong with a backup; null where it can be gone on from. */
export function problemOf(backup: Backup): string | null {
  return findingsOf(backup).problem;
}

function findingsOf({ path }: Backup): Findings {
  try {
    return isPlain(path) ? lookInto(path, true) : lookIntoCopy(path);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const isDamage = error instanceof Database.SqliteError && /CORRUPT|NOTADB/u.test(error.code);
    return unusable(isDamage ? `damaged: ${reason}` : reason);
  }
}

/** Not in WAL mode, as its header says: then reading leaves nothing beside it. */
function isPlain(path: string): boolean {
  const descriptor = openSync(path, 'r');
  try {
    const mode = Buffer.alloc(1);
    readSync(descriptor, mode, 0, 1, 18);
    return mode[0] !== 2;
  } finally {
    closeSync(descriptor);
  }
}

function lookIntoCopy(path: string): Findings {
  const folder = mkdtempSync(join(tmpdir(), 'assay-backup-'));
  try {
    const copy = join(folder, 'backup.assay');
    copyFileSync(path, copy);
    return lookInto(copy, false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function lookInto(path: string, readonly: boolean): Findings {
  const db = new Database(path, { fileMustExist: true, readonly });
  try {
    return readFindings(db);
  } finally {
    db.close();
  }
}

const unusable = (problem: string): Findings => ({
  state: 'unusable',
  problem: problem.replaceAll(/\s+/gu, ' ').trim(),
  holds: null,
});

function readFindings(db: Database.Database): Findings {
  if (db.pragma('application_id', { simple: true }) !== APPLICATION_ID) return unusable('not a workspace');
  const version = Number(db.pragma('user_version', { simple: true }));
  if (version > SCHEMA_VERSION) return unusable(`written by a newer Assay (schema ${version})`);
  const verdict = String(db.pragma('quick_check(1)', { simple: true }));
  if (verdict !== 'ok') return unusable(`damaged: ${verdict}`);
  return { state: 'sound', problem: null, holds: holdings(db) };
}

/** Asks only for what every version of the schema has. */
function holdings(db: Database.Database): NonNullable<BackupInfo['holds']> {
  const lines = (table: string): string =>
    `COALESCE((SELECT SUM(line_items) FROM ${table} WHERE delivery_id IN (SELECT id FROM delivery WHERE active = 1)), 0)`;
  const { payers, lineItems, lastImportAt } = db
    .prepare<[], { payers: number; lineItems: number; lastImportAt: string | null }>(
      `SELECT (SELECT COUNT(DISTINCT payer) FROM delivery WHERE active = 1) AS payers,
         ${lines('daily')} + ${lines('rollup')} AS lineItems,
         (SELECT MAX(committed_at) FROM import_batch WHERE state = 'active') AS lastImportAt`,
    )
    .get() as { payers: number; lineItems: number; lastImportAt: string | null };
  const months = db
    .prepare<[], string>('SELECT DISTINCT period FROM delivery WHERE active = 1 ORDER BY period')
    .pluck()
    .all();
  return { payers, months, lineItems, lastImportAt };
}
