// The thread that unpacks gzip files. It does so synchronously, chunk after chunk, and never waits to be asked for one:
// a thread that is woken for each may have to wait for the very processor of the one that woke it.
import { createHash, type Hash } from 'node:crypto';
import { closeSync, openSync, readSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { constants, Gunzip } from 'minizlib';
import type { FromUnpacker, ToUnpacker } from './unpack.ts';

// It takes nothing of the other files when it runs: each would be loaded once more, into memory of this thread's own.

/** Chunks that may wait to be read: what bounds the memory. */
const CHUNKS_AHEAD = 8;
/** Bytes unpacked at once: so few that even a decompression bomb, a thousand times as large, fits into memory. */
const PACKED_BYTES = 128 * 1024;
/** The size of chunks goes to zlib, and is not among the types of the library. */
const GUNZIP = { chunkSize: 1024 * 1024, async: false };

function say(message: FromUnpacker, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}

type Gunzipper = { readonly gunzip: Gunzip; chunks: Buffer[]; failure: unknown };

function createGunzipper(): Gunzipper {
  const gunzipper: Gunzipper = { gunzip: new Gunzip(GUNZIP), chunks: [], failure: null };
  gunzipper.gunzip.on('data', (chunk) => gunzipper.chunks.push(chunk as Buffer));
  // The library's error says little more than that it is one of zlib's, which is its cause.
  gunzipper.gunzip.on('error', (error) => (gunzipper.failure = (error as Error).cause ?? error));
  return gunzipper;
}

/** Used for one file after the other: it has a memory of its own, which a collector that has little to do keeps for long. */
let idle: Gunzipper | null = null;
const given = Buffer.allocUnsafeSlow(PACKED_BYTES);

type Packed = { readonly hash: Hash; bytes: number };

/** The plain bytes of a file, each chunk in a memory of its own. Throws errors of zlib and of the file system. */
function* unpacked(path: string, packed: Packed): Generator<Uint8Array> {
  const file = openSync(path, 'r');
  try {
    const gunzipper = idle ?? createGunzipper();
    idle = null;
    for (let isMore = true; isMore; ) {
      const count = readSync(file, given, 0, PACKED_BYTES, null);
      isMore = count > 0;
      packed.hash.update(given.subarray(0, count));
      packed.bytes += count;
      if (isMore) gunzipper.gunzip.write(given.subarray(0, count));
      else gunzipper.gunzip.flush(constants.Z_FINISH);
      if (gunzipper.failure !== null) throw gunzipper.failure;
      for (const chunk of gunzipper.chunks) yield withOwnMemory(chunk);
      gunzipper.chunks = [];
    }
    gunzipper.gunzip.reset();
    idle = gunzipper;
  } finally {
    closeSync(file);
  }
}

/** Node shares the memory of small buffers out among several. */
function withOwnMemory(chunk: Buffer): Uint8Array {
  return chunk.buffer.byteLength > Buffer.poolSize ? chunk : new Uint8Array(chunk);
}

/** Sleeps until no more than so many chunks wait to be read. */
function waitFor(read: Int32Array, sent: number): void {
  for (;;) {
    const count = Atomics.load(read, 0);
    if (sent - count < CHUNKS_AHEAD) return;
    Atomics.wait(read, 0, count);
  }
}

function unpack({ path, read }: ToUnpacker): void {
  try {
    const packed: Packed = { hash: createHash('sha256'), bytes: 0 };
    let sent = 0;
    for (const chunk of unpacked(path, packed)) {
      waitFor(read, sent);
      say({ kind: 'chunk', chunk, bytesRead: packed.bytes }, [chunk.buffer as ArrayBuffer]);
      sent++;
    }
    say({ kind: 'end', bytesRead: packed.bytes, sha256: packed.hash.digest('hex') });
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    say({ kind: 'failed', code, message });
  }
}

parentPort?.on('message', unpack);
