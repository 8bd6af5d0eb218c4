// Stacks of levers that others published, as data: what each step assumes, and what only the user can confirm.
import { exactly } from './lever.ts';
import { newLever } from './new-levers.ts';
import type { Lever, LeverKind, LeverOf, Range } from './scenario.ts';

/** Cost on the bill without which a step has nothing to work on, by the family it is billed as. */
export type StepCost = 'guardrails' | 'own_models';

export type TemplateStep = {
  /** Names the step, and the lever it becomes. */
  readonly id: string;
  readonly title: string;
  /** Figures and choices that come from the source or from us, never from this bill. */
  readonly assumes: readonly string[];
  /** What has to be known before the step may count. */
  readonly confirm: readonly string[];
  /** Figures that neither the source nor a bill gives: the step moves nothing until they are entered. */
  readonly asks: readonly string[];
  /** Switched on when the step is confirmed; null = the step is no lever. */
  readonly lever: Lever | null;
  /** The lever with the figures it asks for filled in, only to find out whether the bill has something for it. */
  readonly probe: Lever | null;
  readonly cost: StepCost | null;
};

export const TEMPLATE_NAMES = ['eight-steps', 'cost-layers', 'enterprise-illustration'] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];

export type Template = {
  readonly name: TemplateName;
  readonly title: string;
  readonly source: string;
  /** An example that somebody made up: its figures describe nobody's usage. */
  readonly illustration: boolean;
  readonly note: string;
  readonly steps: readonly TemplateStep[];
};

/** A neutral lever of a kind with some of its parameters set. */
function leverOf<K extends LeverKind>(kind: K, id: string, parts: Partial<LeverOf[K]>): Lever {
  const neutral: Lever = newLever([], kind);
  return Object.assign(neutral, parts, { id });
}

/** low to high as published, with the middle as base: no source says where in its range the truth lies. */
function between(low: number, high: number): Range {
  return { low, base: (low + high) / 2, high };
}

type Told = Pick<TemplateStep, 'title'> &
  Partial<Pick<TemplateStep, 'assumes' | 'confirm' | 'asks' | 'cost'>>;
const NOTHING_TOLD = { assumes: [], confirm: [], asks: [], cost: null };

function step<K extends LeverKind>(
  kind: K,
  id: string,
  parts: Partial<LeverOf[K]>,
  told: Told,
  filledIn: Partial<LeverOf[K]> = {},
): TemplateStep {
  const lever = leverOf(kind, id, { ...parts, label: told.title } as Partial<LeverOf[K]>);
  return { ...NOTHING_TOLD, ...told, id, lever, probe: { ...lever, ...filledIn } as Lever };
}

const beside = (id: string, told: Told): TemplateStep => ({
  ...NOTHING_TOLD,
  ...told,
  id,
  lever: null,
  probe: null,
});

const LARGE_MODELS = [{ dimension: 'modelTier', operator: '=', values: ['mid', 'frontier'] }] as const;
const TARGET = {
  weight: 1,
  region: null,
  regionTier: null,
  inputFactor: 1,
  outputFactor: 1,
  quality: null,
} as const;
const HAIKU = { ...TARGET, model: 'Claude Haiku 4.5' };
const SONNET = { ...TARGET, model: 'Claude Sonnet 4.5' };
const OPUS = { ...TARGET, model: 'Claude Opus 4.5' };

const QUALITY = 'Which requests the target models answer well enough, measured on your own requests.';
const TOKEN_COUNTS =
  'The target model may count more or fewer tokens for the same text: the factors stand at 1.';
const CAN_WAIT =
  'Which requests can wait up to 24 hours. The bill does not say; requests that stream are left out.';
const PREFIX = 'The share of input tokens that is a repeated prefix, and its length.';
const RUNS = 'How many calls a run makes, the tokens of the system prompt, and what each call adds.';
const UNITS_KEPT =
  'Two units of search capacity are kept: the floor with redundancy. Capacity goes in whole units, so no percentage is used.';
const CAPACITY_NEEDED = 'Whether the documents and queries fit into that capacity.';
const OWN_UNITS = [{ dimension: 'family', operator: '=', values: ['provisioned'] }] as const;
const ENDED =
  'The share of the model units that can end and, where a commitment runs, the last day it must be paid; what their traffic costs elsewhere.';
const BESIDE_UNITS =
  'Only model units end here. Storage, training and imported models have no lever: their cost stands beside it.';
/** A term long over, so that only the bill decides whether there is something to end. */
const ALL_ENDED = { endedShare: exactly(1), paidUntil: '2000-01-01' } as const;
const CACHED_WHOLE = { prefixShare: exactly(1), prefixTokens: 100_000 } as const;
const TWO_CALLS = { runs: [{ calls: 2, weight: 1 }], systemTokens: 1000, systemCut: exactly(0.5) };

const REDRESS = 'A buyer’s guide to the price of Amazon Bedrock (Redress Compliance)';

/** Eight steps in the guide's order. The percentages that are shares of usage are taken as they stand. */
const EIGHT_STEPS: Template = {
  name: 'eight-steps',
  title: 'Eight-step playbook',
  source: REDRESS,
  illustration: false,
  note: 'The guide adds up savings that overlap. Here each step acts on what the steps before it left.',
  steps: [
    step(
      'routing',
      'route',
      { scope: LARGE_MODELS, share: between(0.5, 0.6), targets: [HAIKU] },
      {
        title: 'Route simple requests to a light model',
        assumes: [
          'The guide sends 50 to 60 % of all requests to light models, 30 to 40 % to mid-tier ones and less than 10 % to frontier ones. Here the light share is taken of what mid and frontier models serve today; the rest stays where it is, since no bill says which of it is hard.',
          'The light model is Claude Haiku 4.5; the guide names Nova as well.',
        ],
        confirm: [QUALITY, TOKEN_COUNTS],
      },
    ),
    step(
      'batch',
      'batch',
      { eligibleShare: between(0.3, 0.5) },
      {
        title: 'Move what can wait to batch',
        assumes: ['30 to 50 % of the requests can wait: the guide’s share, not measured here.'],
        confirm: [CAN_WAIT],
      },
    ),
    step(
      'caching',
      'cache',
      { arrival: { pattern: 'even', requestsPerHour: exactly(120) } },
      {
        title: 'Cache repeated prompts',
        assumes: ['120 requests an hour share one prefix: the guide’s threshold of two a minute.'],
        confirm: ['How many requests share one prefix while it lives.'],
        asks: [PREFIX],
      },
      CACHED_WHOLE,
    ),
    step(
      'trimming',
      'output',
      { outputCut: between(0.15, 0.3) },
      {
        title: 'Shorten answers',
        assumes: ['15 to 30 % of the output tokens can be cut: the guide’s range, not measured here.'],
        confirm: ['What shorter answers do to their use.'],
      },
    ),
    step(
      'knowledge_base',
      'search',
      { ocusKept: exactly(2) },
      {
        title: 'Right-size search capacity behind knowledge bases',
        assumes: [UNITS_KEPT, 'The guide names savings of 20 to 40 %.'],
        confirm: [CAPACITY_NEEDED],
      },
    ),
    step(
      'agents',
      'agents',
      { maxCalls: 8 },
      {
        title: 'Limit the calls of agents',
        assumes: [
          'Eight calls a run at most: where the guide begins to look closer. It names savings of 10 to 25 %.',
        ],
        confirm: ['Which usage is an agent’s: apply the lever to it.'],
        asks: [RUNS],
      },
      { runs: [{ calls: 12, weight: 1 }], systemTokens: 1000 },
    ),
    step(
      'end_capacity',
      'own-models',
      { scope: OWN_UNITS },
      {
        title: 'Question models of your own and the capacity behind them',
        assumes: [BESIDE_UNITS],
        confirm: ['Whether prompting or retrieval does as well as the tuned model.'],
        asks: [ENDED],
        cost: 'own_models',
      },
      ALL_ENDED,
    ),
    beside('commitment', {
      title: 'Draw on the commitment',
      asks: [
        'Commitment, discount and the year’s other spend: state them under “Commitment” for the cash of this year.',
      ],
      assumes: ['Savings Plans are left out: no source of AWS says that they discount Bedrock tokens.'],
    }),
  ],
};

const LAYERS = 'An article on the cost layers of Amazon Bedrock';

/** The layers in the article's order. It gives results instead of shares, so every share is asked for. */
const COST_LAYERS: Template = {
  name: 'cost-layers',
  title: 'By cost layer',
  source: LAYERS,
  illustration: false,
  note: 'The article gives an order and what others are said to have saved, but no share of usage: every step asks for its own.',
  steps: [
    step(
      'routing',
      'right-size',
      { scope: LARGE_MODELS, targets: [HAIKU] },
      {
        title: 'Inference: right-size the model',
        assumes: ['The smaller model is Claude Haiku 4.5; choose another where it fits better.'],
        confirm: [QUALITY, TOKEN_COUNTS],
        asks: ['The share of requests that a smaller model can serve.'],
      },
      { share: exactly(1) },
    ),
    step(
      'batch',
      'batch',
      {},
      {
        title: 'Inference: batch what can wait',
        confirm: [CAN_WAIT],
        asks: ['The share of requests that can wait.'],
      },
      { eligibleShare: exactly(1) },
    ),
    step(
      'trimming',
      'input',
      {},
      {
        title: 'Inference: shorter prompts',
        confirm: ['What the model needs of its prompt. A shorter prefix is less to cache.'],
        asks: ['The share of input tokens that can be cut.'],
      },
      { inputCut: exactly(0.5) },
    ),
    step(
      'knowledge_base',
      'search',
      { ocusKept: exactly(2) },
      {
        title: 'Knowledge bases: search capacity',
        assumes: [UNITS_KEPT],
        confirm: [CAPACITY_NEEDED],
      },
    ),
    step(
      'agents',
      'agents',
      {},
      {
        title: 'Agents: calls and what they carry along',
        confirm: ['Which usage is an agent’s: apply the lever to it.'],
        asks: [RUNS, 'What of it can be cut.'],
      },
      TWO_CALLS,
    ),
    step(
      'guardrails',
      'guardrails',
      {},
      {
        title: 'Guardrails: what is checked',
        assumes: [
          'Guardrails are charged by text unit of 1,000 characters and by policy, not by invocation as the article says.',
        ],
        confirm: ['Which requests need which policy.'],
        asks: ['Requests a month, characters of a request and an answer, price of the policies, coverage.'],
        cost: 'guardrails',
      },
      {
        requestsPerMonth: exactly(1),
        inputCharacters: 1000,
        usdPerThousandUnits: exactly(1),
        coverageNow: exactly(1),
      },
    ),
    step(
      'end_capacity',
      'own-models',
      { scope: OWN_UNITS },
      {
        title: 'Customisation: models of your own',
        assumes: [BESIDE_UNITS],
        confirm: ['Whether the tuned model is used enough for what it costs while idle.'],
        asks: [ENDED],
        cost: 'own_models',
      },
      ALL_ENDED,
    ),
  ],
};

/** The guide's worked example of an enterprise, as far as it can be put into levers. */
const ENTERPRISE: Template = {
  name: 'enterprise-illustration',
  title: 'Enterprise illustration',
  source: REDRESS,
  illustration: true,
  note: 'An illustration of the guide, not a benchmark: 500 million tokens a month for $7,000, half of it for what stands around inference, against $18,500 on Sonnet alone. At list prices 500 million tokens of Sonnet cost $7,500 at the very most, so these amounts cannot be reached with its own mix. Held against your bill, its shares give your figures, not its own.',
  steps: [
    step(
      'routing',
      'mix',
      {
        share: exactly(1),
        targets: [
          { ...HAIKU, weight: 40 },
          { ...SONNET, weight: 45 },
          { ...OPUS, weight: 15 },
        ],
      },
      {
        title: 'Mix of 40 % Haiku, 45 % Sonnet, 15 % Opus',
        assumes: [
          'All requests follow the example’s mix, those of cheaper models as well: it can cost more than today.',
          'Claude 4.5 models, whose prices the example uses.',
        ],
        confirm: [QUALITY, TOKEN_COUNTS],
      },
    ),
    step(
      'batch',
      'batch',
      { eligibleShare: exactly(0.35) },
      {
        title: '35 % of the volume in batch',
        assumes: ['35 % of the requests can wait: the example’s share.'],
        confirm: [CAN_WAIT],
      },
    ),
    step(
      'caching',
      'cache',
      { arrival: { pattern: 'stated', hitShare: exactly(0.6) } },
      {
        title: 'Caching with 60 % hits',
        assumes: ['60 % of the requests with a cached prefix find it: the example’s share.'],
        confirm: ['Your own hit share.'],
        asks: [PREFIX],
      },
      CACHED_WHOLE,
    ),
    step(
      'knowledge_base',
      'search',
      { ocusKept: exactly(2) },
      {
        title: 'Two knowledge bases',
        assumes: ['Both share one collection.', UNITS_KEPT],
        confirm: [CAPACITY_NEEDED],
      },
    ),
    step(
      'agents',
      'agents',
      {},
      {
        title: 'Five agents',
        assumes: ['The example counts agents, not calls: nothing can be computed from that.'],
        asks: [RUNS],
      },
      TWO_CALLS,
    ),
  ],
};

export const TEMPLATES: Readonly<Record<TemplateName, Template>> = {
  'eight-steps': EIGHT_STEPS,
  'cost-layers': COST_LAYERS,
  'enterprise-illustration': ENTERPRISE,
};
