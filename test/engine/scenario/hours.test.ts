// Capacity sized on the hours of an imported bill. Nova Pro in us-east-1 costs 0.80 per million input tokens.
import { expect, test } from 'vitest';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import { scenarioBaseline } from '../../../shared/contract/scenario-baseline.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { testWorkspace } from '../import/workspace.ts';

const HEADER = [
  'bill_payer_account_id',
  'bill_billing_period_start_date',
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
].join(',');

/** Thousands of tokens from one time to another on 1 October 2026. */
function line(from: string, to: string, thousands: number, usageType = 'USE1-NovaPro-input-tokens'): string {
  return [
    '999999999999',
    '2026-10-01T00:00:00.000Z',
    'AWS',
    '111111111111',
    'Usage',
    from,
    to,
    'AmazonBedrock',
    'Amazon Bedrock',
    usageType,
    'InvokeModelInference',
    thousands,
    '1K tokens',
    'USD',
    (thousands / 1000) * 0.8,
  ].join(',');
}
const hour = (at: number): string => new Date(Date.UTC(2026, 9, 1, at)).toISOString();
/** 12 hours at 100M tokens and 12 at 20M. */
const HOURLY = Array.from({ length: 24 }, (_, at) =>
  line(hour(at), hour(at + 1), at < 12 ? 100_000 : 20_000),
);
const DAILY = [line(hour(0), hour(24), 1_440_000)];

const SCENARIO = scenarioSchema.parse({
  schemaVersion: 1,
  name: 'One unit',
  baseline: { period: { from: '2026-10-01', to: '2026-10-01' } },
  levers: [
    {
      kind: 'provisioned',
      id: 'units',
      scope: [{ dimension: 'model', operator: '=', values: ['Nova Pro'] }],
      units: 1,
      unitInputPerMinute: 40e6 / 60,
      unitOutputPerMinute: 40e6 / 60,
      usdPerUnitHour: { low: 19, base: 19, high: 19 },
      overflow: 'spill',
    },
  ],
});

async function imported(lines: readonly string[]) {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('bill.csv', [HEADER, ...lines].join('\n')));
  return workspace;
}

async function run(lines: readonly string[]) {
  const { engine } = await imported(lines);
  const { baseline } = SCENARIO;
  return {
    answer: await engine.call('scenario.run', { scenario: SCENARIO }),
    baseline: await engine.call('scenario.baseline', { baseline, ...needsOf(SCENARIO) }),
    bare: await engine.call('scenario.baseline', { baseline }),
  };
}

test('hours are read only when a lever needs them, and sum to the usage', async () => {
  const { baseline, bare } = await run(HOURLY);
  expect(bare.hourly).toBeNull();
  expect(baseline.hourly?.hours).toBe(24);
  const [row] = baseline.hourly!.rows;
  expect(row!.at).toEqual(Array.from({ length: 24 }, (_, at) => at));
  expect([row!.input[0], row!.input[11], row!.input[12]]).toEqual([100e6, 100e6, 20e6]);
  expect(row!.output.every((tokens) => tokens === 0)).toBe(true);
});

test('one unit at $19: 1152 on demand becomes 1032', async () => {
  // on demand 1,440M × 0.80 = 1152; unit 24 × 19 = 456; 12 hours × 60M spill over × 0.80 = 576
  const { answer } = await run(HOURLY);
  expect(answer.baseline.atPrice?.base).toBeCloseTo(1152, 6);
  expect(answer.after?.base).toBeCloseTo(1032, 6);
});

test('a schedule is in UTC unless the lever says where the users are', async () => {
  expect(SCENARIO.levers[0]).toMatchObject({ timeZone: 'UTC' });
  const { engine } = await imported(HOURLY);
  const inZone = (timeZone: string) => {
    const [units] = SCENARIO.levers;
    return { ...SCENARIO, levers: [{ ...units!, timeZone }] } as typeof SCENARIO;
  };
  const tokyo = await engine.call('scenario.run', { scenario: inZone('Asia/Tokyo') });
  const scheduled = tokyo.ledger[0]!.facts.find(({ name }) => name === 'cost with units on a schedule');
  // Each hour of the day is one hour of the bill: 2 units (40M each) of 100M are 38, the 20M above them 16; and 20M are 16.
  expect(scheduled?.value).toBeCloseTo(12 * (38 + 16) + 12 * 16, 6);
  expect(scheduled?.note).toContain('Asia/Tokyo');
  expect(tokyo.provenance).toContainEqual({
    label: 'Units on a schedule',
    value: 'by the hour of the day in Asia/Tokyo',
  });
  // A window is given the hours and the zone, and comes to the same answer.
  const scenario = inZone('Asia/Tokyo');
  const read = await engine.call('scenario.baseline', { baseline: scenario.baseline, ...needsOf(scenario) });
  const received = scenarioBaseline.parse(JSON.parse(JSON.stringify(read)));
  expect(received.hourly?.localTimes).toEqual([
    { timeZone: 'Asia/Tokyo', offsets: [{ hour: 0, minutes: 540 }] },
  ]);
  expect(evaluateScenario(scenario, received)).toEqual(tokyo);
  await expect(engine.call('scenario.run', { scenario: inZone('Asia/Atlantis') })).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('Asia/Atlantis'),
  });
});

test('a daily bill gives no verdict and buys nothing', async () => {
  const { answer } = await run(DAILY);
  expect(answer.ledger[0]).toMatchObject({ charges: [], guards: [{ code: 'no_hours', refused: true }] });
  expect(answer.headlines.savingAtPrice).toBeNull();
});

test('nor does a bill that is hourly in part', async () => {
  const { answer } = await run([...HOURLY, ...DAILY]);
  expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'no_hours' }]);
});
