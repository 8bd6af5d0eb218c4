// Reads AWS's delivery manifests: which report a data file belongs to, and which parts the delivery has.
import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';

export type Manifest = {
  readonly path: string;
  /** `reportName` of CUR 1.0, the export's ARN of CUR 2.0. */
  readonly report: string;
  /** Keys of all data files of the delivery. */
  readonly keys: readonly string[];
};

export function isManifestName(name: string): boolean {
  return /manifest[^/]*\.json$/iu.test(name);
}

/** The manifest at `path`, or null when the file is one of something else; `unreadable` when it is no JSON. */
export async function readManifest(path: string): Promise<Manifest | null | 'unreadable'> {
  let content: unknown;
  try {
    content = JSON.parse((await readFile(path, 'utf8')).replace(/^\uFEFF/u, ''));
  } catch {
    return 'unreadable';
  }
  if (typeof content !== 'object' || content === null) return null;
  const { reportName, exportArn, reportKeys, dataFiles } = content as Record<string, unknown>;
  const report = typeof reportName === 'string' ? reportName : exportArn;
  const keys = Array.isArray(reportKeys) ? reportKeys : dataFiles;
  if (typeof report !== 'string' || !Array.isArray(keys)) return null;
  return { path, report, keys: keys.filter((key) => typeof key === 'string') };
}

/** The manifest that names the file: the one whose key shares the longest end of the path with it. */
export function manifestOf(
  path: string,
  manifests: readonly Manifest[],
): { manifest: Manifest | null; shared: number } {
  let best: Manifest | null = null;
  let bestShared = 0;
  for (const manifest of manifests) {
    for (const key of manifest.keys) {
      const shared = sharedEnd(path, key);
      if (shared > bestShared) {
        best = manifest;
        bestShared = shared;
      }
    }
  }
  return { manifest: best, shared: bestShared };
}

/** Path segments that two paths have in common, counted from the file name; unpacking changes only its extension. */
function sharedEnd(path: string, key: string): number {
  const left = withoutExtension(path).split(/[/\\]/u).reverse();
  const right = withoutExtension(key).split('/').reverse();
  let shared = 0;
  while (shared < left.length && shared < right.length && left[shared] === right[shared]) shared++;
  return shared;
}

function withoutExtension(path: string): string {
  return path.replace(/(\.(csv|gz|zip|txt|tsv|snappy|parquet))+$/iu, '');
}

export type PartName = { readonly stem: string; readonly part: number | null };

/**
 * Report stem and part number of a file name: `report-00003.csv.gz` is part 3 of `report`. A number that ends a
 * date (`cost-2026-04`, `cur-2026-04-01`, `20260401`) is no part number.
 */
export function partOf(path: string): PartName {
  const name = withoutExtension(basename(path));
  const found = /^(?<stem>.*?)[-_](?<part>\d{1,5})$/u.exec(name);
  if (found?.groups === undefined || /(19|20)\d{2}[-_]?(0[1-9]|1[0-2])([-_]?\d{2})?$/u.test(name)) {
    return { stem: name, part: null };
  }
  return { stem: found.groups.stem ?? name, part: Number(found.groups.part) };
}
