// Published stacks of levers: the list of them, and one held against a bill.
import { z } from 'zod';
import { TEMPLATE_NAMES } from '../domain/whatif/templates.ts';
import { STEP_STATES, type TemplateWalk } from '../domain/whatif/walk-template.ts';
import { band, baselineSelection, scenario } from './scenario.ts';
import { name, text } from './schemas.ts';

const told = z.array(text).max(20);
const stepText = { id: name, title: text, assumes: told, confirm: told, asks: told };
const head = {
  title: text,
  source: text,
  /** An example that somebody made up: its figures describe nobody's usage. */
  illustration: z.boolean(),
  note: text,
};

/** `assay scenario template list`. */
export const templateList = z.object({
  schemaVersion: z.literal(1),
  templates: z.array(
    z.object({ name: z.enum(TEMPLATE_NAMES), ...head, steps: z.array(z.object(stepText)).max(20) }),
  ),
});

export const templateInput = z.object({
  template: z.enum(TEMPLATE_NAMES),
  baseline: baselineSelection,
  /** Ids of the steps that are confirmed; their levers are switched on. */
  confirmed: z.array(name).max(20).default([]),
});

export const templateWalk = z.object({
  schemaVersion: z.literal(1),
  template: z.enum(TEMPLATE_NAMES),
  ...head,
  currency: z.string().max(8),
  steps: z
    .array(
      z.object({
        ...stepText,
        state: z.enum(STEP_STATES),
        /** Why a step is refused. */
        reasons: told,
        leverId: name.nullable(),
        confirmed: z.boolean(),
        /** Saving by itself with the template's figures; null while figures are missing. */
        alone: band.nullable(),
        cost: z.number().nullable(),
      }),
    )
    .max(20),
  scenario,
}) satisfies z.ZodType<TemplateWalk>;
