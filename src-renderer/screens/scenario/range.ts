// Ranges a person edits: whatever bound is moved, low ≤ base ≤ high stays true.
import type { Range } from '../../../shared/domain/whatif/scenario.ts';

export type Bound = keyof Range;
export const BOUNDS = ['low', 'base', 'high'] as const satisfies readonly Bound[];

/** Sets one bound; the others follow only as far as they must. A range of one value moves as one with its base. */
export function withBound(range: Range, bound: Bound, value: number): Range {
  switch (bound) {
    case 'low':
      return { low: value, base: Math.max(range.base, value), high: Math.max(range.high, value) };
    case 'base':
      if (isExact(range)) return exactly(value);
      return { low: Math.min(range.low, value), base: value, high: Math.max(range.high, value) };
    case 'high':
      return { low: Math.min(range.low, value), base: Math.min(range.base, value), high: value };
  }
}

export const exactly = (value: number): Range => ({ low: value, base: value, high: value });
export const isExact = ({ low, high }: Range): boolean => low === high;

/** How values lie along a slider: evenly, or closer together towards the top so that small ones can be hit too. */
export type Scale = {
  readonly max: number;
  readonly step: number;
  /** Exponent of the scale: 1 = even. */
  readonly power: number;
};

/** Position (0…1) on the slider of a value; values above the scale stand at its end. */
export function toPosition(value: number, { max, power }: Scale): number {
  return Math.min(1, Math.max(0, value / max)) ** (1 / power);
}

/** The value at a position, on the nearest step that still tells positions apart. */
export function fromPosition(position: number, { max, step, power }: Scale): number {
  const value = Math.min(1, Math.max(0, position)) ** power * max;
  const steps = Math.round(value / step) * step;
  return Number(steps.toPrecision(10));
}
