// The imports asked for in this window, one after another, as plain state: what runs, what waits, what came of it.
import type { Failure } from '../../shared/contract/errors.ts';
import type { Output } from '../../shared/contract/methods.ts';
import { isChange } from '../../shared/domain/ledger/replacement.ts';

export type ImportReport = Output<'import.stage'>;

/** What is to be imported: files by their tokens, the bundled sample, or what was found staged and undecided. */
export type ImportJob = {
  readonly id: number;
  readonly label: string;
  readonly files: readonly string[];
  readonly source:
    | {
        readonly kind: 'files';
        readonly tokens: readonly string[];
        readonly allowMissingParts: boolean;
        /** Null: as it is held now. */
        readonly everyLine: boolean | null;
      }
    | { readonly kind: 'sample' }
    | { readonly kind: 'staged' };
};

export type ImportOutcome = {
  readonly job: ImportJob;
  readonly kind: 'committed' | 'unchanged' | 'kept' | 'cancelled' | 'failed';
  readonly report: ImportReport | null;
  readonly failure: Failure | null;
};

export type ImportQueue = {
  readonly waiting: readonly ImportJob[];
  /** `deciding`: staged, and something held would be replaced, so a person has to say. */
  readonly current: {
    readonly job: ImportJob;
    readonly phase: 'staging' | 'deciding' | 'committing';
    readonly report: ImportReport | null;
  } | null;
  /** Latest first. */
  readonly outcomes: readonly ImportOutcome[];
  readonly nextId: number;
};

export const EMPTY_QUEUE: ImportQueue = { waiting: [], current: null, outcomes: [], nextId: 1 };

export type ImportStep =
  | { readonly type: 'asked'; readonly job: Omit<ImportJob, 'id'> }
  | { readonly type: 'staged'; readonly report: ImportReport }
  /** What the engine holds staged, which a window that was loaded anew knows nothing of. */
  | { readonly type: 'found'; readonly reports: readonly ImportReport[] }
  | { readonly type: 'replace' }
  | { readonly type: 'ended'; readonly kind: ImportOutcome['kind']; readonly report: ImportReport | null }
  | { readonly type: 'failed'; readonly failure: Failure }
  | { readonly type: 'dropped'; readonly id: number }
  | { readonly type: 'forgotten'; readonly id: number };

export function advance(queue: ImportQueue, step: ImportStep): ImportQueue {
  const { current } = queue;
  switch (step.type) {
    case 'asked': {
      const job = { ...step.job, id: queue.nextId };
      return begun({ ...queue, waiting: [...queue.waiting, job], nextId: queue.nextId + 1 });
    }
    case 'staged': {
      if (current === null) return queue;
      if (step.report.state === 'unchanged') return ended(queue, 'unchanged', step.report, null);
      const phase = needsDecision(step.report) ? 'deciding' : 'committing';
      return { ...queue, current: { ...current, phase, report: step.report } };
    }
    case 'found':
      return found(queue, step.reports);
    case 'replace':
      return current === null ? queue : { ...queue, current: { ...current, phase: 'committing' } };
    case 'ended':
      return ended(queue, step.kind, step.report, null);
    case 'failed':
      return ended(queue, step.failure.code === 'cancelled' ? 'cancelled' : 'failed', null, step.failure);
    case 'dropped':
      return { ...queue, waiting: queue.waiting.filter(({ id }) => id !== step.id) };
    case 'forgotten':
      return { ...queue, outcomes: queue.outcomes.filter(({ job }) => job.id !== step.id) };
  }
}

/** Takes up the newest staged import that nobody here has decided; lets go of one that was decided elsewhere. */
function found(queue: ImportQueue, reports: readonly ImportReport[]): ImportQueue {
  const { current } = queue;
  const isStaged = (batchId: number | null | undefined): boolean =>
    reports.some((report) => report.batchId === batchId);
  if (current?.phase === 'deciding' && !isStaged(current.report?.batchId))
    return begun({ ...queue, current: null });
  const report = reports.find(
    ({ batchId }) => !queue.outcomes.some((outcome) => outcome.report?.batchId === batchId),
  );
  if (current !== null || report === undefined) return queue;
  const files = report.files.map(({ path }) => path.split(/[\\/]/u).at(-1) ?? path);
  const job: ImportJob = { id: queue.nextId, label: labelOf(files), files, source: { kind: 'staged' } };
  return { ...queue, current: { job, phase: 'deciding', report }, nextId: queue.nextId + 1 };
}

export function labelOf(files: readonly string[]): string {
  return files.length === 1 ? (files[0] ?? '') : `${files.length} files`;
}

/** Nothing held changes without being asked: a staged delivery waits when it would replace another one. */
export function needsDecision(report: ImportReport): boolean {
  return report.replaces.some(isChange);
}

function ended(
  queue: ImportQueue,
  kind: ImportOutcome['kind'],
  report: ImportReport | null,
  failure: Failure | null,
): ImportQueue {
  if (queue.current === null) return queue;
  const outcome = { job: queue.current.job, kind, report: report ?? queue.current.report, failure };
  return begun({ ...queue, current: null, outcomes: [outcome, ...queue.outcomes].slice(0, 50) });
}

function begun(queue: ImportQueue): ImportQueue {
  const [next, ...waiting] = queue.waiting;
  if (queue.current !== null || next === undefined) return queue;
  return { ...queue, waiting, current: { job: next, phase: 'staging', report: null } };
}
