// Low, base and high of a result.
import { expect, test } from 'vitest';
import { bandOf } from '../../../shared/domain/whatif/band.ts';

test('the extremes over the cases, of which the base is one', () => {
  expect(bandOf(314.4, [200, 400, 300])).toEqual({ low: 200, base: 314.4, high: 400 });
  expect(bandOf(5, [7, 9])).toEqual({ low: 5, base: 5, high: 9 });
});

test('what sums leave when they are rounded is no range; a billionth of the result is nothing, a cent of it is', () => {
  const base = 314.4;
  expect(bandOf(base, [base - 1e-11, base + 1e-11])).toEqual({ low: base, base, high: base });
  expect(bandOf(-base, [-base - 1e-11, -base + 1e-11])).toEqual({ low: -base, base: -base, high: -base });
  expect(bandOf(base, [base - 0.01])).toEqual({ low: base - 0.01, base, high: base });
});
