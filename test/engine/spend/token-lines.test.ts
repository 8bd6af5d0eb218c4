// Which tokens a token measure counts: those of model inference, not every line that is billed by the token.
import { expect, test } from 'vitest';
import { cur2 } from '../import/synthetic.ts';
import { testWorkspace } from '../import/workspace.ts';

const NOVA = { line_item_usage_type: 'USE1-NovaLite-input-tokens', pricing_unit: '1K tokens' };
const AGENTCORE = { line_item_product_code: 'AmazonBedrockAgentCore', pricing_unit: '1K tokens' };

test('tokens of evaluators and of training are cost, but not tokens, rates or cache hits of a model', async () => {
  const workspace = testWorkspace();
  const file = workspace.write(
    'bill.csv',
    cur2([
      { ...NOVA, line_item_usage_amount: 2000, line_item_unblended_cost: 0.12 },
      {
        ...AGENTCORE,
        line_item_usage_type: 'USE1-Evaluations:Consumption-based:BuiltIn-Input:Tier1',
        line_item_usage_amount: 500,
        line_item_unblended_cost: 1.2,
      },
      {
        ...AGENTCORE,
        line_item_usage_type: 'USE1-Evaluations:Consumption-based:BuiltIn-Output:Tier1',
        line_item_usage_amount: 100,
        line_item_unblended_cost: 1.2,
      },
      {
        line_item_usage_type: 'USE1-Nova2.0Lite-Customization-Training',
        pricing_unit: '1K tokens',
        line_item_usage_amount: 300,
        line_item_unblended_cost: 1.134,
      },
    ]),
  );
  await workspace.import(file);
  const { rows, totals } = await workspace.engine.call('spend.query', {
    measures: ['unblended', 'tokens', 'inputTokens', 'outputTokens', 'totalInputTokens', 'effectiveRate'],
    groupBy: ['family'],
    sort: [{ by: 'family', descending: false }],
  });
  expect(rows).toEqual([
    ['customization', 1.134, null, null, null, null, null],
    ['evaluation', 2.4, null, null, null, null, null],
    // 2,000 thousand tokens for $0.12: $0.06 per million.
    ['inference', 0.12, 2_000_000, 2_000_000, 0, 2_000_000, expect.closeTo(0.06, 9)],
  ]);
  expect(totals).toMatchObject({
    tokens: 2_000_000,
    outputTokens: 0,
    effectiveRate: expect.closeTo(0.06, 9),
  });
});
