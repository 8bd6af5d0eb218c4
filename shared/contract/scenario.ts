// What-if: a scenario as data, and the ledger that answers it.
import { z } from 'zod';
import type { ScenarioAnswer } from '../domain/whatif/answer.ts';
import { LEVER_KINDS, SCENARIO_PRICE_LAYERS, type Scenario } from '../domain/whatif/scenario.ts';
import type { Sensitivities } from '../domain/whatif/sensitivity.ts';
import type { Shares } from '../domain/whatif/shares.ts';
import type { Simulation } from '../domain/whatif/simulate.ts';
import { amountRange, lever, ordered, share } from './levers.ts';
import {
  count,
  dimension,
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
    .max(50)
    .default([]),
  directCost: z.number().nonnegative().nullable().default(null),
});

export const baselineSelection = z.object({
  period,
  where: filters.default([]),
  workload: dimension.nullable().default(null),
});

export const scenario = z.object({
  schemaVersion: z.literal(1),
  name,
  note: text.nullable().default(null),
  baseline: baselineSelection,
  horizon: z
    .object({
      startMonth: isoMonth.nullable().default(null),
      months: z.number().int().min(1).max(60).default(12),
    })
    .prefault({}),
  hoursPerMonth: z.number().min(1).max(744).default(730),
  growth: z
    .array(
      z.object({
        scope: filters.default([]),
        perMonth: ordered(z.number().min(-0.9).max(99)),
        onceFrom: isoMonth.nullable().default(null),
      }),
    )
    .max(20)
    .default([]),
  priceChanges: z
    .array(z.object({ model: name, fromMonth: isoMonth, factor: amountRange }))
    .max(100)
    .default([]),
  fiscalYearStart: z.number().int().min(1).max(12).default(1),
  priceLayer: z.enum(SCENARIO_PRICE_LAYERS).default('list'),
  contractRates: z
    .array(z.object({ model: name, meter, mode, usd: z.number().nonnegative() }))
    .max(1000)
    .default([]),
  levers: z
    .array(lever)
    .max(50)
    .refine((levers) => new Set(levers.map(({ id }) => id)).size === levers.length, 'lever ids must differ'),
  commitment: commitment.nullable().default(null),
}) satisfies z.ZodType<Scenario>;

export const band = z.object({ low: z.number(), base: z.number(), high: z.number() });

/** What a guard refused or warned of, and why. */
export const guard = z.object({
  code: name,
  message: text,
  refused: z.boolean(),
  model: text.nullable(),
  region: text.nullable(),
  meter: text.nullable(),
  tokens: z.number(),
  cost: z.number().nullable(),
});

const moved = z.object({
  model: text,
  region: text.nullable(),
  fromMeter: text,
  fromMode: text,
  toModel: text,
  toPlace: text.nullable(),
  toMeter: text,
  toMode: text,
  tokens: z.number(),
  tokensAfter: z.number(),
  costBefore: z.number(),
  costAfter: z.number(),
  sourceBefore: text,
  sourceAfter: text,
});

/** One lever in the ledger. Savings are positive, at the scenario's price layer, over the baseline period. */
export const ledgerEntry = z.object({
  leverId: name,
  kind: z.enum(LEVER_KINDS),
  label: text,
  enabled: z.boolean(),
  /** What has to be stated or priced before `alone`, `inOrder` or both come to a figure: they are null then. Else empty. */
  missing: z.array(text).max(10),
  /** Whether `inOrder` leaves out usage that it applies to, refused for want of a price or of another fact. */
  isPartial: z.boolean(),
  /** Saving if it were the only lever. */
  alone: band.nullable(),
  /** Saving when applied after the levers before it; zero when switched off. */
  inOrder: band.nullable(),
  /** inOrder − alone; zero when switched off. */
  interaction: band.nullable(),
  moved: z.array(moved).max(2000),
  /** Money beside the tokens that the lever adds, or saves where it is below zero. */
  charges: z.array(z.object({ label: text, amount: z.number(), formula: text })).max(50),
  guards: z.array(guard).max(500),
  /** Lever-specific figures with their unit: hit share, break-even, write premium … */
  facts: z
    .array(
      z.object({
        name: text,
        model: text.nullable(),
        value: z.number().nullable(),
        unit: text,
        note: text.nullable(),
      }),
    )
    .max(500),
});

const commitmentCase = z.object({
  retired: band,
  absorbed: band,
  shortfall: band,
  cash: band,
  incrementalCash: band,
});

export const commitmentResult = z.object({
  currency: z.string().max(8),
  yearStart: isoDay,
  /** Gross AI spend of the commitment year by line class, before and after the levers. */
  aiSpend: z
    .array(
      z.object({
        lineClass: text,
        retires: z.boolean(),
        discounted: z.boolean(),
        inMarketplaceCap: z.boolean(),
        baseline: z.number(),
        scenario: z.number().nullable(),
      }),
    )
    .max(200),
  gap: band,
  cashWithoutAi: band,
  /** The year with the AI spend as it is, and as the levers leave it. */
  baseline: commitmentCase,
  /** Null while the saving is not known, as the two below. */
  scenario: commitmentCase.nullable(),
  /** What the levers save at price within this year, by their start months and ramps. */
  savingAtPrice: band.nullable(),
  /** Cash of the baseline − cash of the scenario, before one-off cost. */
  leverCash: band.nullable(),
  oneOff: z.number(),
  againstDirect: z.number().nullable(),
  /** Cash of the levers month by month; sums to the cash headline. Empty while the saving is not known. */
  cashMonths: z
    .array(
      z.object({
        month: isoMonth,
        saved: z.number(),
        support: z.number(),
        shortfall: z.number(),
        oneOff: z.number(),
        cash: z.number(),
        cumulative: z.number(),
      }),
    )
    .max(13),
  /** Month of the year at whose end the one-off cost is earned back in cash for good. */
  paybackMonth: isoMonth.nullable(),
  formula: z.array(z.object({ name: text, expression: text, value: z.number(), unit: text })).max(50),
  assumptions: z.array(text).max(50),
});

const reading = z.object({
  layer: z.enum(SCENARIO_PRICE_LAYERS),
  discountCarried: z.boolean(),
  label: text,
  before: band.nullable(),
  saving: band.nullable(),
  savingReason: text.nullable(),
  savingShare: z.number().nullable(),
  unpricedTokens: z.number(),
});

const monthRow = z.object({
  month: isoMonth,
  baseline: z.number(),
  /** Null while the saving is not known, as it and the total are. */
  scenario: z.number().nullable(),
  saving: z.number().nullable(),
  oneOff: z.number(),
  cumulative: z.number().nullable(),
});

export const scenarioAnswer = z.object({
  schemaVersion: z.literal(1),
  name,
  currency: z.string().max(8),
  period,
  priceLayer: z.enum(SCENARIO_PRICE_LAYERS),
  catalogVersion: text,
  baseline: z.object({
    /** Invoiced cost in the levers' reach, and the same at the scenario's price layer: tokens, and paid capacity. The latter sums what has a price; null where nothing has. */
    invoiced: z.number(),
    atPrice: band.nullable(),
    /** The part of both that is capacity paid by the hour: as invoiced, since no layer prices it by the token. */
    capacity: z.number(),
    tokens: z.number(),
    vectors: count,
    daysCovered: count,
    unpricedTokens: z.number(),
    unpricedInvoiced: z.number(),
    unpricedShare: z.number().nullable(),
    /** Cost in the selection that no lever works on (images, guardrails …), so that the parts add up. */
    outside: z.number(),
    outsideParts: z.array(z.object({ label: text, reason: text, invoiced: z.number() })).max(2000),
  }),
  ledger: z.array(ledgerEntry).max(50),
  /** Both headlines, always together; null with the reason: nothing stated or priced, and for the cash no commitment. */
  headlines: z.object({
    savingAtPrice: band.nullable(),
    savingReason: text.nullable(),
    /** What the saving leaves out, where it is the sum of what is known; null where that is nothing. */
    savingPartial: text.nullable(),
    cashThisYear: band.nullable(),
    cashReason: text.nullable(),
  }),
  after: band.nullable(),
  /** The same levers at the other price layers, printed where they differ. */
  readings: z.array(reading).max(10),
  monthly: z.array(monthRow).max(60),
  quarters: z
    .array(
      z.object({
        quarter: name,
        months: count,
        saving: z.number(),
        oneOff: z.number(),
        cumulative: z.number(),
        cash: z.number().nullable(),
      }),
    )
    .max(30),
  /** One-off cost of the levers that start in the horizon, whatever is known of their saving. */
  oneOff: z.number(),
  /** End of which month of the horizon the one-off cost is paid back; null when never, not known or nothing to pay back. */
  paybackMonth: count.nullable(),
  commitment: commitmentResult.nullable(),
  notes: z.array(text).max(100),
  provenance: provenanceText,
}) satisfies z.ZodType<ScenarioAnswer>;

export const savedScenario = z.object({ id: count, name, savedAt: z.string(), scenario });

export type ScenarioInput = z.input<typeof scenario>;

const distribution = z.object({
  p10: z.number(),
  p50: z.number(),
  p90: z.number(),
  mean: z.number(),
  lossShare: z.number(),
  histogram: z.array(z.object({ from: z.number(), to: z.number(), draws: count })).max(100),
});

export const scenarioSimulation = z.object({
  schemaVersion: z.literal(1),
  seed: count,
  draws: count,
  savingPartial: text.nullable(),
  savingAtPrice: distribution,
  cashThisYear: distribution.nullable(),
  assumptions: z.array(text).max(20),
}) satisfies z.ZodType<Simulation>;

export const scenarioShares = z.object({
  schemaVersion: z.literal(1),
  method: z.enum(['exact', 'sampled']),
  orders: count.nullable(),
  seed: count.nullable(),
  total: z.number(),
  savingPartial: text.nullable(),
  shares: z
    .array(
      z.object({ leverId: name, label: text, share: z.number().nullable(), error: z.number().nullable() }),
    )
    .max(50),
  pairs: z.array(z.object({ first: text, second: text, interaction: z.number().nullable() })).max(1225),
}) satisfies z.ZodType<Shares>;

const outlook = z.object({ savingAtPrice: z.number(), cashThisYear: z.number().nullable() });

export const scenarioSensitivity = z.object({
  schemaVersion: z.literal(1),
  base: outlook,
  savingPartial: text.nullable(),
  assumptions: z
    .array(
      z.object({
        leverId: name.nullable(),
        label: text.nullable(),
        name: text,
        range: band.nullable(),
        unit: z.enum(['ratio', 'count', 'factor', 'money', 'unit price']).nullable(),
        low: outlook,
        high: outlook,
      }),
    )
    .max(500),
}) satisfies z.ZodType<Sensitivities>;
