// The lever finder: what is asked, and opportunities with their evidence.
import { z } from 'zod';
import {
  CONFIDENCES,
  FINDER_PRICE_LAYERS,
  FINDER_RULE_IDS,
  type LeverFindings,
  OTHER_OUTCOMES,
} from '../domain/whatif/finder/finding.ts';
import { UTC } from '../domain/whatif/local-time.ts';
import { LEVER_KINDS } from '../domain/whatif/scenario.ts';
import { commitment, scenario } from './scenario.ts';
import { count, dimension, filters, name, nullablePeriod, period, text } from './schemas.ts';

const band = z.object({ low: z.number(), base: z.number(), high: z.number() });

export const findLeversInput = z.object({
  /** null = the latest month whose invoice is issued, else the latest month held. */
  period: nullablePeriod.default(null),
  where: filters.default([]),
  /** Dimension that tells workloads apart; `auto` takes the first of principal and tags that names half of the cost. */
  workload: z
    .union([z.literal('auto'), dimension])
    .nullable()
    .default('auto'),
  commitment: commitment.nullable().default(null),
  /** Opportunities below this amount, by what they are ranked by, are named but not offered. */
  least: z.number().min(0).default(0),
  hoursPerMonth: z.number().min(1).max(744).default(730),
  fiscalYearStart: z.number().int().min(1).max(12).default(1),
  /** IANA name of the zone whose nights and weekends are quiet time. */
  timeZone: name.default(UTC),
  /** Prices to compare and to rank by; `contract`: the contract rates of the workspace, list where there is none. */
  priceLayer: z.enum(FINDER_PRICE_LAYERS).default('list'),
});

const evidence = z
  .array(
    z.object({ label: text, value: z.number().nullable(), unit: text, basis: text, note: text.nullable() }),
  )
  .max(50);
const rule = z.enum(FINDER_RULE_IDS);

export const leverFindings = z.object({
  schemaVersion: z.literal(1),
  currency: z.string().max(8),
  period,
  daysCovered: count,
  estimated: z.boolean(),
  catalogVersion: text,
  priceLayer: z.enum(FINDER_PRICE_LAYERS),
  /** Dimension that tells workloads apart; null = they are not told apart. */
  workload: dimension.nullable(),
  rankedBy: z.enum(['cash', 'saving']),
  cashReason: text.nullable(),
  /** The best first. Each saving is that of its lever alone: they overlap and have no sum. */
  opportunities: z
    .array(
      z.object({
        id: name,
        rule,
        kind: z.enum(LEVER_KINDS),
        subject: text,
        /** Over the period, as if it were the only lever. */
        savingAtPrice: band,
        /** Over the commitment year; null without a commitment. */
        cashThisYear: band.nullable(),
        confidence: z.enum(CONFIDENCES),
        confidenceReason: text,
        evidence,
        assumptions: z.array(text).max(20),
        /** What the rule cannot know, and what guards of the lever said. */
        toCheck: z.array(text).max(500),
        /** The usage behind it. */
        where: filters,
        scenario,
      }),
    )
    .max(1000),
  /** The best of them as one scenario, each lever after the ones before it; null with fewer than two. */
  together: z
    .object({
      levers: count,
      savingAtPrice: band,
      cashThisYear: band.nullable(),
      /** Saving together − savings alone, base case. */
      interaction: z.number(),
      scenario,
    })
    .nullable(),
  /** Everything that was looked at and is no opportunity, with the reason. */
  lookedAt: z
    .array(
      z.object({
        rule,
        outcome: z.enum(OTHER_OUTCOMES),
        subject: text.nullable(),
        because: text,
        evidence,
        atStake: z.number().nullable(),
        where: filters,
      }),
    )
    .max(5000),
  rules: z
    .array(
      z.object({
        id: rule,
        question: text,
        looksAt: text,
        threshold: text,
        reason: text,
        lever: z.enum(LEVER_KINDS).nullable(),
        cannotKnow: z.array(text).max(20),
      }),
    )
    .max(50),
  notes: z.array(text).max(100),
}) satisfies z.ZodType<LeverFindings>;
