// How AWS spells the usage types of models and features, with what each spelling truly means.
import type { Family, Meter, Mode, RegionTier } from '../../../shared/domain/usage/vocabulary.ts';
import type { BillingStyle, SampleUsage } from './company.ts';

type Tokens = Partial<
  Record<'input' | 'output' | 'cache_read' | 'cache_write_5m' | 'cache_write_1h', number>
>;

const CAMEL = {
  input: 'InputTokenCount',
  output: 'OutputTokenCount',
  cache_read: 'CacheReadInputTokenCount',
  cache_write_5m: 'CacheWriteInputTokenCount',
  cache_write_1h: 'CacheWrite1hInputTokenCount',
} as const;
const SNAKE = {
  input: 'input_tokens',
  output: 'output_tokens',
  cache_read: 'cache_read_tokens',
  cache_write_5m: 'cache_write_tokens',
  cache_write_1h: 'cache_write_tokens_1h',
} as const;
const NATIVE = {
  input: 'input-tokens',
  output: 'output-tokens',
  cache_read: 'cache-read-input-token-count',
  cache_write_5m: 'cache-write-input-token-count',
  cache_write_1h: 'cache-write-input-token-count-1-hour',
} as const;
const WORDS = {
  input: 'Input Tokens',
  output: 'Output Tokens',
  cache_read: 'Cache Read Input Tokens',
  cache_write_5m: 'Cache Write Input Tokens',
  cache_write_1h: 'Cache Write 1h Input Tokens',
} as const;
type TokenMeter = keyof typeof CAMEL;

/** Claude of the 4.6 generation and older: Marketplace camel-case strings, in millions of tokens. */
export function claudeCamel(
  model: string,
  prefix: string,
  scope: 'global' | 'regional',
  mode: 'on_demand' | 'batch',
  perMillion: Tokens,
  millionsPerDay: Tokens,
): SampleUsage[] {
  const suffix = `${scope === 'global' ? '_Global' : ''}${mode === 'batch' ? '_Batch' : ''}`;
  return tokenUsages(millionsPerDay, perMillion, (meter) => ({
    usageType: `${prefix}-MP:${prefix}_${CAMEL[meter]}${suffix}-Units`,
    billing: 'marketplace',
    productName: `${model} (Amazon Bedrock Edition)`,
    unit: 'Units',
    multiplier: 1_000_000,
    description: `AWS Marketplace software usage|${prefix}|Million ${WORDS[meter]}${mode === 'batch' ? ' Batch' : ''}`,
    meaning: inference('Anthropic', model, meter, mode, scope),
  }));
}

/** Claude from 4.7 on: Marketplace snake-case strings. */
export function claudeSnake(
  model: string,
  prefix: string,
  scope: 'global' | 'regional',
  perMillion: Tokens,
  millionsPerDay: Tokens,
): SampleUsage[] {
  return tokenUsages(millionsPerDay, perMillion, (meter) => ({
    usageType: `${prefix}-MP:${prefix}_${SNAKE[meter]}${scope === 'global' ? '_global' : ''}_standard-Units`,
    billing: 'marketplace',
    productName: `${model} (Amazon Bedrock Edition)`,
    unit: 'Units',
    multiplier: 1_000_000,
    description: `AWS Marketplace software usage|${prefix}|${WORDS[meter]} - Standard${scope === 'global' ? ', Global' : ''}`,
    meaning: inference('Anthropic', model, meter, 'on_demand', scope),
  }));
}

/** Models in the AmazonBedrock offer: display-name strings, in thousands of tokens. */
export function native(
  provider: string,
  model: string,
  prefix: string,
  token: string,
  mode: Mode,
  perMillion: Tokens,
  millionsPerDay: Tokens,
): SampleUsage[] {
  const suffix = { on_demand: '', latency_optimized: '-latency-optimized' }[mode as string] ?? `-${mode}`;
  return tokenUsages(millionsPerDay, perMillion, (meter) => ({
    usageType: `${prefix}-${token}-${NATIVE[meter]}${suffix}`,
    billing: 'native',
    productName: 'Amazon Bedrock',
    unit: '1K tokens',
    multiplier: 1000,
    description: `per 1K ${WORDS[meter].toLowerCase()} for ${model}`,
    meaning: inference(provider, model, meter, mode, 'regional'),
  }));
}

function tokenUsages(
  millionsPerDay: Tokens,
  perMillion: Tokens,
  make: (meter: TokenMeter) => Omit<SampleUsage, 'perDay' | 'rate'>,
): SampleUsage[] {
  return (Object.entries(millionsPerDay) as [TokenMeter, number][]).map(([meter, millions]) => {
    const usage = make(meter);
    const billedPerMillion = 1_000_000 / usage.multiplier;
    return {
      ...usage,
      perDay: millions * billedPerMillion,
      rate: (perMillion[meter] ?? 0) / billedPerMillion,
    };
  });
}

function inference(
  provider: string,
  model: string,
  meter: Meter,
  mode: Mode,
  regionTier: RegionTier,
): SampleUsage['meaning'] {
  return {
    family: 'inference',
    provider,
    model,
    meter,
    mode,
    term: 'none',
    regionTier,
    contextBand: 'standard',
  };
}

type Feature = readonly [
  usageType: string,
  billing: BillingStyle,
  unit: string,
  multiplier: number,
  perDay: number,
  rate: number,
  meaning: Partial<SampleUsage['meaning']> & { family: Family; meter: Meter | null },
  productName?: string,
];

/** Everything that is not plain token usage: one row a usage type. */
export function features(...rows: readonly Feature[]): SampleUsage[] {
  return rows.map(([usageType, billing, unit, multiplier, perDay, rate, meaning, productName]) => ({
    usageType,
    billing,
    unit,
    multiplier,
    perDay,
    rate,
    productName: productName ?? (billing === 'agentcore' ? 'Amazon Bedrock AgentCore' : 'Amazon Bedrock'),
    description: `${rate} per ${unit} for ${usageType.replace(/^[A-Z0-9]+-/u, '')}`,
    meaning: {
      model: null,
      provider: null,
      mode: 'on_demand',
      term: 'none',
      regionTier: null,
      contextBand: null,
      ...meaning,
    },
  }));
}
