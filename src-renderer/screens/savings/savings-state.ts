// What the savings screen shows, as data, and how that stands in the address.
import type { Output } from '../../../shared/contract/methods.ts';
import { DIMENSION_PATTERN, type Filter } from '../../../shared/domain/spend/vocabulary.ts';
import {
  FINDER_PRICE_LAYERS,
  type FinderPriceLayer,
  type FinderRuleId,
  type FindingConfidence,
  type OtherOutcome,
} from '../../../shared/domain/whatif/finder/finding.ts';
import { UTC } from '../../../shared/domain/whatif/local-time.ts';
import { isTimeZone } from '../../../shared/format/time-zone.ts';

export type Findings = Output<'levers.find'>;
export type Opportunity = Findings['opportunities'][number];
export type LookedAt = Findings['lookedAt'][number];
export type Evidence = Opportunity['evidence'];

export const VIEWS = ['found', 'looked', 'rules'] as const;
export type View = (typeof VIEWS)[number];

export type SavingsState = {
  readonly view: View;
  /** Id of the opportunity that is open. */
  readonly open: string | null;
  /** Dimension that tells workloads apart; `auto` lets the finder choose, `none` does not split. */
  readonly split: string;
  /** Saved scenario whose commitment says what is cash; null = none. */
  readonly terms: number | null;
  /** Prices that savings are compared and ranked by. */
  readonly prices: FinderPriceLayer;
  /** Zone whose nights and weekends are quiet time. */
  readonly zone: string;
};

export function readSavingsState(own: Readonly<Record<string, string>>): SavingsState {
  const split = own.split ?? 'auto';
  const terms = Number(own.terms ?? Number.NaN);
  return {
    view: VIEWS.find((view) => view === own.view) ?? 'found',
    open: own.open ?? null,
    split: split === 'none' || DIMENSION_PATTERN.test(split) ? split : 'auto',
    terms: Number.isInteger(terms) && terms > 0 ? terms : null,
    prices: FINDER_PRICE_LAYERS.find((layer) => layer === own.prices) ?? 'list',
    zone: own.zone !== undefined && isTimeZone(own.zone) ? own.zone : UTC,
  };
}

/** What differs from the initial state, by key; null takes the key out of the address. */
export function writeSavingsState({
  view,
  open,
  split,
  terms,
  prices,
  zone,
}: SavingsState): Record<string, string | null> {
  return {
    view: view === 'found' ? null : view,
    open,
    split: split === 'auto' ? null : split,
    terms: terms === null ? null : String(terms),
    prices: prices === 'list' ? null : prices,
    zone: zone === UTC ? null : zone,
  };
}

/** What the finder is asked for a choice of splitting. */
export function workloadOf(split: string): string | null {
  return split === 'none' ? null : split;
}

/** What a figure at these prices is called. */
export const PRICE_WORDS: Readonly<Record<FinderPriceLayer, string>> = {
  list: 'list price',
  contract: 'contract price',
};

export const CONFIDENCE_NAMES: Readonly<Record<FindingConfidence, string>> = {
  low: 'low',
  medium: 'medium',
  high: 'high',
};

export const OUTCOME_NAMES: Readonly<Record<OtherOutcome, string>> = {
  undecided: 'Not enough data',
  no_saving: 'Saves nothing',
  below_threshold: 'Not computed or too small',
  nothing_found: 'Not found',
};

export const RULE_NAMES: Readonly<Record<FinderRuleId, string>> = {
  'batch-jobs': 'Jobs on demand',
  'batch-quiet': 'Work in quiet time',
  'cache-unused': 'Input not cached',
  'cache-partial': 'Caching with room',
  'over-tiered': 'Heavy model, short answers',
  'legacy-model': 'Models that end',
  'global-tier': 'Kept in a region',
  'flex-tier': 'Could be flex',
  'premium-tier': 'Premium for speed',
  'idle-units': 'Paid capacity',
  'search-floor': 'Search capacity floor',
  'long-answers': 'Long answers',
  'agent-context': 'Agents resend context',
};

/** Names something that was looked at, for the address. */
export function lookedAtKey({ rule, outcome, subject }: LookedAt): string {
  return [rule, outcome, subject ?? ''].join('|');
}

/** Conditions of the screen and of a finding, each once. */
export function joinedWhere(context: readonly Filter[], own: readonly Filter[]): Filter[] {
  return [...new Map([...context, ...own].map((filter) => [JSON.stringify(filter), filter])).values()];
}
