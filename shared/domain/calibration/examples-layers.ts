// The checkable figures of "AWS Bedrock Cost Structure".
import { SEEN_USAGE } from '../pricing/usage-coverage.ts';
import { interpretLine } from '../usage/classify.ts';
import { examplesOf, figures, quotient, range } from './example.ts';

const { computed, price, open } = examplesOf('layers');
const GLOBAL = { regionTier: 'global' } as const;

/** 1 where the rules read a usage type as this meter, with the product that stands beside it; else 0. */
function readAs(usageType: string, productCode: string, meter: string): number {
  const { classification } = interpretLine({
    billingEntity: 'AWS',
    productCode,
    productName: null,
    productModel: null,
    usageType,
    operation: null,
    chargeType: 'Usage',
    unit: null,
    description: null,
    region: null,
    resource: null,
  });
  return classification?.meter === meter ? 1 : 0;
}

/** Whether any published usage type of a model whose name begins so is billed under another code than AmazonBedrock. */
function billedThroughMarketplace(beginning: string): number {
  const found = SEEN_USAGE.some(
    ({ productCode, productName }) =>
      productCode !== 'AmazonBedrock' && (productName ?? '').toLowerCase().startsWith(beginning),
  );
  return found ? 1 : 0;
}

export const LAYERS_EXAMPLES = [
  price(
    {
      id: 'layers-mid',
      says: 'A mid-tier model costs 5 to 10 times a light one',
      unit: 'times',
      inputs: 'Claude Sonnet 4.5 ÷ Haiku 4.5 input, global',
      ours: (prices) => [
        quotient(
          prices.million('Claude Sonnet 4.5', 'input', GLOBAL),
          prices.million('Claude Haiku 4.5', 'input', GLOBAL),
        ),
      ],
      verdict: 'outdated',
      note: 'Three times in the 4.5 generation; it was twelve between Sonnet 3.5 and Haiku 3.',
    },
    range(5, 10),
  ),
  price(
    {
      id: 'layers-frontier',
      says: 'A frontier model costs 20 to 40 times a light one',
      unit: 'times',
      inputs: 'Claude Opus 4.5 ÷ Haiku 4.5 input, global',
      ours: (prices) => [
        quotient(
          prices.million('Claude Opus 4.5', 'input', GLOBAL),
          prices.million('Claude Haiku 4.5', 'input', GLOBAL),
        ),
      ],
      verdict: 'outdated',
      note: 'Five times in the 4.5 generation; it was sixty in the third.',
    },
    range(20, 40),
  ),
  open(
    'layers-agent',
    'Three model calls make five times the tokens',
    '5×',
    'Holds where each step adds two thirds of the first call; how much it adds is the agent’s own, and not on the bill.',
  ),
  price(
    {
      id: 'layers-batch',
      says: 'Batch cuts cost roughly in half',
      unit: 'share',
      inputs: 'batch ÷ on-demand input, Nova Micro',
      ours: (prices) => [
        quotient(
          prices.million('Nova Micro', 'input', { mode: 'batch' }),
          prices.million('Nova Micro', 'input'),
        ),
      ],
      verdict: 'agrees',
      note: '',
    },
    figures([0.5], 0.05),
  ),
  computed(
    {
      id: 'layers-guardrails',
      says: 'A guardrail is charged twice an invocation, once in and once out',
      unit: 'units',
      inputs: 'a prompt of 4,000 characters with two policies: ceil(4,000 ÷ 1,000) × 2, input alone',
      ours: () => [Math.ceil(4000 / 1000) * 2],
      verdict: 'wrong',
      note: 'Guardrails are charged by text unit of 1,000 characters, and by policy.',
    },
    figures([2]),
  ),
  computed(
    {
      id: 'layers-marketplace',
      says: 'Claude, Llama and Mistral are billed through Marketplace: all three',
      unit: 'count',
      inputs: 'of the three, how many have published usage under a code of their own',
      ours: () => [
        billedThroughMarketplace('claude') +
          billedThroughMarketplace('llama') +
          billedThroughMarketplace('mistral'),
      ],
      verdict: 'wrong',
      note: 'Claude is. Llama and Mistral are billed by AWS under AmazonBedrock.',
    },
    figures([3]),
  ),
  computed(
    {
      id: 'layers-marketplace-string',
      says: 'Marketplace usage types look like USW2-MP:USW2_InputTokenCount-Units',
      unit: 'count',
      inputs: 'read by the rules as input tokens: 1 = yes',
      ours: () => [readAs('USW2-MP:USW2_InputTokenCount-Units', 'AmazonBedrockFoundationModels', 'input')],
      verdict: 'agrees',
      note: 'One of two generations: Claude 5 and later say input_tokens_standard.',
    },
    figures([1]),
  ),
  computed(
    {
      id: 'layers-titan-string',
      says: 'Native usage types look like USE1-TitanEmbeddingV2-Text-input-tokens',
      unit: 'count',
      inputs: 'read by the rules as embedding input: 1 = yes',
      ours: () => [readAs('USE1-TitanEmbeddingV2-Text-input-tokens', 'AmazonBedrock', 'embedding_input')],
      verdict: 'agrees',
      note: '',
    },
    figures([1]),
  ),
  open(
    'layers-savings',
    'Optimization cuts inference by 30 to 50 %',
    '30–50%',
    'Depends on the bill; a scenario computes it for yours.',
  ),
];
