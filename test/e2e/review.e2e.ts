// The review in a real Chromium: a question is answered by hand, the figures follow at once, and the answer is taken back.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Download, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { BILL } from '../engine/review/bill.ts';
import type { BrowserMode } from './browser.ts';
import { call } from './calls.ts';
import { describeOn } from './runtimes.ts';
import { onImported, open, written } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-review-'));

async function select(page: Page, label: string, option: string): Promise<void> {
  const box = page.getByRole('combobox', { name: label, exact: true });
  await box.click();
  await box.fill(option);
  await page.getByRole('option', { name: option, exact: true }).click();
}

describeOn('chromium', 'the review', () => {
  let mode: BrowserMode;
  let page: Page;
  onImported(
    async () => [written('august-00001.csv', BILL)],
    (opened) => {
      mode = opened;
      page = opened.page;
    },
  );

  const costOf = async (model: string): Promise<unknown> => {
    const { totals } = await call(page, 'spend.query', {
      measures: ['unblended'],
      where: [{ dimension: 'model', operator: '=', values: [model] }],
    });
    return totals.unblended;
  };

  test.each(['light', 'dark'] as const)(
    'is accessible in the %s theme, without a page that scrolls sideways',
    async (theme) => {
      await page.emulateMedia({ colorScheme: theme });
      await page.reload();
      const faults: string[] = [];
      for (const address of ['review', 'review?view=rules', 'review?view=counts']) {
        await open(page, `#/${address}`);
        faults.push(...(await accessibilityFaults(page)));
        await screenshot(page, `${address.replace(/\W/gu, '-')}-${theme}`);
        expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
      }
      await page.emulateMedia({ colorScheme: 'light' });
      expect(faults).toEqual([]);
    },
    60_000,
  );

  test('a usage type nobody knew gets its model, in every region', async () => {
    await open(page, '#/review');
    await page.getByRole('tab', { name: 'Open questions (7)' }).waitFor();
    const grid = page.getByRole('grid', { name: 'Open questions' });
    await grid.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'USE1-Zephyr9:mystery' }).waitFor();
    await page.getByRole('combobox', { name: 'Model' }).fill('Nova Lite');
    await select(page, 'Family', 'Inference');
    await select(page, 'Meter', 'Input');
    await select(page, 'Mode', 'On demand');
    await page.getByText('2 line items, $15.00').waitFor();
    await page.getByRole('button', { name: 'Keep as a rule' }).click();
    await page.getByText('Say why: a reader of the bill will ask.').waitFor();
    await page.getByRole('textbox', { name: 'Why' }).fill('renamed in May');
    await screenshot(page, 'review-answer-light');
    await page.getByRole('button', { name: 'Keep as a rule' }).click();
    await page.getByRole('tab', { name: 'Open questions (5)' }).waitFor();
    await page.getByRole('tab', { name: 'Your rules (1)' }).waitFor();
    expect(await costOf('Nova Lite')).toBeCloseTo(15.06, 9);
  });

  test('counts are taken in, with the rows that are none, and give a cost per request', async () => {
    await open(page, '#/review?view=counts');
    const file = join(folder, 'requests.csv');
    writeFileSync(
      file,
      'date,key,metric,value\n2026-08-03,model=Nova Lite,requests,30\nyesterday,*,requests,1\n',
    );
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Import counts' }).first().click();
    await (await chooser).setFiles([file]);
    await page.getByText('requests.csv: 1 of 2 rows taken, 1 rejected.').waitFor();
    await page.getByText('Line 3: date: “yesterday” is not a day such as 2026-10-31').waitFor();
    await page.getByRole('grid', { name: 'What is counted' }).getByText('requests').waitFor();
    await screenshot(page, 'review-counts-held-light');
    expect(await accessibilityFaults(page)).toEqual([]);
    const { totals } = await call(page, 'spend.query', {
      measures: ['costPerRequest'],
      where: [{ dimension: 'model', operator: '=', values: ['Nova Lite'] }],
    });
    expect(totals.costPerRequest).toBeCloseTo(15.06 / 30, 9);
  });

  test('the rule is exported, changed, and taken back step by step', async () => {
    await open(page, '#/review?view=rules');
    await screenshot(page, 'review-rules-light');
    const download: Promise<Download> = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export rules' }).click();
    const file = JSON.parse(readFileSync(await (await download).path(), 'utf8')) as { rules: unknown[] };
    expect(file.rules).toHaveLength(1);
    await page.getByRole('grid', { name: /^Rules/u }).focus();
    await page.keyboard.press('Enter');
    const drawer = page.getByRole('dialog', { name: 'Rule 1' });
    await drawer.getByRole('combobox', { name: 'Model' }).fill('Nova Micro');
    await page.keyboard.press('Escape');
    await drawer.getByRole('button', { name: 'Change rule 1' }).click();
    await drawer.waitFor({ state: 'detached' });
    await expect.poll(() => costOf('Nova Micro')).toBe(15);
    await page.getByRole('button', { name: 'Undo: Change rule 1' }).click();
    await page.getByRole('button', { name: 'Undo: Add rule 1' }).click();
    await page.getByText('This workspace has no rules of its own').waitFor();
    await page.getByRole('tab', { name: 'Open questions (7)' }).waitFor();
    mode.watch.expectNothingWrong();
  });
});
