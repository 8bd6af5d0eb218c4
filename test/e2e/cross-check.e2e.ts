// The cross-check in a real Chromium: a Cost Explorer download beside what is held, and rejected rows in the headline.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { cur2, MARKETPLACE_2, OTHER_2, type Row } from '../engine/import/synthetic.ts';
import { describeOn } from './runtimes.ts';
import { onImported, open, pick, written } from './sample-bill.ts';
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

/** September, long enough to leave the screen while it is read; its last row cannot be read. */
function long(): string {
  const month: Row = {
    bill_billing_period_start_date: '2026-09-01T00:00:00.000Z',
    bill_billing_period_end_date: '2026-10-01T00:00:00.000Z',
    line_item_usage_start_date: '2026-09-03T10:00:00.000Z',
    line_item_usage_end_date: '2026-09-03T11:00:00.000Z',
  };
  const [header = '', row = ''] = cur2([month]).split('\n');
  const [, wrong = ''] = cur2([{ ...month, line_item_unblended_cost: 'n/a' }]).split('\n');
  return [header, ...Array.from({ length: 60_000 }, () => row), wrong, ''].join('\n');
}

describeOn('chromium', 'the cross-check', () => {
  let page: Page;

  const choose = async (button: RegExp, name: string, content: string): Promise<void> => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: button }).first().click();
    await (await chooser).setFiles([written(name, content)]);
  };

  onImported(
    async () => [written('august-00001.csv', bill)],
    (opened) => {
      page = opened.page;
    },
  );

  test('an import with rejected rows says so in its headline', async () => {
    await page.getByText(/^1 row rejected, the rest imported: /u).waitFor();
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
    await expect.poll(() => page.getByText('costs.csv').count()).toBe(0);
  });

  test('another file is refused with the reason', async () => {
    await page.getByRole('tab', { name: 'Cross-check' }).click();
    await choose(/^Choose a Cost Explorer CSV$/u, 'bill.csv', bill);
    await page.getByText(/is no Cost Explorer download grouped by service/u).waitFor();
  });

  test('whoever works on another screen is told how an import ended, until they have seen it', async () => {
    await open(page, '#/import');
    await pick(page, [written('september-00001.csv', long())]);
    // Attached, not visible: at 0 % the bar has no width, and the first part that is told may be the last.
    const bar = page.getByRole('progressbar', { name: 'Importing september-00001.csv' });
    await bar.waitFor({ state: 'attached' });
    await open(page, '#/overview');
    const told = page.getByRole('button', { name: '1 row rejected, the rest imported: september-00001.csv' });
    await told.waitFor({ timeout: 60_000 });
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await screenshot(page, `status-import-ended-${theme}`);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    await told.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^1 row rejected, the rest imported: september/u }).waitFor();
    await open(page, '#/overview');
    expect(await told.count()).toBe(0);
  });
});
