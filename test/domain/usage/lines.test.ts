// Whole lines: which are Bedrock's, which are usage, where they ran, whose model they are about.
import { describe, expect, test } from 'vitest';
import { interpretLine, ruleReason } from '../../../shared/domain/usage/classify.ts';
import type { LineDimensions } from '../../../shared/domain/usage/line.ts';
import { CANDIDATE_RULES, RULES } from '../../../shared/domain/usage/rules.ts';

const NOVA: LineDimensions = {
  billingEntity: 'AWS',
  productCode: 'AmazonBedrock',
  productName: 'Amazon Bedrock',
  productModel: null,
  usageType: 'APS3-NovaLite-input-tokens',
  operation: 'InvokeModelInference',
  chargeType: 'Usage',
  unit: '1K tokens',
  description: '$0.00006 per 1K input tokens',
  region: 'ap-south-1',
  resource: null,
};

/** The one Marketplace line that is public in full; identifiers are not its own. */
const MARKETPLACE_CLAUDE: LineDimensions = {
  billingEntity: 'AWS Marketplace',
  productCode: '4a524th30q694o538qndh9ucht',
  productName: 'Claude 3.5 Sonnet (Amazon Bedrock Edition)',
  productModel: null,
  usageType: 'USW2-MP:USW2_InputTokenCount-Units',
  operation: 'Usage',
  chargeType: 'Usage',
  unit: 'Units',
  description: 'AWS Marketplace software usage|us-west-2|Million Input Tokens',
  region: 'us-west-2',
  resource: 'arn:aws:bedrock:us-west-2::foundation-model/anthropic.claude-3-5-sonnet-20240620-v1:0',
};

describe('which lines are Bedrock', () => {
  test('Nova sold by AWS India is Bedrock', () => {
    const meaning = interpretLine({ ...NOVA, billingEntity: 'AISPL' });
    expect(meaning.lineClass).toBe('bedrock');
    expect(meaning.classification?.model).toBe('Nova Lite');
    expect(meaning.region).toBe('ap-south-1');
    expect(meaning.service).toBe('AmazonBedrock');
  });

  test.each([
    'AmazonBedrock',
    'AmazonBedrockService',
    'AmazonBedrockFoundationModels',
    'AmazonBedrockAgentCore',
  ])('%s is Bedrock', (productCode) =>
    expect(interpretLine({ ...NOVA, productCode }).lineClass).toBe('bedrock'),
  );

  test('a Marketplace line is Bedrock by its product name, in millions of tokens', () => {
    const meaning = interpretLine(MARKETPLACE_CLAUDE);
    expect(meaning).toMatchObject({
      lineClass: 'bedrock',
      service: 'Claude 3.5 Sonnet (Amazon Bedrock Edition)',
      region: 'us-west-2',
      modelTier: 'mid',
      unit: { baseUnit: 'token', multiplier: 1_000_000 },
      classification: {
        family: 'inference',
        provider: 'Anthropic',
        model: 'Claude 3.5 Sonnet',
        meter: 'input',
        mode: 'on_demand',
        regionTier: 'regional',
      },
    });
  });

  test('another Marketplace product is not', () => {
    const meaning = interpretLine({ ...MARKETPLACE_CLAUDE, productName: 'Northwind Firewall' });
    expect(meaning).toMatchObject({ lineClass: 'other', classification: null, unit: null });
  });

  test('a product code of Bedrock does not make a Marketplace line Bedrock', () => {
    const line = { ...NOVA, billingEntity: 'AWS Marketplace', productName: 'Northwind Firewall' };
    expect(interpretLine(line).lineClass).toBe('other');
  });

  test('EC2 is neither Bedrock nor a candidate', () => {
    const line = { ...NOVA, productCode: 'AmazonEC2', usageType: 'USE1-BoxUsage:m5.large', unit: 'Hrs' };
    expect(interpretLine(line)).toMatchObject({
      lineClass: 'other',
      classification: null,
      region: 'us-east-1',
    });
  });

  test.each([
    ['AmazonSageMaker', 'USE1-Host:ml.g5.12xlarge'],
    ['AmazonCloudWatch', 'USE1-DataProcessing-Bytes'],
    ['AWSLambda', 'USE1-Lambda-GB-Second'],
    ['AmazonS3', 'USE1-TimedStorage-ByteHrs'],
    ['AmazonVPC', 'USE1-VpcEndpoint-Hours'],
    ['AWSDataTransfer', 'USE1-DataTransfer-Out-Bytes'],
  ])('%s %s is a candidate and not classified', (productCode, usageType) => {
    expect(interpretLine({ ...NOVA, productCode, usageType })).toMatchObject({
      lineClass: 'candidate',
      classification: null,
    });
  });

  test('OpenSearch Serverless units are candidates that say what they are; a search instance is not one', () => {
    const line = { ...NOVA, productCode: 'AmazonES', usageType: 'USW2-IndexingOCU', unit: 'OCU-hours' };
    expect(interpretLine(line)).toMatchObject({
      lineClass: 'candidate',
      region: 'us-west-2',
      classification: { family: 'knowledge_base', meter: 'ocu_hour', variant: 'indexing' },
      unit: { baseUnit: 'ocu_hour', multiplier: 1 },
    });
    expect(interpretLine({ ...line, usageType: 'USW2-ESInstance:m5.large' }).lineClass).toBe('other');
  });
});

describe('charge types', () => {
  test.each(['Tax', 'Credit', 'Refund', 'Fee', 'BundledDiscount', 'EdpDiscount', 'PrivateRateDiscount'])(
    'a %s line of Bedrock is a Bedrock line, not usage and not unknown',
    (chargeType) => {
      expect(interpretLine({ ...NOVA, chargeType, usageType: null, unit: null })).toMatchObject({
        lineClass: 'bedrock',
        isUsage: false,
        countsQuantity: false,
        classification: null,
        unit: null,
      });
    },
  );

  test('a discount that keeps its usage type has no meter either', () => {
    expect(interpretLine({ ...NOVA, chargeType: 'SomeNewDiscount' })).toMatchObject({
      isUsage: false,
      classification: null,
    });
  });

  test.each(['Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage'])(
    '%s counts its quantity',
    (chargeType) => {
      expect(interpretLine({ ...NOVA, chargeType })).toMatchObject({ isUsage: true, countsQuantity: true });
    },
  );

  test('a negation repeats a quantity that is already counted', () => {
    expect(interpretLine({ ...NOVA, chargeType: 'SavingsPlanNegation' })).toMatchObject({
      isUsage: false,
      countsQuantity: false,
    });
  });

  test('a type nobody knows is not taken for usage', () => {
    expect(interpretLine({ ...NOVA, chargeType: 'Tribute' })).toMatchObject({
      lineClass: 'bedrock',
      isUsage: false,
      classification: null,
    });
  });

  test('Bedrock usage without a usage type is unknown', () => {
    expect(interpretLine({ ...NOVA, usageType: null }).classification).toMatchObject({
      family: 'unknown',
      mode: 'unknown',
      meter: null,
      model: null,
      ruleId: 'unknown',
    });
  });
});

describe('whose model', () => {
  const model = (line: Partial<LineDimensions>) => interpretLine({ ...NOVA, ...line }).classification;

  test('the model attribute of the export comes first', () => {
    expect(model({ productModel: 'Nova Pro' })?.model).toBe('Nova Pro');
  });

  test('a model attribute that the table does not hold is shown as it stands', () => {
    expect(model({ productModel: 'Nova Gigantic' })).toMatchObject({
      model: 'Nova Gigantic',
      provider: null,
    });
  });

  test('a Marketplace product that the table does not hold keeps its name, without a provider', () => {
    const line = { ...MARKETPLACE_CLAUDE, productName: 'Talker 9 (Amazon Bedrock Edition)', resource: null };
    expect(model(line)).toMatchObject({ model: 'Talker 9', provider: null, meter: 'input' });
  });

  test('a service name is not a model', () => {
    expect(
      model({ productName: 'Amazon Bedrock Service', usageType: 'USE1-input-tokens' })?.model,
    ).toBeNull();
  });

  test('where neither product nor string names it, the resource does', () => {
    const line = {
      ...MARKETPLACE_CLAUDE,
      billingEntity: 'AWS',
      productCode: 'AmazonBedrockFoundationModels',
      productName: null,
    };
    expect(model(line)).toMatchObject({ model: 'Claude 3.5 Sonnet', provider: 'Anthropic' });
    const profile = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-sonnet-4-6';
    expect(model({ ...line, resource: profile })?.model).toBe('Claude Sonnet 4.6');
    const application = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/a1b2c3d4e5f6';
    expect(model({ ...line, resource: application })?.model).toBeNull();
    expect(model({ ...line, resource: null })?.model).toBeNull();
  });

  test('the operation is no evidence', () => {
    const batch = model({ operation: 'InvokeBatchInference' });
    expect(batch).toEqual(model({ operation: 'Usage' }));
    expect(batch?.mode).toBe('on_demand');
  });
});

describe('region', () => {
  test.each([
    ['USE1', 'us-east-1'],
    ['USW2', 'us-west-2'],
    ['CAN1', 'ca-central-1'],
    ['EU', 'eu-west-1'],
    ['EUW2', 'eu-west-2'],
    ['EUC1', 'eu-central-1'],
    ['EUN1', 'eu-north-1'],
    ['APN1', 'ap-northeast-1'],
    ['APN3', 'ap-northeast-3'],
    ['APS1', 'ap-southeast-1'],
    ['APS2', 'ap-southeast-2'],
    ['APS3', 'ap-south-1'],
    ['APS4', 'ap-southeast-3'],
    ['APS7', 'ap-southeast-5'],
    ['SAE1', 'sa-east-1'],
    ['UGW1', 'us-gov-west-1'],
    ['UGE1', 'us-gov-east-1'],
  ])('%s is %s, in native and Marketplace strings', (prefix, region) => {
    const native = `${prefix}-NovaLite-input-tokens`;
    const marketplace = `${prefix}-MP:${prefix}_InputTokenCount-Units`;
    for (const usageType of [native, marketplace]) {
      expect(interpretLine({ ...NOVA, usageType, region: null }).region).toBe(region);
    }
  });

  test('the prefix decides over the column', () => {
    expect(interpretLine({ ...NOVA, usageType: 'EU-NovaLite-input-tokens', region: null }).region).toBe(
      'eu-west-1',
    );
    expect(interpretLine({ ...NOVA, usageType: 'UGW1-NovaLite-input-tokens' }).region).toBe('us-gov-west-1');
  });

  test('without a known prefix the column of the export does', () => {
    expect(interpretLine({ ...NOVA, usageType: 'XYZ1-NovaLite-input-tokens' }).region).toBe('ap-south-1');
    expect(interpretLine({ ...NOVA, usageType: 'NovaLite-input-tokens', region: null }).region).toBeNull();
  });
});

describe('rules', () => {
  test('every rule has an id of its own and says why', () => {
    const ids = [...RULES, ...CANDIDATE_RULES].map((rule) => rule.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of [...ids, 'unknown']) expect(ruleReason(id)?.length).toBeGreaterThan(10);
    expect(ruleReason('no-such-rule')).toBeNull();
  });

  test('the line names the rule that decided', () => {
    expect(interpretLine(NOVA).classification?.ruleId).toBe('input-tokens');
    expect(
      interpretLine({ ...NOVA, usageType: 'USE1-Claude4Sonnet-cache-write-input-token-count-1-hour' })
        .classification?.ruleId,
    ).toBe('cache-write-1h');
  });
});
