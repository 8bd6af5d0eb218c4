// Opportunities for another model: short answers from a heavy model, and models that are on their way out.

import {
  type LifecycleState,
  lifecycleOf,
  lifecycleStateOn,
  type ModelLifecycle,
  standingSuccessor,
} from '../../pricing/model-facts.ts';
import type { ModelTier } from '../../usage/line.ts';
import { KNOWN_MODELS } from '../../usage/models.ts';
import { changedPlace } from '../places.ts';
import type { Range, RoutingLever } from '../scenario.ts';
import type { PriceKeyParts, UsageVector } from '../vectors.ts';
import {
  COUNTS,
  common,
  type FinderEvidence,
  groupsOf,
  LIST,
  listCost,
  type ModelRequests,
  NO_ONE_OFF,
  onDemand,
  row,
  sizeRows,
  tierOf,
  type UsageGroup,
} from './evidence.ts';
import type { Candidate, EvidenceRow, Found } from './finding.ts';

/** Output tokens of a request up to which the answer is a label, a field or a sentence. */
export const SHORT_ANSWER = 200;
/** How many of such requests a lighter model may answer, when no quality was measured. */
export const ROUTED_SHARE: Range = { low: 0.2, base: 0.4, high: 0.6 };

const LIGHTER: Readonly<Record<ModelTier, ModelTier | null>> = {
  frontier: 'mid',
  mid: 'light',
  light: null,
};

/** Heavy models whose counted requests get short answers. */
export function overTiered(evidence: FinderEvidence): Found[] {
  return groupsOf(evidence, onDemand, []).flatMap((group): Found[] => {
    const tier = tierOf(group.model);
    const lighter = tier === null ? null : LIGHTER[tier];
    if (lighter === null) return [];
    const counted = evidence.requests.find(({ model }) => model === group.model);
    if (counted === undefined || counted.requests === 0) return [needsCounts(group, evidence)];
    const length = counted.outputTokens / counted.requests;
    if (length > SHORT_ANSWER) return [];
    const target = lighterModel(evidence, group, lighter);
    if (target === null) return [noTarget(group, evidence, counted, lighter)];
    return [
      routed(evidence, group, target, ROUTED_SHARE, {
        title: 'Route to',
        confidence: 'low',
        confidenceReason:
          'Answers are short, but only a test on your own requests shows whether a lighter model answers as well.',
        rows: lengthRows(counted),
        assumptions: [
          '40 % of the requests go to the lighter model (20 % to 60 %): an assumption, no quality was measured.',
          `${target}: the newest listed ${lighter} model of the same provider that costs less for this mix.`,
        ],
      }),
    ];
  });
}

function lengthRows({ requests, outputTokens, inputTokens, days }: ModelRequests): EvidenceRow[] {
  return [
    row('Requests counted', requests, 'count', COUNTS, `on ${days} days`),
    row('Output tokens of a request', outputTokens / requests, 'token', `${COUNTS} and the bill, same days`),
    row('Input tokens of a request', inputTokens / requests, 'token', `${COUNTS} and the bill, same days`),
  ];
}

function needsCounts(group: UsageGroup, { currency }: FinderEvidence): Found {
  return {
    kind: 'undecided',
    subject: group.subject,
    because:
      'How long its answers are needs request counts by model, which no bill has: import CloudWatch invocations or your own counts.',
    evidence: sizeRows(group, currency),
    atStake: group.invoiced,
    where: group.scope,
  };
}

function noTarget(
  group: UsageGroup,
  { currency }: FinderEvidence,
  counted: ModelRequests,
  lighter: ModelTier,
): Found {
  return {
    kind: 'undecided',
    subject: group.subject,
    because: `The catalog has no ${lighter} model of this provider that costs less where this usage is served.`,
    evidence: [...sizeRows(group, currency), ...lengthRows(counted)],
    atStake: group.invoiced,
    where: group.scope,
  };
}

/** The last listed model of a tier and the group's provider that has all prices there and costs less at list. */
function lighterModel(evidence: FinderEvidence, { vectors }: UsageGroup, tier: ModelTier): string | null {
  const provider = vectors[0]?.provider ?? null;
  const now = listCost(evidence, vectors);
  if (now === null) return null;
  const candidates = KNOWN_MODELS.filter(
    (known) => known.tier === tier && known.provider === provider && stateOf(known.model, evidence) === null,
  );
  const cheaper = candidates.filter(({ model }) => {
    const then = costOn(evidence, vectors, model);
    return then !== null && then < now;
  });
  return cheaper.at(-1)?.model ?? null;
}

/** List cost of the same tokens on another model where it is served today, at whatever tier it is offered in. */
export function costOn(
  evidence: FinderEvidence,
  vectors: readonly UsageVector[],
  model: string,
): number | null {
  const place = (vector: UsageVector): PriceKeyParts => {
    const asked = changedPlace(vector, { model, region: null, regionTier: null });
    const offered = changedPlace(vector, { model, region: null, regionTier: 'any' });
    return evidence.quote(asked, 'input', vector.mode) === null ? offered : asked;
  };
  return listCost(evidence, vectors, { place, plainWithoutCache: true });
}

/** Where a model stands on the last day of the period; null = nothing was announced by then. */
function stateOf(model: string, { period }: FinderEvidence): LifecycleState | null {
  const lifecycle = lifecycleOf(model);
  return lifecycle === null ? null : lifecycleStateOn(lifecycle, period.to);
}

/** Models that end, or that a newer version stands beside, where the successor costs less. */
export function legacyModels(evidence: FinderEvidence): Found[] {
  return groupsOf(evidence, onDemand, []).flatMap((group): Found[] => {
    const lifecycle = lifecycleOf(group.model);
    const state = stateOf(group.model, evidence);
    if (lifecycle === null || state === null) return [];
    const successor = standingSuccessor(group.model, evidence.period.to);
    const now = listCost(evidence, group.vectors);
    const then = successor === null ? null : costOn(evidence, group.vectors, successor);
    const standing = stateText(state, lifecycle);
    if (successor === null || now === null || then === null) {
      return [unpriced(group, evidence, standing, successor)];
    }
    return [
      routed(evidence, group, successor, ALL, {
        title: 'Move to',
        confidence: 'medium',
        confidenceReason: `${standing} Both prices are listed; the successor’s token counts and answers are not on the bill.`,
        rows: [],
        assumptions: [`All of it moves to ${successor}, ${successorText(lifecycle, successor)}.`],
      }),
    ];
  });
}

const ALL: Range = { low: 1, base: 1, high: 1 };

const STATE_TEXTS: Readonly<Record<LifecycleState, string>> = {
  ended: 'The model is past its end of life',
  extended_access: 'The model is in extended access',
  legacy: 'The model is legacy',
  superseded: 'A newer version is sold beside the model',
};

function stateText(state: LifecycleState, { endOfLife, source, note }: ModelLifecycle): string {
  const end = endOfLife === null ? '' : `, end of life ${endOfLife}; dates can differ by region`;
  const seen = source.seen === null ? '' : `, seen ${source.seen}`;
  return `${STATE_TEXTS[state]}${end} (${[`${source.title}${seen}`, note].filter((part) => part !== null).join('; ')}).`;
}

function successorText({ successor, successorBasis }: ModelLifecycle, standing: string): string {
  if (successor !== standing) return 'the first down the line of replacements that is not ending itself';
  return successorBasis === 'named' ? 'the replacement that is named' : 'the next version of its family';
}

function unpriced(
  group: UsageGroup,
  evidence: FinderEvidence,
  standing: string,
  successor: string | null,
): Found {
  const because =
    successor === null
      ? `${standing} No replacement is known, so nothing can be compared.`
      : `${standing} The catalog lacks a price of this model or of ${successor} where it is served.`;
  return {
    kind: 'undecided',
    subject: group.subject,
    because,
    evidence: sizeRows(group, evidence.currency),
    atStake: group.invoiced,
    where: group.scope,
  };
}

type Judgement = Pick<Candidate, 'confidence' | 'confidenceReason' | 'assumptions'> & {
  readonly title: string;
  readonly rows: readonly EvidenceRow[];
};

function routed(
  evidence: FinderEvidence,
  group: UsageGroup,
  model: string,
  share: Range,
  { title, confidence, confidenceReason, rows, assumptions }: Judgement,
): Candidate {
  const scope = [...group.scope, { dimension: 'mode', operator: '=', values: ['on_demand'] } as const];
  const lever: RoutingLever = {
    ...common('routing', `${title} ${model}: ${group.subject}`, scope, confidence),
    kind: 'routing',
    share,
    targets: [
      { model, weight: 1, region: null, regionTier: null, inputFactor: 1, outputFactor: 1, quality: null },
    ],
    escalation: { low: 0, base: 0, high: 0 },
    todayQuality: null,
    qualityFloor: null,
    requestCeiling: null,
    requestsPerMonth: null,
    routerPerMonth: { low: 0, base: 0, high: 0 },
  };
  return {
    kind: 'candidate',
    subject: group.subject,
    lever,
    confidence,
    confidenceReason,
    evidence: [
      ...sizeRows(group, evidence.currency),
      ...rows,
      row('At today’s prices', listCost(evidence, group.vectors), 'USD', LIST),
      row(
        `At list on ${model}`,
        costOn(evidence, group.vectors, model),
        'USD',
        LIST,
        'same tokens, all of them',
      ),
    ],
    assumptions: [
      ...assumptions,
      'As many tokens for the same text (factor 1.0): tokenisers differ, measure and state the factors.',
      'No router fee, nothing asked twice.',
      NO_ONE_OFF,
    ],
    where: scope,
  };
}
