// Contract rates in a real Chromium on a sample bill: typed by keyboard, previewed, kept, seen in variance and price.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createFormat } from '../../shared/format/format.ts';
import type { BrowserMode } from './browser.ts';
import { call } from './calls.ts';
import { describeOn } from './runtimes.ts';
import { onSampleBill, open } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const format = createFormat();

describeOn('chromium', 'contract rates', () => {
  let mode: BrowserMode;
  let page: Page;
  onSampleBill(1, (opened) => {
    mode = opened;
    page = opened.page;
  });

  const sheet = () => page.getByRole('grid', { name: 'Contract rates' });
  const save = () => page.getByRole('button', { name: 'Save as a version' });

  test('without rates the screen says what they are; a rate is typed, its fault is named, and saved by keyboard', async () => {
    await open(page, '#/contract');
    await page.getByText('No contract rates').waitFor();
    await screenshot(page, 'contract-empty');
    await page.getByRole('button', { name: 'Add a rate' }).click();
    await sheet().focus();
    // Account, provider, model: the third cell.
    for (const key of ['ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.type('Claude Sonet 4.5');
    await page.keyboard.press('Enter');
    await page.getByText(/is no model known here \(did you mean Claude Sonnet 4\.5\?\)/u).waitFor();
    expect(await save().isDisabled()).toBe(true);
    await screenshot(page, 'contract-faults');
    await page.keyboard.type('Claude Sonnet 4.5');
    for (const key of ['Tab', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await page.keyboard.type('20');
    await page.keyboard.press('Enter');
    const { effect } = await call(page, 'overrides.preview', {
      rates: [{ ...ANY, model: 'Claude Sonnet 4.5', discount_percent: '20' }],
    });
    const table = page.getByRole('grid', { name: 'Contracted amount by model' });
    await table
      .getByText(format.money(effect?.after.contracted ?? null, 'USD'))
      .first()
      .waitFor();
    await screenshot(page, 'contract-preview');
    await expect.poll(() => save().isEnabled()).toBe(true);
    await save().click();
    await page.getByText('Version 1 in use, 1 rate').waitFor();
  });

  test('both themes are accessible, and nothing scrolls sideways', async () => {
    const faults: string[] = [];
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      await page.reload();
      for (const screen of ['contract', 'variance', 'pricing?ask=1']) {
        await open(page, `#/${screen}`);
        faults.push(...(await accessibilityFaults(page)).map((fault) => `${screen} ${theme}: ${fault}`));
        const sideways = await page.evaluate(
          () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
        );
        if (sideways) faults.push(`${screen} ${theme}: scrolls sideways`);
        await screenshot(page, `contract-${screen.replaceAll(/[^a-z]+/gu, '-')}-${theme}`);
      }
    }
    await page.emulateMedia({ colorScheme: 'light' });
    expect(faults).toEqual([]);
  });

  test('variance shows what the contract takes off, and for how many lines it is known', async () => {
    await open(page, '#/variance');
    const { total } = await call(page, 'variance.explore', {
      period: { from: '2026-10-01', to: '2026-10-31' },
    });
    const figure = page.getByRole('group', { name: 'Under contract' });
    await figure.getByText(format.money(total.contract.contracted, 'USD')).waitFor();
    await figure.getByText(new RegExp(`${format.count(total.contract.lines)} of`, 'u')).waitFor();
  });

  test('a price shows catalog price, rate and result', async () => {
    await open(page, '#/pricing?ask=1');
    await page.getByLabel('Model', { exact: true }).fill('Claude Sonnet 4.5');
    await page.getByRole('button', { name: 'Ask', exact: true }).click();
    const answer = page.getByRole('region', { name: 'Answers' });
    await answer
      .getByText(/20 % off list/u)
      .first()
      .waitFor();
    await screenshot(page, 'contract-price');
  });

  test('an older state is one button away', async () => {
    await open(page, '#/contract');
    await page.getByRole('button', { name: 'Use no rates' }).click();
    await expect.poll(async () => (await call(page, 'overrides.list', {})).version).toBe(null);
    await page.getByRole('button', { name: 'Use version 1' }).click();
    await page.getByText('Version 1 in use').first().waitFor();
    mode.watch.expectNothingWrong();
  });
});

const ANY = {
  account: '*',
  provider: '*',
  model: '*',
  meter: '*',
  variant: '*',
  mode: '*',
  term: '*',
  region: '*',
  tier: '*',
  context: '*',
  discount_percent: '',
  price_usd: '',
  unit: '',
  from: '',
  to: '',
  note: '',
};
