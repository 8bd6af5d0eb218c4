// The scenario being edited: neutral defaults, and the edits a person can make.
import type { LineClassTerms } from '../../../shared/domain/commitment/agreement.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { copiedLever, newLever } from '../../../shared/domain/whatif/new-levers.ts';
import type {
  ContractRate,
  Lever,
  LeverKind,
  Scenario,
  ScenarioCommitment,
} from '../../../shared/domain/whatif/scenario.ts';
import { exactly } from './range.ts';

export function newScenario(period: Period): Scenario {
  return {
    schemaVersion: 1,
    name: 'New scenario',
    note: null,
    baseline: { period, where: [], workload: null },
    horizon: { startMonth: null, months: 12 },
    hoursPerMonth: 730,
    growth: [],
    priceChanges: [],
    fiscalYearStart: 1,
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

type PatchOf<L> = L extends Lever ? Partial<Omit<L, 'id' | 'kind'>> : never;
/** Changes to one lever; the kind and the id stay. */
export type LeverPatch = PatchOf<Lever>;

export type Edit =
  | { readonly type: 'open'; readonly scenario: Scenario }
  | { readonly type: 'set'; readonly part: Partial<Omit<Scenario, 'schemaVersion' | 'levers'>> }
  | { readonly type: 'addLever'; readonly kind: LeverKind }
  | { readonly type: 'duplicateLever'; readonly id: string }
  | { readonly type: 'removeLever'; readonly id: string }
  /** `to` is the place from 0 on. */
  | { readonly type: 'placeLever'; readonly id: string; readonly to: number }
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
      return levers.toSpliced(index + 1, 0, copiedLever(levers, lever));
    case 'setLever':
      return levers.with(index, patched(lever, edit.part));
    case 'placeLever':
      if (edit.to < 0 || edit.to >= levers.length) return levers;
      return levers.toSpliced(index, 1).toSpliced(edit.to, 0, lever);
  }
}

/** Keeps what belongs to the lever's kind, so that a patch cannot leave fields of another kind behind. */
function patched(lever: Lever, part: LeverPatch): Lever {
  const known = Object.fromEntries(Object.entries(part).filter(([key]) => Object.hasOwn(lever, key)));
  return { ...lever, ...known } as Lever;
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
