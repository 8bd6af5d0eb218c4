// Reads a Parquet delivery as the CSV it would have been, slice by slice of its row groups: one reader for both.
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import zlib from 'node:zlib';
import {
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  snappyUncompress,
} from 'hyparquet';
import { AssayError } from '../../../shared/contract/errors.ts';
import { MAX_COLUMNS, unsupported } from './header.ts';
import { MAX_RECORD_BYTES } from './scanner.ts';
import { corrupt } from './zip.ts';

/** Cells held at a time, of two bytes and more: what bounds the memory, whatever the size of the row groups. */
const CELLS_A_SLICE = 8_000_000;
/** Rows of the first slice: the importer looks at the beginning of a file before it decides to read it. */
const FIRST_ROWS = 64;
const CHUNK_CHARACTERS = 1024 * 1024;
/** Largest page or column chunk that is decoded; AWS writes pages of about 1 MiB. */
const MAX_PAGE_BYTES = 256 * 1024 ** 2;
const MAX_SLICE_BYTES = 1024 ** 3;

/** Which rows of the file are decoded together: never across row groups, never more than `cells` cells. */
export function slicesOf(
  groups: readonly { readonly rowStart: number; readonly rowEnd: number }[],
  columns: number,
  cells = CELLS_A_SLICE,
): { rowStart: number; rowEnd: number }[] {
  const most = Math.max(1, Math.floor(cells / Math.max(1, columns)));
  const slices: { rowStart: number; rowEnd: number }[] = [];
  for (const { rowStart, rowEnd } of groups) {
    let start = rowStart;
    while (start < rowEnd) {
      const rows = slices.length === 0 ? Math.min(FIRST_ROWS, most) : most;
      slices.push({ rowStart: start, rowEnd: Math.min(start + rows, rowEnd) });
      start += rows;
    }
  }
  return slices;
}

/** The file as chunks of CSV. `onRead` is told how many bytes of the file they stand for. */
export async function* parquetChunks(
  path: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  let handle: FileHandle | null = null;
  try {
    handle = await open(path, 'r');
    yield* csvOf(path, handle, onRead);
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw corrupt(
      path,
      `its contents are damaged (${error instanceof Error ? error.message : String(error)})`,
    );
  } finally {
    await handle?.close();
  }
}

async function* csvOf(
  path: string,
  handle: FileHandle,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const { size } = await handle.stat();
  const file = { byteLength: size, slice: (start: number, end = size) => bytesAt(path, handle, start, end) };
  const metadata = await parquetMetadataAsync(file);
  const names = parquetSchema(metadata).children.map(({ element }) => element.name);
  if (names.length > MAX_COLUMNS) {
    throw unsupported(path, `it has ${names.length} columns; the limit is ${MAX_COLUMNS}.`);
  }
  yield Buffer.from(`${names.map((name) => cellText(name, path)).join(',')}\n`);
  const options = { file, metadata, compressors: compressorsFor(path) };
  const { ranges } = await parquetScan(options);
  const rows = Math.max(1, Number(metadata.num_rows));
  for (const slice of slicesOf(ranges, names.length)) {
    const columns: Column[] = [];
    const blank: Column = { texts: [''], ids: new Uint16Array(slice.rowEnd - slice.rowStart) };
    const blankNames = blankColumns(metadata, slice.rowStart);
    for (const column of names) {
      if (blankNames.has(column)) {
        columns.push(blank);
        continue;
      }
      // A scan keeps all that it has decoded, so that each column has one of its own.
      const scan = await parquetScan({ ...options, columns: [column] });
      columns.push(columnOf(await scan.readColumn({ column, ...slice }), path));
      await setImmediate();
    }
    onRead(Math.round((slice.rowEnd / rows) * size));
    yield* textChunks(columns, slice.rowEnd - slice.rowStart);
  }
}

/** Columns without a value in the row group that has this row, as it states itself: more than half in most reports. */
function blankColumns({ row_groups }: FileMetaData, row: number): Set<string> {
  let end = 0;
  const group = row_groups.find(({ num_rows }) => {
    end += Number(num_rows);
    return row < end;
  });
  const chunks = group?.columns.map(({ meta_data }) => meta_data) ?? [];
  const blank = chunks.filter(
    (chunk) =>
      chunk?.path_in_schema.length === 1 &&
      chunk.num_values === group?.num_rows &&
      chunk.statistics?.null_count === chunk.num_values,
  );
  return new Set(blank.flatMap((chunk) => chunk?.path_in_schema ?? []));
}

async function bytesAt(path: string, handle: FileHandle, start: number, end: number): Promise<ArrayBuffer> {
  const length = end - start;
  if (length > MAX_SLICE_BYTES) throw corrupt(path, `one of its parts claims ${length} bytes`);
  const buffer = new ArrayBuffer(Math.max(0, length));
  let filled = 0;
  while (filled < length) {
    const { bytesRead } = await handle.read(new Uint8Array(buffer), filled, length - filled, start + filled);
    if (bytesRead === 0) throw corrupt(path, 'it ends too early');
    filled += bytesRead;
  }
  return buffer;
}

/** The cells of a column as texts of a CSV. Nearly every column has few texts: each is held once, and `ids` says where. */
type Column = { readonly texts: readonly string[]; readonly ids: Uint16Array | null };

const MOST_TEXTS = 16_384;

function columnOf(values: ArrayLike<unknown>, path: string): Column {
  const ids = new Uint16Array(values.length);
  const known = new Map<unknown, number>();
  const texts: string[] = [];
  let id = -1;
  for (let row = 0; row < values.length; row++) {
    const value = values[row];
    if (id >= 0 && value === values[row - 1]) {
      ids[row] = id;
      continue;
    }
    const key = typeof value === 'object' && value !== null ? plainText(value) : value;
    id = known.get(key) ?? texts.length;
    if (id === MOST_TEXTS) {
      return { texts: Array.from(values, (each) => cellText(plainText(each), path)), ids: null };
    }
    if (id === texts.length) {
      known.set(key, id);
      texts.push(cellText(plainText(key), path));
    }
    ids[row] = id;
  }
  return { texts, ids };
}

function* textChunks(columns: readonly Column[], rows: number): Generator<Buffer> {
  const cells: string[] = new Array(columns.length);
  let text = '';
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns.length; column++) {
      const { texts, ids } = columns[column] as Column;
      cells[column] = texts[ids === null ? row : (ids[row] as number)] as string;
    }
    text += `${cells.join(',')}\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** A text as it stands in a CSV. */
function cellText(text: string, path: string): string {
  if (text.length > MAX_RECORD_BYTES) {
    throw new AssayError(
      'corrupt_file',
      `${path}: a cell is longer than ${MAX_RECORD_BYTES} characters, which no report holds.`,
      { file: path },
    );
  }
  return /[",\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A value as AWS writes it into a CSV: times in ISO form, maps as JSON, no value as nothing. */
function plainText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return value;
  if (value instanceof Date) return value.toISOString();
  if (typeof value !== 'object') return String(value);
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part));
}

/** Every codec with a limit on what a page may become. Snappy is what AWS uses. */
function compressorsFor(path: string): Compressors {
  const limited =
    (decode: (input: Uint8Array, length: number) => Uint8Array) =>
    (input: Uint8Array, length: number): Uint8Array => {
      if (length > MAX_PAGE_BYTES) throw corrupt(path, `one of its pages claims ${length} bytes`);
      return decode(input, length);
    };
  return {
    UNCOMPRESSED: limited((input) => input),
    SNAPPY: limited((input, length) => {
      const output = new Uint8Array(length);
      snappyUncompress(input, output);
      return output;
    }),
    GZIP: limited((input, length) => zlib.gunzipSync(input, { maxOutputLength: Math.max(1, length) })),
    ZSTD: limited((input, length) => {
      // Node before 22.15 has none.
      if (typeof zlib.zstdDecompressSync !== 'function') {
        throw unsupported(path, 'it is packed with zstd, which this version of Node cannot read.');
      }
      return zlib.zstdDecompressSync(input, { maxOutputLength: Math.max(1, length) });
    }),
    BROTLI: limited((input, length) =>
      zlib.brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
    ),
  };
}
