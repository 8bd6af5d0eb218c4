// The pricing catalog: browse it, and ask it for one price with its source and the alternatives.
import { z } from 'zod';
import { CONFIDENCES, PRICE_LAYERS } from '../domain/pricing/price.ts';
import { modelCard } from './model-card.ts';
import { contractOfPrice } from './overrides.ts';
import { contextBand, count, isoDay, meter, mode, name, page, regionTier, term, text } from './schemas.ts';

export const catalogPrice = z.object({
  id: name,
  provider: text,
  model: text.nullable(),
  meter,
  variant: text.nullable(),
  mode,
  term,
  region: text.nullable(),
  anyRegion: z.boolean(),
  regionTier: regionTier.nullable(),
  contextBand,
  currency: z.literal('USD'),
  usd: z.number(),
  per: z.number(),
  effectiveFrom: z.string().nullable(),
  effectiveTo: z.string().nullable(),
  seen: z.string().nullable(),
  source: text,
  confidence: z.enum(CONFIDENCES),
  note: text.nullable(),
});

export const catalogInfo = z.object({
  version: name,
  prices: count,
  models: count,
  providers: z.array(text).max(200),
  /** Newest and oldest day on which a price was seen. */
  seenFrom: isoDay.nullable(),
  seenTo: isoDay.nullable(),
  sources: z.array(z.object({ id: name, title: text, kind: text, prices: count })).max(200),
});

export const catalogSearchInput = z.object({
  text: z.string().max(256).default(''),
  provider: text.nullable().default(null),
  meter: meter.nullable().default(null),
  mode: mode.nullable().default(null),
  region: text.nullable().default(null),
  ...page.shape,
});

export const catalogSearchAnswer = z.object({ rows: z.array(catalogPrice), rowCount: count });

export const priceInput = z.object({
  model: z.string().min(1).max(256),
  meter: meter.nullable().default(null),
  mode: mode.nullable().default(null),
  term: term.nullable().default(null),
  variant: text.nullable().default(null),
  region: text.nullable().default(null),
  regionTier: regionTier.nullable().default(null),
  contextBand: contextBand.nullable().default(null),
  /** Account id that contract rates are looked up for; null = only rates of every account. */
  account: text.nullable().default(null),
  date: isoDay.nullable().default(null),
});

/** One line a key: unasked parts of the key are enumerated from what the catalog has. */
export const priceAnswer = z.object({
  schemaVersion: z.literal(1),
  /** The canonical name that the asked name resolved to. */
  model: text.nullable(),
  date: isoDay,
  catalogVersion: name,
  /** Newest day on which a price of the catalog was seen, and how many days before today that is. */
  seenTo: isoDay.nullable(),
  ageDays: count.nullable(),
  /** What is known of the model beside its prices; null where no model was asked for. */
  about: modelCard.nullable(),
  answers: z
    .array(
      z.object({
        meter,
        variant: text.nullable(),
        mode,
        term,
        region: text.nullable(),
        regionTier: regionTier.nullable(),
        contextBand,
        status: z.enum(['priced', 'missing']),
        layer: z.enum(PRICE_LAYERS).nullable(),
        usdLow: z.number().nullable(),
        usdHigh: z.number().nullable(),
        per: z.number(),
        unit: text,
        rangeReason: text.nullable(),
        missingReason: text.nullable(),
        chosen: z.array(catalogPrice).max(50),
        passedOver: z.array(z.object({ price: catalogPrice, why: text })).max(200),
        /** Where there is no price: the prices that came closest. */
        nearest: z.array(catalogPrice).max(50),
        /** Every price of the key over time, for `per` units; days from inclusive, to exclusive, null = open. */
        history: z
          .array(
            z.object({
              from: isoDay.nullable(),
              to: isoDay.nullable(),
              usdLow: z.number(),
              usdHigh: z.number(),
            }),
          )
          .max(50),
        /** The same meter in other modes, region tiers and regions, for `per` units; only where few keys are answered. */
        elsewhere: z
          .array(
            z.object({
              part: z.enum(['mode', 'regionTier', 'region']),
              value: text,
              usdLow: z.number(),
              usdHigh: z.number(),
            }),
          )
          .max(200),
        /** What the contract makes of the catalog's price. */
        contract: contractOfPrice,
      }),
    )
    .max(2000),
});
