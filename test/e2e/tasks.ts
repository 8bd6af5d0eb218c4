// How long the threads of the app's windows were ever busy at a stretch: Chromium's own record of their tasks.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Desktop } from './desktop.ts';

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds by the clock, and of them the thread's processor time, in which no other program ran. */
  readonly dur?: number;
  readonly tdur?: number;
  readonly args: { readonly name?: string };
};

/** Milliseconds: `longest` of processor time, `longestByClock` with whatever else the machine did. */
export type Tasks = { readonly count: number; readonly longest: number; readonly longestByClock: number };
export type WindowTasks = { readonly main: Tasks; readonly renderer: Tasks };

/** Records the tasks of every process of the app until the returned function is called, which sums them up. */
export async function recordTasks({
  app,
  data,
}: Pick<Desktop, 'app' | 'data'>): Promise<() => Promise<WindowTasks>> {
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({ included_categories: ['toplevel', '__metadata'] }),
  );
  return async () => {
    const file = join(data, 'trace.json');
    await app.evaluate(({ contentTracing }, path) => contentTracing.stopRecording(path), file);
    const { traceEvents } = JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] };
    rmSync(file);
    return {
      main: tasksOf(traceEvents, 'CrBrowserMain'),
      renderer: tasksOf(traceEvents, 'CrRendererMain'),
    };
  };
}

function tasksOf(events: readonly TraceEvent[], thread: 'CrBrowserMain' | 'CrRendererMain'): Tasks {
  const threads = new Set(
    events
      .filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === thread)
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const tasks = events.filter(
    ({ name, pid, tid, tdur }) =>
      name.endsWith('RunTask') && threads.has(`${pid} ${tid}`) && tdur !== undefined,
  );
  const longest = (of: (task: TraceEvent) => number): number =>
    tasks.reduce((most, task) => Math.max(most, of(task) / 1000), 0);
  return {
    count: tasks.length,
    longest: longest(({ tdur = 0 }) => tdur),
    longestByClock: longest(({ dur = 0 }) => dur),
  };
}
