// Ranges a person edits: whatever bound is moved, low ≤ base ≤ high stays true.
import type { Range } from '../../../shared/domain/whatif/scenario.ts';

export type Bound = keyof Range;

/** Sets one bound; the others follow only as far as they must. */
export function withBound(range: Range, bound: Bound, value: number): Range {
  switch (bound) {
    case 'low':
      return { low: value, base: Math.max(range.base, value), high: Math.max(range.high, value) };
    case 'base':
      return { low: Math.min(range.low, value), base: value, high: Math.max(range.high, value) };
    case 'high':
      return { low: Math.min(range.low, value), base: Math.min(range.base, value), high: value };
  }
}

export const exactly = (value: number): Range => ({ low: value, base: value, high: value });
export const isExact = ({ low, high }: Range): boolean => low === high;
