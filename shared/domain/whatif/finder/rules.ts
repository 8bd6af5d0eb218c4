// The table of the lever finder: a rule is a question with the evidence it reads, its threshold, and what it cannot know.
import { LEVER_KINDS, type LeverKind } from '../scenario.ts';
import { batchJobs, batchQuiet, QUIET_RATE } from './batch-rules.ts';
import { cachePartial, cacheUnused, HIT_RATE, INPUT_RATIO } from './caching-rules.ts';
import { FLOOR_UNITS, idleUnits, searchFloor } from './capacity-rules.ts';
import type { FinderEvidence } from './evidence.ts';
import { FINDER_RULE_IDS, type FinderRuleId, type Found, type RuleText } from './finding.ts';
import { legacyModels, overTiered, SHORT_ANSWER } from './routing-rules.ts';
import { agentContext, CARRIED_RATIO, longAnswers, OUTLIER, PEERS } from './shape-rules.ts';
import { flexTier, globalTier, premiumTier } from './tier-rules.ts';

export type FinderRule = Omit<RuleText, 'id'> & {
  /** Whether it compares list prices, which are in USD. */
  readonly needsPrices: boolean;
  readonly find: (evidence: FinderEvidence) => Found[];
};

export const FINDER_RULES: { readonly [Id in FinderRuleId]: FinderRule } = {
  'batch-jobs': {
    question: 'Which workloads are named like jobs, but pay on-demand prices?',
    looksAt: 'On-demand usage without streaming, of models with a batch price, by workload name.',
    threshold:
      'The name holds a word such as batch, nightly, cron, job, etl, backfill, pipeline or ingestion.',
    reason: 'Names of unattended work are given by the people who run it: the best hint a bill holds.',
    lever: 'batch',
    cannotKnow: ['Whether each request can wait 24 hours.', 'Whether results feed something that waits.'],
    needsPrices: true,
    find: batchJobs,
  },
  'batch-quiet': {
    question: 'Which usage runs when nobody is awake?',
    looksAt: 'Tokens of on-demand usage without streaming by hour, or by day where the export is daily.',
    threshold: `The rate in nights and weekends is at least ${QUIET_RATE} of the average rate.`,
    reason:
      'Requests that people wait for fall off at night and at weekends; work that does not is a machine’s.',
    lever: 'batch',
    cannotKnow: [
      'Where the users are: quiet time is that of the time zone you choose, at first UTC.',
      'Whether machines wait for the answers.',
    ],
    needsPrices: true,
    find: batchQuiet,
  },
  'cache-unused': {
    question: 'Which usage sends long input and caches none of it?',
    looksAt: 'Uncached input, output, cache reads and writes, of models with cache prices.',
    threshold: `No cache tokens, and at least ${INPUT_RATIO} input tokens for one of output.`,
    reason: 'Long input for a short answer is mostly instructions and context, which tend to repeat.',
    lever: 'caching',
    cannotKnow: ['Whether the input repeats.', 'How long the prefix is, and when requests come.'],
    needsPrices: true,
    find: cacheUnused,
  },
  'cache-partial': {
    question: 'Where does caching work, with room left?',
    looksAt: 'Cache reads for each write, and the share of reads in all input.',
    threshold: `Cache reads are below ${HIT_RATE} of all input, and pay for their writes.`,
    reason:
      'Usage that caches profitably has shown that its prompts repeat; below half, most input still pays in full.',
    lever: 'caching',
    cannotKnow: ['How much of the uncached input repeats.', 'Why it is not cached yet.'],
    needsPrices: true,
    find: cachePartial,
  },
  'over-tiered': {
    question: 'Which heavy models give short answers?',
    looksAt: 'Output tokens of a counted request, of models of tier mid or frontier.',
    threshold: `At most ${SHORT_ANSWER} output tokens a request, and a lighter model of the provider that costs less.`,
    reason: 'A label, a field or a sentence is what lighter models are sold for.',
    lever: 'routing',
    cannotKnow: ['How well a lighter model answers.', 'How hard the questions are.'],
    needsPrices: true,
    find: overTiered,
  },
  'legacy-model': {
    question: 'Which models are ending or superseded, with a cheaper successor?',
    looksAt: 'Models on the bill against dated lifecycle facts, and both list prices.',
    threshold: 'The model is legacy, in extended access or superseded, and the successor costs less.',
    reason: 'These requests must or can move anyway; extended access costs up to twice as much.',
    lever: 'routing',
    cannotKnow: ['How the successor answers.', 'How many tokens it counts for the same text.'],
    needsPrices: true,
    find: legacyModels,
  },
  'global-tier': {
    question: 'Which usage pays to stay in a region or geography?',
    looksAt: 'Usage that is not global, and the global list price of the same model.',
    threshold: 'The global price is more than 0.5 % lower.',
    reason: 'Several newer models cost about a tenth more when requests stay in a region or geography.',
    lever: 'residency',
    cannotKnow: ['Your residency policy, and what was promised to customers.'],
    needsPrices: true,
    find: globalTier,
  },
  'flex-tier': {
    question: 'Which usage could be served slower at the flex price?',
    looksAt: 'On-demand usage without streaming, of models with flex prices.',
    threshold: 'The flex price is more than 0.5 % lower.',
    reason: 'Flex serves the same request when there is room, without the day that batch may take.',
    lever: 'service_tier',
    cannotKnow: ['How long callers may wait.'],
    needsPrices: true,
    find: flexTier,
  },
  'premium-tier': {
    question: 'Which usage pays a premium for speed?',
    looksAt: 'Usage in the modes priority and latency-optimized, and its standard price.',
    threshold: 'The standard price is more than 0.5 % lower.',
    reason: 'A premium is set for an application and then paid for everything it sends.',
    lever: 'service_tier',
    cannotKnow: ['Who needs the speed.'],
    needsPrices: true,
    find: premiumTier,
  },
  'idle-units': {
    question: 'Is capacity paid that nobody uses?',
    looksAt:
      'Hours and cost of model units and reserved tokens, and imported counts under the id of the capacity.',
    threshold:
      'Counts of every day, whose tokens cost less on demand at list than the capacity; without a commitment.',
    reason: 'Tokens on paid capacity are not billed; their use is known to CloudWatch alone.',
    lever: 'end_capacity',
    cannotKnow: [
      'When a term ends.',
      'Whether it is kept for a custom model, for speed, or for what is to come.',
    ],
    needsPrices: false,
    find: idleUnits,
  },
  'search-floor': {
    question: 'Does search capacity stand at its floor?',
    looksAt:
      'Capacity unit hours of OpenSearch Serverless on the whole bill, against the hours of the days held.',
    threshold: `At most ${FLOOR_UNITS} units on average, and more than one.`,
    reason: 'Two units run without a single search; one of them is redundancy.',
    lever: 'knowledge_base',
    cannotKnow: ['Which knowledge base it serves.', 'Whether it must survive the loss of a zone.'],
    needsPrices: false,
    find: searchFloor,
  },
  'long-answers': {
    question: 'Which workload writes far more than its peers?',
    looksAt: 'Output for a token of input, against the median of the same model’s workloads.',
    threshold: `At least ${OUTLIER} times the median of at least ${PEERS} workloads.`,
    reason: 'Output costs several times what input costs, and its length is often nobody’s decision.',
    lever: 'trimming',
    cannotKnow: ['Whether the task needs the length.'],
    needsPrices: true,
    find: longAnswers,
  },
  'agent-context': {
    question: 'Which agents send their context again and again?',
    looksAt: 'Workloads named like agents: input for a token of output, and the cache hit rate.',
    threshold: `At least ${CARRIED_RATIO} input tokens for one of output, and a hit rate below ${HIT_RATE}.`,
    reason: 'Each call of a run sends everything before it, so input grows with the square of the calls.',
    lever: 'caching',
    cannotKnow: ['How many calls a run makes.', 'Usage of agents that are not named so.'],
    needsPrices: true,
    find: agentContext,
  },
};

/** The rules as a reader checks them. */
export function ruleTexts(): RuleText[] {
  return FINDER_RULE_IDS.map((id) => {
    const { question, looksAt, threshold, reason, lever, cannotKnow } = FINDER_RULES[id];
    return { id, question, looksAt, threshold, reason, lever, cannotKnow: [...cannotKnow] };
  });
}

/** Kinds of levers that no rule prefills, so that a screen can say so. */
export function leversWithoutRule(): LeverKind[] {
  const prefilled = new Set(FINDER_RULE_IDS.map((id) => FINDER_RULES[id].lever));
  return LEVER_KINDS.filter((kind) => !prefilled.has(kind));
}
