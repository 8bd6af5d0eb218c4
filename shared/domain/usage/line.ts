// What the importer hands to the rules about one line, and what the rules say about it.
import type { BaseUnit, Classification, LineClass } from './vocabulary.ts';

/** The identifying texts of a billing line as the export states them; null where the export has no value. */
export type LineDimensions = {
  readonly billingEntity: string | null;
  readonly productCode: string | null;
  /** CUR 1.0 `product/ProductName`, CUR 2.0 `product['product_name']`. */
  readonly productName: string | null;
  /** CUR 2.0 `product['model']`, where present. */
  readonly productModel: string | null;
  readonly usageType: string | null;
  readonly operation: string | null;
  readonly chargeType: string | null;
  readonly unit: string | null;
  readonly description: string | null;
  /** Region column of the export. */
  readonly region: string | null;
  readonly resource: string | null;
};

export const MODEL_TIERS = ['light', 'mid', 'frontier'] as const;
export type ModelTier = (typeof MODEL_TIERS)[number];

/** How the billed quantity becomes base units: billed × multiplier. */
export type UnitReading = { readonly baseUnit: BaseUnit; readonly multiplier: number };

export type LineMeaning = {
  readonly lineClass: LineClass;
  /** What the line is sold as: the product name on Marketplace, else the product code. */
  readonly service: string | null;
  /** From the usage type's prefix where it has one, else the export's region. */
  readonly region: string | null;
  /** False for Tax, Credit, Refund, discount and fee lines. */
  readonly isUsage: boolean;
  /** Whether the quantity counts (Usage, DiscountedUsage, SavingsPlanCoveredUsage). */
  readonly countsQuantity: boolean;
  /** null on lines that are not Bedrock usage; family `unknown` when no rule matched. */
  readonly classification: Classification | null;
  readonly modelTier: ModelTier | null;
  /** null when the unit is unknown: cost is shown, quantity is not. */
  readonly unit: UnitReading | null;
  /** The rule of the workspace that decided, and what the bundled rules say; null where they decided alone. */
  readonly decision: {
    readonly rule: number;
    readonly bundled: Pick<LineMeaning, 'lineClass' | 'classification' | 'modelTier' | 'unit'>;
  } | null;
};
