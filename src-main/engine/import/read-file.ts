// Reads one file of an import into its batch: page by page, with pauses for everybody else.
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import { AssayError } from '../../../shared/contract/errors.ts';
import { deflateBlock } from '../db/raw-records.ts';
import { fileError, hashFile } from './open-source.ts';
import { type PageSource, type Pages, pagesHere, release } from './pages.ts';
import type { Source } from './plan.ts';
import type { Meter } from './progress.ts';
import { createRecordReader, type RecordReader } from './read-records.ts';
import type { ReadFile } from './report.ts';
import type { Run } from './run.ts';

/** Groups of the roll-up held in memory before they are written out; equal keys may then have several rows. */
const ROLLUP_GROUPS = 400_000;
/** Milliseconds of work between two pauses. */
const SLICE = 12;
/** Groups written between two looks at the clock. */
const GROUPS_A_LOOK = 256;
/** Blocks of raw records that may be on their way to the database while reading goes on. */
const BLOCKS_UNDER_WAY = 4;

/** Reads a source under a new file of the batch. Throws when it is damaged, when it changes, and when `refuse` does. */
export async function readFile(
  run: Run,
  source: Source,
  meter: Meter,
  refuse: () => void,
): Promise<ReadFile> {
  const { staging } = run;
  const file = addFile(run, source);
  const pages = run.pageThread?.next() ?? pagesHere(pageSource(source, run.everyLine), run.splitter);
  const reader = createRecordReader(run, file, source.name, source.binding, source.report, pages.knowledge);
  await readRecords({ run, file, pages, reader, meter, refuse });
  await refuseIfChanged(source);
  const isHashed = source.compression === 'none' || source.compression === 'gzip';
  const sha256 = isHashed ? pages.sha256() : await hashFile(source.path);
  staging.inTransaction(() => {
    staging.writeGathered();
    staging.finishFile(file, sha256, reader.counts);
    for (const total of reader.totals()) staging.addTotal({ file, ...total });
  });
  return {
    source,
    sha256,
    counts: reader.counts,
    totals: reader.totals(),
    warnings: reader.warnings(),
    firstRejection: reader.firstRejection(),
  };
}

function addFile({ staging }: Run, { name, bytes, binding, compression, report, part }: Source): number {
  const { format, header, delimiter } = binding;
  return staging.addFile({ name, bytes, format, compression, report, part, header, delimiter });
}

/** What it takes to read a source into pages. */
export function pageSource(source: Source, everyLine: boolean): PageSource {
  const { path, compression, entry, name, binding } = source;
  return { path, compression, entry, name, binding, everyLine };
}

type Reading = {
  readonly run: Run;
  readonly file: number;
  readonly pages: Pages;
  readonly reader: RecordReader;
  readonly meter: Meter;
  readonly refuse: () => void;
};

async function readRecords({ run, file, pages, reader, meter, refuse }: Reading): Promise<void> {
  const writing = createBlockWriter(run, file, reader);
  try {
    const sumsToo = (): boolean => {
      refuse();
      return writeSums(run);
    };
    for await (const page of whileWaiting(pages.pages, sumsToo)) {
      reader.turnTo(page);
      await takeInSlices(run, reader, refuse);
      await writing.drain(BLOCKS_UNDER_WAY);
      if (run.rollup.size() > ROLLUP_GROUPS) await writeRollup(run);
      meter.advance(pages.bytesRead(), pages.recordsRead());
    }
    reader.end();
    await writing.drain(0);
  } catch (error) {
    await writing.abandon();
    throw error;
  }
}

/** Takes the records at hand, and lets reads, cancel and progress in between. */
async function takeInSlices({ staging }: Run, reader: RecordReader, refuse: () => void): Promise<void> {
  for (let areSomeLeft = true; areSomeLeft; ) {
    staging.inTransaction(() => {
      areSomeLeft = reader.takeUntil(performance.now() + SLICE);
    });
    await setImmediate();
    refuse();
  }
}

/** What was read in part before and in part after a change is neither delivery. */
async function refuseIfChanged({ path, name, bytes, modified }: Source): Promise<void> {
  const { size, mtimeMs } = await stat(path).catch((error: unknown) => {
    throw fileError(path, error);
  });
  if (size === bytes && mtimeMs === modified) return;
  throw new AssayError(
    'corrupt_file',
    `${name} changed while it was read. Nothing was imported; wait until it is complete and import it again.`,
    { file: name },
  );
}

type BlockWriter = {
  /** Goes on when at most so many blocks are still being written. */
  drain(most: number): Promise<void>;
  /** Waits for what is on its way: a block that is written after its batch is removed would stay for ever. */
  abandon(): Promise<void>;
};

/** Deflates raw blocks on other threads and writes them in the order in which they are done. */
function createBlockWriter(run: Run, file: number, reader: RecordReader): BlockWriter {
  const pending: Promise<void>[] = [];
  return {
    async abandon() {
      await Promise.allSettled(pending);
    },
    async drain(most) {
      for (const { first, last, bytes } of reader.blocks.splice(0)) {
        const write = deflateBlock(bytes).then((block) => {
          run.staging.addRaw(file, first, last, block);
          release(new Uint8Array(bytes.buffer));
        });
        // Awaited below; this only keeps an early failure from counting as unhandled.
        write.catch(() => {});
        pending.push(write);
      }
      while (pending.length > most) await pending.shift();
    },
  };
}

/** Writes some of the sums that are set apart; false when none are left. */
function writeSums({ staging, rollup, deliveries }: Run): boolean {
  if (rollup.left() === 0) return false;
  const until = performance.now() + SLICE;
  staging.inTransaction(() => {
    while (rollup.left() > 0 && performance.now() < until) {
      for (let group = 0; group < GROUPS_A_LOOK && rollup.left() > 0; group++) {
        const next = rollup.take();
        staging.addRollup({ ...next, delivery: deliveries[next.delivery]?.id ?? 0 });
      }
      // Writing is the work here: left to the end of the slice, it would take five times as long as the slice.
      staging.writeGathered();
    }
  });
  return true;
}

/** What was gathered so far gets nothing more: it is written while what comes next is waited for. */
export async function setSumsApart(run: Run): Promise<void> {
  while (writeSums(run)) await setImmediate();
  run.rollup.setApart();
}

/** Writes the sums gathered so far and begins anew. */
export async function writeRollup(run: Run): Promise<void> {
  await setSumsApart(run);
  while (writeSums(run)) await setImmediate();
}

/** The pages one after the other; `work` is done, until it says that none is left, while the next is not there yet. */
async function* whileWaiting<Page>(pages: AsyncIterable<Page>, work: () => boolean): AsyncGenerator<Page> {
  const iterator = pages[Symbol.asyncIterator]();
  for (;;) {
    const next = iterator.next();
    let isThere = false;
    const note = (): void => {
      isThere = true;
    };
    next.then(note, note);
    await setImmediate();
    while (!isThere && work()) await setImmediate();
    const { done, value } = await next;
    if (done === true) return;
    yield value;
  }
}
