// The checkable figures of the Redress guide: prices, ratios, capacity and customization.
import { examplesOf, figures, product, quotient, range, total } from './example.ts';

const { computed, price, open } = examplesOf('redress');
const GLOBAL = { regionTier: 'global' } as const;
const BATCH = { mode: 'batch' } as const;
const HOURS_30_DAYS = 24 * 30;

/** A row of the guide's price table: input and output. */
function tableRow(
  id: string,
  model: string,
  published: readonly [number, number],
  verdict: 'agrees' | 'wrong' | 'outdated',
  note: string,
) {
  return price(
    {
      id,
      says: `${model}, input and output`,
      unit: 'USD / 1M',
      inputs: 'prices',
      ours: (prices) => [prices.million(model, 'input'), prices.million(model, 'output')],
      verdict,
      note,
    },
    figures(published),
  );
}

export const REDRESS_EXAMPLES = [
  price(
    {
      id: 'redress-107',
      says: 'Claude Sonnet 4.5 output costs 107 times Nova Micro output',
      unit: 'times',
      inputs: 'Sonnet 4.5 global ÷ Nova Micro, output',
      ours: (prices) => [
        quotient(
          prices.million('Claude Sonnet 4.5', 'output', GLOBAL),
          prices.million('Nova Micro', 'output'),
        ),
      ],
      verdict: 'agrees',
      note: 'Called the range across models, which it is not: by its own Opus 4.1 figure the range is 536 times.',
    },
    figures([107], 0.5),
  ),
  price(
    {
      id: 'redress-535',
      says: 'Claude Opus 4.1 output costs 535 times Nova Micro output',
      unit: 'times',
      inputs: 'Opus 4.1 ÷ Nova Micro, output',
      ours: (prices) => [
        quotient(prices.million('Claude Opus 4.1', 'output'), prices.million('Nova Micro', 'output')),
      ],
      verdict: 'agrees',
      note: 'Cut off; it rounds to 536.',
    },
    figures([535], 1),
  ),
  price(
    {
      id: 'redress-43',
      says: 'Nova Micro input is 43 times cheaper than Sonnet input',
      unit: 'times',
      inputs: 'Sonnet 4.5 global ÷ Nova Micro, input',
      ours: (prices) => [
        quotient(prices.million('Claude Sonnet 4.5', 'input', GLOBAL), prices.million('Nova Micro', 'input')),
      ],
      verdict: 'wrong',
      note: '86 times. 43 compares the batch price of Sonnet with the on-demand price of Nova Micro.',
    },
    figures([43], 0.5),
  ),
  price(
    {
      id: 'redress-output-ratio',
      says: 'Output always costs two to five times input',
      unit: 'times',
      inputs: 'output ÷ input: Llama 3.3 70B, Sonnet 4.5, Nova 2 Lite',
      ours: (prices) => [
        quotient(prices.million('Llama 3.3 70B', 'output'), prices.million('Llama 3.3 70B', 'input')),
        quotient(
          prices.million('Claude Sonnet 4.5', 'output', GLOBAL),
          prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
        ),
        quotient(
          prices.million('Nova 2 Lite', 'output', GLOBAL),
          prices.million('Nova 2 Lite', 'input', GLOBAL),
        ),
      ],
      verdict: 'depends',
      note: 'Its own Llama rows cost the same both ways; Nova 2 Lite more than eight times.',
    },
    range(2, 5),
  ),
  price(
    {
      id: 'redress-sonnet-batch',
      says: 'Claude Sonnet 4.5 in batch, input and output',
      unit: 'USD / 1M',
      inputs: 'prices, global',
      ours: (prices) => [
        prices.million('Claude Sonnet 4.5', 'input', { ...GLOBAL, ...BATCH }),
        prices.million('Claude Sonnet 4.5', 'output', { ...GLOBAL, ...BATCH }),
      ],
      verdict: 'agrees',
      note: 'The global tier; geo costs a tenth more.',
    },
    figures([1.5, 7.5]),
  ),
  price(
    {
      id: 'redress-micro-batch',
      says: 'Nova Micro in batch, input and output',
      unit: 'USD / 1M',
      inputs: 'prices',
      ours: (prices) => [
        prices.million('Nova Micro', 'input', BATCH),
        prices.million('Nova Micro', 'output', BATCH),
      ],
      verdict: 'agrees',
      note: 'Rounded: the exact input price is 0.0175. Using 0.018 overstates a bill by 2.9 %.',
    },
    figures([0.018, 0.07], 0.0005),
  ),
  price(
    {
      id: 'redress-llama-unit',
      says: 'A model unit of Llama from about $21 an hour for a month',
      unit: 'USD / h',
      inputs: 'Llama 3.1 70B, 1 month',
      ours: (prices) => [prices.unitHour('Llama 3.1 70B', '1_month')],
      verdict: 'agrees',
      note: 'Llama 3.2 starts at $20.30.',
    },
    figures([21], 0.5),
  ),
  price(
    {
      id: 'redress-49',
      says: 'Some model units of Anthropic and Cohere cost more than $49 an hour',
      unit: 'USD / h',
      inputs: 'Cohere Command without commitment',
      ours: (prices) => [prices.unitHour('Cohere Command', 'none')],
      verdict: 'agrees',
      note: 'Claude 3.7 Sonnet costs $158.40 for a month.',
    },
    range(49, null),
  ),
  computed(
    {
      id: 'redress-49-month',
      says: '$49 an hour is a month of $35,280',
      unit: 'USD',
      inputs: '49 × 24 × 30',
      ours: () => [49 * HOURS_30_DAYS],
      verdict: 'agrees',
      note: 'A month of 720 hours; 730 hours make $35,770.',
    },
    figures([35_280]),
  ),
  computed(
    {
      id: 'redress-49-year',
      says: 'And a year of $423,360',
      unit: 'USD',
      inputs: '35,280 × 12',
      ours: () => [35_280 * 12],
      verdict: 'agrees',
      note: 'A year of 360 days; 8,760 hours make $429,240.',
    },
    figures([423_360]),
  ),
  open(
    'redress-utilisation',
    'Provisioned throughput pays above 70 % utilisation',
    '70%',
    'Depends on the unit’s price, its capacity and the mix of tokens; a scenario computes it.',
  ),
  price(
    {
      id: 'redress-cache-saving',
      says: 'Caching a prompt of 4,000 tokens on Sonnet saves $0.27 in 1,000 requests',
      unit: 'USD',
      inputs: '4,000 × 1,000 tokens at input − (one write + 999 reads), Claude Sonnet 4.5 global',
      ours: (prices) => {
        const of = (meter: 'input' | 'cache_read' | 'cache_write_5m') =>
          prices.million('Claude Sonnet 4.5', meter, GLOBAL);
        return [
          total(
            product(4, of('input')),
            product(-0.004, of('cache_write_5m')),
            product(-3.996, of('cache_read')),
          ),
        ];
      },
      verdict: 'wrong',
      note: 'Forty times too low: $0.27 is 90 % of the price of 100,000 tokens, and here four million are sent. One write is in ours.',
    },
    figures([0.27], 0.005),
  ),
  price(
    {
      id: 'redress-cache-month',
      says: 'At a million requests a day that saves $8,100 a month',
      unit: 'USD',
      inputs: '4,000 × 1,000,000 × 30 tokens × (input − cache read), Claude Sonnet 4.5 global',
      ours: (prices) => [
        product(
          4000 * 30,
          total(
            prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
            product(-1, prices.million('Claude Sonnet 4.5', 'cache_read', GLOBAL)),
          ),
        ),
      ],
      verdict: 'wrong',
      note: 'The same factor of forty, carried on. Writes are left out of both.',
    },
    figures([8100]),
  ),
  price(
    {
      id: 'redress-cache-discount',
      says: 'Cached input costs up to 90 % less',
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
      note: 'The five minutes it names beside it are no longer the only lifetime.',
    },
    figures([0.9]),
  ),
  price(
    {
      id: 'redress-tuning',
      says: 'Fine-tuning on 10 million tokens in three epochs costs about $120',
      unit: 'USD',
      inputs: '30 M × training price of Cohere Command',
      ours: (prices) => [product(30e6, prices.one({ model: 'Cohere Command', meter: 'training_token' }))],
      verdict: 'agrees',
      note: 'Only at that rate, which it does not name. Nova 2 Lite costs $113.40, Llama 3.1 8B $44.70, Llama 3.1 70B $239.70.',
    },
    figures([120]),
  ),
  price(
    {
      id: 'redress-serving',
      says: 'Serving a fine-tuned model costs at least $15,000 to $35,000 a month',
      unit: 'USD',
      inputs: 'cheapest custom model unit (Cohere Command Light) × 720 h',
      ours: (prices) => [
        product(HOURS_30_DAYS, prices.unitHour('Cohere Command Light', 'none', 'custom_model')),
      ],
      verdict: 'wrong',
      note: 'The least is $6,163, and nothing for models sold on demand when customized. Its own answers elsewhere say $5,000.',
    },
    range(15_000, 35_000),
  ),
  computed(
    {
      id: 'redress-seven',
      says: '$7 an hour costs more than $5,000 a month',
      unit: 'USD',
      inputs: '7 × 720',
      ours: () => [7 * HOURS_30_DAYS],
      verdict: 'agrees',
      note: '',
    },
    range(5000, null),
  ),
  price(
    {
      id: 'redress-unit-range',
      says: 'Units of custom models cost from $7 an hour',
      unit: 'USD / h',
      inputs: 'cheapest custom model unit: Cohere Command Light',
      ours: (prices) => [prices.unitHour('Cohere Command Light', 'none', 'custom_model')],
      verdict: 'wrong',
      note: 'No custom unit at $7 is known; $7.12 is a base unit of Cohere Embed. The $50 and more at the other end hold.',
    },
    figures([7], 0.5),
  ),
  price(
    {
      id: 'redress-storage',
      says: 'Storing a custom model for a month',
      unit: 'USD',
      inputs: 'price of a model month, Cohere Command',
      ours: (prices) => [prices.one({ model: 'Cohere Command', meter: 'model_month' })],
      verdict: 'agrees',
      note: '',
    },
    figures([1.95]),
  ),
  price(
    {
      id: 'redress-claude',
      says: 'Claude Sonnet 4.5, Haiku 4.5 and Opus 4.5, input and output each',
      unit: 'USD / 1M',
      inputs: 'prices, global',
      ours: (prices) =>
        ['Claude Sonnet 4.5', 'Claude Haiku 4.5', 'Claude Opus 4.5'].flatMap((model) => [
          prices.million(model, 'input', GLOBAL),
          prices.million(model, 'output', GLOBAL),
        ]),
      verdict: 'agrees',
      note: 'The global tier; geo and in-region cost a tenth more.',
    },
    figures([3, 15, 1, 5, 5, 25]),
  ),
  tableRow(
    'redress-premier',
    'Nova Premier',
    [2, 8],
    'wrong',
    'Neither the price page nor the price list has this price.',
  ),
  price(
    {
      id: 'redress-nova',
      says: 'Nova Micro, Lite and Pro, input and output each',
      unit: 'USD / 1M',
      inputs: 'prices',
      ours: (prices) =>
        ['Nova Micro', 'Nova Lite', 'Nova Pro'].flatMap((model) => [
          prices.million(model, 'input'),
          prices.million(model, 'output'),
        ]),
      verdict: 'agrees',
      note: '',
    },
    figures([0.035, 0.14, 0.06, 0.24, 0.8, 3.2]),
  ),
  tableRow('redress-llama-3.3', 'Llama 3.3 70B', [0.72, 0.72], 'agrees', ''),
  tableRow(
    'redress-llama-3.2',
    'Llama 3.2 90B',
    [2, 2],
    'outdated',
    'The price of 2024; some tables still have it.',
  ),
  tableRow(
    'redress-llama-3.1',
    'Llama 3.1 405B',
    [5.32, 16],
    'outdated',
    'The price of 2024; some tables still have it.',
  ),
  open(
    'redress-mistral',
    'Mistral Large 2, $2 in and $6 out',
    '$2 / $6',
    'Sources disagree: tables list $3 and $9 for it, and $2 and $6 for Pixtral Large.',
  ),
  tableRow(
    'redress-command-r',
    'Cohere Command R+',
    [2.5, 10],
    'wrong',
    'The provider’s own price, not that on Bedrock.',
  ),
  tableRow('redress-jamba', 'Jamba 1.5 Large', [2, 8], 'agrees', ''),
  price(
    {
      id: 'redress-stability',
      says: 'An image of Stability costs one to eight cents',
      unit: 'USD',
      inputs: 'lowest and highest image price of Stability AI',
      ours: ({ catalog }) => {
        const prices = catalog.prices.filter(
          ({ meter, provider }) => meter === 'image' && provider.startsWith('Stability'),
        );
        const amounts = prices.map(({ usd, per }) => usd / per);
        return amounts.length === 0 ? [null] : [Math.min(...amounts), Math.max(...amounts)];
      },
      verdict: 'wrong',
      note: 'Three to sixty cents: large images and upscaling cost more than it says.',
    },
    range(0.01, 0.08),
  ),
];
