// Reads the CSV members of a zip as streams, checked against their checksums.
import { pipeline, type Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { AssayError } from '../../../shared/contract/errors.ts';
import { unsupported } from './header.ts';

const CHUNK_BYTES = 1024 * 1024;
const STORED = 0;
const DEFLATED = 8;

/** A file that ends too early or whose contents are damaged. */
export function corrupt(path: string, what: string): AssayError {
  return new AssayError(
    'corrupt_file',
    `${path} is not complete: ${what.replace(/\.+$/u, '')}. Download it again; nothing was imported.`,
    { file: path },
  );
}

/** The plain bytes of one member. `onRead` is told how many bytes of the zip they stand for. */
export async function* zipChunks(
  path: string,
  wanted: string,
  onRead: (bytes: number) => void,
): AsyncGenerator<Uint8Array> {
  const zip = await openZip(path);
  try {
    const entry = (await entriesOf(zip, path)).find(({ fileName }) => fileName === wanted);
    if (entry === undefined) throw corrupt(path, `it has no member ${wanted}`);
    let checksum = 0;
    let plainBytes = 0;
    for await (const chunk of await plainStream(zip, entry, path)) {
      const bytes = chunk as Buffer;
      checksum = crc32(bytes, checksum);
      plainBytes += bytes.length;
      if (plainBytes > entry.uncompressedSize) throw corrupt(path, `${wanted} is longer than it says`);
      onRead(Math.round((plainBytes / Math.max(entry.uncompressedSize, 1)) * entry.compressedSize));
      yield bytes;
    }
    if (checksum !== entry.crc32) throw corrupt(path, `the checksum of ${wanted} is wrong`);
  } catch (error) {
    if (error instanceof AssayError) throw error;
    throw corrupt(
      path,
      `its contents are damaged (${error instanceof Error ? error.message : String(error)})`,
    );
  } finally {
    zip.close();
  }
}

/** The data members of a zip: its CSV files. Throws when there is none. */
export async function zipMembers(path: string): Promise<string[]> {
  const zip = await openZip(path);
  try {
    const names = (await entriesOf(zip, path)).map(({ fileName }) => fileName);
    if (names.some((name) => name.startsWith('xl/'))) {
      throw unsupported(path, 'it is an Excel workbook. Save the sheet as CSV.');
    }
    if (names.some((name) => /\.parquet$/iu.test(name))) {
      throw unsupported(path, 'it holds Parquet files. Unpack it first.');
    }
    const members = names.filter((name) => !name.endsWith('/') && !isIgnored(name));
    if (members.length === 0) throw unsupported(path, 'the zip holds no CSV file.');
    return members;
  } finally {
    zip.close();
  }
}

/** Files that lie beside the data and are none: manifests, hidden files, SQL that AWS adds for Athena. */
export function isIgnored(name: string): boolean {
  const base = name.split('/').at(-1) ?? name;
  return (
    base.startsWith('.') || name.startsWith('__MACOSX/') || !/\.(csv|gz|zip|txt|tsv|parquet)$/iu.test(base)
  );
}

function openZip(path: string): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    yauzl.open(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true }, (error, zip) => {
      if (error === null && zip !== undefined) resolve(zip);
      else reject(corrupt(path, error?.message ?? 'the zip cannot be opened'));
    });
  });
}

function entriesOf(zip: ZipFile, path: string): Promise<Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: Entry[] = [];
    zip.on('entry', (entry: Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => resolve(entries));
    zip.on('error', (error: Error) => reject(corrupt(path, error.message)));
    zip.readEntry();
  });
}

/** Inflates with chunks as large as the importer wants them: yauzl's own stream makes 16 KiB ones. */
async function plainStream(zip: ZipFile, entry: Entry, path: string): Promise<Readable> {
  if (entry.isEncrypted()) throw unsupported(path, 'the zip is encrypted. Unpack it first.');
  const { compressionMethod } = entry;
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    throw unsupported(path, `the zip uses compression method ${compressionMethod}. Unpack it first.`);
  }
  const stored = await storedStream(zip, entry);
  if (compressionMethod === STORED) return stored;
  // Errors of either end reach the reader through the second stream.
  return pipeline(stored, createInflateRaw({ chunkSize: CHUNK_BYTES }), () => {});
}

function storedStream(zip: ZipFile, entry: Entry): Promise<Readable> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, { decodeFileData: false }, (error, stream) => {
      if (error === null && stream !== undefined) resolve(stream);
      else reject(error ?? new Error('no stream'));
    });
  });
}
