// Opportunities in the shape of requests: answers longer than the peers', and agents that send their context again.
import type { CachingLever, Range, TrimmingLever } from '../scenario.ts';
import { factorsOf, HIT_RATE, HIT_SHARE } from './caching-rules.ts';
import {
  common,
  equals,
  type FinderEvidence,
  groupsOf,
  INPUT_SIDE,
  isAgent,
  NO_ONE_OFF,
  ON_BILL,
  onDemand,
  row,
  sizeRows,
  tokensOf,
  type UsageGroup,
} from './evidence.ts';
import type { Found } from './finding.ts';

/** Output for a token of input, against the median of the same model's workloads, from which answers stand out. */
export const OUTLIER = 2;
/** Workloads of one model that a median needs. */
export const PEERS = 3;
/** Input tokens for one output token from which an agent is taken to carry its history along. */
export const CARRIED_RATIO = 20;

const NOT_SPLIT: Found = {
  kind: 'undecided',
  subject: null,
  because: 'The usage is not split by workload. Choose a tag, principal or account to split by.',
  evidence: [],
  atStake: null,
  where: [],
};

const ratioOf = ({ vectors }: UsageGroup): number =>
  tokensOf(vectors, 'output') / tokensOf(vectors, ...INPUT_SIDE);

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/** Workloads that write much more for what they read than the same model's other workloads. */
export function longAnswers(evidence: FinderEvidence): Found[] {
  if (evidence.workload === null) return [NOT_SPLIT];
  const groups = groupsOf(evidence, onDemand, ['workload']).filter(
    ({ vectors }) => tokensOf(vectors, ...INPUT_SIDE) > 0,
  );
  const byModel = [...Map.groupBy(groups, ({ model }) => model)];
  const lonely = byModel.filter(([, own]) => own.length < PEERS);
  const found = byModel
    .filter(([, own]) => own.length >= PEERS)
    .flatMap(([, own]) => {
      const usual = median(own.map(ratioOf));
      return own
        .filter((group) => usual > 0 && ratioOf(group) >= OUTLIER * usual)
        .map((group) => longAnswer(evidence, group, usual, own.length));
    });
  return lonely.length === 0 ? found : [...found, tooFewPeers(lonely)];
}

function tooFewPeers(lonely: readonly (readonly [string, readonly UsageGroup[]])[]): Found {
  return {
    kind: 'undecided',
    subject: lonely.map(([model]) => model).join(', '),
    because: `Fewer than ${PEERS} workloads use each of these models, so there is no usual length to compare with.`,
    evidence: [],
    atStake: null,
    where: [{ dimension: 'model', operator: '=', values: lonely.map(([model]) => model) }],
  };
}

function longAnswer(evidence: FinderEvidence, group: UsageGroup, usual: number, peers: number): Found {
  const own = ratioOf(group);
  const high = 1 - usual / own;
  const scope = [...group.scope, equals('mode', 'on_demand')];
  const lever: TrimmingLever = {
    ...common('trimming', `Shorter answers: ${group.subject}`, scope, 'low'),
    kind: 'trimming',
    inputCut: { low: 0, base: 0, high: 0 },
    cachedCut: { low: 0, base: 0, high: 0 },
    outputCut: { low: 0, base: high / 2, high },
  };
  const percent = (share: number): string => `${Math.round(share * 100)} %`;
  return {
    kind: 'candidate',
    subject: group.subject,
    lever,
    confidence: 'low',
    confidenceReason:
      'It writes more than its peers on the bill; whether the answers must be that long only their readers know.',
    evidence: [
      ...sizeRows(group, evidence.currency),
      row('Output for one token of input', own, 'tokens', ON_BILL),
      row('The same, median of the model’s workloads', usual, 'tokens', ON_BILL, `${peers} workloads`),
      row('Against the median', own / usual, 'ratio', ON_BILL),
    ],
    assumptions: [
      `The output shrinks by ${percent(high / 2)} (0 % to ${percent(high)}): at most to the median of the peers.`,
      NO_ONE_OFF,
    ],
    where: scope,
  };
}

/**
 * Share of an agent's input that repeats what an earlier call of the run sent, from the input of a run of n calls,
 * n·system + growth·n(n − 1)/2, where growth = system: 1 − 2 ÷ (n + 1).
 */
export function repeatedShare(calls: number): number {
  return 1 - 2 / (calls + 1);
}

/** Calls a run, as published guides give them; the bill does not say. */
const CALLS = { low: 2, base: 3, high: 8 } as const;
const REPEATED: Range = {
  low: repeatedShare(CALLS.low),
  base: repeatedShare(CALLS.base),
  high: repeatedShare(CALLS.high),
};

/** Agents that send a long, growing context and cache little of it. */
export function agentContext(evidence: FinderEvidence): Found[] {
  if (evidence.workload === null) return [NOT_SPLIT];
  const agents = groupsOf(evidence, onDemand, ['workload']).filter(isAgent);
  return agents.flatMap((group): Found[] => {
    const { vectors } = group;
    const all = tokensOf(vectors, ...INPUT_SIDE);
    const output = tokensOf(vectors, 'output');
    const hitRate = tokensOf(vectors, 'cache_read') / all;
    const [first] = vectors;
    if (all < CARRIED_RATIO * output || hitRate >= HIT_RATE || first === undefined) return [];
    if (factorsOf(evidence, first) === null) return [noCachePrice(evidence, group)];
    const scope = [...group.scope, equals('mode', 'on_demand')];
    const lever: CachingLever = {
      ...common('agent-caching', `Cache the agent’s context: ${group.subject}`, scope, 'low'),
      kind: 'caching',
      prefixShare: REPEATED,
      prefixTokens: null,
      lifetime: '5m',
      arrival: { pattern: 'stated', hitShare: HIT_SHARE },
    };
    return [
      {
        kind: 'candidate',
        subject: group.subject,
        lever,
        confidence: 'low',
        confidenceReason:
          'The name says agent and the input is long for its output; calls a run are not on the bill.',
        evidence: [
          ...sizeRows(group, evidence.currency),
          row(
            'Input for one output token',
            output === 0 ? null : all / output,
            'tokens',
            ON_BILL,
            output === 0 ? 'no output' : null,
          ),
          row('Cache hit rate', hitRate, 'ratio', ON_BILL, 'reads ÷ all input'),
        ],
        assumptions: [
          'A run makes 3 calls (2 to 8), each adding as much as the system prompt holds, so 50 % of the input repeats (33 % to 78 %): published guides, not the bill.',
          'Of what repeats, 70 % is found before it expires after 5 minutes (50 % to 90 %): an assumption.',
          'Fewer calls a run save more than caching: the agent lever needs their distribution, which you must state.',
          NO_ONE_OFF,
        ],
        where: scope,
      },
    ];
  });
}

function noCachePrice({ currency }: FinderEvidence, group: UsageGroup): Found {
  return {
    kind: 'undecided',
    subject: group.subject,
    because:
      'Its input is long for its output, but this model has no cache price: fewer calls or shorter prompts need the calls of a run, which no bill has.',
    evidence: sizeRows(group, currency),
    atStake: group.invoiced,
    where: group.scope,
  };
}
