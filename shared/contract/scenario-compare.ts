// Scenarios side by side, and the ones that are kept.
import { z } from 'zod';
import { COMPARED_FIGURES, type Comparison } from '../domain/whatif/compare.ts';
import { LEVER_KINDS, SCENARIO_PRICE_LAYERS } from '../domain/whatif/scenario.ts';
import { band, savedScenario, scenario } from './scenario.ts';
import { count, isoDay, isoMonth, name, period, text } from './schemas.ts';

/** Most scenarios that can be looked at side by side. */
export const COMPARE_LIMIT = 4;

export const comparisonInput = z.object({ scenarios: z.array(scenario).min(2).max(COMPARE_LIMIT) });

const differences = z.array(z.number().nullable()).max(COMPARE_LIMIT);
const bands = { values: z.array(band.nullable()).max(COMPARE_LIMIT), differences };
const numbers = { values: z.array(z.number().nullable()).max(COMPARE_LIMIT), differences };
const reasons = z.array(text).max(20);

export const comparison = z.object({
  schemaVersion: z.literal(1),
  scenarios: z
    .array(
      z.object({
        name,
        note: text.nullable(),
        period,
        filters: z.array(text).max(50),
        currency: z.string().max(8),
        priceLayer: z.enum(SCENARIO_PRICE_LAYERS),
        catalogVersion: text,
        levers: count,
        horizon: isoMonth,
        months: count,
        commitmentYear: isoDay.nullable(),
        paybackMonth: count.nullable(),
        /** What its saving leaves out; null where that is nothing, or the saving is not known. */
        partial: text.nullable(),
        /** Why it is not subtracted from the first; empty = it is. */
        differs: reasons,
        /** Why the cash of the year is not subtracted, beyond that. */
        cashDiffers: reasons,
      }),
    )
    .max(COMPARE_LIMIT),
  /** Each row: a figure of every scenario in their order, and its difference to the first (null where it must not be taken). */
  figures: z.array(z.object({ figure: z.enum(COMPARED_FIGURES), ...bands })),
  levers: z.array(z.object({ kind: z.enum(LEVER_KINDS), label: text, number: count, ...bands })).max(200),
  models: z.array(z.object({ model: text.nullable(), ...numbers })).max(2000),
  months: z.array(z.object({ month: isoMonth, ...numbers })).max(240),
}) satisfies z.ZodType<Comparison>;

/** `assay scenario list --json`. */
export const scenarioList = z.object({
  schemaVersion: z.literal(1),
  scenarios: z.array(savedScenario).max(1000),
});
