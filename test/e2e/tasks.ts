// How long the threads of the app's windows were ever busy at a stretch: Chromium's own record of their tasks.
import { copyFileSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Desktop } from './desktop.ts';

export type TraceEvent = {
  readonly cat: string;
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  /** Microseconds by the clock, and of them the thread's processor time, in which no other program ran. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
};

/** Milliseconds: `total` and `longest` of processor time, `longestByClock` with whatever else the machine did. */
export type Tasks = {
  readonly count: number;
  readonly total: number;
  readonly longest: number;
  readonly longestByClock: number;
  /** `longest` of the tasks that followed each address which the page set with `performance.mark`. */
  readonly longestAfter: ReadonlyMap<string, number>;
};
export type WindowTasks = { readonly main: Tasks; readonly renderer: Tasks };

export const TASKS = ['toplevel', '__metadata', 'blink.user_timing'];
/** What a record holds that is to be kept for a person's eyes: what each task did, and in which function it was. */
export const IN_FULL = ['devtools.timeline', 'v8', 'disabled-by-default-v8.cpu_profiler'];

/**
 * Records the tasks of every process of the app until the returned function is called, which sums them up. `inFull`
 * holds more of each task, and costs more itself; the whole record is then kept where the returned function is told.
 */
export async function recordTasks(
  { app, data }: Pick<Desktop, 'app' | 'data'>,
  inFull = false,
): Promise<(keepAs?: string) => Promise<WindowTasks>> {
  const categories = [...TASKS, ...(inFull ? IN_FULL : [])];
  await app.evaluate(
    ({ contentTracing }, included) => contentTracing.startRecording({ included_categories: included }),
    categories,
  );
  return async (keepAs) => {
    const file = join(data, 'trace.json');
    await app.evaluate(({ contentTracing }, path) => contentTracing.stopRecording(path), file);
    const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
    if (keepAs !== undefined) copyFileSync(file, keepAs);
    rmSync(file);
    return {
      main: tasksOf(traceEvents, 'CrBrowserMain'),
      renderer: tasksOf(traceEvents, 'CrRendererMain'),
    };
  };
}

type Thread = 'CrBrowserMain' | 'CrRendererMain' | 'DedicatedWorker thread';

/** The tasks of all threads of a kind. */
export function tasksOf(events: readonly TraceEvent[], thread: Thread): Tasks {
  const threads = new Set(
    events
      .filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === thread)
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(
    ({ name, pid, tid, tdur }) =>
      name.endsWith('RunTask') && threads.has(`${pid} ${tid}`) && tdur !== undefined,
  );
  return {
    count: tasks.length,
    total: tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0),
    longest: longestOf(tasks, ({ tdur = 0 }) => tdur),
    longestByClock: longestOf(tasks, ({ dur = 0 }) => dur),
    longestAfter: longestAfter(events, tasks, threads),
  };
}

const longestOf = (tasks: readonly TraceEvent[], of: (task: TraceEvent) => number): number =>
  tasks.reduce((most, task) => Math.max(most, of(task) / 1000), 0);

/**
 * A mark set in a task is of that task: what it sets off follows. Tasks before the first mark are nobody's. Chromium sets
 * marks of its own, which are no addresses.
 */
function longestAfter(
  events: readonly TraceEvent[],
  tasks: readonly TraceEvent[],
  threads: ReadonlySet<string>,
): ReadonlyMap<string, number> {
  const marks = events
    .filter(
      ({ cat, name, pid, tid }) =>
        cat === 'blink.user_timing' && name.startsWith('#') && threads.has(`${pid} ${tid}`),
    )
    .sort((left, right) => left.ts - right.ts);
  const longest = new Map<string, number>();
  for (const [index, { name, ts }] of marks.entries()) {
    const until = marks[index + 1]?.ts ?? Number.POSITIVE_INFINITY;
    const own = tasks.filter((task) => task.ts + (task.dur ?? 0) > ts && task.ts < until);
    longest.set(
      name,
      Math.max(
        longest.get(name) ?? 0,
        longestOf(own, ({ tdur = 0 }) => tdur),
      ),
    );
  }
  return longest;
}
