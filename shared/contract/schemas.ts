// Small schemas that several methods share. Every string and list has a bound: the engine is a trust boundary.
import { z } from 'zod';
import { BASES, DIMENSION_PATTERN, FILTER_OPERATORS, MEASURES, SCOPES } from '../domain/spend/vocabulary.ts';
import { CONTEXT_BANDS, METER_NAMES, MODES, REGION_TIERS, TERMS } from '../domain/usage/vocabulary.ts';

export const SCHEMA_VERSION = 1;

/** Most rows one answer may carry. */
export const PAGE_LIMIT = 2000;

export const text = z.string().max(4096);
export const name = z.string().min(1).max(256);
export const money = z.number();
export const count = z.number().int().nonnegative();
export const isoDay = z.string().regex(/^\d{4}-\d{2}-\d{2}$/u, 'expected a day as YYYY-MM-DD');
export const isoMonth = z.string().regex(/^\d{4}-\d{2}$/u, 'expected a month as YYYY-MM');
export const period = z.object({ from: isoDay, to: isoDay });
export const nullablePeriod = period.nullable();

export const meter = z.enum(METER_NAMES);
export const mode = z.enum(MODES);
export const term = z.enum(TERMS);
export const regionTier = z.enum(REGION_TIERS);
export const contextBand = z.enum(CONTEXT_BANDS);
export const basis = z.enum(BASES);
export const measure = z.enum(MEASURES);
export const scope = z.enum(SCOPES);
export const dimension = z.string().max(300).regex(DIMENSION_PATTERN, 'unknown dimension');
export const filter = z.object({
  dimension,
  operator: z.enum(FILTER_OPERATORS),
  values: z.array(z.string().max(2048).nullable()).min(1).max(500),
});
export const filters = z.array(filter).max(50);

/** A file: a path for hosts on the same machine, or the opaque token a window holds; hosts put the path in. */
export const fileReference = z.string().min(1).max(4096);

export const page = z.object({
  offset: count.default(0),
  limit: z.number().int().min(1).max(PAGE_LIMIT).default(200),
});

/** Where a derived figure comes from: statements in order, for the "where does this come from" panel. */
export const provenanceText = z.array(z.object({ label: text, value: text })).max(50);
