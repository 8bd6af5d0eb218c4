// Coverage and variance in a real Chromium on a sample bill: figures against the engine's, both themes against WCAG AA.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createFormat } from '../../shared/format/format.ts';
import type { BrowserMode } from './browser.ts';
import { call } from './calls.ts';
import { describeOn, ROOT } from './runtimes.ts';
import { addressOf, onSampleBill, open } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const SCREENS = [
  'coverage',
  'coverage?view=strings&show=holes',
  'variance',
  'variance?view=rates',
  'variance?view=unpriced',
  'variance?view=models',
  'calibration',
  'pricing?tool=compare',
  'pricing?tool=cost',
];
const format = createFormat();

describeOn('chromium', 'prices against the bill', () => {
  let mode: BrowserMode;
  let page: Page;
  onSampleBill(2, (opened) => {
    mode = opened;
    page = opened.page;
  });

  test.each(['light', 'dark'] as const)(
    'the screens are accessible in the %s theme and do not scroll sideways',
    async (theme) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.reload();
      const faults: string[] = [];
      for (const screen of SCREENS) {
        await open(page, `#/${screen}`);
        for (const fault of await accessibilityFaults(page)) faults.push(`${screen}: ${fault}`);
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        );
        if (sideways) faults.push(`${screen}: scrolls sideways`);
        await screenshot(page, `${screen.replaceAll(/[^a-z]+/gu, '-')}-${theme}`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
      expect(faults).toEqual([]);
      mode.watch.expectNothingWrong();
    },
    300_000,
  );

  test('the coverage’s share is the engine’s, and a row explains each of its cells', async () => {
    await open(page, '#/coverage');
    const { usage } = await call(page, 'catalog.coverage', {});
    const figure = page.getByRole('group', { name: 'Published usage types with a price' });
    await figure.getByText(format.percent(usage.share)).waitFor();
    await page.getByRole('textbox', { name: 'Search' }).fill('nova premier');
    const grid = page.getByRole('grid', { name: 'Prices by model and meter' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe('2');
    await grid.focus();
    await page.keyboard.press('Enter');
    const detail = page.getByRole('dialog');
    await detail.getByText(/Half of caching\./u).waitFor();
    await screenshot(page, 'coverage-row');
    await page.keyboard.press('Escape');
  });

  test('a region narrows the grid to what holds there, and stands in the address', async () => {
    await open(page, '#/coverage?region=eu-west-3&show=holes');
    // What was searched before is not part of this address: the field says so too.
    await expect.poll(() => page.getByRole('textbox', { name: 'Search' }).inputValue()).toBe('');
    const { groups } = await call(page, 'catalog.coverage', { region: 'eu-west-3' });
    const rows = groups.find(({ group }) => group === 'tokens')?.rows ?? [];
    const withHoles = rows.filter(({ cells }) => cells.some((cell) => cell?.kind === 'hole')).length;
    const grid = page.getByRole('grid', { name: 'Prices by model and meter' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(withHoles + 1));
    await screenshot(page, 'coverage-region');
  });

  test('paid against list: the figures are the engine’s, the split stands in the address, a row leads to its lines', async () => {
    await open(page, '#/variance');
    const period = { from: '2026-10-01', to: '2026-10-31' };
    const { total, rows } = await call(page, 'variance.explore', { period });
    const figure = (name: string) => page.getByRole('group', { name });
    await figure('Variance to list').getByText(format.money(total.variance, 'USD')).first().waitFor();
    await figure('Invoiced, priced lines').getByText(format.money(total.invoiced, 'USD')).waitFor();
    await page.getByRole('button', { name: 'Where does “Saved by caching” come from?' }).click();
    await page
      .getByRole('dialog', { name: /Saved by caching/u })
      .getByText('As uncached input')
      .waitFor();
    await page.keyboard.press('Escape');
    const grid = page.getByRole('grid', { name: 'Gaps to list' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(rows.length + 1));
    await grid.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toMatch(/^#\/explorer\?where=model%3D.*view=lines/u);
  });

  test('split by meter and read over time: the chart’s table holds the steps', async () => {
    await open(page, '#/variance?by=meter');
    const { rows } = await call(page, 'variance.explore', {
      period: { from: '2026-10-01', to: '2026-10-31' },
      groupBy: 'meter',
    });
    const grid = page.getByRole('grid', { name: 'Gaps to list' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(rows.length + 1));
    await page.getByRole('slider', { name: /^Paid as a share of list over time/u }).focus();
    await page.keyboard.press('Home');
    const read = page.getByRole('slider', { name: /^Paid as a share of list over time/u });
    expect(await read.getAttribute('aria-valuetext')).toMatch(/^1 Oct 2026, .*Paid, share of list [\d.]+%/u);
    mode.watch.expectNothingWrong();
  });

  test('all sources of the catalog can be read in a window of 800 pixels, by keyboard', async () => {
    await open(page, '#/pricing');
    await page.getByRole('button', { name: /^\d+ sources$/u }).focus();
    await page.keyboard.press('Enter');
    const sources = page.getByRole('dialog');
    await expect.poll(async () => (await sources.boundingBox())?.y ?? -1).toBeGreaterThanOrEqual(0);
    const header = sources.getByRole('columnheader', { name: 'Source', exact: true });
    expect((await header.boundingBox())?.y).toBeGreaterThanOrEqual(0);
    await page.keyboard.press('End');
    const last = sources.getByRole('row').last();
    const bottom = (await sources.boundingBox().then((box) => (box?.y ?? 0) + (box?.height ?? 0))) + 1;
    await expect
      .poll(async () => last.boundingBox().then((box) => (box?.y ?? 0) + (box?.height ?? 0)))
      .toBeLessThan(bottom);
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'pricing-sources');
    await page.keyboard.press('Escape');
    await expect.poll(() => sources.count()).toBe(0);
  });

  test('a price has its model beside it: when it ends, what replaces it, what is not known', async () => {
    await open(page, '#/pricing?q=claude+opus+4.1&meter=input');
    const grid = page.getByRole('grid', { name: 'Prices' });
    await grid.focus();
    await page.keyboard.press('Enter');
    const { about } = await call(page, 'catalog.price', { model: 'Claude Opus 4.1', meter: 'input' });
    const card = page.getByRole('region', { name: 'About Claude Opus 4.1' });
    await card
      .getByText(about?.lifecycle?.standing ?? 'no successor', { exact: false })
      .first()
      .waitFor();
    await card
      .getByText(format.day(about?.lifecycle?.endOfLife ?? ''), { exact: false })
      .first()
      .waitFor();
    await card.getByText('not known', { exact: false }).first().waitFor();
    mode.watch.expectNothingWrong();
  });

  test('models side by side and the cost of tokens are the engine’s figures', async () => {
    await open(page, '#/pricing?tool=compare');
    const { lines } = await call(page, 'catalog.compare', { models: ['Claude Sonnet 4.5'] });
    const [input] = lines;
    const cell = input?.cells[0];
    if (cell?.kind !== 'priced') throw new Error('Sonnet 4.5 has an input price in us-east-1.');
    const table = page.getByRole('table', { name: 'Prices side by side' });
    await table
      .getByRole('cell', { name: format.unitPrice(cell.low, 'USD') })
      .first()
      .waitFor();
    await open(page, '#/pricing?tool=cost');
    const { rows } = await call(page, 'catalog.cost', {
      inputTokens: 1_000_000,
      outputTokens: 200_000,
      region: 'us-east-1',
    });
    const grid = page.getByRole('grid', { name: 'Cost of the tokens' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(rows.length + 1));
    await grid
      .getByText(format.money(rows[0]?.low ?? null, 'USD'))
      .first()
      .waitFor();
  });

  test('the calibration says what is wrong and why, for every publication', async () => {
    await open(page, '#/calibration?verdict=wrong');
    const { rows } = await call(page, 'catalog.calibrate', {});
    const wrong = rows.filter(({ verdict }) => verdict === 'wrong');
    const grid = page.getByRole('grid', { name: 'Examples' });
    await expect.poll(() => grid.getAttribute('aria-rowcount')).toBe(String(wrong.length + 1));
    await grid.focus();
    await page.keyboard.press('Enter');
    await page
      .getByRole('dialog')
      .getByText(wrong[0]?.note ?? 'no note')
      .waitFor();
    mode.watch.expectNothingWrong();
  });

  test('rows of an offer file with a unit nobody knows wait in the tray, with the unit and the reason', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'assay-offer-'));
    const offer = join(folder, 'offer.json');
    const foundation = readFileSync(join(ROOT, 'test/data/offers/foundation-models-us-west-2.json'), 'utf8');
    writeFileSync(offer, foundation.replace(/"unit": *"[^"]+"/u, '"unit": "Furlongs"'));
    await open(page, '#/pricing?versions=1');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import offer files' }).click();
    await (await chooser).setFiles([offer]);
    await page.getByRole('button', { name: 'Use these prices' }).click();
    await page.getByRole('region', { name: 'Versions' }).waitFor();
    await open(page, '#/variance?view=unpriced');
    const rows = page.getByRole('grid', { name: 'Rows of offer files without a price' });
    await rows.getByText('Furlongs').waitFor();
    await rows.getByText('a unit that is not understood').first().waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'variance-offer-rows');
    rmSync(folder, { recursive: true, force: true });
    mode.watch.expectNothingWrong();
  });
});
