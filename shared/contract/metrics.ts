// Metrics beside the bill: request counts and drivers from files, by day and by what they can be joined with.
import { z } from 'zod';
import { count, name, text } from './schemas.ts';

export const METRIC_FILE_KINDS = ['csv', 'cloudwatch', 'invocation_log'] as const;

const series = z.object({
  metric: name,
  /** Dimensions it is kept by; empty = one figure a day for everything. */
  by: z.array(name).max(20),
  keys: count,
  days: count,
  firstDay: z.string().max(10),
  lastDay: z.string().max(10),
  total: z.number(),
});

const rows = z.object({ read: count, taken: count, rejected: count });

export const metricsReport = z.object({
  schemaVersion: z.literal(1),
  /** null where the file is held already, byte for byte. */
  id: count.nullable(),
  file: text,
  kind: z.enum(METRIC_FILE_KINDS),
  rows,
  /** First reasons of rejected rows, each with its line. */
  rejections: z.array(z.object({ line: count, reason: text })).max(20),
  series: z.array(series).max(1000),
  notes: z.array(text).max(20),
});

export const metricsList = z.object({
  schemaVersion: z.literal(1),
  imports: z
    .array(
      z.object({
        id: count,
        file: text,
        kind: z.enum(METRIC_FILE_KINDS),
        importedAt: z.string().max(40),
        rows,
      }),
    )
    .max(10_000),
  /** What answers questions now: where files overlap, the newest one's figure of a day. */
  series: z.array(series).max(1000),
});
