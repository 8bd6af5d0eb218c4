// Takes a file of counts into the workspace: told by content what it is, kept whole or not at all, never twice.

import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { importOfFile, keepMetrics, modelsOfProfiles } from '../db/metrics.ts';
import type { Db } from '../db/open.ts';
import { openPlain, sniff } from '../import/open-source.ts';
import {
  isMetricData,
  isStreamPoint,
  type ProfileModels,
  readMetricData,
  takeStreamPoint,
} from './read-cloudwatch.ts';
import { isMetricsCsv, readMetricsCsv } from './read-csv.ts';
import { isInvocationLog, takeInvocation } from './read-invocation-log.ts';
import { seriesOf } from './series.ts';
import { createMetricTally, type MetricTally, MOST_FIGURES } from './tally.ts';

type Report = Output<'metrics.import'>;
type Kind = Report['kind'];

/** Largest file that is read as one text; logs and streams are read line by line and may be of any size. */
const MOST_TEXT_BYTES = 256 * 1024 * 1024;
/** Bytes by which a file is told. */
const SNIFFED = 1024 * 1024;

/** Throws `unsupported_format` for a file of none of the kinds, `nothing_to_import` where no row can be taken. */
export async function importMetrics(db: Db, path: string, now: Date): Promise<Report> {
  if (db.readonly) {
    throw new AssayError(
      'workspace_read_only',
      'This workspace is open for reading only. Open a copy that you may write to, then import.',
    );
  }
  const compression = await sniff(path);
  if (compression === 'zip') throw unsupported(path);
  const stream = openPlain(path, compression, null);
  const models = modelsOfProfiles(db);
  const tally = createMetricTally();
  const kind = await read(path, stream.chunks, models, tally);
  refuseUnusable(path, tally);
  const sha256 = stream.sha256();
  const isHeld = importOfFile(db, sha256) !== null;
  const { rows } = tally;
  const source = {
    file: basename(path),
    kind,
    sha256,
    importedAt: now.toISOString(),
    rowsRead: rows.read,
    rowsTaken: rows.taken,
    rowsRejected: rows.rejected,
  };
  return {
    schemaVersion: 1,
    id: isHeld ? null : keepMetrics(db, source, tally.figures()),
    file: source.file,
    kind,
    rows: { ...rows },
    rejections: [...tally.rejections],
    series: seriesOf(tally.figures()),
    notes: [
      ...(isHeld ? ['This very file is held already: nothing was added.'] : []),
      ...[...tally.notes].slice(0, 18),
    ],
  };
}

function refuseUnusable(path: string, { rows, rejections, size }: MetricTally): void {
  if (size() > MOST_FIGURES) {
    throw new AssayError(
      'unsupported_format',
      `${path} holds more than ${MOST_FIGURES} figures. Add them up by day and model, account or tag first.`,
      { file: path },
    );
  }
  if (rows.taken > 0) return;
  const first = rejections[0];
  throw new AssayError(
    'nothing_to_import',
    first === undefined
      ? `${path} holds no counts.`
      : `${path}: none of ${rows.read} rows could be taken (line ${first.line}: ${first.reason}).`,
    { file: path, rejected: rows.rejected },
  );
}

async function read(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  models: ProfileModels,
  tally: MetricTally,
): Promise<Kind> {
  const rest = chunks[Symbol.asyncIterator]();
  const head: Buffer[] = [];
  for (let size = 0; size < SNIFFED; ) {
    const { value, done } = await rest.next();
    if (done === true) break;
    head.push(Buffer.from(value));
    size += value.length;
  }
  const start = Buffer.concat(head);
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield start;
    for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value;
  };
  const first = jsonOf(firstLine(start.toString('utf8')));
  if (isInvocationLog(first)) {
    await readLines(all(), (content) => takeInvocation(content, models, tally), tally);
    return 'invocation_log';
  }
  if (isStreamPoint(first)) {
    await readLines(all(), (content) => takeStreamPoint(content, models, tally), tally);
    return 'cloudwatch';
  }
  const text = await textOf(path, all());
  if (isMetricsCsv(text)) {
    readMetricsCsv(basename(path), text, tally);
    return 'csv';
  }
  const content = jsonOf(text);
  if (!isMetricData(content)) throw unsupported(path);
  readMetricData(content, models, tally);
  return 'cloudwatch';
}

const firstLine = (text: string): string => text.trimStart().split('\n', 1)[0] ?? '';

/** A JSON value, also behind the time stamp that a log group's export puts in front; undefined where there is none. */
function jsonOf(text: string): unknown {
  const at = text.indexOf('{');
  if (at < 0) return undefined;
  try {
    return JSON.parse(text.slice(at)) as unknown;
  } catch {
    return undefined;
  }
}

async function readLines(
  chunks: AsyncIterable<Uint8Array>,
  take: (content: unknown) => string | null,
  tally: MetricTally,
): Promise<void> {
  let line = 0;
  for await (const text of createInterface({
    input: Readable.from(chunks),
    crlfDelay: Number.POSITIVE_INFINITY,
  })) {
    line++;
    if (text.trim() === '') continue;
    const content = jsonOf(text);
    const reason = content === undefined ? 'is not JSON' : take(content);
    if (reason === null) tally.took();
    else tally.reject(line, reason);
  }
}

async function textOf(path: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MOST_TEXT_BYTES) {
      throw new AssayError(
        'unsupported_format',
        `${path} holds more than ${MOST_TEXT_BYTES} bytes. Split it.`,
        {
          file: path,
        },
      );
    }
    parts.push(chunk);
  }
  return Buffer.concat(parts).toString('utf8');
}

function unsupported(path: string): AssayError {
  return new AssayError(
    'unsupported_format',
    `${path} holds no counts that can be read: expected a CSV with the columns date, key, metric, value; CloudWatch’s metric stream as JSON lines or the answer of GetMetricData; or Bedrock’s invocation log as JSON lines.`,
    { file: path },
  );
}
