// The scenario being edited: neutral defaults, the edits a person can make, and what is still unanswered in it.
import type { LineClassTerms } from '../../../shared/domain/commitment/agreement.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type {
  BatchLever,
  CachingLever,
  ContractRate,
  Lever,
  LeverKind,
  Scenario,
  ScenarioCommitment,
} from '../../../shared/domain/whatif/scenario.ts';
import { exactly } from './range.ts';

const LEVER_START = {
  label: null,
  enabled: true,
  scope: [],
  startMonth: null,
  rampMonths: 0,
  oneOffCost: 0,
  owner: null,
  evidence: null,
  confidence: null,
} as const;

/** Nothing is assumed to be eligible: a new lever moves nothing until its share is stated. */
export const NEW_BATCH: Omit<BatchLever, 'id'> = {
  kind: 'batch',
  ...LEVER_START,
  eligibleShare: exactly(0),
  excludeStreaming: true,
};

export const NEW_CACHING: Omit<CachingLever, 'id'> = {
  kind: 'caching',
  ...LEVER_START,
  prefixShare: exactly(0),
  prefixTokens: null,
  lifetime: '5m',
  arrival: { pattern: 'stated', hitShare: exactly(0) },
};

export function newScenario(period: Period): Scenario {
  return {
    schemaVersion: 1,
    name: 'New scenario',
    note: null,
    baseline: { period, where: [], workload: null },
    horizon: { startMonth: null, months: 12 },
    priceLayer: 'list',
    contractRates: [],
    levers: [],
    commitment: null,
  };
}

export function newCommitment(start: string, classes: readonly LineClassTerms[]): ScenarioCommitment {
  return {
    year: {
      start,
      commit: 0,
      discount: 0,
      drawdown: 'before_discount',
      shortfallSettled: 'face',
      marketplaceCap: 0.25,
      support: 0,
    },
    organicAws: exactly(0),
    organicMarketplace: exactly(0),
    classes,
    directCost: null,
  };
}

/** Changes to one lever; the kind and the id stay. */
export type LeverPatch = Partial<Omit<BatchLever, 'id' | 'kind'>> &
  Partial<Omit<CachingLever, 'id' | 'kind'>>;

export type Edit =
  | { readonly type: 'open'; readonly scenario: Scenario }
  | { readonly type: 'set'; readonly part: Partial<Omit<Scenario, 'schemaVersion' | 'levers'>> }
  | { readonly type: 'addLever'; readonly kind: LeverKind }
  | { readonly type: 'duplicateLever'; readonly id: string }
  | { readonly type: 'removeLever'; readonly id: string }
  | { readonly type: 'moveLever'; readonly id: string; readonly by: -1 | 1 }
  | { readonly type: 'setLever'; readonly id: string; readonly part: LeverPatch }
  | { readonly type: 'setCommitment'; readonly part: Partial<ScenarioCommitment> }
  | { readonly type: 'setYear'; readonly part: Partial<ScenarioCommitment['year']> }
  | { readonly type: 'setClass'; readonly lineClass: string; readonly part: Partial<LineClassTerms> }
  | { readonly type: 'addRate'; readonly rate: ContractRate }
  | { readonly type: 'setRate'; readonly index: number; readonly part: Partial<ContractRate> }
  | { readonly type: 'removeRate'; readonly index: number };

/** The scenario after an edit. Edits of things that are not there change nothing. */
export function edited(scenario: Scenario, edit: Edit): Scenario {
  switch (edit.type) {
    case 'open':
      return edit.scenario;
    case 'set':
      return { ...scenario, ...edit.part };
    case 'setCommitment':
    case 'setYear':
    case 'setClass':
      return { ...scenario, commitment: editedCommitment(scenario.commitment, edit) };
    case 'addRate':
    case 'setRate':
    case 'removeRate':
      return { ...scenario, contractRates: editedRates(scenario.contractRates, edit) };
    default:
      return { ...scenario, levers: editedLevers(scenario.levers, edit) };
  }
}

type LeverEdit = Extract<Edit, { type: `${string}Lever` }>;
type CommitmentEdit = Extract<Edit, { type: 'setCommitment' | 'setYear' | 'setClass' }>;
type RateEdit = Extract<Edit, { type: `${string}Rate` }>;

function editedLevers(levers: readonly Lever[], edit: LeverEdit): readonly Lever[] {
  if (edit.type === 'addLever') return [...levers, newLever(levers, edit.kind)];
  const index = levers.findIndex(({ id }) => id === edit.id);
  const lever = levers[index];
  if (lever === undefined) return levers;
  switch (edit.type) {
    case 'removeLever':
      return levers.toSpliced(index, 1);
    case 'duplicateLever':
      return levers.toSpliced(index + 1, 0, { ...lever, id: freeId(levers, lever.kind) });
    case 'setLever':
      return levers.with(index, patched(lever, edit.part));
    case 'moveLever': {
      const target = index + edit.by;
      if (target < 0 || target >= levers.length) return levers;
      return levers.toSpliced(index, 1).toSpliced(target, 0, lever);
    }
  }
}

/** Keeps what belongs to the lever's kind, so that a patch cannot leave fields of another kind behind. */
function patched(lever: Lever, part: LeverPatch): Lever {
  const known = Object.fromEntries(Object.entries(part).filter(([key]) => Object.hasOwn(lever, key)));
  return { ...lever, ...known };
}

function newLever(levers: readonly Lever[], kind: LeverKind): Lever {
  const id = freeId(levers, kind);
  return kind === 'batch' ? { ...NEW_BATCH, id } : { ...NEW_CACHING, id };
}

function freeId(levers: readonly Lever[], kind: LeverKind): string {
  for (let number = 1; ; number += 1) {
    const id = `${kind}-${number}`;
    if (levers.every((lever) => lever.id !== id)) return id;
  }
}

function editedCommitment(
  commitment: ScenarioCommitment | null,
  edit: CommitmentEdit,
): ScenarioCommitment | null {
  if (commitment === null) return null;
  switch (edit.type) {
    case 'setCommitment':
      return { ...commitment, ...edit.part };
    case 'setYear':
      return { ...commitment, year: { ...commitment.year, ...edit.part } };
    case 'setClass':
      return {
        ...commitment,
        classes: commitment.classes.map((terms) =>
          terms.lineClass === edit.lineClass ? { ...terms, ...edit.part } : terms,
        ),
      };
  }
}

function editedRates(rates: readonly ContractRate[], edit: RateEdit): readonly ContractRate[] {
  if (edit.type === 'addRate') return [...rates, edit.rate];
  const rate = rates[edit.index];
  if (rate === undefined) return rates;
  return edit.type === 'removeRate'
    ? rates.toSpliced(edit.index, 1)
    : rates.with(edit.index, { ...rate, ...edit.part });
}

export type OpenQuestion = { readonly leverId: string | null; readonly text: string };

/** What a scenario does not state yet, so that a zero in the result is never a riddle. */
export function openQuestions(scenario: Scenario): OpenQuestion[] {
  const questions = scenario.levers.filter(({ enabled }) => enabled).flatMap(leverQuestions);
  const { commitment } = scenario;
  if (commitment === null) return questions;
  const missing = (text: string): OpenQuestion => ({ leverId: null, text });
  if (commitment.year.commit === 0) questions.push(missing('State what the year commits to.'));
  if (commitment.organicAws.high === 0) {
    questions.push(
      missing('State the organic AWS spend of the year: without it all commitment looks unfilled.'),
    );
  }
  return questions;
}

function leverQuestions(lever: Lever): OpenQuestion[] {
  const ask = (text: string): OpenQuestion => ({ leverId: lever.id, text });
  if (lever.kind === 'batch') {
    return lever.eligibleShare.high === 0
      ? [ask('State the share of requests that can wait up to 24 hours. At 0 % nothing moves.')]
      : [];
  }
  const questions: OpenQuestion[] = [];
  if (lever.prefixShare.high === 0) {
    questions.push(
      ask('State the share of input tokens that is a repeated prefix. At 0 % nothing is cached.'),
    );
  }
  if (lever.arrival.pattern === 'stated' && lever.arrival.hitShare.high === 0) {
    questions.push(
      ask('State the hit share, or derive it from requests per hour. At 0 % every request pays the write.'),
    );
  }
  if (lever.arrival.pattern !== 'stated' && lever.arrival.requestsPerHour.high === 0) {
    questions.push(ask('State how many requests an hour share one prefix. At 0 nothing is read again.'));
  }
  if (lever.prefixTokens === null) {
    questions.push(ask('State the prefix length: shorter than a model’s minimum, nothing is cached.'));
  }
  return questions;
}
