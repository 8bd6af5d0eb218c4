// The window while 200,000 rows are imported: how long the app's main process and its page were ever busy at a stretch.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeSample } from '../../src-main/engine/sample/write.ts';
import { call, importedBatches } from './calls.ts';
import { answerOpenDialog, type Desktop, launchDesktop } from './desktop.ts';
import { describeOn } from './runtimes.ts';
import { open } from './sample-bill.ts';
import { recordTasks, type Tasks } from './tasks.ts';

const ROWS = 200_000;
/** Milliseconds of processor time that no task of a window's thread may take. */
const GOAL = 50;

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
    // On the screen that has most to draw once the figures are there.
    await open(page, '#/overview');
    const stop = await recordTasks(desktop);
    // Figures are asked for meanwhile, as somebody who goes on working would.
    let asked = 0;
    while ((await importedBatches(page)) === 0) {
      await call(page, 'workspace.info', {});
      asked++;
    }
    await page.locator('main canvas').first().waitFor();
    await page.waitForTimeout(1000);
    const { main, renderer } = await stop();
    const { rows } = (await call(page, 'import.history', {})).batches[0] ?? { rows: { read: 0 } };
    const text = ({ count, longest }: Tasks): string => `longest of ${count} tasks ${Math.round(longest)} ms`;
    process.stdout.write(
      `Import of ${rows.read} rows, ${asked} questions meanwhile. Main process: ${text(main)}. Page: ${text(renderer)}. Goal: ${GOAL} ms of processor time.\n`,
    );
    expect(rows.read).toBeGreaterThan(ROWS * 0.9);
    expect(Math.min(main.count, renderer.count)).toBeGreaterThan(100);
    expect(main.longest).toBeLessThan(GOAL);
    // Beside other programs the processor time of a task grows as well: their caches are shared.
    expect(renderer.longest).toBeLessThan(1.6 * GOAL);
  }, 180_000);
});
