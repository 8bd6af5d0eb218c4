// Unpacks a gzip file on a thread of its own: the thread of the engine gets plain bytes, and spends a seventh less on an import.
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';

/** Chunks that may wait to be taken: what bounds the memory. */
const CHUNKS_AHEAD = 2;

type Task = { readonly path: string; readonly chunkBytes: number; readonly ahead: number };

/** From the thread: plain bytes and how much of the file they took so far, the end, or what failed. */
type Message =
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array; readonly read: number }
  | { readonly kind: 'end'; readonly sha256: string; readonly read: number }
  | { readonly kind: 'failed'; readonly code: string; readonly message: string };

/** Told how many bytes of the file on disk are read so far, and once all are read their hash. */
export type NoteRead = (read: number, sha256: string | null) => void;

/**
 * The plain bytes of a gzip file in chunks of at most `chunkBytes`; each owns its memory. Throws what zlib or the file
 * system says, with its code. Whoever stops early ends the thread.
 */
export async function* unpackOnThread(
  path: string,
  chunkBytes: number,
  note: NoteRead,
): AsyncGenerator<Uint8Array> {
  const task: Task = { path, chunkBytes, ahead: CHUNKS_AHEAD };
  // Its text is all it needs, so there is no file to find: not beside a bundle, not in an application's archive.
  const thread = new Worker(`(${unpack.toString()})()`, {
    eval: true,
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: 32 },
  });
  try {
    for await (const [message] of on(thread, 'message') as AsyncIterable<[Message]>) {
      if (message.kind === 'failed') throw Object.assign(new Error(message.message), { code: message.code });
      note(message.read, message.kind === 'end' ? message.sha256 : null);
      if (message.kind === 'end') return;
      yield message.bytes;
      thread.postMessage('taken');
    }
  } finally {
    await thread.terminate();
  }
}

/** Runs on the other thread, where nothing of this file but its own text exists. */
function unpack(): void {
  const { parentPort, workerData } = process.getBuiltinModule('node:worker_threads');
  const { createGunzip } = process.getBuiltinModule('node:zlib');
  const { createHash } = process.getBuiltinModule('node:crypto');
  const { closeSync, openSync, readSync } = process.getBuiltinModule('node:fs');
  const { path, chunkBytes, ahead } = workerData as Task;
  const say = (message: Message, moved: ArrayBuffer[] = []): void => parentPort?.postMessage(message, moved);
  const hash = createHash('sha256');
  let read = 0;
  let waiting = 0;
  let goOn: () => void = () => {};
  parentPort?.on('message', () => {
    waiting--;
    goOn();
  });
  const plain = createGunzip({ chunkSize: chunkBytes });
  // One memory for all that is read: what a stream of the file would leave behind waits long for the collector.
  const packed = Buffer.allocUnsafeSlow(chunkBytes);
  const write = (bytes: Buffer): Promise<void> =>
    new Promise((done, fail) => {
      plain.write(bytes, (error) => (error === null || error === undefined ? done() : fail(error)));
    });
  const feed = async (): Promise<void> => {
    const file = openSync(path, 'r');
    try {
      for (let length = 1; length > 0; read += length) {
        length = readSync(file, packed);
        const bytes = packed.subarray(0, length);
        hash.update(bytes);
        if (length > 0) await write(bytes);
      }
      plain.end();
    } finally {
      closeSync(file);
    }
  };
  const send = async (): Promise<void> => {
    for await (const chunk of plain as AsyncIterable<Buffer<ArrayBuffer>>) {
      // What does not reach the end of its memory is followed by more in the same.
      const isWhole = chunk.byteOffset + chunk.byteLength === chunk.buffer.byteLength;
      const bytes = isWhole ? chunk : new Uint8Array(chunk);
      say({ kind: 'bytes', bytes, read }, [bytes.buffer]);
      waiting++;
      if (waiting >= ahead) await new Promise<void>((resolve) => (goOn = resolve));
    }
    say({ kind: 'end', sha256: hash.digest('hex'), read });
  };
  feed().catch((error: Error) => plain.destroy(error));
  send().catch((error: Error & { code?: string }) =>
    say({ kind: 'failed', code: error.code ?? '', message: error.message }),
  );
}
