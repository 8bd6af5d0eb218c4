// Prices that published guides state, against the catalog's price of the same purchase: where we differ, the guide is wrong or old.
import { expect, test } from 'vitest';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import { factsWithoutRegion, lookUpPrice } from '../../../shared/domain/pricing/lookup.ts';
import type { PriceKey } from '../../../shared/domain/pricing/price.ts';

const DAY = '2026-10-08';

const ANY: PriceKey = {
  provider: null,
  model: null,
  meter: 'input',
  variant: null,
  mode: 'on_demand',
  term: 'none',
  region: 'us-east-1',
  regionTier: 'regional',
  contextBand: 'standard',
};

/** USD for `per` units in us-east-1 on the day, or lowest where no source states the region; a text where there is no single price. */
function ours(key: Partial<PriceKey>, per: number): number | string {
  const answer = lookUpPrice(BUNDLED_CATALOG, { ...ANY, ...key }, DAY, DAY);
  const facts = factsWithoutRegion(BUNDLED_CATALOG, { ...ANY, ...key }, DAY);
  if (answer.kind === 'missing' && facts.length > 0)
    return Math.min(...facts.map((one) => (one.usd / one.per) * per));
  if (answer.kind === 'missing') return answer.reason;
  return answer.rangeReason ?? answer.usdPerUnitLow * per;
}

const MILLION = 1e6;
const of = (model: string, more: Partial<PriceKey> = {}): Partial<PriceKey> => ({ model, ...more });
const GLOBAL = { regionTier: 'global' } as const;
const OUT = { meter: 'output' } as const;
const BATCH = { mode: 'batch' } as const;
const HOURLY = { meter: 'model_unit_hour', mode: 'provisioned' } as const;

test.each<[guide: string, what: string, key: Partial<PriceKey>, per: number, published: number]>([
  ['Understanding Amazon Bedrock Pricing', 'Nova Micro input', of('Nova Micro'), MILLION, 0.035],
  ['Understanding Amazon Bedrock Pricing', 'Nova Micro output', of('Nova Micro', OUT), MILLION, 0.14],
  [
    'Understanding Amazon Bedrock Pricing',
    'Nova Micro cache read',
    of('Nova Micro', { meter: 'cache_read' }),
    MILLION,
    0.00875,
  ],
  [
    'Understanding Amazon Bedrock Pricing',
    'Nova Micro batch input',
    of('Nova Micro', BATCH),
    MILLION,
    0.0175,
  ],
  [
    'Understanding Amazon Bedrock Pricing',
    'Nova Micro batch output',
    of('Nova Micro', { ...OUT, ...BATCH }),
    MILLION,
    0.07,
  ],
  ['Opslyft', 'Nova Lite input', of('Nova Lite'), MILLION, 0.06],
  ['Opslyft', 'Nova Lite output', of('Nova Lite', OUT), MILLION, 0.24],
  ['Opslyft', 'Nova Pro input', of('Nova Pro'), MILLION, 0.8],
  ['Opslyft', 'Nova Pro output', of('Nova Pro', OUT), MILLION, 3.2],
  ['Opslyft', 'Llama 3.3 70B input', of('Llama 3.3 70B'), MILLION, 0.72],
  ['Opslyft', 'Claude Haiku 4.5 input, global', of('Claude Haiku 4.5', GLOBAL), MILLION, 1],
  ['Opslyft', 'Claude Haiku 4.5 output, global', of('Claude Haiku 4.5', { ...GLOBAL, ...OUT }), MILLION, 5],
  ['Opslyft', 'Claude Sonnet 4.5 input, global', of('Claude Sonnet 4.5', GLOBAL), MILLION, 3],
  ['Opslyft', 'Claude Opus 4.5 output, global', of('Claude Opus 4.5', { ...GLOBAL, ...OUT }), MILLION, 25],
  [
    'Redress',
    'Claude Sonnet 4.5 batch output, global',
    of('Claude Sonnet 4.5', { ...GLOBAL, ...OUT, ...BATCH }),
    MILLION,
    7.5,
  ],
  ['Redress', 'Claude Opus 4.1 output', of('Claude Opus 4.1', OUT), MILLION, 75],
  ['Redress', 'Jamba 1.5 Large output', of('Jamba 1.5 Large', OUT), MILLION, 8],
  [
    'Redress',
    'OpenSearch compute unit, an hour',
    { meter: 'ocu_hour', variant: 'search', regionTier: null },
    1,
    0.24,
  ],
  [
    'Finout',
    'Cohere Command, a model unit an hour for a month',
    of('Cohere Command', { ...HOURLY, term: '1_month' }),
    1,
    39.6,
  ],
  [
    'Finout',
    'Titan Text Express, a model unit an hour for a month',
    of('Titan Text Express', { ...HOURLY, term: '1_month' }),
    1,
    18.4,
  ],
  [
    'Finout',
    'content filter, 1,000 text units',
    { meter: 'text_unit', variant: 'content', regionTier: null },
    1000,
    0.15,
  ],
  [
    'Finout',
    'sensitive information, 1,000 text units',
    { meter: 'text_unit', variant: 'sensitive_information', regionTier: null },
    1000,
    0.1,
  ],
  ['Finout', 'human task', { meter: 'human_task', variant: 'human', regionTier: null }, 1, 0.21],
  [
    'Finout',
    'structured retrieval, a query',
    { meter: 'query', variant: 'structured_retrieval', regionTier: null },
    1,
    0.002,
  ],
  [
    'Finout',
    'imported model kept, a unit a month',
    { meter: 'custom_model_unit_month', variant: 'llama_v1.0', regionTier: null },
    1,
    1.95,
  ],
  [
    'golden case',
    'Sonnet 4.5 reserved input for a month, global',
    of('Claude Sonnet 4.5', {
      ...GLOBAL,
      meter: 'tpm_hour',
      variant: 'input',
      mode: 'reserved',
      term: '1_month',
    }),
    1,
    0.18,
  ],
  [
    'golden case',
    'Sonnet 4.5 reserved output for a month, global',
    of('Claude Sonnet 4.5', {
      ...GLOBAL,
      meter: 'tpm_hour',
      variant: 'output',
      mode: 'reserved',
      term: '1_month',
    }),
    1,
    0.9,
  ],
  [
    'golden case',
    'Sonnet 4.5 reserved input for three months, global',
    of('Claude Sonnet 4.5', {
      ...GLOBAL,
      meter: 'tpm_hour',
      variant: 'input',
      mode: 'reserved',
      term: '3_month',
    }),
    1,
    0.162,
  ],
])('%s: %s agrees', (_guide, _what, key, per, published) => {
  expect(ours(key, per)).toBeCloseTo(published, 12);
});

test.each<
  [
    guide: string,
    what: string,
    key: Partial<PriceKey>,
    per: number,
    published: number,
    our: number,
    why: string,
  ]
>([
  ['Finout', 'Titan Text Lite input', of('Titan Text Lite'), MILLION, 0.3, 0.15, 'the price of 2023'],
  [
    'Finout',
    'imported model, unit minute',
    { meter: 'custom_model_unit_minute', variant: 'llama_v1.0', regionTier: null },
    1,
    0.0785,
    0.05718,
    'an older example',
  ],
  ['Redress', 'Nova Micro batch input', of('Nova Micro', BATCH), MILLION, 0.018, 0.0175, 'rounded'],
  ['Redress', 'Nova Premier input', of('Nova Premier'), MILLION, 2, 2.5, 'not the list price'],
  ['Redress', 'Nova Premier output', of('Nova Premier', OUT), MILLION, 8, 12.5, 'not the list price'],
  ['Redress', 'Llama 3.2 90B input', of('Llama 3.2 90B'), MILLION, 2, 0.72, 'the price of 2024'],
  ['Redress', 'Llama 3.1 405B output', of('Llama 3.1 405B', OUT), MILLION, 16, 2.4, 'the price of 2024'],
  [
    'Redress',
    'Cohere Command R+ input',
    of('Cohere Command R+'),
    MILLION,
    2.5,
    3,
    "the provider's own price",
  ],
])('%s: %s differs', (_guide, _what, key, per, published, our) => {
  expect(ours(key, per)).toBeCloseTo(our, 12);
  expect(our).not.toBe(published);
});

test('what the guides price and the catalog does not: no price, with the reason', () => {
  expect(ours(of('Claude Opus 4.7', { ...GLOBAL, ...BATCH }), MILLION)).toBe('no_price_for_mode');
  expect(ours(of('Claude Sonnet 4.5', HOURLY), 1)).toBe('no_price_for_meter');
  expect(ours(of('Mistral Large', { region: 'eu-west-2' }), MILLION)).toBe('no_price_for_region');
});
