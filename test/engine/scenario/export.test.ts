import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { scenarioAnswer, scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { closeWorkspace } from '../../../src-main/engine/db/open.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { scenarioReport } from '../../../src-main/engine/export/scenario-report.ts';
import { filledWorkspace } from '../fixture.ts';
import { testWorkspace } from '../import/workspace.ts';
import { readSheets } from './sheets.ts';

const exactly = (value: number) => ({ low: value, base: value, high: value });

const SCENARIO: Input<'scenario.run'>['scenario'] = {
  schemaVersion: 1,
  name: 'What | if <b>',
  note: '=HYPERLINK("http://example.com")',
  baseline: { period: { from: '2026-08-01', to: '2026-08-31' } },
  levers: [
    {
      kind: 'batch',
      id: 'b',
      label: '=1+1',
      eligibleShare: { low: 0.4, base: 0.5, high: 0.6 },
      oneOffCost: 2,
    },
    {
      kind: 'caching',
      id: 'c',
      prefixShare: { low: 0.5, base: 0.5, high: 0.5 },
      arrival: { pattern: 'poisson', requestsPerHour: { low: 6, base: 6, high: 6 } },
    },
  ],
  commitment: {
    year: {
      start: '2026-09-01',
      commit: 500,
      discount: 0.1,
      drawdown: 'after_discount',
      shortfallSettled: 'face',
    },
    organicAws: { low: 400, base: 450, high: 500 },
    organicMarketplace: { low: 0, base: 0, high: 0 },
  },
};

/** August 2026: 100 million input and 20 million output tokens of Nova Lite, and tax. */
function workspace() {
  const { folder } = testWorkspace();
  const path = join(folder, 'export.assay');
  const db = filledWorkspace(path, [
    { unblended: 6, quantity: 100_000 },
    { unblended: 4.8, quantity: 20_000, meter: 'output', usageType: 'USE1-NovaLite-output-tokens' },
    { unblended: 1, isUsage: false, chargeType: 'Tax', usageType: null, model: null, provider: null },
  ]);
  closeWorkspace(db);
  const engine = createEngine({ workspacePath: path });
  const write = async (format: 'csv' | 'json' | 'md', scenario = SCENARIO) => {
    const target = join(folder, `answer.${format}`);
    const written = await engine.call('export.scenario', { scenario, target, format });
    const text = readFileSync(target, 'utf8');
    expect(written.bytes).toBe(Buffer.byteLength(text));
    return { text, rows: written.rows };
  };
  return { engine, write, folder };
}

test('JSON holds the scenario and its answer in the shapes of the contract', async () => {
  const { engine, write } = workspace();
  const { scenario, answer } = JSON.parse((await write('json')).text);
  expect(scenarioSchema.parse(scenario)).toEqual(scenario);
  expect(scenarioAnswer.parse(answer)).toEqual(answer);
  expect(answer).toEqual(await engine.call('scenario.run', { scenario: SCENARIO }));
  engine.close();
});

test('CSV has every figure in a row of its own, with full precision and no formulas', async () => {
  const { engine, write } = workspace();
  const { text, rows } = await write('csv');
  const { data } = Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true });
  expect(data).toHaveLength(rows);
  const find = (section: string, figure: string) =>
    data.find((one) => one.section === section && one.figure === figure)!;
  const answer = await engine.call('scenario.run', { scenario: SCENARIO });
  expect(Number(find('headline', 'saving at price').base)).toBe(answer.headlines.savingAtPrice?.base);
  expect(Number(find('headline', 'cash saving this commitment year').low)).toBe(
    answer.headlines.cashThisYear!.low,
  );
  // half of 10.80, at half the price
  expect(Number(find('lever', 'saving in order').base)).toBeCloseTo(2.7, 9);
  expect(find('lever', 'saving in order').lever).toBe("'=1+1");
  expect(find('outside', 'Tax')).toMatchObject({ base: '1', note: 'not_usage' });
  expect(data.filter(({ section }) => section!.startsWith('month '))).toHaveLength(60);
  for (const one of data) for (const cell of Object.values(one)) expect(cell).not.toMatch(/^[=+@]/u);
  engine.close();
});

test('the report tells a one-off cost that never comes back from none at all', async () => {
  const { engine } = workspace();
  const paidBack = async (oneOffCost: number): Promise<string | undefined> => {
    const { blocks } = await engine.call('scenario.report', {
      scenario: { ...SCENARIO, levers: SCENARIO.levers.map((lever) => ({ ...lever, oneOffCost })) },
    });
    return blocks
      .flatMap((block) => (block.kind === 'table' ? block.rows : []))
      .find(([label]) => label === 'One-off cost paid back, at price')?.[1];
  };
  expect(await paidBack(0)).toBe('nothing to pay back');
  expect(await paidBack(1_000_000)).toBe('not within the horizon');
  engine.close();
});

test('Markdown shows both headlines, the ledger with its reasons, and the commitment', async () => {
  const { engine, write } = workspace();
  const { text } = await write('md');
  expect(text).toContain('# What \\| if \\<b\\>');
  expect(text).toContain('| **Saving at list price, Aug 2026** |');
  expect(text).toContain('Cash saving at list price this commitment year, from 1 Sep 2026');
  expect(text).toContain('| Cost after the levers, tokens |');
  expect(text).toContain('| One-off cost paid back, at price | end of Sep 2026 |');
  expect(text).toContain('Batch inference knows no prompt caching.');
  expect(text).toContain('Sources dispute the price of cache writes');
  expect(text).toContain('## Commitment year from 1 Sep 2026');
  expect(text).toContain('AI spend of the year: the baseline’s daily average (days covered: 1)');
  // every table row has as many cells as its header
  for (const block of text
    .trimEnd()
    .split('\n\n')
    .filter((part) => part.startsWith('|'))) {
    const widths = block.split('\n').map((line) => line.replaceAll('\\|', '').split('|').length);
    expect(new Set(widths).size).toBe(1);
  }
  engine.close();
});

test('the whole selection stands out in the report, with paid capacity in it and without', async () => {
  const { engine } = workspace();
  const answer = await engine.call('scenario.run', { scenario: SCENARIO });
  for (const capacity of [0, 5]) {
    const held = { ...answer, baseline: { ...answer.baseline, capacity } };
    const { blocks } = scenarioReport(
      { scenario: scenarioSchema.parse(SCENARIO), answer: held, models: [], sensitivity: null },
      { workspace: 'bill.assay', imports: 2, lastImport: null, writtenAt: new Date('2026-09-02') },
    );
    const tables = blocks.flatMap((block) =>
      block.kind === 'table' && block.header[1] === 'USD' ? [block] : [],
    );
    const [baseline] = tables;
    expect(baseline?.strong.map((row) => baseline.rows[row]?.[0])).toEqual([
      'The whole selection, as invoiced',
    ]);
  }
  engine.close();
});

/** Two levers that act, and one that is switched off. */
const STACKED: typeof SCENARIO = {
  ...SCENARIO,
  levers: [
    ...SCENARIO.levers,
    { kind: 'trimming', id: 't', label: 'Shorter prompts', enabled: false, inputCut: exactly(0.1) },
  ],
};

test('the report begins with a page that stands by itself, and details of the levers come last', async () => {
  const { engine } = workspace();
  const { blocks, source } = await engine.call('scenario.report', { scenario: STACKED });
  const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block] : []));
  expect(headings.map(({ text }) => text)).toEqual([
    'From baseline to after',
    'Without a price, or assumed',
    'Months ahead, at price',
    'Commitment year from 1 Sep 2026',
    'Assumptions',
    'How the levers act on each other',
    'Which assumption moves the saving most',
    'Start, owner and evidence',
    'What this rests on',
    'Notes',
    'Baseline',
    'Models',
    'Levers in detail',
    '1. =1+1',
    '2. Prompt caching',
    'Switched off, in no figure above',
  ]);
  expect(headings.filter(({ newPage }) => newPage).map(({ text }) => text)).toEqual([
    'Months ahead, at price',
  ]);
  const off = blocks.filter((block) => JSON.stringify(block).includes('Shorter prompts'));
  expect(off).toEqual([
    { kind: 'list', items: [expect.stringMatching(/^Shorter prompts: saving alone \$0\.60/u)] },
  ]);
  expect(blocks.at(-1)).toBe(off[0]);
  expect(source).toMatch(
    /^export\.assay: 1 import.* · Aug 2026, unblended, USD · list prices, catalog .* · written /u,
  );
  engine.close();
});

test('the charts of the report have the figures of the ledger, the months and the year, and a table says the same', async () => {
  const { engine } = workspace();
  const { blocks } = await engine.call('scenario.report', { scenario: STACKED });
  const answer = await engine.call('scenario.run', { scenario: STACKED });
  const found = await engine.call('scenario.sensitivity', { scenario: STACKED });
  const charts = blocks.flatMap((block) => (block.kind === 'chart' ? [block.chart] : []));
  expect(charts.map(({ draws }) => draws)).toEqual(['waterfall', 'savings', 'savings', 'tornado']);
  const [way, months, cash, assumptions] = charts;
  if (way?.draws !== 'waterfall' || months?.draws !== 'savings') throw new Error('Not these charts.');
  if (cash?.draws !== 'savings' || assumptions?.draws !== 'tornado') throw new Error('Not these charts.');
  const on = answer.ledger.filter(({ enabled }) => enabled);
  expect(way.steps.map(({ amount }) => amount)).toEqual([
    answer.baseline.atPrice?.base,
    ...on.map(({ inOrder }) => -(inOrder?.base ?? Number.NaN)),
    answer.after?.base,
  ]);
  expect(months.months.map(({ saving, cumulative }) => [saving, cumulative])).toEqual(
    answer.monthly.map(({ saving, cumulative }) => [saving, cumulative]),
  );
  expect(cash.months.at(-1)?.cumulative).toBe(answer.commitment?.cashMonths.at(-1)?.cumulative);
  expect(cash.months.map(({ saving, oneOff }) => saving - oneOff)).toEqual(
    answer.commitment?.cashMonths.map((month) => expect.closeTo(month.cash, 9)),
  );
  expect(assumptions.base).toBe(found.base.savingAtPrice);
  expect(assumptions.bars[0]?.atLow).toBe(found.assumptions[0]?.low.savingAtPrice);
  // In words beside it, to the cent.
  const levers = blocks.find((block) => block.kind === 'table' && block.header[1] === 'Lever, in this order');
  const saved = levers?.kind === 'table' ? levers.rows.map((row) => row[3]) : [];
  const money = createFormat().money;
  expect(saved).toEqual([
    ...on.map(({ inOrder }) => money(inOrder?.base ?? null, 'USD')),
    money(answer.headlines.savingAtPrice?.base ?? null, 'USD'),
  ]);
  engine.close();
});

test('two levers of one name are told apart in the report, by their place and what they apply to', async () => {
  const { engine } = workspace();
  const twice = (id: string, model: string) => ({
    kind: 'batch' as const,
    id,
    eligibleShare: { low: 0.2, base: 0.3, high: 0.4 },
    scope: [{ dimension: 'model', operator: '=' as const, values: [model] }],
  });
  const { blocks } = await engine.call('scenario.report', {
    scenario: { ...SCENARIO, levers: [twice('one', 'Nova Lite'), twice('two', 'Nova Pro')] },
  });
  const headings = blocks.flatMap((block) => (block.kind === 'heading' ? [block.text] : []));
  expect(headings.filter((text) => /^\d/u.test(text))).toEqual([
    '1. Batch migration (Model is Nova Lite)',
    '2. Batch migration (Model is Nova Pro)',
  ]);
  const bars = blocks.flatMap((block) =>
    block.kind === 'chart' && block.chart.draws === 'tornado' ? block.chart.bars : [],
  );
  expect(bars.map(({ label }) => label)).toEqual(['1: eligible share']);
  engine.close();
});

test('a lever on hundreds of price keys shows the movements that matter, and all others in one sum', async () => {
  const { engine } = workspace();
  const answer = await engine.call('scenario.run', { scenario: SCENARIO });
  const [first, ...others] = answer.ledger;
  const one = first?.moved[0];
  if (first === undefined || one === undefined) throw new Error('Nothing moved.');
  const moved = Array.from({ length: 40 }, (_, index) => ({
    ...one,
    model: `Model ${index}`,
    costBefore: index,
    costAfter: 0,
  }));
  const { blocks } = scenarioReport(
    {
      scenario: scenarioSchema.parse(SCENARIO),
      answer: { ...answer, ledger: [{ ...first, moved }, ...others] },
      models: [],
      sensitivity: null,
    },
    { workspace: 'bill.assay', imports: 1, lastImport: null, writtenAt: new Date('2026-09-02') },
  );
  const table = blocks.find((block) => block.kind === 'table' && block.header[0] === 'Moved');
  if (table?.kind !== 'table') throw new Error('No such table.');
  expect(table.rows).toHaveLength(13);
  expect(table.rows[0]?.[0]).toBe('Model 39, us-east-1');
  // 0 + 1 + … + 27
  expect([table.rows[12]?.[0], table.rows[12]?.[3]]).toEqual(['28 more', '$378.00']);
  engine.close();
});

test('a target that cannot be written is said, and what was there stays', async () => {
  const { engine, folder } = workspace();
  writeFileSync(join(folder, 'file'), 'kept');
  const target = join(folder, 'file', 'answer.csv');
  const call = engine.call('export.scenario', { scenario: SCENARIO, target, format: 'csv' });
  await expect(call).rejects.toMatchObject({ code: 'file_unwritable' });
  expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('kept');
  engine.close();
});

/** The two levers as they are when they are added, beside nothing else. */
const UNSTATED: typeof SCENARIO = {
  ...SCENARIO,
  levers: [
    { kind: 'batch', id: 'b', label: 'Queues', eligibleShare: exactly(0), oneOffCost: 2 },
    { kind: 'routing', id: 'r', label: 'Router', share: exactly(0), targets: [] },
  ],
};

test('levers that nobody has filled in are empty cells and dashes with what to state, in every format', async () => {
  const { engine, write, folder } = workspace();
  const { data } = Papa.parse<Record<string, string>>((await write('csv', UNSTATED)).text, {
    header: true,
    skipEmptyLines: true,
  });
  const saved = data.filter(({ section, figure }) => section === 'lever' || figure === 'saving at price');
  expect(saved.map(({ low, base, high }) => [low, base, high])).toEqual(Array(7).fill(['', '', '']));
  expect(saved.every(({ note }) => /state/iu.test(note ?? ''))).toBe(true);
  expect(data.filter(({ figure, base }) => figure === 'cost after' && base !== '')).toEqual([]);
  const { text } = await write('md', UNSTATED);
  expect(text).toContain('| 1 | Queues | — |  | — | — |');
  expect(text).toContain('Nothing is stated yet');
  expect(text).toContain('Router: Choose the models that requests go to.');
  const target = join(folder, 'answer.xlsx');
  await engine.call('export.scenario', { scenario: UNSTATED, target, format: 'xlsx' });
  const sheets = readSheets(readFileSync(target));
  const cells = (sheet: string, ...addresses: string[]) =>
    addresses.map((address) => sheets.get(sheet)?.get(address)?.number ?? null);
  expect(cells('Summary', 'B3', 'B4', 'B5', 'B6')).toEqual([null, null, null, null]);
  expect(cells('Summary', 'B2')[0]).toBeCloseTo(10.8, 9);
  expect(cells('Ledger', 'D2', 'E2', 'F2', 'D3', 'E3', 'F3', 'E4')).toEqual(Array(7).fill(null));
  expect(cells('Months', 'C2', 'D2', 'F2')).toEqual([null, null, null]);
  expect(sheets.has('Cash')).toBe(false);
  engine.close();
});

test('shares and chances of no saving are refused with what is missing', async () => {
  const { engine } = workspace();
  for (const method of ['scenario.shares', 'scenario.sensitivity', 'scenario.simulate'] as const) {
    await expect(engine.call(method, { scenario: UNSTATED })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('Nothing is stated yet'),
    });
  }
  engine.close();
});
