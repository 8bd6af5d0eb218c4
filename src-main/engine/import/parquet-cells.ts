// The cells of a Parquet column as the bytes they have in a CSV: each text held once or a few times, never an object a cell.
import { AssayError } from '../../../shared/contract/errors.ts';
import { MAX_RECORD_BYTES } from './scanner.ts';

/** Text n of `bytes`, of `count`, ends at `ends[n]`, where text n + 1 begins; `ids` says which stands in which row. */
export type Column = {
  readonly bytes: Buffer;
  readonly ends: Uint32Array;
  readonly count: number;
  readonly ids: Uint32Array;
};

export type ColumnBuilder = {
  /** Holds a text, given by its bytes, and returns its id. */
  readonly addBytes: (from: Buffer, start: number, end: number) => number;
  /** The id of a value that is not bytes; frequent ones are held once. Values are told apart as `Map` does. */
  readonly idOf: (value: unknown) => number;
  readonly put: (id: number) => void;
  readonly column: () => Column;
};

/** Distinct values that are looked for before one is held again: a column with more has few that repeat. */
const MOST_KNOWN = 8192;
const [QUOTE, COMMA, LINE_FEED, CARRIAGE_RETURN] = [34, 44, 10, 13];

export function createColumn(
  rows: number,
  path: string,
  textOf: (value: unknown) => string = plainText,
): ColumnBuilder {
  const known = new Map<unknown, number>();
  const ids = new Uint32Array(rows);
  let row = 0;
  let bytes = Buffer.allocUnsafeSlow(4096);
  let ends = new Uint32Array(256);
  let count = 0;
  let used = 0;

  const makeRoom = (length: number): void => {
    if (length > MAX_RECORD_BYTES) throw tooLong(path);
    // Every byte may be a quote, which is doubled, between two more.
    const needed = used + 2 * length + 2;
    if (needed > bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(needed, bytes.length * 2));
      bytes.copy(larger, 0, 0, used);
      bytes = larger;
    }
    if (count < ends.length) return;
    const more = new Uint32Array(ends.length * 2);
    more.set(ends);
    ends = more;
  };
  const addBytes = (from: Buffer, start: number, end: number): number => {
    makeRoom(end - start);
    const isQuoted = needsQuotes(from, start, end);
    if (isQuoted) bytes[used++] = QUOTE;
    for (let at = start; at < end; at++) {
      const byte = from[at] as number;
      if (byte === QUOTE) bytes[used++] = QUOTE;
      bytes[used++] = byte;
    }
    if (isQuoted) bytes[used++] = QUOTE;
    ends[count] = used;
    return count++;
  };
  const addText = (text: string): number => {
    const from = Buffer.from(text);
    return addBytes(from, 0, from.length);
  };

  return {
    addBytes,
    idOf(value) {
      const held = known.get(value);
      if (held !== undefined) return held;
      const id = addText(textOf(value));
      if (known.size < MOST_KNOWN) known.set(value, id);
      return id;
    },
    put(id) {
      ids[row++] = id;
    },
    column: () => ({ bytes, ends, count, ids }),
  };
}

function needsQuotes(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte === QUOTE || byte === COMMA || byte === LINE_FEED || byte === CARRIAGE_RETURN) return true;
  }
  return false;
}

const NO_IDS = new Uint32Array(0);

/** A column without a value in any row. */
export function blankColumn(): Column {
  return { bytes: Buffer.alloc(0), ends: new Uint32Array(1), count: 1, ids: NO_IDS };
}

/** The column of values that were decoded already. */
export function columnOf(values: ArrayLike<unknown>, path: string): Column {
  const { idOf, put, column } = createColumn(values.length, path);
  let id = -1;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    // Maps are told apart by what is in them.
    if (id < 0 || value !== values[row - 1])
      id = idOf(typeof value === 'object' && value !== null ? plainText(value) : value);
    put(id);
  }
  return column();
}

const CHUNK_BYTES = 1024 * 1024;
/** Shorter cells are copied here; a call costs more. */
const SHORT_CELL = 24;

/** The rows of columns as CSV, in chunks that may end anywhere. */
export function* csvChunks(columns: readonly Column[], rows: number): Generator<Buffer> {
  const parts = withRunsJoined(columns);
  let out = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    for (const { bytes, ends, count, ids } of parts) {
      const id = count === 1 ? 0 : (ids[row] as number);
      const start = id === 0 ? 0 : (ends[id - 1] as number);
      const end = ends[id] as number;
      if (at + end - start + 1 > out.length) {
        yield out.subarray(0, at);
        out = Buffer.allocUnsafeSlow(Math.max(CHUNK_BYTES, end - start + 1));
        at = 0;
      }
      if (end - start < SHORT_CELL)
        for (let from = start; from < end; from++) out[at++] = bytes[from] as number;
      else at += bytes.copy(out, at, start, end);
      out[at++] = COMMA;
    }
    out[at - 1] = LINE_FEED;
  }
  if (at > 0) yield out.subarray(0, at);
}

/** Neighbours that have one text in all rows, as most columns of a report do, become one such column. */
function withRunsJoined(columns: readonly Column[]): Column[] {
  const parts: Column[] = [];
  let run: Buffer[] = [];
  const endRun = (): void => {
    if (run.length === 0) return;
    const bytes = Buffer.from(run.map((text) => text.toString('latin1')).join(','), 'latin1');
    parts.push({ bytes, ends: Uint32Array.of(bytes.length), count: 1, ids: NO_IDS });
    run = [];
  };
  for (const column of columns) {
    if (column.count === 1) run.push(column.bytes.subarray(0, column.ends[0]));
    else {
      endRun();
      parts.push(column);
    }
  }
  endRun();
  return parts;
}

function tooLong(path: string): AssayError {
  return new AssayError(
    'corrupt_file',
    `${path}: a cell is longer than ${MAX_RECORD_BYTES} characters, which no report holds.`,
    { file: path },
  );
}

/** A value as AWS writes it into a CSV: times in ISO form, maps as JSON, no value as nothing. */
export function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}
