// The checkable figures of the Finout guide, each with what we get and why it differs where it does.
import { examplesOf, figures, product, quotient, total } from './example.ts';

const { computed, price, open } = examplesOf('finout');
const GLOBAL = { regionTier: 'global' } as const;
const HOURS_31_DAYS = 24 * 31;

export const FINOUT_EXAMPLES = [
  price(
    {
      id: 'finout-batch-half',
      says: 'Batch costs half of on-demand',
      unit: 'share',
      inputs: 'batch ÷ on-demand input: Nova Micro, and Claude Sonnet 4.5 global',
      ours: (prices) => [
        quotient(
          prices.million('Nova Micro', 'input', { mode: 'batch' }),
          prices.million('Nova Micro', 'input'),
        ),
        quotient(
          prices.million('Claude Sonnet 4.5', 'input', { mode: 'batch', ...GLOBAL }),
          prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
        ),
      ],
      verdict: 'agrees',
      note: 'Nova 2 Lite is a few percent off half in some regions: the catalog’s own batch price is used, never half of another.',
    },
    figures([0.5, 0.5]),
  ),
  price(
    {
      id: 'finout-cache-lifetime',
      says: 'A cached prefix lives for up to five minutes',
      unit: 'minutes',
      inputs: 'longest cache lifetime with a write price, Claude Sonnet 4.5 global',
      ours: (prices) => [prices.million('Claude Sonnet 4.5', 'cache_write_1h', GLOBAL) === null ? 5 : 60],
      verdict: 'outdated',
      note: 'Five minutes is the default. Since 2026 newer Claude models also sell one hour, at twice the input price for the write.',
    },
    figures([5]),
  ),
  price(
    {
      id: 'finout-cache-discount',
      says: 'Cached tokens cost up to 90 % less',
      unit: 'share',
      inputs: '1 − cache read ÷ input, Claude Sonnet 4.5 global',
      ours: (prices) => [
        total(
          1,
          product(
            -1,
            quotient(
              prices.million('Claude Sonnet 4.5', 'cache_read', GLOBAL),
              prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
            ),
          ),
        ),
      ],
      verdict: 'agrees',
      note: 'An “up to”: Nova takes off 75 %.',
    },
    figures([0.9]),
  ),
  open('finout-latency', 'Caching cuts latency by up to 85 %', '85%', 'A bill holds no latencies.'),
  price(
    {
      id: 'finout-human-task',
      says: 'A human evaluation task',
      unit: 'USD',
      inputs: 'price of a human task',
      ours: (prices) => [prices.one({ meter: 'human_task', variant: 'human' })],
      verdict: 'agrees',
      note: '',
    },
    figures([0.21]),
  ),
  computed(
    {
      id: 'finout-titan-lite',
      says: 'Titan Text Lite, 2,000 tokens in and 1,000 out',
      unit: 'USD',
      inputs: '2 × $0.0003 + 1 × $0.0004, the guide’s own prices',
      ours: () => [2 * 0.0003 + 1 * 0.0004],
      verdict: 'agrees',
      note: 'The sum is right at the prices of 2023. At the later $0.00015 and $0.0002 it is $0.0005.',
    },
    figures([0.001]),
  ),
  price(
    {
      id: 'finout-titan-images',
      says: '1,000 standard images of 1024 × 1024, Titan Image Generator',
      unit: 'USD',
      inputs: '1,000 × price of an image',
      ours: (prices) => [
        product(
          1000,
          prices.one({ model: 'Titan Image Generator G1', meter: 'image', variant: '1024_standard' }),
        ),
      ],
      verdict: 'agrees',
      note: '',
    },
    figures([10]),
  ),
  price(
    {
      id: 'finout-claude',
      says: 'Claude, 11,000 tokens in and 4,000 out',
      unit: 'USD',
      inputs: 'Claude 2.1: 0.011 M × input + 0.004 M × output',
      ours: (prices) => [
        total(
          product(0.011, prices.million('Claude 2.1', 'input')),
          product(0.004, prices.million('Claude 2.1', 'output')),
        ),
      ],
      verdict: 'agrees',
      note: 'The guide means Claude of the second generation, which is retired.',
    },
    figures([0.184]),
  ),
  price(
    {
      id: 'finout-titan-express-units',
      says: 'Two model units of Titan Text Express for 31 days',
      unit: 'USD',
      inputs: '2 × model-unit hour (1 month) × 744 h',
      ours: (prices) => [product(2, prices.unitHour('Titan Text Express', '1_month'), HOURS_31_DAYS)],
      verdict: 'agrees',
      note: 'A month of 31 days; other examples use 720 or 730 hours.',
    },
    figures([27379.2]),
  ),
  price(
    {
      id: 'finout-titan-image-unit',
      says: 'One model unit of Titan Image Generator for 31 days',
      unit: 'USD',
      inputs: 'model-unit hour (1 month) × 744 h',
      ours: (prices) => [product(prices.unitHour('Titan Image Generator G1', '1_month'), HOURS_31_DAYS)],
      verdict: 'agrees',
      note: '',
    },
    figures([12052.8]),
  ),
  price(
    {
      id: 'finout-cohere-unit',
      says: 'One model unit of Cohere Command for 31 days',
      unit: 'USD',
      inputs: 'model-unit hour (1 month) × 744 h',
      ours: (prices) => [product(prices.unitHour('Cohere Command', '1_month'), HOURS_31_DAYS)],
      verdict: 'agrees',
      note: '',
    },
    figures([29462.4]),
  ),
  price(
    {
      id: 'finout-titan-tuning',
      says: 'Fine-tuning Titan Image Generator: 500 steps of 64 images',
      unit: 'USD',
      inputs: '500 × 64 images seen × price of an image seen',
      ours: (prices) => [
        product(500 * 64, prices.one({ model: 'Titan Image Generator G1', meter: 'training_image' })),
      ],
      verdict: 'agrees',
      note: 'Images seen are paid, not pairs: the 1,000 pairs of the example do not enter.',
    },
    figures([160]),
  ),
  computed(
    {
      id: 'finout-titan-tuning-total',
      says: 'That tuning with a month of storage and an hour of inference',
      unit: 'USD',
      inputs: '160 + 1.95 + 21',
      ours: () => [160 + 1.95 + 21],
      verdict: 'agrees',
      note: '',
    },
    figures([182.95]),
  ),
  price(
    {
      id: 'finout-cohere-tuning',
      says: 'Training Cohere Command with 1,000 tokens',
      unit: 'USD',
      inputs: '0.001 M tokens × training price',
      ours: (prices) => [product(1000, prices.one({ model: 'Cohere Command', meter: 'training_token' }))],
      verdict: 'wrong',
      note: 'A thousand times too much: $4 buys a million tokens. The example it repeats says 1,000K.',
    },
    figures([4]),
  ),
  computed(
    {
      id: 'finout-cohere-tuning-total',
      says: 'That training with storage and an hour of a model unit',
      unit: 'USD',
      inputs: '4 + 1.95 + 49.50',
      ours: () => [4 + 1.95 + 49.5],
      verdict: 'agrees',
      note: 'The sum is right for a training of $4. It contains one hour of hosting although the text says it leaves hosting out.',
    },
    figures([55.45]),
  ),
  computed(
    {
      id: 'finout-guardrail-units',
      says: '1,000 queries an hour, one text unit in and two out',
      unit: 'units',
      inputs: '1,000 × (1 + 2)',
      ours: () => [1000 * (1 + 2)],
      verdict: 'agrees',
      note: '',
    },
    figures([3000]),
  ),
  price(
    {
      id: 'finout-guardrail-hour',
      says: 'Content filters and denied topics on those units, an hour',
      unit: 'USD',
      inputs: '3,000 units × (content filter + denied topics)',
      ours: (prices) => [
        product(
          3000,
          total(
            prices.one({ meter: 'text_unit', variant: 'content' }),
            prices.one({ meter: 'text_unit', variant: 'topic' }),
          ),
        ),
      ],
      verdict: 'agrees',
      note: '$648 in a month of 720 hours.',
    },
    figures([0.9]),
  ),
  price(
    {
      id: 'finout-guardrail-pii',
      says: 'Sensitive information in 10,000 transcripts of four text units',
      unit: 'USD',
      inputs: '40,000 units × price',
      ours: (prices) => [
        product(40_000, prices.one({ meter: 'text_unit', variant: 'sensitive_information' })),
      ],
      verdict: 'agrees',
      note: '',
    },
    figures([4]),
  ),
  price(
    {
      id: 'finout-generate-query',
      says: '10,000 GenerateQuery calls an hour, for a month',
      unit: 'USD',
      inputs: '10,000 × price of a query × 24 h × 30 days',
      ours: (prices) => [
        product(10_000, prices.one({ meter: 'query', variant: 'structured_retrieval' }), 24 * 30),
      ],
      verdict: 'wrong',
      note: 'Ten times too low: $20 an hour is $14,400 in 30 days. $1,440 pays for three days of that load.',
    },
    figures([1440]),
  ),
  price(
    {
      id: 'finout-embeddings',
      says: 'Embedding 10,000 tokens',
      unit: 'USD',
      inputs: '10,000 × price of a token, Cohere Embed 3 English',
      ours: (prices) => [
        product(
          10_000,
          prices.one({ model: 'Cohere Embed 3 English', meter: 'embedding_input', regionTier: 'regional' }),
        ),
      ],
      verdict: 'agrees',
      note: '',
    },
    figures([0.001]),
  ),
  computed(
    {
      id: 'finout-import-window',
      says: 'An imported model of two units for one window of five minutes',
      unit: 'USD',
      inputs: '2 × 5 min × $0.0785, the guide’s own price',
      ours: () => [2 * 5 * 0.0785],
      verdict: 'agrees',
      note: 'Right at the older price. At the catalog’s $0.05718 a minute it is $0.57.',
    },
    figures([0.785]),
  ),
  price(
    {
      id: 'finout-import-storage',
      says: 'Keeping that imported model for a month',
      unit: 'USD',
      inputs: '2 × custom model unit month',
      ours: (prices) => [product(2, prices.one({ meter: 'custom_model_unit_month', variant: 'llama_v1.0' }))],
      verdict: 'agrees',
      note: '',
    },
    figures([3.9]),
  ),
  price(
    {
      id: 'finout-latency-models',
      says: 'Four models have a latency-optimized mode',
      unit: 'count',
      inputs: 'models with a latency-optimized price',
      ours: ({ catalog }) => [
        new Set(catalog.prices.filter(({ mode }) => mode === 'latency_optimized').map(({ model }) => model))
          .size,
      ],
      verdict: 'agrees',
      note: 'Claude 3.5 Haiku, Nova Pro, Llama 3.1 405B and 70B; long requests to 405B fall back to standard.',
    },
    figures([4]),
  ),
  price(
    {
      id: 'finout-custom-on-demand',
      says: 'Custom models need provisioned throughput: none runs on demand',
      unit: 'count',
      inputs: 'models with an on-demand price for their custom variant',
      ours: ({ catalog }) => [
        new Set(
          catalog.prices
            .filter(
              ({ variant, mode, meter }) =>
                variant === 'custom_model' && mode === 'on_demand' && meter === 'input',
            )
            .map(({ model }) => model),
        ).size,
      ],
      verdict: 'outdated',
      note: 'Some customized models are also sold on demand by now, with no floor.',
    },
    figures([0]),
  ),
  open(
    'finout-hundred-models',
    'More than 100 models on the marketplace',
    '100+',
    'How models are counted is not said, and the list changes weekly.',
  ),
  open(
    'finout-five-ways',
    'Five ways to pay',
    '5',
    'A way to sort, not a figure; another of the five publications lists five others.',
  ),
];
