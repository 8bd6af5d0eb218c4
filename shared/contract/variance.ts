// What is paid against list: the variance of every line with its reason, unit prices, unpriced lines, other models.
import { z } from 'zod';
import { STAND_IN_IDS } from '../domain/pricing/other-models.ts';
import { VARIANCE_REASONS } from '../domain/pricing/price.ts';
import { count, dimension, filters, name, nullablePeriod, text } from './schemas.ts';

export const VARIANCE_GRAINS = ['day', 'week', 'month'] as const;

/** Reasons a line has no catalog amount: those of a look-up, and those that stand before one. */
export const UNPRICED_REASONS = [
  'not_classified',
  'unit_unknown',
  'quantity_missing',
  'quantity_not_counted',
] as const;

export const varianceInput = z.object({
  where: filters.default([]),
  period: nullablePeriod.default(null),
  /** What the rows are split by: any dimension but one of time. */
  groupBy: dimension.default('model'),
  grain: z.enum(VARIANCE_GRAINS).default('month'),
});

const usd = z.number();
const rate = z.number().nullable();

/** Amounts in USD. `variance` = `invoiced` − `list` over the priced lines; unpriced lines stand apart. */
const varianceSum = z.object({
  lines: count,
  invoiced: usd,
  /** List at the low end of a range, and at the high end. */
  list: usd,
  listHigh: usd,
  variance: usd,
  share: rate,
  unpriced: z.object({ lines: count, invoiced: usd }),
  reasons: z
    .array(
      z.object({
        reason: z.enum(VARIANCE_REASONS),
        lines: count,
        invoiced: usd,
        /** null where the lines have no catalog amount. */
        list: usd.nullable(),
        variance: usd.nullable(),
        /** The part of the variance that contract prices account for. */
        expected: usd,
      }),
    )
    .max(VARIANCE_REASONS.length),
  /** Lines whose contract price is known; amounts null without one. `expected` = contract − list. */
  contract: z.object({
    lines: count,
    invoiced: usd,
    contracted: usd.nullable(),
    contractedHigh: usd.nullable(),
    listedLines: count,
    list: usd.nullable(),
    expected: usd,
  }),
  /** Priced inference and embedding tokens, and USD per 1M of them. */
  tokens: z.number().nullable(),
  invoicedRate: rate,
  listRate: rate,
});

const waterfallStep = z.object({
  id: name,
  kind: z.enum(['total', 'change']),
  /** USD: the level of a total, the difference of a change. */
  amount: usd,
});

export const varianceAnswer = z.object({
  schemaVersion: z.literal(1),
  period: nullablePeriod,
  where: filters,
  groupBy: name,
  catalogVersion: name,
  /** Lines in USD, of usage. */
  total: varianceSum,
  /** Biggest difference first; more groups than fit are left out and counted. */
  rows: z.array(varianceSum.extend({ key: z.string().nullable() })).max(2000),
  rowCount: count,
  trend: z.array(varianceSum.extend({ step: name })).max(4000),
  /** From list to the invoice: each change added to the level before gives the next total. */
  waterfall: z.array(waterfallStep).max(60),
  /** Most expensive first. */
  unpriced: z
    .array(
      z.object({
        usageType: text.nullable(),
        service: text.nullable(),
        unit: text.nullable(),
        model: text.nullable(),
        meter: text.nullable(),
        mode: text.nullable(),
        region: text.nullable(),
        reason: name,
        lines: count,
        invoiced: usd,
        firstDay: text,
        lastDay: text,
      }),
    )
    .max(2000),
  unpricedCount: count,
  /** Tax, credits, refunds, discounts and fees, in USD. */
  notUsage: z.array(z.object({ chargeType: text.nullable(), lines: count, invoiced: usd })).max(100),
  /** Lines in other currencies: never converted, not in any sum above. */
  otherCurrencies: z.array(z.object({ currency: text, lines: count, invoiced: z.number() })).max(50),
  cacheSaving: z.object({
    readTokens: z.number(),
    writeTokens: z.number(),
    asBilled: usd,
    asInput: usd,
    saving: usd.nullable(),
    invoiced: usd,
    lines: count,
    linesWithout: count,
  }),
  /** The same tokens on each other model, at list prices of `day`; fullest and cheapest first. */
  otherModels: z.object({
    day: text.nullable(),
    tokens: z.number(),
    invoiced: usd,
    models: z
      .array(
        z.object({
          provider: text,
          model: text,
          covered: z.number(),
          invoiced: usd,
          low: usd,
          high: usd,
          standIns: z.array(z.enum(STAND_IN_IDS)).max(STAND_IN_IDS.length),
        }),
      )
      .max(1000),
  }),
  /** True while a billing month of the selection has no invoice yet. */
  estimated: z.boolean(),
});
