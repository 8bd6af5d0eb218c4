// Reads counts from a CSV with the columns date, key, metric and value; every row is taken or rejected with its reason.
import Papa from 'papaparse';
import { AssayError } from '../../../shared/contract/errors.ts';
import { parseMetricKey } from '../../../shared/domain/metrics/key.ts';
import { metricOf } from '../../../shared/domain/metrics/names.ts';
import { dayOf, type MetricTally } from './tally.ts';

const COLUMNS = ['date', 'key', 'metric', 'value'] as const;
type Column = (typeof COLUMNS)[number];

/** Longest name a metric of one's own may have. */
const LONGEST_NAME = 100;

export function isMetricsCsv(text: string): boolean {
  return columnsOf(text.slice(0, 4096)) !== null;
}

/** Place of each column in the header; null where one is missing. */
function columnsOf(text: string): Readonly<Record<Column, number>> | null {
  const header = Papa.parse<string[]>(withoutMark(text), { preview: 1 }).data[0] ?? [];
  const names = header.map((name) => name.trim().toLowerCase());
  const places = COLUMNS.map((column) => [column, names.indexOf(column)] as const);
  return places.every(([, at]) => at >= 0) ? (Object.fromEntries(places) as Record<Column, number>) : null;
}

const withoutMark = (text: string): string => text.replace(/^\uFEFF/u, '');

export function readMetricsCsv(file: string, text: string, tally: MetricTally): void {
  const columns = columnsOf(text);
  if (columns === null) {
    throw new AssayError('missing_columns', `${file} lacks one of the columns ${COLUMNS.join(', ')}.`, {
      file,
    });
  }
  const { data } = Papa.parse<string[]>(withoutMark(text), { skipEmptyLines: 'greedy' });
  for (const [index, row] of data.entries()) {
    if (index === 0) continue;
    const cell = (column: Column): string => (row[columns[column]] ?? '').trim();
    const reason = takeRow(cell, tally);
    if (reason === null) tally.took();
    else tally.reject(index + 1, reason);
  }
}

/** null when the row is taken, else why not. */
function takeRow(cell: (column: Column) => string, tally: MetricTally): string | null {
  const day = dayOf(cell('date'));
  if (day === null) return `date: “${cell('date')}” is not a day such as 2026-10-31`;
  const key = parseMetricKey(cell('key'));
  if (typeof key === 'string') return `key: ${key}`;
  const metric = metricOf(cell('metric')) ?? cell('metric');
  if (metric === '' || metric.length > LONGEST_NAME) return `metric: “${metric}” is not the name of a metric`;
  const value = Number(cell('value'));
  if (cell('value') === '' || !Number.isFinite(value) || value < 0) {
    return `value: “${cell('value')}” is not a number from 0 up, with a point as decimal mark`;
  }
  tally.add({ day, metric, key, value });
  return null;
}
