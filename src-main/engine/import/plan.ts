// Turns the paths a user gave into the sources to read: folders opened, manifests used, older assemblies left out,
// parts checked for completeness. Nothing is written yet.
import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '../../../shared/contract/errors.ts';
import { type Binding, bindColumns, readHeader } from './header.ts';
import { isManifestName, type Manifest, manifestOf, partOf, readManifest } from './manifest.ts';
import { type Compression, fileError, openPlain, sniff } from './open-source.ts';
import { createScanner, feed, fieldText, nextRecord } from './scanner.ts';
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
  /** A manifest outside the file's folder names it by its folder: AWS points to the newest assembly that way. */
  readonly isNewestAssembly: boolean;
  /** Billing period of the first record, `YYYY-MM`; '' when the file has none. */
  readonly firstPeriod: string;
};

export type Plan = { readonly sources: readonly Source[]; readonly warnings: readonly string[] };

/** A header may be long: thousands of tag columns. */
const MAX_HEADER_BYTES = 4 * 1024 * 1024;

export async function planImport(paths: readonly string[], allowMissingParts: boolean): Promise<Plan> {
  const { files, manifests } = await expand(paths);
  if (files.length === 0) {
    throw new AssayError(
      'nothing_to_import',
      `There is no CSV, gzip or zip file in ${paths.join(', ')}. Give the export's data files or their folder.`,
      { file: paths[0] ?? '' },
    );
  }
  const sources: Source[] = [];
  for (const path of files) sources.push(...(await probe(path, manifests)));
  const { newest, warnings } = newestAssemblies(sources);
  if (!allowMissingParts) refuseMissingParts(newest);
  return {
    sources: newest.toSorted(
      (left, right) => left.report.localeCompare(right.report) || (left.part ?? 0) - (right.part ?? 0),
    ),
    warnings: [...warnings, ...newest.flatMap(({ binding }) => binding.warnings)],
  };
}

async function expand(paths: readonly string[]): Promise<{ files: string[]; manifests: Manifest[] }> {
  const files = new Map<string, string>();
  const manifestPaths = new Set<string>();
  const add = async (path: string): Promise<void> => {
    const real = await realpath(path);
    if (!files.has(real)) files.set(real, path);
  };
  for (const path of paths) {
    try {
      const found = await stat(path);
      if (found.isDirectory()) {
        for (const name of await readdir(path, { recursive: true })) {
          if (isManifestName(name)) manifestPaths.add(join(path, name));
          else if (!isIgnored(name) && (await stat(join(path, name))).isFile()) await add(join(path, name));
        }
      } else {
        await add(path);
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
  const manifests = await Promise.all(byDepth.map(readManifest));
  return { files: [...files.values()].toSorted(), manifests: manifests.filter((one) => one !== null) };
}

/** Reads the beginning of a file: its format, columns, report, and the period of its first record. */
async function probe(path: string, manifests: readonly Manifest[]): Promise<Source[]> {
  if (isManifestName(path)) return [];
  const compression = await sniff(path);
  const { size, mtimeMs } = await stat(path);
  const members: (string | null)[] = compression === 'zip' ? await zipMembers(path) : [null];
  const sources: Source[] = [];
  for (const entry of members) {
    const name = entry === null || members.length === 1 ? path : `${path}/${entry}`;
    const head = await readHead(path, compression, entry, name);
    const { header, delimiter } = readHeader(head.toString('utf8'), name);
    const binding = bindColumns(header, delimiter, name);
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
      isNewestAssembly: manifest !== null && shared > 1 && dirname(manifest.path) !== dirname(path),
      firstPeriod: firstPeriod(head, binding),
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
  for await (const chunk of openPlain(path, compression, entry).chunks) {
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

function firstPeriod(head: Buffer, binding: Binding): string {
  const scanner = createScanner(binding.delimiter, binding.slotOf, binding.slots);
  feed(scanner, head, '');
  const slot = binding.slot.period >= 0 ? binding.slot.period : binding.slot.usageStart;
  if (nextRecord(scanner, false) !== 'record' || nextRecord(scanner, true) !== 'record') return '';
  return scanner.width === binding.header.length ? fieldText(scanner, slot).slice(0, 7) : '';
}

type Assembly = { readonly folder: string; readonly sources: Source[] };

/**
 * Each assembly of a report holds its whole period so far. Where a folder brings several of one report and period,
 * only the newest counts, with all its parts.
 */
function newestAssemblies(sources: readonly Source[]): { newest: Source[]; warnings: string[] } {
  const groups = Map.groupBy(sources, ({ report, firstPeriod }) => `${report} ${firstPeriod}`);
  const newest: Source[] = [];
  const warnings: string[] = [];
  for (const group of groups.values()) {
    const parts = Map.groupBy(group, ({ part, path }) => `${part ?? basename(path)}`);
    const hasDuplicates = [...parts.values()].some((same) => same.length > 1);
    if (!hasDuplicates) {
      newest.push(...group);
      continue;
    }
    const assemblies = [...Map.groupBy(group, ({ path }) => dirname(path))]
      .map(([folder, members]): Assembly => ({ folder, sources: members }))
      .toSorted((left, right) => ageOf(right).localeCompare(ageOf(left)));
    const [first, ...older] = assemblies;
    newest.push(...(first?.sources ?? []));
    for (const { folder } of older) {
      warnings.push(`${folder} holds an older delivery of the same report and period; it was left out.`);
    }
  }
  return { newest, warnings };
}

/** Sorts assemblies by age: the one its period's manifest names, then by the time in the folder's name or the files'. */
function ageOf({ folder, sources }: Assembly): string {
  const isNamed = sources.some(({ isNewestAssembly }) => isNewestAssembly);
  const stamp = /\d{4}-?\d{2}-?\d{2}T[\d:.]+Z?/u.exec(basename(folder))?.[0].replaceAll(/[-:]/gu, '');
  const modified = new Date(Math.max(...sources.map((source) => source.modified)));
  return `${isNamed ? 1 : 0} ${stamp ?? modified.toISOString().replaceAll(/[-:]/gu, '')}`;
}

function refuseMissingParts(sources: readonly Source[]): void {
  for (const [key, group] of Map.groupBy(
    sources,
    ({ report, firstPeriod }) => `${report}, period ${firstPeriod}`,
  )) {
    const missing = [...missingFromManifest(group), ...missingNumbers(group)];
    if (missing.length === 0) continue;
    throw new AssayError(
      'missing_parts',
      `${key}: ${missing.join(', ')} is missing, so the totals would be too low. Add the missing part, or import what is there by allowing missing parts.`,
      { report: key, missing: missing.join(', ') },
    );
  }
}

function missingFromManifest(group: readonly Source[]): string[] {
  const manifest = group.find((source) => source.manifest !== null)?.manifest;
  if (manifest === undefined || manifest === null) return [];
  const given = new Set(group.map(({ path }) => basename(path)));
  const stems = new Set(group.map(({ path }) => partOf(path).part));
  // Files are often unpacked after the download, so a part with the same number counts as there.
  return manifest.keys
    .map((key) => basename(key))
    .filter((name) => !given.has(name) && !stems.has(partOf(name).part));
}

function missingNumbers(group: readonly Source[]): string[] {
  const numbers = group.map(({ part }) => part).filter((part) => part !== null);
  if (numbers.length === 0) return [];
  const start = numbers.includes(0) ? 0 : 1;
  const last = Math.max(...numbers);
  const missing: string[] = [];
  for (let number = start; number < last && missing.length < 20; number++) {
    if (!numbers.includes(number)) missing.push(`part ${number}`);
  }
  return missing;
}
