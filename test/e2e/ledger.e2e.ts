// The ledger in a real Chromium: a figure read off an invoice is entered with the keyboard, ties, and is shown to differ.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { cur2, MARKETPLACE_2, OTHER_2, type Row } from '../engine/import/synthetic.ts';
import type { BrowserMode } from './browser.ts';
import { describeOn } from './runtimes.ts';
import { onImported, open, pick, written } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const REST: readonly Row[] = [
  { ...OTHER_2, line_item_unblended_cost: 300 },
  { line_item_line_item_type: 'Tax', line_item_usage_type: '', line_item_unblended_cost: 120.32 },
  { line_item_line_item_type: 'Credit', line_item_usage_type: '', line_item_unblended_cost: -20 },
  { ...MARKETPLACE_2, bill_invoice_id: '9001', line_item_unblended_cost: 880 },
];
const bill = cur2([{ line_item_unblended_cost: 1204.004 }, ...REST]);
/** Costs more, on more days than the screen has room for, and one row cannot be read. */
const redelivered = cur2([
  { line_item_unblended_cost: 1210.5 },
  ...REST,
  ...Array.from(
    { length: 25 },
    (_, day): Row => ({
      line_item_unblended_cost: 1,
      line_item_usage_start_date: `2026-08-${String(day + 4).padStart(2, '0')}T10:00:00Z`,
    }),
  ),
  { line_item_unblended_cost: 'n/a' },
]);

/** Chooses a file with this content on the screen of imports or on the start screen. */
async function bring(page: Page, content: string): Promise<void> {
  await page.evaluate(() => window.location.assign('#/import'));
  await pick(page, [written('august-00001.csv', content)]);
}

async function enterFigure(page: Page, line: string, amount: string): Promise<void> {
  await page.getByRole('button', { name: new RegExp(`^(?:Enter|Change) the figure: ${line}$`, 'u') }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Amount').fill(amount);
  await page.keyboard.press('Enter');
  await form.waitFor({ state: 'detached' });
}

describeOn('chromium', 'the ledger', () => {
  let mode: BrowserMode;
  let page: Page;
  onImported(
    async () => [written('august-00001.csv', bill)],
    (opened) => {
      mode = opened;
      page = opened.page;
    },
  );

  test('an invoice ties once its figure is entered, and differs by what is missing', async () => {
    await open(page, '#/ledger');
    await page.getByText('2 invoices: 2 without invoice figure').waitFor();
    await enterFigure(page, 'Whole invoice', '1,604.32');
    await page.getByText('2 invoices: 1 without invoice figure, 1 ties').waitFor();
    await enterFigure(page, 'Tax', '121.32');
    await page.getByRole('row', { name: /^Tax .* −\$1\.00 .*differs/u }).waitFor();
    await screenshot(page, 'ledger-tie-out-light');
    expect(await accessibilityFaults(page)).toEqual([]);
  });

  test('a bill is said to be a reseller’s: its label stands everywhere and nothing is tied, until undo', async () => {
    await page.evaluate(() => window.location.assign('#/ledger?view=calendar'));
    await page.getByRole('button', { name: 'Label this bill' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('combobox', { name: 'Kind of bill' }).click();
    await page.getByRole('option', { name: 'Bill of a reseller' }).click();
    await form.getByLabel('Your own label').fill('Cloudhaus pro forma');
    await screenshot(page, 'ledger-bill-form');
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    await page.getByText('“Cloudhaus pro forma”: bill of a reseller, as you said.').first().waitFor();
    await screenshot(page, 'ledger-bill-labelled');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.evaluate(() => window.location.assign('#/ledger'));
    await page.getByText('2 invoices: 2 not an AWS invoice').waitFor();
    await screenshot(page, 'ledger-not-tied');
    await page.evaluate(() => window.location.assign('#/overview'));
    await page.getByText('Cloudhaus pro forma').first().waitFor();
    await screenshot(page, 'overview-labelled-bill');
    await page.evaluate(() => window.location.assign('#/ledger?view=calendar'));
    await page.getByRole('button', { name: 'Undo label' }).click();
    await page.getByText('Taken back: Cloudhaus pro forma').waitFor();
    await page.evaluate(() => window.location.assign('#/ledger'));
    await page.getByText('2 invoices: 1 differs').waitFor();
  });

  test('what is no amount is refused with the reason, and nothing is kept', async () => {
    await page.getByRole('button', { name: 'Change the figure: Tax' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Amount').fill('12.345,6');
    await form.getByRole('button', { name: 'Keep' }).click();
    await form.getByText(/is not an amount in your number style/u).waitFor();
    await screenshot(page, 'ledger-figure-form');
    await page.keyboard.press('Escape');
    await page.getByRole('row', { name: /^Tax .* −\$1\.00/u }).waitFor();
  });

  test('another invoice is opened from the keyboard; in the dark too', async () => {
    await page.getByRole('grid', { name: 'Invoices' }).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: /^Invoice 9001, AWS Marketplace/u }).waitFor();
    await page.emulateMedia({ colorScheme: 'dark' });
    await screenshot(page, 'ledger-tie-out-dark');
    expect(await accessibilityFaults(page)).toEqual([]);
    mode.watch.expectNothingWrong();
  });

  test('the calendar says which days are covered, and why one is not whole', async () => {
    await page.emulateMedia({ colorScheme: 'light' });
    await page.getByRole('tab', { name: 'Calendar' }).click();
    await page
      .getByRole('button', { name: /^in part\. 3 Aug 2026: What is held of this payer begins at 10:00/u })
      .waitFor();
    await page.getByRole('row', { name: /000000000002 research/u }).waitFor();
    await screenshot(page, 'ledger-coverage-light');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    await screenshot(page, 'ledger-coverage-dark');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    mode.watch.expectNothingWrong();
  });

  test('a month is closed once its reason is given, and the statement stands', async () => {
    await page.getByRole('tab', { name: 'Month close' }).click();
    await page.getByText('Invoice 2417 of AWS differs in Tax.').waitFor();
    await screenshot(page, 'ledger-close-light');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Issue the statement' }).click();
    const form = page.getByRole('dialog');
    expect(await form.getByRole('button', { name: 'Issue', exact: true }).isDisabled()).toBe(true);
    await form.getByLabel('Why it is issued all the same').fill('tax is corrected next month');
    expect(await accessibilityFaults(page)).toEqual([]);
    await form.getByRole('button', { name: 'Issue', exact: true }).click();
    await page.getByText(/accepting: tax is corrected next month/u).waitFor();
    await page.getByText('The statement as it was issued').waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save the statement as CSV' }).click();
    const saved = readFileSync(await (await download).path(), 'utf8')
      .trimEnd()
      .split('\r\n');
    expect(saved[0]).toMatch(/^payer,statement,issuedAt,/u);
    expect(saved.length).toBeGreaterThan(1);
    await page.emulateMedia({ colorScheme: 'dark' });
    await screenshot(page, 'ledger-close-dark');
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'light' });
    mode.watch.expectNothingWrong();
  }, 30_000);

  test('a redelivery is on record, can be taken back, and a period can be forgotten for good', async () => {
    await bring(page, redelivered);
    await page.getByText('1 row could not be read and would be in no total.').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Replace', exact: true }).click();
    await page
      .getByText(/^1 row rejected, the rest imported: /u)
      .first()
      .waitFor();
    await page.evaluate(() => window.location.assign('#/ledger?view=restated'));
    await page.getByRole('row', { name: /AmazonBedrock \$1,304\.32 \$1,335\.82 \+\$31\.50/u }).waitFor();
    await screenshot(page, 'ledger-restated-light');
    expect(await accessibilityFaults(page)).toEqual([]);

    await page.evaluate(() => window.location.assign('#/import'));
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await screenshot(page, 'import-undo');
    await page.getByRole('button', { name: 'Undo the import' }).click();
    await page.getByText('Import taken back; Aug 2026 is as it was before').waitFor();
    await page.evaluate(() => window.location.assign('#/ledger?view=restated'));
    await page.getByText('Nothing was restated').waitFor();

    await page.getByRole('tab', { name: 'Calendar' }).click();
    await page.getByRole('button', { name: 'Forget' }).click();
    const form = page.getByRole('dialog');
    expect(await form.getByRole('button', { name: 'Forget for good' }).isDisabled()).toBe(true);
    await form.getByLabel('Type 2026-08 to go on').fill('2026-08');
    await screenshot(page, 'ledger-forget');
    expect(await accessibilityFaults(page)).toEqual([]);
    await form.getByRole('button', { name: 'Forget for good' }).click();
    await page.getByText('Nothing is held yet').waitFor();
    mode.watch.expectNothingWrong();
  }, 60_000);
});
