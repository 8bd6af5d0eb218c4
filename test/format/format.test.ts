import { describe, expect, test } from 'vitest';
import { createFormat } from '../../shared/format/format.ts';

const format = createFormat();
const plain = (text: string): string => text.replaceAll(/[\u202f\u00a0]/gu, ' ');

describe('money', () => {
  test.each([
    [1234.565, '$1,234.57'],
    [-1234.5, '−$1,234.50'],
    [0, '$0.00'],
    [-0, '$0.00'],
    [0.005, '$0.01'],
    [0.00423, '$0.0042'],
    [-0.0000004, '−$0.0000004'],
    [null, '—'],
    [Number.NaN, '—'],
  ])('%d prints %s', (value, text) => expect(format.money(value, 'USD')).toBe(text));

  test.each([
    ['EUR', '€12.00'],
    ['CHF', 'CHF 12.00'],
    ['CNY', 'CN¥12.00'],
    ['', '12.00'],
  ])('%s prints %s', (currency, text) => expect(plain(format.money(12, currency))).toBe(text));

  test.each([
    [40_234, '$40.2 k'],
    [999_960, '$1 m'],
    [-1_500_000, '−$1.5 m'],
    [120, '$120'],
    [0.035, '$0.035'],
    [0, '$0'],
  ])('%d prints short as %s', (value, text) => expect(plain(format.moneyShort(value, 'USD'))).toBe(text));

  test('a range prints short, and in full where its ends would read the same', () => {
    expect(plain(format.moneyRange(9_830.29, 21_427.36, 'USD'))).toBe('$9.8 k to $21.4 k');
    expect(plain(format.moneyRange(1_772_420.58, 1_822_595.94, 'USD'))).toBe(
      '$1,772,420.58 to $1,822,595.94',
    );
  });

  test.each([
    [0.0000175, '$0.0000175'],
    [17.5, '$17.50'],
    [0.00025, '$0.00025'],
    [0.3, '$0.30'],
    [0, '$0.00'],
  ])('unit price %d prints %s', (value, text) => expect(format.unitPrice(value, 'USD')).toBe(text));

  test('a change carries its sign, none when nothing changed', () => {
    expect(format.moneyChange(12, 'USD')).toBe('+$12.00');
    expect(format.moneyChange(-12, 'USD')).toBe('−$12.00');
    expect(format.moneyChange(0, 'USD')).toBe('$0.00');
    expect(format.percentChange(0.051)).toBe('+5.1%');
    expect(format.percentChange(-0.051)).toBe('−5.1%');
  });
});

describe('tokens', () => {
  test.each([
    [1_240_000_000, '1.24 B'],
    [38_200_000, '38.2 M'],
    [512_345, '512 K'],
    [999_999, '1.00 M'],
    [99_960_000, '100 M'],
    [999, '999'],
    [0, '0'],
    [null, '—'],
  ])('%d prints %s', (value, text) => expect(plain(format.tokens(value))).toBe(text));
});

describe('percent never says none or all of what is neither', () => {
  test.each([
    [0, '0.0%'],
    [0.0001, '<0.1%'],
    [-0.0001, '>−0.1%'],
    [0.123, '12.3%'],
    [0.99999, '>99.9%'],
    [1, '100.0%'],
    [null, '—'],
  ])('%d prints %s', (value, text) => expect(format.percent(value)).toBe(text));
});

describe('styles', () => {
  test.each([
    ['comma', '$1,234,567.80'],
    ['point', '$1.234.567,80'],
    ['space', '$1 234 567,80'],
    ['apostrophe', '$1’234’567.80'],
  ] as const)('%s prints %s', (numbers, text) =>
    expect(plain(createFormat({ numbers, dates: 'iso' }).money(1_234_567.8, 'USD'))).toBe(text),
  );

  test.each([
    ['day-first', '1 Aug 2026', '1 Aug'],
    ['month-first', 'Aug 1, 2026', 'Aug 1'],
    ['iso', '2026-08-01', '08-01'],
  ] as const)('%s prints %s', (dates, long, short) => {
    const { day, dayShort } = createFormat({ numbers: 'comma', dates });
    expect(day('2026-08-01')).toBe(long);
    expect(dayShort('2026-08-01')).toBe(short);
  });
});

describe('periods', () => {
  test.each([
    ['2026-08-01', '2026-08-31', 'Aug 2026'],
    ['2026-08-01', '2026-10-31', 'Aug – Oct 2026'],
    ['2025-12-01', '2026-02-28', 'Dec 2025 – Feb 2026'],
    ['2024-02-01', '2024-02-29', 'Feb 2024'],
    ['2026-08-01', '2026-08-30', '1 Aug – 30 Aug 2026'],
    ['2025-12-30', '2026-01-02', '30 Dec 2025 – 2 Jan 2026'],
    ['2026-08-05', '2026-08-05', '5 Aug 2026'],
  ])('%s to %s prints %s', (from, to, text) => expect(format.period({ from, to })).toBe(text));

  test('no period is all that is held', () => expect(format.period(null)).toBe('All held days'));
});

test('durations and sizes', () => {
  expect([45, 200, 3600, 7500, null].map(format.duration).map(plain)).toEqual([
    '45 s',
    '3 min 20 s',
    '1 h',
    '2 h 5 min',
    '—',
  ]);
  expect([12, 1_234, 5_600_000].map(format.bytes).map(plain)).toEqual(['12 B', '1.2 kB', '5.6 MB']);
});
