// Writes a sample export to a folder the way AWS lays one out: parts, manifests, and `truth.json` beside them.
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { PAYER } from './company.ts';
import { csvRow, type RowPeriod, type SampleFormat, sampleFormat } from './formats.ts';
import type { SampleLine } from './line.ts';
import { linesOfMonth, nextMonth, type SampleShape } from './lines.ts';
import { keepTruth, type Truth, type TruthKeeper } from './truth.ts';

export type SampleOptions = {
  readonly folder: string;
  readonly rows: number;
  readonly months: number;
  readonly seed: number;
  readonly format: 'cur-1.0' | 'cur-2.0';
  readonly compression: 'gzip' | 'none';
  /** Last month of the sample, `YYYY-MM`; it has no invoice yet. */
  readonly lastMonth: string;
};

export const SAMPLE_DEFAULTS = {
  rows: 24_000,
  months: 4,
  seed: 1,
  format: 'cur-2.0',
  compression: 'gzip',
  lastMonth: '2026-10',
} as const satisfies Omit<SampleOptions, 'folder'>;

const REPORT = 'northwind-bedrock';
const ROWS_PER_PART = 500_000;
const CHUNK = 1 << 18;

/** Writes the export and returns its true totals and the data files. Bounded memory, whatever the number of rows. */
export async function writeSample(options: SampleOptions): Promise<{ files: string[]; truth: Truth }> {
  const months = monthsUpTo(options.lastMonth, options.months);
  const shape: SampleShape = { months, rows: options.rows, seed: options.seed };
  const truth = keepTruth();
  const format = sampleFormat(options.format);
  const files: string[] = [];
  for (const month of months) {
    const lines = linesOfMonth(shape, month, Math.round(options.rows / months.length));
    files.push(...(await writeMonth(options, format, month, lines, truth)));
  }
  const result = truth.read(options.seed, options.format);
  await writeFile(join(options.folder, 'truth.json'), `${JSON.stringify(result, null, 2)}\n`);
  return { files, truth: result };
}

function monthsUpTo(last: string, count: number): string[] {
  const [year = 2026, month = 10] = last.split('-').map(Number);
  return Array.from({ length: count }, (_, index) =>
    new Date(Date.UTC(year, month - count + index, 1)).toISOString().slice(0, 7),
  );
}

async function writeMonth(
  options: SampleOptions,
  format: SampleFormat,
  month: string,
  lines: Iterator<SampleLine>,
  truth: TruthKeeper,
): Promise<string[]> {
  const start = Date.parse(`${month}-01T00:00:00Z`);
  const end = nextMonth(start);
  const closed = month !== options.lastMonth;
  const period: RowPeriod = {
    start: new Date(start).toISOString(),
    end: new Date(end).toISOString(),
    invoice: (entity) => (closed ? `${entity === 'AWS' ? '24' : '25'}${month.replace('-', '')}71` : ''),
  };
  const layout = layoutOf(options, month, start, end);
  await mkdir(layout.dataFolder, { recursive: true });
  await mkdir(layout.manifestFolder, { recursive: true });
  const files: string[] = [];
  const rows = rowsOf(lines, (line) => {
    truth.add(line, month);
    return csvRow(format, line, period);
  });
  while (!rows.ended()) {
    const file = join(layout.dataFolder, layout.fileName(files.length + 1));
    await writePart(file, options.compression, chunksOfPart(format, rows));
    files.push(file);
  }
  await writeFile(join(layout.manifestFolder, `${REPORT}-Manifest.json`), layout.manifest(format, files));
  return files;
}

type Rows = { ended(): boolean; next(): string };

/** The lines as rows, one at a time over several files. */
function rowsOf(lines: Iterator<SampleLine>, toRow: (line: SampleLine) => string): Rows {
  let ahead = lines.next();
  return {
    ended: () => ahead.done === true,
    next() {
      if (ahead.done === true) return '';
      const row = toRow(ahead.value);
      ahead = lines.next();
      return row;
    },
  };
}

function* chunksOfPart({ header }: SampleFormat, rows: Rows): Generator<string> {
  let text = `${header.join(',')}\n`;
  for (let row = 0; row < ROWS_PER_PART && !rows.ended(); row++) {
    text += rows.next();
    if (text.length > CHUNK) {
      yield text;
      text = '';
    }
  }
  yield text;
}

function writePart(
  file: string,
  compression: SampleOptions['compression'],
  chunks: Generator<string>,
): Promise<void> {
  const source = Readable.from(chunks, { objectMode: false });
  const sink = createWriteStream(file);
  return compression === 'gzip' ? pipeline(source, createGzip({ level: 6 }), sink) : pipeline(source, sink);
}

type Layout = {
  readonly dataFolder: string;
  readonly manifestFolder: string;
  fileName(part: number): string;
  manifest(format: SampleFormat, files: readonly string[]): string;
};

function layoutOf(options: SampleOptions, month: string, start: number, end: number): Layout {
  return options.format === 'cur-2.0'
    ? exportLayout(options, month)
    : reportLayout(options, month, start, end);
}

const extensionOf = ({ compression }: SampleOptions): string => (compression === 'gzip' ? 'csv.gz' : 'csv');
const json = (content: unknown): string => `${JSON.stringify(content, null, 2)}\n`;
const inFolder = ({ folder }: SampleOptions, file: string): string => file.slice(folder.length + 1);

/** CUR 2.0: a data export with `data` and `metadata` folders. */
function exportLayout(options: SampleOptions, month: string): Layout {
  const folderOf = (part: string): string => join(options.folder, REPORT, part, `BILLING_PERIOD=${month}`);
  return {
    dataFolder: folderOf('data'),
    manifestFolder: folderOf('metadata'),
    fileName: (part) => `${REPORT}-${String(part).padStart(5, '0')}.${extensionOf(options)}`,
    manifest: ({ header }, files) =>
      json({
        executionId: `sample-${options.seed}-${month}`,
        exportArn: `arn:aws:bcm-data-exports:us-east-1:${PAYER.id}:export/${REPORT}`,
        columns: header.map((name) => ({ name, type: 'string' })),
        dataFiles: files.map((file) => `s3://sample-bucket/${inFolder(options, file)}`),
      }),
  };
}

/** CUR 1.0: a folder a billing period with the manifest beside the parts. */
function reportLayout(options: SampleOptions, month: string, start: number, end: number): Layout {
  const days = [start, end].map((time) => new Date(time).toISOString().slice(0, 10).replaceAll('-', ''));
  const folder = join(options.folder, REPORT, days.join('-'));
  return {
    dataFolder: folder,
    manifestFolder: folder,
    fileName: (part) => `${REPORT}-${part}.${extensionOf(options)}`,
    manifest: ({ header }, files) =>
      json({
        assemblyId: `sample-${options.seed}-${month}`,
        account: PAYER.id,
        columns: header.map((name) => {
          const [category, ...rest] = name.split('/');
          return { category, name: rest.join('/') };
        }),
        charset: 'UTF-8',
        compression: options.compression === 'gzip' ? 'GZIP' : 'NONE',
        contentType: 'text/csv',
        reportName: REPORT,
        billingPeriod: { start: `${days[0]}T000000.000Z`, end: `${days[1]}T000000.000Z` },
        bucket: 'sample-bucket',
        reportKeys: files.map((file) => inFolder(options, file)),
      }),
  };
}
