// The checkable figures of "Understanding Amazon Bedrock Pricing".
import { examplesOf, figures, range } from './example.ts';

const { computed, price, open } = examplesOf('article');
const BATCH = { mode: 'batch' } as const;

export const ARTICLE_EXAMPLES = [
  price(
    {
      id: 'article-micro-input',
      says: 'Nova Micro input, $0.000035 per 1K',
      unit: 'USD / 1M',
      inputs: 'price',
      ours: (prices) => [prices.million('Nova Micro', 'input')],
      verdict: 'agrees',
      note: '',
    },
    figures([0.035]),
  ),
  price(
    {
      id: 'article-micro-output',
      says: 'Nova Micro output, $0.00014 per 1K',
      unit: 'USD / 1M',
      inputs: 'price',
      ours: (prices) => [prices.million('Nova Micro', 'output')],
      verdict: 'agrees',
      note: '',
    },
    figures([0.14]),
  ),
  price(
    {
      id: 'article-micro-cache',
      says: 'Nova Micro cached input, $0.00000875 per 1K',
      unit: 'USD / 1M',
      inputs: 'price',
      ours: (prices) => [prices.million('Nova Micro', 'cache_read')],
      verdict: 'agrees',
      note: 'A quarter of the input price: 75 % off, not the 90 % other guides name for caching.',
    },
    figures([0.00875]),
  ),
  price(
    {
      id: 'article-micro-batch',
      says: 'Nova Micro batch, $0.0000175 in and $0.00007 out per 1K',
      unit: 'USD / 1M',
      inputs: 'prices',
      ours: (prices) => [
        prices.million('Nova Micro', 'input', BATCH),
        prices.million('Nova Micro', 'output', BATCH),
      ],
      verdict: 'agrees',
      note: '',
    },
    figures([0.0175, 0.07]),
  ),
  computed(
    {
      id: 'article-tuning',
      says: 'Training on 100,000 tokens at $0.001 per 1K',
      unit: 'USD',
      inputs: '100 × $0.001 × 1 epoch',
      ours: () => [100 * 0.001],
      verdict: 'agrees',
      note: 'One epoch. Billed tokens are tokens × epochs.',
    },
    figures([0.1]),
  ),
  computed(
    {
      id: 'article-words',
      says: '100,000 tokens are about 75,000 words',
      unit: 'count',
      inputs: '100,000 × 0.75',
      ours: () => [100_000 * 0.75],
      verdict: 'agrees',
      note: 'A rule of thumb for English; 150 pages at 500 words.',
    },
    figures([75_000]),
  ),
  price(
    {
      id: 'article-storage',
      says: 'Storing a custom model for a month',
      unit: 'USD',
      inputs: 'price of a model month, Nova 2 Lite',
      ours: (prices) => [prices.one({ model: 'Nova 2 Lite', meter: 'model_month' })],
      verdict: 'agrees',
      note: '',
    },
    figures([1.95]),
  ),
  open(
    'article-micro-unit',
    'A model unit of customized Nova Micro',
    '$108.15 / h',
    'Only this article states the price: held against itself it would prove nothing. In 30 days it would come to $77,868.',
  ),
  price(
    {
      id: 'article-custom-on-demand',
      says: 'Fine-tuned models cannot run on demand: none does',
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
      note: 'Some customized models are also sold on demand by now.',
    },
    figures([0]),
  ),
  price(
    {
      id: 'article-images',
      says: 'An image costs a few cents',
      unit: 'USD',
      inputs: 'prices of Nova Canvas by size and quality',
      ours: (prices) =>
        ['1024_standard', '1024_premium', '2048_standard', '2048_premium'].map((variant) =>
          prices.one({ model: 'Nova Canvas', meter: 'image', variant }),
        ),
      verdict: 'agrees',
      note: '“A few cents” read as two to nine.',
    },
    range(0.02, 0.09),
  ),
];
