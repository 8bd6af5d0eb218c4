// Contract rates through the engine: cards read or refused, what they make of a bill, versions, and figures that never change.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeXlsx } from 'hucre/xlsx';
import { describe, expect, test } from 'vitest';
import { methods, type Output } from '../../../shared/contract/methods.ts';
import { cur2, type Row } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const HEADER = 'account,provider,model,meter,mode,region,discount_percent,price_usd,unit,from,to,note';

/** August 2026, Nova Lite input in us-east-1: a million tokens a line, $0.06 at list, as much invoiced unless told. */
async function billed(...lines: Row[]): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('august.csv', cur2(lines)));
  return workspace;
}

async function read(workspace: TestWorkspace, rows: readonly string[], add = false) {
  const file = workspace.write('rates.csv', `${[HEADER, ...rows].join('\n')}\n`);
  return methods['overrides.read'].output.parse(
    await workspace.engine.call('overrides.read', { sources: [file], add }),
  );
}

async function keep(workspace: TestWorkspace, ...rows: string[]): Promise<Output<'overrides.save'>> {
  const { rates } = await read(workspace, rows);
  return workspace.engine.call('overrides.save', { rates, what: 'a test' });
}

const totals = async ({ engine }: TestWorkspace) =>
  (await engine.call('spend.query', { measures: ['unblended', 'catalogList', 'contracted'], groupBy: [] }))
    .totals;

test('rates that come in force while a bill is imported hold for all of its lines', async () => {
  const workspace = testWorkspace();
  const kept: Promise<unknown>[] = [];
  workspace.engine.onEvent((event) => {
    const isReading = event.type === 'import.progress' && event.progress.phase === 'reading';
    if (isReading && kept.length === 0) kept.push(keep(workspace, '*,*,*,*,*,*,20,,,,,'));
  });
  const lines = Array.from({ length: 20_000 }, (): Row => ({}));
  await workspace.import(workspace.write('august.csv', cur2(lines)));
  expect(await Promise.all(kept)).toHaveLength(1);
  expect(await totals(workspace)).toMatchObject({
    catalogList: expect.closeTo(1200, 9),
    contracted: expect.closeTo(960, 9),
  });
});

describe('a bill under contract', () => {
  test('a percentage of list, beside list and invoice; without rates it is missing, not zero', async () => {
    const workspace = await billed({}, { line_item_unblended_cost: 0.05 });
    expect(await totals(workspace)).toMatchObject({ catalogList: 0.12, contracted: null });
    await keep(workspace, '*,*,*,*,*,*,20,,,,,');
    expect(await totals(workspace)).toEqual({
      unblended: expect.closeTo(0.11, 12),
      catalogList: expect.closeTo(0.12, 12),
      contracted: expect.closeTo(0.096, 12),
    });
  });

  test('a rate of one account, model and mode is for nothing else', async () => {
    const workspace = await billed(
      {},
      { line_item_usage_account_id: '000000000003' },
      { line_item_usage_type: 'USE1-NovaLite-input-tokens-batch', line_item_unblended_cost: 0.03 },
    );
    await keep(workspace, '000000000003,*,Nova Lite,input,on_demand,*,,0.04,1M tokens,,,addendum 2');
    const answer = await workspace.engine.call('spend.query', {
      measures: ['contracted', 'lineItems'],
      groupBy: ['account', 'mode'],
      sort: [{ by: 'account', descending: false }],
    });
    const rows = new Map(
      answer.rows.map(([account, mode, contracted]) => [`${account} ${mode}`, contracted]),
    );
    expect(rows).toEqual(
      new Map([
        ['000000000002 on_demand', null],
        ['000000000002 batch', null],
        ['000000000003 on_demand', expect.closeTo(0.04, 12)],
      ]),
    );
    expect(answer.provenance.notes.join(' ')).toContain(
      'Contract prices are known for usage of 0.06 of 0.15 USD',
    );
    expect(answer.provenance.catalogVersion).toMatch(/\+contract\.1$/u);
  });

  test('a rate that begins within a line gives it no amount; on whole lines it holds from its day', async () => {
    const day = (start: string, end: string): Row => ({
      line_item_usage_start_date: `${start}T00:00:00.000Z`,
      line_item_usage_end_date: `${end}T00:00:00.000Z`,
    });
    const workspace = await billed(
      day('2026-08-03', '2026-08-04'),
      day('2026-08-11', '2026-08-12'),
      day('2026-08-01', '2026-09-01'),
    );
    await keep(workspace, '*,*,*,*,*,*,50,,,2026-08-10,,');
    const { rows } = await workspace.engine.call('spend.query', {
      measures: ['contracted'],
      groupBy: ['day'],
    });
    expect(new Map(rows.map(([one, contracted]) => [one, contracted]))).toEqual(
      new Map([
        ['2026-08-01', null],
        ['2026-08-03', null],
        ['2026-08-11', expect.closeTo(0.03, 12)],
      ]),
    );
  });

  test('a price holds where the catalog has none', async () => {
    const workspace = await billed({
      line_item_usage_type: 'EUW2-MistralLarge-input-tokens',
      line_item_unblended_cost: 5,
    });
    await keep(workspace, '*,*,Mistral Large,input,*,eu-west-2,,4,1M tokens,,,');
    expect(await totals(workspace)).toMatchObject({ catalogList: null, contracted: expect.closeTo(4, 12) });
  });

  test('variance: what the contract takes off is expected, the rest keeps its own reason, and levels tie', async () => {
    const workspace = await billed(
      { line_item_unblended_cost: 0.048 },
      { line_item_unblended_cost: 0.06 },
      { line_item_usage_type: 'USE1-NovaMicro-input-tokens', line_item_unblended_cost: 0.035 },
    );
    await keep(workspace, '*,*,Nova Lite,*,*,*,20,,,,,');
    const { total, waterfall } = methods['variance.explore'].output.parse(
      await workspace.engine.call('variance.explore', {}),
    );
    expect(total.contract).toMatchObject({ lines: 2, listedLines: 2, contracted: expect.closeTo(0.096, 12) });
    expect(total.reasons.map(({ reason, lines }) => [reason, lines])).toEqual([
      ['none', 1],
      ['contract_discount', 1],
      ['contract_not_applied', 1],
    ]);
    expect(waterfall.map(({ id, amount }) => [id, amount])).toEqual([
      ['list', expect.closeTo(0.155, 12)],
      ['contract', expect.closeTo(-0.024, 12)],
      ['contracted', expect.closeTo(0.131, 12)],
      ['reason:contract_not_applied', expect.closeTo(0.012, 12)],
      ['usage', expect.closeTo(0.143, 12)],
    ]);
  });

  test('a new import is under contract at once, and the preview is what keeping then gives', async () => {
    const workspace = await billed({});
    await keep(workspace, '*,*,*,*,*,*,20,,,,,');
    await workspace.import(
      workspace.write(
        'september.csv',
        cur2([
          {
            bill_billing_period_start_date: '2026-09-01T00:00:00.000Z',
            bill_billing_period_end_date: '2026-10-01T00:00:00.000Z',
            line_item_usage_start_date: '2026-09-03T10:00:00.000Z',
            line_item_usage_end_date: '2026-09-03T11:00:00.000Z',
          },
        ]),
      ),
    );
    expect((await totals(workspace)).contracted).toBeCloseTo(0.096, 12);
    const { rates, report } = await read(workspace, [
      '*,*,*,*,*,*,20,,,,2026-08-31,',
      '*,*,*,*,*,*,30,,,2026-09-01,,',
    ]);
    expect(report.effect).toMatchObject({
      before: { lines: 2, contracted: expect.closeTo(0.096, 12) },
      after: { lines: 2, contracted: expect.closeTo(0.048 + 0.042, 12) },
      models: [{ model: 'Nova Lite', listed: expect.closeTo(0.12, 12) }],
    });
    await workspace.engine.call('overrides.save', { rates, what: 'card' });
    expect((await totals(workspace)).contracted).toBeCloseTo(
      report.effect?.after.contracted ?? Number.NaN,
      12,
    );
  });
});

describe('cards', () => {
  test('every fault with its line and column, and nothing is kept', async () => {
    const workspace = await billed({});
    const { report, rates } = await read(workspace, [
      '*,*,*,*,*,*,20,,,,,"a note',
      'over two lines"',
      '*,*,Claude Sonet,*,bach,*,10,,,,,',
      '',
      '*,*,*,input,*,*,,3,hour,,,',
    ]);
    expect(report.faults.map(({ line, column, value }) => [line, column, value])).toEqual([
      [4, 'model', 'Claude Sonet'],
      [4, 'mode', 'bach'],
      [6, 'unit', 'hour'],
    ]);
    expect(report.effect).toBeNull();
    await expect(workspace.engine.call('overrides.save', { rates, what: 'card' })).rejects.toMatchObject({
      code: 'invalid_input',
      message: expect.stringContaining('Rate 2, model “Claude Sonet” is no model known here'),
    });
    expect(await workspace.engine.call('overrides.list', {})).toMatchObject({ version: null, versions: [] });
  });

  test('two rates of which neither comes first name each other', async () => {
    const { report } = await read(await billed({}), ['*,*,*,*,batch,*,20,,,,,', '*,*,*,input,*,*,30,,,,,']);
    expect(report.faults).toMatchObject([
      { number: 2, line: 3, column: null, problem: expect.stringContaining('rate 1 (line 2)') },
    ]);
  });

  test.each<[string, string, string]>([
    ['no header', 'hello', 'nobody would read the column “hello”'],
    [
      'a missing part',
      'account,provider,model,meter,region,discount_percent\n*,*,*,*,*,5',
      'lacks the column mode',
    ],
    ['a column nobody reads', `${HEADER},minimum\n`, 'nobody would read the column “minimum”'],
    ['a column twice', `${HEADER},comment\n`, 'the column note is there twice'],
    [
      'more columns than the header',
      `${HEADER}\n*,*,*,*,*,*,5,,,,,,,x`,
      'line 2: the row has 14 columns and the header 12',
    ],
    ['no rates', `${HEADER}\n`, 'it holds no rates'],
    ['a zip that is no workbook', 'PK\u0003\u0004', 'it is no workbook that can be read'],
  ])('a file with %s is refused', async (_what, content, says) => {
    const workspace = testWorkspace();
    const file = workspace.write('card.csv', content);
    await expect(workspace.engine.call('overrides.read', { sources: [file] })).rejects.toThrow(says);
  });

  test('a workbook reads like the CSV of what it shows: percentages, days, account ids', async () => {
    const workspace = await billed({});
    const header = ['account', 'provider', 'model', 'meter', 'mode', 'region', 'discount', 'from', 'note'];
    const rates = [
      ['000000000002', '*', 'Nova Lite', '*', '*', '*', 0.125, new Date('2026-08-01T00:00:00Z'), 'annex B'],
      [2, '*', '*', '*', '*', '*', 0.08, null, ''],
    ];
    const percent = { style: { numFmt: '0.0%' } };
    const cells = new Map(rates.map((_, row) => [`${row + 1},6`, percent]));
    const bytes = await writeXlsx({
      sheets: [
        { name: 'Rates', rows: [header, ...rates], cells },
        { name: 'Notes', rows: [['drawn up by procurement']], hidden: true },
      ],
    });
    const file = workspace.write('card.xlsx', bytes);
    const { rates: read, report } = await workspace.engine.call('overrides.read', { sources: [file] });
    expect(read[0]).toMatchObject({ account: '000000000002', discount_percent: '12.5', from: '2026-08-01' });
    expect(report.faults).toMatchObject([
      { line: 3, column: 'account', value: '2', problem: expect.stringContaining('leading zeros') },
    ]);
    const two = await writeXlsx({
      sheets: [
        { name: 'A', rows: [header] },
        { name: 'B', rows: [header] },
      ],
    });
    await expect(
      workspace.engine.call('overrides.read', { sources: [workspace.write('two.xlsx', two)] }),
    ).rejects.toThrow(/several of its sheets hold something \(“A”, “B”\)/u);
  });

  test('what is exported reads back to the same rates', async () => {
    const workspace = await billed({});
    await keep(
      workspace,
      '*,Amazon,*,*,*,*,12.5,,,2026-01-01,,"see §2, annex"',
      '000000000002,*,Nova Lite,input,batch,us-east-1,,0.02,1M tokens,,,',
    );
    const target = join(workspace.folder, 'out.csv');
    expect(await workspace.engine.call('export.overrides', { target })).toMatchObject({ rows: 2 });
    const before = await workspace.engine.call('overrides.list', {});
    const again = await workspace.engine.call('overrides.read', { sources: [target] });
    expect(again.rates).toEqual(before.rates);
    expect(again.report.changes).toEqual({ added: 0, removed: 0, kept: 2 });
    expect(readFileSync(target, 'utf8').split('\r\n')[0]).toContain('account,provider,model');
  });

  test('with add, rates stand after those in use', async () => {
    const workspace = await billed({});
    await keep(workspace, '*,*,*,*,*,*,20,,,,,');
    const { rates, report } = await read(workspace, ['*,*,Nova Lite,*,*,*,30,,,,,'], true);
    expect(rates).toHaveLength(2);
    expect(report.changes).toEqual({ added: 1, removed: 0, kept: 1 });
  });
});

test('any version can be put back, none included; invoiced figures stay', async () => {
  const workspace = await billed({});
  const { engine } = workspace;
  await keep(workspace, '*,*,*,*,*,*,20,,,,,');
  await keep(workspace, '*,*,*,*,*,*,50,,,,,');
  const contracted: (number | null)[] = [];
  for (const version of [1, null, 2]) {
    await engine.call('overrides.use', { version });
    const { unblended, contracted: own } = await totals(workspace);
    expect(unblended).toBeCloseTo(0.06, 12);
    contracted.push(own ?? null);
  }
  expect(contracted).toEqual([expect.closeTo(0.048, 12), null, expect.closeTo(0.03, 12)]);
  await expect(engine.call('overrides.use', { version: 9 })).rejects.toThrow(
    /no version 9.*Held: none, 2, 1/u,
  );
});

test('a line tells its contract amount, the rates behind it, and why it differs from them', async () => {
  const workspace = await billed({ line_item_unblended_cost: 0.06 });
  const { engine } = workspace;
  await keep(workspace, '*,*,Nova Lite,*,*,*,20,,,,,annex B');
  const { rows } = await engine.call('spend.lineItems', {});
  const detail = methods['spend.lineItem'].output.parse(
    await engine.call('spend.lineItem', { id: rows[0]?.id ?? 0 }),
  );
  expect(detail).toMatchObject({
    line: { contractedLow: expect.closeTo(0.048, 12), contractedHigh: expect.closeTo(0.048, 12) },
    contract: { rates: [{ number: 1, row: { note: 'annex B' } }], unknownReason: null },
    variance: { reason: 'contract_not_applied' },
  });
  await keep(workspace, '*,*,Nova Lite,*,*,*,20,,,2026-08-04,,');
  const later = await engine.call('spend.lineItem', { id: rows[0]?.id ?? 0 });
  expect(later).toMatchObject({
    line: { contractedLow: null },
    contract: null,
    variance: { reason: 'none' },
  });
});

test('a price tells which rate it comes to under the contract, and what lost', async () => {
  const workspace = await billed({});
  await keep(
    workspace,
    '*,Amazon,*,*,*,*,10,,,,,',
    '*,*,Nova Lite,input,*,*,,0.04,1M tokens,,,addendum 2',
    '000000000002,*,Nova Lite,input,*,*,50,,,,,',
  );
  const question = {
    model: 'Nova Lite',
    meter: 'input',
    mode: 'on_demand',
    region: 'us-east-1',
    regionTier: 'regional',
  } as const;
  const [price] = (await workspace.engine.call('catalog.price', question)).answers;
  expect(price?.contract).toMatchObject({
    status: 'contracted',
    usdLow: 0.04,
    chosen: [{ number: 2, row: { note: 'addendum 2' } }],
    passedOver: [
      { rate: { number: 1 }, why: 'names 1 of the key’s parts, row 2 names 3' },
      { rate: { number: 3 }, why: 'is for account 000000000002 only' },
    ],
  });
  const [own] = (await workspace.engine.call('catalog.price', { ...question, account: '000000000002' }))
    .answers;
  expect(own?.contract).toMatchObject({ usdLow: 0.03, chosen: [{ number: 3 }] });
});
