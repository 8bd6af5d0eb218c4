// SQLite's failures in the words of the contract: full disk, damaged file, locked, read-only.
import Database from 'better-sqlite3';
import { AssayError, type ErrorCode } from '../../../shared/contract/errors.ts';
import { damaged } from './backups.ts';

type Failing = {
  readonly prefix: string;
  readonly code: ErrorCode;
  readonly message: (path: string) => string;
};

/** Result codes by prefix (extended codes included), first match wins. */
const FAILURES: readonly Failing[] = [
  {
    prefix: 'SQLITE_FULL',
    code: 'disk_full',
    message: (path) =>
      `The disk with the workspace ${path} is full. Nothing was changed; make room and try again.`,
  },
  {
    prefix: 'SQLITE_IOERR',
    code: 'disk_full',
    message: (path) =>
      `The workspace ${path} could not be written: the disk is full, or writing to it failed. Nothing was changed; make room and try again.`,
  },
  {
    prefix: 'SQLITE_READONLY',
    code: 'workspace_read_only',
    message: (path) => `The workspace ${path} can only be read. Open a copy that may be written to.`,
  },
  {
    prefix: 'SQLITE_BUSY',
    code: 'workspace_locked',
    message: (path) => `Another program is using the workspace file ${path}. Close it there and try again.`,
  },
  {
    prefix: 'SQLITE_CANTOPEN',
    code: 'file_unreadable',
    message: (path) => `The workspace file ${path} cannot be opened. Check its folder and permissions.`,
  },
];

/** The error as an `AssayError` where SQLite's code says what happened; any other error unchanged. */
export function asWorkspaceError(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  if (/^SQLITE_(CORRUPT|NOTADB)/u.test(error.code)) return damaged(path, error.message);
  const failing = FAILURES.find(({ prefix }) => error.code.startsWith(prefix));
  if (failing === undefined) return error;
  return new AssayError(failing.code, failing.message(path), { file: path, sqlite: error.code });
}
