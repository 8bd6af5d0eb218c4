// Every line of every service in a real Chromium: asked for with a switch, then split by resource and listed one by one.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cur2, OTHER_2, type Row } from '../engine/import/synthetic.ts';
import { type BrowserMode, launchBrowserMode } from './browser.ts';
import { describeOn } from './runtimes.ts';
import { open, pick, written } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const server = (resource: string, hour: number, cost: number): Row => ({
  ...OTHER_2,
  line_item_resource_id: resource,
  line_item_usage_start_date: `2026-08-03T${hour}:00:00.000Z`,
  line_item_usage_end_date: `2026-08-03T${hour + 1}:00:00.000Z`,
  line_item_unblended_cost: cost,
});
const BILL = cur2([{}, server('i-search', 10, 300), server('i-search', 11, 200), server('i-ads', 10, 50)]);

describeOn('chromium', 'every line of every service', () => {
  let mode: BrowserMode;
  let page: Page;
  beforeAll(async () => {
    mode = await launchBrowserMode();
    page = mode.page;
  }, 60_000);
  afterAll(() => mode.close());

  test('a switch asks for them, and says what they cost', async () => {
    await open(page, '#/import');
    const hold = page.getByRole('switch', { name: 'Hold every line of every service' });
    expect(await hold.isChecked()).toBe(false);
    await page.getByText(/^Off: lines of other services are summed by day/u).waitFor();
    await hold.focus();
    await page.keyboard.press('Space');
    await page.getByText(/^Further imports hold each line of other services/u).waitFor();
    await pick(page, [written('august-00001.csv', BILL)]);
    await page.getByText(/4 rows read = 1 kept \+ 3 rolled up \+ 0 rejected/u).waitFor({ timeout: 30_000 });
    await page.getByRole('row', { name: /held Aug 2026 august-00001\.csv every/u }).waitFor();
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await screenshot(page, `every-line-import-${theme}`);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    await page.reload();
    await page.getByRole('switch', { name: 'Hold every line of every service', checked: true }).waitFor();
  });

  test('the whole bill is split by resource, and a line of another service is shown with its place', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await open(page, '#/explorer?scope=all&group=resource');
    await page.getByRole('row', { name: /i-search.*500\.00/u }).waitFor();
    await page.getByRole('row', { name: /i-ads.*50\.00/u }).waitFor();
    await screenshot(page, 'every-line-explorer-light');
    await open(page, '#/explorer?scope=all&view=lines&group=resource');
    await page
      .getByRole('row', { name: /300\.00/u })
      .first()
      .dblclick();
    await page.getByText(/august-00001\.csv, record 2\. Records of other services are not kept/u).waitFor();
    await screenshot(page, 'every-line-detail-light');
    mode.watch.expectNothingWrong();
  });
});
