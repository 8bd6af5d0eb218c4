// What-if: a scenario as data, and the ledger that answers it.
import { z } from 'zod';
import { SCENARIO_PRICE_LAYERS, type Scenario } from '../domain/whatif/scenario.ts';
import {
  count,
  filters,
  isoDay,
  isoMonth,
  meter,
  mode,
  name,
  period,
  provenanceText,
  text,
} from './schemas.ts';

const share = z.number().min(0).max(1);
const ordered = (part: z.ZodNumber) =>
  z
    .object({ low: part, base: part, high: part })
    .refine(({ low, base, high }) => low <= base && base <= high, 'expected low ≤ base ≤ high');
const shareRange = ordered(share);
const amountRange = ordered(z.number().nonnegative());

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
    lifetime: z.enum(['5m', '30m', '1h']).default('5m'),
    arrival: z.discriminatedUnion('pattern', [
      z.object({ pattern: z.literal('stated'), hitShare: shareRange }),
      z.object({ pattern: z.literal('poisson'), requestsPerHour: amountRange }),
      z.object({ pattern: z.literal('even'), requestsPerHour: amountRange }),
    ]),
  }),
]);

export const commitment = z.object({
  year: z.object({
    start: isoDay,
    commit: z.number().nonnegative(),
    discount: share,
    drawdown: z.enum(['before_discount', 'after_discount']),
    shortfallSettled: z.enum(['face', 'net']),
    marketplaceCap: share.default(0.25),
    support: share.default(0),
  }),
  organicAws: amountRange,
  organicMarketplace: amountRange,
  classes: z
    .array(
      z.object({
        lineClass: name,
        retires: z.boolean(),
        discounted: z.boolean(),
        inMarketplaceCap: z.boolean(),
      }),
    )
    .max(50),
  directCost: z.number().nonnegative().nullable().default(null),
});

export const scenario = z.object({
  schemaVersion: z.literal(1),
  name,
  note: text.nullable().default(null),
  baseline: z.object({ period, where: filters.default([]) }),
  horizon: z
    .object({
      startMonth: isoMonth.nullable().default(null),
      months: z.number().int().min(1).max(60).default(12),
    })
    .prefault({}),
  priceLayer: z.enum(SCENARIO_PRICE_LAYERS).default('list'),
  contractRates: z
    .array(z.object({ model: name, meter, mode, usd: z.number().nonnegative() }))
    .max(1000)
    .default([]),
  levers: z.array(lever).max(50),
  commitment: commitment.nullable().default(null),
});

const band = z.object({ low: z.number(), base: z.number(), high: z.number() });

/** What a guard refused, and why: said, never silently dropped. */
export const guard = z.object({
  code: name,
  message: text,
  model: text.nullable(),
  region: text.nullable(),
  meter: text.nullable(),
  tokens: z.number(),
  cost: z.number(),
});

/** One lever in the ledger. Savings are positive, at the scenario's price layer, over the baseline period. */
export const ledgerEntry = z.object({
  leverId: name,
  kind: z.enum(['batch', 'caching']),
  label: text,
  enabled: z.boolean(),
  /** Saving if it were the only lever. */
  alone: band,
  /** Saving when applied after the levers before it. */
  inOrder: band,
  /** inOrder − alone. */
  interaction: band,
  /** Tokens by meter and mode that it moved, base case. */
  moved: z
    .array(z.object({ fromMeter: text, fromMode: text, toMeter: text, toMode: text, tokens: z.number() }))
    .max(200),
  guards: z.array(guard).max(500),
  /** Lever-specific figures with their unit: hit share, break-even, write premium … */
  facts: z
    .array(z.object({ name: text, value: z.number().nullable(), unit: text, note: text.nullable() }))
    .max(50),
});

export const commitmentResult = z.object({
  currency: z.string().max(8),
  /** Gross AI spend of the commitment year, by line class. */
  aiSpend: z.array(z.object({ lineClass: text, baseline: z.number(), scenario: z.number() })).max(50),
  gap: band,
  absorbed: band,
  shortfallWithoutAi: band,
  shortfall: band,
  incrementalCash: band,
  cashWithAi: band,
  cashWithoutAi: band,
  againstDirect: z.number().nullable(),
  /** Cash effect of the levers in this commitment year: cash of the baseline − cash of the scenario. */
  leverCash: band,
  formula: z.array(z.object({ name: text, expression: text, value: z.number() })).max(50),
  assumptions: z.array(text).max(50),
});

export const scenarioAnswer = z.object({
  schemaVersion: z.literal(1),
  name,
  currency: z.string().max(8),
  period,
  priceLayer: z.enum(SCENARIO_PRICE_LAYERS),
  catalogVersion: text,
  baseline: z.object({
    /** Invoiced cost of the vectors, and their cost at the scenario's price layer. */
    invoiced: z.number(),
    atPrice: z.number(),
    tokens: z.number(),
    vectors: count,
    unpricedTokens: z.number(),
    unpricedInvoiced: z.number(),
    /** Cost in the selection that no lever works on (images, guardrails, provisioned …), so that the parts add up. */
    outside: z.number(),
  }),
  ledger: z.array(ledgerEntry).max(50),
  /** Both headlines, always together. `cashThisYear` is null without a commitment, with the reason. */
  headlines: z.object({
    savingAtPrice: band,
    savingAtInvoiced: band,
    cashThisYear: band.nullable(),
    cashReason: text.nullable(),
  }),
  after: band,
  monthly: z
    .array(
      z.object({
        month: isoMonth,
        baseline: z.number(),
        scenario: z.number(),
        saving: z.number(),
        oneOff: z.number(),
        cumulative: z.number(),
      }),
    )
    .max(60),
  /** End of which month of the horizon the one-off cost is paid back; null when never or nothing to pay back. */
  paybackMonth: count.nullable(),
  commitment: commitmentResult.nullable(),
  notes: z.array(text).max(100),
  provenance: provenanceText,
});

export const savedScenario = z.object({ id: count, name, savedAt: z.string(), scenario });

export type ScenarioInput = z.input<typeof scenario>;
// The domain's type and the schema describe one thing; the compiler holds them together.
export const asScenario = (value: unknown): Scenario => scenario.parse(value) as Scenario;
