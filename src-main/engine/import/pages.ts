// The records of a file as pages, read on this thread, or on one of its own where the file is worth its start.
import { on } from 'node:events';
import { Worker } from 'node:worker_threads';
import { AssayError, type Failure } from '../../../shared/contract/errors.ts';
import { createAlikeLines } from './alike-lines.ts';
import type { Binding } from './header.ts';
import { type Compression, openPlain, type PlainStream } from './open-source.ts';
import { createPageWriter, type Knowledge, type PageWriter } from './page-writer.ts';
import { createPage, pageIn, type RecordPage } from './record-page.ts';
import { MOST_ROWS, type Splitter } from './split.ts';
import { errorOf, threadFile } from './threads.ts';

/** Bytes on disk from which a thread of its own is worth its start, some 50 ms. */
export const OWN_THREAD_BYTES = 2 * 1024 ** 2;

export type PageSource = {
  readonly path: string;
  readonly compression: Compression;
  readonly entry: string | null;
  /** As messages name it. */
  readonly name: string;
  readonly binding: Binding;
  /** Every record is handed over by itself, none as a sum. */
  readonly everyLine: boolean;
};

export type Pages = {
  /** Each holds until the next one is asked for. Throws `AssayError` for damaged or unreadable files. */
  readonly pages: AsyncIterable<RecordPage>;
  /** For whoever takes the records: what it notes here, pages that are filled later need not bring along. */
  readonly knowledge: Knowledge;
  /** Bytes of the file on disk read so far. */
  bytesRead(): number;
  /** Records read so far; those that are alike come on the last pages. */
  recordsRead(): number;
  /** Hash of the file on disk; complete once `pages` is exhausted. */
  sha256(): string;
};

/** Nothing is known of any row; in memory that two threads see. */
export function createKnowledge(): Knowledge {
  const table = (): Uint8Array => new Uint8Array(new SharedArrayBuffer(MOST_ROWS));
  return { rows: table(), labelRows: table() };
}

/** Read on this thread, by this splitter; null where there is none. */
export function pagesHere(
  source: PageSource,
  splitter: Splitter | null,
  knowledge = createKnowledge(),
): Pages {
  const progress: Progress = { bytesRead: 0, recordsRead: 0, sha256: '' };
  const { path, compression, entry } = source;
  const stream = openPlain(path, compression, entry);
  const alike = source.everyLine ? null : createAlikeLines();
  const writer = createPageWriter(source.binding, source.name, knowledge, splitter, alike);
  const pages = fillPages(writer, stream, progress, (used) => used ?? createPage());
  return told(progress, knowledge, pages);
}

function told(progress: Progress, knowledge: Knowledge, pages: AsyncIterable<RecordPage>): Pages {
  return {
    pages,
    knowledge,
    bytesRead: () => progress.bytesRead,
    recordsRead: () => progress.recordsRead,
    sha256: () => progress.sha256,
  };
}

export type Progress = { bytesRead: number; recordsRead: number; sha256: string };

/** Chunks after which a page is handed over however little it holds: whoever waits for it tells progress, and hears a cancel. */
const CHUNKS_A_PAGE = 8;

/** Reads plain bytes into pages; `next` gives the page after the one that is done with. */
export async function* fillPages(
  writer: PageWriter,
  stream: PlainStream,
  progress: Progress,
  next: (used: RecordPage | null) => RecordPage | Promise<RecordPage>,
): AsyncGenerator<RecordPage> {
  let page = await next(null);
  let chunks = 0;
  for await (const chunk of thenEnd(stream.chunks)) {
    if (chunk === null) {
      writer.end();
    } else {
      writer.feed(chunk);
      release(chunk);
    }
    progress.bytesRead = stream.bytesRead();
    chunks++;
    for (let isFull = true; isFull; ) {
      ({ page, isFull } = writer.fill(page));
      progress.recordsRead = writer.recordsRead();
      if (!isFull && chunks < CHUNKS_A_PAGE) continue;
      yield page;
      page = emptied(await next(page));
      chunks = 0;
    }
  }
  progress.sha256 = stream.sha256();
  yield page;
}

async function* thenEnd(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array | null> {
  yield* chunks;
  yield null;
}

function emptied(page: RecordPage): RecordPage {
  return Object.assign(page, { count: 0, textUsed: 0, boundsUsed: 0 });
}

/** Smaller memory may be shared out among buffers by Node. */
const OWN_MEMORY_BYTES = 128 * 1024;

/**
 * Gives back the memory of bytes that nobody will look at any more. Left to the collector, every 50 MB or so of such
 * bytes cost a mark of the whole heap: a tenth of an import. Bytes that do not reach the end of their memory are
 * followed by others in the same.
 */
export function release({ buffer, byteOffset, byteLength }: Uint8Array): void {
  const isOwn = buffer instanceof ArrayBuffer && buffer.byteLength > OWN_MEMORY_BYTES;
  if (isOwn && byteOffset + byteLength === buffer.byteLength) buffer.transfer(0);
}

export type ThreadTask = { readonly source: PageSource; readonly knowledge: Knowledge };

/** To the thread: the next file, or a page that is done with. */
export type ToThread =
  | { readonly kind: 'read'; readonly task: ThreadTask }
  | { readonly kind: 'free'; readonly buffer: ArrayBuffer };

/** From the thread: a page, the end after the last one, or what failed. */
export type FromThread =
  | {
      readonly kind: 'page';
      readonly buffer: ArrayBuffer;
      readonly count: number;
      readonly bytesRead: number;
      readonly recordsRead: number;
    }
  | { readonly kind: 'end'; readonly sha256: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

export type PageThread = {
  /** Begins to read these files, one after the other: a page or two of the next are ready when one has ended. */
  read(sources: readonly PageSource[]): void;
  /** Pages of the next file; those of the one before are taken. */
  next(): Pages;
  /** Ends the thread, whatever it is doing. */
  close(): Promise<void>;
};

export function startPageThread(): PageThread {
  const thread = new Worker(threadFile('page-thread'), {
    // Nothing of how this process was started: what it was given on its command line is not a file.
    execArgv: [],
    // It makes few objects, and would otherwise let as much memory grow for short-lived ones as the importer.
    resourceLimits: { maxYoungGenerationSizeMb: 4 },
  });
  // Whoever reads from it is told, too; without a reader nothing else would listen.
  thread.on('error', () => {});
  const messages = on(thread, 'message', { close: ['exit'] }) as AsyncIterator<[FromThread]>;
  const asked: Pages[] = [];
  const unread: PageSource[] = [];
  const askForNext = (): void => {
    const source = unread.shift();
    if (source === undefined) return;
    const knowledge = createKnowledge();
    const progress: Progress = { bytesRead: 0, recordsRead: 0, sha256: '' };
    thread.postMessage({ kind: 'read', task: { source, knowledge } } satisfies ToThread);
    asked.push(told(progress, knowledge, pagesOf(thread, messages, source, progress)));
  };
  return {
    read(sources) {
      unread.push(...sources);
      askForNext();
    },
    next() {
      askForNext();
      const pages = asked.shift();
      if (pages === undefined) throw new Error('the thread was given no further file');
      return pages;
    },
    async close() {
      await thread.terminate();
    },
  };
}

/** The messages about one file, which is the next that they are about. */
async function* pagesOf(
  thread: Worker,
  messages: AsyncIterator<[FromThread]>,
  { name }: PageSource,
  progress: Progress,
): AsyncGenerator<RecordPage> {
  for (;;) {
    const { done, value } = await messages.next();
    if (done === true) break;
    const [message] = value;
    if (message.kind === 'failed') throw errorOf(message.failure);
    if (message.kind === 'end') {
      progress.sha256 = message.sha256;
      return;
    }
    const { buffer, count, bytesRead, recordsRead } = message;
    progress.bytesRead = bytesRead;
    progress.recordsRead = recordsRead;
    yield pageIn(buffer, count);
    thread.postMessage({ kind: 'free', buffer } satisfies ToThread, [buffer]);
  }
  throw new AssayError('internal', `The thread that reads ${name} ended early. Import it again.`);
}
