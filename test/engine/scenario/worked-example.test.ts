// One what-if from a billing export to its answer, with the arithmetic beside it. Prices are the bundled catalog's:
// Claude Sonnet 4.5, global: input 3, output 15, cache write 3.75, cache read 0.30, batch 1.50 and 7.50;
// Nova Pro, us-east-1: input 0.80, output 3.20, batch 0.40 and 1.60 (USD per million tokens).
import { expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { scenarioAnswer } from '../../../shared/contract/scenario.ts';
import { scenarioBaseline } from '../../../shared/contract/scenario-baseline.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { scopesOf } from '../../../shared/domain/whatif/vectors.ts';
import { testWorkspace } from '../import/workspace.ts';

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
const CLAUDE = ['AWS Marketplace', 'opaque123', 'Claude Sonnet 4.5 (Amazon Bedrock Edition)'] as const;
const NATIVE = ['AWS', 'AmazonBedrock', 'Amazon Bedrock'] as const;
const EC2 = ['AWS', 'AmazonEC2', 'Amazon Elastic Compute Cloud'] as const;
const PLAIN = 'InvokeModelInference';
const STREAM = 'InvokeModelStreamingInference';

type Line = readonly [
  product: readonly [string, string, string],
  usageType: string,
  operation: string,
  quantity: number,
  unit: string,
  cost: number,
];

/** October 2026. Quantities of Claude are in millions of tokens, of Nova in thousands. */
const LINES: readonly Line[] = [
  [CLAUDE, 'USE1-MP:USE1_InputTokenCount_Global-Units', PLAIN, 310, 'Units', 930],
  [CLAUDE, 'USE1-MP:USE1_OutputTokenCount_Global-Units', PLAIN, 31, 'Units', 465],
  [CLAUDE, 'USE1-MP:USE1_InputTokenCount_Global-Units', STREAM, 62, 'Units', 186],
  [CLAUDE, 'USE1-MP:USE1_OutputTokenCount_Global-Units', STREAM, 6.2, 'Units', 93],
  [NATIVE, 'USE1-NovaPro-input-tokens', PLAIN, 155_000, '1K tokens', 124],
  [NATIVE, 'USE1-NovaPro-output-tokens', PLAIN, 31_000, '1K tokens', 99.2],
  [NATIVE, 'USE1-Guardrail-ContentPolicyUnitsConsumed', 'Usage', 66_667, 'Text Units', 10],
];

function record(
  [[entity, code, name], usageType, operation, quantity, unit, cost]: Line,
  day: number,
  charge = 'Usage',
) {
  const date = `2026-10-${String(day).padStart(2, '0')}`;
  return [
    '999999999999',
    '2026-10-01T00:00:00.000Z',
    'INV-1',
    entity,
    '111111111111',
    charge,
    `${date}T00:00:00.000Z`,
    `${date}T01:00:00.000Z`,
    code,
    name,
    usageType,
    operation,
    quantity,
    unit,
    'USD',
    cost,
  ].join(',');
}

/** Every day of October has a line of another service, so that the month is covered in full. */
const CSV = [
  HEADER.join(','),
  ...LINES.map((line, index) => record(line, index + 3)),
  record([NATIVE, '', '', 1, '', 25], 1, 'Tax'),
  ...Array.from({ length: 31 }, (_, day) =>
    record([EC2, 'BoxUsage:t3.micro', 'RunInstances', 24, 'Hrs', 2], day + 1),
  ),
].join('\n');

const SCENARIO: Input<'scenario.run'>['scenario'] = {
  schemaVersion: 1,
  name: 'Batch what can wait, cache what repeats',
  baseline: { period: { from: '2026-10-01', to: '2026-10-31' } },
  levers: [
    { kind: 'batch', id: 'batch', eligibleShare: { low: 0.3, base: 0.4, high: 0.5 } },
    {
      kind: 'caching',
      id: 'cache',
      scope: [{ dimension: 'provider', operator: '=', values: ['Anthropic'] }],
      prefixShare: { low: 0.5, base: 0.5, high: 0.5 },
      prefixTokens: 4000,
      arrival: { pattern: 'stated', hitShare: { low: 0.9, base: 0.9, high: 0.9 } },
    },
  ],
  commitment: {
    year: {
      start: '2026-11-01',
      commit: 30_000,
      discount: 0.1,
      drawdown: 'before_discount',
      shortfallSettled: 'face',
    },
    organicAws: { low: 10_000, base: 10_000, high: 10_000 },
    organicMarketplace: { low: 0, base: 0, high: 0 },
  },
};

test('from the export to both headlines', async () => {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('october.csv', CSV));
  const { scenario } = await workspace.engine.call('scenario.save', { id: null, scenario: SCENARIO });
  const answer = await workspace.engine.call('scenario.run', { scenario });
  expect(() => scenarioAnswer.parse(answer)).not.toThrow();

  // Baseline: 930 + 465 + 186 + 93 (Claude 1,674) + 124 + 99.20 (Nova 223.20) = 1,897.20 of tokens,
  // 10 of guardrails and 25 of tax beside them: 1,932.20 as spend.query has it.
  expect(answer.baseline.invoiced).toBeCloseTo(1897.2, 8);
  expect(answer.baseline.atPrice?.base).toBeCloseTo(1897.2, 8);
  expect(answer.baseline.outside).toBeCloseTo(35, 8);
  expect(answer.baseline.daysCovered).toBe(31);
  const spend = await workspace.engine.call('spend.query', { measures: ['unblended'] });
  expect(answer.baseline.invoiced + answer.baseline.outside).toBeCloseTo(spend.totals.unblended!, 8);

  // Batch, 40 % of all requests: Claude 0.4 × ½ × (930 + 465) = 279; Nova 0.4 × ½ × 223.20 = 44.64.
  // The streaming part is refused: 0.4 × (62 + 6.2) = 27.28 million tokens, 0.4 × 279 = 111.60 of cost.
  const [batch, cache] = answer.ledger;
  expect(batch!.inOrder?.base).toBeCloseTo(323.64, 8);
  expect(batch!.inOrder?.low).toBeCloseTo(0.75 * 323.64, 8);
  expect(batch!.inOrder?.high).toBeCloseTo(1.25 * 323.64, 8);
  expect(batch!.guards).toMatchObject([
    { code: 'streaming', refused: true, model: 'Claude Sonnet 4.5', tokens: expect.closeTo(27.28e6, 0) },
  ]);
  expect(batch!.guards[0]!.cost).toBeCloseTo(111.6, 8);

  // Caching, half of Claude's uncached input, nine of ten read: what batch left is 0.6 × 310 + 62 = 248 million;
  // 124 million at 3 = 372 become 12.4 written at 3.75 = 46.50 and 111.6 read at 0.30 = 33.48: saves 292.02.
  expect(cache!.inOrder?.base).toBeCloseTo(292.02, 8);
  // Alone it would find 372 million: 558 − 69.75 − 50.22 = 438.03. So the order costs it 146.01.
  expect(cache!.alone?.base).toBeCloseTo(438.03, 8);
  expect(cache!.interaction?.base).toBeCloseTo(-146.01, 8);
  expect(cache!.guards).toMatchObject([{ code: 'no_caching_in_batch', tokens: expect.closeTo(62e6, 0) }]);

  // First headline: 323.64 + 292.02.
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(615.66, 8);
  expect(answer.after?.base).toBeCloseTo(1281.54, 8);

  // The year: × 365 ÷ 31. Marketplace (Claude) 1,674 → 19,709.68; native (Nova, guardrails) 233.20 → 2,745.74.
  const year = answer.commitment!;
  const spendOf = (lineClass: string) => year.aiSpend.find((spent) => spent.lineClass === lineClass)!;
  expect(spendOf('marketplace').baseline).toBeCloseTo((1674 * 365) / 31, 6);
  expect(spendOf('native').baseline).toBeCloseTo((233.2 * 365) / 31, 6);
  // Retired: 10,000 + 2,745.74 + min(25 % of 30,000, 19,709.68) = 20,245.74. After the levers Claude is still above
  // the cap (12,986.38), so only Nova's 44.64 × 365 ÷ 31 = 525.60 less retires.
  expect(year.baseline.retired.base).toBeCloseTo(10_000 + (233.2 * 365) / 31 + 7500, 6);
  expect(year.scenario!.shortfall.base - year.baseline.shortfall.base).toBeCloseTo(525.6, 6);
  // Second headline. Claude saves 571.02 × 365 ÷ 31 = 6,723.30, all of it cash. Nova saves 525.60 at gross, 473.04
  // after 10 % discount, and adds 525.60 of shortfall: −52.56. Together 6,670.74 of 7,248.90 at price.
  expect(year.savingAtPrice?.base).toBeCloseTo(7248.9, 6);
  expect(answer.headlines.cashThisYear!.base).toBeCloseTo(6670.74, 6);

  // Months: 615.66 a month of 31 days is 615.66 × 365 ÷ 12 ÷ 31 in an average one, from November on.
  expect(answer.monthly).toHaveLength(12);
  expect(answer.monthly[0]).toMatchObject({
    month: '2026-11',
    saving: expect.closeTo((615.66 * 365) / 372, 8),
  });
});

test('a window that evaluates the baseline itself says the same as the engine', async () => {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('october.csv', CSV));
  const { scenario } = await workspace.engine.call('scenario.save', { id: null, scenario: SCENARIO });
  const baseline = await workspace.engine.call('scenario.baseline', {
    baseline: scenario.baseline,
    scopes: scopesOf(scenario.levers),
  });
  // across a process boundary it is JSON
  const received = scenarioBaseline.parse(JSON.parse(JSON.stringify(baseline)));
  expect(evaluateScenario(scenario, received)).toEqual(
    await workspace.engine.call('scenario.run', { scenario }),
  );
});
