// Realised against planned: pinning a saved scenario, the plan as it is kept, and what the bills since say.
import { z } from 'zod';
import { PLAN_STATES, type RealisedAnswer } from '../domain/whatif/realised/answer.ts';
import type { PinnedPlan } from '../domain/whatif/realised/plan.ts';
import { LEVER_KINDS, SCENARIO_PRICE_LAYERS } from '../domain/whatif/scenario.ts';
import { scenario } from './scenario.ts';
import { count, filters, isoDay, isoMonth, name, period, text } from './schemas.ts';

const leverPart = {
  leverId: name,
  kind: z.enum(LEVER_KINDS),
  label: text,
  /** What the followed usage meets, before and after the lever. */
  conditions: filters,
  sharedWith: z.array(text).max(50),
  /** Why later bills cannot show it; null = they can. */
  notFollowed: text.nullable(),
  /** Why later bills show what is billed and cannot tell the saving; null = they can. */
  untold: text.nullable().default(null),
  /** Why no saving was planned that bills could be held against, where it had no figure; null = one was. */
  unplanned: text.nullable().default(null),
};

/** A plan as it stands in the workspace. */
export const pinnedPlan = z.object({
  schemaVersion: z.literal(1),
  scenario,
  startsOn: isoDay,
  currency: z.string().max(8),
  catalogVersion: text,
  priceLayer: z.enum(SCENARIO_PRICE_LAYERS),
  period,
  daysCovered: count,
  levers: z
    .array(
      z.object({
        ...leverPart,
        volumeIn: z.enum(['tokens', 'input', 'output', 'requests']).nullable(),
        measure: z
          .object({
            name: text,
            unit: z.enum(['ratio', 'tokens', 'token', 'units']),
            before: z.number().nullable(),
            planned: z.number().nullable(),
          })
          .nullable(),
        cells: z

          .array(
            z.object({
              cell: text,
              cost: z.number(),
              volume: z.number(),
              factor: z.number(),
              added: z.number().default(0),
            }),
          )
          .max(10_000),
      }),
    )
    .max(50),
}) satisfies z.ZodType<PinnedPlan>;

const row = {
  daysHeld: count,
  /** null, as every amount, where no day is held. */
  baselineCost: z.number().nullable(),
  cost: z.number().nullable(),
  /** null, as the three after it, where the bill cannot tell: never nothing. */
  volumeEffect: z.number().nullable(),
  mixEffect: z.number().nullable(),
  /** Invoiced for usage that the baseline has no rate for. */
  newUsage: z.number().nullable(),
  /** Cost at the baseline's rates − cost. */
  realised: z.number().nullable(),
  /** null where the plan had no figure, or nobody counted the volume. */
  planned: z.number().nullable(),
  measure: z.number().nullable(),
  measurePlanned: z.number().nullable(),
};

export const realisedAnswer = z.object({
  schemaVersion: z.literal(1),
  scenarioId: count,
  name,
  state: z.enum(PLAN_STATES),
  plan: z
    .object({
      startsOn: isoDay,
      pinnedAt: z.string(),
      changedSince: z.boolean(),
      currency: z.string().max(8),
      period,
      daysCovered: count,
      catalogVersion: text,
      priceLayer: z.enum(SCENARIO_PRICE_LAYERS),
    })
    .nullable(),
  heldTo: isoDay.nullable(),
  levers: z
    .array(
      z.object({
        ...leverPart,
        measure: z.object({ name: text, unit: text, before: z.number().nullable() }).nullable(),
        volumeIn: text.nullable(),
        months: z
          .array(
            z.object({
              month: isoMonth,
              days: period,
              daysInMonth: count,
              partial: z.boolean(),
              estimated: z.boolean(),
              ...row,
            }),
          )
          .max(60),
        total: z.object(row).nullable(),
      }),
    )
    .max(50),
  notes: z.array(text).max(20),
}) satisfies z.ZodType<RealisedAnswer>;

export const realisedMethods = {
  /** Fixes what a saved scenario plans, from a day on. Pinning it again replaces the plan. */
  'scenario.pin': { input: z.object({ id: count, startsOn: isoDay }), output: realisedAnswer },
  'scenario.unpin': { input: z.object({ id: count }), output: realisedAnswer },
  'scenario.realised': { input: z.object({ id: count }), output: realisedAnswer },
} as const;
