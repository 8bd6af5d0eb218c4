// The checkable figures of the Opslyft guide, at the prices of its own day.
import { examplesOf, figures, product, quotient, range } from './example.ts';

const { price, open } = examplesOf('opslyft');
const GLOBAL = { regionTier: 'global' } as const;

/** A row of the guide's price table: input and output. */
function tableRow(
  id: string,
  model: string,
  tier: 'global' | 'regional',
  published: [number, number],
  note: string,
) {
  return price(
    {
      id,
      says: `${model}, input and output`,
      unit: 'USD / 1M',
      inputs: `prices, ${tier}`,
      ours: (prices) => [
        prices.million(model, 'input', { regionTier: tier }),
        prices.million(model, 'output', { regionTier: tier }),
      ],
      verdict: 'agrees',
      note,
    },
    figures(published),
  );
}

export const OPSLYFT_EXAMPLES = [
  open('opslyft-models', 'More than 85 foundation models', '85+', 'How models are counted is not said.'),
  open(
    'opslyft-gartner',
    'Spending on generative AI in 2025',
    '$644 billion',
    'A forecast about the market; no bill says anything about it.',
  ),
  open(
    'opslyft-overrun',
    'Teams spend 1.5 to 2 times their estimate',
    '1.5–2×',
    'A survey’s claim; the estimate is not on the bill.',
  ),
  open(
    'opslyft-words',
    '1,000 tokens are about 750 words',
    '0.75',
    'A rule of thumb that depends on language and tokeniser.',
  ),
  price(
    {
      id: 'opslyft-output-ratio',
      says: 'Output costs three to five times input',
      unit: 'times',
      inputs: 'output ÷ input: Nova Micro, Sonnet 4.5, Mistral Large 3, Llama 3.3 70B, Nova 2 Lite',
      ours: (prices) => [
        ratio(prices.million('Nova Micro', 'output'), prices.million('Nova Micro', 'input')),
        ratio(
          prices.million('Claude Sonnet 4.5', 'output', GLOBAL),
          prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
        ),
        ratio(prices.million('Mistral Large 3', 'output'), prices.million('Mistral Large 3', 'input')),
        ratio(prices.million('Llama 3.3 70B', 'output'), prices.million('Llama 3.3 70B', 'input')),
        ratio(
          prices.million('Nova 2 Lite', 'output', GLOBAL),
          prices.million('Nova 2 Lite', 'input', GLOBAL),
        ),
      ],
      verdict: 'depends',
      note: 'Usually so. Llama costs the same both ways, Nova 2 Lite more than eight times as much out.',
    },
    range(3, 5),
  ),
  price(
    {
      id: 'opslyft-micro-opus',
      says: 'Nova Micro is more than 100 times cheaper than Claude Opus',
      unit: 'times',
      inputs: 'Claude Opus 4.5 global ÷ Nova Micro, input and output',
      ours: (prices) => [
        ratio(prices.million('Claude Opus 4.5', 'input', GLOBAL), prices.million('Nova Micro', 'input')),
        ratio(prices.million('Claude Opus 4.5', 'output', GLOBAL), prices.million('Nova Micro', 'output')),
      ],
      verdict: 'agrees',
      note: '',
    },
    range(100, null),
  ),
  price(
    {
      id: 'opslyft-batch',
      says: 'Batch takes about half off',
      unit: 'share',
      inputs: 'batch ÷ on-demand input, Nova Micro',
      ours: (prices) => [
        ratio(
          prices.million('Nova Micro', 'input', { mode: 'batch' }),
          prices.million('Nova Micro', 'input'),
        ),
      ],
      verdict: 'agrees',
      note: '',
    },
    figures([0.5], 0.05),
  ),
  price(
    {
      id: 'opslyft-provisioned-floor',
      says: 'Provisioned throughput pays from $30 to $40 of on-demand a day',
      unit: 'USD',
      inputs: 'cheapest model-unit hour of the catalog (Cohere Command Light, 6 months) × 24',
      ours: (prices) => [product(24, prices.unitHour('Cohere Command Light', '6_month'))],
      verdict: 'wrong',
      note: 'The cheapest unit there is costs more than twice as much a day, most cost ten times: nothing that spends $40 a day can break even.',
    },
    range(30, 40),
  ),
  tableRow('opslyft-micro', 'Nova Micro', 'regional', [0.035, 0.14], ''),
  tableRow('opslyft-lite', 'Nova Lite', 'regional', [0.06, 0.24], ''),
  tableRow('opslyft-pro', 'Nova Pro', 'regional', [0.8, 3.2], ''),
  tableRow('opslyft-llama', 'Llama 3.3 70B', 'regional', [0.72, 0.72], ''),
  tableRow(
    'opslyft-haiku',
    'Claude Haiku 4.5',
    'global',
    [1, 5],
    'The global tier; geo and in-region cost a tenth more.',
  ),
  tableRow(
    'opslyft-sonnet',
    'Claude Sonnet 4.5',
    'global',
    [3, 15],
    'The global tier; geo and in-region cost a tenth more.',
  ),
  tableRow(
    'opslyft-opus',
    'Claude Opus 4.5',
    'global',
    [5, 25],
    'The guide says only “Opus”: 4.5 to 5 have this price, others do not.',
  ),
  open(
    'opslyft-mistral',
    'Mistral Large, about $3 in and $9 out',
    '$3 / $9',
    'The version is not named, and the versions differ: 2 has this price, 3 a sixth of it.',
  ),
  open(
    'opslyft-small',
    '10,000 to 50,000 requests cost $500 to $2,000',
    '$500–2,000',
    'Needs tokens per request: the claim comes to four to five cents a request.',
  ),
  open(
    'opslyft-support',
    'Thousands of conversations a day cost $2,000 to $8,000',
    '$2,000–8,000',
    'Neither the number of conversations nor their length is said.',
  ),
  open(
    'opslyft-agents',
    '5,000 agent runs cost $2,500 to $6,000',
    '$2,500–6,000',
    'Needs tokens per run: the claim comes to $0.50 to $1.20 a run.',
  ),
  open(
    'opslyft-savings',
    'Optimization cuts a bill by 40 to 60 %',
    '40–60%',
    'Depends on the bill; a scenario computes it for yours.',
  ),
  open(
    'opslyft-open-weight',
    'Open-weight models cost 10 to 70 % more than elsewhere',
    '10–70%',
    'Prices of other hosts are not on the bill; another of the publications says 10 to 40 %.',
  ),
  open(
    'opslyft-agent-tokens',
    'Agents use 5 to 10 times the tokens',
    '5–10×',
    'Needs calls per run, which a bill does not have; the publications differ.',
  ),
  price(
    {
      id: 'opslyft-parity',
      says: 'Claude costs what it costs directly',
      unit: 'times',
      inputs: 'Claude Sonnet 4.5 input, regional ÷ global',
      ours: (prices) => [
        ratio(
          prices.million('Claude Sonnet 4.5', 'input'),
          prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
        ),
      ],
      verdict: 'depends',
      note: 'Only on the global tier. Geo and in-region cost a tenth more from Claude 4.5 on.',
    },
    figures([1]),
  ),
];

function ratio(over: number | null, under: number | null): number | null {
  const value = quotient(over, under);
  return value === null ? null : Number(value.toPrecision(12));
}
