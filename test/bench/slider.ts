// What the page of a scenario takes while a slider is dragged: `node test/bench/slider.ts`, in a clone that is built, with a
// Chromium. A bill of 10,000 usage vectors in 100 price keys and four levers, as in scenario.ts; a slider is moved by the
// mouse, then left alone. Prints the processor time of the page's own thread and of the threads that compute.
// `--trace file` keeps Chromium's record, for ui.perfetto.dev or chrome://tracing.
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

const { values } = parseArgs({ options: { trace: { type: 'string' } } });

const ACCOUNTS = 100;
const MODELS = ['NovaLite', 'NovaPro', 'NovaMicro', 'MistralLarge', 'Mixtral8x7B'];
const REGIONS = ['USE1', 'USE2', 'USW2', 'EU', 'EUW2', 'EUW3', 'EUC1', 'APN1', 'APS2', 'SAE1'];
const MODES = ['', '-batch'];
const METERS = { input: 4, output: 0.6 };

const MOVEMENTS = 40;
/** Between two movements: long enough for an answer, too short for the draft to come to rest. */
const PAUSE_MILLISECONDS = 100;

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
function writeBill(folder: string): string {
  const lines = [HEADER.join()];
  const [start, end] = ['2026-09-14T00:00:00Z', '2026-09-15T00:00:00Z'];
  for (let account = 0; account < ACCOUNTS; account++)
    for (const model of MODELS)
      for (const region of REGIONS)
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

async function openDraft(page: Page): Promise<void> {
  const { path } = await call(page, 'workspace.info', {});
  const kept = JSON.stringify({ workspace: path, savedId: null, saved: null, scenario: draft });
  await page.evaluate((text) => sessionStorage.setItem('assay.scenario-draft', text), kept);
  await page.evaluate(() => window.location.assign('#/scenario'));
  await page.getByText('10,000 usage vectors').waitFor({ timeout: 120_000 });
  await page.locator('main canvas').first().waitFor();
  await page.waitForTimeout(3000);
}

/** The page tells how long each movement waited for its headline, by the clock. */
async function watchHeadline(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const waited: number[] = [];
    let moved: number | null = null;
    document.addEventListener('input', () => (moved ??= performance.now()), true);
    const headlines = document.querySelector('[aria-label="Headlines"]');
    if (headlines === null) throw new Error('There are no headlines.');
    new MutationObserver(() => {
      if (moved !== null) waited.push(performance.now() - moved);
      moved = null;
    }).observe(headlines, { subtree: true, characterData: true, childList: true });
    Object.assign(globalThis, { waited });
  });
  return () => page.evaluate(() => (globalThis as unknown as { waited: number[] }).waited);
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

function print(moving: Recorded, resting: Recorded, waited: readonly number[]): void {
  const sorted = waited.toSorted((left, right) => left - right);
  const at = (share: number): string => tenths(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
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
    [
      'from the movement to its headline, by the clock',
      `median ${at(0.5)} ms, slowest ${at(1)} ms, of ${waited.length}`,
    ],
  ];
  console.log('| what | processor time |\n|---|---|');
  for (const row of cells) console.log(`| ${row.join(' | ')} |`);
}

const folder = mkdtempSync(join(tmpdir(), 'assay-slider-'));
const mode = await launchBrowserMode([], join(folder, 'slider.assay'));
try {
  const { page } = mode;
  await pick(page, [writeBill(folder)]);
  await page.getByText(/rows read =/u).waitFor({ timeout: 120_000 });
  await openDraft(page);
  const headlines = await watchHeadline(page);
  const moving = await recorded(mode, () => drag(page), values.trace);
  await page.waitForTimeout(2000);
  const waited = await headlines();
  const resting = await recorded(mode, async () => {
    await page.getByLabel('Eligible share of requests, base, slider').press('ArrowRight');
    await page.waitForTimeout(3000);
  });
  print(moving, resting, waited);
} finally {
  await mode.close();
  rmSync(folder, { recursive: true, force: true });
}
