// Which files of a folder an import could read: by name only, the importer judges by content.
import { readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { PickedFile } from '../../shared/contract/protocol.ts';
import type { FileTokens } from './file-tokens.ts';

/** What billing exports and their manifests are called. */
const EXPORT_NAME = /\.(csv|csv\.gz|gz|zip|json)$/iu;

/** Enough for years of a large company's parts; a folder beyond it is more likely the wrong folder. */
const MOST_FILES = 10_000;

/** Regular files only: a symbolic link could lead out of the folder. */
export function exportFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && EXPORT_NAME.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .slice(0, MOST_FILES);
}

/** Files as a page may know them: a token, a name (relative to `folder`) and a size. */
export function picked(files: readonly string[], tokens: FileTokens, folder: string | null): PickedFile[] {
  return files.map((file) => ({
    token: tokens.give(file),
    name: (folder === null ? file.split(sep).at(-1) : relative(folder, file).split(sep).join('/')) ?? file,
    bytes: statSync(file).size,
  }));
}
