// AWS offer files in a real Chromium: staged, looked at, taken, priced by, taken back; a bad one is refused in words.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserMode, launchBrowserMode } from './browser.ts';
import { call } from './calls.ts';
import { describeOn, ROOT } from './runtimes.ts';
import { open } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const FOUNDATION = join(ROOT, 'test/data/offers/foundation-models-us-west-2.json');

async function chooseOffers(page: Page, ...files: readonly string[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Import offer files' }).click();
  await (await chooser).setFiles([...files]);
}

const inputPrice = async (page: Page): Promise<unknown> => {
  const { answers } = await call(page, 'catalog.price', {
    model: 'Claude Haiku 4.5',
    meter: 'input',
    mode: 'on_demand',
    region: 'us-west-2',
    regionTier: 'global',
  });
  return answers.map(({ usdLow, layer }) => `${usdLow} ${layer}`);
};

describeOn('chromium', 'offer files', () => {
  let mode: BrowserMode;
  let page: Page;
  let folder: string;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-offers-'));
    mode = await launchBrowserMode();
    page = mode.page;
  }, 60_000);
  afterAll(() => mode.close());

  test('what would change is shown before anything does; then the prices hold', async () => {
    const changed = readFileSync(FOUNDATION, 'utf8').replace(
      /("description": "\$1\.0000000000 per 1M tokens".*?"USD": )"1\.0000000000"/su,
      '$1"1.2500000000"',
    );
    const offer = join(folder, 'offer.json');
    writeFileSync(offer, changed);
    await open(page, '#/pricing');
    await page.getByRole('button', { name: 'Offers and versions' }).click();
    await chooseOffers(page, offer);
    const preview = page.getByRole('region', { name: 'What these files would change' });
    await preview
      .getByText('0 new, 1 changed, 0 vanished, 0 scheduled; 30 confirmed.', { exact: false })
      .waitFor();
    const grid = preview.getByRole('grid', { name: 'Price changes' });
    await grid.getByText('+25.0%').waitFor();
    await screenshot(page, 'offers-preview');
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await inputPrice(page)).toEqual(['1 bundled']);
    await preview.getByRole('button', { name: 'Use these prices' }).click();
    await page.getByRole('region', { name: 'Versions' }).waitFor();
    expect(await inputPrice(page)).toEqual(['1.25 offer']);
    await page.emulateMedia({ colorScheme: 'dark' });
    await screenshot(page, 'offers-versions-dark');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    await screenshot(page, 'offers-versions');
  }, 60_000);

  test('a version is put back in use from the keyboard', async () => {
    await page.getByRole('button', { name: 'Use bundled catalog' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => inputPrice(page)).toEqual(['1 bundled']);
    const { versions } = await call(page, 'catalog.versions', {});
    expect(versions.map(({ id, inUse }) => [id, inUse])).toEqual([
      [1, false],
      [null, true],
    ]);
  }, 30_000);

  test('a bad file is refused with its line, and nothing changes', async () => {
    const bad = join(folder, 'bad.json');
    writeFileSync(bad, readFileSync(FOUNDATION, 'utf8').replace('"15.0000000000"', '"n/a"'));
    await chooseOffers(page, bad);
    await page.getByRole('alert').getByText('“n/a” is no price', { exact: false }).waitFor();
    await screenshot(page, 'offers-refused');
    expect(await inputPrice(page)).toEqual(['1 bundled']);
    mode.watch.expectNothingWrong();
  }, 30_000);
});
