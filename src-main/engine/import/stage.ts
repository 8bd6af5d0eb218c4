// Stages an import: reads all sources under one inactive batch, prices it, sums it, and says what it would replace.
import { stat } from 'node:fs/promises';
import { setImmediate } from 'node:timers/promises';
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { importProgress, importReport } from '../../../shared/contract/import.ts';
import { type DiscountDecision, decideDiscountShape } from '../../../shared/domain/spend/discount-shape.ts';
import { markStaged, removeBatch } from '../db/batches.ts';
import { rebuildDaily } from '../db/daily.ts';
import type { Db } from '../db/open.ts';
import { deflateBlock } from '../db/raw-records.ts';
import { openStaging } from '../db/staging.ts';
import { isAlreadyHeld, unchangedReport } from './already-held.ts';
import { fileError, hashFile, openPlain, type PlainStream } from './open-source.ts';
import { type Plan, planImport, type Source } from './plan.ts';
import { createRecordReader, type RecordReader } from './read-records.ts';
import { buildReport, type ReadFile } from './report.ts';
import { createRun, type DeliveryState, type Interpret, type Run, totalsOf } from './run.ts';

export type ImportReport = z.output<typeof importReport>;
export type ImportProgress = z.output<typeof importProgress>;

export type StageOptions = {
  readonly db: Db;
  readonly sources: readonly string[];
  readonly allowMissingParts: boolean;
  readonly now: () => Date;
  readonly interpret: Interpret;
  /** Prices the kept lines of a batch before they are summed. */
  readonly price: (db: Db, batchId: number) => Promise<void>;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly signal: AbortSignal;
  readonly candidateCap?: number;
};

/** Groups of the roll-up held in memory before they are written out; equal keys may then have several rows. */
const ROLLUP_GROUPS = 400_000;
/** Groups written between two pauses. */
const ROLLUP_PORTION = 5000;
const PROGRESS_MILLISECONDS = 150;

/** Reads the sources into a staged batch. On any error, and when cancelled, the workspace is as before. */
export async function stageImport(options: StageOptions): Promise<ImportReport> {
  const started = performance.now();
  const plan = await planImport(options.sources, options.allowMissingParts);
  refuseIfCancelled(options.signal);
  if (await isAlreadyHeld(options.db, plan.sources)) return unchangedReport(plan, started);
  const staging = openStaging(options.db, options.now().toISOString());
  try {
    const run = createRun(staging, options.interpret, options.candidateCap);
    const files = await readAll(options, plan, run);
    const decisions = settle(run);
    await finishRows(options, run.staging.batchId, files);
    const report = buildReport({ db: options.db, run, plan, files, decisions, started });
    markStaged(options.db, staging.batchId, JSON.stringify(report));
    return report;
  } catch (error) {
    await removeQuietly(options.db, staging.batchId);
    throw error;
  }
}

/** On a full disk even removing can fail: then the next start sweeps the batch, and the first error is what counts. */
async function removeQuietly(db: Db, batchId: number): Promise<void> {
  try {
    if (db.open) await removeBatch(db, batchId);
  } catch {
    // See above.
  }
}

function refuseIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new AssayError('cancelled', 'The import was cancelled. The workspace is as it was before.');
  }
}

async function readAll(options: StageOptions, plan: Plan, run: Run): Promise<ReadFile[]> {
  const files: ReadFile[] = [];
  const meter = createMeter(options, plan, run.staging.batchId);
  for (const [index, source] of plan.sources.entries()) {
    meter.begin(source, index);
    const file = await readFile(options, run, source, meter);
    refuseTwin(files, file);
    files.push(file);
  }
  meter.report('rolling-up');
  await writeRollup(run);
  refuseWhenEmpty(files);
  return files;
}

/** The same bytes twice in one import, under two names, would be counted twice. */
function refuseTwin(files: readonly ReadFile[], { sha256, source }: ReadFile): void {
  const twin = files.find((file) => file.sha256 === sha256 && file.source.path !== source.path);
  if (twin === undefined) return;
  throw new AssayError(
    'period_held',
    `${source.name} is byte for byte the same file as ${twin.source.name}; importing both would count it twice. Give one of them.`,
    { file: source.name },
  );
}

async function readFile(options: StageOptions, run: Run, source: Source, meter: Meter): Promise<ReadFile> {
  const { staging } = run;
  const { binding, report } = source;
  const file = staging.addFile({
    name: source.name,
    bytes: source.bytes,
    format: binding.format,
    compression: source.compression,
    report,
    part: source.part,
    header: binding.header,
    delimiter: binding.delimiter,
  });
  const stream = openPlain(source.path, source.compression, source.entry);
  const reader = createRecordReader(run, file, source.name, binding, report);
  const writing = createBlockWriter(run, file, reader);
  try {
    for await (const chunk of stream.chunks) {
      staging.inTransaction(() => reader.take(chunk));
      await writing.drain(4);
      if (run.rollup.size() > ROLLUP_GROUPS) await writeRollup(run);
      meter.advance(stream, reader);
      // Lets reads, cancel and progress in between two chunks.
      await setImmediate();
      refuseIfCancelled(options.signal);
    }
    staging.inTransaction(() => reader.finish());
    await writing.drain(0);
  } catch (error) {
    await writing.abandon();
    throw error;
  }
  await refuseIfChanged(source);
  const isHashed = source.compression === 'none' || source.compression === 'gzip';
  const sha256 = isHashed ? stream.sha256() : await hashFile(source.path);
  staging.inTransaction(() => {
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
        const write = deflateBlock(bytes).then((block) => run.staging.addRaw(file, first, last, block));
        // Awaited below; this only keeps an early failure from counting as unhandled.
        write.catch(() => {});
        pending.push(write);
      }
      while (pending.length > most) await pending.shift();
    },
  };
}

async function writeRollup(run: Run): Promise<void> {
  const groups = [...run.rollup.rows()];
  for (let start = 0; start < groups.length; start += ROLLUP_PORTION) {
    run.staging.inTransaction(() => {
      for (const { delivery, ...group } of groups.slice(start, start + ROLLUP_PORTION)) {
        run.staging.addRollup({ ...group, delivery: run.deliveries[delivery]?.id ?? 0 });
      }
    });
    await setImmediate();
  }
  run.rollup.clear();
}

function refuseWhenEmpty(files: readonly ReadFile[]): void {
  const read = files.reduce((sum, { counts }) => sum + counts.read, 0);
  const rejected = files.reduce((sum, { counts }) => sum + counts.rejected, 0);
  if (read > rejected) return;
  const name = files[0]?.source.name ?? '';
  throw new AssayError(
    'nothing_to_import',
    read === 0
      ? `${name} has a header and no rows. There is nothing to import.`
      : `${name}: all ${read} rows were rejected (${files[0]?.firstRejection ?? ''}). Export the file again.`,
    { file: name, rejected },
  );
}

/** Decides the discount shape of every delivery and puts it on its rows. */
function settle(run: Run): Map<DeliveryState, DiscountDecision> {
  const decisions = new Map<DeliveryState, DiscountDecision>();
  run.staging.inTransaction(() => {
    for (const delivery of run.deliveries) {
      const decided = [...delivery.evidence.values()].map((one) => decideDiscountShape(totalsOf(one)));
      const decision = decided.find(({ shape }) => shape !== 'none') ?? decided[0];
      if (decision === undefined) continue;
      decisions.set(delivery, decision);
      const isEstimated = !delivery.withInvoice || delivery.costWithoutInvoice;
      run.staging.settleDelivery(delivery.id, isEstimated, decision);
    }
  });
  return decisions;
}

async function finishRows(options: StageOptions, batchId: number, files: readonly ReadFile[]): Promise<void> {
  const last = files.at(-1);
  const phase = (name: ImportProgress['phase']): void => {
    options.onProgress({
      batchId,
      file: last?.source.name ?? '',
      fileIndex: files.length - 1,
      fileCount: files.length,
      bytesRead: totalBytes(files.map(({ source }) => source)),
      bytesTotal: totalBytes(files.map(({ source }) => source)),
      rows: files.reduce((sum, { counts }) => sum + counts.read, 0),
      rowsPerSecond: 0,
      secondsLeft: null,
      phase: name,
    });
  };
  phase('pricing');
  await options.price(options.db, batchId);
  refuseIfCancelled(options.signal);
  phase('rolling-up');
  await rebuildDaily(options.db, batchId, () => refuseIfCancelled(options.signal));
  phase('done');
}

function totalBytes(sources: readonly Source[]): number {
  return sources.reduce((sum, { bytes }) => sum + bytes, 0);
}

type Meter = {
  begin(source: Source, index: number): void;
  advance(stream: PlainStream, reader: RecordReader): void;
  report(phase: ImportProgress['phase']): void;
};

/** Progress in bytes, rows, rows a second and time left, a few times a second. */
function createMeter(options: StageOptions, plan: Plan, batchId: number): Meter {
  const started = performance.now();
  const bytesTotal = totalBytes(plan.sources);
  let source: Source | undefined;
  let fileIndex = 0;
  let bytesBefore = 0;
  let bytesRead = 0;
  let rowsBefore = 0;
  let rows = 0;
  let told = 0;
  const report = (phase: ImportProgress['phase']): void => {
    const seconds = (performance.now() - started) / 1000;
    const share = bytesTotal === 0 ? 1 : bytesRead / bytesTotal;
    options.onProgress({
      batchId,
      file: source?.name ?? '',
      fileIndex,
      fileCount: plan.sources.length,
      bytesRead,
      bytesTotal,
      rows,
      rowsPerSecond: seconds > 0 ? Math.round(rows / seconds) : 0,
      secondsLeft: share > 0.01 ? (seconds * (1 - share)) / share : null,
      phase,
    });
  };
  return {
    begin(next, index) {
      bytesBefore += source?.bytes ?? 0;
      rowsBefore = rows;
      source = next;
      fileIndex = index;
      bytesRead = bytesBefore;
      report('reading');
    },
    advance(stream, reader) {
      bytesRead = Math.min(bytesBefore + stream.bytesRead(), bytesTotal);
      rows = rowsBefore + reader.counts.read;
      if (performance.now() - told < PROGRESS_MILLISECONDS) return;
      told = performance.now();
      report('reading');
    },
    report,
  };
}
