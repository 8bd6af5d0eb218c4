// The workbench in a real Chromium on a sample bill: figures against the engine's, both themes against WCAG AA, keys,
// charts, the address, exports, and the decision before anything held is replaced.
import { readFileSync } from 'node:fs';
import type { Download, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createFormat } from '../../shared/format/format.ts';
import type { BrowserMode } from './browser.ts';
import { call } from './calls.ts';
import { describeOn } from './runtimes.ts';
import { addressOf, bill, onSampleBill, open, pick } from './sample-bill.ts';
import { accessibilityFaults, screenshot } from './watch.ts';

const SCREENS = [
  'overview',
  'explorer',
  'pricing',
  'scenario',
  'import',
  'ledger',
  'settings',
  'help',
  'start',
];
const OCTOBER = { from: '2026-10-01', to: '2026-10-31' };
const format = createFormat();

async function downloaded(page: Page, name: string): Promise<{ name: string; content: Buffer }> {
  await page.getByRole('button', { name: /cost over time: export/u }).click();
  const download: Promise<Download> = page.waitForEvent('download');
  await page.getByRole('menuitem', { name }).click();
  const file = await download;
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

describeOn('chromium', 'the workbench on a sample bill', () => {
  let mode: BrowserMode;
  let page: Page;
  onSampleBill(2, (opened) => {
    mode = opened;
    page = opened.page;
  });

  test('the overview’s total is the engine’s, to the cent', async () => {
    await open(page, '#/overview');
    const { blocks } = await call(page, 'spend.summary', { period: OCTOBER });
    const total = format.money(blocks[0]?.total ?? null, 'USD');
    await page.getByRole('group', { name: 'Bedrock, unblended' }).getByText(total).waitFor();
  });

  test('at 1280 × 800 the answer needs no scrolling', async () => {
    await open(page, '#/overview');
    const bottoms = await page
      .getByRole('region')
      .evaluateAll((panels) => panels.map((panel) => panel.getBoundingClientRect().bottom));
    const floor = await page.getByRole('main').evaluate((main) => main.getBoundingClientRect().bottom);
    expect(bottoms).toHaveLength(6);
    expect(Math.max(...bottoms)).toBeLessThanOrEqual(floor);
  });

  test.each(['light', 'dark'] as const)(
    'every screen is accessible in the %s theme',
    async (theme) => {
      await page.emulateMedia({ colorScheme: theme });
      // Drawn anew in the theme: no text is caught on its way between the colours of two.
      await page.reload();
      const faults: string[] = [];
      for (const screen of SCREENS) {
        await open(page, `#/${screen}`);
        for (const fault of await accessibilityFaults(page)) faults.push(`${screen}: ${fault}`);
        await screenshot(page, `${screen}-${theme}`);
      }
      await page.emulateMedia({ colorScheme: 'light' });
      expect(faults).toEqual([]);
      mode.watch.expectNothingWrong();
    },
    120_000,
  );

  test('a chart is read from the keyboard, and Enter narrows the period to the step', async () => {
    await open(page, '#/overview');
    const chart = page.getByRole('slider', { name: /cost over time/u });
    await chart.focus();
    await page.keyboard.press('Home');
    expect(await chart.getAttribute('aria-valuetext')).toMatch(/^1 Oct 2026, .+ Total \$[\d,.]+$/u);
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toBe('#/overview?period=2026-10-01..2026-10-01');
    await page.goBack();
    await expect.poll(() => addressOf(page)).toBe('#/overview');
  });

  test('brushing days narrows the period to them', async () => {
    await open(page, '#/overview');
    const box = await page.locator('canvas').first().boundingBox();
    if (box === null) throw new Error('The chart is not drawn.');
    await page.mouse.move(box.x + 200, box.y + 80);
    await page.mouse.down();
    await page.mouse.move(box.x + 320, box.y + 90, { steps: 6 });
    await page.mouse.up();
    await expect.poll(() => addressOf(page)).toMatch(/period=2026-10-\d\d\.\.2026-10-\d\d/u);
    await page.goBack();
  });

  test('the palette finds a model; its filter stands as a chip, in the address, and can be taken off', async () => {
    await open(page, '#/overview');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /^Find a screen/u }).waitFor();
    await page.keyboard.type('nova lite');
    await page.getByText('Filter by this model').first().waitFor();
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toContain('where=model%3DNova+Lite');
    await page.getByRole('button', { name: 'Remove filter Model is Nova Lite' }).click();
    await expect.poll(() => addressOf(page)).not.toContain('where=');
  });

  test('what the bill answers after the last letter is found too: Enter takes the first, or what an arrow chose', async () => {
    // Models answer last, so that their entries come to a list that stands.
    let modelsMayAnswer = Promise.withResolvers<void>();
    await page.route('**/call', async (route) => {
      const { method, input } = route.request().postDataJSON() as {
        method: string;
        input: { dimension?: string };
      };
      if (method === 'spend.values' && input.dimension === 'model') await modelsMayAnswer.promise;
      await route.continue();
    });
    // Nothing is known of the bill yet.
    await page.reload();
    await page.getByRole('main').waitFor();
    const field = page.getByRole('combobox', { name: /^Find a screen/u });
    const options = page.getByRole('listbox', { name: 'Found' }).getByRole('option');
    const marked = page.getByRole('option', { selected: true });
    const spoken = async (): Promise<string> =>
      page.locator(`[id="${(await field.getAttribute('aria-activedescendant')) ?? 'none'}"]`).innerText();
    const openWith = async (letters: string): Promise<void> => {
      await page.keyboard.press('Control+k');
      await field.waitFor();
      await page.keyboard.type(letters);
    };

    await openWith('nova lite');
    await page.getByText('Looking through the bill …', { exact: true }).waitFor();
    expect(await field.getAttribute('aria-expanded')).toBe('false');
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

    // An entry that an arrow went to stays marked when others come before and after it.
    await openWith('ov');
    expect(await marked.innerText()).toBe('Overview');
    const before = await options.allInnerTexts();
    await page.keyboard.press('ArrowUp');
    const chosen = await marked.innerText();
    expect(chosen).toBe(before.at(-1));
    expect(await spoken()).toBe(chosen);
    modelsMayAnswer.resolve();
    await options.filter({ hasText: 'Nova Lite' }).waitFor();
    expect(await options.count()).toBeGreaterThan(before.length);
    expect([await marked.count(), await marked.innerText(), await spoken()]).toEqual([1, chosen, chosen]);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);

    // And where the answer is all there is, it needs no arrow.
    modelsMayAnswer = Promise.withResolvers<void>();
    await page.reload();
    await page.getByRole('main').waitFor();
    await openWith('nova lite');
    await page.getByText('Looking through the bill …', { exact: true }).waitFor();
    modelsMayAnswer.resolve();
    await options.first().waitFor();
    expect(await spoken()).toBe(await options.first().innerText());
    await page.keyboard.press('Enter');
    await expect.poll(() => addressOf(page)).toContain('where=model%3DNova+Lite');
    await page.unrouteAll();
    await page.getByRole('button', { name: 'Remove filter Model is Nova Lite' }).click();
  });

  test('a figure says where it comes from and leads to its rows with the same selection', async () => {
    await open(page, '#/overview?basis=netUnblended');
    await page.getByRole('button', { name: 'Where does “Billed by AWS Marketplace” come from?' }).click();
    const popover = page.getByRole('dialog', { name: /Billed by AWS Marketplace/u });
    await popover.getByText('Net unblended', { exact: true }).waitFor();
    await popover.getByRole('link', { name: 'See the rows in the explorer' }).click();
    await expect.poll(() => addressOf(page)).toMatch(/^#\/explorer\?basis=netUnblended&where=billingEntity/u);
  });

  test('keys typed while another screen is on its way do not reach the one that stands until then', async () => {
    await open(page, '#/overview');
    const heard = await page.evaluate(
      () =>
        new Promise<readonly (string | null)[]>((resolve) => {
          const main = document.querySelector('main');
          const button = main?.querySelector('button') ?? null;
          const keys: string[] = [];
          button?.addEventListener('keydown', ({ key }) => keys.push(key));
          const press = (key: string): void =>
            void button?.dispatchEvent(
              new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }),
            );
          press('d');
          const onMove = (): void => {
            press('f');
            resolve([main?.getAttribute('aria-busy') ?? null, String(button?.isConnected), keys.join()]);
          };
          window.addEventListener('hashchange', onMove, { once: true });
          window.location.assign('#/help');
        }),
    );
    expect(heard).toEqual(['true', 'true', 'd']);
    await page.getByRole('heading', { level: 1, name: 'Help' }).waitFor();
  });

  test('a chart is exported as picture, drawing and figures', async () => {
    await open(page, '#/overview');
    const picture = await downloaded(page, 'Picture (PNG)');
    expect(picture.content.subarray(1, 4).toString()).toBe('PNG');
    const drawing = (await downloaded(page, 'Drawing (SVG)')).content.toString();
    expect(drawing).toContain('Unblended cost over time');
    const { blocks } = await call(page, 'spend.summary', { period: OCTOBER });
    const rows = (await downloaded(page, 'Figures (CSV)')).content
      .toString()
      .trimEnd()
      .split('\r\n')
      .slice(1);
    const sum = rows.reduce((total, row) => total + Number(row.split(',').at(-1)), 0);
    expect(rows).toHaveLength(31);
    expect(sum).toBeCloseTo(blocks[0]?.total ?? Number.NaN, 6);
  });

  test('discounts and credits go from lines of their own to the models they apply to, and the total stays', async () => {
    await open(page, '#/explorer');
    const total = async (spread: boolean) =>
      (
        await call(page, 'spend.query', {
          measures: ['unblended'],
          groupBy: ['chargeType'],
          period: OCTOBER,
          spread,
        })
      ).totals.unblended ?? Number.NaN;
    await page.getByRole('button', { name: 'Discounts and credits: Discounts as lines' }).click();
    await page.getByRole('menuitem', { name: /^Discounts spread/u }).click();
    await page.getByRole('button', { name: 'Discounts and credits: Discounts spread' }).waitFor();
    expect(page.url()).toContain('spread=yes');
    await page
      .getByText(/of cost unpriced|line items/u)
      .first()
      .waitFor();
    await screenshot(page, 'explorer-spread');
    expect(await total(true)).toBeCloseTo(await total(false), 6);
  });

  test('a grid is walked and copied from the keyboard', async () => {
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await open(page, '#/ledger');
    await page.getByRole('grid', { name: 'Invoices' }).focus();
    await page.keyboard.press('Shift+ArrowDown');
    await page.keyboard.press('Control+c');
    await page.getByText('2 rows copied').waitFor();
    const lines = (await page.evaluate(() => navigator.clipboard.readText())).split('\n');
    expect(lines.map((line) => line.split('\t')[0])).toEqual(['State', 'estimated', 'estimated']);
  });

  test('Imports says whether the files are held as they stand, and leads to the ledger and the review', async () => {
    await open(page, '#/import');
    await page
      .getByText(/^All \d+ totals of the files agree with what is held, in rows and in cost\./u)
      .waitFor();
    await screenshot(page, 'imports');
    await page.getByRole('button', { name: 'Tie out with the invoices' }).click();
    await page.getByRole('grid', { name: 'Invoices' }).waitFor();
    await page.goBack();
    await page.getByText(/lines of Bedrock are of unknown kind/u).waitFor();
    await page.getByRole('button', { name: 'Review them' }).click();
    await page.getByRole('tab', { name: /^Open questions/u }).waitFor();
  });

  test('what is held is replaced only when that is what one wants', async () => {
    const held = async (): Promise<number | null> =>
      (await call(page, 'spend.summary', { period: OCTOBER })).blocks[0]?.total ?? null;
    const before = await held();
    await open(page, '#/import');
    const other = (await bill(2, 1)).slice(0, 1);
    await pick(page, other);
    await page.getByText(/would replace what is held/u).waitFor({ timeout: 30_000 });
    await page.getByRole('row', { name: /^Change of the total/u }).waitFor();
    await screenshot(page, 'import-decision');
    await page.getByRole('button', { name: 'Keep what I have' }).click();
    await page.getByText(/^Kept what was held/u).waitFor();
    expect(await held()).toBe(before);
    await pick(page, other);
    await page.getByRole('button', { name: 'Replace', exact: true }).click({ timeout: 30_000 });
    await page
      .getByText(/^Imported: /u)
      .first()
      .waitFor();
    await expect.poll(held).not.toBe(before);
    mode.watch.expectNothingWrong();
  }, 90_000);
});
