// What the lever finder says: opportunities with their evidence, and what it looked at without offering anything.
import type { Filter, Period } from '../../spend/vocabulary.ts';
import type { Band } from '../answer.ts';
import type { Lever, LeverKind, Scenario, ScenarioPriceLayer } from '../scenario.ts';

/** One question each; the rules themselves are in `rules.ts`. */
export const FINDER_RULE_IDS = [
  'batch-jobs',
  'batch-quiet',
  'cache-unused',
  'cache-partial',
  'over-tiered',
  'legacy-model',
  'global-tier',
  'flex-tier',
  'premium-tier',
  'idle-units',
  'search-floor',
  'long-answers',
  'agent-context',
] as const;
export type FinderRuleId = (typeof FINDER_RULE_IDS)[number];

/** Prices the finder can compare by. What the bill charged knows no price of what usage could move to. */
export const FINDER_PRICE_LAYERS = ['list', 'contract'] as const satisfies readonly ScenarioPriceLayer[];
export type FinderPriceLayer = (typeof FINDER_PRICE_LAYERS)[number];

/** A figure that an opportunity rests on, over the period of the answer. */
export type EvidenceRow = {
  readonly label: string;
  /** null where it is not defined; the note says why. */
  readonly value: number | null;
  readonly unit: string;
  /** Where it comes from: quantities or cost on the bill, the catalog, imported counts. */
  readonly basis: string;
  readonly note: string | null;
};

export const CONFIDENCES = ['low', 'medium', 'high'] as const;
export type FindingConfidence = (typeof CONFIDENCES)[number];

/** What a rule found in some usage, before it is computed. */
export type Candidate = {
  readonly kind: 'candidate';
  /** Whose usage it is, as a reader knows it. */
  readonly subject: string;
  readonly lever: Lever;
  readonly confidence: FindingConfidence;
  readonly confidenceReason: string;
  readonly evidence: readonly EvidenceRow[];
  /** Everything about the lever that the bill does not say. */
  readonly assumptions: readonly string[];
  /** The usage behind it, for the explorer. */
  readonly where: readonly Filter[];
};

/** What a rule looked at and could not decide. */
export type Undecided = {
  readonly kind: 'undecided';
  readonly subject: string | null;
  readonly because: string;
  readonly evidence: readonly EvidenceRow[];
  /** Invoiced cost that the question is about; null where it is about no cost. */
  readonly atStake: number | null;
  readonly where: readonly Filter[];
};

export type Found = Candidate | Undecided;

/** A candidate as a scenario of one lever, with both headlines. Amounts are in the answer's currency. */
export type Opportunity = {
  readonly id: string;
  readonly rule: FinderRuleId;
  readonly kind: LeverKind;
  readonly subject: string;
  /** Over the period, as if it were the only lever. */
  readonly savingAtPrice: Band;
  /** Over the commitment year; null without a commitment. */
  readonly cashThisYear: Band | null;
  readonly confidence: FindingConfidence;
  readonly confidenceReason: string;
  readonly evidence: EvidenceRow[];
  readonly assumptions: string[];
  /** What the rule cannot know, and what guards of the lever said. */
  readonly toCheck: string[];
  readonly where: Filter[];
  readonly scenario: Scenario;
};

/** Why something that was looked at is no opportunity. */
export const OTHER_OUTCOMES = ['undecided', 'no_saving', 'below_threshold', 'nothing_found'] as const;
export type OtherOutcome = (typeof OTHER_OUTCOMES)[number];

export type LookedAt = {
  readonly rule: FinderRuleId;
  readonly outcome: OtherOutcome;
  readonly subject: string | null;
  readonly because: string;
  readonly evidence: EvidenceRow[];
  readonly atStake: number | null;
  readonly where: Filter[];
};

/** A rule as a reader checks it. */
export type RuleText = {
  readonly id: FinderRuleId;
  readonly question: string;
  readonly looksAt: string;
  readonly threshold: string;
  readonly reason: string;
  readonly lever: LeverKind | null;
  readonly cannotKnow: string[];
};

export type LeverFindings = {
  readonly schemaVersion: 1;
  readonly currency: string;
  readonly period: Period;
  readonly daysCovered: number;
  readonly estimated: boolean;
  readonly catalogVersion: string;
  readonly priceLayer: FinderPriceLayer;
  /** Dimension that tells workloads apart; null = they are not told apart. */
  readonly workload: string | null;
  /** `cash` with a commitment, else `saving`, and why there is no cash. */
  readonly rankedBy: 'cash' | 'saving';
  readonly cashReason: string | null;
  /** The best first. Their savings overlap: they have no sum. */
  readonly opportunities: Opportunity[];
  /** The best of them (at most twenty) as one scenario, each after the ones before it; null with fewer than two. */
  readonly together: {
    readonly levers: number;
    readonly savingAtPrice: Band;
    readonly cashThisYear: Band | null;
    /** Saving together − savings alone, base case: what the levers take from or give to each other. */
    readonly interaction: number;
    readonly scenario: Scenario;
  } | null;
  readonly lookedAt: LookedAt[];
  readonly rules: RuleText[];
  readonly notes: string[];
};
