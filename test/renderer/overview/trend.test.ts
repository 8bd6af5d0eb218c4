import { describe, expect, test } from 'vitest';
import { createFormat } from '../../../shared/format/format.ts';
import {
  isIncomplete,
  type SpendAnswer,
  shortfallOf,
  stepsOf,
  trendSeries,
} from '../../../src-renderer/screens/overview/trend.ts';

const answer = (rows: SpendAnswer['rows']): SpendAnswer => ({
  schemaVersion: 1,
  columns: [],
  rows,
  rowCount: rows.length,
  totals: {},
  compare: null,
  provenance: {
    basis: 'unblended',
    scope: 'bedrock',
    period: null,
    where: [],
    lineItems: 0,
    currency: ['USD'],
    unpricedShare: null,
    unknownShare: null,
    estimated: false,
    catalogVersion: null,
    notes: [],
  },
});

describe('steps', () => {
  test('every day of the period is one, with or without lines', () => {
    expect(stepsOf({ from: '2026-02-27', to: '2026-03-01' }, 'day').map(({ key }) => key)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
    ]);
  });

  test('weeks are ISO weeks, also around New Year, months their name', () => {
    expect(stepsOf({ from: '2026-10-01', to: '2026-10-12' }, 'week').map(({ key }) => key)).toEqual([
      '2026-W40',
      '2026-W41',
      '2026-W42',
    ]);
    expect(stepsOf({ from: '2026-12-28', to: '2027-01-04' }, 'week')).toEqual([
      { key: '2026-W53', days: { from: '2026-12-28', to: '2027-01-03' } },
      { key: '2027-W01', days: { from: '2027-01-04', to: '2027-01-10' } },
    ]);
    expect(stepsOf({ from: '2025-12-15', to: '2026-02-01' }, 'month').map(({ key }) => key)).toEqual([
      '2025-12',
      '2026-01',
      '2026-02',
    ]);
  });
});

test('the last held days of a bill that is not final are incomplete, an invoiced month never is', () => {
  const held = { days: { from: '2026-09-01', to: '2026-10-31' }, estimatedMonths: ['2026-10'] };
  const incomplete = (day: string): boolean => isIncomplete({ key: day, days: { from: day, to: day } }, held);
  expect(['2026-09-30', '2026-10-29', '2026-10-30', '2026-10-31'].map(incomplete)).toEqual([
    false,
    false,
    true,
    true,
  ]);
  expect(isIncomplete({ key: '', days: held.days }, { ...held, estimatedMonths: [] })).toBe(false);
});

test('a step cut by the ends of the period says which days it shows', () => {
  const held = { days: { from: '2026-07-01', to: '2026-10-31' }, estimatedMonths: ['2026-10'] };
  const [first, second] = stepsOf({ from: '2026-07-01', to: '2026-07-31' }, 'week');
  if (first === undefined || second === undefined) throw new Error('no steps');
  expect(shortfallOf(first, { from: '2026-07-01', to: '2026-07-31' }, held, createFormat())).toBe(
    'Only 1 Jul – 5 Jul 2026 is in the period.',
  );
  expect(shortfallOf(second, { from: '2026-07-01', to: '2026-07-31' }, held, createFormat())).toBeNull();
});

describe('series', () => {
  const steps = stepsOf({ from: '2026-10-01', to: '2026-10-03' }, 'day');
  const leading = [{ id: 'Nova Lite', label: 'Nova Lite', colour: '#111111' }];

  test('what the leading values leave of the total is one series more', () => {
    const series = trendSeries({
      steps,
      leading,
      byValue: answer([['2026-10-01', 'Nova Lite', 4]]),
      whole: answer([
        ['2026-10-01', 10],
        ['2026-10-02', 3],
      ]),
      otherLabel: 'Everything else',
    });
    expect(series.map(({ label, values }) => [label, values])).toEqual([
      ['Nova Lite', [4, null, null]],
      ['Everything else', [6, 3, null]],
    ]);
  });

  test('the dust of a subtraction is no series', () => {
    const series = trendSeries({
      steps,
      leading,
      byValue: answer([['2026-10-01', 'Nova Lite', 0.1 + 0.2]]),
      whole: answer([['2026-10-01', 0.3]]),
      otherLabel: 'Everything else',
    });
    expect(series).toHaveLength(1);
  });
});
