// Export files for the end-to-end tests: the real ones in test/data, and a large one made from them.
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ROOT } from './runtimes.ts';

export const CUR_1 = join(ROOT, 'test/data/cur-1.0-export.csv');
export const CUR_2 = join(ROOT, 'test/data/cur-2.0-export-00001.csv');
/** A report as AWS lays it out: folders for the period and the assembly, a manifest, a gzip part. */
export const CUR_1_FOLDER = join(ROOT, 'test/data/cur-1.0-layout');

/** The CUR 1.0 export's rows over and over, a megabyte each time: long enough to be interrupted while it is read. */
export function largeBill(times: number): string {
  const [header = '', ...rows] = readFileSync(CUR_1, 'utf8').trimEnd().split('\n');
  const file = join(mkdtempSync(join(tmpdir(), 'assay-bill-')), 'large.csv.gz');
  writeFileSync(file, gzipSync(`${header}\n`));
  const block = gzipSync(`${rows.join('\n')}\n`);
  for (let round = 0; round < times; round++) appendFileSync(file, block);
  return file;
}
