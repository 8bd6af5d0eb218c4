// Looks at a file before it is opened as a database: what is not a workspace, or only its beginning, is not touched at all.
import { closeSync, existsSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { AssayError } from '../../../shared/contract/errors.ts';
import { backups, damaged } from './backups.ts';
import { APPLICATION_ID } from './schema.ts';

/** The head of a SQLite file: "SQLite format 3", page size at 16, journal mode 18, pages 28, application_id 68. */
const HEADER_BYTES = 100;
/** The schema of a workspace lies in its first pages: a word of it tells one whose head is gone. */
const SCHEMA_BYTES = 1024 * 1024;
const WORD_OF_SCHEMA = 'CREATE TABLE import_batch';

/** Throws `AssayError` where the path is no file that may be opened as a workspace, or made into one. */
export function refuseOtherFiles(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isFile()) throw notAssay(path);
  if (found.size === 0) {
    refuseEmpty(path);
    return;
  }
  const head = readable(path, HEADER_BYTES);
  if (head.length < HEADER_BYTES || head.toString('latin1', 0, 15) !== 'SQLite format 3')
    throw headless(path, 'its first bytes are not those of a workspace');
  // A workspace that died right after it was made has its id in the WAL still: opening it decides.
  const isYoung = head.readUInt32BE(68) === 0 && existsSync(`${path}-wal`);
  if (head.readUInt32BE(68) !== APPLICATION_ID && !isYoung)
    throw headless(path, 'its id is not a workspace’s');
  refuseCutOff(path, head, found);
}

/** Whether the file was left in WAL mode: it was not closed properly. */
export function isLeftInWal(path: string): boolean {
  return beginning(path, HEADER_BYTES)[18] === 2;
}

export function notAssay(path: string): AssayError {
  return new AssayError('workspace_not_assay', `${path} is not an Assay workspace. It was left untouched.`, {
    file: path,
  });
}

function beginning(path: string, length: number): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(descriptor, bytes, 0, length, 0));
  } finally {
    closeSync(descriptor);
  }
}

function readable(path: string, length: number): Buffer {
  try {
    return beginning(path, length);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AssayError('file_unreadable', `${path} cannot be read: ${reason}.`, { file: path });
  }
}

/** A workspace that died while it was made is empty too; its lock or its log lies beside it. */
function refuseEmpty(path: string): void {
  if (existsSync(`${path}-owner`) || existsSync(`${path}-wal`)) return;
  if (isBackedUp(path)) throw damaged(path, 'it is empty');
  throw new AssayError(
    'workspace_not_assay',
    `${path} is empty, which no workspace is: a copy may have been interrupted. It was left untouched. Copy the workspace again, or delete the empty file to begin a new workspace in its place.`,
    { file: path },
  );
}

/** A file without a workspace's head: damaged where anything tells that it was one, else somebody else's. */
function headless(path: string, problem: string): AssayError {
  if (isBackedUp(path) || readable(path, SCHEMA_BYTES).includes(WORD_OF_SCHEMA))
    return damaged(path, problem);
  if (!path.endsWith('.assay')) return notAssay(path);
  return new AssayError(
    'workspace_not_assay',
    `${path} is named like an Assay workspace, but ${problem}: it may be a damaged one, or another program's file. It was left untouched. Put a copy of the workspace in its place, or import the exports into a new workspace.`,
    { file: path },
  );
}

/** Assay keeps backups of its own workspaces only: a file with some beside it was one. */
function isBackedUp(path: string): boolean {
  return backups(path).length > 0;
}

/** A file that is shorter than it says is the beginning of a copy. With a log beside it, the log has the rest. */
function refuseCutOff(path: string, head: Buffer, { size }: Stats): void {
  const pageSize = head.readUInt16BE(16) === 1 ? 65_536 : head.readUInt16BE(16);
  const isPagesKnown = head.readUInt32BE(24) === head.readUInt32BE(92);
  const whole = head.readUInt32BE(28) * pageSize;
  if (!isPagesKnown || size >= whole || existsSync(`${path}-wal`)) return;
  throw damaged(path, `it ends after ${size} of ${whole} bytes, as an interrupted copy does`);
}
