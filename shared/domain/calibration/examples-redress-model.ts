// The checkable figures of the Redress guide: services, optimization, its model of a bill, and commitments.
import { absorb, organicLines } from '../commitment/absorption.ts';
import type { CommitmentYear } from '../commitment/agreement.ts';
import { examplesOf, figures, type Prices, product, quotient, range, total } from './example.ts';

const { computed, price, open } = examplesOf('redress');
const GLOBAL = { regionTier: 'global' } as const;

/** Haiku, Sonnet and Opus 4.5 on the global tier in the guide's mix of 40, 45 and 15 %: USD for a million tokens. */
function mix(prices: Prices, meter: 'input' | 'output', mode: 'on_demand' | 'batch'): number | null {
  const of = (model: string): number | null => prices.million(model, meter, { ...GLOBAL, mode });
  return total(
    product(0.4, of('Claude Haiku 4.5')),
    product(0.45, of('Claude Sonnet 4.5')),
    product(0.15, of('Claude Opus 4.5')),
  );
}

/** The guide's examples in million dollars: no discount, no cap in the way, everything retires. */
function year(commit: number): CommitmentYear {
  return {
    start: '2026-01-01',
    commit,
    discount: 0,
    drawdown: 'before_discount',
    shortfallSettled: 'face',
    marketplaceCap: 0.25,
    support: 0,
  };
}

function absorbed(commit: number, organic: number, ai: number) {
  const line = { lineClass: 'AI', gross: ai, retires: true, discounted: false, inMarketplaceCap: false };
  return absorb(year(commit), organicLines({ aws: organic, marketplace: 0 }), [line]);
}

export const REDRESS_MODEL_EXAMPLES = [
  computed(
    {
      id: 'redress-ancillary',
      says: 'Services around the models add 40 to 100 % to inference',
      unit: 'share',
      inputs: 'its own model of a bill: 3,500 ÷ 3,500',
      ours: () => [3500 / 3500],
      verdict: 'agrees',
      note: 'Only the upper end has an example. The overview shows your own share.',
    },
    range(0.4, 1),
  ),
  price(
    {
      id: 'redress-opensearch',
      says: 'OpenSearch Serverless costs at least about $345 a month',
      unit: 'USD',
      inputs: '2 × OCU hour × 720 h',
      ours: (prices) => [
        product(
          720,
          total(
            prices.one({ meter: 'ocu_hour', variant: 'search' }),
            prices.one({ meter: 'ocu_hour', variant: 'indexing' }),
          ),
        ),
      ],
      verdict: 'agrees',
      note: 'Two units with redundancy; 730 hours make $350.40.',
    },
    figures([345], 1),
  ),
  open(
    'redress-kb',
    'A knowledge base of 50,000 documents costs $800 to $1,500',
    '$800–1,500',
    'Sizes of documents and queries are not said.',
  ),
  open(
    'redress-agent',
    'An agent request of $0.01 costs $0.05 to $0.10',
    '$0.05–0.10',
    'Needs calls per request: three to eight calls alone make $0.03 to $0.08.',
  ),
  computed(
    {
      id: 'redress-text-units',
      says: '1,000 text units are about 1,000 characters',
      unit: 'count',
      inputs: '1,000 units × 1,000 characters',
      ours: () => [1000 * 1000],
      verdict: 'wrong',
      note: 'One text unit holds up to 1,000 characters; taken at its word the sentence is a thousand times off.',
    },
    figures([1000]),
  ),
  price(
    {
      id: 'redress-guardrails',
      says: 'Guardrails add 5 to 15 % to inference',
      unit: 'share',
      inputs:
        'one policy on a million tokens (4,000 units) ÷ price: Sonnet 4.5 input and output, Nova Micro input',
      ours: (prices) => {
        const policy = product(4000, prices.one({ meter: 'text_unit', variant: 'content' }));
        return [
          quotient(policy, prices.million('Claude Sonnet 4.5', 'input', GLOBAL)),
          quotient(policy, prices.million('Claude Sonnet 4.5', 'output', GLOBAL)),
          quotient(policy, prices.million('Nova Micro', 'input')),
        ];
      },
      verdict: 'depends',
      note: 'A policy costs the same whatever the model: 4 % of Sonnet’s output, seventeen times the price of Nova Micro’s input. Four characters a token.',
    },
    range(0.05, 0.15),
  ),
  open(
    'redress-cloudwatch',
    'CloudWatch costs $500 to $2,000 a month',
    '$500–2,000',
    'Depends on what is logged; billed elsewhere.',
  ),
  computed(
    {
      id: 'redress-together',
      says: 'Llama 3.3 70B costs 10 to 40 % more than at another host',
      unit: 'share',
      inputs: '0.72 ÷ 0.54 − 1, the guide’s own prices',
      ours: () => [0.72 / 0.54 - 1],
      verdict: 'agrees',
      note: '',
    },
    range(0.1, 0.4),
  ),
  price(
    {
      id: 'redress-routing',
      says: 'Routing saves 50 to 70 %',
      unit: 'share',
      inputs: '1 − (55 % Nova Micro + 35 % Sonnet 4.5 + 10 % Opus 4.5) ÷ Sonnet 4.5, input and output',
      ours: (prices) =>
        (['input', 'output'] as const).map((meter) => {
          const sonnet = prices.million('Claude Sonnet 4.5', meter, GLOBAL);
          const routed = total(
            product(0.55, prices.million('Nova Micro', meter)),
            product(0.35, sonnet),
            product(0.1, prices.million('Claude Opus 4.5', meter, GLOBAL)),
          );
          return total(1, product(-1, quotient(routed, sonnet)));
        }),
      verdict: 'wrong',
      note: 'Its own mix saves 48 %, with Haiku in place of Nova 30 %. 70 % is out of reach with a tenth on Opus.',
    },
    range(0.5, 0.7),
  ),
  price(
    {
      id: 'redress-batch',
      says: 'Batch saves half of the volume that moves',
      unit: 'share',
      inputs: '1 − batch ÷ on-demand, Claude Sonnet 4.5 input, global',
      ours: (prices) => [
        total(
          1,
          product(
            -1,
            quotient(
              prices.million('Claude Sonnet 4.5', 'input', { ...GLOBAL, mode: 'batch' }),
              prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
            ),
          ),
        ),
      ],
      verdict: 'agrees',
      note: 'Moving 30 to 50 % of the tokens saves 15 to 25 % in all.',
    },
    figures([0.5]),
  ),
  price(
    {
      id: 'redress-cache-threshold',
      says: 'Caching is worth it above two requests a minute',
      unit: 'count',
      inputs:
        'requests in five minutes from which write + reads cost less than input, ÷ 5: Claude Sonnet 4.5 global',
      ours: (prices) => {
        const of = (meter: 'input' | 'cache_read' | 'cache_write_5m') =>
          prices.million('Claude Sonnet 4.5', meter, GLOBAL);
        const [input, read, write] = [of('input'), of('cache_read'), of('cache_write_5m')];
        if (input === null || read === null || write === null) return [null];
        const requests = [2, 3, 4, 5, 6, 7, 8, 9, 10].find((n) => write + read * (n - 1) < input * n) ?? null;
        return [requests === null ? null : requests / 5];
      },
      verdict: 'agrees',
      note: 'On the safe side: two requests in five minutes are enough.',
    },
    range(0, 2),
  ),
  open(
    'redress-cache-bill',
    'Input cost drops by 80 to 90 %',
    '80–90%',
    'Needs 89 to 100 % of the input to be read from the cache; your own share is on the overview.',
  ),
  price(
    {
      id: 'redress-output-saved',
      says: 'A hundred output tokens saved are worth 200 to 500 input tokens',
      unit: 'tokens',
      inputs: '100 × output ÷ input: Claude Sonnet 4.5 global, Nova Micro, Llama 3.3 70B',
      ours: (prices) => [
        product(
          100,
          quotient(
            prices.million('Claude Sonnet 4.5', 'output', GLOBAL),
            prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
          ),
        ),
        product(100, quotient(prices.million('Nova Micro', 'output'), prices.million('Nova Micro', 'input'))),
        product(
          100,
          quotient(prices.million('Llama 3.3 70B', 'output'), prices.million('Llama 3.3 70B', 'input')),
        ),
      ],
      verdict: 'depends',
      note: 'Llama: a hundred for a hundred.',
    },
    range(200, 500),
  ),
  computed(
    {
      id: 'redress-month',
      says: 'Its model of a bill comes to $7,000 a month',
      unit: 'USD',
      inputs: '4,200 + 1,100 − 1,800 + 1,200 + 1,600 + 400 + 300',
      ours: () => [4200 + 1100 - 1800 + 1200 + 1600 + 400 + 300],
      verdict: 'agrees',
      note: 'The sum; two of its parts are out of reach, see below.',
    },
    figures([7000]),
  ),
  computed(
    {
      id: 'redress-year',
      says: 'And to $84,000 a year',
      unit: 'USD',
      inputs: '7,000 × 12',
      ours: () => [7000 * 12],
      verdict: 'agrees',
      note: '',
    },
    figures([84_000]),
  ),
  computed(
    {
      id: 'redress-halves',
      says: 'Half of it inference, half infrastructure',
      unit: 'USD',
      inputs: '(4,200 + 1,100 − 1,800) × 12; (1,200 + 1,600 + 400 + 300) × 12',
      ours: () => [(4200 + 1100 - 1800) * 12, (1200 + 1600 + 400 + 300) * 12],
      verdict: 'agrees',
      note: '',
    },
    figures([42_000, 42_000]),
  ),
  price(
    {
      id: 'redress-on-demand-part',
      says: 'On-demand inference, 65 % of 500 M tokens in its mix',
      unit: 'USD',
      inputs: '325 M × the mix, were every token output: the most it can be',
      ours: (prices) => [product(325, mix(prices, 'output', 'on_demand'))],
      verdict: 'wrong',
      note: 'Impossible: more than every token as output. Three quarters in and one quarter out make $1,625.',
    },
    figures([4200]),
  ),
  price(
    {
      id: 'redress-batch-part',
      says: 'Batch inference, 35 % of 500 M tokens in its mix',
      unit: 'USD',
      inputs: '175 M × the mix in batch, were every token output: the most it can be',
      ours: (prices) => [product(175, mix(prices, 'output', 'batch'))],
      verdict: 'wrong',
      note: 'Just above the most it can be.',
    },
    figures([1100]),
  ),
  price(
    {
      id: 'redress-all-sonnet',
      says: 'All on Sonnet and nothing optimized, $18,500 a month',
      unit: 'USD',
      inputs: '500 M × Sonnet 4.5 output + 3,500 of infrastructure: the most it can be',
      ours: (prices) => [total(product(500, prices.million('Claude Sonnet 4.5', 'output', GLOBAL)), 3500)],
      verdict: 'wrong',
      note: 'Not with 500 million tokens: at most $11,000, about $6,500 at three quarters input.',
    },
    figures([18_500]),
  ),
  computed(
    {
      id: 'redress-saving',
      says: 'Its year without and with optimization, and what is saved',
      unit: 'USD',
      inputs: '18,500 × 12; − 84,000',
      ours: () => [18_500 * 12, 18_500 * 12 - 84_000],
      verdict: 'agrees',
      note: 'Arithmetic on figures that do not hold: 62 % of a bill that cannot be.',
    },
    figures([222_000, 138_000]),
  ),
  price(
    {
      id: 'redress-cross-region',
      says: 'Cross-region inference costs nothing extra',
      unit: 'times',
      inputs: 'Claude Sonnet 4.5 output, regional ÷ global',
      ours: (prices) => [
        quotient(
          prices.million('Claude Sonnet 4.5', 'output'),
          prices.million('Claude Sonnet 4.5', 'output', GLOBAL),
        ),
      ],
      verdict: 'outdated',
      note: 'True before Claude 4.5 and for the first Nova models. Since then geo and in-region cost a tenth more than global.',
    },
    figures([1]),
  ),
  price(
    {
      id: 'redress-us-only',
      says: 'Inference kept in the US costs 1.1 times the standard rate',
      unit: 'times',
      inputs: 'Claude Sonnet 4.5 input, regional ÷ global',
      ours: (prices) => [
        quotient(
          prices.million('Claude Sonnet 4.5', 'input'),
          prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
        ),
      ],
      verdict: 'agrees',
      note: 'Contradicts the figure before, in the same guide.',
    },
    figures([1.1]),
  ),
  open('redress-gemini', 'Gemini 2.5 Pro, $1.25 in and $10 out', '$1.25 / $10', 'Not sold on Bedrock.'),
  open(
    'redress-edp',
    'Commitments earn 5 to 15 %',
    '5–15%',
    'No tier table is public; the same publisher says 7 to 28 % elsewhere. The user enters what is offered.',
  ),
  computed(
    {
      id: 'redress-gap',
      says: 'A commitment of $20 M with $17 M of spend leaves a gap of $3 M',
      unit: 'count',
      inputs: 'commitment − retired, in millions',
      ours: () => [absorbed(20, 17, 0).gap],
      verdict: 'agrees',
      note: '',
    },
    figures([3]),
  ),
  computed(
    {
      id: 'redress-absorbed',
      says: '$1.5 M of AI spend in that gap costs nothing more',
      unit: 'count',
      inputs: 'cash with − cash without; absorbed, in millions',
      ours: () => {
        const { incrementalCash, absorbed: filled } = absorbed(20, 17, 1.5);
        return [incrementalCash, filled];
      },
      verdict: 'agrees',
      note: 'If all of it retires commitment. $1.5 M of shortfall is still to be paid, and it is sunk cost, not a discount.',
    },
    figures([0, 1.5]),
  ),
  computed(
    {
      id: 'redress-part-absorbed',
      says: 'With a gap of $1 M, $1.5 M of AI spend saves $1 M and costs $0.5 M',
      unit: 'count',
      inputs: 'absorbed; cash with − cash without, in millions',
      ours: () => {
        const { incrementalCash, absorbed: filled } = absorbed(18, 17, 1.5);
        return [filled, incrementalCash];
      },
      verdict: 'agrees',
      note: 'Less a discount where the spend earns one: $0.45 M at 10 %. Claude through Marketplace may earn none.',
    },
    figures([1, 0.5]),
  ),
  open(
    'redress-savings-plans',
    'Savings Plans pay for Bedrock',
    'yes',
    'No AWS source says that they discount Bedrock tokens; off unless the user says otherwise.',
  ),
  open(
    'redress-leverage',
    'A commitment saves 15 to 30 %',
    '15–30%',
    'Above its own 5 to 15 %; depends on the contract.',
  ),
  open(
    'redress-threshold',
    'From $50,000 a month there is room to negotiate',
    '$50,000',
    'An opinion about a negotiation.',
  ),
  open(
    'redress-survey',
    'Fewer than 25 % use batch; 70 % of tuning projects were avoidable',
    '25%; 70%',
    'Claims of a survey.',
  ),
  open(
    'redress-self-host',
    'Hosting models oneself saves 60 to 70 %',
    '60–70%',
    'Depends on utilisation and prices of machines that are not on the bill.',
  ),
  price(
    {
      id: 'redress-openai',
      says: 'Bedrock has no models of OpenAI: none is priced',
      unit: 'count',
      inputs: 'models of OpenAI with a price',
      ours: ({ catalog }) => [
        new Set(catalog.prices.filter(({ provider }) => provider === 'OpenAI').map(({ model }) => model))
          .size,
      ],
      verdict: 'outdated',
      note: 'Open-weight models since 2025, others since 2026.',
    },
    figures([0]),
  ),
  price(
    {
      id: 'redress-opus-output',
      says: 'Opus output costs $25 a million',
      unit: 'USD / 1M',
      inputs: 'Claude Opus 4.5 output, global',
      ours: (prices) => [prices.million('Claude Opus 4.5', 'output', GLOBAL)],
      verdict: 'agrees',
      note: 'Opus 4.1 costs $75, Opus 5.5 $20.',
    },
    figures([25]),
  ),
];
