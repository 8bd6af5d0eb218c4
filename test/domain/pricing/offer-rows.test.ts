// Rows of AWS price lists, as quoted in public repositories: classified like a line of a bill, each must look up to its price.
import { expect, test } from 'vitest';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import { lookUpPrice } from '../../../shared/domain/pricing/lookup.ts';
import { interpretLine } from '../../../shared/domain/usage/classify.ts';

type OfferRow = readonly [product: string, usageType: string, unit: string, usd: number];

/** Marketplace-sold models; the product is printed with "(Amazon Bedrock Edition)". */
const FOUNDATION_MODELS: readonly OfferRow[] = [
  ['Claude Opus 5.5', 'USW2-MP:USW2_input_tokens_standard-Units', '1M tokens', 4.4],
  ['Claude Opus 5.5', 'USW2-MP:USW2_output_tokens_standard-Units', '1M tokens', 22],
  ['Claude Opus 5.5', 'USW2-MP:USW2_input_tokens_global_standard-Units', '1M tokens', 4],
  ['Claude Opus 5.5', 'USW2-MP:USW2_output_tokens_global_standard-Units', '1M tokens', 20],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_InputTokenCount-Units', '1M tokens', 1.1],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_OutputTokenCount-Units', '1M tokens', 5.5],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_InputTokenCount_Global-Units', '1M tokens', 1],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_OutputTokenCount_Global-Units', '1M tokens', 5],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_CacheReadInputTokenCount-Units', '1M tokens', 0.11],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_CacheReadInputTokenCount_Global-Units', '1M tokens', 0.1],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_CacheWriteInputTokenCount-Units', '1M tokens', 1.375],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_CacheWriteInputTokenCount_Global-Units', '1M tokens', 1.25],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_CacheWrite1hInputTokenCount-Units', '1M tokens', 2.2],
  ['Claude Haiku 4.5', 'USW2-MP:USW2_CacheWrite1hInputTokenCount_Global-Units', '1M tokens', 2],
  ['Claude Opus 4.1', 'USW2-MP:USW2_InputTokenCount-Units', '1M tokens', 15],
  ['Claude Opus 4.1', 'USW2-MP:USW2_OutputTokenCount-Units', '1M tokens', 75],
  ['Claude Opus 4.1', 'USW2-MP:USW2_InputTokenCount_Batch-Units', '1M tokens', 7.5],
  ['Claude Fable 5', 'USW2-MP:USW2_cache_read_tokens_standard-Units', '1M tokens', 1.1],
  [
    'Claude 3.7 Sonnet',
    'USW2-MP:USW2_ProvisionedThroughput_1MonthCommit_ModelUnits_Usage-Units',
    'hour',
    158.4,
  ],
  ['Claude Instant', 'USW2-MP:USW2_InputTokenCount-Units', '1M tokens', 0.8],
  ['Claude Sonnet 5.5', 'USW2-MP:USW2_input_tokens_standard-Units', '1M tokens', 2.2],
  ['Claude Sonnet 5.5', 'USW2-MP:USW2_input_tokens_global_standard-Units', '1M tokens', 2],
  ['Claude Sonnet 5.5', 'USW2-MP:USW2_output_tokens_standard-Units', '1M tokens', 11],
  ['Claude Sonnet 5.5', 'USW2-MP:USW2_output_tokens_global_standard-Units', '1M tokens', 10],
  ['Claude Sonnet 5.5', 'USW2-MP:USW2_cache_read_tokens_standard-Units', '1M tokens', 0.22],
  ['Claude Sonnet 5.5', 'USW2-MP:USW2_cache_write_tokens_standard-Units', '1M tokens', 2.75],
  ['Claude Sonnet 5.5', 'USW2-MP:USW2_cache_write_tokens_1h_standard-Units', '1M tokens', 4.4],
  ['Claude Sonnet 5.5', 'USW2-MP:USW2_cache_write_tokens_1h_global_standard-Units', '1M tokens', 4],
  ['OpenAI GPT-6 Astra', 'USW2-MP:USW2_input_tokens_standard-Units', '1M tokens', 11],
  ['OpenAI GPT-6 Astra', 'USW2-MP:USW2_cache_write_tokens_30m_standard-Units', '1M tokens', 13.75],
  ['OpenAI GPT-6 Astra', 'USW2-MP:USW2_input_tokens_long_ctx_standard-Units', '1M tokens', 22],
  ['Cohere Rerank v3.5', 'USE1-MP:USE1_search_units-Units', 'Units', 0.002],
];

const NATIVE: readonly OfferRow[] = [
  ['Nova Lite', 'USE1-NovaLite-input-tokens', '1K tokens', 0.00006],
  ['Nova Lite', 'USE1-NovaLite-output-tokens', '1K tokens', 0.00024],
  ['Nova 2.0 Lite', 'USE1-Nova2.0Lite-Customization-Training', '1K tokens', 0.00378],
  ['Nova 2.0 Lite', 'USE1-Nova2.0Lite-Customization-Storage', 'model / month', 1.95],
  ['Nova 2.0 Lite', 'USE1-Nova2.0Lite-input-tokens-custom-model', '1K tokens', 0.0003],
  ['Nova 2.0 Lite', 'USE1-Nova2.0Lite-output-tokens-custom-model', '1K tokens', 0.0025],
  ['Nova 2.0 Lite', 'USE1-Nova2.0Lite-input-tokens', '1K tokens', 0.00033],
  ['Nova 2.0 Lite', 'USE1-Nova2.0Lite-output-tokens', '1K tokens', 0.00275],
  ['Nova 2.0 Lite', 'USE1-Nova2.0Lite-ProvisionedThroughput-NoCommit-ModelUnits', 'hour', 60.5],
  ['Nova 2.0 Lite', 'USE1-Nova2.0Lite-ProvisionedThroughput-1month-ModelUnits', 'hour', 55],
  ['', 'USE1-Guardrail-ContentPolicyUnitsConsumed', 'TextUnit', 0.00015],
  ['', 'USE1-Guardrail-SensitiveInformationPolicyPaidUnitsConsumed', 'TextUnit', 0.0001],
  ['', 'USE1-Guardrail-SensitiveInformationPolicyFreeUnitsConsumed', 'TextUnit', 0],
  ['', 'USE1-GuardrailChecks-ContentFilterCheckUnitsConsumed', 'TextUnit', 0.00007],
  ['', 'USE1-GuardrailChecks-PromptAttackCheckUnitsConsumed', 'TextUnit', 0.00008],
  ['', 'USE1-GuardrailChecks-SensitiveInformationCheckUnitsConsumed', 'TextUnit', 0.0001],
];

const AGENTCORE: readonly OfferRow[] = [
  ['', 'USW2-Knowledge-Base:Consumption-based:Storage', 'GB-Month', 5],
  ['', 'USW2-Knowledge-Base:Consumption-based:Retrieval', 'Queries', 0.001],
  ['', 'USW2-Knowledge-Base:Consumption-based:AgenticRetrieval', 'Queries', 0.004],
  ['', 'USE1-Runtime:Consumption-based:vCPU', 'vCPU-Hours', 0.0895],
  ['', 'USE1-Runtime:Consumption-based:Memory', 'GB-Hours', 0.00945],
  ['', 'USE1-BrowserTool:Consumption-based:vCPU', 'vCPU-Hours', 0.0895],
  ['', 'USE1-Gateway:Consumption-based:API-Invocations', 'Invocations', 0.000005],
];

/** USD for one billed unit of a bill's line with this usage type, by the catalog; a text where there is none. */
function catalogPriceOf(productCode: string, [product, usageType, unit]: OfferRow): number | string {
  const meaning = interpretLine({
    billingEntity: 'AWS',
    productCode,
    productName:
      productCode === 'AmazonBedrockFoundationModels' ? `${product} (Amazon Bedrock Edition)` : null,
    productModel: productCode === 'AmazonBedrock' && product !== '' ? product : null,
    usageType,
    operation: null,
    chargeType: 'Usage',
    unit,
    description: null,
    region: null,
    resource: null,
  });
  const { classification, region } = meaning;
  if (classification === null || classification.meter === null) return 'not classified';
  if (meaning.unit === null) return 'unit not understood';
  const { meter, mode, term } = classification;
  const key = { ...classification, meter, mode: mode ?? 'on_demand', term: term ?? 'none', region };
  const answer = lookUpPrice(BUNDLED_CATALOG, key, '2026-10-01', '2026-10-01');
  if (answer.kind === 'missing') return answer.reason;
  if (answer.usdPerUnitLow !== answer.usdPerUnitHigh) return `a range: ${answer.rangeReason}`;
  return answer.usdPerUnitLow * meaning.unit.multiplier;
}

test.each(FOUNDATION_MODELS)('%s, %s', (...row) => {
  expect(catalogPriceOf('AmazonBedrockFoundationModels', row)).toBeCloseTo(row[3], 12);
});

test.each(NATIVE)('AmazonBedrock %s %s', (...row) => {
  expect(catalogPriceOf('AmazonBedrock', row)).toBeCloseTo(row[3], 12);
});

test.each(AGENTCORE)('AmazonBedrockAgentCore %s%s', (...row) => {
  expect(catalogPriceOf('AmazonBedrockAgentCore', row)).toBeCloseTo(row[3], 12);
});
