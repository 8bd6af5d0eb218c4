// A scenario is data: a baseline, ordered levers with ranges, the commitment it is judged under. It holds no code.
import type { CommitmentYear, LineClassTerms } from '../commitment/agreement.ts';
import type { Filter, Period } from '../spend/vocabulary.ts';
import type { Meter, Mode, RegionTier } from '../usage/vocabulary.ts';

/** A parameter with its uncertainty: low ≤ base ≤ high in the parameter's own unit. */
export type Range = { readonly low: number; readonly base: number; readonly high: number };

/**
 * What a scenario's prices come from. `list`: the catalog. `contract`: the rates typed into the scenario, else the
 * contract rates of the workspace, else the catalog. `effective`: what the bill says this usage costs (invoiced ÷ tokens), else the catalog.
 */
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

export type LeverCommon = {
  readonly id: string;
  readonly label: string | null;
  readonly enabled: boolean;
  /** Which of the baseline's usage the lever may touch; empty = all of it. */
  readonly scope: readonly Filter[];
  /** First month it acts, `YYYY-MM`; null = from the first month of the horizon. */
  readonly startMonth: string | null;
  /** Months until it acts in full: the k-th month has the share k ÷ rampMonths. 0 = at once. */
  readonly rampMonths: number;
  /** Money spent once, in the month it starts. */
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

/** How often a cached prefix is found again before it expires. */
export type CacheArrival =
  | { readonly pattern: 'stated'; readonly hitShare: Range }
  /** Requests per hour that share one prefix. */
  | { readonly pattern: 'poisson' | 'even'; readonly requestsPerHour: Range };

/** Lifetimes a cached prefix may have, as the meters of cache writes know them. */
export const CACHE_LIFETIMES = ['5m', '30m', '1h'] as const;
export type CacheLifetime = (typeof CACHE_LIFETIMES)[number];

/** Cache a repeated prefix. */
export type CachingLever = LeverCommon & {
  readonly kind: 'caching';
  /** Share (0…1) of the uncached input tokens in scope that belong to a repeated prefix. */
  readonly prefixShare: Range;
  /** Length of that prefix in tokens, to hold against the model's minimum; null = unknown. */
  readonly prefixTokens: number | null;
  readonly lifetime: CacheLifetime;
  readonly arrival: CacheArrival;
};

/** Service tiers that a request can ask for. */
export const SERVICE_TIERS = ['flex', 'priority', 'latency_optimized', 'on_demand'] as const;

/** Buy requests at another service tier: cheaper and slower, or dearer and faster. */
export type ServiceTierLever = LeverCommon & {
  readonly kind: 'service_tier';
  readonly share: Range;
  readonly to: (typeof SERVICE_TIERS)[number];
  /** Leave out traffic whose operation says that someone waits for a stream; matters for flex. */
  readonly excludeStreaming: boolean;
};

/** Serve requests in another region tier or region: global is the cheapest, residency costs. */
export type ResidencyLever = LeverCommon & {
  readonly kind: 'residency';
  readonly share: Range;
  readonly tier: RegionTier;
  /** Region code; null = each usage stays in its region. */
  readonly region: string | null;
};

/** One model that routed requests go to. */
export type RoutingTarget = {
  /** Model name as the catalog has it. */
  readonly model: string;
  /** Share of the routed requests, as a weight: targets are weighed against each other. */
  readonly weight: number;
  /** Region code; null = where the request is served today. */
  readonly region: string | null;
  /** null = as today, or whatever tier the target has a price for there. */
  readonly regionTier: RegionTier | null;
  /** Tokens of the target's tokenizer for one of today's, input and output. */
  readonly inputFactor: number;
  readonly outputFactor: number;
  /** The user's own score, in the user's own scale; null = not measured. */
  readonly quality: number | null;
};

/** Send a share of requests to other models. */
export type RoutingLever = LeverCommon & {
  readonly kind: 'routing';
  readonly share: Range;
  readonly targets: readonly RoutingTarget[];
  /** Cascade: share of the routed requests that today's model answers once more. Zero = none. */
  readonly escalation: Range;
  /** The user's own score of the model that serves the requests today, to compare with; null = not measured. */
  readonly todayQuality: number | null;
  /** Lowest score a target may have; targets below it, or without a score, are refused. null = no floor. */
  readonly qualityFloor: number | null;
  /** Most that a routed request may cost on average, USD; targets above it are refused. null = no ceiling. */
  readonly requestCeiling: number | null;
  /** Requests a month of the usage in scope, which no bill has; null = not stated, and no ceiling can be held. */
  readonly requestsPerMonth: number | null;
  /** What deciding costs a month, in the baseline's currency. */
  readonly routerPerMonth: Range;
};

/** Shorter prompts and shorter answers. */
export type TrimmingLever = LeverCommon & {
  readonly kind: 'trimming';
  /** Share (0…1) of uncached input tokens that is cut. */
  readonly inputCut: Range;
  /** Share of cached input (reads and writes) that is cut: a trimmed prefix shrinks what is cached too. */
  readonly cachedCut: Range;
  readonly outputCut: Range;
};

/** Fewer retries and experiments. Throttled calls are not billed, so they are not overhead. */
export type OverheadLever = LeverCommon & {
  readonly kind: 'overhead';
  /** Extra volume per useful request as it is, and as it becomes: 0.5 = one retry or trial for two useful requests. */
  readonly overheadNow: Range;
  readonly overheadAfter: Range;
};

/** Buy model units by the hour. */
export type ProvisionedLever = LeverCommon & {
  readonly kind: 'provisioned';
  /** Units that serve traffic, and units that are paid for to replace one that fails. */
  readonly units: number;
  readonly spareUnits: number;
  /** Tokens one unit serves in a minute, from the contract or a load test; 0 = not stated. */
  readonly unitInputPerMinute: number;
  readonly unitOutputPerMinute: number;
  readonly usdPerUnitHour: Range;
  /** 0 = no commitment. */
  readonly termMonths: number;
  /** Busiest minute ÷ mean minute of an hour: 1 = even. */
  readonly peakFactor: Range;
  /** What becomes of requests above the capacity: nothing spills unless the caller routes it. */
  readonly overflow: 'spill' | 'throttle';
  /** IANA time zone that a schedule of units by the hour of the day is in. */
  readonly timeZone: string;
};

/** Buy tokens per minute at the reserved tier; amounts are thousands of tokens per minute. */
export type ReservedLever = LeverCommon & {
  readonly kind: 'reserved';
  readonly inputThousands: number;
  readonly outputThousands: number;
  /** USD for one hour of one thousand tokens per minute. */
  readonly usdPerInputHour: Range;
  readonly usdPerOutputHour: Range;
  readonly termMonths: number;
  readonly peakFactor: Range;
  /** How much of a cache read counts as input against the reservation, 0…1. */
  readonly cacheReadWeight: Range;
};

/** Serve requests with a fine-tuned, distilled or imported model. Money is USD, token amounts are millions. */
export type CustomModelLever = LeverCommon & {
  readonly kind: 'custom_model';
  readonly share: Range;
  /** Model it is made from, as the catalog names it: it says who bills. null = today's. */
  readonly baseModel: string | null;
  readonly teacherInputMillions: number;
  readonly teacherOutputMillions: number;
  readonly teacherUsdInput: number;
  readonly teacherUsdOutput: number;
  readonly trainingMillions: number;
  readonly epochs: number;
  readonly usdPerMillionTraining: number;
  readonly storagePerMonth: Range;
  readonly serving: 'on_demand' | 'units' | 'imported';
  /** By the token, where the model allows it. */
  readonly usdPerMillionInput: Range;
  readonly usdPerMillionOutput: Range;
  /** Model units, or custom model units of one imported copy. */
  readonly units: number;
  readonly usdPerUnitHour: Range;
  readonly copies: number;
  readonly usdPerUnitMinute: Range;
  /** Active windows of five minutes a day, of each copy. */
  readonly windowsPerDay: Range;
};

/** Serve requests on instances: a Marketplace endpoint, or a self-hosted model. */
export type EndpointLever = LeverCommon & {
  readonly kind: 'endpoint';
  readonly share: Range;
  readonly instances: number;
  readonly softwarePerHour: Range;
  readonly infrastructurePerHour: Range;
  /** Hours a month they run by schedule; null = all hours. */
  readonly scheduledHours: number | null;
  /** Tokens a second of one instance, from a load test; 0 = not stated. */
  readonly tokensPerSecond: number;
  readonly utilisation: Range;
};

/** End or shrink the search capacity behind knowledge bases. */
export type KnowledgeBaseLever = LeverCommon & {
  readonly kind: 'knowledge_base';
  readonly ocusKept: Range;
  readonly alternativePerMonth: Range;
};

/** End or shrink capacity that the bill shows: model units, or reserved tokens per minute. */
export type EndCapacityLever = LeverCommon & {
  readonly kind: 'end_capacity';
  /** Share (0…1) of the capacity in scope that is not paid any more. */
  readonly endedShare: Range;
  /** Last day (ISO) that its term makes you pay for; null = not stated, and then nothing with a term is ended. */
  readonly paidUntil: string | null;
  /** What a month of the traffic that runs on it costs elsewhere, in the baseline's currency; 0 = it is idle. */
  readonly elsewherePerMonth: Range;
};

/** How many runs of an agent make how many calls, as a weight. */
export type AgentCalls = { readonly calls: number; readonly weight: number };

/** Change how agents call their model. Needs the distribution of calls, which no bill has. */
export type AgentsLever = LeverCommon & {
  readonly kind: 'agents';
  readonly runs: readonly AgentCalls[];
  /** Most calls a run may make afterwards; null = no limit. */
  readonly maxCalls: number | null;
  /** Tokens every call sends again, and tokens each call adds to all later ones. */
  readonly systemTokens: number;
  readonly growthTokens: number;
  readonly systemCut: Range;
  readonly growthCut: Range;
};

/** Check more or fewer requests. Needs request counts, which no bill has. */
export type GuardrailsLever = LeverCommon & {
  readonly kind: 'guardrails';
  readonly requestsPerMonth: Range;
  readonly inputCharacters: number;
  readonly outputCharacters: number;
  /** USD for 1,000 text units, all policies together. */
  readonly usdPerThousandUnits: Range;
  readonly coverageNow: Range;
  readonly coverageAfter: Range;
};

export type Lever =
  | CustomModelLever
  | EndpointLever
  | KnowledgeBaseLever
  | EndCapacityLever
  | AgentsLever
  | GuardrailsLever
  | ProvisionedLever
  | ReservedLever
  | BatchLever
  | CachingLever
  | ServiceTierLever
  | ResidencyLever
  | RoutingLever
  | TrimmingLever
  | OverheadLever;
export type LeverKind = Lever['kind'];
export type LeverOf = { readonly [K in LeverKind]: Extract<Lever, { kind: K }> };
/** In the order in which a menu offers them. */
export const LEVER_KINDS = [
  'batch',
  'caching',
  'routing',
  'service_tier',
  'residency',
  'trimming',
  'overhead',
  'provisioned',
  'reserved',
  'end_capacity',
  'custom_model',
  'endpoint',
  'agents',
  'guardrails',
  'knowledge_base',
] as const satisfies readonly LeverKind[];

/** The commitment under which the cash of this year is judged. */
export type ScenarioCommitment = {
  readonly year: CommitmentYear;
  /** Gross spend of the year on AWS services without the AI spend of the baseline. */
  readonly organicAws: Range;
  /** Gross eligible Marketplace spend of the year without the AI spend of the baseline. */
  readonly organicMarketplace: Range;
  /** Empty = the conservative defaults (`DEFAULT_CLASS_TERMS`). */
  readonly classes: readonly LineClassTerms[];
  /** Price of the same usage bought directly from the model provider for the year, to compare with; null = not asked. */
  readonly directCost: number | null;
};

/**
 * Change of the volume in a scope. `onceFrom` null: each month × (1 + perMonth) of the month before, from the month after
 * the baseline. A month: × (1 + perMonth) in that month and all later ones, once.
 */
export type Growth = {
  readonly scope: readonly Filter[];
  readonly perMonth: Range;
  readonly onceFrom: string | null;
};

/** A model's prices × factor from a month on: a price cut, or what a new version costs. */
export type PriceChange = { readonly model: string; readonly fromMonth: string; readonly factor: Range };

export type Scenario = {
  readonly schemaVersion: 1;
  readonly name: string;
  readonly note: string | null;
  readonly baseline: {
    readonly period: Period;
    readonly where: readonly Filter[];
    /** Dimension that splits the usage into workloads (a tag, a principal …); null = not split. */
    readonly workload: string | null;
  };
  /** Months the result is projected over, starting with `startMonth` (null = month after the baseline). */
  readonly horizon: { readonly startMonth: string | null; readonly months: number };
  /** Hours a month has wherever something is paid by the hour: 730 on average, 720 or 744 by other conventions. */
  readonly hoursPerMonth: number;
  /** What moves the baseline itself; never counted as a saving. */
  readonly growth: readonly Growth[];
  readonly priceChanges: readonly PriceChange[];
  /** Month (1…12) in which the fiscal year starts. */
  readonly fiscalYearStart: number;
  readonly priceLayer: ScenarioPriceLayer;
  readonly contractRates: readonly ContractRate[];
  readonly levers: readonly Lever[];
  readonly commitment: ScenarioCommitment | null;
};
