// What the page of a scenario takes while a slider is dragged: `node test/bench/slider.ts`, in a clone that is built, with a
// Chromium. A bill of 10,000 usage vectors in 100 price keys (`--keys 400`: in 400) and four levers, as in scenario.ts; a
// slider is moved by the mouse, then left alone. Prints the processor time of the page's own thread and of the threads that
// compute, and by the clock how long a movement waits until it is drawn. `--trace file` keeps Chromium's record, for
// ui.perfetto.dev or chrome://tracing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import type { Scenario } from '../../shared/domain/whatif/scenario.ts';
import { batch, caching, exactly, lever, scenario, target } from '../domain/whatif/bill.ts';
import { type BrowserMode, launchBrowserMode } from '../e2e/browser.ts';
import { call } from '../e2e/calls.ts';
import { pick } from '../e2e/sample-bill.ts';
import { IN_FULL, TASKS, type Tasks, type TraceEvent, tasksOf } from '../e2e/tasks.ts';

const { values } = parseArgs({
  options: { keys: { type: 'string', default: '100' }, trace: { type: 'string' } },
});

/** What a bill of so many price keys names: each model in each region, on demand and as batch. */
const KEYS: Readonly<Record<string, { models: readonly string[]; regions: readonly string[] }>> = {
  100: {
    models: ['NovaLite', 'NovaPro', 'NovaMicro', 'MistralLarge', 'Mixtral8x7B'],
    regions: ['USE1', 'USE2', 'USW2', 'EU', 'EUW2', 'EUW3', 'EUC1', 'APN1', 'APS2', 'SAE1'],
  },
  400: {
    models: [
      ...['NovaLite', 'NovaPro', 'NovaMicro', 'MistralLarge', 'Mixtral8x7B'],
      ...['NovaPremier', 'Nova2.0Lite', 'Claude3.5Sonnet', 'Llama3-70B', 'Llama3-8B'],
    ],
    regions: [
      ...['USE1', 'USE2', 'USW1', 'USW2', 'CAN1', 'EU', 'EUW2', 'EUW3', 'EUC1', 'EUC2'],
      ...['EUN1', 'EUS1', 'APN1', 'APN2', 'APN3', 'APS1', 'APS2', 'APS3', 'APE1', 'SAE1'],
    ],
  },
};
const VECTORS = 10_000;
const MODES = ['', '-batch'];
const METERS = { input: 4, output: 0.6 };

const MOVEMENTS = 40;
/** Between two movements: long enough for an answer, too short for the draft to come to rest. */
const PAUSE_MILLISECONDS = 50;

const HEADER = [
  'bill_bill_type',
  'bill_billing_entity',
  'bill_billing_period_start_date',
  'bill_billing_period_end_date',
  'bill_invoice_id',
  'bill_payer_account_id',
  'identity_line_item_id',
  'identity_time_interval',
  'line_item_currency_code',
  'line_item_line_item_type',
  'line_item_operation',
  'line_item_product_code',
  'line_item_unblended_cost',
  'line_item_usage_account_id',
  'line_item_usage_amount',
  'line_item_usage_start_date',
  'line_item_usage_end_date',
  'line_item_usage_type',
  'pricing_unit',
];

/** One line a vector and meter, on one day of September. */
function writeBill(folder: string, keys: string): string {
  const names = KEYS[keys];
  if (names === undefined) throw new RangeError(`--keys is one of ${Object.keys(KEYS).join(', ')}.`);
  const lines = [HEADER.join()];
  const [start, end] = ['2026-09-14T00:00:00Z', '2026-09-15T00:00:00Z'];
  for (let account = 0; account < VECTORS / Number(keys); account++)
    for (const model of names.models)
      for (const region of names.regions)
        for (const mode of MODES)
          for (const [meter, units] of Object.entries(METERS)) {
            const amount = units * (100 + ((account * 7) % 31));
            const fields = {
              bill_bill_type: 'Anniversary',
              bill_billing_entity: 'AWS',
              bill_billing_period_start_date: '2026-09-01T00:00:00Z',
              bill_billing_period_end_date: '2026-10-01T00:00:00Z',
              bill_invoice_id: '2409',
              bill_payer_account_id: '000123456789',
              identity_line_item_id: `line${lines.length}`,
              identity_time_interval: `${start}/${end}`,
              line_item_currency_code: 'USD',
              line_item_line_item_type: 'Usage',
              line_item_operation: 'InvokeModelInference',
              line_item_product_code: 'AmazonBedrock',
              line_item_unblended_cost: String(amount * 0.0002),
              line_item_usage_account_id: String(200_000_000_000 + account),
              line_item_usage_amount: String(amount),
              line_item_usage_start_date: start,
              line_item_usage_end_date: end,
              line_item_usage_type: `${region}-${model}-${meter}-tokens${mode}`,
              pricing_unit: '1K tokens',
            };
            lines.push(Object.values(fields).join());
          }
  const file = join(folder, 'bill-00001.csv');
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

const range = (base: number) => ({ low: base * 0.8, base, high: Math.min(1, base * 1.2) });
const draft: Scenario = {
  ...scenario([
    lever('routing', {
      share: range(0.3),
      targets: [target('Nova Micro', { quality: 1 })],
      escalation: exactly(0.05),
      todayQuality: null,
      qualityFloor: null,
      requestCeiling: null,
      requestsPerMonth: null,
      routerPerMonth: exactly(100),
    }),
    batch(0.3, { eligibleShare: range(0.3), rampMonths: 3 }),
    caching(0.5, 0.8, { prefixShare: range(0.5) }),
    lever('trimming', { inputCut: range(0.1), cachedCut: exactly(0), outputCut: exactly(0.1) }),
  ]),
  baseline: { period: { from: '2026-09-14', to: '2026-09-14' }, where: [], workload: 'account' },
};

/** Room for headlines, waterfall and months with their table at once, so that all of them are drawn. */
const WINDOW = { width: 1600, height: 1200 };

async function openDraft(page: Page): Promise<void> {
  await page.setViewportSize(WINDOW);
  const { path } = await call(page, 'workspace.info', {});
  const kept = JSON.stringify({ workspace: path, savedId: null, saved: null, scenario: draft });
  await page.evaluate((text) => sessionStorage.setItem('assay.scenario-draft', text), kept);
  await page.evaluate(() => window.location.assign('#/scenario'));
  await page.getByText('10,000 usage vectors').waitFor({ timeout: 120_000 });
  await page.locator('main canvas').nth(1).waitFor();
  await page.getByText('Figures by month').click();
  await page.waitForTimeout(3000);
}

/** How long movements waited, by the clock: until the headline was in the page, and until the frame with both charts was shown. */
type Waited = { readonly headline: number[]; readonly drawn: number[] };

/**
 * The page tells it itself. A chart is drawn when the layer of its figures is cleared while the headline of the movement
 * stands in the page; the table of months, where it is unfolded, is there with the headline.
 */
async function watchMovements(page: Page): Promise<() => Promise<Waited>> {
  await page.evaluate(() => {
    const waited: Waited = { headline: [], drawn: [] };
    let moved: number | null = null;
    let told: number | null = null;
    const pending = new Set<Element>();
    const charts = [...document.querySelectorAll('main canvas[data-zr-dom-id^="zr_1."]')].slice(0, 2);
    const headlines = document.querySelector('[aria-label="Headlines"]');
    if (headlines === null || charts.length < 2) throw new Error('There are no headlines and two charts.');
    let headline = headlines.textContent;
    const readHeadline = (): void => {
      const text = headlines.textContent;
      if (moved === null || text === headline) return;
      headline = text;
      waited.headline.push(performance.now() - moved);
      told = moved;
      moved = null;
      for (const chart of charts) pending.add(chart);
    };
    document.addEventListener('input', () => (moved ??= performance.now()), true);
    new MutationObserver(readHeadline).observe(headlines, {
      subtree: true,
      characterData: true,
      childList: true,
    });
    const { clearRect } = CanvasRenderingContext2D.prototype;
    CanvasRenderingContext2D.prototype.clearRect = function (...box) {
      clearRect.apply(this, box);
      // A chart may be drawn in the task that writes the headline, before an observer is told of it.
      readHeadline();
      if (!pending.delete(this.canvas) || pending.size > 0 || told === null) return;
      const since = told;
      told = null;
      // A frame's callbacks run before it is painted, a task that they post after it.
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => waited.drawn.push(performance.now() - since);
        port2.postMessage(null);
      });
    };
    Object.assign(globalThis, { waited });
  });
  return () => page.evaluate(() => (globalThis as unknown as { waited: Waited }).waited);
}

async function drag(page: Page): Promise<void> {
  const slider = page.getByLabel('Eligible share of requests, base, slider');
  await slider.scrollIntoViewIfNeeded();
  const box = await slider.boundingBox();
  if (box === null) throw new Error('There is no slider.');
  const at = (share: number): readonly [number, number] => [
    box.x + 7 + (box.width - 14) * share,
    box.y + box.height / 2,
  ];
  await page.mouse.move(...at(0.3));
  await page.mouse.down();
  for (let step = 1; step <= MOVEMENTS; step++) {
    await page.mouse.move(...at(0.3 + step / 100));
    await page.waitForTimeout(PAUSE_MILLISECONDS);
  }
  await page.mouse.up();
}

type Recorded = { readonly page: Tasks; readonly threads: Tasks };

async function recorded(
  { browser, page }: BrowserMode,
  run: () => Promise<void>,
  keepAs?: string,
): Promise<Recorded> {
  await browser.startTracing(page, { categories: [...TASKS, ...(keepAs === undefined ? [] : IN_FULL)] });
  await run();
  const trace = await browser.stopTracing();
  if (keepAs !== undefined) writeFileSync(keepAs, trace);
  const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: TraceEvent[] };
  return {
    page: tasksOf(traceEvents, 'CrRendererMain'),
    threads: tasksOf(traceEvents, 'DedicatedWorker thread'),
  };
}

const tenths = (value: number): string => String(Math.round(value * 10) / 10);

/** The middle and the long ones of some times. */
function timesText(times: readonly number[]): string {
  const sorted = times.toSorted((left, right) => left - right);
  const at = (share: number): string => tenths(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  return `median ${at(0.5)} ms, 95 of 100 within ${at(0.95)} ms, slowest ${at(1)} ms, of ${sorted.length}`;
}

function print(moving: Recorded, resting: Recorded, waited: Waited): void {
  console.log(
    `${new Date().toISOString().slice(0, 10)}: ${cpus().length} × ${cpus()[0]?.model ?? 'unknown CPU'}, load average ${loadavg().map(Math.round).join(' ')}\n`,
  );
  const cells = [
    ['the page, a movement', `${tenths(moving.page.total / MOVEMENTS)} ms`],
    ['its longest task while the slider moves', `${tenths(moving.page.longest)} ms`],
    ['computing, a movement', `${tenths(moving.threads.total / MOVEMENTS)} ms`],
    ['the page, coming to rest', `${tenths(resting.page.total)} ms`],
    ['its longest task then', `${tenths(resting.page.longest)} ms`],
    ['computing, coming to rest', `${tenths(resting.threads.total)} ms`],
    ['from the movement to its headline, by the clock', timesText(waited.headline)],
    ['to its waterfall and months on the screen', timesText(waited.drawn)],
  ];
  console.log('| what | processor time |\n|---|---|');
  for (const row of cells) console.log(`| ${row.join(' | ')} |`);
}

const folder = mkdtempSync(join(tmpdir(), 'assay-slider-'));
const mode = await launchBrowserMode([], join(folder, 'slider.assay'));
try {
  const { page } = mode;
  await pick(page, [writeBill(folder, values.keys)]);
  await page.getByText(/rows read =/u).waitFor({ timeout: 120_000 });
  await openDraft(page);
  const waits = await watchMovements(page);
  const moving = await recorded(mode, () => drag(page), values.trace);
  await page.waitForTimeout(2000);
  const waited = await waits();
  const resting = await recorded(mode, async () => {
    await page.getByLabel('Eligible share of requests, base, slider').press('ArrowRight');
    await page.waitForTimeout(3000);
  });
  print(moving, resting, waited);
} finally {
  await mode.close();
  rmSync(folder, { recursive: true, force: true });
}
