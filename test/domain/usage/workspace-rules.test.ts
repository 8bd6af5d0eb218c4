// The workspace's own rules: what fits, who decides, and what a decision does to a line.
import { describe, expect, test } from 'vitest';
import { clueOf } from '../../../shared/domain/usage/ai-clues.ts';
import { interpretLine } from '../../../shared/domain/usage/classify.ts';
import { fitsGlob } from '../../../shared/domain/usage/glob.ts';
import type { LineDimensions } from '../../../shared/domain/usage/line.ts';
import {
  interpretWith,
  NO_FIELDS,
  patternFault,
  type RuleFields,
  type RuleOutcome,
  type RulePattern,
  ruleNumberOf,
  type WorkspaceRule,
} from '../../../shared/domain/usage/workspace-rules.ts';

const LINE: LineDimensions = {
  billingEntity: 'AWS',
  productCode: 'AmazonBedrock',
  productName: 'Amazon Bedrock',
  productModel: null,
  usageType: 'USE1-Zephyr9:mystery-units',
  operation: null,
  chargeType: 'Usage',
  unit: '1K tokens',
  description: null,
  region: 'us-east-1',
  resource: null,
};

const NOWHERE: RulePattern = { usageType: null, product: null, resource: null };

function rule(
  pattern: Partial<RulePattern>,
  outcome: RuleOutcome | Partial<RuleFields>,
  number = 1,
): WorkspaceRule {
  return {
    number,
    pattern: { ...NOWHERE, ...pattern },
    outcome: 'kind' in outcome ? outcome : { kind: 'bedrock', fields: { ...NO_FIELDS, ...outcome } },
    why: 'as the account team told us',
    author: 'ada',
    decidedAt: '2026-11-21T12:00:00.000Z',
  };
}

describe('a pattern', () => {
  test.each([
    ['*NovaLite-input-tokens', 'USE1-NovaLite-input-tokens', true],
    ['use1-novalite-INPUT-tokens', 'USE1-NovaLite-input-tokens', true],
    ['NovaLite', 'USE1-NovaLite-input-tokens', false],
    ['*Nova*tokens', 'USE1-NovaLite-input-tokens', true],
    ['*tokens*', 'tokens', true],
    ['a*a', 'a', false],
    ['ab*b*ba', 'abba', false],
    ['ab*b*ba', 'abbba', true],
    ['a.c', 'abc', false],
    ['', '', true],
    ['', 'a', false],
  ])('%s fits %s: %s', (pattern, text, expected) => expect(fitsGlob(pattern, text)).toBe(expected));

  test('must name something: * alone would claim a whole bill', () => {
    expect(patternFault(NOWHERE)).toMatch(/needs a usage type, a product or a resource/u);
    expect(patternFault({ ...NOWHERE, usageType: '**' })).toMatch(/at least 3 characters/u);
    expect(patternFault({ ...NOWHERE, usageType: '*', product: 'AmazonBedrock' })).toBeNull();
  });
});

describe('a rule', () => {
  test('says what an unknown usage type is, and the unit is read by the meter it names', () => {
    expect(interpretLine(LINE).classification?.family).toBe('unknown');
    const meaning = interpretWith([
      rule(
        { usageType: '*Zephyr9:mystery-units' },
        { family: 'inference', model: 'claude-sonnet-4-5', meter: 'input', mode: 'on_demand' },
      ),
    ])(LINE);
    expect(meaning).toMatchObject({
      lineClass: 'bedrock',
      modelTier: 'mid',
      unit: { baseUnit: 'token', multiplier: 1000 },
      classification: {
        family: 'inference',
        provider: 'Anthropic',
        model: 'Claude Sonnet 4.5',
        meter: 'input',
        mode: 'on_demand',
        term: 'none',
        ruleId: 'user:1',
      },
      decision: { rule: 1, bundled: { lineClass: 'bedrock', classification: { family: 'unknown' } } },
    });
    expect(ruleNumberOf(meaning.classification?.ruleId ?? '')).toBe(1);
  });

  test('changes only what it names', () => {
    const line = { ...LINE, usageType: 'USE1-NovaLite-input-tokens-batch' };
    const before = interpretLine(line).classification;
    const after = interpretWith([rule({ product: 'AmazonBedrock' }, { variant: 'pilot' })])(line);
    expect(after.classification).toEqual({ ...before, variant: 'pilot', ruleId: 'user:1' });
    expect(after.unit).toEqual({ baseUnit: 'token', multiplier: 1000 });
  });

  test('may say how much one billed unit is where the text does not tell', () => {
    const line = { ...LINE, usageType: 'USE1-NovaLite-input-tokens', unit: 'Bundles' };
    expect(interpretLine(line).unit).toBeNull();
    const meaning = interpretWith([rule({ usageType: '*NovaLite-input-tokens' }, { unitsEach: 5e6 })])(line);
    expect(meaning.unit).toEqual({ baseUnit: 'token', multiplier: 5_000_000 });
  });

  test('gives a profile its model, and nothing to the profile beside it', () => {
    const profile = 'arn:aws:bedrock:us-east-1:111111111111:application-inference-profile/';
    const line = (id: string): LineDimensions => ({
      ...LINE,
      usageType: 'USE1-input-tokens',
      resource: `${profile}${id}`,
    });
    const interpret = interpretWith([rule({ resource: `${profile}abc` }, { model: 'Nova Pro' })]);
    expect(interpret(line('abc')).classification).toMatchObject({
      provider: 'Amazon',
      model: 'Nova Pro',
      meter: 'input',
    });
    expect(interpret(line('abd')).classification).toMatchObject({ provider: null, model: null });
  });

  test('takes a line out of Bedrock, tax and all, or brings it in', () => {
    const out = interpretWith([rule({ product: 'AmazonBedrock' }, { kind: 'not_bedrock' })]);
    expect(out(LINE)).toMatchObject({ lineClass: 'other', classification: null, unit: null });
    expect(out({ ...LINE, chargeType: 'Tax', usageType: null })).toMatchObject({ lineClass: 'other' });
    const other = {
      ...LINE,
      productCode: 'AmazonFrontier',
      usageType: 'USE1-Orion-requests',
      unit: 'Requests',
    };
    const into = interpretWith([rule({ product: 'AmazonFrontier' }, {})]);
    expect(into(other)).toMatchObject({
      lineClass: 'bedrock',
      classification: { family: 'unknown', model: null, ruleId: 'user:1' },
    });
    expect(into({ ...other, chargeType: 'Tax' })).toMatchObject({
      lineClass: 'bedrock',
      classification: null,
    });
  });

  test('that leaves a line as it stands changes nothing but who decided', () => {
    const { decision, ...meaning } = interpretWith([
      rule({ product: 'AmazonBedrock' }, { kind: 'as_it_stands' }),
    ])(LINE);
    expect({ ...meaning, decision: null }).toEqual(interpretLine(LINE));
    expect(decision?.rule).toBe(1);
  });

  test('the first that fits decides', () => {
    const narrow = rule({ usageType: '*mystery-units' }, { kind: 'not_bedrock' }, 2);
    const wide = rule({ product: 'AmazonBedrock' }, { family: 'other' }, 1);
    expect(interpretWith([narrow, wide])(LINE).lineClass).toBe('other');
    expect(interpretWith([wide, narrow])(LINE).classification?.family).toBe('other');
  });

  test('keeps a model it does not know as written, with no maker made up', () => {
    const named = (model: string) =>
      interpretWith([rule({ product: 'AmazonBedrock' }, { model })])(LINE).classification;
    expect(named('Zephyr 9')).toMatchObject({ model: 'Zephyr 9', provider: null });
    expect(named('anthropic.zephyr-9')).toMatchObject({ model: 'anthropic.zephyr-9', provider: 'Anthropic' });
  });
});

describe('a clue that a line outside Bedrock is AI', () => {
  test.each([
    [{ service: 'Claude Zephyr 9', usageType: 'USE1-MP:USE1_Hours-Units' }, 'product-names-model'],
    [{ service: 'AmazonBedrockNext', usageType: 'USE1-Something' }, 'service-says-bedrock'],
    [{ service: 'AmazonFrontier', usageType: 'USE1-Orion-input-tokens' }, 'counts-tokens'],
    [{ service: 'x4kk2', usageType: 'USE1-MP:USE1_OutputTokenCount-Units' }, 'counts-tokens'],
    [{ service: 'AmazonES', usageType: 'USE1-IndexingOCU' }, 'vector-store'],
    [{ service: 'AmazonSageMaker', usageType: 'EU-Host:ml.g5.2xlarge' }, 'hosted-model'],
    [{ service: 'AmazonVPC', usageType: 'USE1-VpcEndpoint-bedrock-Hours' }, 'usage-type-says-bedrock'],
  ])('%o: %s', (subject, id) => expect(clueOf(subject)?.id).toBe(id));

  test.each([
    { service: 'AmazonEC2', usageType: 'USE1-BoxUsage:t3.micro' },
    { service: 'AWSSecurityTokenService', usageType: 'USE1-Requests' },
    { service: 'AmazonCognito', usageType: 'USE1-TokenRequests' },
    { service: 'AmazonS3', usageType: 'TimedStorage-ByteHrs' },
    { service: 'AmazonES', usageType: 'USW2-ESInstance:m5.large' },
    { service: null, usageType: null },
  ])('none about %o', (subject) => expect(clueOf(subject)).toBeNull());
});
