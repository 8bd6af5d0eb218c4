// The browser mode in a real Chromium: the one-time link, an upload, a pick from the served folder, a download.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CUR_1, CUR_1_FOLDER } from './bills.ts';
import { type BrowserMode, launchBrowserMode } from './browser.ts';
import { ask, call, importedBatches, type PageGlobals } from './calls.ts';
import { describeOn } from './runtimes.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const expectImported = (mode: BrowserMode, batches: number): Promise<void> =>
  expect.poll(() => importedBatches(mode.page), { timeout: 30_000 }).toBe(batches);

describeOn('chromium', 'the browser mode', () => {
  let mode: BrowserMode;
  beforeAll(async () => {
    mode = await launchBrowserMode();
  });
  afterAll(() => mode.close());

  test('opens by its link, accessible and within its policy; the address holds no token', async () => {
    await mode.page.getByRole('button', { name: 'Choose files' }).waitFor();
    expect(mode.page.url()).not.toMatch(/token/u);
    expect(await accessibilityFaults(mode.page)).toEqual([]);
    await screenshot(mode.page, 'browser-start');
    mode.watch.expectNothingWrong();
  });

  test('the link works once, and another browser on this machine stays outside', async () => {
    const other = await mode.browser.newContext();
    const page = await other.newPage();
    expect((await page.goto(mode.link))?.status()).toBe(401);
    await page.getByText(/prints a new link/u).waitFor();
    expect((await page.goto(new URL('/', mode.link).href))?.status()).toBe(401);
    await other.close();
  });

  test('another site’s page cannot call the engine with the user’s cookie', async () => {
    const page = await mode.page.context().newPage();
    await page.route('http://evil.example/', (route) =>
      route.fulfill({ contentType: 'text/html', body: '<p>x' }),
    );
    await page.goto('http://evil.example/');
    const outcome = await page.evaluate(
      (url) =>
        fetch(url, {
          method: 'POST',
          credentials: 'include',
          headers: { 'content-type': 'text/plain' },
          body: '{"method":"workspace.info","input":{}}',
        }).then(
          (answer) => `answered ${answer.status}`,
          () => 'refused',
        ),
      new URL('/call', mode.link).href,
    );
    expect(outcome).toBe('refused');
    await page.close();
  });

  test('imports a file the user uploads', async () => {
    const chooser = mode.page.waitForEvent('filechooser');
    await mode.page.getByRole('button', { name: 'Choose files' }).click();
    await (await chooser).setFiles([CUR_1]);
    await expectImported(mode, 1);
    const { rows: ties } = await call(mode.page, 'import.tieOut', {});
    expect(ties.filter(({ agrees }) => !agrees)).toEqual([]);
    mode.watch.expectNothingWrong();
  });

  test('an export is downloaded under its name', async () => {
    const download = mode.page.waitForEvent('download');
    await mode.page.evaluate(async () => {
      const { assay } = globalThis as unknown as PageGlobals;
      const saved = await assay.saveAs('spend by month.csv');
      await assay.call('export.spend', {
        query: { measures: ['unblended'], groupBy: ['month'], scope: 'all' },
        target: saved?.token,
      });
      await assay.saved(saved?.token ?? '');
    });
    const file = await download;
    expect(file.suggestedFilename()).toBe('spend by month.csv');
    expect(readFileSync(await file.path(), 'utf8')).toMatch(/month/iu);
  });

  test('says so when its server is gone', async () => {
    const second = await launchBrowserMode();
    second.server.kill('SIGKILL');
    expect(await ask(second.page, 'workspace.info', {})).toMatchObject({
      failure: { code: 'engine_unavailable' },
    });
    await second.page
      .getByText(/does not answer/u)
      .first()
      .waitFor();
    await second.close();
  });
});

describeOn('chromium', 'the browser mode with a folder of files', () => {
  let mode: BrowserMode;
  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-files-'));
    cpSync(CUR_1_FOLDER, folder, { recursive: true });
    writeFileSync(join(folder, 'notes.txt'), 'no export');
    mode = await launchBrowserMode(['--files', folder]);
  });
  afterAll(() => mode.close());

  test('offers the folder’s export files without an upload', async () => {
    await mode.page.getByRole('button', { name: 'Choose files' }).click();
    const dialog = mode.page.getByRole('dialog', { name: 'Choose export files' });
    await dialog.waitFor();
    expect(await accessibilityFaults(mode.page)).toEqual([]);
    await screenshot(mode.page, 'browser-files');
    expect(await dialog.getByRole('checkbox').count()).toBe(2);
    await dialog.getByLabel(/my-report-1\.csv\.gz/u).check();
    await dialog.getByRole('button', { name: 'Use these files' }).click();
    await expectImported(mode, 1);
    mode.watch.expectNothingWrong();
  });
});
