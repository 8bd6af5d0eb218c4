// What Assay covers of everything the publications name: per row the rule, price, lever and screen that make it work.
import type { LeverKind } from '../whatif/scenario.ts';
import written from './scope.json' with { type: 'json' };

/** works: all of it; partly: what is named works, the rest belongs to `area`; later: belongs to `area`; out: and why. */
export const SCOPE_STATUSES = ['works', 'partly', 'later', 'out'] as const;
export type ScopeStatus = (typeof SCOPE_STATUSES)[number];

/** Work that is still to come. */
export const SCOPE_AREAS = {
  exploration_allocation: 'Exploration, allocation, anomalies and budgets',
  what_if: 'Further what-if levers',
  commitment_forecast: 'Commitments, forecast and the negotiation pack',
  desktop: 'Desktop polish',
  sql: 'Athena SQL',
} as const satisfies Record<string, string>;
export type ScopeArea = keyof typeof SCOPE_AREAS;
export const SCOPE_AREA_IDS = Object.keys(SCOPE_AREAS) as ScopeArea[];

export type ScopeRow = {
  /** X1 … X24: conflicts between publications; 1 … 138: what they name. */
  readonly id: string;
  readonly item: string;
  readonly status: ScopeStatus;
  readonly area: ScopeArea | null;
  /** Ids of classification rules. */
  readonly rules: readonly string[];
  /** `model/meter` or `model/meter/mode`; `*` stands for a feature without a model. */
  readonly prices: readonly string[];
  readonly levers: readonly LeverKind[];
  /** Ids of screens. */
  readonly screens: readonly string[];
  /** How it works, or why it does not, in our words. */
  readonly says: string;
};

export const SCOPE: readonly ScopeRow[] = written as readonly ScopeRow[];
