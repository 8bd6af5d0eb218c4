// papaparse splitting the same files in front of our own sink, in a process of its own: workspace path, then the sources.
// It hands each record over as text again, which our splitter takes apart at 1 GB/s, on the same thread; the rest is the importer's work.
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
import { createAlikeLines } from '../../src-main/engine/import/alike-lines.ts';
import { bindColumns } from '../../src-main/engine/import/header.ts';
import { createPageWriter } from '../../src-main/engine/import/page-writer.ts';
import { createKnowledge } from '../../src-main/engine/import/pages.ts';
import { writeRollup } from '../../src-main/engine/import/read-file.ts';
import { createRecordReader } from '../../src-main/engine/import/read-records.ts';
import { createPage } from '../../src-main/engine/import/record-page.ts';
import { createRun } from '../../src-main/engine/import/run.ts';

const CHUNK_BYTES = 1024 * 1024;

const [, , workspacePath = '', ...sources] = process.argv;
rmSync(workspacePath, { force: true });
const db = openWorkspace(workspacePath);
const staging = openStaging(db, new Date().toISOString());
const run = createRun(staging, interpretLine, createSeriesPricer(BUNDLED_CATALOG), null);
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
  const knowledge = createKnowledge();
  const writer = createPageWriter(binding, source, knowledge, run.splitter, createAlikeLines());
  const reader = createRecordReader(run, file, source, binding, 'bench', knowledge);
  return { writer, reader };
}

for (const source of sources) {
  let reading: ReturnType<typeof readerOf> | null = null;
  const take = ({ writer, reader }: ReturnType<typeof readerOf>): void =>
    staging.inTransaction(() => {
      for (let isFull = true; isFull; ) {
        const filled = writer.fill(createPage());
        reader.turnTo(filled.page);
        reader.takeUntil(Number.POSITIVE_INFINITY);
        isFull = filled.isFull;
      }
    });
  const plain = createReadStream(source, { highWaterMark: CHUNK_BYTES }).pipe(
    createGunzip({ chunkSize: CHUNK_BYTES }),
  );
  await new Promise<void>((resolve, reject) => {
    Papa.parse<string[]>(plain, {
      delimiter: ',',
      newline: '\n',
      chunk: ({ data }) => {
        reading ??= readerOf(source, data[0] ?? []);
        reading.writer.feed(Buffer.from(textOf(data)));
        take(reading);
      },
      complete: () => resolve(),
      error: reject,
    });
  });
  const read = reading as ReturnType<typeof readerOf> | null;
  if (read === null) continue;
  read.writer.end();
  take(read);
  read.reader.end();
  rows += read.reader.counts.read;
}
await writeRollup(run);
staging.inTransaction(() => staging.writeGathered());
await priceNewSeries(db, staging.batchId, BUNDLED_CATALOG);
await rebuildDaily(db, staging.batchId);
closeWorkspace(db);
console.log(`${rows} records, peak ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
