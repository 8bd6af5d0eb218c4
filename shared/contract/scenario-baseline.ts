// What a scenario is computed from, as it travels: the question for a baseline, and its usage, prices and hours.
import { z } from 'zod';
import {
  BILLED_AS,
  RANGE_REASONS,
  type ScenarioBaseline,
  STREAMING,
  VECTOR_METERS,
} from '../domain/whatif/vectors.ts';
import { baselineSelection } from './scenario.ts';
import { contextBand, count, filters, meter, mode, name, period, regionTier, term, text } from './schemas.ts';

/** Most vectors a baseline may have, so that a window can recompute on every movement of a slider. */
export const VECTOR_LIMIT = 10_000;

/** Most hours a baseline may have: thirteen months. */
const HOUR_LIMIT = 10_000;

const tokensByMeter = z.record(z.enum(VECTOR_METERS), z.number());

const usageVector = z.object({
  id: name,
  provider: text.nullable(),
  model: text,
  variant: text.nullable(),
  region: text.nullable(),
  regionTier: regionTier.nullable(),
  contextBand: contextBand.nullable(),
  /** The account, where contract rates hold for that account alone; null = it has none of its own. */
  account: text.nullable(),
  mode,
  billedAs: z.enum(BILLED_AS),
  streaming: z.enum(STREAMING),
  workload: text.nullable(),
  inScopes: z.array(count).max(50),
  tokens: tokensByMeter,
  invoiced: tokensByMeter,
});

/** What to read for a scenario: its selection, and every lever scope it uses. */
export const scenarioBaselineInput = z.object({
  baseline: baselineSelection,
  scopes: z.array(filters).max(50).default([]),
  /** Modes to price beside those of the bill and batch. */
  modes: z.array(mode).max(20).default([]),
  /** Places to price beside those of the bill, one change after the other; null = as it is. */
  places: z
    .array(
      z.object({
        model: name.nullable(),
        region: name.nullable(),
        regionTier: z.union([regionTier, z.literal('any')]).nullable(),
      }),
    )
    .max(100)
    .default([]),
  /** Scopes whose tokens are needed by hour; an empty one = all usage. */
  hourly: z.array(filters).max(50).default([]),
  /** IANA time zones whose clock a schedule by the hour follows, but for UTC. */
  timeZones: z.array(name).max(50).default([]),
  /** Whether the search capacity of the days is needed. */
  ocu: z.boolean().default(false),
});

export const scenarioBaseline = z.object({
  period,
  currency: z.string().max(8),
  daysCovered: count,
  estimated: z.boolean(),
  commitmentOff: text.nullable(),
  catalogVersion: text,
  contractVersion: text.nullable(),
  scopes: z.array(filters).max(50),
  vectors: z.array(usageVector).max(VECTOR_LIMIT),
  outside: z
    .array(
      z.object({
        reason: z.enum([
          'not_usage',
          'not_tokens',
          'unknown_model',
          'unknown_unit',
          'fixed_capacity',
          'search_capacity',
        ]),
        label: text,
        chargeType: text.nullable(),
        provider: text.nullable(),
        billedAs: z.enum(BILLED_AS),
        inScopes: z.array(count).max(50),
        invoiced: z.number(),
      }),
    )
    .max(2000),
  capacity: z
    .array(
      z.object({
        id: name,
        family: text.nullable(),
        provider: text.nullable(),
        model: text.nullable(),
        region: text.nullable(),
        meter: meter.nullable(),
        variant: text.nullable(),
        term: term.nullable(),
        billedAs: z.enum(BILLED_AS),
        inScopes: z.array(count).max(50),
        hours: z.number().nullable(),
        invoiced: z.number(),
      }),
    )
    .max(2000),
  prices: z
    .array(
      z.object({
        key: text,
        meter: z.enum(VECTOR_METERS),
        mode,
        low: z.number().nullable(),
        high: z.number().nullable(),
        source: text,
        rangeReason: z.enum(RANGE_REASONS).nullable(),
        contract: z
          .object({
            low: z.number().nullable(),
            high: z.number().nullable(),
            source: text,
            partly: z.boolean(),
          })
          .nullable(),
      }),
    )
    .max(VECTOR_LIMIT * 20),
  hourly: z
    .object({
      hours: count,
      rows: z
        .array(
          z.object({
            key: text,
            at: z.array(count).max(HOUR_LIMIT),
            input: z.array(z.number()).max(HOUR_LIMIT),
            output: z.array(z.number()).max(HOUR_LIMIT),
          }),
        )
        .max(VECTOR_LIMIT),
      localTimes: z
        .array(
          z.object({
            timeZone: name,
            offsets: z.array(z.object({ hour: count, minutes: z.number().int() })).max(HOUR_LIMIT),
          }),
        )
        .max(50),
    })
    .nullable(),
  ocu: z.object({ hours: z.number().nullable(), invoiced: z.number() }).nullable(),
  notes: z.array(text).max(100),
}) satisfies z.ZodType<ScenarioBaseline>;
