// Low, base and high of a result over the cases it was computed for.
import { difference } from '../sum.ts';
import type { Band } from './answer.ts';

/**
 * The extremes of a result over all cases, with its base case. The base counts as a case. An end that differs from it only
 * by the rounding of sums is the base itself: a result that no range moves is one figure.
 */
export function bandOf(base: number, cases: readonly number[]): Band {
  let low = base;
  let high = base;
  for (const value of cases) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return {
    low: difference(base, low) === 0 ? base : low,
    base,
    high: difference(base, high) === 0 ? base : high,
  };
}

export const ZERO_BAND: Band = { low: 0, base: 0, high: 0 };
