// Composes usage types from their parts in every spelling and order, and asks for the parts back.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpretLine } from '../../../shared/domain/usage/classify.ts';
import type { LineDimensions, LineMeaning } from '../../../shared/domain/usage/line.ts';
import { KNOWN_MODELS } from '../../../shared/domain/usage/models.ts';
import { REGION_PREFIXES } from '../../../shared/domain/usage/region-prefixes.ts';

function lineWith(usageType: string, rest: Partial<LineDimensions> = {}): LineDimensions {
  return {
    billingEntity: 'AWS',
    productCode: 'AmazonBedrock',
    productName: 'Amazon Bedrock',
    productModel: null,
    usageType,
    operation: null,
    chargeType: 'Usage',
    unit: '1K tokens',
    description: null,
    region: null,
    resource: null,
    ...rest,
  };
}

type Choice<T> = { readonly means: T; readonly spelled: readonly string[] };
const spelling = <T>(choices: readonly Choice<T>[]) =>
  fc
    .constantFrom(...choices)
    .chain(({ means, spelled }) => fc.constantFrom(...spelled).map((text) => ({ means, text })));

const MODELS = spelling([
  { means: 'Nova Lite', spelled: ['NovaLite', 'amazon.nova-lite-mantle'] },
  { means: 'Nova 2 Lite', spelled: ['Nova2.0Lite', 'Nova2.0Lite-text'] },
  { means: 'Claude Sonnet 4.5', spelled: ['Claude4.5Sonnet', 'anthropic.claude-sonnet-4-5-mantle'] },
  { means: 'Llama 3.1 70B', spelled: ['Llama3-1-70B'] },
  {
    means: 'Qwen3 Coder 30B A3B',
    spelled: ['Qwen3Coder-30B-A3B', 'qwen.qwen3-coder-30b-a3b-instruct-mantle'],
  },
  { means: 'GPT-5.6 Terra', spelled: ['openai.gpt-5.6-terra-mantle'] },
  { means: 'Talker9-32B', spelled: ['Talker9-32B'] },
]);
const METERS = spelling([
  {
    means: 'input',
    spelled: ['input-tokens', 'input_tokens', 'InputTokenCount', 'input-token-count', 'input-token'],
  },
  { means: 'output', spelled: ['output-tokens', 'output_tokens', 'OutputTokenCount'] },
  {
    means: 'cache_read',
    spelled: [
      'cache-read-input-token-count',
      'cache_read_tokens',
      'cacheread-tokens',
      'CacheReadInputTokenCount',
    ],
  },
  {
    means: 'cache_write_5m',
    spelled: [
      'cache-write-input-token-count',
      'cache_write_tokens',
      'cachewrite-input-tokens',
      'CacheWriteInputTokenCount',
    ],
  },
  { means: 'cache_write_30m', spelled: ['cache-write-tokens-30m', 'cache_write_tokens_30m'] },
  {
    means: 'cache_write_1h',
    spelled: ['cache-write-tokens-1h', 'cache-write-input-token-count-1-hour', 'CacheWrite1hInputTokenCount'],
  },
]);
const MODES = spelling([
  { means: 'on_demand', spelled: ['', 'standard'] },
  { means: 'batch', spelled: ['batch', 'Batch'] },
  { means: 'flex', spelled: ['flex'] },
  { means: 'priority', spelled: ['priority'] },
  { means: 'latency_optimized', spelled: ['latency-optimized', 'LatencyOptimized'] },
]);
const TIERS = spelling([
  { means: 'regional', spelled: [''] },
  { means: 'global', spelled: ['cross-region-global', 'global', 'Global', 'cross_region_global'] },
  { means: 'geo', spelled: ['cross-region-geo', 'Geo'] },
]);
const BANDS = spelling([
  { means: 'standard', spelled: [''] },
  { means: 'long', spelled: ['long-context', 'long_ctx', 'long-ctx', 'LCtx', 'lctx'] },
]);
const PREFIXES = fc.constantFrom(...Object.entries(REGION_PREFIXES));

/** Joins the words that are there, in an order of fast-check's choosing. */
const inAnyOrder = (words: readonly string[], separator: string) =>
  fc.shuffledSubarray([...words], { minLength: words.length, maxLength: words.length }).map((shuffled) =>
    shuffled
      .filter((word) => word !== '')
      .map((word) => separator + word)
      .join(''),
  );

const parts = fc.record({ prefix: PREFIXES, meter: METERS, mode: MODES, tier: TIERS, band: BANDS });
const separators = fc.constantFrom('-', '_');

function tokenMeaning(meaning: LineMeaning) {
  const { classification, region } = meaning;
  return {
    region,
    family: classification?.family,
    model: classification?.model,
    meter: classification?.meter,
    mode: classification?.mode,
    regionTier: classification?.regionTier,
    contextBand: classification?.contextBand,
  };
}

describe('the grammar of token lines', () => {
  test('a native string comes apart into what it was made of', () => {
    const composed = fc
      .record({ parts, model: MODELS, separator: separators })
      .chain(({ parts: { prefix, meter, mode, tier, band }, model, separator }) =>
        inAnyOrder([mode.text, tier.text, band.text], separator).map((tail) => ({
          usageType: `${prefix[0]}-${model.text}-${meter.text}${tail}`,
          expected: {
            region: prefix[1],
            family: 'inference',
            model: model.means,
            meter: meter.means,
            mode: mode.means,
            regionTier: tier.means,
            contextBand: band.means,
          },
        })),
      );
    fc.assert(
      fc.property(composed, ({ usageType, expected }) => {
        expect(tokenMeaning(interpretLine(lineWith(usageType)))).toEqual(expected);
      }),
      { numRuns: 600 },
    );
  });

  test('a Marketplace string too, with the model from the product and units in millions', () => {
    const composed = fc
      .record({ parts, model: fc.constantFrom(...KNOWN_MODELS.filter(({ tier }) => tier !== null)) })
      .chain(({ parts: { prefix, meter, mode, tier, band }, model }) =>
        inAnyOrder([mode.text, tier.text, band.text], '_').map((tail) => ({
          usageType: `${prefix[0]}-MP:${prefix[0]}_${meter.text}${tail}-Units`,
          productName: `${model.model} (Amazon Bedrock Edition)`,
          expected: {
            region: prefix[1],
            family: 'inference',
            model: model.model,
            meter: meter.means,
            mode: mode.means,
            regionTier: tier.means,
            contextBand: band.means,
          },
        })),
      );
    fc.assert(
      fc.property(composed, ({ usageType, productName, expected }) => {
        const meaning = interpretLine(
          lineWith(usageType, {
            billingEntity: 'AWS Marketplace',
            productCode: 'opaque',
            productName,
            unit: 'Units',
          }),
        );
        expect(tokenMeaning(meaning)).toEqual(expected);
        expect(meaning.unit).toEqual({ baseUnit: 'token', multiplier: 1_000_000 });
      }),
      { numRuns: 600 },
    );
  });

  test('a word that no table holds makes the whole string unknown', () => {
    const word = fc.stringMatching(/^[a-z]{4,8}$/u).filter((text) => !KNOWN_WORDS.test(text));
    const composed = fc.record({ meter: METERS, mode: MODES, word });
    fc.assert(
      fc.property(composed, ({ meter, mode, word: unheardOf }) => {
        const tail = mode.text === '' ? '' : `-${mode.text}`;
        const meaning = interpretLine(lineWith(`USE1-NovaLite-${meter.text}${tail}-${unheardOf}`));
        expect(meaning.classification?.family).toBe('unknown');
        expect(meaning.unit).toBeNull();
      }),
    );
  });

  test('two modes in one string contradict each other', () => {
    const two = fc.shuffledSubarray(['batch', 'flex', 'priority', 'latency-optimized'], {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(two, ([one, other]) => {
        const meaning = interpretLine(lineWith(`USE1-NovaLite-input-tokens-${one}-${other}`));
        expect(meaning.classification?.family).toBe('unknown');
      }),
    );
  });
});

const KNOWN_WORDS =
  /^(?:standard|batch|flex|priority|global|geo|regional|lctx|text|image|audio|video|mantle|million|custom)$/u;

describe('strings of no grammar', () => {
  test('random words are unknown, and never throw', () => {
    const words = fc.array(fc.stringMatching(/^[A-Za-z0-9]{2,9}$/u), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(words, ([...some]) => {
        const usageType = `USE1-${some.join('-')}`;
        if (/embed|units|storage|input|output|evaluation|prompt/iu.test(usageType)) return;
        expect(interpretLine(lineWith(usageType)).classification?.family).toBe('unknown');
      }),
    );
  });

  test('any text at all gives an answer', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (usageType, unit) => {
        expect(interpretLine(lineWith(usageType, { unit })).lineClass).toBe('bedrock');
      }),
    );
  });

  test.each([
    `USE1-${'input-'.repeat(2000)}${'token'.repeat(2000)}!`,
    `USE1-MP:USE1_${'ml.a'.repeat(3000)}!`,
    `USE1-Evaluations-human${'a'.repeat(3000)}!`,
    `USE1-${'cache-write-1h-'.repeat(800)}`,
    `USE1-${'x-'.repeat(3000)}CustomModelImport-Inference-v1:!`,
  ])('a long hostile string is answered at once (%#)', (usageType) => {
    const started = performance.now();
    expect(interpretLine(lineWith(usageType)).classification).not.toBeNull();
    expect(performance.now() - started).toBeLessThan(1500);
  });

  test.each([
    'USE1-BoxUsage:m5.large',
    'EBS:VolumeUsage.gp3',
    'USE1-DataTransfer-Out-Bytes',
    'Requests-Tier1',
  ])('%s under a Bedrock product code is unknown', (usageType) => {
    expect(interpretLine(lineWith(usageType)).classification).toMatchObject({
      family: 'unknown',
      model: null,
      meter: null,
    });
  });
});
