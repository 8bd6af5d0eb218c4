// The thread that reads files into pages: unpacks and splits them, and sends on what the importer has to know.
import { parentPort } from 'node:worker_threads';
import { asFailure } from '../../../shared/contract/errors.ts';
import { createAlikeLines } from './alike-lines.ts';
import { openPlain } from './open-source.ts';
import { createPageWriter } from './page-writer.ts';
import { type FromThread, fillPages, type Progress, type ThreadTask, type ToThread } from './pages.ts';
import { createPage, pageIn, type RecordPage } from './record-page.ts';
import { createSplitter } from './split.ts';
import { createUnpacker } from './unpack.ts';

/** Pages on their way between the threads: what bounds the memory. */
const PAGES_UNDER_WAY = 10;

const splitter = createSplitter();
const unpacker = createUnpacker();
const alike = createAlikeLines();
const free: ArrayBuffer[] = [];
let made = 0;
let goOn: () => void = () => {};

async function nextPage(): Promise<RecordPage> {
  if (free.length === 0 && made < PAGES_UNDER_WAY) {
    made++;
    return createPage();
  }
  while (free.length === 0) await new Promise<void>((resolve) => (goOn = resolve));
  return pageIn(free.pop() as ArrayBuffer, 0);
}

function say(message: FromThread, moved: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, moved);
}

async function read({ source, knowledge }: ThreadTask): Promise<void> {
  const progress: Progress = { bytesRead: 0, recordsRead: 0, sha256: '' };
  try {
    const { path, compression, entry } = source;
    const stream = compression === 'gzip' ? unpacker.open(path) : openPlain(path, compression, entry);
    const sums = source.everyLine ? null : alike;
    const writer = createPageWriter(source.binding, source.name, knowledge, splitter, sums);
    const pages = fillPages(writer, stream, progress, nextPage);
    for await (const { buffer, count } of pages) {
      const { bytesRead, recordsRead } = progress;
      say({ kind: 'page', buffer, count, bytesRead, recordsRead }, [buffer]);
    }
    say({ kind: 'end', sha256: progress.sha256 });
  } catch (error) {
    say({ kind: 'failed', failure: asFailure(error) });
  }
}

let reading: Promise<void> = Promise.resolve();
parentPort?.on('message', (message: ToThread) => {
  if (message.kind === 'read') {
    reading = reading.then(() => read(message.task));
  } else {
    free.push(message.buffer);
    goOn();
  }
});
