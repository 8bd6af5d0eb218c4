// Versions of the catalog: stage AWS offer files, look at what would change, take them or not, go back to any version.
import { z } from 'zod';
import { PRICE_CHANGES } from '../domain/pricing/catalog-diff.ts';
import { OFFER_ROW_PROBLEMS } from '../domain/pricing/offer-row.ts';
import { PRICE_LAYERS } from '../domain/pricing/price.ts';
import {
  contextBand,
  count,
  fileReference,
  isoDay,
  meter,
  mode,
  name,
  page,
  regionTier,
  term,
  text,
} from './schemas.ts';

/** A version of the catalog; null = the bundled catalog alone. */
export const versionId = count.nullable();

export const offerStageInput = z.object({ sources: z.array(fileReference).min(1).max(100) });

export const offerFileReport = z.object({
  path: text,
  shape: z.enum(['bulk_json', 'get_products', 'csv']),
  offerCodes: z.array(name).max(10),
  version: text.nullable(),
  /** Day of publication; where the file states none, its newest effective day. */
  published: isoDay,
  publishedStated: z.boolean(),
  /** Whether prices of its offer and regions that it does not state have ended. */
  complete: z.boolean(),
  /** True when a newer file of the same offer and regions is held: it then adds history only. */
  older: z.boolean(),
  alreadyHeld: z.boolean(),
  regions: z.array(text).max(200),
  /** Rows read = priced + repeated + unpriced. */
  rows: z.object({ read: count, priced: count, repeated: count, unpriced: count }),
  problems: z
    .array(z.object({ reason: z.enum(OFFER_ROW_PROBLEMS), rows: count, examples: z.array(text).max(3) }))
    .max(20),
});

export const changeCounts = z.object({
  new: count,
  changed: count,
  vanished: count,
  scheduled: count,
  confirmed: count,
});

export const offersReport = z.object({
  schemaVersion: z.literal(1),
  /** `unchanged`: every file is held already, nothing was staged. */
  state: z.enum(['staged', 'held', 'unchanged']),
  version: versionId,
  basedOn: versionId,
  files: z.array(offerFileReport).max(100),
  prices: count,
  changes: changeCounts,
  /** Prices out of line with their siblings or with what was held: taken as stated, worth a look. */
  flags: z.array(z.object({ id: name, problem: text })).max(500),
});

const side = z.object({ low: z.number(), high: z.number(), layer: z.enum(PRICE_LAYERS) }).nullable();

export const priceChange = z.object({
  kind: z.enum(PRICE_CHANGES),
  provider: text.nullable(),
  model: text.nullable(),
  meter,
  variant: text.nullable(),
  mode,
  term,
  region: text.nullable(),
  regionTier: regionTier.nullable(),
  contextBand,
  /** Amounts are USD for `per` units. */
  per: z.number(),
  unit: text,
  before: side,
  after: side,
  /** (after − before) ÷ before. */
  share: z.number().nullable(),
  from: z.string().nullable(),
});

export const diffInput = z.object({
  from: versionId,
  to: versionId,
  kinds: z.array(z.enum(PRICE_CHANGES)).max(5).default(['new', 'changed', 'vanished', 'scheduled']),
  ...page.shape,
});

export const diffAnswer = z.object({
  schemaVersion: z.literal(1),
  from: versionId,
  to: versionId,
  /** Day on which both are looked up. */
  day: isoDay,
  counts: changeCounts,
  rows: z.array(priceChange).max(2000),
  rowCount: count,
});

export const catalogVersion = z.object({
  id: versionId,
  name,
  inUse: z.boolean(),
  madeAt: z.string().nullable(),
  basedOn: versionId,
  prices: count,
  files: z
    .array(z.object({ name: text, offerCode: name, offerVersion: text.nullable(), published: isoDay }))
    .max(1000),
  changes: changeCounts.nullable(),
});

export const versionsAnswer = z.object({
  schemaVersion: z.literal(1),
  /** Newest first; the bundled catalog last. */
  versions: z.array(catalogVersion).max(10_000),
});

export const unpricedOfferRows = z.object({
  rows: z
    .array(
      z.object({
        place: text,
        reason: z.enum(OFFER_ROW_PROBLEMS),
        usageType: text.nullable(),
        region: text.nullable(),
        product: text.nullable(),
        unit: text.nullable(),
        amount: text,
        currency: text,
      }),
    )
    .max(2000),
  rowCount: count,
});

/** The methods of this page, spread into the table of all methods. */
export const catalogVersionMethods = {
  'catalog.stageOffers': { input: offerStageInput, output: offersReport },
  'catalog.takeOffers': { input: z.object({ version: count }), output: offersReport },
  'catalog.dropOffers': { input: z.object({}), output: z.object({}) },
  'catalog.versions': { input: z.object({}), output: versionsAnswer },
  'catalog.rollback': { input: z.object({ version: versionId }), output: versionsAnswer },
  'catalog.diff': { input: diffInput, output: diffAnswer },
  'catalog.unpricedOfferRows': {
    input: z.object({ version: count, ...page.shape }),
    output: unpricedOfferRows,
  },
} as const;
