import { expect, test } from 'vitest';
import { isFigureColumn } from '../../../src-renderer/screens/scenario/print-report.tsx';

const column = (...cells: string[]): boolean =>
  isFigureColumn(
    cells.map((cell) => ['name', cell]),
    1,
  );

test('a column of amounts stands at the right', () => {
  expect(column('$1,234.56', '−$3.00', '')).toBe(true);
  expect(column('$10.00 ($8.00 to $12.00)', '—')).toBe(true);
  expect(column('12.4%', '0')).toBe(true);
  expect(column('€5,00')).toBe(true);
  expect(column('$3.00', 'no price')).toBe(true);
  expect(column('2.941 requests/hour', '97.6%')).toBe(true);
  expect(column('$0.998164 / 1M tokens', '—')).toBe(true);
});

test('words, and columns in which words and figures mix, stand at the left; the first always does', () => {
  expect(column('2026-08-01 to 2026-10-31', 'none')).toBe(false);
  expect(column('retires in full')).toBe(false);
  expect(column('50.0%', 'not stated')).toBe(false);
  expect(column('', '')).toBe(false);
  expect(isFigureColumn([['1']], 0)).toBe(false);
});
