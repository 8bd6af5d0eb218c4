// Reads a Parquet delivery as the CSV it would have been, slice by slice of its row groups: one reader for both.
import { type FileHandle, open } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import zlib from 'node:zlib';
import {
  type ColumnMetaData,
  type Compressors,
  type FileMetaData,
  parquetMetadataAsync,
  parquetScan,
  parquetSchema,
  type RowGroup,
  snappyUncompress,
} from 'hyparquet';
import { AssayError } from '../../../shared/contract/errors.ts';
import { MAX_COLUMNS, unsupported } from './header.ts';
import { blankColumn, type Column, columnOf, csvChunks } from './parquet-cells.ts';
import { isPlain, readPlainColumn } from './parquet-column.ts';
import { corrupt } from './zip.ts';

/** Cells held at a time, four bytes each beside their texts: what bounds the memory, whatever the size of the row groups. */
const CELLS_A_SLICE = 8_000_000;
/** Rows of the first slice: the importer looks at the beginning of a file before it decides to read it. */
const FIRST_ROWS = 64;
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
  yield* csvChunks(
    names.map((name) => columnOf([name], path)),
    1,
  );
  const options = { file, metadata, compressors: compressorsFor(path) };
  const { ranges } = await parquetScan(options);
  const rows = Math.max(1, Number(metadata.num_rows));
  for (const slice of slicesOf(ranges, names.length)) {
    const columns: Column[] = [];
    for (const name of names) {
      columns.push(await readColumn(path, options, name, slice));
      await setImmediate();
    }
    onRead(Math.round((slice.rowEnd / rows) * size));
    yield* csvChunks(columns, slice.rowEnd - slice.rowStart);
  }
}

type Slice = { readonly rowStart: number; readonly rowEnd: number };
type Options = {
  readonly file: { readonly byteLength: number; slice(start: number, end?: number): Promise<ArrayBuffer> };
  readonly metadata: FileMetaData;
  readonly compressors: Compressors;
};

async function readColumn(path: string, options: Options, name: string, slice: Slice): Promise<Column> {
  const { metadata, file, compressors } = options;
  const { rowStart, rowEnd } = slice;
  const { group, groupStart } = groupOf(metadata, rowStart);
  const child = parquetSchema(metadata).children.find(({ element }) => element.name === name);
  const chunk = group.columns.find(({ meta_data }) => meta_data?.path_in_schema[0] === name)?.meta_data;
  if (chunk !== undefined && isBlank(group, chunk)) return blankColumn();
  if (child !== undefined && chunk !== undefined && isPlain(child, chunk)) {
    const { dictionary_page_offset, data_page_offset, total_compressed_size } = chunk;
    const start = Number(dictionary_page_offset || data_page_offset);
    const bytes = await file.slice(start, start + Number(total_compressed_size));
    return readPlainColumn(
      { path, child, chunk, compressors },
      bytes,
      rowStart - groupStart,
      rowEnd - groupStart,
    );
  }
  // A scan keeps all that it has decoded, so that each column has one of its own.
  const scan = await parquetScan({ ...options, columns: [name] });
  return columnOf(await scan.readColumn({ column: name, ...slice }), path);
}

/** The row group that has a row, and its own first row. */
function groupOf({ row_groups }: FileMetaData, row: number): { group: RowGroup; groupStart: number } {
  let groupStart = 0;
  for (const group of row_groups) {
    if (row < groupStart + Number(group.num_rows)) return { group, groupStart };
    groupStart += Number(group.num_rows);
  }
  throw new Error(`no row group has row ${row}`);
}

/** Whether a column has no value in a row group, as it states itself: more than half have none in most reports. */
function isBlank(group: RowGroup, chunk: ColumnMetaData): boolean {
  return (
    chunk.path_in_schema.length === 1 &&
    chunk.num_values === group.num_rows &&
    chunk.statistics?.null_count === chunk.num_values
  );
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
