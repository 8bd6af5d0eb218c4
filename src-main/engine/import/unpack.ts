// Gzip files unpacked ahead by a thread of its own, for the thread that reads their bytes.
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AssayError } from '../../../shared/contract/errors.ts';
import { damageOrFileError, limited, MAX_RATIO, type PlainStream } from './open-source.ts';
import { threadFile } from './threads.ts';

/** Chunks read before a thread that waits is woken: it then works for a while, and sleeps less often. */
const CHUNKS_A_CALL = 4;

/** A file to unpack, and the number of its chunks that were read, in memory that both threads see. */
export type ToUnpacker = { readonly path: string; readonly read: Int32Array };

export type FromUnpacker =
  | { readonly kind: 'chunk'; readonly chunk: Uint8Array; readonly bytesRead: number }
  | { readonly kind: 'end'; readonly bytesRead: number; readonly sha256: string }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

export type Unpacker = {
  /** The plain bytes of a gzip file. One is open at a time. */
  open(path: string): PlainStream;
};

type Thread = { readonly worker: Worker; readonly messages: AsyncIterator<[FromUnpacker]> };

/** Its thread starts with the first file and ends with the thread that calls. */
export function createUnpacker(): Unpacker {
  let thread: Thread | null = null;
  return {
    open(path) {
      const progress = { bytesRead: 0, sha256: '' };
      const chunks = async function* (): AsyncGenerator<Uint8Array> {
        thread ??= start();
        const own = thread;
        let isRead = false;
        try {
          yield* chunksOf(own, path, progress);
          isRead = true;
        } finally {
          if (!isRead) {
            // Whoever gives up in the middle must not find the rest before the next file.
            thread = null;
            void own.worker.terminate();
          }
        }
      };
      return {
        chunks: limited(path, chunks(), (plain) => plain > MAX_RATIO.gzip * progress.bytesRead),
        bytesRead: () => progress.bytesRead,
        sha256: () => progress.sha256,
      };
    },
  };
}

function start(): Thread {
  const worker = new Worker(threadFile('unpack-thread'), {
    execArgv: [],
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  worker.on('error', () => {});
  // It lives on between files, and does not keep its caller alive.
  worker.unref();
  return { worker, messages: on(worker, 'message', { close: ['exit'] }) as AsyncIterator<[FromUnpacker]> };
}

async function* chunksOf(
  { worker, messages }: Thread,
  path: string,
  progress: { bytesRead: number; sha256: string },
): AsyncGenerator<Uint8Array> {
  const read = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  worker.postMessage({ path, read } satisfies ToUnpacker);
  for (let count = 1; ; count++) {
    const { done, value } = await messages.next();
    if (done === true) break;
    const [message] = value;
    if (message.kind === 'failed') {
      throw damageOrFileError(path, Object.assign(new Error(message.message), { code: message.code }));
    }
    progress.bytesRead = message.bytesRead;
    if (message.kind === 'end') {
      progress.sha256 = message.sha256;
      return;
    }
    const { buffer } = message.chunk;
    yield message.chunk;
    // Its memory is its own, also where it does not fill it; the collector would come for it after fifty of them only.
    if (buffer instanceof ArrayBuffer && !buffer.detached) buffer.transfer(0);
    Atomics.store(read, 0, count);
    if (count % CHUNKS_A_CALL === 0) Atomics.notify(read, 0);
  }
  throw new AssayError('internal', `The thread that unpacks ${path} ended early. Import it again.`);
}
