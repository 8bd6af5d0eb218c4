// The schema of an error that crosses a process boundary.
import { z } from 'zod';
import { ERROR_CODES, type Failure } from './errors.ts';

export const failure = z.object({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
}) satisfies z.ZodType<Failure>;
