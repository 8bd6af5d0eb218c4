// The platform lead's task in a real Chromium without a mouse: from a saving found to scenarios compared, pinned and
// reported, and contract rates edited and kept. Every step is a key; figures are the engine's.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, expect, test } from 'vitest';
import { createFormat } from '../../shared/format/format.ts';
import type { BrowserMode } from './browser.ts';
import { call } from './calls.ts';
import { focused, leverOrder } from './keyboard.ts';
import { describeOn } from './runtimes.ts';
import { addressOf, onSampleBill } from './sample-bill.ts';

const format = createFormat();

/** Presses a key until what has the focus is named so; a person who had to press it more often would give up. */
async function pressTo(page: Page, key: string, name: RegExp, most = 60): Promise<void> {
  for (let pressed = 0; pressed < most; pressed += 1) {
    await page.keyboard.press(key);
    if (name.test(await focused(page))) return;
  }
  throw new Error(`${key} did not come to ${name} in ${most} presses; it is at “${await focused(page)}”.`);
}

/** By the palette: Ctrl+K, some letters, Enter; the focus is then in the screen. */
async function goByPalette(page: Page, letters: string, address: string): Promise<void> {
  await page.keyboard.press('Control+k');
  await expect.poll(() => focused(page)).toMatch(/^Find a screen/u);
  await page.keyboard.type(letters);
  await page
    .getByRole('option', { selected: true })
    .filter({ hasText: new RegExp(`^${letters}`, 'iu') })
    .first()
    .waitFor();
  await page.keyboard.press('Enter');
  await expect.poll(() => addressOf(page)).toMatch(new RegExp(`^#/${address}`, 'u'));
  await expect.poll(() => page.locator('main[aria-busy="true"]').count()).toBe(0);
  await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
  await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
}

/** Opens a menu of the scenario's actions and takes one of its items. */
async function choose(page: Page, menu: string, item: RegExp): Promise<void> {
  await pressTo(page, 'F6', /^Scenario$/u, 4);
  await pressTo(page, 'Tab', new RegExp(`^${menu}$`, 'u'), 12);
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem').first().waitFor();
  await pressTo(page, 'ArrowDown', item, 12);
  await page.keyboard.press('Enter');
}

describeOn('chromium', 'the lead’s task by keyboard alone', () => {
  let mode: BrowserMode;
  let page: Page;
  onSampleBill(2, (opened) => {
    mode = opened;
    page = opened.page;
  });
  afterAll(() => mode.watch.expectNothingWrong());

  test('a saving found opens as a scenario; a second lever is added, moved and set', async () => {
    await goByPalette(page, 'find savings', 'savings');
    await page.getByRole('grid', { name: 'Opportunities' }).waitFor();
    await pressTo(page, 'Tab', /^Opportunities$/u, 12);
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('o');
    await expect.poll(() => addressOf(page)).toBe('#/scenario');
    await expect.poll(() => page.evaluate(() => document.activeElement?.id)).toBe('content');
    await page.locator('[data-lever]').waitFor();
    const [first] = await leverOrder(page);

    await page.keyboard.press('Alt+a');
    await page.getByRole('menuitem').first().waitFor();
    await pressTo(page, 'ArrowDown', /^Shorter prompts/u, 20);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toMatch(/^Lever 2: Shorter prompts/u);
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(() => leverOrder(page)).toEqual(['trimming-1', first]);
    await expect.poll(() => focused(page)).toMatch(/^Lever 1: Shorter prompts/u);

    await pressTo(page, 'Tab', /^Output cut, base, slider$/u, 30);
    for (let moved = 0; moved < 20; moved += 1) await page.keyboard.press('ArrowRight');
    const field = page.getByRole('textbox', { name: 'Output cut, base', exact: true });
    await expect.poll(() => field.inputValue()).toBe('20 %');
    await page.keyboard.press('Control+s');
    await page.getByText(/^Saved “/u).waitFor();
    const [saved] = (await call(page, 'scenario.list', {})).scenarios;
    if (saved === undefined) throw new Error('Nothing was saved.');
    expect(saved.scenario.levers[0]).toMatchObject({ kind: 'trimming', outputCut: { base: 0.2 } });
    const answer = await call(page, 'scenario.run', { scenario: saved.scenario });
    await page
      .getByRole('region', { name: 'Headlines' })
      .getByText(format.money(answer.headlines.savingAtPrice!.base, 'USD'), { exact: true })
      .waitFor();
  });

  test('it is reported as CSV, as a workbook and as Markdown', async () => {
    const files: [RegExp, string, RegExp][] = [
      [/CSV$/u, '.csv', /month/iu],
      [/XLSX$/u, '.xlsx', /^PK/u],
      [/Markdown$/u, '.md', /^# /u],
    ];
    for (const [item, ending, begins] of files) {
      const download = page.waitForEvent('download');
      await choose(page, 'Export', item);
      const file = await download;
      expect(file.suggestedFilename().endsWith(ending)).toBe(true);
      expect(readFileSync(await file.path(), 'latin1')).toMatch(begins);
    }
  });

  test('a copy with another share stands beside the first, and both say what the engine says', async () => {
    await choose(page, 'More', /^Save as a copy$/u);
    await page.getByText(/^Saved “.*, copy”/u).waitFor();
    await pressTo(page, 'F6', /^What changes$/u, 4);
    await pressTo(page, 'Tab', /^Output cut, base, slider$/u, 60);
    for (let moved = 0; moved < 10; moved += 1) await page.keyboard.press('ArrowLeft');
    await page.keyboard.press('Control+s');
    await page.getByText('saved', { exact: true }).waitFor();
    await choose(page, 'More', /^Compare with others/u);
    await expect.poll(() => addressOf(page)).toMatch(/^#\/compare/u);
    const { scenarios } = await call(page, 'scenario.list', {});
    expect(scenarios).toHaveLength(2);
    const row = page.getByRole('row', { name: /^Saving at list price/u });
    for (const { scenario } of scenarios) {
      const { headlines } = await call(page, 'scenario.run', { scenario });
      await row
        .getByText(format.money(headlines.savingAtPrice!.base, 'USD'), { exact: true })
        .first()
        .waitFor();
    }
  });

  test('a scenario is pinned to its first day', async () => {
    await goByPalette(page, 'scenarios', 'scenario');
    const panel = page.getByRole('region', { name: 'Realised against planned' });
    await panel.getByText('Not pinned yet').waitFor();
    await pressTo(page, 'F6', /^What it comes to$/u, 4);
    await pressTo(page, 'Tab', /^Pin$/u, 60);
    await page.keyboard.press('Enter');
    await panel.getByText('The plan has not started').or(panel.getByText('no bill of a day since')).waitFor();
    const { scenarios } = await call(page, 'scenario.list', {});
    const plans = await Promise.all(scenarios.map(({ id }) => call(page, 'scenario.realised', { id })));
    expect(plans.filter(({ plan }) => plan !== null)).toHaveLength(1);
  });

  test('contract rates: a draft outlives a look elsewhere, and is kept as a version', async () => {
    await goByPalette(page, 'contract rates', 'contract');
    await page.getByRole('button', { name: 'Add a rate' }).waitFor();
    await pressTo(page, 'Tab', /^Add a rate$/u, 6);
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Contract rates');
    for (let moved = 0; moved < 6; moved += 1) await page.keyboard.press('ArrowRight');
    await page.keyboard.type('10');
    await page.keyboard.press('Enter');
    const cell = page
      .getByRole('grid', { name: 'Contract rates' })
      .getByRole('gridcell', { name: '10', exact: true });
    await cell.waitFor();
    await goByPalette(page, 'overview', 'overview');
    await goByPalette(page, 'contract rates', 'contract');
    await cell.waitFor();
    const save = page.getByRole('button', { name: 'Save as a version' });
    await expect.poll(() => save.isEnabled()).toBe(true);
    await pressTo(page, 'Shift+Tab', /^Save as a version$/u, 12);
    await page.keyboard.press('Enter');
    await page.getByText('Version 1 in use').waitFor();
    const { version, rates } = await call(page, 'overrides.list', {});
    expect({ version, off: rates.map((rate) => rate.discount_percent) }).toEqual({
      version: 1,
      off: ['10'],
    });
  });
});
