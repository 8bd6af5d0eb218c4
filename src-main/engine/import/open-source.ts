// Opens a source file as a stream of CSV bytes: plain, gzip, one entry of a zip, or Parquet; told apart by content.
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { AssayError } from '../../../shared/contract/errors.ts';
import { unsupported } from './header.ts';
import { corrupt, zipChunks } from './zip.ts';

export type Compression = 'none' | 'gzip' | 'zip' | 'parquet';

/** zlib's default of 16 KiB is four times slower. */
const CHUNK_BYTES = 1024 * 1024;
/** Of whoever reads the beginning only, and need not unpack more. */
export const HEAD_CHUNK_BYTES = 64 * 1024;

/** Most plain bytes one source may hold; beyond it the file is taken for a decompression bomb. */
export const MAX_PLAIN_BYTES = 512 * 1024 ** 3;

/**
 * Most plain bytes for one byte on disk, once so many have come out that it matters. Reports pack to a twentieth or
 * so, columns of Parquet to less; a bomb packs to a thousandth.
 */
export const MAX_RATIO: Readonly<Record<Compression, number>> = {
  none: 1.01,
  gzip: 300,
  zip: 300,
  parquet: 2000,
};
export const RATIO_FREE_BYTES = 128 * 1024 ** 2;

export type PlainStream = {
  /** Chunks of at most about the size that was asked for. Throws `AssayError` for damaged or unreadable files. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Bytes of the file on disk read so far. */
  bytesRead(): number;
  /** Hash of the file on disk; complete once `chunks` is exhausted. */
  sha256(): string;
};

/** Tells the compression by the first bytes, and refuses what is known and not readable. */
export async function sniff(path: string): Promise<Compression> {
  const head = await firstBytes(path, 8);
  const compression = compressionOf(head);
  if (compression !== 'none') return compression;
  const start = head.toString('latin1');
  if (start.startsWith('PARE')) throw unsupported(path, 'it is encrypted Parquet. Decrypt it first.');
  if (start.startsWith('\u00ff\u00fe') || start.startsWith('\u00fe\u00ff')) {
    throw unsupported(path, 'it is UTF-16 text. Save it as CSV in UTF-8.');
  }
  return 'none';
}

/** The compression that a file's first bytes stand for. */
export function compressionOf(head: Buffer): Compression {
  if (head.length >= 2 && head[0] === 0x1f && head[1] === 0x8b) return 'gzip';
  const start = head.toString('latin1', 0, 4);
  if (start === 'PK\u0003\u0004' || start === 'PK\u0005\u0006') return 'zip';
  return start === 'PAR1' ? 'parquet' : 'none';
}

async function firstBytes(path: string, length: number): Promise<Buffer> {
  try {
    const handle = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
      return buffer.subarray(0, bytesRead);
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw fileError(path, error);
  }
}

/** A file that cannot be read, in terms of what to do. */
export function fileError(path: string, error: unknown): AssayError {
  const code = (error as { code?: string }).code ?? '';
  if (code === 'ENOENT') {
    return new AssayError('file_not_found', `${path} is not there. Check the path.`, { file: path });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new AssayError('file_unreadable', `${path} cannot be read: ${reason}. Check its permissions.`, {
    file: path,
    reason: code,
  });
}

/** Opens the plain bytes of a source. `entry` names the member of a zip; plain files and gzip come in chunks of the size. */
export function openPlain(
  path: string,
  compression: Compression,
  entry: string | null,
  chunkBytes = CHUNK_BYTES,
): PlainStream {
  const hash = createHash('sha256');
  let bytes = 0;
  let digest: string | null = null;
  const openFile = (): Readable => {
    const stream = createReadStream(path, { highWaterMark: chunkBytes });
    stream.on('data', (chunk: string | Buffer) => {
      hash.update(chunk);
      bytes += chunk.length;
    });
    return stream;
  };
  const note = (read: number): void => {
    bytes = read;
  };
  const chunks = (): AsyncIterable<Uint8Array> => {
    if (compression === 'zip') return zipChunks(path, entry ?? '', note);
    if (compression === 'parquet') return parquetLater(path, note);
    return streamChunks(path, openFile, compression === 'gzip' ? chunkBytes : null);
  };
  return {
    chunks: limited(path, chunks(), (plain) => plain > MAX_RATIO[compression] * bytes),
    bytesRead: () => bytes,
    sha256() {
      digest ??= hash.digest('hex');
      return digest;
    },
  };
}

/** The reader of Parquet is loaded by whoever has such a file: it would make up half of what a thread that reads loads. */
async function* parquetLater(path: string, note: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  const { parquetChunks } = await import('./parquet.ts');
  yield* parquetChunks(path, note);
}

/** Hash of a file on disk. */
export async function hashFile(path: string): Promise<string> {
  try {
    return await hashOf(createReadStream(path, { highWaterMark: CHUNK_BYTES }));
  } catch (error) {
    throw fileError(path, error);
  }
}

/** Hash of what comes in chunks. */
export async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

/** The file is opened when the first chunk is asked for: whoever listens to it lets it flow, whether or not somebody reads. */
async function* streamChunks(
  path: string,
  openFile: () => Readable,
  unpackedChunk: number | null,
): AsyncGenerator<Uint8Array> {
  const file = openFile();
  let plain = file;
  if (unpackedChunk !== null) {
    const gunzip = createGunzip({ chunkSize: unpackedChunk });
    file.on('error', (error) => gunzip.destroy(error));
    plain = file.pipe(gunzip);
  }
  try {
    for await (const chunk of plain) yield chunk as Uint8Array;
  } catch (error) {
    throw damageOrFileError(path, error);
  } finally {
    file.destroy();
  }
}

/** A damaged file, or one that cannot be read, in terms of what to do. */
export function damageOrFileError(path: string, error: unknown): AssayError {
  if (error instanceof AssayError) return error;
  const code = (error as { code?: string }).code ?? '';
  if (!code.startsWith('Z_')) return fileError(path, error);
  const what =
    code === 'Z_BUF_ERROR' ? 'it ends too early' : `its contents are damaged (${(error as Error).message})`;
  return corrupt(path, what);
}

/** Refuses to go on with what is taken for a decompression bomb. */
export async function* limited(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  isBomb: (plain: number) => boolean,
): AsyncGenerator<Uint8Array> {
  let total = 0;
  for await (const chunk of chunks) {
    if (total > MAX_PLAIN_BYTES || (total > RATIO_FREE_BYTES && isBomb(total))) throw bomb(path);
    total += chunk.length;
    yield chunk;
  }
}

function bomb(path: string): AssayError {
  return new AssayError(
    'corrupt_file',
    `${path} unpacks to far more than any report does, so it is taken for a decompression bomb. Nothing was imported; export the report again.`,
    { file: path },
  );
}
