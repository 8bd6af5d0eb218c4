// Stages an import: reads all sources under one inactive batch, prices it, sums it, and says what it would replace.
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { importReport } from '../../../shared/contract/import.ts';
import { type DiscountDecision, decideDiscountShape } from '../../../shared/domain/spend/discount-shape.ts';
import { totalsAgree } from '../../../shared/domain/sum.ts';
import type { BatchPricing } from '../catalog/pricing.ts';
import { markStaged, removeBatch, unlessNextStartMust } from '../db/batches.ts';
import { rebuildDaily } from '../db/daily.ts';
import type { Db } from '../db/open.ts';
import { openStaging } from '../db/staging.ts';
import { labelBills } from '../ledger/label-bills.ts';
import { isAlreadyHeld, unchangedReport } from './already-held.ts';
import { hashOf, openPlain } from './open-source.ts';
import { OWN_THREAD_BYTES, type PageThread, startPageThread } from './pages.ts';
import { findFiles, type Plan, planImport, type Source } from './plan.ts';
import { createMeter, type ImportProgress, totalBytes } from './progress.ts';
import { pageSource, readFile, setSumsApart, writeRollup } from './read-file.ts';
import { buildReport, type ReadFile } from './report.ts';
import { type Caps, createRun, type DeliveryState, type Interpret, type Run, totalsOf } from './run.ts';

export type ImportReport = z.output<typeof importReport>;

export type StageOptions = {
  readonly db: Db;
  readonly sources: readonly string[];
  readonly allowMissingParts: boolean;
  /** Holds the lines behind the sums of other services, too. */
  readonly everyLine: boolean;
  readonly now: () => Date;
  readonly interpret: Interpret;
  /** Prices the kept lines of a batch. */
  readonly beginPricing: () => Promise<BatchPricing>;
  readonly onProgress: (progress: ImportProgress) => void;
  readonly signal: AbortSignal;
  readonly caps?: Caps;
};

/** Reads the sources into a staged batch. On any error, and when cancelled, the workspace is as before. */
export async function stageImport(options: StageOptions): Promise<ImportReport> {
  const started = performance.now();
  const found = await findFiles(options.sources);
  // Begun first: it takes longer to start than the files to be looked into.
  const pageThread = found.bytes < OWN_THREAD_BYTES ? null : startPageThread();
  try {
    const plan = await planImport(found, options.allowMissingParts);
    refuseIfCancelled(options.signal);
    if (await isAlreadyHeld(options.db, plan.sources, options.everyLine))
      return unchangedReport(plan, options.everyLine, started);
    pageThread?.read(plan.sources.map((source) => pageSource(source, options.everyLine)));
    return await stagePlan(options, plan, pageThread, started);
  } finally {
    await pageThread?.close();
  }
}

async function stagePlan(
  options: StageOptions,
  plan: Plan,
  pageThread: PageThread | null,
  started: number,
): Promise<ImportReport> {
  const pricing = await options.beginPricing();
  const staging = openStaging(options.db, options.now().toISOString());
  try {
    const { interpret, everyLine, caps } = options;
    const run = createRun(staging, interpret, pricing.pricer, pageThread, everyLine, caps);
    const files = await readAll(options, plan, run);
    const decisions = settle(run);
    const tell = phaseTeller(options, staging.batchId, files);
    const labels = await finishRows(options, pricing, staging.batchId, tell);
    const onPause = (): void => refuseIfCancelled(options.signal);
    const report = await buildReport({
      db: options.db,
      run,
      plan,
      files,
      decisions,
      labels,
      started,
      onPause,
    });
    markStaged(options.db, staging.batchId, JSON.stringify(report));
    tell('done');
    return report;
  } catch (error) {
    await unlessNextStartMust(options.db, () => removeBatch(options.db, staging.batchId));
    throw error;
  }
}

function refuseIfCancelled(signal: AbortSignal): void {
  if (signal.aborted) {
    throw new AssayError('cancelled', 'The import was cancelled. The workspace is as it was before.');
  }
}

async function readAll(options: StageOptions, plan: Plan, run: Run): Promise<ReadFile[]> {
  const files: ReadFile[] = [];
  const meter = createMeter(options.onProgress, plan.sources, run.staging.batchId);
  for (const [index, source] of plan.sources.entries()) {
    // Sums are by day: those of a month that is over get nothing more.
    if (source.firstPeriod !== plan.sources[index - 1]?.firstPeriod) await setSumsApart(run);
    meter.begin(source, index);
    const file = await readFile(run, source, meter, () => refuseIfCancelled(options.signal));
    await refuseTwin(files, file);
    refuseSecondBill(files, file);
    files.push(file);
  }
  // What follows needs memory, too.
  await run.pageThread?.close();
  meter.report('rolling-up');
  await writeRollup(run);
  refuseWhenEmpty(files);
  return files;
}

/** The same content twice in one import, under two names or packed and unpacked, would be counted twice. */
async function refuseTwin(files: readonly ReadFile[], file: ReadFile): Promise<void> {
  const { source, sha256 } = file;
  for (const other of files.filter((one) => statesTheSame(one, file))) {
    const isSameFile = other.sha256 === sha256 && other.source.path !== source.path;
    if (!isSameFile && (await hashPlain(other.source)) !== (await hashPlain(source))) continue;
    throw new AssayError(
      'period_held',
      `${source.name} is byte for byte the same ${isSameFile ? 'file' : 'content'} as ${other.source.name}; importing both would count it twice. Give one of them.`,
      { file: source.name },
    );
  }
}

/** Equal content adds up to equal rows and totals: only such files are read once more to be compared. */
function statesTheSame(left: ReadFile, right: ReadFile): boolean {
  return (
    left.counts.read > 0 &&
    left.counts.read === right.counts.read &&
    left.totals.length === right.totals.length &&
    left.totals.every((total) =>
      right.totals.some(
        (other) =>
          other.delivery === total.delivery &&
          other.invoice === total.invoice &&
          other.currency === total.currency &&
          other.chargeType === total.chargeType &&
          other.rows === total.rows &&
          totalsAgree(other.unblended, total.unblended, total.absolute),
      ),
    )
  );
}

function hashPlain({ path, compression, entry }: Source): Promise<string> {
  return hashOf(openPlain(path, compression, entry).chunks);
}

/** Files that were taken for bills of several payers, and hold one payer's period twice. */
function refuseSecondBill(files: readonly ReadFile[], { totals, source }: ReadFile): void {
  const deliveries = new Set(totals.map(({ delivery }) => delivery));
  const other = files.find(
    (file) =>
      file.source.bill !== source.bill && file.totals.some(({ delivery }) => deliveries.has(delivery)),
  );
  if (other === undefined) return;
  throw new AssayError(
    'period_held',
    `${source.name} and ${other.source.name} hold the same payer's period, in two deliveries of one report. Import the folder of the newer one.`,
    { file: source.name },
  );
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
      : `${name}: ${read === 1 ? 'its only row was' : `all ${read} rows were`} rejected (${files[0]?.firstRejection ?? ''}). Export the file again.`,
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

/** Tells of a phase in which nothing is read any more. */
function phaseTeller(
  options: StageOptions,
  batchId: number,
  files: readonly ReadFile[],
): (phase: ImportProgress['phase']) => void {
  const last = files.at(-1);
  const bytes = totalBytes(files.map(({ source }) => source));
  return (phase) =>
    options.onProgress({
      batchId,
      file: last?.source.name ?? '',
      fileIndex: files.length - 1,
      fileCount: files.length,
      bytesRead: bytes,
      bytesTotal: bytes,
      rows: files.reduce((sum, { counts }) => sum + counts.read, 0),
      rowsPerSecond: 0,
      secondsLeft: null,
      phase,
    });
}

/** Prices and sums the rows; returns what their bills look like, in sentences. */
async function finishRows(
  options: StageOptions,
  pricing: BatchPricing,
  batchId: number,
  tell: (phase: ImportProgress['phase']) => void,
): Promise<string[]> {
  const pause = (): void => refuseIfCancelled(options.signal);
  tell('pricing');
  await pricing.finish(batchId);
  pause();
  tell('rolling-up');
  await rebuildDaily(options.db, batchId, pause);
  return labelBills(options.db, batchId, options.now(), pause);
}
