// Discounts and credits per model, on real imports: net by model, what is left over, and the same totals as without.
import { expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { cur2, MARKETPLACE_2, type Row } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const cost = (amount: number, more: Row = {}): Row => ({ line_item_unblended_cost: amount, ...more });
const NOVA: Row = { line_item_usage_type: 'USE1-NovaLite-input-tokens' };
const KNOWLEDGE_BASE: Row = {
  line_item_usage_type: 'USE1-KnowledgeBase-GenerateQuery',
  pricing_unit: 'Query',
};
const EDP: Row = {
  line_item_line_item_type: 'EdpDiscount',
  line_item_usage_type: '',
  line_item_operation: '',
  // AWS dates such lines as it likes: they belong to the whole invoice.
  line_item_usage_start_date: '2026-08-01T00:00:00.000Z',
  line_item_usage_end_date: '2026-09-01T00:00:00.000Z',
};
const CREDIT: Row = { ...EDP, line_item_line_item_type: 'Credit' };

const GOLDEN = [
  cost(60, NOVA),
  cost(30, KNOWLEDGE_BASE),
  cost(110, { ...MARKETPLACE_2, line_item_unblended_cost: 110 }),
  cost(-9, EDP),
];

async function held(...rows: Row[]): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('report-00001.csv', cur2(rows)));
  return workspace;
}

const ask = ({ engine }: TestWorkspace, more: Partial<Input<'spend.query'>>) =>
  engine.call('spend.query', { measures: ['netUnblended'], spread: true, ...more });

test('net by model: Nova 60, a knowledge base 30 (both discounted), Claude 110 (not), EDP −9: 54, 27, 110, together 191', async () => {
  const workspace = await held(...GOLDEN);
  const answer = await ask(workspace, { groupBy: ['family', 'model'] });
  expect(answer.rows).toEqual([
    ['inference', 'Claude Sonnet 4.5', 110],
    ['inference', 'Nova Lite', 54],
    ['knowledge_base', null, 27],
    [null, null, 0],
  ]);
  expect(answer.totals.netUnblended).toBe(191);
  expect(answer.provenance.spread).toEqual([{ currency: 'USD', spread: -9, left: 0 }]);
  expect(answer.provenance.notes).toContain(
    'Discounts and credits of −9.00 USD are spread over the usage of their invoice, account and product, in proportion to unblended cost; nothing is left over.',
  );
  const raw = await ask(workspace, { groupBy: ['family', 'model'], spread: false });
  expect(raw.rows).toContainEqual([null, null, -9]);
  expect([raw.totals.netUnblended, raw.provenance.spread]).toEqual([191, null]);
});

test('what fits no usage stays a line of its own, and the answer says how much that is', async () => {
  const workspace = await held(
    ...GOLDEN,
    // Another account has no usage to take it; of another product there is too little.
    cost(-5, { ...CREDIT, line_item_usage_account_id: '000000000009' }),
    cost(-2, { ...EDP, line_item_product_code: 'AmazonBedrockService' }),
    cost(1, { ...NOVA, line_item_product_code: 'AmazonBedrockService' }),
  );
  const answer = await ask(workspace, { groupBy: ['chargeType'] });
  expect(answer.rows).toEqual([
    ['Usage', 192],
    ['Credit', -5],
    ['EdpDiscount', -2],
  ]);
  expect(answer.provenance.spread).toEqual([{ currency: 'USD', spread: -9, left: -7 }]);
  expect(answer.provenance.notes.join(' ')).toContain('−7.00 USD are not, and stay lines of their own');
});

test('a credit that names its usage type goes to that usage; a filter or a period does not change what a line takes on', async () => {
  const workspace = await held(
    cost(60, NOVA),
    cost(40, {
      ...NOVA,
      line_item_usage_start_date: '2026-08-20T10:00:00Z',
      line_item_usage_end_date: '2026-08-20T11:00:00Z',
    }),
    cost(30, KNOWLEDGE_BASE),
    cost(-10, { ...CREDIT, ...{ line_item_usage_type: 'USE1-NovaLite-input-tokens' } }),
  );
  const measures: Input<'spend.query'>['measures'] = ['unblended', 'amortized'];
  const model = { dimension: 'model', operator: '=' as const, values: ['Nova Lite'] };
  expect((await ask(workspace, { measures, groupBy: ['family'] })).rows).toEqual([
    ['inference', 90, 90],
    ['knowledge_base', 30, 30],
    [null, 0, 0],
  ]);
  const day = { from: '2026-08-20', to: '2026-08-20' };
  expect((await ask(workspace, { measures, where: [model] })).totals).toEqual({
    unblended: 90,
    amortized: 90,
  });
  expect((await ask(workspace, { measures, period: day })).totals).toEqual({ unblended: 36, amortized: 36 });
});

test('discounts as columns and as lines count once: the net of the lines is nothing to spread', async () => {
  const workspace = await held(cost(100, { ...NOVA, line_item_net_unblended_cost: 90 }), cost(-10, EDP));
  const answer = await ask(workspace, { groupBy: ['model'], measures: ['netUnblended', 'unblended'] });
  expect(answer.rows).toEqual([
    ['Nova Lite', 90, 90],
    [null, 0, 0],
  ]);
});

test('an effective rate has its share of the discount', async () => {
  const workspace = await held(cost(0.06, NOVA), cost(-0.006, EDP));
  const rate = async (spread: boolean) =>
    (await ask(workspace, { measures: ['effectiveRate'], basis: 'netUnblended', spread })).totals
      .effectiveRate;
  expect(await rate(false)).toBeCloseTo(0.06, 12);
  expect(await rate(true)).toBeCloseTo(0.054, 12);
});

test('the whole bill adds up to the same with and without', async () => {
  const workspace = await held(
    ...GOLDEN,
    cost(8, { line_item_line_item_type: 'Tax', line_item_usage_type: '' }),
  );
  for (const measure of ['unblended', 'netUnblended', 'amortized', 'netAmortized'] as const) {
    const [spread, raw] = await Promise.all(
      [true, false].map((on) => ask(workspace, { measures: [measure], scope: 'all', spread: on })),
    );
    expect(spread?.totals[measure]).toBeCloseTo(raw?.totals[measure] ?? Number.NaN, 9);
  }
});

test('two currencies: each discount goes to usage of its own currency, and each remainder stands apart', async () => {
  const euros: Row = { line_item_currency_code: 'EUR' };
  const workspace = await held(
    cost(60, NOVA),
    cost(-6, EDP),
    cost(40, { ...NOVA, ...euros }),
    cost(-8, { ...EDP, ...euros }),
    // More than the usage of its product there is: it stays where it is.
    cost(-3, { ...CREDIT, ...euros, line_item_product_code: 'AmazonBedrockAgentCore' }),
  );
  const answer = await ask(workspace, { groupBy: ['currency', 'model'] });
  expect(answer.rows.toSorted()).toEqual([
    ['EUR', null, -3],
    ['EUR', 'Nova Lite', 32],
    ['USD', null, 0],
    ['USD', 'Nova Lite', 54],
  ]);
  expect(answer.provenance.spread).toEqual([
    { currency: 'EUR', spread: -8, left: -3 },
    { currency: 'USD', spread: -6, left: 0 },
  ]);
  expect(answer.provenance.notes.filter((note) => note.startsWith('Discounts and credits of'))).toEqual([
    expect.stringMatching(
      /^Discounts and credits of −8\.00 EUR are spread .+; −3\.00 EUR are not, and stay lines/u,
    ),
    expect.stringMatching(/^Discounts and credits of −6\.00 USD are spread .+; nothing is left over\.$/u),
  ]);
});
