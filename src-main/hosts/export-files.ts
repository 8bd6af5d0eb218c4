// Which files of a folder an import could read: by name only, the importer judges by content.
import { readdirSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { EXPORT_FILE_NAME } from '../../shared/contract/channels.ts';
import type { PickedFile } from '../../shared/contract/protocol.ts';
import type { FileTokens } from './file-tokens.ts';

/** Enough for years of a large company's parts; a folder beyond it is more likely the wrong folder. */
const MOST_FILES = 10_000;

/** Regular files only: a symbolic link could lead out of the folder. */
export function exportFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && EXPORT_FILE_NAME.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .slice(0, MOST_FILES);
}

/** A whole folder as one choice: the importer opens it itself, so that manifests and assemblies stay together. */
export function pickedFolder(folder: string, tokens: FileTokens): PickedFile {
  const bytes = exportFiles(folder).reduce((total, file) => total + statSync(file).size, 0);
  return { token: tokens.give(folder), name: basename(folder), bytes };
}

/** Files as a page may know them: a token, a name (relative to `folder`) and a size. */
export function picked(files: readonly string[], tokens: FileTokens, folder: string | null): PickedFile[] {
  return files.map((file) => ({
    token: tokens.give(file),
    name: folder === null ? basename(file) : relative(folder, file).split(sep).join('/'),
    bytes: statSync(file).size,
  }));
}
