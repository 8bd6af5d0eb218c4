// A model beside its prices: its life, how it can be bought, what it caches. What is unknown is null, never a guess.
import { z } from 'zod';
import { LIFECYCLE_STATES, SUCCESSOR_BASES } from '../domain/pricing/model-facts.ts';
import { isoDay, meter, mode, text } from './schemas.ts';

const evidence = z.object({ title: text, seen: isoDay.nullable(), note: text.nullable() });
/** A multiple of the price of uncached input. */
const factor = z.object({ low: z.number(), high: z.number() }).nullable();

export const modelCard = z.object({
  model: text,
  /** Day on which it is looked at. */
  day: isoDay,
  /** null = nothing is known of its life, which is not the same as staying. */
  lifecycle: z
    .object({
      state: z.enum(LIFECYCLE_STATES).nullable(),
      legacyFrom: isoDay.nullable(),
      extendedAccessFrom: isoDay.nullable(),
      /** Whether the catalog has prices that begin with the extended access. */
      extendedAccessPriced: z.boolean().nullable(),
      endOfLife: isoDay.nullable(),
      successor: text.nullable(),
      successorBasis: z.enum(SUCCESSOR_BASES).nullable(),
      /** The first successor that is not itself ending. */
      standing: text.nullable(),
      evidence,
    })
    .nullable(),
  modes: z
    .array(
      z.object({
        mode,
        offer: z.enum(['priced', 'not_offered', 'unknown']),
        terms: z.array(text).max(10),
        limits: z.array(text).max(10),
        evidence: evidence.nullable(),
      }),
    )
    .max(20),
  caching: z
    .object({
      kind: z.enum(['explicit', 'implicit', 'none', 'priced_only']),
      minimum: z.object({ low: z.number(), high: z.number() }).nullable(),
      maximum: z.number().nullable(),
      read: factor,
      writes: z.array(z.object({ meter, factor })).max(10),
      writeDisputed: z.boolean(),
      evidence: evidence.nullable(),
    })
    .nullable(),
  customOnDemand: evidence.nullable(),
});
