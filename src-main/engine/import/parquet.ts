// Reads a Parquet delivery as the CSV it would have been, slice by slice of its row groups: one reader for both.
import { type FileHandle, open } from 'node:fs/promises';
import zlib from 'node:zlib';
import {
  type Compressors,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  snappyUncompress,
} from 'hyparquet';
import { AssayError } from '../../../shared/contract/errors.ts';
import { MAX_COLUMNS, unsupported } from './header.ts';
import { MAX_RECORD_BYTES } from './scanner.ts';
import { corrupt } from './zip.ts';

/** Cells decoded at a time: what bounds the memory, whatever the size of the row groups. */
const CELLS_A_SLICE = 4_000_000;
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
  const scan = await parquetScan({ file, metadata, compressors: compressorsFor(path) });
  const rows = Math.max(1, Number(metadata.num_rows));
  for (const slice of slicesOf(scan.ranges, names.length)) {
    const columns: ArrayLike<unknown>[] = [];
    for (const column of names) columns.push(await scan.readColumn({ column, ...slice }));
    onRead(Math.round((slice.rowEnd / rows) * size));
    yield* textChunks(columns, slice.rowEnd - slice.rowStart, path);
  }
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

function* textChunks(columns: readonly ArrayLike<unknown>[], rows: number, path: string): Generator<Buffer> {
  const cells: string[] = new Array(columns.length);
  let text = '';
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns.length; column++) {
      cells[column] = cellText(columns[column]?.[row], path);
    }
    text += `${cells.join(',')}\n`;
    if (text.length < CHUNK_CHARACTERS) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** A value as AWS writes it into a CSV: times in ISO form, maps as JSON, no value as nothing. */
function cellText(value: unknown, path: string): string {
  const text = plainText(value);
  if (text.length > MAX_RECORD_BYTES) {
    throw new AssayError(
      'corrupt_file',
      `${path}: a cell is longer than ${MAX_RECORD_BYTES} characters, which no report holds.`,
      { file: path },
    );
  }
  return /[",\n\r]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

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
