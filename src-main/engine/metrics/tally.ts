// Adds up what a file counts: figures by day, metric and key, and the rows that could not be taken, with their reasons.
import type { MetricKey } from '../../../shared/domain/metrics/key.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import type { MetricFigure } from '../db/metrics.ts';

/** Rejections of which the reason is kept. */
const REASONS_KEPT = 20;

/** Distinct figures one file may bring: a year of every model, account and profile of a large company. */
export const MOST_FIGURES = 2_000_000;

export type MetricTally = {
  add(figure: MetricFigure): void;
  /** One row of the file was read and is in the figures. */
  took(): void;
  reject(line: number, reason: string): void;
  /** Something a reader of the figures should know, said once. */
  note(text: string): void;
  figures(): Iterable<MetricFigure>;
  size(): number;
  readonly rows: { read: number; taken: number; rejected: number };
  readonly rejections: { line: number; reason: string }[];
  readonly notes: Set<string>;
};

export function createMetricTally(): MetricTally {
  const sums = new Map<string, { readonly of: Omit<MetricFigure, 'value'>; readonly sum: Sum }>();
  const rows = { read: 0, taken: 0, rejected: 0 };
  const rejections: { line: number; reason: string }[] = [];
  const notes = new Set<string>();
  return {
    rows,
    rejections,
    notes,
    add({ day, metric, key, value }) {
      const id = `${day} ${metric} ${JSON.stringify(key)}`;
      const held = sums.get(id) ?? { of: { day, metric, key }, sum: emptySum() };
      sums.set(id, held);
      addTo(held.sum, value);
    },
    took() {
      rows.read++;
      rows.taken++;
    },
    reject(line, reason) {
      rows.read++;
      rows.rejected++;
      if (rejections.length < REASONS_KEPT) rejections.push({ line, reason });
    },
    note: (text) => void notes.add(text),
    *figures() {
      for (const { of, sum } of sums.values()) yield { ...of, value: totalOf(sum) };
    },
    size: () => sums.size,
  };
}

/** Days since 1970-01-01 of a day or instant that starts like one; null for anything else. */
export function dayOf(text: string): number | null {
  const day = /^\d{4}-\d{2}-\d{2}(?=$|[T ])/u.exec(text)?.[0];
  if (day === undefined) return null;
  const time = Date.parse(`${day}T00:00:00Z`);
  // Date.parse takes 2026-02-31 for 3 March.
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? null : time / 86_400_000;
}

/** Keys of one observation: by model, and by profile where one was called. What was called by profile is both. */
export function keysOf(
  { model, profile, account }: { model: string | null; profile: string | null; account: string | null },
  metricKey: (parts: Record<string, string | null>) => MetricKey,
): MetricKey[] {
  return [
    ...(model === null ? [] : [metricKey({ model, account })]),
    ...(profile === null ? [] : [metricKey({ inferenceProfile: profile, account })]),
  ];
}
