// Writes a sample export to a folder the way AWS lays one out: parts, manifests, and `truth.json` beside them.
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { csvRow, type RowPeriod, type SampleFormat, sampleFormat } from './formats.ts';
import { linesOfMonth, nextMonth, type SampleLine, type SampleShape } from './lines.ts';
import { keepTruth, type Truth, type TruthKeeper } from './truth.ts';
import { PAYER } from './workloads.ts';

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
  let next = lines.next();
  while (next.done !== true) {
    const file = join(layout.dataFolder, layout.fileName(files.length + 1));
    const part = function* (): Generator<string> {
      let text = `${format.header.join(',')}\n`;
      for (let row = 0; row < ROWS_PER_PART && next.done !== true; row++) {
        truth.add(next.value, month);
        text += csvRow(format, next.value, period);
        next = lines.next();
        if (text.length > CHUNK) {
          yield text;
          text = '';
        }
      }
      yield text;
    };
    const source = Readable.from(part(), { objectMode: false });
    const sink = createWriteStream(file);
    await (options.compression === 'gzip'
      ? pipeline(source, createGzip({ level: 6 }), sink)
      : pipeline(source, sink));
    files.push(file);
  }
  await writeFile(join(layout.manifestFolder, `${REPORT}-Manifest.json`), layout.manifest(format, files));
  return files;
}

type Layout = {
  readonly dataFolder: string;
  readonly manifestFolder: string;
  fileName(part: number): string;
  manifest(format: SampleFormat, files: readonly string[]): string;
};

function layoutOf(options: SampleOptions, month: string, start: number, end: number): Layout {
  const extension = options.compression === 'gzip' ? 'csv.gz' : 'csv';
  const base = (file: string): string => file.slice(options.folder.length + 1);
  if (options.format === 'cur-2.0') {
    return {
      dataFolder: join(options.folder, REPORT, 'data', `BILLING_PERIOD=${month}`),
      manifestFolder: join(options.folder, REPORT, 'metadata', `BILLING_PERIOD=${month}`),
      fileName: (part) => `${REPORT}-${String(part).padStart(5, '0')}.${extension}`,
      manifest: ({ header }, files) =>
        `${JSON.stringify(
          {
            executionId: `sample-${options.seed}-${month}`,
            exportArn: `arn:aws:bcm-data-exports:us-east-1:${PAYER.id}:export/${REPORT}`,
            columns: header.map((name) => ({ name, type: 'string' })),
            dataFiles: files.map((file) => `s3://sample-bucket/${base(file)}`),
          },
          null,
          2,
        )}\n`,
    };
  }
  const days = [start, end].map((time) => new Date(time).toISOString().slice(0, 10).replaceAll('-', ''));
  const folder = join(options.folder, REPORT, days.join('-'));
  return {
    dataFolder: folder,
    manifestFolder: folder,
    fileName: (part) => `${REPORT}-${part}.${extension}`,
    manifest: ({ header }, files) =>
      `${JSON.stringify(
        {
          assemblyId: `sample-${options.seed}-${month}`,
          account: PAYER.id,
          columns: header.map((name) => ({
            category: name.split('/')[0],
            name: name.split('/').slice(1).join('/'),
          })),
          charset: 'UTF-8',
          compression: options.compression === 'gzip' ? 'GZIP' : 'NONE',
          contentType: 'text/csv',
          reportName: REPORT,
          billingPeriod: { start: `${days[0]}T000000.000Z`, end: `${days[1]}T000000.000Z` },
          bucket: 'sample-bucket',
          reportKeys: files.map(base),
        },
        null,
        2,
      )}\n`,
  };
}
