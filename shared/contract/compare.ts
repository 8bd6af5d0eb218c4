// Prices beside each other, and what so many tokens cost on each model, region, tier and mode.
import { z } from 'zod';
import { MISSING_REASONS } from '../domain/pricing/price.ts';
import { isoDay, meter, mode, name, regionTier, text } from './schemas.ts';

const models = z.array(z.string().min(1).max(256)).max(50);
const tokens = z.number().nonnegative().max(1e15);

export const compareInput = z.object({
  models: models.min(1).max(6),
  region: z.string().min(1).max(64).default('us-east-1'),
  regionTier: regionTier.default('regional'),
  date: isoDay.nullable().default(null),
});

export const compareAnswer = z.object({
  schemaVersion: z.literal(1),
  catalogVersion: name,
  date: isoDay,
  region: text,
  regionTier,
  /** Canonical names, in the order asked for. */
  models: z.array(text).max(6),
  /** USD per 1M tokens; one cell a model. */
  lines: z
    .array(
      z.object({
        mode,
        meter,
        cells: z
          .array(
            z.discriminatedUnion('kind', [
              z.object({ kind: z.literal('priced'), low: z.number(), high: z.number() }),
              z.object({ kind: z.literal('missing'), reason: z.enum(MISSING_REASONS) }),
            ]),
          )
          .max(6),
      }),
    )
    .max(50),
});

export const costInput = z.object({
  /** Names of models; none = every model. */
  models: models.default([]),
  inputTokens: tokens,
  outputTokens: tokens,
  /** AWS region code; null = every region with a price. */
  region: z.string().max(64).nullable().default(null),
  date: isoDay.nullable().default(null),
});

const range = z.object({ low: z.number(), high: z.number() });

export const costAnswer = z.object({
  schemaVersion: z.literal(1),
  catalogVersion: name,
  date: isoDay,
  inputTokens: tokens,
  outputTokens: tokens,
  /** Cheapest first. `region` null = every commercial region, `regionTier` null = the price names none. */
  rows: z
    .array(
      z.object({
        provider: text,
        model: text,
        mode,
        region: text.nullable(),
        regionTier: regionTier.nullable(),
        /** USD per 1M tokens. */
        input: range,
        output: range,
        /** USD for the tokens. */
        low: z.number(),
        high: z.number(),
      }),
    )
    .max(5000),
});
