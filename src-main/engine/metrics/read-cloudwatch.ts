// Reads what CloudWatch counted for Bedrock: metric streams (JSON lines) and the answers of GetMetricData.
import { z } from 'zod';
import { metricKey, profileOf } from '../../../shared/domain/metrics/key.ts';
import { type Metric, metricOf } from '../../../shared/domain/metrics/names.ts';
import { resolveModel } from '../../../shared/domain/usage/models.ts';
import { dayOf, keysOf, type MetricTally } from './tally.ts';

/** What a file needs to know of the bill: the model behind each application inference profile. */
export type ProfileModels = ReadonlyMap<string, string>;

const streamPoint = z.object({
  account_id: z.string().nullish(),
  namespace: z.string(),
  metric_name: z.string(),
  dimensions: z.record(z.string(), z.string()).default({}),
  timestamp: z.number(),
  value: z.object({ sum: z.number() }),
});

const metricData = z.object({
  MetricDataResults: z.array(
    z.object({
      Label: z.string().default(''),
      Timestamps: z.array(z.union([z.string(), z.number()])),
      Values: z.array(z.number()),
      StatusCode: z.string().nullish(),
    }),
  ),
});

export const isStreamPoint = (content: unknown): boolean => streamPoint.safeParse(content).success;
export const isMetricData = (content: unknown): boolean => metricData.safeParse(content).success;

const NAMESPACE = 'AWS/Bedrock';
const MILLISECONDS_A_DAY = 86_400_000;

type Counted = {
  readonly metric: Metric;
  readonly modelId: string | null;
  readonly account: string | null;
  readonly day: number;
  readonly value: number;
};

function take(
  { metric, modelId, account, day, value }: Counted,
  models: ProfileModels,
  tally: MetricTally,
): void {
  const add = (key: ReturnType<typeof metricKey>): void => tally.add({ day, metric, key, value });
  if (modelId === null) {
    add(metricKey({ account }));
    return;
  }
  const profile = profileOf(modelId);
  const model = modelOf(modelId, profile, models);
  if (model === null) {
    tally.note(
      `The bill does not say which model is behind profile ${profile}: it is counted by profile only.`,
    );
  }
  for (const key of keysOf({ model, profile, account }, metricKey)) add(key);
}

/** The model of an id, or the one the bill knows for a profile; a foundation model nobody knows keeps its id. */
export function modelOf(modelId: string, profile: string | null, models: ProfileModels): string | null {
  if (profile !== null) return models.get(profile) ?? resolveModel(profile)?.model ?? null;
  const id = /:foundation-model\/(?<id>[^/]+)$/u.exec(modelId)?.groups?.id ?? modelId;
  return resolveModel(id)?.model ?? id;
}

/** One line of a metric stream. null when it is taken, else why not. */
export function takeStreamPoint(content: unknown, models: ProfileModels, tally: MetricTally): string | null {
  const parsed = streamPoint.safeParse(content);
  if (!parsed.success) return 'is not a data point of a metric stream';
  const {
    namespace,
    metric_name: name,
    dimensions,
    timestamp,
    value,
    account_id: account = null,
  } = parsed.data;
  if (namespace !== NAMESPACE) return `belongs to ${namespace}, not to ${NAMESPACE}`;
  const metric = metricOf(name);
  if (metric === null) return `${name} is no count that can be added up`;
  const { ModelId: modelId = null, ...others } = dimensions;
  if (Object.keys(others).length > 0)
    return `is split by ${Object.keys(others).join(', ')} too: it would count twice`;
  const day = Math.floor(timestamp / MILLISECONDS_A_DAY);
  take({ metric, modelId, account: account ?? null, day, value: value.sum }, models, tally);
  return null;
}

/** The answer of GetMetricData: each result's label names the metric and, where it has one, the model id. */
export function readMetricData(content: unknown, models: ProfileModels, tally: MetricTally): void {
  for (const [index, result] of metricData.parse(content).MetricDataResults.entries()) {
    const label = readLabel(result.Label);
    if (typeof label === 'string') {
      tally.reject(index + 1, label);
      continue;
    }
    if (result.StatusCode === 'PartialData') {
      tally.note(`“${result.Label}” is marked as partial data: its figures may be too low.`);
    }
    result.Values.forEach((value, at) => {
      const day = dayOfStamp(result.Timestamps[at]);
      if (day === null) tally.reject(index + 1, `“${String(result.Timestamps[at])}” is not a time`);
      else {
        take({ ...label, account: null, day, value }, models, tally);
        tally.took();
      }
    });
  }
}

function dayOfStamp(stamp: string | number | undefined): number | null {
  if (typeof stamp === 'number') return Math.floor((stamp * 1000) / MILLISECONDS_A_DAY);
  return stamp === undefined ? null : dayOf(stamp);
}

/** `anthropic.claude-sonnet-4-5-20250929-v1:0 Invocations` → metric and model id; a text means why it cannot be read. */
function readLabel(label: string): Pick<Counted, 'metric' | 'modelId'> | string {
  const words = label.split(/[\s|,]+/u).filter((word) => word !== '');
  const named = words.flatMap((word) => metricOf(word) ?? []);
  const rest = words.filter((word) => metricOf(word) === null);
  const [metric] = named;
  if (metric === undefined || named.length > 1)
    return `label “${label}” does not name one metric such as Invocations`;
  if (rest.length > 1) return `label “${label}” names more than a metric and a model id`;
  return { metric, modelId: rest[0] ?? null };
}
