// papaparse splitting the same files in front of our own sink, in a process of its own: workspace path, then the sources.
// It hands each record over as text again, which our splitter takes apart at 1 GB/s; the rest is the importer's work.
import { createReadStream, rmSync } from 'node:fs';
import { createGunzip } from 'node:zlib';
import Papa from 'papaparse';
import { BUNDLED_CATALOG } from '../../shared/domain/pricing/catalog.ts';
import { interpretLine } from '../../shared/domain/usage/classify.ts';
import { createSeriesPricer } from '../../src-main/engine/catalog/line-amounts.ts';
import { priceNewSeries } from '../../src-main/engine/catalog/price-series.ts';
import { rebuildDaily } from '../../src-main/engine/db/daily.ts';
import { closeWorkspace, openWorkspace } from '../../src-main/engine/db/open.ts';
import { openStaging } from '../../src-main/engine/db/staging.ts';
import { bindColumns } from '../../src-main/engine/import/header.ts';
import { writeRollup } from '../../src-main/engine/import/read-file.ts';
import { createRecordReader } from '../../src-main/engine/import/read-records.ts';
import { createRun } from '../../src-main/engine/import/run.ts';

const CHUNK_BYTES = 1024 * 1024;

const [, , workspacePath = '', ...sources] = process.argv;
rmSync(workspacePath, { force: true });
const db = openWorkspace(workspacePath);
const staging = openStaging(db, new Date().toISOString());
const run = createRun(staging, interpretLine, createSeriesPricer(BUNDLED_CATALOG));
let rows = 0;

const cellOf = (cell: string): string => (/[",\n]/u.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
const textOf = (records: readonly string[][]): string =>
  records.map((record) => `${record.map(cellOf).join(',')}\n`).join('');

function readerOf(source: string, header: readonly string[]) {
  const binding = bindColumns(header, ',', source);
  const file = staging.addFile({
    name: source,
    bytes: 0,
    format: binding.format,
    compression: 'gzip',
    report: 'bench',
    part: null,
    header,
    delimiter: ',',
  });
  return createRecordReader(run, file, source, binding, 'bench');
}

for (const source of sources) {
  let reader: ReturnType<typeof readerOf> | null = null;
  const take = (): void => staging.inTransaction(() => void reader?.takeUntil(Number.POSITIVE_INFINITY));
  const plain = createReadStream(source, { highWaterMark: CHUNK_BYTES }).pipe(
    createGunzip({ chunkSize: CHUNK_BYTES }),
  );
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(plain, {
      delimiter: ',',
      newline: '\n',
      chunk: ({ data }) => {
        reader ??= readerOf(source, data[0] ?? []);
        reader.feed(Buffer.from(textOf(data)));
        take();
      },
      complete: () => resolve(),
      error: reject,
    });
  });
  const read = reader as ReturnType<typeof readerOf> | null;
  read?.end();
  take();
  rows += read?.counts.read ?? 0;
}
await writeRollup(run);
staging.inTransaction(() => staging.writeGathered());
await priceNewSeries(db, staging.batchId, BUNDLED_CATALOG);
await rebuildDaily(db, staging.batchId);
closeWorkspace(db);
console.log(`${rows} records, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
