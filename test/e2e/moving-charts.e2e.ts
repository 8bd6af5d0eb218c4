// Charts under a slider in a real Chromium: what is drawn over the axes while a thumb moves is what stands there when it rests.
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { BrowserMode } from './browser.ts';
import { describeOn } from './runtimes.ts';
import { onSampleBill, open } from './sample-bill.ts';
import { screenshot } from './watch.ts';

const WAITING = {
  kind: 'batch',
  id: 'batch',
  eligibleShare: { low: 0.2, base: 0.4, high: 0.6 },
  rampMonths: 3,
};

/** The layers on which these charts draw what a lever moves. */
const layersOf = (charts: readonly string[]): string =>
  charts.map((title) => `figure[aria-label="${title}"] canvas[data-zr-dom-id^="zr_1."]`).join();

/** Keeps the pixels of each of them in the page under a name, after so many milliseconds. */
async function keepFigures([layers, name, wait]: readonly [string, string, number]): Promise<void> {
  await new Promise((done) => setTimeout(done, wait));
  const kept = [...document.querySelectorAll<HTMLCanvasElement>(layers)].map(
    (canvas) => canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data,
  );
  Object.assign(globalThis, { [name]: kept });
}

/** For each of them, the share of the levels that are clearly others under two names. */
function figuresApart([one, other]: readonly [string, string]): number[] {
  const kept = globalThis as unknown as Record<string, Uint8ClampedArray[]>;
  return (kept[one] ?? []).map((levels, index) => {
    const others = kept[other]?.[index];
    return levels.filter((level, at) => Math.abs(level - (others?.[at] ?? 0)) > 96).length / levels.length;
  });
}

describeOn('chromium', 'charts under a slider', () => {
  let mode: BrowserMode;
  let page: Page;
  onSampleBill(2, (opened) => {
    mode = opened;
    page = opened.page;
  });

  // With a one-off cost the months have a mark of their own, and are not drawn over axes that stand.
  test.each([
    { oneOffCost: 0, charts: ['From baseline to after', 'Savings by month'] },
    { oneOffCost: 9000, charts: ['From baseline to after'] },
  ])(
    'in the dark, with $oneOffCost once, charts are drawn while a thumb moves as at rest',
    async ({ oneOffCost, charts }) => {
      await page.setViewportSize({ width: 1280, height: 1200 });
      await page.emulateMedia({ colorScheme: 'dark' });
      await open(page, '#/scenario');
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      const chooser = page.waitForEvent('filechooser');
      await page.getByRole('menuitem', { name: 'Import from JSON…' }).click();
      const name = `Once ${oneOffCost}`;
      const levers = [{ ...WAITING, oneOffCost }];
      const baseline = { period: { from: '2026-10-01', to: '2026-10-31' } };
      await (await chooser).setFiles({
        name: 'once.json',
        mimeType: 'application/json',
        buffer: Buffer.from(JSON.stringify({ schemaVersion: 1, name, baseline, levers })),
      });
      await expect.poll(() => page.getByLabel('Name of the scenario').inputValue()).toBe(name);
      const layers = layersOf(charts);
      await expect.poll(() => page.locator(layers).count()).toBe(charts.length);
      await expect.poll(() => page.locator('main [aria-busy="true"]').count()).toBe(0);
      const slider = page.getByLabel('Eligible share of requests, base, slider').first();
      const box = await slider.boundingBox();
      if (box === null) throw new Error('The slider is not in the page.');
      const reach = (share: number): Promise<void> =>
        page.mouse.move(box.x + 7 + share * (box.width - 14), box.y + box.height / 2);
      await reach(0.4);
      await page.mouse.down();
      for (const share of [0.41, 0.43, 0.42]) {
        await page.evaluate(keepFigures, [layers, 'kept', 400] as const);
        await reach(share);
        await page.evaluate(keepFigures, [layers, 'moved', 100] as const);
        await screenshot(page, `scenario-moving-${oneOffCost}-dark`);
        await page.evaluate(keepFigures, [layers, 'rested', 700] as const);
        for (const apart of await page.evaluate(figuresApart, ['moved', 'kept'] as const))
          expect(apart).toBeGreaterThan(0);
        // The edges of bars and the words on them differ by the fraction of a pixel.
        for (const apart of await page.evaluate(figuresApart, ['moved', 'rested'] as const))
          expect(apart).toBeLessThan(0.0015);
      }
      await page.mouse.up();
      await page.getByRole('button', { name: 'Save', exact: true }).click();
      await page.getByText(`Saved “${name}”`).waitFor();
      mode.watch.expectNothingWrong();
    },
  );
});
