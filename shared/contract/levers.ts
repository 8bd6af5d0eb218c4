// The levers of a scenario as schemas: one for each kind, with what they have in common.
import { z } from 'zod';
import { UTC } from '../domain/whatif/local-time.ts';
import { CACHE_LIFETIMES, SERVICE_TIERS } from '../domain/whatif/scenario.ts';
import { filters, isoDay, isoMonth, name, regionTier, text } from './schemas.ts';

export const share = z.number().min(0).max(1);
export const ordered = (part: z.ZodNumber) =>
  z
    .object({ low: part, base: part, high: part })
    .refine(({ low, base, high }) => low <= base && base <= high, 'expected low ≤ base ≤ high');
export const shareRange = ordered(share);
const amount = z.number().nonnegative();
export const amountRange = ordered(amount);
const factorRange = ordered(z.number().min(1).max(100));
const EVEN = { low: 1, base: 1, high: 1 };
const NOTHING = { low: 0, base: 0, high: 0 };

const leverCommon = {
  id: name,
  label: text.nullable().default(null),
  enabled: z.boolean().default(true),
  scope: filters.default([]),
  startMonth: isoMonth.nullable().default(null),
  rampMonths: z.number().int().min(0).max(60).default(0),
  oneOffCost: z.number().nonnegative().default(0),
  owner: text.nullable().default(null),
  evidence: text.nullable().default(null),
  confidence: z.enum(['low', 'medium', 'high']).nullable().default(null),
};

export const lever = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('batch'),
    ...leverCommon,
    eligibleShare: shareRange,
    excludeStreaming: z.boolean().default(true),
  }),
  z.object({
    kind: z.literal('caching'),
    ...leverCommon,
    prefixShare: shareRange,
    prefixTokens: z.number().int().positive().nullable().default(null),
    lifetime: z.enum(CACHE_LIFETIMES).default('5m'),
    arrival: z.discriminatedUnion('pattern', [
      z.object({ pattern: z.literal('stated'), hitShare: shareRange }),
      z.object({ pattern: z.enum(['poisson', 'even']), requestsPerHour: amountRange }),
    ]),
  }),
  z.object({
    kind: z.literal('routing'),
    ...leverCommon,
    share: shareRange,
    targets: z
      .array(
        z.object({
          model: name,
          weight: z.number().nonnegative().default(1),
          region: name.nullable().default(null),
          regionTier: regionTier.nullable().default(null),
          inputFactor: z.number().positive().default(1),
          outputFactor: z.number().positive().default(1),
          quality: z.number().nullable().default(null),
        }),
      )
      .max(20),
    escalation: shareRange.default(NOTHING),
    todayQuality: z.number().nullable().default(null),
    qualityFloor: z.number().nullable().default(null),
    requestCeiling: z.number().positive().nullable().default(null),
    requestsPerMonth: z.number().positive().nullable().default(null),
    routerPerMonth: amountRange.default(NOTHING),
  }),
  z.object({
    kind: z.literal('service_tier'),
    ...leverCommon,
    share: shareRange,
    to: z.enum(SERVICE_TIERS),
    excludeStreaming: z.boolean().default(true),
  }),
  z.object({
    kind: z.literal('residency'),
    ...leverCommon,
    share: shareRange,
    tier: regionTier,
    region: name.nullable().default(null),
  }),
  z.object({
    kind: z.literal('trimming'),
    ...leverCommon,
    inputCut: shareRange.default(NOTHING),
    cachedCut: shareRange.default(NOTHING),
    outputCut: shareRange.default(NOTHING),
  }),
  z.object({
    kind: z.literal('provisioned'),
    ...leverCommon,
    units: z.number().int().min(0).max(10_000),
    spareUnits: z.number().int().min(0).max(10_000).default(0),
    unitInputPerMinute: z.number().nonnegative(),
    unitOutputPerMinute: z.number().nonnegative(),
    usdPerUnitHour: amountRange,
    termMonths: z.number().int().min(0).max(60).default(0),
    peakFactor: factorRange.default(EVEN),
    overflow: z.enum(['spill', 'throttle']).default('throttle'),
    timeZone: name.default(UTC),
  }),
  z.object({
    kind: z.literal('reserved'),
    ...leverCommon,
    inputThousands: z.number().nonnegative(),
    outputThousands: z.number().nonnegative(),
    usdPerInputHour: amountRange,
    usdPerOutputHour: amountRange,
    termMonths: z.number().int().min(1).max(60).default(1),
    peakFactor: factorRange.default(EVEN),
    cacheReadWeight: shareRange.default(EVEN),
  }),
  z.object({
    kind: z.literal('end_capacity'),
    ...leverCommon,
    endedShare: shareRange,
    paidUntil: isoDay
      .refine((day) => !Number.isNaN(Date.parse(day)), 'expected a day of the calendar')
      .nullable()
      .default(null),
    elsewherePerMonth: amountRange.default(NOTHING),
  }),
  z.object({
    kind: z.literal('custom_model'),
    ...leverCommon,
    share: shareRange,
    baseModel: name.nullable().default(null),
    teacherInputMillions: amount.default(0),
    teacherOutputMillions: amount.default(0),
    teacherUsdInput: amount.default(0),
    teacherUsdOutput: amount.default(0),
    trainingMillions: amount.default(0),
    epochs: amount.default(1),
    usdPerMillionTraining: amount.default(0),
    storagePerMonth: amountRange.default(NOTHING),
    serving: z.enum(['on_demand', 'units', 'imported']),
    usdPerMillionInput: amountRange.default(NOTHING),
    usdPerMillionOutput: amountRange.default(NOTHING),
    units: amount.default(0),
    usdPerUnitHour: amountRange.default(NOTHING),
    copies: amount.default(1),
    usdPerUnitMinute: amountRange.default(NOTHING),
    windowsPerDay: ordered(z.number().min(0).max(288)).default(NOTHING),
  }),
  z.object({
    kind: z.literal('endpoint'),
    ...leverCommon,
    share: shareRange,
    instances: amount,
    softwarePerHour: amountRange.default(NOTHING),
    infrastructurePerHour: amountRange,
    scheduledHours: z.number().min(0).max(744).nullable().default(null),
    tokensPerSecond: amount.default(0),
    utilisation: shareRange.default(EVEN),
  }),
  z.object({
    kind: z.literal('agents'),
    ...leverCommon,
    runs: z
      .array(z.object({ calls: z.number().int().min(1).max(1000), weight: amount }))
      .min(1)
      .max(100),
    maxCalls: z.number().int().min(1).nullable().default(null),
    systemTokens: amount,
    growthTokens: amount,
    systemCut: shareRange.default(NOTHING),
    growthCut: shareRange.default(NOTHING),
  }),
  z.object({
    kind: z.literal('guardrails'),
    ...leverCommon,
    requestsPerMonth: amountRange,
    inputCharacters: amount,
    outputCharacters: amount,
    usdPerThousandUnits: amountRange,
    coverageNow: shareRange.default(NOTHING),
    coverageAfter: shareRange,
  }),
  z.object({
    kind: z.literal('knowledge_base'),
    ...leverCommon,
    ocusKept: amountRange.default(NOTHING),
    alternativePerMonth: amountRange.default(NOTHING),
  }),
  z.object({
    kind: z.literal('overhead'),
    ...leverCommon,
    overheadNow: amountRange,
    overheadAfter: amountRange,
  }),
]);
