// Where the value of each dimension of a question comes from, and why. The engine's SQL follows this table.
import { DIMENSIONS, type Dimension, type FixedDimension, TIME_DIMENSIONS } from './vocabulary.ts';

/** Where a dimension's value is found. Names are columns of the workspace, looked up, never taken from a question. */
export type DimensionSource =
  | { readonly from: 'time'; readonly bucket: (typeof TIME_DIMENSIONS)[number] }
  /** A dictionary that the line's series refers to. */
  | { readonly from: 'dictionary'; readonly name: DictionaryDimension }
  /** A short text on the series itself. */
  | { readonly from: 'series'; readonly column: SeriesColumn }
  /** Computed from the resource id. */
  | { readonly from: 'inference_profile' }
  /** Which import a line came with. */
  | { readonly from: 'batch' }
  /** A key of a JSON map held in a dictionary. */
  | { readonly from: 'map'; readonly name: 'tag_set' | 'cost_category_set'; readonly key: string }
  /** The name an export gives the account. */
  | { readonly from: 'account_name' };

export type DictionaryDimension =
  | 'provider'
  | 'model'
  | 'variant'
  | 'region'
  | 'account'
  | 'payer'
  | 'billing_entity'
  | 'service'
  | 'usage_type'
  | 'operation'
  | 'charge_type'
  | 'resource'
  | 'principal'
  | 'invoice'
  | 'currency';

export type SeriesColumn =
  | 'line_class'
  | 'family'
  | 'model_tier'
  | 'meter'
  | 'mode'
  | 'term'
  | 'region_tier'
  | 'context_band';

export type DimensionDefinition = {
  readonly source: DimensionSource;
  /** Whether lines of other services, which are held as a roll-up, still have it. */
  readonly inRollup: boolean;
  /** One line on what it means or why it is computed so. */
  readonly why: string;
};

const dictionary = (name: DictionaryDimension): DimensionSource => ({ from: 'dictionary', name });
const series = (column: SeriesColumn): DimensionSource => ({ from: 'series', column });
const time = (bucket: (typeof TIME_DIMENSIONS)[number]): DimensionSource => ({ from: 'time', bucket });

export const DIMENSION_DEFINITIONS = {
  hour: {
    source: time('hour'),
    inRollup: false,
    why: 'UTC hour of the usage, only for lines that span at most one hour; a daily line belongs to no hour',
  },
  day: { source: time('day'), inRollup: true, why: 'UTC day on which the usage started' },
  week: { source: time('week'), inRollup: true, why: 'ISO week, Monday to Sunday' },
  month: { source: time('month'), inRollup: true, why: 'month of the usage day' },
  quarter: { source: time('quarter'), inRollup: true, why: 'calendar quarter' },
  year: { source: time('year'), inRollup: true, why: 'calendar year' },
  fiscalPeriod: {
    source: time('fiscalPeriod'),
    inRollup: true,
    why: 'fiscal quarter, by the month in which your fiscal year starts; named after the year it ends in',
  },
  commitYear: {
    source: time('commitYear'),
    inRollup: true,
    why: 'year of your commitment, as its first day; missing before the commitment starts',
  },
  lineClass: {
    source: series('line_class'),
    inRollup: true,
    why: "Bedrock's own, AI-adjacent candidate, or another service",
  },
  provider: {
    source: dictionary('provider'),
    inRollup: false,
    why: 'who makes the model',
  },
  model: { source: dictionary('model'), inRollup: false, why: 'as AWS prints it' },
  modelTier: {
    source: series('model_tier'),
    inRollup: false,
    why: 'light, mid or frontier: a label of the catalog',
  },
  family: {
    source: series('family'),
    inRollup: false,
    why: 'part of Bedrock; missing on lines that are not usage',
  },
  meter: { source: series('meter'), inRollup: false, why: 'what is counted' },
  variant: {
    source: dictionary('variant'),
    inRollup: false,
    why: 'what tells two prices of one meter apart',
  },
  mode: { source: series('mode'), inRollup: false, why: 'how it was bought' },
  term: { source: series('term'), inRollup: false, why: 'commitment term of the purchase' },
  regionTier: {
    source: series('region_tier'),
    inRollup: false,
    why: 'where requests may be served',
  },
  contextBand: {
    source: series('context_band'),
    inRollup: false,
    why: 'standard or long context price',
  },
  region: {
    source: dictionary('region'),
    inRollup: true,
    why: "from the usage type's prefix, else the export's column",
  },
  account: { source: dictionary('account'), inRollup: true, why: 'usage account id' },
  accountName: {
    source: { from: 'account_name' },
    inRollup: true,
    why: 'as the newest export that names the account has it; CUR 1.0 has ids only',
  },
  payer: { source: dictionary('payer'), inRollup: true, why: 'payer account id' },
  billingEntity: {
    source: dictionary('billing_entity'),
    inRollup: true,
    why: 'AWS, AISPL or AWS Marketplace: who sends the invoice',
  },
  service: {
    source: dictionary('service'),
    inRollup: true,
    why: 'product name on Marketplace lines, else the product code',
  },
  usageType: {
    source: dictionary('usage_type'),
    inRollup: true,
    why: "AWS's string for what was metered",
  },
  operation: { source: dictionary('operation'), inRollup: false, why: 'as exported' },
  chargeType: {
    source: dictionary('charge_type'),
    inRollup: true,
    why: "the export's line-item type",
  },
  resource: { source: dictionary('resource'), inRollup: false, why: 'resource id or ARN' },
  inferenceProfile: {
    source: { from: 'inference_profile' },
    inRollup: false,
    why: 'id of the inference profile named by the resource ARN',
  },
  principal: {
    source: dictionary('principal'),
    inRollup: false,
    why: 'IAM principal, where the export carries it',
  },
  invoice: {
    source: dictionary('invoice'),
    inRollup: true,
    why: 'missing while the period is estimated',
  },
  currency: {
    source: dictionary('currency'),
    inRollup: true,
    why: 'never added together',
  },
  importBatch: { source: { from: 'batch' }, inRollup: true, why: 'id of the import' },
} as const satisfies Record<FixedDimension, DimensionDefinition>;

export function isFixedDimension(name: string): name is FixedDimension {
  return (DIMENSIONS as readonly string[]).includes(name);
}

export function isTimeDimension(name: string): boolean {
  return (TIME_DIMENSIONS as readonly string[]).includes(name);
}

/** The definition of a dimension's name, `tag:<key>` and `costCategory:<name>` included; null when there is none. */
export function dimensionOf(name: string): DimensionDefinition | null {
  if (isFixedDimension(name)) return DIMENSION_DEFINITIONS[name];
  const [, kind, key] = /^(tag|costCategory):(.+)$/su.exec(name) ?? [];
  if (kind === undefined || key === undefined) return null;
  const isTag = kind === 'tag';
  return {
    source: { from: 'map', name: isTag ? 'tag_set' : 'cost_category_set', key },
    inRollup: false,
    why: isTag ? 'cost allocation tag' : 'cost category',
  };
}

/** True when the name is a dimension of this vocabulary. */
export function isDimension(name: string): name is Dimension {
  return dimensionOf(name) !== null;
}
