// A small bill with everything a reviewer meets: usage of unknown kind, odd units, a profile without a model, AI elsewhere.
import type { Input, Output } from '../../../shared/contract/methods.ts';
import {
  NO_FIELDS,
  type RuleFields,
  type RulePattern,
} from '../../../shared/domain/usage/workspace-rules.ts';
import type { Engine } from '../../../src-main/engine/engine.ts';
import { cur2, MARKETPLACE_2, OTHER_2, type Row } from '../import/synthetic.ts';

export const PROFILE = 'arn:aws:bedrock:us-east-1:000000000002:application-inference-profile/a1b2c3';

const NAMELESS: Row = { line_item_usage_type: 'USE1-Zephyr9:mystery', line_item_unblended_cost: 12 };

export const ROWS: readonly Row[] = [
  {},
  { ...MARKETPLACE_2 },
  NAMELESS,
  {
    ...NAMELESS,
    line_item_usage_type: 'USW2-Zephyr9:mystery',
    line_item_unblended_cost: 3,
    line_item_usage_account_id: '000000000003',
  },
  {
    line_item_usage_type: 'USE1-NovaPro-output-tokens',
    pricing_unit: 'Bundles',
    line_item_unblended_cost: 7,
  },
  {
    line_item_usage_type: 'USE1-NovaPro-input-tokens',
    pricing_unit: '1M tokens',
    line_item_usage_amount: 1000,
    line_item_unblended_cost: 0.8,
  },
  {
    line_item_usage_type: 'USE1-input-tokens',
    line_item_resource_id: PROFILE,
    line_item_usage_amount: 2000,
    line_item_unblended_cost: 1.6,
  },
  {
    line_item_usage_type: 'USE1-output-tokens',
    line_item_resource_id: PROFILE,
    line_item_usage_amount: 500,
    line_item_unblended_cost: 1.6,
  },
  OTHER_2,
  {
    ...OTHER_2,
    line_item_product_code: 'AmazonFrontier',
    line_item_usage_type: 'USE1-Orion-input-tokens',
    line_item_usage_amount: 4000,
    line_item_unblended_cost: 20,
    pricing_unit: '1K tokens',
  },
  {
    ...OTHER_2,
    line_item_product_code: 'AmazonFrontier',
    line_item_usage_type: 'USE1-Orion-input-tokens',
    line_item_usage_amount: 1000,
    line_item_unblended_cost: 5,
    pricing_unit: '1K tokens',
    line_item_usage_start_date: '2026-08-04T10:00:00.000Z',
    line_item_usage_end_date: '2026-08-04T11:00:00.000Z',
  },
  {
    ...OTHER_2,
    line_item_product_code: 'AmazonES',
    line_item_usage_type: 'USE1-IndexingOCU',
    line_item_usage_amount: 24,
    line_item_unblended_cost: 5.76,
    pricing_unit: 'OCU-hours',
  },
  {
    line_item_line_item_type: 'Tax',
    line_item_usage_type: '',
    line_item_usage_amount: 1,
    line_item_unblended_cost: 2.5,
    pricing_unit: '',
  },
];

export const BILL = cur2(ROWS);

export type Rule = Input<'review.saveRule'>['rule'];

export const says = (pattern: Partial<RulePattern>, fields: Partial<RuleFields>): Rule => ({
  pattern: { usageType: null, product: null, resource: null, ...pattern },
  outcome: { kind: 'bedrock', fields: { ...NO_FIELDS, ...fields } },
  why: 'the account team says so',
  author: 'ada',
});

export const rules = (pattern: Partial<RulePattern>, kind: 'not_bedrock' | 'as_it_stands'): Rule => ({
  ...says(pattern, {}),
  outcome: { kind },
});

export const ZEPHYR = says(
  { usageType: '*Zephyr9:mystery' },
  {
    family: 'inference',
    model: 'Nova Lite',
    meter: 'input',
    mode: 'on_demand',
    regionTier: 'regional',
    contextBand: 'standard',
  },
);
export const ORION = says(
  { usageType: '*Orion-input-tokens', product: 'AmazonFrontier' },
  {
    family: 'inference',
    model: 'Nova Lite',
    meter: 'input',
    mode: 'on_demand',
    regionTier: 'regional',
    contextBand: 'standard',
  },
);

/** Everything a question can tell about the lines, in one comparable list. */
export async function answersOf(engine: Engine): Promise<unknown> {
  const ask = (scope: 'bedrock' | 'all'): Promise<Output<'spend.query'>> =>
    engine.call('spend.query', {
      measures: [
        'unblended',
        'netUnblended',
        'list',
        'catalogList',
        'tokens',
        'quantity',
        'lineItems',
        'unpricedShare',
      ],
      groupBy: ['service', 'usageType', 'model', 'meter', 'mode', 'day'],
      scope,
    });
  const [ours, all] = [await ask('bedrock'), await ask('all')];
  return { bedrock: [ours.rows, ours.totals], all: [all.rows, all.totals] };
}
