// What a price is: the SKU and purchase it belongs to, its amount per base unit, its dates and where it was seen.
import type { ContextBand, Meter, Mode, RegionTier, Term } from '../usage/vocabulary.ts';

export const CONFIDENCES = ['official', 'secondary', 'assumed'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

/** What one asks a price for: the SKU and purchase of a line, and the day of its usage. */
export type PriceKey = {
  readonly provider: string | null;
  readonly model: string | null;
  readonly meter: Meter;
  readonly variant: string | null;
  readonly mode: Mode;
  readonly term: Term;
  readonly region: string | null;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand | null;
};

/** One price of a catalog. `usd` is for `per` base units of the meter (tokens: per 1,000,000). */
export type CatalogPrice = {
  readonly id: string;
  readonly provider: string;
  readonly model: string | null;
  readonly meter: Meter;
  readonly variant: string | null;
  readonly mode: Mode;
  readonly term: Term;
  /** AWS region code; null when the source did not bind it to a region (see `anyRegion`). */
  readonly region: string | null;
  /** True when the price holds in every commercial region, false when the source's region label was lost. */
  readonly anyRegion: boolean;
  readonly regionTier: RegionTier | null;
  readonly contextBand: ContextBand;
  readonly currency: 'USD';
  readonly usd: number;
  readonly per: number;
  /** ISO dates, start inclusive, end exclusive; null = not stated. */
  readonly effectiveFrom: string | null;
  readonly effectiveTo: string | null;
  readonly seen: string | null;
  readonly source: string;
  readonly confidence: Confidence;
  readonly note: string | null;
};

export const PRICE_LAYERS = ['contract', 'offer', 'bundled'] as const;
export type PriceLayer = (typeof PRICE_LAYERS)[number];

export const MISSING_REASONS = [
  'unknown_model',
  'no_price_for_meter',
  'no_price_for_mode',
  'no_price_for_region',
  'region_not_stated',
  'no_price_for_tier',
  'no_price_for_variant',
  'no_price_for_context_band',
  'no_price_for_date',
  'no_price_in_currency',
  'not_priced_by_meter',
] as const;
export type MissingReason = (typeof MISSING_REASONS)[number];

/**
 * The catalog's answer for one key and span of days. A range (`low` < `high`) says why it is one.
 * Missing is a value of its own and never zero; `usdPerUnit*` are per ONE base unit of the meter.
 */
export type PriceAnswer =
  | {
      readonly kind: 'priced';
      readonly layer: PriceLayer;
      readonly usdPerUnitLow: number;
      readonly usdPerUnitHigh: number;
      readonly rangeReason: 'tier' | 'price_change_in_span' | null;
      readonly chosen: readonly CatalogPrice[];
      /** Prices that also matched and lost, with the reason they lost. */
      readonly passedOver: readonly { readonly price: CatalogPrice; readonly why: string }[];
    }
  | { readonly kind: 'missing'; readonly reason: MissingReason; readonly nearest: readonly CatalogPrice[] };

/** Why an invoiced amount differs from the catalog's. */
export const VARIANCE_REASONS = [
  'none',
  'contract_discount',
  'contract_not_applied',
  'tier',
  'rounding',
  'price_change_in_span',
  'unit_conflict',
  'unpriced',
  'unknown',
] as const;
export type VarianceReason = (typeof VARIANCE_REASONS)[number];
