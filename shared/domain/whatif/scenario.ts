// A scenario is data: a baseline, ordered levers with ranges, the commitment it is judged under. It holds no code.
import type { CommitmentYear, LineClassTerms } from '../commitment/agreement.ts';
import type { Filter, Period } from '../spend/vocabulary.ts';
import type { ContextBand, Meter, Mode, RegionTier } from '../usage/vocabulary.ts';

/** A parameter with its uncertainty: low ≤ base ≤ high in the parameter's own unit. */
export type Range = { readonly low: number; readonly base: number; readonly high: number };
/** A result under the low, base and high parameters, in money unless said otherwise. */
export type Band = { readonly low: number; readonly base: number; readonly high: number };

export const SCENARIO_PRICE_LAYERS = ['list', 'contract', 'effective'] as const;
export type ScenarioPriceLayer = (typeof SCENARIO_PRICE_LAYERS)[number];

/** A rate the contract states. It binds the named mode only: nothing is inherited by another mode or model. */
export type ContractRate = {
  readonly model: string;
  readonly meter: Meter;
  readonly mode: Mode;
  /** USD per 1,000,000 tokens (or per single base unit for other meters). */
  readonly usd: number;
};

type LeverCommon = {
  readonly id: string;
  readonly label: string | null;
  readonly enabled: boolean;
  /** Which of the baseline's vectors the lever may touch. */
  readonly scope: readonly Filter[];
  /** First month it acts, `YYYY-MM`; null = from the first month of the horizon. */
  readonly startMonth: string | null;
  readonly rampMonths: number;
  readonly oneOffCost: number;
  readonly owner: string | null;
  readonly evidence: string | null;
  readonly confidence: 'low' | 'medium' | 'high' | null;
};

/** Move whole requests to batch inference. */
export type BatchLever = LeverCommon & {
  readonly kind: 'batch';
  /** Share (0…1) of the requests in scope that can wait 24 hours. */
  readonly eligibleShare: Range;
  /** Leave out traffic whose operation says that someone waits for a stream. */
  readonly excludeStreaming: boolean;
};

/** Cache a repeated prefix. */
export type CachingLever = LeverCommon & {
  readonly kind: 'caching';
  /** Share (0…1) of the uncached input tokens in scope that belong to a repeated prefix. */
  readonly prefixShare: Range;
  /** Length of that prefix in tokens, to hold against the model's minimum; null = unknown. */
  readonly prefixTokens: number | null;
  readonly lifetime: '5m' | '30m' | '1h';
  /** Where the hit share comes from: stated, or from requests per hour and the arrival pattern. */
  readonly arrival:
    | { readonly pattern: 'stated'; readonly hitShare: Range }
    | { readonly pattern: 'poisson' | 'even'; readonly requestsPerHour: Range };
};

export type Lever = BatchLever | CachingLever;
export type LeverKind = Lever['kind'];

/** The commitment under which the cash of this year is judged. */
export type ScenarioCommitment = {
  readonly year: CommitmentYear;
  /** Gross eligible spend of the year without the AI spend of the baseline. */
  readonly organicAws: Range;
  readonly organicMarketplace: Range;
  readonly classes: readonly LineClassTerms[];
  /** Price of the same usage bought directly from the model provider for the year, to compare with; null = not asked. */
  readonly directCost: number | null;
};

export type Scenario = {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly note: string | null;
  readonly baseline: { readonly period: Period; readonly where: readonly Filter[] };
  /** Months the result is projected over, starting with `startMonth` (null = month after the baseline). */
  readonly horizon: { readonly startMonth: string | null; readonly months: number };
  readonly priceLayer: ScenarioPriceLayer;
  readonly contractRates: readonly ContractRate[];
  readonly levers: readonly Lever[];
  readonly commitment: ScenarioCommitment | null;
};

/** Token meters a usage vector can carry. */
export const VECTOR_METERS = [
  'input',
  'cache_read',
  'cache_write_5m',
  'cache_write_30m',
  'cache_write_1h',
  'output',
] as const satisfies readonly Meter[];
export type VectorMeter = (typeof VECTOR_METERS)[number];

/**
 * The usage of one workload slice. Its meters stay together, so that a lever moves whole requests:
 * tokens by meter, and what was invoiced for them on the scenario's currency.
 */
export type UsageVector = {
  readonly id: string;
  readonly provider: string | null;
  readonly model: string;
  readonly region: string | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
  readonly mode: Mode;
  /** Billing entity class, for the commitment's flags: `native` or `marketplace`. */
  readonly billedAs: 'native' | 'marketplace';
  readonly streaming: 'yes' | 'no' | 'unknown';
  readonly workload: string | null;
  readonly tokens: Readonly<Record<VectorMeter, number>>;
  readonly invoiced: Readonly<Record<VectorMeter, number>>;
};
