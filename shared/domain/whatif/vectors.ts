// What a what-if works on: the usage of the baseline as vectors of tokens, the cost around it, and its list prices.
import type { Filter, Period } from '../spend/vocabulary.ts';
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';
import type { ContextBand, Meter, Mode, RegionTier, Term } from '../usage/vocabulary.ts';
import type { LocalTime } from './local-time.ts';

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
export type TokensByMeter = Readonly<Record<VectorMeter, number>>;

export const BILLED_AS = ['native', 'marketplace'] as const;
/** Who bills: AWS itself (or AISPL), or AWS Marketplace. */
export type BilledAs = (typeof BILLED_AS)[number];

export function billedAsOf(billingEntity: string | null): BilledAs {
  return billingEntity === 'AWS Marketplace' ? 'marketplace' : 'native';
}

export const STREAMING = ['yes', 'no', 'unknown'] as const;

/**
 * The usage of one slice of the baseline. Its meters stay together, so that a lever moves whole requests:
 * tokens by meter, and what was invoiced for them (unblended, in the baseline's currency).
 */
export type UsageVector = {
  readonly id: string;
  readonly provider: string | null;
  readonly model: string;
  readonly variant: string | null;
  readonly region: string | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
  /** The account that used it, where contract rates hold for that account alone; null = it has none of its own. */
  readonly account: string | null;
  readonly mode: Mode;
  readonly billedAs: BilledAs;
  /** Whether the operation says that someone waits for a stream. */
  readonly streaming: (typeof STREAMING)[number];
  readonly workload: string | null;
  /** Positions in the baseline's `scopes` of the scopes this usage belongs to. */
  readonly inScopes: number[];
  readonly tokens: TokensByMeter;
  readonly invoiced: TokensByMeter;
};

/** Cost of the selection beside the tokens, so that the parts add up to the selection's total. */
export type OutsideCost = {
  readonly reason:
    | 'not_usage'
    | 'not_tokens'
    | 'unknown_model'
    | 'unknown_unit'
    | 'fixed_capacity'
    | 'search_capacity';
  /** Family, or the charge type of lines that are not usage. */
  readonly label: string;
  readonly chargeType: string | null;
  readonly provider: string | null;
  readonly billedAs: BilledAs;
  /** Positions in the baseline's `scopes` of the scopes it belongs to. */
  readonly inScopes: number[];
  readonly invoiced: number;
};

/** Why the catalog gives a range: the bill does not tell which of two tiers it was, or the price changed. */
export const RANGE_REASONS = ['tier', 'price_change_in_span'] as const;
export type RangeReason = (typeof RANGE_REASONS)[number];

/** List price of one meter in one mode for the vectors of one key, over the baseline's period. */
export type PriceEntry = {
  readonly key: string;
  readonly meter: VectorMeter;
  readonly mode: Mode;
  /** USD per ONE token; null where the catalog has no price. A range (`low` < `high`) says why it is one. */
  readonly low: number | null;
  readonly high: number | null;
  /** Layer and sources of the price, or why there is none. */
  readonly source: string;
  readonly rangeReason: RangeReason | null;
  /** What the contract rates of the workspace make of it; null = no rate is for it. */
  readonly contract: ContractEntry | null;
};

/** USD per ONE token under the contract; null where a rate is for it and its amount is not known. */
export type ContractEntry = {
  readonly low: number | null;
  readonly high: number | null;
  /** Version and rows of the rates, or why there is no amount. */
  readonly source: string;
  /** Whether a rate starts or ends within the days. */
  readonly partly: boolean;
};

/** Tokens by hour of the usage that capacity is sized on. */
export type HourlyUsage = {
  /** Hours the baseline covers, those without usage included. */
  readonly hours: number;
  readonly rows: {
    /** Whose usage it is (`usageKeyOf`). */
    readonly key: string;
    /** Hours since the baseline's start that hold usage, and the input-side and output tokens in each. */
    readonly at: number[];
    readonly input: number[];
    readonly output: number[];
  }[];
  /** The time zones that levers keep their hours in, UTC not among them. */
  readonly localTimes: LocalTime[];
};

/** Search capacity of the baseline's days: hours of its units, and what was invoiced for them. */
/** `hours` null: the bill does not say how many of some line. */
export type CapacityUnits = { readonly hours: number | null; readonly invoiced: number };

/** Capacity of the selection that is paid by the hour whether it is used or not, one for all that tells it apart. */
export type PaidCapacity = {
  readonly id: string;
  readonly family: string | null;
  readonly provider: string | null;
  readonly model: string | null;
  readonly region: string | null;
  readonly meter: Meter | null;
  readonly variant: string | null;
  /** null = the bill does not say. */
  readonly term: Term | null;
  readonly billedAs: BilledAs;
  /** Positions in the baseline's `scopes` of the scopes it belongs to. */
  readonly inScopes: number[];
  /** Unit hours, or hours of a thousand tokens a minute; null where a quantity is not known. */
  readonly hours: number | null;
  readonly invoiced: number;
};

/** The filters of a lever, as a value of its own that an answer can carry. */
export type LeverScope = (Omit<Filter, 'values'> & { readonly values: (string | null)[] })[];

export type ScenarioBaseline = {
  readonly period: Period;
  readonly currency: string;
  /** Days of the period for which the workspace holds billing data: what a year is extrapolated from. */
  readonly daysCovered: number;
  readonly estimated: boolean;
  /** Why nothing of it counts under a commitment, for instance because a reseller bills it; null = nothing says so. */
  readonly commitmentOff: string | null;
  readonly catalogVersion: string;
  /** Version of the workspace's contract rates; null = it has none. */
  readonly contractVersion: string | null;
  /** The lever scopes that `inScopes` of the vectors refers to. */
  readonly scopes: LeverScope[];
  readonly vectors: UsageVector[];
  readonly outside: OutsideCost[];
  /** The part of `outside` that is capacity, so that a lever can end it. */
  readonly capacity: PaidCapacity[];
  readonly prices: PriceEntry[];
  /** Read for levers that size capacity only; null = not asked for. */
  readonly hourly: HourlyUsage | null;
  /** Of all services and accounts of the days, since no key says whose they are; null = not asked for. */
  readonly ocu: CapacityUnits | null;
  readonly notes: string[];
};

/** What two vectors must have in common to have the same prices. */
export type PriceKeyParts = Pick<
  UsageVector,
  'provider' | 'model' | 'variant' | 'region' | 'regionTier' | 'contextBand' | 'account'
>;

/** The parts that price usage, taken out of whatever has them. */
export function pricePartsOf(place: PriceKeyParts): PriceKeyParts {
  const { provider, model, variant, region, regionTier, contextBand, account } = place;
  return { provider, model, variant, region, regionTier, contextBand, account };
}

export function priceKeyOf(place: PriceKeyParts): string {
  return JSON.stringify(Object.values(pricePartsOf(place)));
}

export const NO_TOKENS: TokensByMeter = {
  input: 0,
  cache_read: 0,
  cache_write_5m: 0,
  cache_write_30m: 0,
  cache_write_1h: 0,
  output: 0,
};

export function totalTokens(tokens: TokensByMeter): number {
  const total = emptySum();
  for (const meter of VECTOR_METERS) addTo(total, tokens[meter]);
  return totalOf(total);
}

/** What levers and prices tell usage apart by: vectors with the same key differ in their workload only. */
export function usageKeyOf(vector: UsageVector): string {
  return `${priceKeyOf(vector)}${vector.mode}|${vector.billedAs}|${vector.streaming}|${vector.inScopes.join()}`;
}

/**
 * The same usage in fewer vectors: those that differ in their workload only become one. No lever and no price tells
 * them apart, so a window can recompute while a slider moves. One thing is told less finely: where a meter has no price,
 * usage of the same key that does not use that meter stays where it is as well.
 */
export function condensed(vectors: readonly UsageVector[]): UsageVector[] {
  const groups = Map.groupBy(vectors, usageKeyOf);
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined || own.length === 1) return own;
    const summed = (part: 'tokens' | 'invoiced'): TokensByMeter => {
      const totals: Record<VectorMeter, number> = { ...NO_TOKENS };
      for (const meter of VECTOR_METERS) totals[meter] = sumOf(own.map((vector) => vector[part][meter]));
      return totals;
    };
    return [{ ...first, workload: null, tokens: summed('tokens'), invoiced: summed('invoiced') }];
  });
}

const prepared = new WeakSet<ScenarioBaseline>();
const preparations = new WeakMap<ScenarioBaseline, ScenarioBaseline>();

/**
 * The baseline as scenarios compute it, in fewer vectors; made once, so that a movement of a slider does not pay for it.
 * Preparing a prepared baseline gives it back.
 */
export function prepareBaseline(whole: ScenarioBaseline): ScenarioBaseline {
  if (prepared.has(whole)) return whole;
  const known = preparations.get(whole);
  if (known !== undefined) return known;
  return takePrepared(whole, condensed(whole.vectors));
}

/** Takes the fewer vectors over that `prepareBaseline` made of this baseline elsewhere. Answers with the prepared one. */
export function takePrepared(whole: ScenarioBaseline, vectors: UsageVector[]): ScenarioBaseline {
  const known = preparations.get(whole);
  if (known !== undefined) return known;
  const baseline = { ...whole, vectors };
  prepared.add(baseline);
  preparations.set(whole, baseline);
  return baseline;
}

/** Position of a scope among the baseline's; null for the empty scope, which everything belongs to. */
export function scopeIndex(scopes: readonly (readonly Filter[])[], scope: readonly Filter[]): number | null {
  if (scope.length === 0) return null;
  const key = scopeKey(scope);
  const found = scopes.findIndex((known) => scopeKey(known) === key);
  if (found < 0)
    throw new RangeError('The baseline was not read for the scope of this lever: read it again.');
  return found;
}

/** The distinct scopes the levers of a scenario need the baseline to know, in order of appearance. */
export function scopesOf(levers: readonly { readonly scope: readonly Filter[] }[]): LeverScope[] {
  const distinct = new Map<string, LeverScope>();
  for (const { scope } of levers) if (scope.length > 0) distinct.set(scopeKey(scope), asScope(scope));
  return [...distinct.values()];
}

export function asScope(filters: readonly Filter[]): LeverScope {
  return filters.map(({ values, ...filter }) => ({ ...filter, values: [...values] }));
}

function scopeKey(scope: readonly Filter[]): string {
  return JSON.stringify(
    scope.map(({ dimension, operator, values }) => [dimension, operator, values] as const),
  );
}
