// Sums over an import's report that the screen shows.
import type { Output } from '../../../shared/contract/methods.ts';

type Batch = Output<'import.history'>['batches'][number];
export type FileReport = Batch['files'][number];
export type RowCounts = Batch['rows'];

/** Whether every row read went somewhere that can be named. */
export function accountedFor({ read, kept, rolledUp, rejected }: RowCounts): boolean {
  return read === kept + rolledUp + rejected;
}

/** Each missing capability once, with the files that lack it. */
export function missingCapabilities(
  files: readonly FileReport[],
): { readonly capability: string; readonly consequence: string; readonly files: string }[] {
  const found = new Map<string, { capability: string; consequence: string; names: string[] }>();
  for (const { path, missing } of files) {
    for (const { capability, consequence } of missing) {
      const key = `${capability} ${consequence}`;
      const entry = found.get(key) ?? { capability, consequence, names: [] };
      entry.names.push(baseName(path));
      found.set(key, entry);
    }
  }
  return [...found.values()].map(({ names, ...rest }) => ({ ...rest, files: nameList(names, files.length) }));
}

function nameList(names: readonly string[], of: number): string {
  if (names.length === of && of > 1) return 'all files';
  return names.length <= 3
    ? names.join(', ')
    : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

export function baseName(path: string): string {
  return path.split(/[\\/]/u).at(-1) ?? path;
}
