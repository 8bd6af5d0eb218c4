// Find savings in a real Chromium on a sample bill: what it offers is the engine's, opens as a scenario with the same
// saving, leads to its usage in the explorer, and works from the keyboard.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createFormat } from '../../shared/format/format.ts';
import { call } from './calls.ts';
import { describeOn } from './runtimes.ts';
import { addressOf, onSampleBill, open } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const format = createFormat();

describeOn('chromium', 'find savings', () => {
  let page: Page;
  onSampleBill(2, (opened) => {
    page = opened.page;
  });

  test('an empty scenario leads to it; the first row is the engine’s best', async () => {
    await open(page, '#/scenario');
    await page.getByRole('button', { name: 'Find savings' }).click();
    await expect.poll(() => addressOf(page)).toBe('#/savings');
    const { opportunities } = await call(page, 'levers.find', { period: OCTOBER });
    const [best] = opportunities;
    const row = page.getByRole('grid', { name: 'Opportunities' }).getByRole('row').nth(1);
    await row.getByText(best?.scenario.name ?? '—').waitFor();
    await row.getByText(format.money(best?.savingAtPrice.base ?? null, 'USD')).waitFor();
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      expect(await accessibilityFaults(page)).toEqual([]);
      await screenshot(page, `savings-${theme}`);
    }
    for (const [view, name] of [
      ['looked', 'Looked at, not offered'],
      ['rules', 'What is looked for'],
    ] as const) {
      await open(page, `#/savings?view=${view}`);
      await page.getByText(name).first().waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await screenshot(page, `savings-${view}`);
    }
  });

  test('why something is not offered is read in full, whatever the window’s width', async () => {
    await open(page, '#/savings?view=looked');
    const { lookedAt } = await call(page, 'levers.find', { period: OCTOBER });
    const grid = page.getByRole('grid', { name: 'Looked at, not offered' });
    await grid
      .getByText(lookedAt[0]?.because ?? 'no reason')
      .first()
      .waitFor();
    const cut = await grid.getByRole('row').evaluateAll((rows) =>
      rows.flatMap((row) =>
        [...row.children]
          .filter((cell) => {
            const { bottom, right } = row.getBoundingClientRect();
            const text = document.createRange();
            text.selectNodeContents(cell);
            const own = text.getBoundingClientRect();
            return cell.scrollWidth > cell.clientWidth || own.bottom > bottom + 1 || own.right > right;
          })
          .map(({ textContent }) => textContent),
      ),
    );
    expect(cut).toEqual([]);
    await grid.focus();
    await page.keyboard.press('Control+End');
    await grid
      .getByText(lookedAt.at(-1)?.because ?? 'no reason')
      .last()
      .waitFor();
  });

  test('Enter opens the evidence, O the scenario with the same saving', async () => {
    await open(page, '#/savings');
    const grid = page.getByRole('grid', { name: 'Opportunities' });
    await grid.focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toContain('open=');
    const { opportunities } = await call(page, 'levers.find', { period: OCTOBER });
    const best = opportunities[0];
    const drawer = page.getByRole('dialog', { name: best?.scenario.name ?? '' });
    await drawer.getByText(best?.assumptions[0] ?? 'no assumption').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'savings-evidence');
    await page.keyboard.press('Escape');
    await expect.poll(() => addressOf(page)).not.toContain('open=');
    await grid.focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('o');
    await expect.poll(() => addressOf(page)).toBe('#/scenario');
    await page.getByRole('textbox', { name: 'Name of the scenario' }).waitFor();
    const saving = format.money(best?.savingAtPrice.base ?? null, 'USD');
    await page.getByRole('region', { name: 'Headlines' }).getByText(saving).waitFor();
    await screenshot(page, 'savings-as-scenario');
  });

  test('L shows the usage behind an opportunity, with its cost', async () => {
    await open(page, '#/savings');
    const grid = page.getByRole('grid', { name: 'Opportunities' });
    await grid.focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('l');
    await expect.poll(() => addressOf(page)).toMatch(/^#\/explorer\?.*where=model/u);
    const { opportunities } = await call(page, 'levers.find', { period: OCTOBER });
    const cost =
      opportunities[0]?.evidence.find(({ label }) => label === 'Cost of this usage')?.value ?? null;
    await page
      .getByRole('grid', { name: 'Groups' })
      .getByRole('row', { name: /^Total/u })
      .getByText(format.amount(cost))
      .first()
      .waitFor();
  });

  test('a saved scenario is pinned to a day; the bill since says what came of it', async () => {
    await open(page, '#/savings?period=2026-09-01..2026-09-30');
    const grid = page.getByRole('grid', { name: 'Opportunities' });
    await grid.focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('o');
    const panel = page.getByRole('region', { name: 'Realised against planned' });
    await panel.getByText('Save the scenario first').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await panel.getByText('Not pinned yet').waitFor();
    await panel.getByLabel('First day of the plan').fill('2026-10-01');
    await panel.getByRole('button', { name: 'Pin', exact: true }).click();
    const { scenarios } = await call(page, 'scenario.list', {});
    await panel.getByRole('columnheader', { name: 'On the bill' }).first().waitFor();
    const { levers, plan } = await call(page, 'scenario.realised', { id: scenarios[0]?.id ?? 0 });
    expect(plan?.startsOn).toBe('2026-10-01');
    await panel
      .getByText(format.money(levers[0]?.total?.realised ?? null, 'USD'))
      .first()
      .waitFor();
    await panel.getByText('From the baseline to the bill').first().click();
    await panel.getByText('Realised saving, taken off').waitFor();
    await panel.getByText('By month').first().click();
    await panel.scrollIntoViewIfNeeded();
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'realised');
    await panel.getByRole('button', { name: 'Take the plan off' }).click();
    await panel.getByText('Not pinned yet').waitFor();
  });
});
