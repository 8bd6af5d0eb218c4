// Who and what a line is for, from the file to the answer: principals, profiles, tags with their namespaces, cost categories.
import { expect, test } from 'vitest';
import { CUR_2, cur1, cur2, type Row } from '../import/synthetic.ts';
import { testWorkspace } from '../import/workspace.ts';

const ROLE = 'arn:aws:sts::000000000002:assumed-role/Search/pod-7';
const ARN = 'arn:aws:bedrock:us-east-1:000000000002:';

async function costBy(content: string, dimension: string): Promise<unknown[][]> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('bill.csv', content));
  const { rows } = await workspace.engine.call('spend.query', {
    measures: ['unblended'],
    groupBy: [dimension],
    sort: [{ by: 'unblended', descending: false }],
  });
  return rows;
}

const withColumns = (...columns: string[]): string[] => [...CUR_2, ...columns];

test('the caller of CUR 2.0’s principal column', async () => {
  const rows: Row[] = [
    { line_item_unblended_cost: 1, line_item_iam_principal: ROLE },
    { line_item_unblended_cost: 2, line_item_iam_principal: '' },
  ];
  expect(await costBy(cur2(rows, withColumns('line_item_iam_principal')), 'principal')).toEqual([
    [ROLE, 1],
    [null, 2],
  ]);
});

test.each([
  [`${ARN}application-inference-profile/a1b2c3`, 'a1b2c3'],
  [`${ARN}inference-profile/us.amazon.nova-lite-v1:0`, 'us.amazon.nova-lite-v1:0'],
  ['arn:aws:bedrock:us-east-1::foundation-model/amazon.nova-lite-v1:0', null],
  ['', null],
])('the inference profile of %s is %s', async (resource, profile) => {
  const bill = cur2([{ line_item_unblended_cost: 1, line_item_resource_id: resource }]);
  expect(await costBy(bill, 'inferenceProfile')).toEqual([[profile, 1]]);
});

const TAGS = JSON.stringify({
  'resourceTags/user:Team': 'search',
  'iamPrincipal/team': 'platform',
  'accountTag/Team': 'payments',
  'costCategory/Product line': 'Chat, internal',
});

test.each([
  ['tag:user:Team', 'search'],
  ['tag:Team', 'search'],
  ['tag:iamPrincipal/team', 'platform'],
  ['tag:accountTag/Team', 'payments'],
  ['costCategory:Product line', 'Chat, internal'],
])('of tags in several namespaces, %s is %s and none is taken for another', async (dimension, value) => {
  expect(await costBy(cur2([{ line_item_unblended_cost: 1, tags: TAGS }]), dimension)).toEqual([[value, 1]]);
});

test('the older map of tags, in snake case, answers to the same names', async () => {
  const bill = cur2([{ line_item_unblended_cost: 1, tags: '{}', resource_tags: '{"user_team":"search"}' }]);
  expect(await costBy(bill, 'tag:user:Team')).toEqual([['search', 1]]);
});

test('cost categories with spaces: a column of CUR 1.0, and the map of CUR 2.0', async () => {
  const older = cur1([{ 'lineItem/UnblendedCost': 1, 'costCategory/Product line': 'Chat' }]);
  const newer = cur2([{ line_item_unblended_cost: 1, cost_category: '{"Product line":"Chat"}' }]);
  for (const bill of [older, newer]) {
    expect(await costBy(bill, 'costCategory:Product line')).toEqual([['Chat', 1]]);
  }
});

test('a question may filter by any of them', async () => {
  const workspace = testWorkspace();
  const rows: Row[] = [{ line_item_unblended_cost: 1, tags: TAGS }, { line_item_unblended_cost: 2 }];
  await workspace.import(workspace.write('bill.csv', cur2(rows)));
  const total = async (dimension: string, value: string | null) =>
    (
      await workspace.engine.call('spend.query', {
        measures: ['unblended'],
        where: [{ dimension, operator: '=', values: [value] }],
      })
    ).totals.unblended;
  expect(await total('costCategory:Product line', 'Chat, internal')).toBe(1);
  expect(await total('tag:accountTag/Team', 'payments')).toBe(1);
  expect(await total('tag:accountTag/Team', null)).toBe(2);
});
