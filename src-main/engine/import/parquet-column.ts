// Decodes a plain Parquet column page by page into ids and texts, without an object for each of its values.
import type { ColumnMetaData, Compressors, SchemaElement, SchemaTree } from 'hyparquet';
import { parquetHeader } from 'hyparquet/src/column.js';
import { convert, DEFAULT_PARSERS } from 'hyparquet/src/convert.js';
import { decompressPage } from 'hyparquet/src/datapage.js';
import { readRleBitPackedHybrid } from 'hyparquet/src/encoding.js';
import { readPlain } from 'hyparquet/src/plain.js';
import { type Column, type ColumnBuilder, createColumn, plainText } from './parquet-cells.ts';

type Reader = { readonly view: DataView; offset: number };
type PageHeader = ReturnType<typeof parquetHeader>;

/** A column of one value a row, with its chunk in a row group. */
export type PlainColumn = {
  readonly path: string;
  readonly child: SchemaTree;
  readonly chunk: ColumnMetaData;
  readonly compressors: Compressors;
};

const NUMBERS: readonly string[] = ['DOUBLE', 'FLOAT', 'INT32', 'INT64', 'BOOLEAN'];
const ENCODINGS: readonly string[] = ['PLAIN', 'PLAIN_DICTIONARY', 'RLE_DICTIONARY', 'RLE', 'BIT_PACKED'];

/** Whether a column is one that is decoded here; all others go the library's general way. */
export function isPlain({ element, children }: SchemaTree, { type, encodings }: ColumnMetaData): boolean {
  if (children.length > 0 || element.repetition_type === 'REPEATED') return false;
  if (!encodings.every((encoding) => ENCODINGS.includes(encoding))) return false;
  if (type === 'BYTE_ARRAY') return isText(element);
  return NUMBERS.includes(type) && isPlainNumber(element);
}

function isText({ converted_type, logical_type }: SchemaElement): boolean {
  return (
    (converted_type === undefined || converted_type === 'UTF8') &&
    (logical_type === undefined || logical_type.type === 'STRING')
  );
}

const PLAIN_NUMBERS: readonly string[] = ['DATE', 'TIMESTAMP_MILLIS', 'TIMESTAMP_MICROS', 'INT_32', 'INT_64'];

function isPlainNumber({ converted_type, logical_type }: SchemaElement): boolean {
  return (
    (converted_type === undefined || PLAIN_NUMBERS.includes(converted_type)) &&
    (logical_type === undefined ||
      ['DATE', 'TIMESTAMP'].includes(logical_type.type) ||
      (logical_type.type === 'INTEGER' && logical_type.isSigned))
  );
}

/** Values of a dictionary or of a page: the id of one of them in the column that is built. */
type Values = { readonly length: number; readonly idAt: (index: number) => number };

/**
 * The rows of a column chunk from `start` to before `end`, both counted from the row group's first. Throws where the
 * chunk is damaged.
 */
export function readPlainColumn(column: PlainColumn, bytes: ArrayBuffer, start: number, end: number): Column {
  const { path, child, chunk } = column;
  const decoder = {
    pathInSchema: chunk.path_in_schema,
    element: child.element,
    schemaPath: [child],
    parsers: DEFAULT_PARSERS,
    ...chunk,
  } as Parameters<typeof convert>[1];
  const builder = createColumn(end - start, path, (value) =>
    plainText(value === null ? null : convert([value], decoder)[0]),
  );
  const reader: Reader = { view: new DataView(bytes), offset: 0 };
  let dictionary: Values | null = null;
  let row = 0;
  while (row < end) {
    const header = parquetHeader(reader);
    const packed = new Uint8Array(bytes, reader.offset, header.compressed_page_size);
    reader.offset += header.compressed_page_size;
    const isDictionary = header.type === 'DICTIONARY_PAGE';
    const rows = isDictionary ? 0 : rowsOf(header);
    if (isDictionary || row + rows > start) {
      const page = openPage(header, packed, column);
      const within = { from: Math.max(0, start - row), to: Math.min(rows, end - row) };
      const entries = header.dictionary_page_header?.num_values ?? 0;
      if (isDictionary) dictionary = heldOnce(plainValues(builder, page.body, entries, chunk));
      else putPage(builder, page, within, dictionary, chunk);
    }
    row += rows;
  }
  return builder.column();
}

function rowsOf({ type, data_page_header, data_page_header_v2 }: PageHeader): number {
  const rows = data_page_header_v2?.num_rows ?? data_page_header?.num_values;
  if (rows === undefined || rows < 0) throw new Error(`a page of ${type} does not say its rows`);
  return rows;
}

/** A page with its compression undone: who has a value (null: every row), and the values. */
type Page = {
  readonly present: ((to: number) => Uint8Array) | null;
  readonly body: Reader;
  readonly encoding: string;
};

function openPage(header: PageHeader, packed: Uint8Array, { child, chunk, compressors }: PlainColumn): Page {
  const { data_page_header_v2: v2, data_page_header: v1 } = header;
  const isOptional = child.element.repetition_type !== 'REQUIRED';
  const unpack = (bytes: Uint8Array, size: number): Reader =>
    readerOf(decompressPage(bytes, size, chunk.codec, compressors));
  if (v2 !== undefined) {
    const before = v2.repetition_levels_byte_length + v2.definition_levels_byte_length;
    const values = packed.subarray(before);
    const body =
      v2.is_compressed === false ? readerOf(values) : unpack(values, header.uncompressed_page_size - before);
    const levels = readerOf(packed.subarray(v2.repetition_levels_byte_length, before));
    const present = (to: number): Uint8Array => levelsOf(levels, to, v2.definition_levels_byte_length);
    return { present: isOptional ? present : null, body, encoding: v2.encoding };
  }
  const body = unpack(packed, header.uncompressed_page_size);
  if (v1 === undefined || !isOptional) return { present: null, body, encoding: v1?.encoding ?? 'PLAIN' };
  const length = body.view.getUint32(0, true);
  const levels: Reader = { view: body.view, offset: 4 };
  body.offset = 4 + length;
  return { present: (to) => levelsOf(levels, to, length), body, encoding: v1.encoding };
}

function readerOf(bytes: Uint8Array): Reader {
  return { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), offset: 0 };
}

function levelsOf(reader: Reader, rows: number, length: number): Uint8Array {
  const levels = new Uint8Array(rows);
  readRleBitPackedHybrid(reader, 1, levels, length);
  return levels;
}

/** Puts the rows of a page from `from` to before `to`; the values before them are only counted. */
function putPage(
  builder: ColumnBuilder,
  { present, body, encoding }: Page,
  { from, to }: { readonly from: number; readonly to: number },
  dictionary: Values | null,
  chunk: ColumnMetaData,
): void {
  const levels = present?.(to) ?? null;
  let count = to;
  if (levels !== null) for (let row = 0; row < to; row++) if (levels[row] === 0) count--;
  const { idAt } = encoding.endsWith('_DICTIONARY')
    ? entriesOf(body, count, dictionary)
    : plainValues(builder, body, count, chunk, encoding);
  const blank = count < to ? builder.idOf(null) : 0;
  let value = 0;
  for (let row = 0; row < to; row++) {
    const isBlank = levels !== null && levels[row] === 0;
    if (row >= from) builder.put(isBlank ? blank : idAt(value));
    if (!isBlank) value++;
  }
}

/** Each entry is held in the column once, when it first occurs in a page. */
function heldOnce({ length, idAt }: Values): Values {
  const ids = new Int32Array(length).fill(-1);
  return {
    length,
    idAt(entry) {
      const known = ids[entry];
      if (known === undefined)
        throw new Error(`a page refers to entry ${entry} of a dictionary of ${length}`);
      if (known >= 0) return known;
      const id = idAt(entry);
      ids[entry] = id;
      return id;
    },
  };
}

function entriesOf(body: Reader, count: number, dictionary: Values | null): Values {
  if (dictionary === null) throw new Error('a page refers to a dictionary that is not there');
  const entries = new Uint32Array(count);
  const width = count === 0 ? 0 : body.view.getUint8(body.offset++);
  if (width > 0) readRleBitPackedHybrid(body, width, entries, body.view.byteLength - body.offset);
  return { length: count, idAt: (index) => dictionary.idAt(entries[index] as number) };
}

function plainValues(
  builder: ColumnBuilder,
  body: Reader,
  count: number,
  { type }: ColumnMetaData,
  encoding = 'PLAIN',
): Values {
  if (type === 'BYTE_ARRAY') return textsOf(builder, body, count);
  const values: ArrayLike<unknown> =
    encoding === 'RLE' ? booleans(body, count) : readPlain(body, type, count, undefined);
  return { length: values.length, idAt: (index) => builder.idOf(values[index]) };
}

/** Booleans may be runs too. */
function booleans(body: Reader, count: number): boolean[] {
  const bits = new Uint8Array(count);
  readRleBitPackedHybrid(body, 1, bits);
  return Array.from(bits, (bit) => bit === 1);
}

function textsOf({ addBytes }: ColumnBuilder, { view, offset }: Reader, count: number): Values {
  const bytes = Buffer.from(view.buffer, view.byteOffset, view.byteLength);
  const ends = new Uint32Array(count);
  let end = offset;
  for (let index = 0; index < count; index++) {
    end += 4 + view.getUint32(end, true);
    if (end > view.byteLength) throw new Error('a text ends behind its page');
    ends[index] = end;
  }
  const startOf = (index: number): number => (index === 0 ? offset : (ends[index - 1] as number)) + 4;
  return { length: count, idAt: (index) => addBytes(bytes, startOf(index), ends[index] as number) };
}
