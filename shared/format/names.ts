// The vocabulary in a reader's words: dimensions, measures, bases, meters, modes and tiers as screens and documents print them.
import type { OfferRowProblem } from '../domain/pricing/offer-row.ts';
import type { VarianceReason } from '../domain/pricing/price.ts';
import type { Basis, FixedDimension, Measure, Scope } from '../domain/spend/vocabulary.ts';
import type { ContextBand, Family, Meter, Mode, RegionTier, Term } from '../domain/usage/vocabulary.ts';
import type { CacheLifetime } from '../domain/whatif/scenario.ts';

/** January first. */
export const MONTH_NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const DIMENSION_NAMES: Readonly<Record<FixedDimension, string>> = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  quarter: 'Quarter',
  year: 'Year',
  fiscalPeriod: 'Fiscal quarter',
  commitYear: 'Commitment year',
  lineClass: 'Line class',
  provider: 'Provider',
  model: 'Model',
  modelTier: 'Model tier',
  family: 'Family',
  meter: 'Meter',
  variant: 'Variant',
  mode: 'Mode',
  term: 'Term',
  regionTier: 'Region tier',
  contextBand: 'Context band',
  region: 'Region',
  account: 'Account',
  accountName: 'Account name',
  payer: 'Payer',
  billingEntity: 'Billing entity',
  service: 'Service',
  usageType: 'Usage type',
  operation: 'Operation',
  chargeType: 'Charge type',
  resource: 'Resource',
  inferenceProfile: 'Inference profile',
  principal: 'Principal',
  invoice: 'Invoice',
  currency: 'Currency',
  importBatch: 'Import',
};

/** A dimension's name; tags and cost categories by their key. */
export function dimensionName(dimension: string): string {
  if (dimension.startsWith('tag:')) return `Tag ${dimension.slice('tag:'.length)}`;
  if (dimension.startsWith('costCategory:')) {
    return `Cost category ${dimension.slice('costCategory:'.length)}`;
  }
  return (DIMENSION_NAMES as Readonly<Record<string, string>>)[dimension] ?? dimension;
}

export const BASIS_NAMES: Readonly<Record<Basis, string>> = {
  unblended: 'Unblended',
  netUnblended: 'Net unblended',
  amortized: 'Amortized',
  netAmortized: 'Net amortized',
  list: 'List, as billed',
  catalogList: 'Catalog list',
};

const MEASURE_NAMES: Readonly<Record<Exclude<Measure, Basis>, string>> = {
  contracted: 'Contracted',
  contractedStated: 'Contracted, as billed',
  quantity: 'Quantity',
  lineItems: 'Line items',
  tokens: 'Tokens',
  inputTokens: 'Uncached input',
  outputTokens: 'Output',
  cacheReadTokens: 'Cache read',
  cacheWriteTokens: 'Cache write',
  totalInputTokens: 'Total input',
  effectiveRate: 'Effective rate',
  cacheHitRate: 'Cache hit rate',
  batchShare: 'Batch share',
  listVariance: 'Variance to list',
  unpricedShare: 'Unpriced share',
  requests: 'Requests',
  costPerRequest: 'Cost per request',
  tokensPerRequest: 'Tokens per request',
};

export function measureTitle(measure: Measure): string {
  return ({ ...BASIS_NAMES, ...MEASURE_NAMES } as Readonly<Record<string, string>>)[measure] ?? measure;
}

export const SCOPE_NAMES: Readonly<Record<Scope, string>> = {
  bedrock: 'Bedrock',
  estate: 'Bedrock and AI estate',
  all: 'Whole bill',
};

export const LIFETIME_NAMES: Readonly<Record<CacheLifetime, string>> = {
  '5m': '5 min',
  '30m': '30 min',
  '1h': '1 h',
};

export const METER_TITLES: Readonly<Record<Meter, string>> = {
  input: 'Input',
  output: 'Output',
  cache_read: 'Cache read',
  cache_write_5m: 'Cache write, 5 min',
  cache_write_30m: 'Cache write, 30 min',
  cache_write_1h: 'Cache write, 1 h',
  cache_storage_hour: 'Cache storage',
  embedding_input: 'Embedding input',
  image_input: 'Image input',
  image: 'Images',
  video_second: 'Video seconds',
  video_input_second: 'Video input seconds',
  audio_input_second: 'Audio input seconds',
  audio_second: 'Audio seconds',
  speech_input: 'Speech input',
  speech_output: 'Speech output',
  search_unit: 'Search units',
  text_unit: 'Text units',
  query: 'Queries',
  page: 'Pages',
  minute: 'Minutes',
  request: 'Requests',
  event: 'Events',
  record: 'Records',
  transition: 'Transitions',
  human_task: 'Human tasks',
  model_unit_hour: 'Model unit hours',
  tpm_hour: 'Reserved TPM hours',
  custom_model_unit_minute: 'Custom model unit minutes',
  custom_model_unit_month: 'Custom model unit months',
  ocu_hour: 'OCU hours',
  instance_hour: 'Instance hours',
  vcpu_hour: 'vCPU hours',
  gb_hour: 'GB hours',
  gb_month: 'GB months',
  training_token: 'Training tokens',
  training_hour: 'Training hours',
  training_image: 'Training images',
  model_month: 'Model months',
  other: 'Other',
};

export const MODE_NAMES: Readonly<Record<Mode, string>> = {
  on_demand: 'On demand',
  batch: 'Batch',
  flex: 'Flex',
  priority: 'Priority',
  latency_optimized: 'Latency optimized',
  reserved: 'Reserved',
  provisioned: 'Provisioned',
  unknown: 'Unknown mode',
};

export const TERM_NAMES: Readonly<Record<Term, string>> = {
  none: 'None',
  '1_month': '1 month',
  '3_month': '3 months',
  '6_month': '6 months',
};

export const REGION_TIER_NAMES: Readonly<Record<RegionTier, string>> = {
  global: 'Global',
  geo: 'Geo',
  in_region: 'In region',
  regional: 'Regional',
};

const CONTEXT_BAND_NAMES: Readonly<Record<ContextBand, string>> = {
  standard: 'Standard context',
  long: 'Long context',
};

const FAMILY_NAMES: Readonly<Record<Family, string>> = {
  inference: 'Inference',
  provisioned: 'Provisioned throughput',
  reserved: 'Reserved tier',
  customization: 'Customization',
  custom_import: 'Custom model import',
  knowledge_base: 'Knowledge bases',
  agents: 'Agents',
  guardrails: 'Guardrails',
  flows: 'Flows',
  data_automation: 'Data automation',
  evaluation: 'Evaluation',
  prompt_tools: 'Prompt tools',
  marketplace_endpoint: 'Marketplace endpoints',
  storage: 'Storage',
  other: 'Other Bedrock',
  unknown: 'Unknown',
};

const LINE_CLASS_NAMES: Readonly<Record<string, string>> = {
  bedrock: 'Bedrock',
  candidate: 'AI estate candidate',
  other: 'Other services',
};

const VALUE_NAMES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  meter: METER_TITLES,
  mode: MODE_NAMES,
  term: TERM_NAMES,
  regionTier: REGION_TIER_NAMES,
  contextBand: CONTEXT_BAND_NAMES,
  family: FAMILY_NAMES,
  lineClass: LINE_CLASS_NAMES,
};

/** A dimension's value in words. A missing value says what is missing; values the bill writes itself stay as they are. */
export function valueName(dimension: string, value: string | null): string {
  if (value === null || value === '') return `No ${lowerFirst(dimensionName(dimension))}`;
  return VALUE_NAMES[dimension]?.[value] ?? value;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}

const MISSING_REASON_NAMES: Readonly<Record<string, string>> = {
  unknown_model: 'The catalog does not know this model.',
  no_price_for_meter: 'The catalog has this model, but no price for this meter.',
  no_price_for_mode: 'The catalog has no price for this mode; another mode’s price is never used instead.',
  no_price_for_region: 'The catalog has no price for this region.',
  region_not_stated: 'A price was published, and its source does not state the region.',
  no_price_for_tier: 'The catalog has no price for this region tier.',
  no_price_for_variant: 'The catalog has no price for this variant.',
  no_price_for_date: 'The catalog’s prices do not cover this day.',
  not_priced_by_meter: 'This line is not priced by quantity.',
  no_price_for_context_band: 'The catalog has no price for this context band.',
  no_price_in_currency: 'Catalog prices are in USD, and nothing is converted.',
  not_classified: 'No rule explains this usage type: it waits in the review list.',
  unit_unknown: 'The unit could not be read, so there is no quantity to price.',
  quantity_missing: 'The export states no quantity.',
  quantity_not_counted: 'The quantity of this charge type does not count.',
  tier: 'The bill does not say which region tier it was: both prices are possible.',
  price_change_in_span: 'The price changed within the days of the line.',
  no_catalog_price: 'A percentage applies, and the catalog has no price to take it off.',
  part_of_span: 'A contract rate holds on some of the days only.',
  conflict: 'Two contract rates are for this usage, and neither comes first.',
  contract_discount: 'Contract discount',
  contract_not_applied: 'The line is at list although a contract rate is for it.',
  rounding: 'Rounding',
  unit_conflict: 'The billed unit is about 1000 times off the catalog’s.',
  unpriced: 'No catalog price',
  none: 'Agrees with the catalog',
  unknown: 'Not explained',
};

/** Why a row of an AWS offer file is kept without a price. */
const OFFER_PROBLEM_NAMES: Readonly<Record<OfferRowProblem, string>> = {
  not_on_demand_term: 'a term other than on-demand',
  other_currency: 'a currency other than USD',
  tiered_price: 'a price that depends on the quantity used',
  no_usage_type: 'no usage type',
  unknown_usage_type: 'a usage type that no rule explains',
  unknown_model: 'a model that the usage type does not name',
  unknown_unit: 'a unit that is not understood',
  not_priced_by_meter: 'something that no meter counts',
  no_region: 'no region',
  conflicting_prices: 'two prices for the same thing in one file',
};

export const offerProblemName = (problem: OfferRowProblem): string => OFFER_PROBLEM_NAMES[problem];

/** A reason code of pricing or variance in words; a code nobody named stays readable. */
export function reasonName(code: string): string {
  return MISSING_REASON_NAMES[code] ?? code.replaceAll('_', ' ');
}

const VARIANCE_REASON_TITLES: Readonly<Record<VarianceReason, string>> = {
  none: 'Agrees with list',
  contract_discount: 'Contract discount',
  contract_not_applied: 'Contract not applied',
  tier: 'Region tier',
  rounding: 'Rounding',
  price_change_in_span: 'Price change',
  unit_conflict: 'Unit conflict',
  unpriced: 'No price',
  unknown: 'Not explained',
};

/** A class of variance as a short title. */
export function varianceReasonName(reason: VarianceReason): string {
  return VARIANCE_REASON_TITLES[reason];
}

const LEVEL_NAMES: Readonly<Record<string, string>> = {
  list: 'At list',
  contract: 'Contract rates',
  contracted: 'List less contract',
  unpriced: 'No price',
  usage: 'Usage, invoiced',
  invoice: 'Invoiced',
};

/** A step between list and invoice (`list`, `reason:tier`, `charge:Tax`) in words. */
export function chargeStepName(id: string): string {
  const [kind = '', code = ''] = id.split(/:(.*)/su, 2);
  if (kind === 'reason') return VARIANCE_REASON_TITLES[code as VarianceReason] ?? code;
  if (kind === 'charge') return code === '' ? 'No charge type' : code;
  return LEVEL_NAMES[id] ?? id;
}
