// Reads one row of an AWS offer file: which price it is, or why it is kept unpriced. Rows are classified like bill lines.
import { interpretLine } from '../usage/classify.ts';
import { type Classification, type Family, METERS } from '../usage/vocabulary.ts';
import type { CatalogPrice } from './price.ts';

/** One price dimension of an offer file, as the file states it; null = the file has no value. */
export type OfferRow = {
  /** Where it stands: `line 7` of a CSV, `SKU 3AXM…` of a JSON. */
  readonly place: string;
  readonly offerCode: string;
  readonly sku: string;
  readonly rateCode: string;
  readonly termType: string;
  readonly usageType: string | null;
  readonly operation: string | null;
  readonly region: string | null;
  readonly locationType: string | null;
  readonly serviceName: string | null;
  readonly model: string | null;
  readonly provider: string | null;
  readonly unit: string | null;
  readonly amount: string;
  readonly currency: string;
  /** A day or a time; AWS writes either. */
  readonly effectiveDate: string | null;
  readonly beginRange: string | null;
  readonly endRange: string | null;
  readonly description: string | null;
};

export const OFFER_ROW_PROBLEMS = [
  'not_on_demand_term',
  'other_currency',
  'tiered_price',
  'no_usage_type',
  'unknown_usage_type',
  'unknown_model',
  'unknown_unit',
  'not_priced_by_meter',
  'no_region',
  'conflicting_prices',
] as const;
export type OfferRowProblem = (typeof OFFER_ROW_PROBLEMS)[number];

/** What an offer states of a price. When and in which file it was seen belongs to the catalog version. */
export type OfferPrice = Omit<CatalogPrice, 'seen' | 'source' | 'confidence'>;

export type OfferReading =
  | { readonly kind: 'price'; readonly price: OfferPrice }
  | { readonly kind: 'unpriced'; readonly problem: OfferRowProblem }
  | { readonly kind: 'invalid'; readonly field: 'price' | 'effective date'; readonly value: string };

const DECIMAL = /^\d+(?:\.\d+)?(?:e[+-]?\d+)?$/iu;
const DAY = /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:$|T)/u;
const OPEN_END = /^(?:inf(?:inity)?)?$/iu;
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/u;

/** Token prices are held per million, as they are quoted; everything else per one. */
const TOKENS_QUOTED = 1_000_000;

/** Families whose price belongs to a model: without one, the row would stand for every model. */
const PRICED_BY_MODEL: readonly Family[] = ['inference', 'provisioned', 'reserved', 'customization'];

/**
 * What a row says: a price in USD for `per` base units, a row that is kept but not priced, or one that cannot be a
 * price at all, for which the file is to be refused. The tier and mode come from the usage type, never from words
 * such as "Input tokens", which leave them out; the region is the file's own column before the usage type's prefix.
 */
export function readOfferRow(row: OfferRow): OfferReading {
  if (!DECIMAL.test(row.amount)) return { kind: 'invalid', field: 'price', value: row.amount };
  const day = row.effectiveDate === null ? null : DAY.exec(row.effectiveDate)?.[1];
  if (day === undefined) {
    return { kind: 'invalid', field: 'effective date', value: row.effectiveDate ?? '' };
  }
  const early = problemOfTerms(row);
  if (early !== null) return { kind: 'unpriced', problem: early };
  const meaning = interpretLine({
    billingEntity: 'AWS',
    productCode: row.offerCode,
    productName: row.serviceName,
    productModel: row.model,
    usageType: row.usageType,
    operation: row.operation,
    chargeType: 'Usage',
    unit: row.unit,
    description: row.description,
    region: row.region,
    resource: null,
  });
  const { classification, unit } = meaning;
  const region = row.region ?? meaning.region;
  const problem = problemOfMeaning(classification, unit !== null, region);
  if (problem !== null) return { kind: 'unpriced', problem };
  if (classification === null || classification.meter === null || unit === null) {
    return { kind: 'unpriced', problem: 'unknown_usage_type' };
  }
  const { meter, model, variant, regionTier } = classification;
  const per = METERS[meter] === 'token' ? TOKENS_QUOTED : 1;
  return {
    kind: 'price',
    price: {
      id: idOf(row, model, region, day),
      provider: classification.provider ?? row.provider ?? 'Amazon Bedrock',
      model,
      meter,
      variant,
      mode: classification.mode ?? 'on_demand',
      term: classification.term ?? 'none',
      region,
      anyRegion: false,
      regionTier,
      contextBand: classification.contextBand ?? 'standard',
      currency: 'USD',
      usd: amountFor(row.amount, per / unit.multiplier),
      per,
      effectiveFrom: day,
      effectiveTo: null,
      note: `${row.usageType ?? ''}, ${row.amount} USD per ${row.unit ?? 'unit not stated'}, SKU ${row.sku}`,
    },
  };
}

function problemOfTerms(row: OfferRow): OfferRowProblem | null {
  if (row.termType !== 'OnDemand') return 'not_on_demand_term';
  if (row.currency !== 'USD') return 'other_currency';
  if (Number(row.beginRange ?? '0') !== 0 || !OPEN_END.test(row.endRange ?? '')) return 'tiered_price';
  return row.usageType === null ? 'no_usage_type' : null;
}

function problemOfMeaning(
  classification: Classification | null,
  hasUnit: boolean,
  region: string | null,
): OfferRowProblem | null {
  if (classification === null || classification.family === 'unknown') return 'unknown_usage_type';
  if (classification.meter === null || classification.meter === 'other') return 'not_priced_by_meter';
  if (classification.model === null && PRICED_BY_MODEL.includes(classification.family)) {
    return 'unknown_model';
  }
  if (!hasUnit) return 'unknown_unit';
  return region === null || !REGION.test(region) ? 'no_region' : null;
}

function idOf(row: OfferRow, model: string | null, region: string | null, day: string | null): string {
  const parts = [row.offerCode, row.usageType, model, region].filter((part) => part !== null);
  return `${parts.join('/')}${day === null ? '' : `@${day}`}`.slice(0, 256);
}

/** Amount × factor. A factor that is a power of ten moves the decimal point, so that no digit is lost. */
function amountFor(amount: string, factor: number): number {
  const exponent = Math.round(Math.log10(factor));
  if (Math.abs(factor - 10 ** exponent) > 1e-12 * factor) return Number(amount) * factor;
  const [digits = '', own = '0'] = amount.toLowerCase().split('e');
  return Number(`${digits}e${Number(own) + exponent}`);
}
