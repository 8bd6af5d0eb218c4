// What `assay scope --json` prints: every row of the scope with what makes it work, or why it does not.
import { z } from 'zod';
import { SCOPE_AREA_IDS, SCOPE_STATUSES } from '../domain/scope/scope.ts';
import { count, name, text } from './schemas.ts';

export const scopeReport = z.object({
  schemaVersion: z.literal(1),
  counts: z.array(z.object({ status: z.enum(SCOPE_STATUSES), count })).max(SCOPE_STATUSES.length),
  rows: z
    .array(
      z.object({
        id: name,
        item: text,
        status: z.enum(SCOPE_STATUSES),
        /** Where the rest of a row belongs; null where nothing is left. */
        area: z.enum(SCOPE_AREA_IDS).nullable(),
        rules: z.array(name).max(50),
        /** `model/meter` or `model/meter/mode`; `*` = a feature without a model. */
        prices: z.array(name).max(20),
        levers: z.array(name).max(20),
        screens: z.array(name).max(20),
        says: text,
      }),
    )
    .max(1000),
});
export type ScopeReport = z.infer<typeof scopeReport>;
