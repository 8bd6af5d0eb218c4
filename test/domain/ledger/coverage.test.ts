// The calendar of a billing period: whole days, days in part, days without usage, days to come.
import { describe, expect, test } from 'vitest';
import { calendarOf, daysOfMonth, missingParts } from '../../../shared/domain/ledger/coverage.ts';

const AUGUST = daysOfMonth('2026-08');
const days = (from: number, to: number) => AUGUST.slice(from - 1, to).map((day) => ({ day, lineItems: 24 }));
const final = {
  period: '2026-08',
  estimated: false,
  isFirst: false,
  firstHours: { from: '00:00', to: '24:00' },
  lastHours: { from: '00:00', to: '24:00' },
};
const states = (facts: Parameters<typeof calendarOf>[0]) => {
  const strip = calendarOf(facts).map(
    ({ state }) => ({ whole: '#', partial: '~', none: '.', not_yet: '-' })[state],
  );
  return strip.join('');
};

test('months have their days, leap years theirs', () => {
  expect(AUGUST).toHaveLength(31);
  expect(daysOfMonth('2028-02').at(-1)).toBe('2028-02-29');
  expect(daysOfMonth('2026-13')).toEqual([]);
  expect(daysOfMonth('unknown')).toEqual([]);
});

describe('an invoiced month', () => {
  test('is whole where it has usage; a day without any is said so', () => {
    const held = [...days(1, 9), ...days(11, 31)];
    expect(states({ ...final, held })).toBe(`#########.${'#'.repeat(21)}`);
    const gap = calendarOf({ ...final, held })[9];
    expect(gap).toMatchObject({
      day: '2026-08-10',
      lineItems: 0,
      why: 'The export has no usage on this day.',
    });
  });

  test('its last day is whole, whatever hour the last line ends at', () => {
    const lastHours = { from: '09:00', to: '17:00' };
    expect(states({ ...final, held: days(1, 31), lastHours })).toBe('#'.repeat(31));
  });
});

describe('an open month', () => {
  const open = { ...final, estimated: true, held: days(1, 14) };

  test('ends within its last day, and later days are not there yet', () => {
    const facts = { ...open, lastHours: { from: '00:00', to: '14:00' } };
    expect(states(facts)).toBe(`${'#'.repeat(13)}~${'-'.repeat(17)}`);
    expect(calendarOf(facts)[13]?.why).toContain('ends at 14:00 UTC');
  });

  test('ends with a whole day where a line reaches midnight', () => {
    expect(states(open)).toBe(`${'#'.repeat(14)}${'-'.repeat(17)}`);
  });

  test('daily sums do not tell the hour: the last day is not claimed to be whole', () => {
    expect(states({ ...open, lastHours: null })).toBe(`${'#'.repeat(13)}~${'-'.repeat(17)}`);
  });

  test('without any usage nothing is there yet', () => {
    expect(states({ ...open, held: [], firstHours: null, lastHours: null })).toBe('-'.repeat(31));
  });
});

describe('the first month held of a payer', () => {
  const first = { ...final, isFirst: true, held: days(20, 31) };

  test('begins in the middle of a day', () => {
    const facts = { ...first, firstHours: { from: '10:00', to: '24:00' } };
    expect(states(facts)).toBe(`${'.'.repeat(19)}~${'#'.repeat(11)}`);
    expect(calendarOf(facts)[0]?.why).toContain('begins after this day');
    expect(calendarOf(facts)[19]?.why).toContain('begins at 10:00 UTC');
  });

  test('begins with a whole day', () => {
    expect(states(first)).toBe(`${'.'.repeat(19)}${'#'.repeat(12)}`);
  });
});

test.each([
  { present: [1, 2, 3], missing: [] },
  { present: [1, 4], missing: [2, 3] },
  { present: [3], missing: [1, 2] },
  { present: [], missing: [] },
])('parts $present: missing $missing', ({ present, missing }) => {
  expect(missingParts(present)).toEqual(missing);
});
