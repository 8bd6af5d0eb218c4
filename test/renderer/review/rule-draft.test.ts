// The rule behind the review's form: what a row suggests, what typed texts mean, and what cannot be kept yet.
import { describe, expect, test } from 'vitest';
import { NO_FIELDS } from '../../../shared/domain/usage/workspace-rules.ts';
import {
  draftOf,
  isComplete,
  type Rule,
  saysNothing,
  type TrayRow,
  type Typed,
  typedForRow,
  typedForRule,
} from '../../../src-renderer/screens/review/rule-draft.ts';

const ROW: TrayRow = {
  problem: 'unknown_usage_type',
  usageType: 'USE1-Zephyr9:mystery',
  service: 'AmazonBedrock',
  unit: null,
  description: null,
  resource: null,
  lineItems: 1,
  summedLineItems: 0,
  currency: 'USD',
  unblended: 12,
  accounts: 1,
  firstDay: '2026-08-03',
  lastDay: '2026-08-03',
  family: 'unknown',
  model: null,
  meter: null,
  mode: 'unknown',
  regionTier: null,
  contextBand: null,
  evidence: [],
  suggestion: { usageType: '*Zephyr9:mystery', product: 'AmazonBedrock', resource: null },
  lines: { where: [], scope: 'bedrock' },
};

const typed = (part: Partial<Typed> = {}): Typed => ({ ...typedForRow(ROW), ...part });
const kept = (part: Partial<Typed> = {}) => {
  const draft = draftOf(typed(part));
  if (typeof draft === 'string') throw new Error(draft);
  return draft;
};

describe('a form about a row', () => {
  test('starts with the suggested pattern and claims nothing', () => {
    const draft = kept();
    expect(draft.pattern).toEqual(ROW.suggestion);
    expect(draft.outcome).toEqual({ kind: 'bedrock', fields: NO_FIELDS });
    expect(saysNothing(draft, ROW)).toBe(true);
    expect(isComplete(draft)).toBe(false);
  });

  test('reads blank texts as not set, and figures with separators', () => {
    const draft = kept({ model: ' Nova Lite ', product: ' ', unitsEach: '1,000,000', why: ' told so ' });
    expect(draft.pattern.product).toBeNull();
    expect(draft.outcome).toMatchObject({
      fields: { model: 'Nova Lite', variant: null, unitsEach: 1_000_000 },
    });
    expect([saysNothing(draft, ROW), isComplete(draft)]).toEqual([false, true]);
  });

  test('says what is wrong instead of guessing', () => {
    expect(draftOf(typed({ unitsEach: 'a thousand' }))).toMatch(/“a thousand” is not a number/u);
    expect(draftOf(typed({ unitsEach: '0' }))).toMatch(/is not a number/u);
    expect(draftOf(typed({ usageType: '*', product: '' }))).toMatch(/at least 3 characters/u);
  });

  test('about a line outside Bedrock may say no more than that it is Bedrock’s', () => {
    expect(saysNothing(kept(), { ...ROW, problem: 'looks_like_ai' })).toBe(false);
    expect(saysNothing(kept({ kind: 'not_bedrock' }), ROW)).toBe(false);
  });
});

test('a rule that is opened and kept unchanged stays the same rule', () => {
  const rule: Rule = {
    number: 3,
    pattern: { usageType: '*x-tokens', product: null, resource: 'arn:*' },
    outcome: {
      kind: 'bedrock',
      fields: {
        ...NO_FIELDS,
        model: 'Nova Pro',
        meter: 'input',
        mode: 'batch',
        unitsEach: 1000,
        variant: 'v',
      },
    },
    why: 'because',
    author: 'ada',
    decidedAt: '2026-11-21T12:00:00.000Z',
    lineItems: 1,
    costs: [],
  };
  const { pattern, outcome, why, author } = rule;
  expect(draftOf(typedForRule(rule))).toEqual({ pattern, outcome, why, author });
});
