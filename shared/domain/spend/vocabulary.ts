// The names a query may use. They are a promise: the CLI, saved views and budgets rely on them.

export const BASES = [
  'unblended',
  'netUnblended',
  'amortized',
  'netAmortized',
  'list',
  'catalogList',
] as const;
export type Basis = (typeof BASES)[number];

export const TIME_DIMENSIONS = [
  'hour',
  'day',
  'week',
  'month',
  'quarter',
  'year',
  'fiscalPeriod',
  'commitYear',
] as const;

/** Dimensions with a fixed name; `tag:<key>` and `costCategory:<name>` exist beside them. */
export const DIMENSIONS = [
  ...TIME_DIMENSIONS,
  'lineClass',
  'provider',
  'model',
  'modelTier',
  'family',
  'meter',
  'variant',
  'mode',
  'term',
  'regionTier',
  'contextBand',
  'region',
  'account',
  'accountName',
  'payer',
  'billingEntity',
  'service',
  'usageType',
  'operation',
  'chargeType',
  'resource',
  'inferenceProfile',
  'principal',
  'invoice',
  'currency',
  'importBatch',
] as const;
export type FixedDimension = (typeof DIMENSIONS)[number];
export type Dimension = FixedDimension | `tag:${string}` | `costCategory:${string}`;

/** A dimension's name as the query grammar accepts it. */
export const DIMENSION_PATTERN = new RegExp(
  `^(?:${DIMENSIONS.join('|')}|tag:.{1,256}|costCategory:.{1,256})$`,
  'su',
);

export const MEASURES = [
  'unblended',
  'netUnblended',
  'amortized',
  'netAmortized',
  'list',
  'catalogList',
  'contracted',
  'contractedStated',
  'quantity',
  'lineItems',
  'tokens',
  'inputTokens',
  'outputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'totalInputTokens',
  'effectiveRate',
  'cacheHitRate',
  'batchShare',
  'listVariance',
  'unpricedShare',
  'requests',
  'costPerRequest',
  'tokensPerRequest',
] as const;
export type Measure = (typeof MEASURES)[number];

export const FILTER_OPERATORS = ['=', '!=', '~', '>=', '<='] as const;
export type FilterOperator = (typeof FILTER_OPERATORS)[number];

/** One condition; conditions are joined by AND, the values of one condition by OR. null = the dimension has no value. */
export type Filter = {
  readonly dimension: string;
  readonly operator: FilterOperator;
  readonly values: readonly (string | null)[];
};

/** Days, both inclusive, ISO `YYYY-MM-DD`. */
export type Period = { readonly from: string; readonly to: string };

/** Which lines a question is about: Bedrock's own, with confirmed and possible Bedrock-driven ones, or the whole bill. */
export const SCOPES = ['bedrock', 'estate', 'all'] as const;
export type Scope = (typeof SCOPES)[number];
