// Files in browser mode: uploads into a private folder, a listing of the folder the user named, exports for download.
import { randomBytes } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  type ReadStream,
  rmSync,
  statSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AssayError } from '../../shared/contract/errors.ts';
import type { PickedFile } from '../../shared/contract/protocol.ts';
import { exportFiles, picked } from './export-files.ts';
import { createFileTokens, type FileTokens } from './file-tokens.ts';

export type BrowserFiles = {
  readonly tokens: FileTokens;
  list(): PickedFile[];
  /** `group`: the same for all files of one choice; `name` may have folders in it. */
  receive(group: string, name: string, content: Readable): Promise<PickedFile>;
  target(name: string): { token: string; name: string };
  download(token: string): { stream: ReadStream; name: string; bytes: number };
  /** Removes everything that was uploaded or exported. */
  close(): void;
};

/** Deeper than any delivery of a billing export. */
const MOST_LEVELS = 12;

/** What every server's private folder begins with; six characters follow. */
const ROOM = join(tmpdir(), 'assay-uploads-');
const RANDOM_BYTES = 9;
const RANDOM_NAME = '[\\w-]{12}';

const quoted = (text: string): string => JSON.stringify(text).slice(1, -1);
const literally = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
const SEPARATOR = literally(quoted(sep));
const IN_ROOM = new RegExp(
  `${literally(quoted(ROOM))}\\w{6}${SEPARATOR}${RANDOM_NAME}(?:${SEPARATOR}~${RANDOM_NAME})?(${SEPARATOR})?`,
  'gu',
);

/**
 * JSON for the page with uploaded files named as the user named them. Where this or an earlier server kept them for the
 * time of an import tells nobody anything.
 */
export function namedAsUploaded(json: string): string {
  if (!json.includes(quoted(ROOM))) return json;
  return json.replaceAll(IN_ROOM, (_found, after?: string) => (after === undefined ? 'the upload' : ''));
}

export function createBrowserFiles(folder: string | null): BrowserFiles {
  const tokens = createFileTokens();
  // Readable by this user only: it holds bills.
  const room = mkdtempSync(ROOM);
  const targets = new Set<string>();

  /** Files of one choice share a folder, below it as they lay: the importer looks for a manifest beside the data. */
  const groups = new Map<string, string>();
  const groupFolder = (group: string): string => {
    const folder = groups.get(group) ?? join(room, randomName());
    groups.set(group, folder);
    return folder;
  };
  const place = (group: string, name: string): string => {
    const parts = name.split(/[/\\]/u).slice(-MOST_LEVELS).map(safeName);
    const wanted = join(groupFolder(group), ...parts);
    // Files of one name from several folders may be dropped together: each keeps its name in a folder of its own.
    const file = existsSync(wanted) ? join(groupFolder(group), `~${randomName()}`, ...parts) : wanted;
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    return file;
  };

  return {
    tokens,
    list: () => (folder === null ? [] : picked(exportFiles(folder), tokens, folder)),
    async receive(group, name, content) {
      const file = place(group, name);
      try {
        await pipeline(content, createWriteStream(file, { flags: 'wx', mode: 0o600 }));
      } catch (error) {
        await rm(file, { force: true });
        throw uploadError(error, basename(file));
      }
      return { token: tokens.give(file), name: basename(file), bytes: statSync(file).size };
    },
    target(name) {
      const file = place(randomName(), safeName(name));
      const token = tokens.give(file);
      targets.add(token);
      return { token, name: basename(file) };
    },
    download(token) {
      const file = targets.has(token) ? tokens.path(token) : null;
      const written = file === null ? undefined : statSync(file, { throwIfNoEntry: false });
      if (file === null || written === undefined)
        throw new AssayError('not_found', 'There is no such export to download.', {});
      return { stream: createReadStream(file), name: basename(file), bytes: written.size };
    },
    close() {
      rmSync(room, { recursive: true, force: true });
    },
  };
}

/** One part of a path, without what a file system gives a meaning to: it can neither climb nor be hidden. */
function safeName(name: string): string {
  const plain = [...name]
    .filter((character) => character >= ' ' && !'/\\<>:"|?*'.includes(character))
    .join('');
  const trimmed = plain.replace(/^\.+/u, '').slice(-200);
  return trimmed === '' ? 'file' : trimmed;
}

const randomName = (): string => randomBytes(RANDOM_BYTES).toString('base64url');

function uploadError(error: unknown, name: string): AssayError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AssayError(
      'disk_full',
      `There is no room for ${name} in ${tmpdir()}. Free some space, or start \`assay serve --files <folder>\` and pick the file without an upload.`,
      { file: name },
    );
  }
  return new AssayError('file_unreadable', `${name} was not received completely. Send it again.`, {
    file: name,
  });
}
