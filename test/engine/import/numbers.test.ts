// Numbers and times from bytes are those that JavaScript reads from the text.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readNumber, readTime } from '../../../src-main/engine/import/numbers.ts';

const number = (text: string): number => {
  const padded = Buffer.from(`x${text}y`);
  return readNumber(padded, 1, padded.length - 1);
};
const time = (text: string): number => {
  const padded = Buffer.from(`x${text}y`);
  return readTime(padded, 1, padded.length - 1);
};

describe('numbers', () => {
  test.each([
    '0',
    '0.0',
    '-7.0E-10',
    '-1.3333E-6',
    '0.0000600000',
    '1e3',
    '1E+3',
    '123456789012345678',
    '.5',
    '5.',
  ])('%s', (text) => expect(number(text)).toBe(Number(text)));

  test.each(['', '-', '.', 'NaN', 'Infinity', '1,5', '1 ', '0x10', '1e', '1e+', '1.2.3', '$1', '1E400'])(
    '%j is none',
    (text) => expect(number(text)).toBeNaN(),
  );

  test('every double and every decimal reads exactly as JavaScript reads it', () => {
    const decimal = fc
      .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 20n }), fc.integer({ min: 0, max: 30 }))
      .map(([negative, digits, decimals]) => {
        const padded = digits.toString().padStart(decimals + 1, '0');
        const split = padded.length - decimals;
        return `${negative ? '-' : ''}${padded.slice(0, split)}${decimals > 0 ? `.${padded.slice(split)}` : ''}`;
      });
    const doubles = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => `${value}`);
    fc.assert(
      fc.property(fc.oneof(decimal, doubles), (text) => {
        expect(number(text)).toBe(Number(text) + 0);
      }),
      { numRuns: 3000 },
    );
  });
});

describe('times', () => {
  test.each([
    '2026-04-01T00:00:00Z',
    '2026-04-01T00:00:00.000Z',
    '2026-04-01 00:00:00',
    '2026-04-01 00:00:00.000',
    '2024-02-29T23:59:59Z',
    '1999-12-31T23:59:59Z',
    '2026-04-01 00:00:00+00:00',
    '2026-04-01T00:00:00.000+00:00',
    '2026-04-01T00:00:00+0000',
    '2026-04-01 00:00:00+00',
    '2026-04-01 00:00:00.000 UTC',
  ])('%s', (text) => {
    const iso = `${text.slice(0, 10)}T${text.slice(11, 19)}Z`;
    expect(time(text)).toBe(Date.parse(iso) / 1000);
  });

  test.each([
    '',
    '2026-04',
    '01/04/2026',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2023-02-29T00:00:00Z',
    '2026-04-01T24:00:00Z',
    '2026-04-01T00:60:00Z',
    '2026-04-01T00:00:00+02:00',
    '2026-04-01T00:00:00-00:30',
    '2026-04-01T00:00:00+',
    '2026-04-01T00:00:00+00:',
    '2026-04-01 00:00:00 CET',
    '2026-04-01 00:00:00 UTCZ',
    '2026-04-01T00:00Z',
    '2026-04-01T00:00:00Zx',
  ])('%j is none', (text) => expect(time(text)).toBeNaN());

  test('every second of four centuries', () => {
    fc.assert(
      fc.property(fc.integer({ min: -2_000_000_000, max: 10_000_000_000 }), (second) => {
        expect(time(new Date(second * 1000).toISOString())).toBe(second);
      }),
    );
  });
});
