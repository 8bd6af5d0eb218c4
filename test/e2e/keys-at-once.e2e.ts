// Keys typed faster than the page draws, as on a busy machine: what a key opens has the keyboard before the next key.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { atOnce, focused, type Key, leverOrder } from './keyboard.ts';
import { describeOn } from './runtimes.ts';
import { addressOf, onSampleBill, open } from './sample-bill.ts';

const ALT = 1;
const CTRL = 2;
const SHIFT = 8;
const ENTER: Key = { key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 13, text: '\r' };
const ESCAPE: Key = { key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 27 };
const HOME: Key = { key: 'Home', code: 'Home', windowsVirtualKeyCode: 36 };
const TAB: Key = { key: 'Tab', code: 'Tab', windowsVirtualKeyCode: 9 };
const DOWN: Key = { key: 'ArrowDown', code: 'ArrowDown', windowsVirtualKeyCode: 40 };
const UP: Key = { key: 'ArrowUp', code: 'ArrowUp', windowsVirtualKeyCode: 38 };
const FIND: Key = { key: 'k', code: 'KeyK', windowsVirtualKeyCode: 75, modifiers: CTRL };
const letters = (text: string): Key[] => [...text].map((letter) => ({ key: letter, text: letter }));

describeOn('chromium', 'keys typed at once', () => {
  let page: Page;
  onSampleBill(2, (opened) => {
    page = opened.page;
  });

  test('Ctrl+K and a model’s name: every letter is in the palette, and Escape gives the keyboard back', async () => {
    await open(page, '#/overview');
    const chart = page.getByRole('slider', { name: /cost over time/u });
    await chart.focus();
    await atOnce(page, [FIND, ...letters('nova lite')]);
    expect(await page.getByRole('combobox', { name: /^Find a screen/u }).inputValue()).toBe('nova lite');
    await atOnce(page, [ESCAPE, HOME, ENTER]);
    // The chart has the keyboard again: Enter narrows the period to the step it goes to.
    await expect.poll(() => addressOf(page)).toMatch(/^#\/overview\?period=/u);
    expect(await focused(page)).toMatch(/cost over time/u);
  });

  test('a menu and its third item', async () => {
    await open(page, '#/scenario');
    await page.getByRole('button', { name: 'Export', exact: true }).focus();
    await atOnce(page, [ENTER, DOWN, DOWN, DOWN]);
    expect(await focused(page)).toBe('Workbook with formulas, XLSX');
    await atOnce(page, [TAB, UP, ESCAPE]);
    expect(await focused(page)).toBe('Export');
    await expect.poll(() => page.getByRole('menu').count()).toBe(0);
  });

  test('a lever is added and moved: the second key is its card’s', async () => {
    await open(page, '#/scenario');
    for (const expected of [1, 2]) {
      await atOnce(page, [
        { key: 'a', code: 'KeyA', windowsVirtualKeyCode: 65, modifiers: ALT },
        ...Array<Key>(expected).fill(DOWN),
        ENTER,
      ]);
      await expect.poll(() => page.locator('[data-lever]').count()).toBe(expected);
    }
    const added = await leverOrder(page);
    expect(await focused(page)).toMatch(/^Lever 2/u);
    await atOnce(page, [{ ...UP, modifiers: ALT }]);
    await expect.poll(() => leverOrder(page)).toEqual(added.toReversed());
  });

  test('a dialog over the screen takes Enter and Escape, and the button beneath has the focus again', async () => {
    await open(page, '#/scenario');
    const name = page.getByRole('textbox', { name: 'Name of the scenario' });
    await name.fill('Held');
    await page.keyboard.press('Control+s');
    await page.getByText('Saved “Held”').waitFor();
    await page.getByRole('button', { name: 'More', exact: true }).focus();
    // To “Delete”, the question, and what it offers first: to keep it.
    await atOnce(page, [ENTER, DOWN, DOWN, DOWN, ENTER, ENTER]);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toBe('More');
    await page.getByText('saved', { exact: true }).waitFor();
    await page.getByRole('main').focus();
    await atOnce(page, [
      { key: '?', code: 'Slash', windowsVirtualKeyCode: 191, text: '?', modifiers: SHIFT },
      ESCAPE,
    ]);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('content');
  });

  test('the palette over an open drawer: Escape gives the keyboard back to the drawer, and then to the row', async () => {
    await open(page, '#/savings');
    await page.getByRole('grid', { name: 'Opportunities' }).focus();
    await atOnce(page, [{ ...HOME, modifiers: CTRL }, ENTER]);
    // Which row is open stands in the address, and is drawn when the window has time.
    await page.getByRole('dialog').waitFor();
    await atOnce(page, [TAB, TAB]);
    expect(await focused(page)).toBe('Open as a scenario');
    await atOnce(page, [FIND, ...letters('x'), ESCAPE]);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(1);
    expect(await focused(page)).toBe('Open as a scenario');
    await atOnce(page, [ESCAPE]);
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await focused(page)).toBe('Opportunities');
  });
});
