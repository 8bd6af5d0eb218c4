// Reads Bedrock's invocation log for its numbers: day, model, profile and token counts. No text of a request is kept.
import { z } from 'zod';
import { metricKey, profileOf } from '../../../shared/domain/metrics/key.ts';
import type { Metric } from '../../../shared/domain/metrics/names.ts';
import { modelOf, type ProfileModels } from './read-cloudwatch.ts';
import { dayOf, keysOf, type MetricTally } from './tally.ts';

const tokens = z.number().nonnegative().nullish();

/** The only fields that are looked at; everything else of a record is dropped while it is read. */
const record = z.object({
  timestamp: z.string(),
  modelId: z.string().min(1),
  errorCode: z.string().nullish(),
  input: z
    .object({
      inputTokenCount: tokens,
      cacheReadInputTokenCount: tokens,
      cacheWriteInputTokenCount: tokens,
    })
    .nullish(),
  output: z.object({ outputTokenCount: tokens }).nullish(),
});

const marker = z.object({ schemaType: z.literal('ModelInvocationLog') });

export const isInvocationLog = (content: unknown): boolean => marker.safeParse(content).success;

/** One record. null when it is taken, else why not; a reason never quotes the record. */
export function takeInvocation(content: unknown, models: ProfileModels, tally: MetricTally): string | null {
  const parsed = record.safeParse(content);
  if (!isInvocationLog(content) || !parsed.success) return 'is not a record of the invocation log';
  const { timestamp, modelId, errorCode, input, output } = parsed.data;
  const day = dayOf(timestamp);
  if (day === null) return 'its timestamp is not a time';
  const counts: [Metric, number | null | undefined][] =
    errorCode === null || errorCode === undefined
      ? [
          ['requests', 1],
          ['inputTokens', input?.inputTokenCount],
          ['outputTokens', output?.outputTokenCount],
          ['cacheReadTokens', input?.cacheReadInputTokenCount],
          ['cacheWriteTokens', input?.cacheWriteInputTokenCount],
        ]
      : [[errorCode.startsWith('Throttling') ? 'throttledRequests' : 'failedRequests', 1]];
  const profile = profileOf(modelId);
  const model = modelOf(modelId, profile, models);
  if (model === null) {
    tally.note(
      `The bill does not say which model is behind profile ${profile}: it is counted by profile only.`,
    );
  }
  for (const key of keysOf({ model, profile, account: null }, metricKey)) {
    for (const [metric, value] of counts) {
      if (value !== null && value !== undefined) tally.add({ day, metric, key, value });
    }
  }
  return null;
}
