// What every part of a report is made of: headings, tables that are never empty, amounts with their range.
import type { ReportBlock, ReportChart } from '../../../shared/contract/report.ts';
import type { Band } from '../../../shared/domain/whatif/answer.ts';
import { createFormat, UNKNOWN } from '../../../shared/format/format.ts';

export const format = createFormat();

/** `$60.00 ($45.00 to $75.00)`; the ends only where they differ, and a dash for what is not known. */
export function range(band: Band | null, currency: string): string {
  if (band === null) return UNKNOWN;
  const { low, base, high } = band;
  const ends = low === high ? '' : ` (${format.money(low, currency)} to ${format.money(high, currency)})`;
  return `${format.money(base, currency)}${ends}`;
}

/** `$45.00 to $75.00`, empty where a band is exact. */
export const spread = (band: Band | null, currency: string): string =>
  band === null || band.low === band.high
    ? ''
    : `${format.money(band.low, currency)} to ${format.money(band.high, currency)}`;

export const heading = (level: 2 | 3, text: string): ReportBlock => ({
  kind: 'heading',
  level,
  text,
  newPage: false,
});

/** A chapter that begins on a page of its own. */
export const chapter = (text: string): ReportBlock => ({ kind: 'heading', level: 2, text, newPage: true });

/** `describe` says in words what the chart shows. */
export const chart = (describe: string, currency: string, drawn: ReportChart): ReportBlock => ({
  kind: 'chart',
  describe,
  currency,
  chart: drawn,
});

/** Empty where there are no rows: a report has no empty tables. `strong` names rows that stand out. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  strong: readonly number[] = [],
): ReportBlock[] {
  if (rows.length === 0) return [];
  return [{ kind: 'table', header: [...header], rows: rows.map((row) => [...row]), strong: [...strong] }];
}

export function listed(title: string, items: readonly string[]): ReportBlock[] {
  return items.length === 0 ? [] : [heading(3, title), { kind: 'list', items: [...items] }];
}
