// Which of the usage types seen in public get a price from a catalog, and why the others do not.
import { interpretLine } from '../usage/classify.ts';
import type { LineDimensions, LineMeaning } from '../usage/line.ts';
import type { Meter } from '../usage/vocabulary.ts';
import type { Catalog } from './catalog.ts';
import { lookUpPrice } from './lookup.ts';
import type { MissingReason, PriceAnswer, PriceKey } from './price.ts';
import seen from './seen-usage.json' with { type: 'json' };

/** A usage type as somebody published it, with what stood beside it. Marketplace strings name no model themselves. */
export type SeenUsage = {
  readonly usageType: string;
  readonly productCode: string;
  readonly productName: string | null;
  readonly productModel: string | null;
  readonly unit: string | null;
};

export const SEEN_USAGE: readonly SeenUsage[] = (seen as readonly Partial<SeenUsage>[]).map((written) => ({
  usageType: written.usageType ?? '',
  productCode: written.productCode ?? '',
  productName: written.productName ?? null,
  productModel: written.productModel ?? null,
  unit: written.unit ?? null,
}));

/** Why a usage type has no price, each with what a reader should know. */
export const USAGE_HOLES = {
  names_no_model: {
    title: 'String names no model',
    says: 'The string says what was counted, not which model: on a Marketplace line the product name says it. With a product name beside it the line is priced like any other.',
  },
  not_classified: {
    title: 'Not classified',
    says: 'No rule explains the string, so nothing can be looked up. On a bill it keeps its cost and waits in the review list.',
  },
  not_by_quantity: {
    title: 'Not priced by quantity',
    says: 'The rule knows what the line belongs to and not what is counted: there is nothing to multiply a price with.',
  },
  model_unpriced: {
    title: 'Model without any price',
    says: 'No source held names a price of this model, in any mode or region.',
  },
  meter_unpriced: {
    title: 'Meter without a price',
    says: 'The catalog prices this model or feature, and not what is counted here.',
  },
  mode_unpriced: {
    title: 'Mode without a price',
    says: 'The meter is priced in another mode or term. A mode’s price is never derived from another’s.',
  },
  variant_unpriced: {
    title: 'Variant without a price',
    says: 'The meter is priced for another modality, policy, size or custom model, which says nothing about this one.',
  },
  context_unpriced: {
    title: 'Context band without a price',
    says: 'Only the standard context is priced, and long-context tokens may cost more.',
  },
  region_unpriced: {
    title: 'Region without a price',
    says: 'The same purchase is priced in other regions only. Regions differ, so none stands for another.',
  },
  region_not_stated: {
    title: 'Region not stated',
    says: 'A price of this purchase was published, and its source does not state the region: it is shown as a fact and bound to none.',
  },
  tier_unpriced: {
    title: 'Region tier without a price',
    says: 'The same purchase is priced for another region tier only.',
  },
  day_unpriced: {
    title: 'Day without a price',
    says: 'The known prices do not cover the day asked for.',
  },
} as const satisfies Record<string, { title: string; says: string }>;
export type UsageHole = keyof typeof USAGE_HOLES;
export const USAGE_HOLE_IDS = Object.keys(USAGE_HOLES) as UsageHole[];

const HOLE_OF_REASON: Readonly<Record<MissingReason, UsageHole>> = {
  unknown_model: 'model_unpriced',
  no_price_for_meter: 'meter_unpriced',
  no_price_for_mode: 'mode_unpriced',
  no_price_for_variant: 'variant_unpriced',
  no_price_for_context_band: 'context_unpriced',
  no_price_for_region: 'region_unpriced',
  region_not_stated: 'region_not_stated',
  no_price_for_tier: 'tier_unpriced',
  no_price_for_date: 'day_unpriced',
  no_price_in_currency: 'not_by_quantity',
  not_priced_by_meter: 'not_by_quantity',
};

/** Families whose prices belong to a model: without one there is nothing to look up. */
const SOLD_BY_MODEL: readonly string[] = ['inference', 'provisioned', 'reserved'];

export type UsageReading = {
  readonly usage: SeenUsage;
  readonly meaning: LineMeaning;
  /** null where the line says too little to ask for a price. */
  readonly key: PriceKey | null;
  readonly answer: PriceAnswer | null;
  /** null = priced. */
  readonly hole: UsageHole | null;
};

export type UsageCoverage = {
  /** Distinct strings, and those of them that get a price in at least one reading. */
  readonly strings: number;
  readonly priced: number;
  /** Strings that no reading prices, each under the hole of its first reading: with `priced` they add up. */
  readonly holes: ReadonlyMap<UsageHole, number>;
  readonly readings: readonly UsageReading[];
};

/** Reads every usage type as the importer would and looks its price up on one ISO day. */
export function coverUsage(catalog: Catalog, usages: readonly SeenUsage[], day: string): UsageCoverage {
  const readings = usages.map((usage) => readUsage(catalog, usage, day));
  const priced = new Set(readings.filter(({ hole }) => hole === null).map(({ usage }) => usage.usageType));
  const holes = new Map<UsageHole, number>();
  const seen = new Set<string>();
  for (const { usage, hole } of readings) {
    if (hole !== null && !priced.has(usage.usageType) && !seen.has(usage.usageType)) {
      holes.set(hole, (holes.get(hole) ?? 0) + 1);
    }
    seen.add(usage.usageType);
  }
  return { strings: seen.size, priced: priced.size, holes, readings };
}

function readUsage(catalog: Catalog, usage: SeenUsage, day: string): UsageReading {
  const meaning = interpretLine(lineOf(usage));
  const { classification } = meaning;
  const meter = classification?.meter ?? null;
  if (classification === null || classification.family === 'unknown') {
    return { usage, meaning, key: null, answer: null, hole: 'not_classified' };
  }
  if (meter === null) return { usage, meaning, key: null, answer: null, hole: 'not_by_quantity' };
  const key = keyOf(meaning, meter);
  if (classification.model === null && SOLD_BY_MODEL.includes(classification.family)) {
    return { usage, meaning, key, answer: null, hole: 'names_no_model' };
  }
  const answer = lookUpPrice(catalog, key, day, day);
  const hole = answer.kind === 'missing' ? HOLE_OF_REASON[answer.reason] : null;
  return { usage, meaning, key, answer, hole };
}

function lineOf({ usageType, productCode, productName, productModel, unit }: SeenUsage): LineDimensions {
  return {
    billingEntity: productCode.startsWith('Amazon') ? 'AWS' : 'AWS Marketplace',
    productCode,
    productName,
    productModel,
    usageType,
    operation: null,
    chargeType: 'Usage',
    unit,
    description: null,
    region: null,
    resource: null,
  };
}

function keyOf({ classification, region }: LineMeaning, meter: Meter): PriceKey {
  return {
    provider: classification?.provider ?? null,
    model: classification?.model ?? null,
    meter,
    variant: classification?.variant ?? null,
    mode: classification?.mode ?? 'on_demand',
    term: classification?.term ?? 'none',
    region,
    regionTier: classification?.regionTier ?? null,
    contextBand: classification?.contextBand ?? null,
  };
}
