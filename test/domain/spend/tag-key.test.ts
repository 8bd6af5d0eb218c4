import { expect, test } from 'vitest';
import { matchingKeys } from '../../../shared/domain/spend/tag-key.ts';

const CUR_1 = ['resourceTags/user:Team', 'resourceTags/user:CostCenter', 'resourceTags/aws:createdBy'];
const CUR_2 = ['user_team', 'user_cost_center', 'aws_created_by'];

test.each([
  ['resourceTags/user:Team', ['resourceTags/user:Team', 'user_team']],
  ['user:Team', ['resourceTags/user:Team', 'user_team']],
  ['user_team', ['user_team', 'resourceTags/user:Team']],
  ['Team', ['resourceTags/user:Team', 'user_team']],
  ['team', ['user_team', 'resourceTags/user:Team']],
  ['user:CostCenter', ['resourceTags/user:CostCenter', 'user_cost_center']],
  ['aws:createdBy', ['resourceTags/aws:createdBy', 'aws_created_by']],
  ['user:team', ['user_team']],
  ['Owner', []],
])('%s means %j', (asked, expected) => {
  expect(matchingKeys(asked, [...CUR_1, ...CUR_2], 'tag')).toEqual(expected);
});

test.each([
  ['user:Team', ['Team', 'team']],
  ['Team', ['Team', 'team']],
  ['user_team', ['team', 'Team']],
  ['TEAM', ['Team', 'team']],
  ['user:TEAM', ['team']],
  ['costcenter', ['cost_center']],
  ['accountTag/Team', ['accountTag/Team']],
])('among keys held without their prefix, %s means %j', (asked, expected) => {
  expect(matchingKeys(asked, ['Team', 'team', 'cost_center', 'accountTag/Team'], 'tag')).toEqual(expected);
});

test('two tags that differ only in case stay two tags', () => {
  const held = ['user:Team', 'user:team'];
  expect(matchingKeys('user:Team', held, 'tag')).toEqual(['user:Team']);
  expect(matchingKeys('user:team', held, 'tag')).toEqual(['user:team']);
});

test('a cost category is found with or without the prefix of its column', () => {
  expect(matchingKeys('Charge type', ['costCategory/Charge type'], 'costCategory')).toEqual([
    'costCategory/Charge type',
  ]);
  expect(matchingKeys('Charge type', ['charge_type'], 'costCategory')).toEqual(['charge_type']);
});
