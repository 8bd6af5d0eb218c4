// What a count is about: the dimensions and values under which it can be joined with the bill.
import { matchingKeys } from '../spend/tag-key.ts';
import { resolveModel } from '../usage/models.ts';

/** Dimension → value, sorted by dimension; empty = everything. */
export type MetricKey = Readonly<Record<string, string>>;

/** Dimensions a count may be kept by: those that both a bill and whoever counts can know. */
const JOINED_BY =
  /^(?:model|account|payer|region|inferenceProfile|principal|tag:.{1,256}|costCategory:.{1,256})$/su;

/** The key with its parts in order and its model under the printed name, so that equal keys are equal texts. */
export function metricKey(parts: Readonly<Record<string, string | null>>): MetricKey {
  const entries = Object.entries(parts).flatMap(([dimension, value]): [string, string][] =>
    value === null || value === '' ? [] : [[dimension, named(dimension, value)]],
  );
  return Object.fromEntries(entries.toSorted(([left], [right]) => (left < right ? -1 : 1)));
}

const named = (dimension: string, value: string): string =>
  dimension === 'model' ? (resolveModel(value)?.model ?? value) : value;

/**
 * A key as people write it: `model=Nova Lite`, `account=111122223333; tag:team=search`, `*` for everything. A bare
 * account number or model name is taken as such. A text means what keeps it from being a key.
 */
export function parseMetricKey(text: string): MetricKey | string {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '*') return {};
  if (!trimmed.includes('=')) return bareKey(trimmed);
  const parts: Record<string, string> = {};
  for (const part of trimmed.split(';').filter((one) => one.trim() !== '')) {
    const at = part.indexOf('=');
    const [dimension, value] = [part.slice(0, Math.max(at, 0)).trim(), part.slice(at + 1).trim()];
    if (!JOINED_BY.test(dimension)) return `“${dimension}” is not a dimension that counts are joined by`;
    if (value === '') return `“${dimension}” has no value`;
    if (parts[dimension] !== undefined) return `“${dimension}” is named twice`;
    parts[dimension] = value;
  }
  return metricKey(parts);
}

function bareKey(text: string): MetricKey | string {
  if (/^\d{12}$/u.test(text)) return { account: text };
  const model = resolveModel(text);
  if (model !== null) return { model: model.model };
  return `“${text}” is neither an account nor a known model; write model=…, account=… or tag:<key>=…`;
}

/** Whether two names are one dimension: tags and cost categories have several spellings. */
export function isSameDimension(left: string, right: string): boolean {
  if (left === right) return true;
  for (const kind of ['tag', 'costCategory'] as const) {
    const prefix = `${kind}:`;
    if (!left.startsWith(prefix) || !right.startsWith(prefix)) continue;
    return matchingKeys(left.slice(prefix.length), [right.slice(prefix.length)], kind).length > 0;
  }
  return false;
}

/** The profile of an ARN or id that a caller used as the model; null where it names a foundation model. */
export function profileOf(modelId: string): string | null {
  const inArn = /:(?:application-)?inference-profile\/(?<id>[^/]+)$/u.exec(modelId)?.groups?.id;
  return inArn ?? null;
}
