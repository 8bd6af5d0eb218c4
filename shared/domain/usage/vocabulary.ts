// The closed lists that name what a usage line is and how it was bought. Queries, the price key, saved views
// and the CLI rely on these spellings: extend a list here and everything that switches over it must follow.

/** What part of Bedrock a usage line belongs to; null on lines that are not usage (tax, credit, discount …). */
export const FAMILIES = [
  'inference',
  'provisioned',
  'reserved',
  'customization',
  'custom_import',
  'knowledge_base',
  'agents',
  'guardrails',
  'flows',
  'data_automation',
  'evaluation',
  'prompt_tools',
  'marketplace_endpoint',
  'storage',
  'other',
  'unknown',
] as const;
export type Family = (typeof FAMILIES)[number];

/** How the usage was bought. */
export const MODES = [
  'on_demand',
  'batch',
  'flex',
  'priority',
  'latency_optimized',
  'reserved',
  'provisioned',
  'unknown',
] as const;
export type Mode = (typeof MODES)[number];

/** Commitment term of the purchase; `none` for everything bought without one. */
export const TERMS = ['none', '1_month', '3_month', '6_month'] as const;
export type Term = (typeof TERMS)[number];

/** Where the request could be served. `regional` = in-region or geo: a bill does not tell the two apart. */
export const REGION_TIERS = ['global', 'geo', 'in_region', 'regional'] as const;
export type RegionTier = (typeof REGION_TIERS)[number];

export const CONTEXT_BANDS = ['standard', 'long'] as const;
export type ContextBand = (typeof CONTEXT_BANDS)[number];

/** The unit in which a meter's quantity is stored after normalisation. */
export const BASE_UNITS = [
  'token',
  'token_hour',
  'image',
  'second',
  'search_unit',
  'text_unit',
  'query',
  'page',
  'minute',
  'request',
  'event',
  'record',
  'transition',
  'task',
  'model_unit_hour',
  'ktpm_hour',
  'custom_model_unit_minute',
  'custom_model_unit_month',
  'ocu_hour',
  'vcpu_hour',
  'gb_hour',
  'gb_month',
  'hour',
  'model_month',
  'unit',
] as const;
export type BaseUnit = (typeof BASE_UNITS)[number];

/** What is counted, with the unit one is normalised to. */
export const METERS = {
  input: 'token',
  output: 'token',
  cache_read: 'token',
  cache_write_5m: 'token',
  cache_write_30m: 'token',
  cache_write_1h: 'token',
  cache_storage_hour: 'token_hour',
  embedding_input: 'token',
  image_input: 'image',
  image: 'image',
  video_second: 'second',
  video_input_second: 'second',
  audio_input_second: 'second',
  audio_second: 'second',
  speech_input: 'token',
  speech_output: 'token',
  search_unit: 'search_unit',
  text_unit: 'text_unit',
  query: 'query',
  page: 'page',
  minute: 'minute',
  request: 'request',
  event: 'event',
  record: 'record',
  transition: 'transition',
  human_task: 'task',
  model_unit_hour: 'model_unit_hour',
  tpm_hour: 'ktpm_hour',
  custom_model_unit_minute: 'custom_model_unit_minute',
  custom_model_unit_month: 'custom_model_unit_month',
  ocu_hour: 'ocu_hour',
  instance_hour: 'hour',
  vcpu_hour: 'vcpu_hour',
  gb_hour: 'gb_hour',
  gb_month: 'gb_month',
  training_token: 'token',
  training_hour: 'hour',
  training_image: 'image',
  model_month: 'model_month',
  other: 'unit',
} as const satisfies Record<string, BaseUnit>;
export type Meter = keyof typeof METERS;
export const METER_NAMES = Object.keys(METERS) as Meter[];

/** Meters whose tokens are billed inference or embedding tokens, cached ones included, training excluded. */
export const INFERENCE_TOKEN_METERS = [
  'input',
  'output',
  'cache_read',
  'cache_write_5m',
  'cache_write_30m',
  'cache_write_1h',
  'embedding_input',
  'speech_input',
  'speech_output',
] as const satisfies readonly Meter[];

/** Families whose tokens are those of model inference: an evaluator or a training job counts tokens of its own. */
export const INFERENCE_TOKEN_FAMILIES = ['inference'] as const satisfies readonly Family[];

export const CACHE_WRITE_METERS = [
  'cache_write_5m',
  'cache_write_30m',
  'cache_write_1h',
] as const satisfies readonly Meter[];

/** What a line is (SKU) together with how it was bought (purchase), as the classification rules tell it. */
export type Classification = {
  readonly family: Family;
  readonly provider: string | null;
  /** As AWS prints it, version included, without "(Amazon Bedrock Edition)". */
  readonly model: string | null;
  readonly meter: Meter | null;
  /** Size, quality, policy, modality, unit version …: what distinguishes two prices of one model and meter. */
  readonly variant: string | null;
  readonly mode: Mode | null;
  readonly term: Term | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
  /** Id of the rule that decided, so that a reader can look it up. */
  readonly ruleId: string;
};

/** How far a line is Bedrock's: its own, Bedrock-driven but billed elsewhere, or something else. */
export const LINE_CLASSES = ['bedrock', 'candidate', 'other'] as const;
export type LineClass = (typeof LINE_CLASSES)[number];
