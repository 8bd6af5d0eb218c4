// From an export to a plan and from the next exports to what became of it: real files, real workspace, command line.
import { writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { realisedAnswer } from '../../../shared/contract/realised.ts';
import { assayOn, published } from '../../cli/assay.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const HEADER = [
  'bill_payer_account_id',
  'bill_billing_period_start_date',
  'bill_invoice_id',
  'bill_billing_entity',
  'line_item_usage_account_id',
  'line_item_line_item_type',
  'line_item_usage_start_date',
  'line_item_usage_end_date',
  'line_item_product_code',
  'product_product_name',
  'line_item_usage_type',
  'line_item_operation',
  'line_item_usage_amount',
  'pricing_unit',
  'line_item_currency_code',
  'line_item_unblended_cost',
];
type Line = readonly [usageType: string, thousands: number, cost: number];

/** A month whose first days all have the same lines. Nova Pro, us-east-1: 0.80 and 3.20, batch 0.40 and 1.60. */
function csv(month: string, days: number, lines: readonly Line[]): string {
  const records = Array.from({ length: days }, (_, index) => {
    const day = `${month}-${String(index + 1).padStart(2, '0')}`;
    return lines.map(([type, quantity, cost]) =>
      [
        '999999999999',
        `${month}-01T00:00:00.000Z`,
        month === '2026-10' ? 'INV-10' : '',
        'AWS',
        '111111111111',
        'Usage',
        `${day}T00:00:00.000Z`,
        `${day}T01:00:00.000Z`,
        'AmazonBedrock',
        'Amazon Bedrock',
        type,
        'InvokeModelInference',
        quantity,
        '1K tokens',
        'USD',
        cost,
      ].join(','),
    );
  });
  return [HEADER.join(','), ...records.flat()].join('\n');
}

/** October: 10 million in and 1 million out a day: 8 + 3.20 = 11.20. */
const OCTOBER = csv('2026-10', 31, [
  ['USE1-NovaPro-input-tokens', 10_000, 8],
  ['USE1-NovaPro-output-tokens', 1000, 3.2],
]);
/** Ten days of November: twice the use, a quarter of it in batch. */
const NOVEMBER = csv('2026-11', 10, [
  ['USE1-NovaPro-input-tokens', 15_000, 12],
  ['USE1-NovaPro-output-tokens', 1500, 4.8],
  ['USE1-NovaPro-input-tokens-batch', 5000, 2],
  ['USE1-NovaPro-output-tokens-batch', 500, 0.8],
]);

const planOf = (share: number) => ({
  schemaVersion: 1 as const,
  name: 'Batch what can wait',
  baseline: {
    period: { from: '2026-10-01', to: '2026-10-31' },
    where: [{ dimension: 'mode', operator: '=' as const, values: ['on_demand'] }],
  },
  levers: [
    {
      kind: 'batch' as const,
      id: 'batch',
      scope: [{ dimension: 'model', operator: '=' as const, values: ['Nova Pro'] }],
      eligibleShare: { low: share, base: share, high: share },
    },
  ],
});

async function withPlan(startsOn: string): Promise<{ workspace: TestWorkspace; id: number }> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('october.csv', OCTOBER));
  const { id } = await workspace.engine.call('scenario.save', { id: null, scenario: planOf(0.4) });
  await workspace.engine.call('scenario.pin', { id, startsOn });
  return { workspace, id };
}

test('ten days of November against October: twice the use, a quarter in batch where two fifths were planned', async () => {
  const { workspace, id } = await withPlan('2026-11-01');
  const ask = () => workspace.engine.call('scenario.realised', { id });
  expect(await ask()).toMatchObject({ state: 'no_later_data', heldTo: '2026-10-31' });
  await workspace.import(workspace.write('november.csv', NOVEMBER));
  const answer = realisedAnswer.parse(await ask());
  expect(answer).toMatchObject({ state: 'running', heldTo: '2026-11-10' });
  expect(answer.plan).toMatchObject({ daysCovered: 31, changedSince: false });
  const [lever] = answer.levers;
  // What has moved to batch does not meet the condition on the mode any more: the model alone follows it.
  expect(lever?.conditions).toEqual([{ dimension: 'model', operator: '=', values: ['Nova Pro'] }]);
  const close = (value: number) => expect.closeTo(value, 6);
  expect(lever?.total).toEqual({
    daysHeld: 10,
    baselineCost: close(112),
    cost: close(196),
    // Twice the use at October's rates is 224: 112 more, of which 28 were saved. Planned: a fifth of 224.
    volumeEffect: close(112),
    mixEffect: close(0),
    newUsage: 0,
    realised: close(28),
    planned: close(44.8),
    measure: close(0.25),
    measurePlanned: close(0.4),
  });
  expect(lever?.months).toMatchObject([
    { month: '2026-11', daysInMonth: 30, daysHeld: 10, partial: true, estimated: true },
  ]);
  expect(answer.notes.join(' ')).toContain('Compared on the days held only: 2026-11.');
});

test('a plan is kept as it was pinned, goes with its scenario, and never starts within its own baseline', async () => {
  const { workspace, id } = await withPlan('2026-12-01');
  const { engine } = workspace;
  expect(await engine.call('scenario.realised', { id })).toMatchObject({ state: 'not_started' });
  await engine.call('scenario.save', { id, scenario: planOf(0.1) });
  const kept = await engine.call('scenario.realised', { id });
  expect(kept.plan).toMatchObject({ changedSince: true, startsOn: '2026-12-01' });
  await expect(engine.call('scenario.pin', { id, startsOn: '2026-10-31' })).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('within its own baseline'),
  });
  await engine.call('scenario.unpin', { id });
  expect(await engine.call('scenario.realised', { id })).toMatchObject({ state: 'not_pinned', plan: null });
  await expect(engine.call('scenario.unpin', { id })).rejects.toMatchObject({ code: 'not_found' });
  await engine.call('scenario.pin', { id, startsOn: '2026-12-01' });
  await engine.call('scenario.delete', { id });
  await expect(engine.call('scenario.realised', { id })).rejects.toMatchObject({ code: 'not_found' });
});

test('both sides cut: counted requests say how much use there was, and a day without a count is not guessed', async () => {
  const counts = (month: string, days: number, requests: number): string[] =>
    Array.from(
      { length: days },
      (_, index) => `${month}-${String(index + 1).padStart(2, '0')},model=Nova Pro,requests,${requests}`,
    );
  const cut = { low: 0.2, base: 0.2, high: 0.2 };
  const scenario = {
    ...planOf(0),
    // Requests are counted by model, and no count knows the mode.
    baseline: { period: planOf(0).baseline.period, where: [] },
    levers: [{ kind: 'trimming' as const, id: 'cut', inputCut: cut, outputCut: cut }],
  };
  const askWith = async (...rows: string[]) => {
    const workspace = testWorkspace();
    await workspace.import(workspace.write('october.csv', OCTOBER));
    const file = workspace.write('counts.csv', ['date,key,metric,value', ...rows, ''].join('\n'));
    await workspace.engine.call('metrics.import', { sources: [file] });
    const { id } = await workspace.engine.call('scenario.save', { id: null, scenario });
    await workspace.engine.call('scenario.pin', { id, startsOn: '2026-11-01' });
    await workspace.import(workspace.write('november.csv', NOVEMBER));
    const answer = realisedAnswer.parse(await workspace.engine.call('scenario.realised', { id }));
    return { lever: answer.levers[0], notes: answer.notes.join(' ') };
  };
  // October: 1,000 requests a day for 11.20. November: 2,500 a day for 19.60, where October's rate makes 28.
  const { lever } = await askWith(...counts('2026-10', 31, 1000), ...counts('2026-11', 10, 2500));
  expect(lever).toMatchObject({ volumeIn: 'requests', untold: null });
  expect(lever?.total).toMatchObject({
    volumeEffect: expect.closeTo(168, 6),
    realised: expect.closeTo(84, 6),
    planned: expect.closeTo(56, 6),
    measure: expect.closeTo(8800, 6),
    measurePlanned: expect.closeTo(8800, 6),
  });
  const gap = await askWith(...counts('2026-10', 31, 1000), ...counts('2026-11', 9, 2500));
  expect(gap.lever?.total).toMatchObject({ realised: null, volumeEffect: null });
  expect(gap.notes).toContain('are not counted on every day of 2026-11');
  const { lever: untold } = await askWith(...counts('2026-10', 30, 1000));
  expect(untold?.untold).toMatch(/Import request counts by model/u);
  expect(untold?.total).toMatchObject({ realised: null, cost: expect.closeTo(196, 6) });
});

test('the command line saves a file, pins it, and tells what came of it', async () => {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('october.csv', OCTOBER));
  await workspace.import(workspace.write('november.csv', NOVEMBER));
  workspace.close();
  const ask = assayOn(workspace.path);
  const file = `${workspace.folder}/plan.json`;
  const plan = planOf(0.4);
  writeFileSync(file, JSON.stringify(plan));
  expect(await ask('scenario', 'pin', file)).toMatchObject({
    code: 2,
    err: expect.stringContaining('--from'),
  });
  const pin = await ask('scenario', 'pin', file, '--from', '2026-11-01', '--json');
  const told = await ask('scenario', 'realised', plan.name, '--json');
  expect(published('scenario-realised', told)).toEqual(published('scenario-realised', pin));
  const { out } = await ask('scenario', 'realised', '#1');
  expect(out).toMatch(/2026-11\*.*10.*25\.0%.*40\.0%.*\$112\.00.*\$196\.00.*\$28\.00.*\$44\.80/u);
  expect(out).toContain('* compared on the days held');
  expect(await ask('scenario', 'unpin', plan.name)).toMatchObject({ code: 0 });
  expect(await ask('scenario', 'realised', 'nothing of the kind')).toMatchObject({ code: 2 });
});
