// Scenarios in a real Chromium on a sample bill: from a template, put in order by dragging, side by side, on paper.
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { createFormat } from '../../shared/format/format.ts';
import type { BrowserMode } from './browser.ts';
import { call } from './calls.ts';
import { leverOrder } from './keyboard.ts';
import { describeOn } from './runtimes.ts';
import { onSampleBill, open, pick } from './sample-bill.ts';
import { readableInBothThemes, screenshot } from './watch.ts';

const format = createFormat();

/** Six million tokens in each hour from 09:00 to 17:00 in Berlin on the working days of March 2026, as a file. */
function officeBill(): string {
  const header = [
    'bill_payer_account_id,bill_billing_period_start_date,bill_billing_entity,line_item_usage_account_id',
    'line_item_line_item_type,line_item_usage_start_date,line_item_usage_end_date,line_item_product_code',
    'product_product_name,line_item_usage_type,line_item_operation,line_item_usage_amount,pricing_unit',
    'line_item_currency_code,line_item_unblended_cost',
  ].join();
  const days = Array.from({ length: 31 }, (_, index) => index + 1);
  const line = (day: number, hour: number, thousands: number): string => {
    const at = (begin: number): string => new Date(Date.UTC(2026, 2, day, begin)).toISOString();
    return [
      '888888888888,2026-03-01T00:00:00.000Z,AWS,222222222222,Usage',
      at(hour),
      at(hour + 1),
      'AmazonBedrock,Amazon Bedrock,USE1-NovaPro-input-tokens,InvokeModelInference',
      thousands,
      '1K tokens,USD',
      (thousands / 1000) * 0.8,
    ].join();
  };
  const lines = days.flatMap((day) => {
    const isWeekend = [0, 6].includes(new Date(Date.UTC(2026, 2, day)).getUTCDay());
    // A test run at noon of each day of a weekend: every day is held. The clocks go forward on the 29th.
    if (isWeekend) return [line(day, 12, 1)];
    return Array.from({ length: 8 }, (_, hour) => line(day, (day < 29 ? 8 : 7) + hour, 6000));
  });
  const file = join(mkdtempSync(join(tmpdir(), 'assay-office-')), 'office.csv');
  writeFileSync(file, [header, ...lines].join('\n'));
  return file;
}

/** A month in which the clocks of Berlin change, and 10 % more every month after it. */
const GROWING = {
  schemaVersion: 1,
  name: 'Units for next year',
  baseline: { period: { from: '2026-03-01', to: '2026-03-31' } },
  growth: [{ perMonth: { low: 0.1, base: 0.1, high: 0.1 } }],
  levers: [
    {
      kind: 'provisioned',
      id: 'units',
      scope: [{ dimension: 'model', operator: '=', values: ['Nova Pro'] }],
      units: 1,
      unitInputPerMinute: 100_000,
      unitOutputPerMinute: 100_000,
      usdPerUnitHour: { low: 4, base: 4, high: 4 },
      overflow: 'spill',
      timeZone: 'Europe/Berlin',
    },
  ],
};

/** Opens a scenario over October that was never saved. */
async function importScenario(page: Page, name: string, levers: readonly object[]): Promise<void> {
  const baseline = { period: { from: '2026-10-01', to: '2026-10-31' } };
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Import from JSON…' }).click();
  await (await chooser).setFiles([
    {
      name: 'scenario.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ schemaVersion: 1, name, baseline, levers })),
    },
  ]);
  await expect.poll(() => page.getByLabel('Name of the scenario').inputValue()).toBe(name);
}

/** How far the slider is moved, in hundredths. */
const STEPS = 20;

describeOn('chromium', 'scenarios on a sample bill', () => {
  let mode: BrowserMode;
  let page: Page;
  onSampleBill(2, (opened) => {
    mode = opened;
    page = opened.page;
  });

  test('a template’s levers are off but for the confirmed one, whose saving is the engine’s', async () => {
    await open(page, '#/scenario');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    await page.getByRole('menuitem', { name: 'New from template…' }).click();
    const dialog = page.getByRole('dialog', { name: 'New from template' });
    await dialog.getByRole('checkbox', { name: 'Move what can wait to batch' }).check();
    await readableInBothThemes(page, 'scenario-template');
    await dialog.getByRole('button', { name: 'Start with 1 confirmed' }).click();
    await expect.poll(() => leverOrder(page)).toContain('batch');
    const switches = page.getByRole('switch', { name: 'Lever switched on' });
    const on = await switches.evaluateAll(
      (all) => all.filter((one) => (one as HTMLInputElement).checked).length,
    );
    expect(on).toBe(1);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('Saved “Eight-step playbook”').waitFor();
    const [saved] = (await call(page, 'scenario.list', {})).scenarios;
    if (saved === undefined) throw new Error('Nothing was saved.');
    const answer = await call(page, 'scenario.run', { scenario: saved.scenario });
    await page
      .getByRole('region', { name: 'Headlines' })
      .getByText(format.money(answer.headlines.savingAtPrice!.base, 'USD'), { exact: true })
      .waitFor();
  });

  test('while a slider moves, headline and ledger are of one state in every frame', async () => {
    await page.evaluate(() => {
      const frames: string[][] = [];
      Object.assign(globalThis, { frames });
      const amount = (of: string): string =>
        /[−-]?\$[\d,]+\.\d\d/u.exec(document.querySelector(of)?.textContent ?? '')?.[0] ?? 'none';
      const look = (): void => {
        frames.push([
          amount('[aria-label="Headlines"] [role="group"]'),
          amount('main tfoot td:nth-of-type(2)'),
        ]);
        requestAnimationFrame(look);
      };
      look();
    });
    const slider = page.getByLabel('Eligible share of requests, base, slider').first();
    await slider.scrollIntoViewIfNeeded();
    const before = Number.parseFloat((await slider.getAttribute('aria-valuetext')) ?? '');
    for (let step = 1; step <= STEPS; step++) {
      await slider.press('ArrowRight');
      await page.waitForTimeout(50);
    }
    await expect.poll(() => slider.getAttribute('aria-valuetext')).toBe(`${before + STEPS} %`);
    await expect.poll(() => page.locator('main [aria-busy="true"]').count()).toBe(0);
    const frames = await page.evaluate(() => (globalThis as unknown as { frames: string[][] }).frames);
    expect(frames.filter(([headline, ledger]) => headline !== ledger)).toEqual([]);
    expect(new Set(frames.map(([headline]) => headline)).size).toBeGreaterThan(3);
    await page.keyboard.press('Control+z');
  });

  test('beside a thumb in the hand stand the figures of that very value, and so they do in what is exported', async () => {
    const [saved] = (await call(page, 'scenario.list', {})).scenarios;
    if (saved === undefined) throw new Error('Nothing was saved.');
    /** What the engine answers with so much of it in batch, as the screen writes it. */
    const answerAt = async (share: number): Promise<Record<string, string>> => {
      const levers = saved.scenario.levers.map((lever) => {
        if (lever.id !== 'batch' || lever.kind !== 'batch') return lever;
        const { low, high } = lever.eligibleShare;
        return {
          ...lever,
          eligibleShare: { low: Math.min(low, share), base: share, high: Math.max(high, share) },
        };
      });
      const { headlines, ledger, after } = await call(page, 'scenario.run', {
        scenario: { ...saved.scenario, levers },
      });
      const saving = ledger.find(({ leverId }) => leverId === 'batch')?.inOrder?.base ?? null;
      const money = (value: number | null): string => format.money(value, 'USD');
      return {
        card: money(saving),
        ledger: money(saving),
        headline: money(headlines.savingAtPrice?.base ?? null),
        bar: money(saving === null ? null : -saving),
        after: money(after?.base ?? null),
      };
    };
    const waterfall = page.getByRole('figure', { name: 'From baseline to after' });
    const shown = async (): Promise<Record<string, string>> => {
      const { bar, after, ...others } = await page.evaluate(() => {
        const amount = (of: Element | null | undefined): string =>
          /[−-]?\$[\d,]+\.\d\d/u.exec(of?.textContent ?? '')?.[0] ?? 'none';
        const row = (rows: string, name: string): Element | undefined =>
          [...document.querySelectorAll(rows)].find((one) => one.textContent?.includes(name));
        const step = (name: string): string =>
          row('figure[aria-label="From baseline to after"] [role="row"]', name)?.children.item(1)
            ?.textContent ?? 'none';
        const label = 'Move what can wait to batch';
        return {
          card: amount(document.querySelector('[data-lever="batch"]')),
          ledger: amount(row('section:has(tfoot) tbody tr', label)?.querySelectorAll('td').item(2)),
          headline: amount(document.querySelector('[aria-label="Headlines"] [role="group"]')),
          bar: step(label),
          after: step('After'),
        };
      });
      // The table's header names the currency.
      const money = (text: string): string =>
        format.money(Number(text.replace('−', '-').replaceAll(',', '')), 'USD');
      return { ...others, bar: money(bar), after: money(after) };
    };
    await page.getByRole('button', { name: 'From baseline to after: show as table' }).click();
    const slider = page.getByLabel('Eligible share of requests, base, slider').first();
    await slider.scrollIntoViewIfNeeded();
    const box = await slider.boundingBox();
    if (box === null) throw new Error('The slider is not in the page.');
    const placeOf = (share: number): number => box.x + 7 + share * (box.width - 14);
    const held = async (): Promise<number> => Number(await slider.inputValue()) / 1000;
    await page.mouse.move(placeOf(await held()), box.y + box.height / 2);
    await page.mouse.down();
    for (const share of [0.55, 0.71, 0.63]) {
      await page.mouse.move(placeOf(share), box.y + box.height / 2, { steps: 8 });
      expect(await held()).toBeCloseTo(share, 2);
      await expect.poll(shown).toEqual(await answerAt(await held()));
    }
    // With the thumb still in the hand, as a key or a program may.
    const pressed = async (name: string, role: 'button' | 'menuitem' = 'menuitem'): Promise<void> => {
      const one = page.getByRole(role, { name, exact: true });
      await one.waitFor({ state: 'attached' });
      await one.evaluate((element) => (element as HTMLElement).click());
    };
    const downloaded = async (item: string): Promise<string[][]> => {
      const download = page.waitForEvent('download');
      await pressed(item);
      const text = readFileSync(await (await download).path(), 'utf8');
      return Papa.parse<string[]>(text, { skipEmptyLines: true }).data;
    };
    const moneyIn = (rows: string[][], name: string, column: number): string =>
      format.money(Number(rows.find((cells) => cells.includes(name))?.[column]), 'USD');
    await page.mouse.move(placeOf(0.8), box.y + box.height / 2, { steps: 4 });
    await pressed('From baseline to after: export', 'button');
    const steps = await downloaded('Figures (CSV)');
    const inHand = await answerAt(await held());
    expect(moneyIn(steps, 'Move what can wait to batch', 1)).toBe(inHand.bar);
    expect(moneyIn(steps, 'After', 1)).toBe(inHand.after);
    // Let go, and exported before anything has come to rest.
    await page.mouse.move(placeOf(0.37), box.y + box.height / 2, { steps: 4 });
    await page.mouse.up();
    const letGo = await answerAt(await held());
    await pressed('Export', 'button');
    const rows = await downloaded('Ledger and months, CSV');
    const base = rows[0]?.indexOf('base') ?? -1;
    expect(moneyIn(rows, 'saving at price', base)).toBe(letGo.headline);
    expect(moneyIn(rows, 'cost after', base)).toBe(letGo.after);
    await expect.poll(shown).toEqual(letGo);
    await waterfall.getByRole('button', { name: 'From baseline to after: show as chart' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
  });

  test('a lever is dragged by its handle to another place', async () => {
    const before = await leverOrder(page);
    const cards = page.locator('[data-lever]');
    while ((await page.getByRole('button', { name: 'Fold lever', exact: true }).count()) > 0)
      await page.getByRole('button', { name: 'Fold lever', exact: true }).first().click();
    // Both in sight before the hand closes: a hover scrolls to what is out of sight, and where the page scrolls
    // between the press and the first move the browser begins no drag.
    await cards.nth(0).scrollIntoViewIfNeeded();
    await cards.nth(1).locator('[draggable=true]').hover();
    await page.mouse.down();
    // A hand moves over the place more than once; the browser lets go only where the move before was welcome.
    for (const x of [60, 64, 68]) await cards.nth(0).hover({ position: { x, y: 6 } });
    await page.mouse.up();
    await expect.poll(() => leverOrder(page)).toEqual([before[1], before[0], ...before.slice(2)]);
    await page.getByText(/is now lever 1 of/u).waitFor({ state: 'attached' });
  });

  test('two scenarios side by side say what the engine says', async () => {
    await page.getByRole('button', { name: 'More' }).click();
    await page.getByRole('menuitem', { name: 'Save as a copy' }).click();
    await page.getByText('Saved “Eight-step playbook, copy”').waitFor();
    const { scenarios } = await call(page, 'scenario.list', {});
    await open(page, `#/compare?of=${scenarios.map(({ id }) => id).join()}`);
    const { figures } = await call(page, 'scenario.compare', {
      scenarios: scenarios.map(({ scenario }) => scenario),
    });
    const saving = figures.find(({ figure }) => figure === 'savingAtPrice');
    const row = page.getByRole('row', { name: /^Saving at list price/u });
    for (const band of saving?.values ?? [])
      await row
        .getByText(format.money(band?.base ?? null, 'USD'), { exact: true })
        .first()
        .waitFor();
    await readableInBothThemes(page, 'scenario-compare');
  });

  test('shares, the tornado and the draws are readable; the report is put on paper once', async () => {
    await open(page, '#/scenario');
    await page.getByRole('button', { name: 'Compute', exact: true }).click();
    await page.getByRole('heading', { name: 'How often it comes to how much' }).waitFor({ timeout: 30_000 });
    await page.getByRole('heading', { name: 'Which assumption moves it most' }).scrollIntoViewIfNeeded();
    await readableInBothThemes(page, 'scenario-chances');
    await page.evaluate(() => {
      const printed: string[] = [];
      Object.assign(globalThis, {
        printed,
        print: () => printed.push(document.querySelector('body > article')?.textContent ?? ''),
      });
    });
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Report, PDF' }).click();
    const texts = (): Promise<string[]> =>
      page.evaluate(() => (globalThis as unknown as { printed: string[] }).printed);
    await expect.poll(async () => (await texts()).length).toBe(1);
    for (const stated of [
      'What this rests on',
      'unblended, USD',
      'How the levers act on each other',
      'not measured on this usage',
    ])
      expect((await texts())[0]).toContain(stated);
    await expect.poll(() => page.locator('body > article').count()).toBe(0);
  });

  test('an amount in the millions that reaches far stays in its column', async () => {
    const share = { low: 0.1, base: 0.5, high: 0.9 };
    await importScenario(page, 'A dear router', [
      { kind: 'batch', id: 'batch', eligibleShare: share },
      {
        kind: 'routing',
        id: 'routing',
        share,
        targets: [{ model: 'Nova Lite', weight: 1 }],
        routerPerMonth: { low: 1_000_000, base: 2_345_678.9, high: 123_456_789.01 },
      },
    ]);
    await open(page, '#/scenario');
    await readableInBothThemes(page, 'scenario-millions');
  });

  test('labs follow when another scenario is opened, and when a lever is given another scope', async () => {
    const imported = (kind: string, model: string, parts: object): Promise<void> => {
      const scope = [{ dimension: 'model', operator: '=', values: [model] }];
      return importScenario(page, `${kind} ${model}`, [{ kind, id: kind, scope, ...parts }]);
    };
    const half = { low: 0.5, base: 0.5, high: 0.5 };
    await imported('residency', 'Claude Sonnet 4.5', { share: half, tier: 'regional' });
    const lab = page.getByRole('heading', { name: /^Residency lab/u }).locator('xpath=ancestor::section[1]');
    await lab.getByText('Claude Sonnet 4.5').waitFor();
    await imported('residency', 'Claude Haiku 4.5', { share: half, tier: 'regional' });
    await lab.getByText('Claude Haiku 4.5').waitFor();
    await imported('batch', 'Nova Lite', { eligibleShare: half });
    await page.getByRole('heading', { name: /^Batch lab/u }).waitFor();
    await page
      .getByRole('button', { name: /^Remove .*Nova Lite/u })
      .first()
      .click();
    await page
      .getByRole('heading', { name: /^Batch lab/u })
      .locator('xpath=ancestor::section[1]')
      .getByText('Claude Sonnet 4.5')
      .first()
      .waitFor();
    mode.watch.expectNothingWrong();
  });

  test('the workbook is downloaded as one', async () => {
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    await page.getByRole('menuitem', { name: 'Workbook with formulas, XLSX' }).click();
    const bytes = readFileSync(await (await download).path());
    expect(bytes.subarray(0, 2).toString('latin1')).toBe('PK');
  });

  test('capacity is sized for the volume ahead, and switched by the clock of the users', async () => {
    await open(page, '#/import');
    await pick(page, [officeBill()]);
    await page.getByText(/185 rows read =/u).waitFor({ timeout: 60_000 });
    await open(page, '#/scenario');
    await page.getByRole('button', { name: 'Open', exact: true }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('menuitem', { name: 'Import from JSON…' }).click();
    await (await chooser).setFiles({
      name: 'growing.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(GROWING)),
    });
    await page.getByText(/^Imported growing\.json/u).waitFor();
    const lab = page.getByRole('region', { name: /^Capacity lab/u });
    await lab.getByText(/at the volume and prices of Apr 2026, 110\.0% of the bill’s tokens/u).waitFor();
    await lab.getByText(/^Units of least cost by month/u).click();
    await lab.getByRole('row', { name: /May 2026.*121\.0%/u }).waitFor();
    await lab.getByText(/^Switched by the hour/u).click();
    await lab.getByText(/by the clock of Europe\/Berlin/u).waitFor();
    await page.getByRole('combobox', { name: 'Volume that the lab sizes for' }).click();
    await page.getByRole('option', { name: 'Volume of the bill' }).click();
    await lab.getByText(/^Hours of the bill by the units they need/u).waitFor();
    await lab.scrollIntoViewIfNeeded();
    await readableInBothThemes(page, 'scenario-capacity');
    const zone = page.getByRole('combobox', { name: 'Time zone' });
    await zone.click();
    await zone.fill('Kolkata');
    await page.getByRole('option', { name: 'Asia/Kolkata' }).click();
    await lab.getByText(/by the clock of Asia\/Kolkata/u).waitFor();
    await lab
      .getByRole('cell', { name: /^\d\d:30 to \d\d:30$/u })
      .first()
      .waitFor();
    await screenshot(page, 'scenario-zone');
  });
});
