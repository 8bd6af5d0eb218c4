// Runs the imports asked for in this window, whichever screen is open, and tells every screen how far they are.
import { useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  startTransition,
  useContext,
  useEffect,
  useEffectEvent,
  useMemo,
  useReducer,
  useRef,
  useState,
} from 'react';
import { asFailure } from '../../shared/contract/errors.ts';
import type { EngineEvent } from '../../shared/contract/events.ts';
import type { Method } from '../../shared/contract/methods.ts';
import type { PickedFile } from '../../shared/contract/protocol.ts';
import { call } from '../bridge.ts';
import { useEngine, useEngineEvent } from '../engine.ts';
import {
  advance,
  EMPTY_QUEUE,
  type ImportJob,
  type ImportQueue,
  type ImportReport,
  type ImportStep,
  labelOf,
} from './import-queue.ts';
import { openScreen } from './navigation.ts';

export type ImportProgress = Extract<EngineEvent, { type: 'import.progress' }>['progress'];

export type ImportActivity = {
  readonly queue: ImportQueue;
  /** Whether an import runs, also one that another window started; `useImportProgress` tells how far it is. */
  readonly importing: boolean;
  /** Whether further imports of this window hold every line; null until somebody says: as it is held now. */
  readonly everyLine: boolean | null;
  readonly holdEveryLine: (every: boolean) => void;
  /** Asks for an import and opens the screen that shows it. Nothing happens without files. */
  readonly importFiles: (files: readonly PickedFile[]) => void;
  readonly importSample: () => void;
  readonly pickFiles: () => Promise<void>;
  readonly pickFolder: () => Promise<void>;
  readonly cancel: () => Promise<void>;
  readonly replace: () => void;
  readonly keepHeld: () => void;
  readonly drop: (id: number) => void;
  /** Takes the result of an import off the list. */
  readonly forget: (id: number) => void;
  readonly retryWithMissingParts: (job: ImportJob) => void;
};

const ActivityContext = createContext<ImportActivity | null>(null);
/** Apart from the rest, because it changes several times a second: only who shows it is drawn again. */
const ProgressContext = createContext<ImportProgress | null>(null);

async function stage({ source, label }: ImportJob): Promise<ImportReport> {
  switch (source.kind) {
    case 'files':
      return call('import.stage', {
        sources: [...source.tokens],
        allowMissingParts: source.allowMissingParts,
        everyLine: source.everyLine,
      });
    case 'sample':
      return call('sample.stage', {});
    case 'staged':
      throw new Error(`${label} is staged already.`);
  }
}

/** Another window that staged an import usually goes on by itself at once: only what stays is taken up here. */
const TAKE_UP_AFTER_MILLISECONDS = 400;

/** Finds imports that were staged and never decided: the window was loaded anew, or closed, in between. */
function useStaged(idle: boolean, take: (step: ImportStep) => void): void {
  const client = useQueryClient();
  const { data, isFetching } = useEngine('import.staged', {}, { keepPrevious: false });
  useEngineEvent('import.progress', ({ progress }) => {
    if (progress.phase === 'done') void client.invalidateQueries({ queryKey: ['import.staged'] });
  });
  useEffect(() => {
    if (data === undefined || isFetching) return;
    const delay = idle ? TAKE_UP_AFTER_MILLISECONDS : 0;
    const timer = setTimeout(() => take({ type: 'found', reports: data.reports }), delay);
    return () => clearTimeout(timer);
  }, [data, isFetching, idle, take]);
}

/** What an import changes besides figures. Those are asked for again when the engine says that they changed. */
const ABOUT_IMPORTS: readonly Method[] = ['import.staged', 'import.history', 'workspace.info'];

/** Stages or commits the current import as its phase asks, and reports what came of it. */
function useRunner(queue: ImportQueue, take: (step: ImportStep) => void, onEnd: () => void): void {
  const { current } = queue;
  const client = useQueryClient();
  const begun = useRef(new Set<string>());
  const ended = useEffectEvent(onEnd);
  useEffect(() => {
    if (current === null || current.phase === 'deciding') return;
    // Each phase of a job starts once, however often the effect runs.
    const mark = `${current.job.id} ${current.phase}`;
    if (begun.current.has(mark)) return;
    begun.current.add(mark);
    const batchId = current.report?.batchId ?? null;
    const work =
      current.phase === 'staging'
        ? stage(current.job).then((report) => startTransition(() => take({ type: 'staged', report })))
        : batchId === null
          ? Promise.reject(new Error('The staged import has no number.'))
          : call('import.commit', { batchId }).then((report) =>
              startTransition(() => take({ type: 'ended', kind: 'committed', report })),
            );
    work
      .catch((error: unknown) => startTransition(() => take({ type: 'failed', failure: asFailure(error) })))
      .finally(() => {
        ended();
        for (const method of ABOUT_IMPORTS) void client.invalidateQueries({ queryKey: [method] });
      });
  }, [current, client, take]);
}

export function ImportActivityProvider({ children }: { readonly children: ReactNode }) {
  const [queue, take] = useReducer(advance, EMPTY_QUEUE);
  const [progress, setProgress] = useState<ImportProgress | null>(null);
  useEngineEvent('import.progress', (event) =>
    setProgress(event.progress.phase === 'done' ? null : event.progress),
  );
  useEngineEvent('engine.state', ({ state }) => {
    if (state !== 'running') setProgress(null);
  });

  useRunner(queue, take, () => setProgress(null));
  useStaged(queue.current === null, take);

  const importing = progress !== null;
  const [everyLine, holdEveryLine] = useState<boolean | null>(null);
  const activity = useMemo(
    () => ({ ...activityOf(queue, everyLine, take), importing, holdEveryLine }),
    [queue, importing, everyLine],
  );
  return (
    <ActivityContext value={activity}>
      <ProgressContext value={progress}>{children}</ProgressContext>
    </ActivityContext>
  );
}

function activityOf(
  queue: ImportQueue,
  everyLine: boolean | null,
  take: (step: ImportStep) => void,
): Omit<ImportActivity, 'importing' | 'holdEveryLine'> {
  const importFiles = (files: readonly PickedFile[]): void => {
    if (files.length === 0) return;
    const names = files.map(({ name }) => name);
    take({
      type: 'asked',
      job: {
        label: labelOf(names),
        files: names,
        source: {
          kind: 'files',
          tokens: files.map(({ token }) => token),
          allowMissingParts: false,
          everyLine,
        },
      },
    });
    openScreen('import');
  };
  return {
    queue,
    everyLine,
    importFiles,
    importSample: () => {
      take({ type: 'asked', job: { label: 'Sample data', files: [], source: { kind: 'sample' } } });
      openScreen('import');
    },
    pickFiles: async () => importFiles(await window.assay.pickFiles()),
    pickFolder: async () => importFiles(await window.assay.pickFolder()),
    cancel: async () => {
      await call('import.cancel', {});
    },
    replace: () => take({ type: 'replace' }),
    keepHeld: () => {
      const batchId = queue.current?.report?.batchId ?? null;
      if (batchId === null) return;
      call('import.discard', { batchId }).then(
        () => take({ type: 'ended', kind: 'kept', report: null }),
        (error: unknown) => take({ type: 'failed', failure: asFailure(error) }),
      );
    },
    drop: (id) => take({ type: 'dropped', id }),
    forget: (id) => take({ type: 'forgotten', id }),
    retryWithMissingParts: (job) => {
      take({ type: 'forgotten', id: job.id });
      if (job.source.kind === 'files') {
        take({ type: 'asked', job: { ...job, source: { ...job.source, allowMissingParts: true } } });
      }
    },
  };
}

/** How far the running import is; null when none runs. */
export function useImportProgress(): ImportProgress | null {
  return useContext(ProgressContext);
}

export function useImportActivity(): ImportActivity {
  const activity = useContext(ActivityContext);
  if (activity === null) throw new Error('Import activity is used outside its provider.');
  return activity;
}
