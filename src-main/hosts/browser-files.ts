// Files in browser mode: uploads into a private folder, a listing of the folder the user named, exports for download.
import { randomBytes } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  mkdirSync,
  mkdtempSync,
  type ReadStream,
  rmSync,
  statSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { AssayError } from '../../shared/contract/errors.ts';
import type { PickedFile } from '../../shared/contract/protocol.ts';
import { exportFiles, picked } from './export-files.ts';
import { createFileTokens, type FileTokens } from './file-tokens.ts';

export type BrowserFiles = {
  readonly tokens: FileTokens;
  list(): PickedFile[];
  receive(name: string, content: Readable): Promise<PickedFile>;
  target(name: string): { token: string; name: string };
  download(token: string): { stream: ReadStream; name: string; bytes: number };
  /** Removes everything that was uploaded or exported. */
  close(): void;
};

export function createBrowserFiles(folder: string | null): BrowserFiles {
  const tokens = createFileTokens();
  // Readable by this user only: it holds bills.
  const room = mkdtempSync(join(tmpdir(), 'assay-'));
  const targets = new Set<string>();

  /** A place of its own for each file, so that it keeps its name: the importer reads the report's name from it. */
  const place = (name: string): string => {
    const home = join(room, randomBytes(9).toString('base64url'));
    mkdirSync(home, { mode: 0o700 });
    return join(home, safeName(name));
  };

  return {
    tokens,
    list: () => (folder === null ? [] : picked(exportFiles(folder), tokens, folder)),
    async receive(name, content) {
      const file = place(name);
      try {
        await pipeline(content, createWriteStream(file, { mode: 0o600 }));
      } catch (error) {
        await rm(dirname(file), { recursive: true, force: true });
        throw uploadError(error, name);
      }
      return { token: tokens.give(file), name: safeName(name), bytes: statSync(file).size };
    },
    target(name) {
      const token = tokens.give(place(name));
      targets.add(token);
      return { token, name: safeName(name) };
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

/** The last part of a name, without what a file system gives a meaning to. */
function safeName(name: string): string {
  const last = name.split(/[/\\]/u).at(-1) ?? '';
  const plain = [...last].filter((character) => character >= ' ' && !'<>:"|?*'.includes(character)).join('');
  const trimmed = plain.replace(/^\.+/u, '').slice(-200);
  return trimmed === '' ? 'file' : trimmed;
}

function uploadError(error: unknown, name: string): AssayError {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new AssayError(
      'disk_full',
      `There is no room for ${safeName(name)} in ${tmpdir()}. Free some space, or start \`assay serve --files <folder>\` and pick the file without an upload.`,
      { file: safeName(name) },
    );
  }
  return new AssayError('file_unreadable', `${safeName(name)} was not received completely. Send it again.`, {
    file: safeName(name),
  });
}
