// The cross-check in a real Chromium: a Cost Explorer download beside what is held, and rejected rows in the headline.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cur2, MARKETPLACE_2, OTHER_2 } from '../engine/import/synthetic.ts';
import { type BrowserMode, launchBrowserMode } from './browser.ts';
import { describeOn } from './runtimes.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const bill = cur2([
  { line_item_unblended_cost: 3 },
  MARKETPLACE_2,
  { ...OTHER_2, line_item_unblended_cost: 300 },
  { line_item_unblended_cost: 'n/a' },
]);
const COSTS = [
  'Service,Amazon Bedrock($),Claude Sonnet 4.5 (Amazon Bedrock Edition)($),EC2-Instances($),Total costs($)',
  'Service total,3,1.5,310,314.5',
  '2026-08-01,3,1.5,310,314.5',
  '',
].join('\n');

describeOn('chromium', 'the cross-check', () => {
  const folder = mkdtempSync(join(tmpdir(), 'assay-cross-check-'));
  let mode: BrowserMode;
  let page: Page;

  const choose = async (button: RegExp, name: string, content: string): Promise<void> => {
    writeFileSync(join(folder, name), content);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: button }).first().click();
    await (await chooser).setFiles([join(folder, name)]);
  };

  beforeAll(async () => {
    mode = await launchBrowserMode();
    page = mode.page;
    await page.evaluate(() => window.location.assign('#/import'));
    await choose(/^(?:Choose|Import) files$/u, 'august-00001.csv', bill);
    await page.getByText(/rows read =/u).waitFor({ timeout: 60_000 });
  }, 90_000);
  afterAll(async () => {
    await mode.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('an import with rejected rows says so in its headline', async () => {
    await page.getByText(/^Imported without 1 rejected row: /u).waitFor();
  });

  test('services that agree and differ are told apart, and nothing of the file is held', async () => {
    await page.getByRole('tab', { name: 'Cross-check' }).click();
    await choose(/^Choose a Cost Explorer CSV$/u, 'costs.csv', COSTS);
    await page.getByText(/costs\.csv says \$314\.50, held are \$304\.50, .*\$10\.00 apart/u).waitFor();
    const grid = page.getByRole('grid', { name: 'Cross-check with Cost Explorer' });
    await grid.getByRole('row', { name: /differs.*EC2-Instances.*310\.00.*300\.00/u }).waitFor();
    await grid.getByRole('row', { name: /agrees.*Claude Sonnet 4\.5/u }).waitFor();
    await screenshot(page, 'cross-check-light');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('tab', { name: 'History' }).click();
    expect(await page.getByText('costs.csv').count()).toBe(0);
  });

  test('another file is refused with the reason', async () => {
    await page.getByRole('tab', { name: 'Cross-check' }).click();
    await choose(/^Choose a Cost Explorer CSV$/u, 'bill.csv', bill);
    await page.getByText(/is no Cost Explorer download grouped by service/u).waitFor();
  });
});
