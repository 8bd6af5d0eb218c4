// The analyst's month without a mouse: every step of it is reached with the keyboard alone, and the keyboard's place is
// never lost on the way. Only the file dialogs, which are the system's, are answered by the test.
import { readFileSync, writeFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BrowserMode, launchBrowserMode, newWorkspace } from './browser.ts';
import { describeOn } from './runtimes.ts';
import { addressOf, bill } from './sample-bill.ts';

describeOn('chromium', 'the analyst’s month by keyboard alone', () => {
  let mode: BrowserMode;
  let page: Page;
  let held: string[] = [];
  let redelivered: string[] = [];
  beforeAll(async () => {
    const workspace = newWorkspace();
    // A copy that Assay made on another day, for a reason that forgetting leaves alone.
    writeFileSync(`${workspace}.before-schema-1.backup`, 'an older workspace');
    mode = await launchBrowserMode([], workspace);
    page = mode.page;
    held = await bill(1, 3);
    redelivered = await bill(2, 1);
  }, 90_000);
  afterAll(() => mode.close());

  /** Role and name of what has the keyboard, as far as this walk needs them. */
  const focused = (): Promise<string> =>
    page.evaluate(() => {
      const at = document.activeElement;
      if (at === null || at === document.body) return 'nothing';
      const label = at.getAttribute('aria-label') ?? (at as HTMLInputElement).labels?.[0]?.textContent;
      return `${at.getAttribute('role') ?? at.tagName.toLowerCase()}: ${(label ?? at.textContent).trim()}`;
    });
  /** Tabs on until it is reached; the number of presses is the way it takes. */
  const tabTo = async (wanted: RegExp, most: number): Promise<void> => {
    for (let presses = 0; !wanted.test(await focused()); presses++) {
      if (presses === most) throw new Error(`${wanted} is not within ${most} Tabs; at ${await focused()}`);
      await page.keyboard.press('Tab');
    }
  };
  const press = async (...keys: string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Opens the menu of the button that has the keyboard, and goes down to an entry. */
  const chooseFromMenu = async (wanted: RegExp): Promise<void> => {
    await press('Enter');
    await expect.poll(focused).toMatch(/^menu: /u);
    for (let presses = 0; presses === 0 || !wanted.test(await focused()); presses++) {
      if (presses === 8) throw new Error(`${wanted} is not in the menu; at ${await focused()}`);
      await press('ArrowDown');
    }
    await press('Enter');
  };
  /** Ctrl+K, a few letters, Enter: from wherever the keyboard is. */
  const find = async (letters: string): Promise<void> => {
    await press('Control+k');
    await expect.poll(focused).toMatch(/Find a screen/u);
    await page.keyboard.type(letters);
    await page
      .getByRole('option', { selected: true })
      .filter({ hasText: new RegExp(letters, 'iu') })
      .first()
      .waitFor();
    await press('Enter');
  };
  const goTo = async (letters: string, address: string): Promise<void> => {
    await find(letters);
    await expect.poll(() => addressOf(page)).toContain(address);
    // The screen before stands until the one asked for is drawn.
    await expect.poll(() => page.locator('main[aria-busy="true"]').count()).toBe(0);
    await expect.poll(focused).toMatch(/^main/u);
    await page.waitForFunction(() => document.querySelector('main [role="status"][aria-label]') === null);
  };

  test('a bill is imported from the palette, and a redelivery is looked at and taken over', async () => {
    const chooser = page.waitForEvent('filechooser');
    await find('import files');
    await (await chooser).setFiles(held);
    await page.getByText(/rows read =/u).waitFor({ timeout: 60_000 });
    await expect.poll(focused).toMatch(/^main/u);
    const second = page.waitForEvent('filechooser');
    await press('Control+i');
    await (await second).setFiles(redelivered);
    await page.getByText(/would replace what is held/u).waitFor({ timeout: 30_000 });
    await tabTo(/^button: Replace$/u, 3);
    await press('Enter');
    await page.getByText(/^Imported: northwind/u).waitFor({ timeout: 30_000 });
    await expect.poll(focused).toMatch(/^main/u);
  }, 90_000);

  test('an invoice figure is typed in, and the keyboard is where it was', async () => {
    await goTo('ledger', '#/ledger');
    await page.getByRole('grid', { name: 'Invoices' }).waitFor();
    await tabTo(/^grid: Invoices$/u, 4);
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'Enter');
    await page.getByRole('heading', { name: /^Invoice \d+, AWS Marketplace, Sep 2026/u }).waitFor();
    await tabTo(/^button: Enter the figure: Tax$/u, 4);
    await press('Enter');
    await expect.poll(focused).toBe('input: Amount');
    await page.keyboard.type('12.34');
    await press('Enter');
    await expect.poll(focused).toBe('button: Change the figure: Tax');
  });

  test('an open question is answered with a rule, and the palette opens from within its form', async () => {
    await goTo('review', '#/review');
    await page.getByRole('grid', { name: 'Open questions' }).waitFor();
    await tabTo(/^grid: Open questions$/u, 4);
    await press('ArrowDown', 'Enter');
    await tabTo(/^(?:radio|input): Bedrock$/u, 4);
    await press('ArrowRight');
    await tabTo(/^input: Why/u, 8);
    await page.keyboard.type('Search for people, not for models');
    await press('Control+k');
    await expect.poll(focused).toMatch(/Find a screen/u);
    await press('Escape');
    await expect.poll(focused).toMatch(/^input: Why/u);
    await press('Enter');
    await page.getByText(/^Rule 1 is in force/u).waitFor();
    expect(await focused()).not.toBe('nothing');
  });

  test('from what changed down to a line as it stood in the file', async () => {
    await goTo('explorer', '#/explorer');
    await page.getByRole('grid', { name: 'Groups' }).waitFor();
    await tabTo(/^grid: Groups$/u, 30);
    await press('Enter');
    await expect.poll(() => addressOf(page)).toContain('where=model');
    await page.waitForFunction(() => document.querySelector('[data-stale="true"]') === null);
    await press('l');
    await expect.poll(() => addressOf(page)).toContain('view=lines');
    await expect.poll(focused).toMatch(/^main/u);
    await page.getByRole('grid', { name: 'Line items' }).waitFor();
    await tabTo(/^grid: Line items$/u, 5);
    await press('Enter');
    await page.getByText('Record as in the file').waitFor();
    await press('Escape');
    await expect.poll(focused).toBe('grid: Line items');
  });

  test('discounts are spread, and the figures saved as CSV', async () => {
    await goTo('explorer', '#/explorer');
    await page.getByRole('button', { name: /^Discounts and credits/u }).waitFor();
    await tabTo(/^button: Discounts and credits/u, 12);
    await chooseFromMenu(/^menuitem: Discounts spread/u);
    await expect.poll(() => addressOf(page)).toContain('spread=yes');
    await expect.poll(focused).toBe('button: Discounts and credits: Discounts spread');
    for (let presses = 0; !/^button: Export$/u.test(await focused()); presses++) {
      expect(presses).toBeLessThan(20);
      await press('Shift+Tab');
    }
    const download = page.waitForEvent('download');
    await chooseFromMenu(/^menuitem: All groups, CSV$/u);
    const saved = readFileSync(await (await download).path(), 'utf8');
    expect(saved.split('\r\n')[0]).toMatch(/unblended/iu);
  });

  test('the month is closed with its reason; an import is taken back', async () => {
    await goTo('ledger', '#/ledger');
    await tabTo(/^tab: Tie-out$/u, 2);
    await press('ArrowRight', 'ArrowRight', 'ArrowRight');
    await page.getByRole('button', { name: 'Issue the statement', exact: true }).waitFor();
    await tabTo(/^button: Issue the statement$/u, 5);
    await press('Enter');
    await expect.poll(focused).toMatch(/^input: Why it is issued/u);
    await page.keyboard.type('AWS has not issued the invoice yet');
    await press('Enter');
    await page.getByText(/accepting: AWS has not issued/u).waitFor();
    expect(await focused()).not.toBe('nothing');

    await goTo('imports', '#/import');
    await page.getByRole('button', { name: 'Undo this import', exact: true }).waitFor();
    await tabTo(/^button: Undo this import$/u, 20);
    await press('Enter');
    await expect.poll(focused).toBe('button: Keep');
    await press('Tab', 'Enter');
    await page.getByText(/^Import taken back/u).waitFor();
    await expect.poll(() => page.getByText(/^Imported: northwind/u).count()).toBe(0);
    await expect.poll(focused).not.toBe('nothing');
  }, 60_000);

  test('a payer is forgotten by its name, and what still holds it is said although the screen is gone', async () => {
    await goTo('ledger', '#/ledger');
    await tabTo(/^tab: (?:Tie-out|Month close)$/u, 2);
    await press('Home', 'ArrowRight');
    await page.getByRole('grid', { name: 'Exports held' }).waitFor();
    await tabTo(/^button: Forget$/u, 8);
    await press('Enter');
    await expect.poll(focused).toMatch(/^input: Type 2026-\d\d to go on$/u);
    await press('Shift+Tab', 'ArrowRight');
    await expect.poll(focused).toMatch(/^(?:radio|input): Everything of this payer$/u);
    await press('Tab');
    const [, payer = ''] = /^input: Type (\d+) to go on$/u.exec(await focused()) ?? [];
    await page.keyboard.type(payer);
    await press('Enter');
    await page.getByRole('dialog', { name: 'Copies still hold it' }).waitFor();
    await page.getByText('Nothing is held yet').waitFor();
    await expect.poll(focused).toBe('button: Done');
    await press('Enter');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    await expect.poll(focused).not.toBe('nothing');
    mode.watch.expectNothingWrong();
  }, 60_000);
});
