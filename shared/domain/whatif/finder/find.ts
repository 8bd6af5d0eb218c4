// Runs the rules of the lever finder, computes what each opportunity would save, and ranks them.
import { sumOf } from '../../sum.ts';
import type { Band } from '../answer.ts';
import { commitmentOver } from '../commitment-year.ts';
import { evaluateScenario } from '../pipeline.ts';
import type { Lever, Scenario, ScenarioCommitment } from '../scenario.ts';
import type { ScenarioBaseline } from '../vectors.ts';
import { type FinderEvidence, LIST, row } from './evidence.ts';
import {
  type Candidate,
  type EvidenceRow,
  FINDER_RULE_IDS,
  type FinderPriceLayer,
  type FinderRuleId,
  type Found,
  type LeverFindings,
  type LookedAt,
  type Opportunity,
  type Undecided,
} from './finding.ts';
import { FINDER_RULES, leversWithoutRule, ruleTexts } from './rules.ts';

/** Most candidates of one rule that are computed: the rest is said. */
export const CANDIDATE_LIMIT = 25;

/** Everything the rules found, with the candidates as levers of their own ids. */
export type Drafts = {
  readonly candidates: readonly (Candidate & { readonly rule: FinderRuleId; readonly id: string })[];
  readonly lookedAt: readonly LookedAt[];
};

/** Runs every rule over the evidence. Pure; the engine reads the scopes of the candidates afterwards. */
export function draftLevers(evidence: FinderEvidence): Drafts {
  const used = new Set<string>();
  const candidates: Drafts['candidates'][number][] = [];
  const lookedAt: LookedAt[] = [];
  for (const rule of FINDER_RULE_IDS) {
    const found = foundBy(rule, evidence).map((one) => based(one, evidence.priceLayer));
    const own = found.filter((one) => one.kind === 'candidate');
    for (const candidate of own.slice(0, CANDIDATE_LIMIT)) {
      const id = freeId(used, `${rule}:${slug(candidate.subject)}`);
      candidates.push({ ...candidate, rule, id, lever: { ...candidate.lever, id } });
    }
    lookedAt.push(...found.filter((one) => one.kind === 'undecided').map((one) => undecided(rule, one)));
    if (found.length === 0) lookedAt.push(nothingFound(rule));
    if (own.length > CANDIDATE_LIMIT) lookedAt.push(notComputed(rule, own.slice(CANDIDATE_LIMIT)));
  }
  return { candidates, lookedAt };
}

/** List prices are in USD: on another bill the rules that compare prices cannot decide, which is not finding nothing. */
function foundBy(rule: FinderRuleId, evidence: FinderEvidence): Found[] {
  const { needsPrices, find } = FINDER_RULES[rule];
  if (!needsPrices || evidence.currency === 'USD') return find(evidence);
  const because = `List prices are in USD and the bill is in ${evidence.currency}: nothing is converted.`;
  return [{ kind: 'undecided', subject: null, because, evidence: [], atStake: null, where: [] }];
}

function slug(subject: string): string {
  return subject
    .toLowerCase()
    .replaceAll(/[^a-z0-9.]+/gu, '-')
    .replaceAll(/^-|-$/gu, '')
    .slice(0, 200);
}

function freeId(used: Set<string>, wanted: string): string {
  let id = wanted;
  for (let number = 2; used.has(id); number += 1) id = `${wanted}-${number}`;
  used.add(id);
  return id;
}

function undecided(rule: FinderRuleId, { subject, because, evidence, atStake, where }: Undecided): LookedAt {
  return {
    rule,
    outcome: 'undecided',
    subject,
    because,
    evidence: [...evidence],
    atStake,
    where: [...where],
  };
}

function nothingFound(rule: FinderRuleId): LookedAt {
  return {
    rule,
    outcome: 'nothing_found',
    subject: null,
    because: `No usage of the period meets it: ${FINDER_RULES[rule].threshold}`,
    evidence: [],
    atStake: null,
    where: [],
  };
}

function notComputed(rule: FinderRuleId, rest: readonly Candidate[]): LookedAt {
  return {
    rule,
    outcome: 'below_threshold',
    subject: null,
    because: `${rest.length} smaller parts of the usage meet it too and were not computed (the ${CANDIDATE_LIMIT} biggest were): split the usage less finely, or filter.`,
    evidence: [],
    atStake: null,
    where: [],
  };
}

export type FinderQuestion = {
  readonly baseline: Scenario['baseline'];
  readonly commitment: ScenarioCommitment | null;
  /** Opportunities below this amount, by what they are ranked by, are only counted. In the bill's currency. */
  readonly least: number;
  /** Convention for everything that is paid by the hour. */
  readonly hoursPerMonth: number;
  readonly fiscalYearStart: number;
  /** Where prices come from: list, or the contract rates of the workspace, else list. */
  readonly priceLayer: FinderPriceLayer;
};

/** What the answer says about the bill beside the evidence. */
export type FinderSetting = Pick<LeverFindings, 'estimated' | 'catalogVersion'> & {
  /** Why nothing of the bill counts under a commitment; null = nothing says so. */
  readonly commitmentOff: string | null;
  readonly notes: readonly string[];
  /** The baseline of a scenario whose levers are among the drafts. */
  readonly baselineOf: (scenario: Scenario) => ScenarioBaseline;
};

/** Computes every candidate as a scenario of its own and ranks them: by cash with a commitment, else by the saving. */
export function rankLevers(
  evidence: FinderEvidence,
  { candidates, lookedAt }: Drafts,
  question: FinderQuestion,
  { estimated, catalogVersion, commitmentOff, notes, baselineOf }: FinderSetting,
): LeverFindings {
  const { currency } = evidence;
  const { off } = commitmentOver(question, { daysCovered: evidence.daysCovered, commitmentOff });
  const computed = candidates.map((candidate) => opportunityOf(candidate, question, baselineOf));
  const saving = computed.filter(isSaving);
  const ranked = saving.toSorted(
    (left, right) =>
      rankOf(right) - rankOf(left) ||
      right.savingAtPrice.base - left.savingAtPrice.base ||
      (left.id < right.id ? -1 : 1),
  );
  // A saving that is no cash this year is shown as one, unless an amount of cash was asked for.
  const isShown = (one: Opportunity): boolean => question.least === 0 || rankOf(one) >= question.least;
  const shown = ranked.filter(isShown);
  return {
    schemaVersion: 1,
    currency: evidence.currency,
    period: evidence.period,
    daysCovered: evidence.daysCovered,
    estimated,
    catalogVersion,
    priceLayer: question.priceLayer,
    workload: evidence.workload,
    rankedBy: off === null ? 'cash' : 'saving',
    cashReason: off === null ? null : `${off} Ranked by the saving at price.`,
    opportunities: shown,
    together: togetherOf(shown, question, baselineOf),
    lookedAt: [
      ...lookedAt,
      ...computed
        .filter((one) => !isSaving(one))
        .map((one) => withoutSaving(one, currency, question.priceLayer)),
      ...ranked.filter((one) => !isShown(one)).map((one) => belowThreshold(one, question.least, currency)),
    ],
    rules: ruleTexts(),
    notes: [...notes, ...standingNotes()],
  };
}

const rankOf = ({ cashThisYear, savingAtPrice }: Opportunity): number => (cashThisYear ?? savingAtPrice).base;

/** Said with every answer, because a reader would else add the column up. */
export const NO_TOTAL =
  'Every saving is that of its lever alone, on the bill as it is. Levers act on the same tokens, so their savings overlap and have no sum; together they save what the common scenario says.';

function standingNotes(): string[] {
  const without = leversWithoutRule().join(', ').replaceAll('_', ' ');
  return [
    NO_TOTAL,
    `No rule looks for: ${without}. They need figures that no bill has; add them to a scenario by hand.`,
  ];
}

/** A scenario at the question's prices over its baseline. */
function scenarioOf(name: string, levers: readonly Lever[], question: FinderQuestion): Scenario {
  return {
    schemaVersion: 1,
    name: name.slice(0, 256),
    note: null,
    baseline: { ...question.baseline, workload: null },
    horizon: { startMonth: null, months: 12 },
    hoursPerMonth: question.hoursPerMonth,
    growth: [],
    priceChanges: [],
    fiscalYearStart: question.fiscalYearStart,
    priceLayer: question.priceLayer,
    contractRates: [],
    levers,
    commitment: question.commitment,
  };
}

/** A candidate as it comes out; null where it comes to no figure, because something is not stated or has no price. */
type Computed = Omit<Opportunity, 'savingAtPrice'> & { readonly savingAtPrice: Band | null };

const isSaving = (one: Computed): one is Opportunity =>
  one.savingAtPrice !== null && one.savingAtPrice.base > 0;

function opportunityOf(
  candidate: Drafts['candidates'][number],
  question: FinderQuestion,
  baselineOf: FinderSetting['baselineOf'],
): Computed {
  const { id, rule, subject, lever, evidence, assumptions, confidenceReason } = candidate;
  const label = lever.label ?? subject;
  const scenario = scenarioOf(label, [{ ...lever, evidence: evidenceText(candidate) }], question);
  const { ledger, headlines } = evaluateScenario(scenario, baselineOf(scenario));
  const guards = ledger.flatMap((entry) => [...entry.guards.map(({ message }) => message), ...entry.missing]);
  return {
    id,
    rule,
    kind: lever.kind,
    subject,
    savingAtPrice: headlines.savingAtPrice,
    cashThisYear: headlines.cashThisYear,
    confidence: candidate.confidence,
    confidenceReason,
    evidence: [...evidence],
    assumptions: [...assumptions],
    toCheck: [...new Set([...FINDER_RULES[rule].cannotKnow, ...guards])],
    where: [...candidate.where],
    scenario,
  };
}

/** What stands behind the lever, for whoever opens the scenario later. */
function evidenceText({ confidenceReason, assumptions }: Candidate): string {
  return [confidenceReason, ...assumptions.map((assumption) => `Assumes: ${assumption}`)].join(' ');
}

function togetherOf(
  opportunities: readonly Opportunity[],
  question: FinderQuestion,
  baselineOf: FinderSetting['baselineOf'],
): LeverFindings['together'] {
  if (opportunities.length < 2) return null;
  const taken = opportunities.slice(0, TOGETHER_LIMIT);
  const levers = taken.flatMap(({ scenario }) => scenario.levers);
  const scenario = scenarioOf('All opportunities, best first', levers, question);
  const { headlines } = evaluateScenario(scenario, baselineOf(scenario));
  const alone = sumOf(taken.map((one) => one.savingAtPrice.base));
  const { savingAtPrice } = headlines;
  if (savingAtPrice === null) return null;
  return {
    levers: levers.length,
    savingAtPrice,
    cashThisYear: headlines.cashThisYear,
    interaction: savingAtPrice.base - alone,
    scenario,
  };
}

const LAYER_WORDS: Readonly<Record<FinderPriceLayer, { readonly sentence: string; readonly basis: string }>> =
  {
    list: { sentence: 'At list prices', basis: LIST },
    contract: { sentence: 'Under the contract', basis: 'contract rate, else list price in the catalog' },
  };

/** Evidence of a rule with the prices it was read at: rules ask for a price without knowing whose it is. */
function based<One extends { readonly evidence: readonly EvidenceRow[] }>(
  one: One,
  priceLayer: FinderPriceLayer,
): One {
  const { basis } = LAYER_WORDS[priceLayer];
  return { ...one, evidence: one.evidence.map((own) => (own.basis === LIST ? { ...own, basis } : own)) };
}

/** Most opportunities that are put into the common scenario. */
export const TOGETHER_LIMIT = 20;

function withoutSaving(
  { rule, subject, savingAtPrice, evidence, where, toCheck }: Computed,
  currency: string,
  priceLayer: FinderPriceLayer,
): LookedAt {
  const moved =
    savingAtPrice === null
      ? 'the saving is not known'
      : savingAtPrice.base < 0
        ? 'it would cost more than it does now'
        : 'nothing would be saved';
  return {
    rule,
    outcome: 'no_saving',
    subject,
    because: `${LAYER_WORDS[priceLayer].sentence} ${moved}. ${toCheck.slice(-1).join(' ')}`.trim(),
    evidence: [row('Saving, base case', savingAtPrice?.base ?? null, currency, COMPUTED), ...evidence],
    atStake: null,
    where,
  };
}

function belowThreshold(
  { rule, subject, savingAtPrice, cashThisYear, where }: Opportunity,
  least: number,
  currency: string,
): LookedAt {
  const by = cashThisYear === null ? 'saving' : 'cash this year';
  return {
    rule,
    outcome: 'below_threshold',
    subject,
    because: `Its ${by} is below the ${least} ${currency} asked for.`,
    evidence: [row(`Base case, ${by}`, (cashThisYear ?? savingAtPrice).base, currency, COMPUTED)],
    atStake: null,
    where,
  };
}

const COMPUTED = 'computed as a scenario of its own';
