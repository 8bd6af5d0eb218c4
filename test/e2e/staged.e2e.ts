// A window that is loaded anew in the middle of an import: the running one is shown and can be cancelled, and one that
// waits for a decision is found again.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CUR_1, largeBill } from './bills.ts';
import { type BrowserMode, launchBrowserMode } from './browser.ts';
import { call, importedBatches } from './calls.ts';
import { describeOn } from './runtimes.ts';
import { open, pick } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

describeOn('chromium', 'an import and a window that is loaded anew', () => {
  let mode: BrowserMode;
  beforeAll(async () => {
    mode = await launchBrowserMode();
  });
  afterAll(() => mode.close());

  const staged = async (): Promise<number> => (await call(mode.page, 'import.staged', {})).reports.length;

  test('what was read meanwhile waits, and is taken over when a person says so', async () => {
    const { page } = mode;
    await open(page, '#/import');
    await pick(page, [largeBill(1600)]);
    await page.getByRole('progressbar', { name: 'Importing large.csv' }).waitFor();
    await page.reload();
    await page.getByRole('progressbar', { name: 'Importing large.csv' }).waitFor();
    await page.getByRole('button', { name: 'Take it over' }).waitFor({ timeout: 60_000 });
    await page.getByText('large.csv.gz was read and waits').waitFor();
    expect(await importedBatches(page)).toBe(0);
    await page.reload();
    await page.getByRole('button', { name: 'Take it over' }).click({ timeout: 20_000 });
    await page.getByText('Imported: large.csv').waitFor();
    expect([await importedBatches(page), await staged()]).toEqual([1, 0]);
  });

  test('a decision is asked for again after a reload, and in a second window until one of them made it', async () => {
    const { page } = mode;
    await pick(page, [CUR_1]);
    await page.getByText(/would replace what is held/u).waitFor({ timeout: 30_000 });
    await page.reload();
    await page.getByText('cur-1.0-export.csv would replace what is held').waitFor({ timeout: 20_000 });
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'import-decision-again');
    const second = await page.context().newPage();
    await second.goto(page.url());
    await second.getByText(/would replace what is held/u).waitFor({ timeout: 20_000 });
    await page.getByRole('button', { name: 'Keep what I have' }).click();
    await page.getByText(/^Kept what was held/u).waitFor();
    await second.getByText(/would replace what is held/u).waitFor({ state: 'hidden' });
    await second.close();
    expect([await importedBatches(page), await staged()]).toEqual([1, 0]);
  });

  test('a running import of before the reload can be cancelled', async () => {
    const { page } = mode;
    await pick(page, [largeBill(2400)]);
    await page.getByRole('progressbar', { name: 'Importing large.csv' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: 'Cancel the import' }).click({ timeout: 20_000 });
    await page.getByRole('progressbar', { name: 'Importing large.csv' }).waitFor({ state: 'hidden' });
    expect([await importedBatches(page), await staged()]).toEqual([1, 0]);
    mode.watch.expectNothingWrong();
  });
});
