// The share of published usage types that get a price, and a reason for every one that does not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import {
  coverUsage,
  SEEN_USAGE,
  type SeenUsage,
  type UsageHole,
  type UsageReading,
} from '../../../shared/domain/pricing/usage-coverage.ts';
import { sumOf } from '../../../shared/domain/sum.ts';

const DAY = '2026-11-21';
const coverage = coverUsage(BUNDLED_CATALOG, SEEN_USAGE, DAY);

const GOLDEN = readFileSync(join(import.meta.dirname, '../../golden/usage-types.expected.tsv'), 'utf8')
  .trimEnd()
  .split('\n')
  .slice(1)
  .map((row) => row.split('\t'));

function readingOf(usageType: string, product: string | null = null): UsageReading {
  const found = coverage.readings.find(
    ({ usage }) =>
      usage.usageType === usageType && (product === null || usage.productName?.startsWith(product)),
  );
  if (found === undefined) throw new Error(`${usageType} is not among the strings`);
  return found;
}

test('the strings are those of the classification table, with the product that stands beside them there', () => {
  const golden = new Set(
    GOLDEN.map(([usageType, code, product]) => JSON.stringify([usageType, code, product])),
  );
  const stated = ({ usageType, productCode, productName, productModel }: SeenUsage): string =>
    JSON.stringify([
      usageType,
      productCode,
      productModel === null ? (productName ?? '') : `product[model]=${productModel}`,
    ]);
  expect(SEEN_USAGE.map(stated).filter((key) => !golden.has(key))).toEqual([]);
});

test('more than half of the published strings have a price, and what is missing adds up with it', () => {
  expect(coverage.strings).toBe(199);
  expect(coverage.priced).toBe(101);
  expect(coverage.priced + sumOf(coverage.holes.values())).toBe(coverage.strings);
});

test('no reading has both a price and a hole, or neither', () => {
  for (const { usage, answer, hole } of coverage.readings) {
    expect([usage.usageType, answer?.kind === 'priced']).toEqual([usage.usageType, hole === null]);
  }
});

test.each<[string, string | null, UsageHole | null]>([
  ['USE1-NovaMicro-input-tokens', null, null],
  ['EUW2-NovaLite-input-tokens', null, 'region_not_stated'],
  ['EUW2-MistralLarge-input-tokens', null, 'region_unpriced'],
  ['USW2-Llama3-1-70B-ProvisionedThroughput-NoCommit-ModelUnits', null, 'region_not_stated'],
  ['USE1-Llama-CustomModelImport-Inference-v1:0', null, 'region_not_stated'],
  ['USE1-xai.grok-4.3-mantle-output-tokens-batch', null, 'mode_unpriced'],
  ['USE1-Claude2.0-input-tokens', null, 'model_unpriced'],
  ['USE1-NovaLite-input-tokens-custom-model', null, 'variant_unpriced'],
  ['USE1-Nova2.0Omni-input-audio-token-count', null, 'tier_unpriced'],
  ['UGW1-openai.gpt-5.6-terra-mantle-input-tokens-long-ctx-standard', null, 'context_unpriced'],
  ['USE1-NovaPro-Customization-Training', null, 'meter_unpriced'],
  ['USE1-Gateway:Consumption-based:Tool-Indexing', null, 'not_by_quantity'],
  ['USE1-MP:USE1_output_tokens_batch-Units', null, 'names_no_model'],
])('%s: %s %s', (usageType, product, hole) => {
  expect(readingOf(usageType, product).hole).toBe(hole);
});

test('a Marketplace string has a price where the product name says the model, and none where nothing does', () => {
  const string = 'USE1-MP:USE1_input_tokens_standard-Units';
  const reading = (productName: string | null): UsageHole | null | undefined => {
    const usage = { usageType: string, productCode: 'x1', productName, productModel: null, unit: 'Units' };
    return coverUsage(BUNDLED_CATALOG, [usage], DAY).readings[0]?.hole;
  };
  expect(reading('Claude Sonnet 4.6 (Amazon Bedrock Edition)')).toBe(null);
  expect(reading('Talker 9 Ultra (Amazon Bedrock Edition)')).toBe('model_unpriced');
  expect(readingOf(string, 'Talker 9 Ultra').hole).toBe('model_unpriced');
});

test('a string that no rule explains is a hole of its own, not a price', () => {
  const usage = { ...SEEN_USAGE[0]!, usageType: 'USE1-Teleportation-Hours', productModel: null };
  expect(coverUsage(BUNDLED_CATALOG, [usage], DAY).readings[0]?.hole).toBe('not_classified');
});
