// Explorer, scenario and pricing in a real Chromium on a sample bill: what they show is what the engine says, the keys
// work, the address keeps the question, and what is exported adds up.
import { readFileSync } from 'node:fs';
import type { Download, Locator, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createFormat } from '../../shared/format/format.ts';
import type { BrowserMode } from './browser.ts';
import { call } from './calls.ts';
import { describeOn } from './runtimes.ts';
import { addressOf, onSampleBill, open } from './sample-bill.ts';
import { accessibilityFaults, readableInBothThemes, screenshot } from './watch.ts';

const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const format = createFormat();

async function exported(page: Page, menu: Locator, item: string): Promise<string> {
  await menu.click();
  const download: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: item }).click();
  return readFileSync(await (await download).path(), 'utf8');
}

async function fill(page: Page, label: string, value: string): Promise<void> {
  const field = page.getByLabel(label, { exact: true });
  await field.fill(value);
  await field.blur();
}

/** What has the focus: its id, or what stands on it. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => document.activeElement?.id || (document.activeElement?.textContent ?? ''));
}

/** What lies open over a screen, against WCAG AA as it stands in either theme. */
describeOn('chromium', 'questions on a sample bill', () => {
  let mode: BrowserMode;
  let page: Page;
  onSampleBill(2, (opened) => {
    mode = opened;
    page = opened.page;
  });

  const groups = (): Locator => page.getByRole('grid', { name: 'Groups' });

  test('the grid’s total is the engine’s, over all rows', async () => {
    await open(page, '#/explorer');
    const { totals } = await call(page, 'spend.query', { measures: ['unblended'], period: OCTOBER });
    await groups()
      .getByRole('row', { name: /^Total/u })
      .getByText(format.amount(totals.unblended ?? null))
      .waitFor();
  });

  test('Enter drills from provider to model with a filter in the address; back returns', async () => {
    await open(page, '#/explorer?group=provider');
    const leader = (await groups().getByRole('row').nth(1).getByRole('gridcell').first().innerText()).trim();
    await groups().focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toContain(`where=provider%3D${leader}`);
    await page.getByRole('button', { name: 'Group 1: Model. Change' }).waitFor();
    await page.goBack();
    await expect.poll(() => addressOf(page)).toBe('#/explorer?group=provider');
    await page.getByRole('button', { name: 'Group 1: Provider. Change' }).waitFor();
  });

  test('L shows the lines of a group, Enter opens one with its record; a reload keeps it open', async () => {
    await open(page, '#/explorer?group=meter&where=model%3DNova+Lite');
    await groups().focus();
    await page.keyboard.press('l');
    const lines = page.getByRole('grid', { name: 'Line items' });
    await lines.waitFor();
    await lines.focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toMatch(/line=\d+/u);
    const id = Number(/line=(\d+)/u.exec(addressOf(page))?.[1]);
    const { line, record } = await call(page, 'spend.lineItem', { id });
    await page.reload();
    const detail = page.getByRole('dialog', { name: 'Line item' });
    await detail.getByText(`${line.file}, record ${line.recordNumber}`).waitFor();
    const usageType = record.find(({ column }) => /usage_?type/iu.test(column));
    await detail
      .getByText(usageType?.value ?? 'no usage type', { exact: true })
      .first()
      .waitFor();
    await readableInBothThemes(page, 'explorer-line-item');
    await page.keyboard.press('Escape');
    await expect.poll(() => addressOf(page)).not.toContain('line=');
  });

  test('a condition is stated from the keyboard and excludes what it says', async () => {
    await open(page, '#/explorer');
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByRole('textbox', { name: 'Search Filter by' }).fill('model');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'Condition' }).click();
    await page.getByRole('option', { name: 'contains', exact: true }).click();
    await page.getByRole('combobox', { name: 'Values' }).fill('nova');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => addressOf(page)).toContain('where=model%7Enova');
    const { rowCount } = await call(page, 'spend.query', {
      measures: ['unblended'],
      groupBy: ['model'],
      where: [{ dimension: 'model', operator: '~', values: ['nova'] }],
      period: OCTOBER,
    });
    await groups().getByText(`Total, ${rowCount} rows`).waitFor();
  });

  test('values are ticked from their search: Enter takes what it finds, the arrows the rows, Enter applies', async () => {
    await open(page, '#/explorer');
    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
    await page.getByRole('textbox', { name: 'Search Filter by' }).fill('model');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    const search = page.getByRole('textbox', { name: 'Search values' });
    // Enter comes before the answer to what was typed: it must wait for it, not take what the list held before.
    await search.pressSequentially('nova pro');
    await page.keyboard.press('Enter');
    await page.getByRole('checkbox', { name: 'Nova Pro', checked: true }).waitFor();
    await expect.poll(() => search.inputValue()).toBe('');
    await page.keyboard.type('haiku');
    await page.getByRole('checkbox', { name: 'Claude Haiku 4.5', checked: false }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    await page.getByRole('checkbox', { name: 'Claude Haiku 4.5', checked: true }).waitFor();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => addressOf(page))
      .toMatch(/where=model%3DNova\+Pro(?:%7C|%2C|,)Claude\+Haiku\+4\.5/u);
  });

  test('the keyboard’s place is kept: in the screen after the palette, on the button after a list or a form', async () => {
    await open(page, '#/overview');
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('Find a screen').fill('explorer');
    await page.keyboard.press('Enter');
    await groups().waitFor();
    await expect.poll(() => focused(page)).toBe('content');
    await page.getByRole('button', { name: 'Group', exact: true }).press('Enter');
    await page.getByRole('textbox', { name: 'Search Group by' }).fill('region');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect.poll(() => focused(page)).toBe('Group');
    await page.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
    await page.getByRole('textbox', { name: 'Search Filter by' }).fill('model');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Cancel' }).press('Enter');
    await expect.poll(() => focused(page)).toBe('Filter');
    // From an open menu the palette takes the keyboard, keeps it while one types, and gives it back to the menu's button.
    const menu = page.getByRole('button', { name: 'Export', exact: true });
    await menu.press('Enter');
    await page.getByRole('menuitem').first().waitFor();
    await page.keyboard.press('Control+k');
    const palette = page.getByPlaceholder('Find a screen');
    await expect.poll(() => palette.evaluate((field) => field === document.activeElement)).toBe(true);
    await page.keyboard.type('nothing of this name');
    expect(await palette.inputValue()).toBe('nothing of this name');
    expect(await page.getByRole('menu').count()).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => menu.evaluate((button) => button === document.activeElement)).toBe(true);
  });

  test('the export of a view holds all its rows and adds up to its total', async () => {
    await open(page, '#/explorer?group=model|meter&compare=none');
    await groups().waitFor();
    const { totals, rowCount } = await call(page, 'spend.query', {
      measures: ['unblended'],
      groupBy: ['model', 'meter'],
      period: OCTOBER,
    });
    const csv = await exported(
      page,
      page.getByRole('button', { name: 'Export', exact: true }),
      'All groups, CSV',
    );
    const [header = '', ...rows] = csv.trimEnd().split('\r\n');
    expect(header).toContain('unblended (USD)');
    expect(rows).toHaveLength(rowCount);
    const sum = rows.reduce((total, row) => total + Number(row.split(',')[2]), 0);
    expect(sum).toBeCloseTo(totals.unblended ?? Number.NaN, 6);
  });

  test('an empty answer offers the way out', async () => {
    await open(page, '#/explorer?where=model%3DNothing');
    await page.getByText('No line matches', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Take off the filters' }).click();
    await expect.poll(() => addressOf(page)).toBe('#/explorer');
  });

  test('a scenario’s headline follows its ranges and is the engine’s answer to what was saved', async () => {
    await open(page, '#/scenario');
    await page.getByText('Nothing changes yet.').waitFor();
    for (const lever of ['Batch migration', 'Prompt caching']) {
      await page.getByRole('button', { name: 'Add lever' }).click();
      await page.getByRole('menuitem', { name: new RegExp(`^${lever}`, 'u') }).click();
    }
    await page.getByText(/State the share of requests that can wait/u).waitFor();
    await fill(page, 'Eligible share of requests, base', '40');
    await fill(page, 'Prefix share of uncached input, base', '35');
    await fill(page, 'Hit share, base', '80');
    await page.getByRole('switch', { name: 'Judge cash under a commitment' }).click();
    await fill(page, 'Commitment of the year, USD', '2000000');
    await fill(page, 'Organic AWS spend of the year, USD, base', '1500000');
    await page.getByLabel('Name of the scenario').fill('Batch and cache');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved “Batch and cache”').waitFor();
    const [saved] = (await call(page, 'scenario.list', {})).scenarios;
    if (saved === undefined) throw new Error('Nothing was saved.');
    const answer = await call(page, 'scenario.run', { scenario: saved.scenario });
    expect(answer.headlines.savingAtPrice?.base).toBeGreaterThan(0);
    const headlines = page.getByRole('region', { name: 'Headlines' });
    await headlines
      .getByRole('group', { name: /^Saving at .+ price, /u })
      .getByText(format.money(answer.headlines.savingAtPrice!.base, 'USD'), { exact: true })
      .waitFor();
    await headlines
      .getByRole('group', { name: /^Cash, commitment from /u })
      .getByText(format.money(answer.headlines.cashThisYear?.base ?? null, 'USD'), { exact: true })
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await screenshot(page, 'scenario-full');
  });

  test('levers change places by keys, and undo takes it back; a reload keeps the draft', async () => {
    const order = (): Promise<(string | null)[]> =>
      page
        .locator('[data-lever]')
        .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-lever')));
    expect(await order()).toEqual(['batch-1', 'caching-1']);
    await page.getByLabel('Hit share, base', { exact: true }).focus();
    await page.keyboard.press('Alt+ArrowUp');
    await expect.poll(order).toEqual(['caching-1', 'batch-1']);
    await page.reload();
    await expect.poll(order, { timeout: 20_000 }).toEqual(['caching-1', 'batch-1']);
    await page.getByText('changed since saved').waitFor();
    await page.getByRole('button', { name: 'Move up (Alt ↑)' }).last().click();
    await expect.poll(order).toEqual(['batch-1', 'caching-1']);
    await page.getByRole('heading', { name: 'Ledger' }).click();
    await page.keyboard.press('Control+z');
    await expect.poll(order).toEqual(['caching-1', 'batch-1']);
  });

  test('a scenario goes out as JSON and comes back the same', async () => {
    const json = await exported(
      page,
      page.getByRole('button', { name: 'Export', exact: true }),
      'Scenario and answer, JSON',
    );
    const before = await page.getByRole('region', { name: 'Headlines' }).innerText();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New scenario' }).click();
    await page.getByRole('button', { name: 'Leave them' }).click();
    await page.getByText('Nothing changes yet.').waitFor();
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'Import from JSON…' }).click();
    await (await chooser).setFiles({
      name: 'back.json',
      mimeType: 'application/json',
      buffer: Buffer.from(json),
    });
    await page.getByText(/^Imported back\.json/u).waitFor();
    await expect.poll(() => page.getByRole('region', { name: 'Headlines' }).innerText()).toBe(before);
  });

  test('a file that is no scenario is refused with the field that is wrong', async () => {
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'Import from JSON…' }).click();
    await (await chooser).setFiles({
      name: 'wrong.json',
      mimeType: 'application/json',
      buffer: Buffer.from(
        '{"schemaVersion":1,"name":"x","baseline":{"period":{"from":"yesterday","to":"today"}},"levers":[]}',
      ),
    });
    await page
      .getByText(/Not imported: wrong\.json: line 1: baseline\.period\.from: expected a day/u)
      .waitFor();
  });

  test('a price is found, opened with its source, and kept in the address', async () => {
    await open(page, '#/pricing?q=nova+lite&meter=input');
    const prices = page.getByRole('grid', { name: 'Prices' });
    const { rows } = await call(page, 'catalog.search', { text: 'nova lite', meter: 'input' });
    await page.getByText(new RegExp(`^${rows.length} of [\\d,]+ prices$`, 'u')).waitFor();
    await prices.focus();
    await page.keyboard.press('Control+Home');
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toContain('price=');
    const detail = page.getByRole('dialog', { name: 'Price' });
    const { sources } = await call(page, 'catalog.info', {});
    const first = rows[0];
    await detail
      .getByText(sources.find(({ id }) => id === first?.source)?.title ?? 'no source')
      .first()
      .waitFor();
    await detail.getByText('What a line with this key is priced at').waitFor();
    await readableInBothThemes(page, 'pricing-detail');
    await page.keyboard.press('Escape');
  });

  test('asked for one price, the catalog answers for the key and says what is missing', async () => {
    await open(page, '#/pricing?ask=1');
    const form = page.getByRole('dialog', { name: 'Ask a price' });
    await form.getByLabel('Model').fill('Nova Lite');
    await form.getByLabel('Region', { exact: true }).fill('us-east-1');
    await form.getByRole('button', { name: 'Ask', exact: true }).click();
    const answer = await call(page, 'catalog.price', { model: 'Nova Lite', region: 'us-east-1' });
    await form.getByText(new RegExp(`^Nova Lite on .+: ${answer.answers.length} keys?$`, 'u')).waitFor();
    expect(await form.getByRole('article').count()).toBe(answer.answers.length);
    mode.watch.expectNothingWrong();
  });
});
