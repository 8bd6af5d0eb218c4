// What a count is about and which counts answer a question: keys as people write them, names, and the choice of a set.
import { describe, expect, test } from 'vitest';
import { chooseSet, unknownTo } from '../../../shared/domain/metrics/choose-set.ts';
import { isSameDimension, metricKey, parseMetricKey, profileOf } from '../../../shared/domain/metrics/key.ts';
import { metricOf } from '../../../shared/domain/metrics/names.ts';

describe('a key', () => {
  test.each([
    ['model=Nova Lite', { model: 'Nova Lite' }],
    ['model=us.anthropic.claude-sonnet-4-5-20250929-v1:0', { model: 'Claude Sonnet 4.5' }],
    ['tag:team=search; account=111122223333', { account: '111122223333', 'tag:team': 'search' }],
    ['costCategory:Product line=Chat', { 'costCategory:Product line': 'Chat' }],
    ['111122223333', { account: '111122223333' }],
    ['amazon.nova-lite-v1:0', { model: 'Nova Lite' }],
    ['*', {}],
    ['', {}],
    ['model=zephyr-9', { model: 'zephyr-9' }],
  ])('%s', (text, expected) => expect(parseMetricKey(text)).toEqual(expected));

  test.each([
    ['team=search', /“team” is not a dimension/u],
    ['meter=input', /“meter” is not a dimension/u],
    ['model=', /“model” has no value/u],
    ['account=1;account=2', /“account” is named twice/u],
    ['zephyr-9', /neither an account nor a known model/u],
    ['=x', /“” is not a dimension/u],
  ])('%s is refused with the reason', (text, reason) => expect(parseMetricKey(text)).toMatch(reason));

  test('is the same text whatever the order of its parts', () => {
    const [one, other] = [
      { model: 'nova-lite', account: '1' },
      { account: '1', model: 'Nova Lite' },
    ];
    expect(JSON.stringify(metricKey(one))).toBe(JSON.stringify(metricKey(other)));
  });
});

test.each([
  ['Invocations', 'requests'],
  ['InputTokenCount', 'inputTokens'],
  ['InvocationThrottles', 'throttledRequests'],
  ['CacheReadInputTokens', 'cacheReadTokens'],
  ['requests', 'requests'],
  ['InvocationLatency', null],
  ['tickets', null],
])('%s is %s', (name, metric) => expect(metricOf(name)).toBe(metric));

test('a tag in another spelling is the same dimension, another tag is not', () => {
  expect(isSameDimension('tag:user:Team', 'tag:team')).toBe(true);
  expect(isSameDimension('tag:team', 'tag:owner')).toBe(false);
  expect(isSameDimension('tag:team', 'costCategory:team')).toBe(false);
});

test.each([
  ['arn:aws:bedrock:us-east-1:1:application-inference-profile/a1b2', 'a1b2'],
  ['arn:aws:bedrock:us-east-1:1:inference-profile/us.amazon.nova-lite-v1:0', 'us.amazon.nova-lite-v1:0'],
  ['amazon.nova-lite-v1:0', null],
])('the profile of %s is %s', (modelId, profile) => expect(profileOf(modelId)).toBe(profile));

describe('of several counts of the same requests', () => {
  const SETS = [
    { by: ['account', 'model'], total: 90 },
    { by: ['model'], total: 80 },
    { by: ['tag:team'], total: 100 },
  ];
  test.each([
    [['model'], ['model']],
    [['account'], ['account', 'model']],
    [['tag:user:Team'], ['tag:team']],
    [[], ['tag:team']],
  ])('%o is answered by those kept by %o, never by a sum of two', (asked, by) =>
    expect(chooseSet(SETS, asked)?.by).toEqual(by),
  );

  test('none answers what nobody counted by', () => {
    expect(chooseSet(SETS, ['model', 'tag:team'])).toBeNull();
    expect(unknownTo(['account', 'model'], ['model', 'meter'])).toEqual(['meter']);
  });
});
