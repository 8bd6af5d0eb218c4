// Steps of time: every one of the calendar, named as the engine names them, and honest about what they lack.
import { describe, expect, test } from 'vitest';
import { createFormat } from '../../../shared/format/format.ts';
import {
  daysOf,
  firstDay,
  isIncomplete,
  shortfallOf,
  stepsOf,
  stepText,
} from '../../../src-renderer/app/time-steps.ts';

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

test.each([
  ['week', '2026-W31', '2026-07-27'],
  ['week', '2026-W01', '2025-12-29'],
  ['week', '2020-W53', '2020-12-28'],
  ['quarter', '2026-Q4', '2026-10-01'],
  ['month', '2026-08', '2026-08-01'],
  ['day', '2026-08-05', '2026-08-05'],
  ['day', 'no day', null],
])('%s %s begins on %s', (grain, value, first) => {
  expect(firstDay(grain, value)).toBe(first);
});

test('a month stands for its days, leap years included', () => {
  expect(daysOf('month', '2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(daysOf('month', '2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(daysOf('quarter', '2026-Q2')).toEqual({ from: '2026-04-01', to: '2026-06-30' });
  expect(daysOf('year', '2026')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
  expect(daysOf('week', '2026-W31')).toEqual({ from: '2026-07-27', to: '2026-08-02' });
  expect(daysOf('day', '2026-08-05')).toEqual({ from: '2026-08-05', to: '2026-08-05' });
  expect(daysOf('model', '2026')).toBeNull();
  expect(daysOf('hour', '2026-08-05T01:00Z')).toBeNull();
});

test('quarters and years step too; hours are no steps of the calendar', () => {
  expect(stepsOf({ from: '2026-02-10', to: '2026-08-01' }, 'quarter')).toEqual([
    { key: '2026-Q1', days: { from: '2026-01-01', to: '2026-03-31' } },
    { key: '2026-Q2', days: { from: '2026-04-01', to: '2026-06-30' } },
    { key: '2026-Q3', days: { from: '2026-07-01', to: '2026-09-30' } },
  ]);
  expect(stepsOf({ from: '2025-12-31', to: '2026-01-01' }, 'year').map(({ key }) => key)).toEqual([
    '2025',
    '2026',
  ]);
  expect(stepsOf({ from: '2026-01-01', to: '2026-01-02' }, 'hour')).toEqual([]);
});

test('a step in words', () => {
  expect(stepText('week', '2026-W31', createFormat())).toEqual({
    short: '27 Jul',
    long: 'Week 27 Jul – 2 Aug 2026',
  });
  expect(stepText('hour', '2026-08-01T05:00Z', createFormat()).short).toBe('2026-08-01T05:00Z');
});
