// The window while 200,000 rows are imported: how long the app's main process and its page were ever busy at a stretch.
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSample } from '../../src-main/engine/sample/write.ts';
import { call, importedBatches } from './calls.ts';
import { answerOpenDialog, type Desktop, launchDesktop } from './desktop.ts';
import { describeOn } from './runtimes.ts';
import { open } from './sample-bill.ts';

const ROWS = 200_000;
/** Milliseconds of processor time that no task of a window's thread may take. */
const GOAL = 50;

type TraceEvent = {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Processor time of the thread, microseconds. Time in which other programs ran is not in it. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
};

/** Records every task of every process of the app until the returned function is called, which reads the record. */
async function record({ app, data }: Desktop): Promise<() => Promise<TraceEvent[]>> {
  await app.evaluate(({ contentTracing }) =>
    contentTracing.startRecording({ included_categories: ['toplevel', '__metadata'] }),
  );
  return async () => {
    const file = join(data, 'trace.json');
    await app.evaluate(({ contentTracing }, path) => contentTracing.stopRecording(path), file);
    return (JSON.parse(readFileSync(file, 'utf8')) as { traceEvents: TraceEvent[] }).traceEvents;
  };
}

type Tasks = { readonly count: number; readonly longest: number };

/** The tasks of the main thread of that name, in milliseconds. */
function tasksOf(events: readonly TraceEvent[], thread: 'CrBrowserMain' | 'CrRendererMain'): Tasks {
  const threads = new Set(
    events
      .filter(({ ph, name, args }) => ph === 'M' && name === 'thread_name' && args.name === thread)
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const times = events
    .filter(({ name, pid, tid }) => name.endsWith('RunTask') && threads.has(`${pid} ${tid}`))
    .flatMap(({ tdur }) => (tdur === undefined ? [] : [tdur / 1000]));
  return { count: times.length, longest: times.reduce((most, time) => Math.max(most, time), 0) };
}

describeOn('electron', 'the window during a large import', () => {
  let desktop: Desktop;
  let files: string[] = [];
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-large-'));
    const months = { months: 2, lastMonth: '2026-10', seed: 3 };
    const written = await writeSample({
      folder,
      rows: ROWS,
      ...months,
      format: 'cur-2.0',
      compression: 'gzip',
    });
    files = written.files.map((file) => (file.startsWith('/') ? file : join(folder, file)));
    desktop = await launchDesktop();
  });
  afterAll(() => desktop.close());

  test('neither the app nor its page is held up', async () => {
    const { app, page } = desktop;
    await open(page, '#/import');
    await answerOpenDialog(app, files);
    await page.getByRole('button', { name: 'Import files' }).click();
    await page.getByRole('progressbar', { name: /^Importing/u }).waitFor();
    const stop = await record(desktop);
    // Figures are asked for meanwhile, as somebody who goes on working would.
    let asked = 0;
    while ((await importedBatches(page)) === 0) {
      await call(page, 'workspace.info', {});
      asked++;
    }
    await page.getByText(/^Imported: /u).waitFor();
    const events = await stop();
    const main = tasksOf(events, 'CrBrowserMain');
    const renderer = tasksOf(events, 'CrRendererMain');
    const { rows } = (await call(page, 'import.history', {})).batches[0] ?? { rows: { read: 0 } };
    const text = ({ count, longest }: Tasks): string => `longest of ${count} tasks ${Math.round(longest)} ms`;
    process.stdout.write(
      `Import of ${rows.read} rows, ${asked} questions meanwhile. Main process: ${text(main)}. Page: ${text(renderer)}. Goal: ${GOAL} ms of processor time.\n`,
    );
    expect(rows.read).toBeGreaterThan(ROWS * 0.9);
    expect(Math.min(main.count, renderer.count)).toBeGreaterThan(100);
    expect(main.longest).toBeLessThan(GOAL);
    // Drawing the result takes one longer task; beside other programs its processor time grows as well.
    expect(renderer.longest).toBeLessThan(3 * GOAL);
  }, 180_000);
});
