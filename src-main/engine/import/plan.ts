// Turns the paths a user gave into the sources to read: folders opened, manifests used, formats recognised.
// Nothing is written yet.
import type { Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import {
  namedByManifest,
  newestAssemblies,
  onePartOnce,
  refuseMissingParts,
  withPeriods,
} from './assemblies.ts';
import { type Binding, bindColumns, readHeader, unsupported } from './header.ts';
import { isManifestName, type Manifest, manifestOf, partOf, readManifest } from './manifest.ts';
import {
  type Compression,
  compressionOf,
  fileError,
  HEAD_CHUNK_BYTES,
  openPlain,
  sniff,
} from './open-source.ts';
import { fieldText } from './record-page.ts';
import { createScanner, feed, nextRecord } from './scanner.ts';
import { isIgnored, zipMembers } from './zip.ts';

export type Source = {
  readonly path: string;
  /** Member of a zip. */
  readonly entry: string | null;
  /** Path as the user knows it. */
  readonly name: string;
  readonly compression: Compression;
  /** Size on disk. */
  readonly bytes: number;
  readonly modified: number;
  readonly binding: Binding;
  readonly report: string;
  readonly part: number | null;
  readonly manifest: Manifest | null;
  /** The manifest names the file with the folder it lies in, not by its file name only. */
  readonly manifestNamesFolder: boolean;
  /** A manifest outside the file's folder names it by its folder: AWS points to the newest assembly that way. */
  readonly isNewestAssembly: boolean;
  /** Billing period of the first record, `YYYY-MM`; '' when the file has none. */
  readonly firstPeriod: string;
  /** Payer of the first record; '' when the file has none, or does not say. */
  readonly firstPayer: string;
  /** Tells bills of several payers apart that have one report name and period; '' where that name and period is one bill. */
  readonly bill: string;
};

export type Plan = { readonly sources: readonly Source[]; readonly warnings: readonly string[] };

/** A header may be long: thousands of tag columns. */
const MAX_HEADER_BYTES = 4 * 1024 * 1024;

/** What lies under the paths that were given: files that may hold lines, their bytes together, and manifests. */
export type Found = {
  readonly paths: readonly string[];
  readonly files: readonly string[];
  readonly bytes: number;
  readonly manifests: readonly Manifest[];
  /** Files of the folders that cannot hold a bill as far as their names tell, and manifests that cannot be read. */
  readonly leftOut: readonly string[];
  readonly unreadable: readonly string[];
};

export async function planImport(
  { paths, files, manifests, leftOut, unreadable }: Found,
  allowMissingParts: boolean,
): Promise<Plan> {
  if (files.length === 0) {
    const isManifestOnly = paths.every(isManifestName);
    throw new AssayError(
      'nothing_to_import',
      isManifestOnly
        ? `${paths.join(', ')} only names the files of a bill and holds none of its lines. Give the folder that holds the files, or the files themselves.`
        : `There is no CSV, gzip, zip or Parquet file in ${paths.join(', ')}. Give the export's data files or their folder.`,
      { file: paths[0] ?? '' },
    );
  }
  const sources: Source[] = [];
  for (const path of files) sources.push(...(await probe(path, manifests)));
  const { newest, warnings } = newestAssemblies(onePartOnce(namedByManifest(withPeriods(sources))));
  if (!allowMissingParts) refuseMissingParts(newest);
  return {
    sources: newest.toSorted(
      (left, right) => left.report.localeCompare(right.report) || (left.part ?? 0) - (right.part ?? 0),
    ),
    warnings: [
      ...leftOutOf(leftOut),
      ...unreadable.map(
        (path) =>
          `${path} cannot be read as a manifest: nothing says whether all files of its delivery are here.`,
      ),
      ...warnings,
      ...newest.flatMap(({ binding }) => binding.warnings),
    ],
  };
}

/** Names of files left out that are said, the others are counted. */
const LEFT_OUT_NAMED = 5;

function leftOutOf(paths: readonly string[]): string[] {
  if (paths.length === 0) return [];
  const others = paths.length - LEFT_OUT_NAMED;
  const named = paths.slice(0, LEFT_OUT_NAMED).join(', ');
  return [
    `Left out, because their names are not those of CSV, gzip, zip or Parquet files: ${named}${others > 0 ? ` and ${others} more` : ''}.`,
  ];
}

/** Files that AWS puts beside the data, and hidden ones. */
const isBesideTheData = (name: string): boolean =>
  /(^|[/\\])(\.|__MACOSX([/\\]|$))/u.test(name) || /\.(json|sql|ya?ml)$/iu.test(name);

/** Looks into the folders; opens no file but manifests. */
export async function findFiles(paths: readonly string[]): Promise<Found> {
  const files = new Map<string, string>();
  const manifestPaths = new Set<string>();
  const leftOut: string[] = [];
  let bytes = 0;
  const add = async (path: string, { size }: Stats): Promise<void> => {
    const real = await realpath(path);
    if (files.has(real)) return;
    files.set(real, path);
    bytes += size;
  };
  for (const path of paths) {
    try {
      const found = await stat(path);
      if (found.isDirectory()) {
        for (const name of await readdir(path, { recursive: true })) {
          if (isManifestName(name)) {
            manifestPaths.add(join(path, name));
          } else if (!isBesideTheData(name)) {
            const member = await stat(join(path, name));
            if (!member.isFile()) continue;
            if (isIgnored(name)) leftOut.push(join(path, name));
            else await add(join(path, name), member);
          }
        }
      } else {
        if (!isManifestName(path)) await add(path, found);
        for (const name of await readdir(dirname(path))) {
          if (isManifestName(name)) manifestPaths.add(join(dirname(path), name));
        }
      }
    } catch (error) {
      throw error instanceof AssayError ? error : fileError(path, error);
    }
  }
  // Outer folders first: of two manifests that name a file, the outer one names the newest assembly only.
  const byDepth = [...manifestPaths].toSorted((left, right) => left.length - right.length);
  const read = await Promise.all(byDepth.map(async (path) => ({ path, manifest: await readManifest(path) })));
  return {
    paths,
    files: [...files.values()].toSorted(),
    bytes,
    manifests: read.map(({ manifest }) => manifest).filter((one) => one !== null && one !== 'unreadable'),
    leftOut: leftOut.toSorted(),
    unreadable: read.filter(({ manifest }) => manifest === 'unreadable').map(({ path }) => path),
  };
}

/** Reads the beginning of a file: its format, columns, report, and the period of its first record. */
async function probe(path: string, manifests: readonly Manifest[]): Promise<Source[]> {
  const compression = await sniff(path);
  const { size, mtimeMs } = await stat(path);
  const members: (string | null)[] = compression === 'zip' ? await zipMembers(path) : [null];
  const sources: Source[] = [];
  for (const entry of members) {
    const name = entry === null || members.length === 1 ? path : `${path}/${entry}`;
    const head = await readHead(path, compression, entry, name);
    refuseNoText(head, entry === null ? path : `${path}, ${entry}`, entry !== null);
    const { header, delimiter } = readHeader(head.toString('utf8'), name);
    const bound = bindColumns(header, delimiter, name);
    const binding = { ...bound, warnings: [...bound.warnings, ...oddLetters(head, name)] };
    const { manifest, shared } = manifestOf(path, manifests);
    const { stem, part } = partOf(entry === null || members.length === 1 ? path : entry);
    sources.push({
      path,
      entry,
      name,
      compression,
      bytes: size,
      modified: mtimeMs,
      binding,
      report: manifest?.report ?? stem,
      part,
      manifest,
      manifestNamesFolder: shared > 1,
      isNewestAssembly: manifest !== null && shared > 1 && dirname(manifest.path) !== dirname(path),
      ...firstRecord(head, binding),
      bill: '',
    });
  }
  return sources;
}

/** Bytes up to a few records past the header. */
async function readHead(
  path: string,
  compression: Compression,
  entry: string | null,
  name: string,
): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of openPlain(path, compression, entry, HEAD_CHUNK_BYTES).chunks) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= 64 * 1024 && Buffer.concat(parts).includes(0x0a)) break;
    if (length > MAX_HEADER_BYTES) {
      throw new AssayError(
        'unsupported_format',
        `${name} cannot be imported: its first ${MAX_HEADER_BYTES} bytes hold no line end.`,
        { file: name },
      );
    }
  }
  if (length === 0) throw new AssayError('nothing_to_import', `${name} is empty.`, { file: name });
  return Buffer.concat(parts);
}

/** Throws `unsupported_format` where the beginning is that of a packed file or of no text at all. */
function refuseNoText(head: Buffer, name: string, isPackedAlready: boolean): void {
  if (isPackedAlready && compressionOf(head) !== 'none') {
    throw unsupported(
      name,
      'it is packed once more inside the zip. Unpack the zip and import what is in it.',
    );
  }
  const header = head.subarray(0, Math.max(head.indexOf(0x0a), 0) || head.length);
  if (header.includes(0)) throw unsupported(name, 'it is no text. Import the files that AWS delivered.');
}

/** What is not UTF-8 can be read for its figures; its letters outside ASCII are lost. */
function oddLetters(head: Buffer, name: string): string[] {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return [];
  } catch {
    return [
      `${name}: letters outside ASCII are not written in UTF-8, so names and tags with them are not as AWS wrote them. Import the file as AWS delivered it.`,
    ];
  }
}

function firstRecord(head: Buffer, binding: Binding): Pick<Source, 'firstPeriod' | 'firstPayer'> {
  const scanner = createScanner(binding.delimiter, binding.slotOf, binding.slots);
  feed(scanner, head, '');
  const isThere = nextRecord(scanner, false) === 'record' && nextRecord(scanner, true) === 'record';
  if (!isThere || scanner.width !== binding.header.length) return { firstPeriod: '', firstPayer: '' };
  const { period, usageStart, payer } = binding.slot;
  return {
    firstPeriod: fieldText(scanner, period >= 0 ? period : usageStart).slice(0, 7),
    firstPayer: payer < 0 ? '' : fieldText(scanner, payer),
  };
}
