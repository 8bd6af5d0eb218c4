// The one way to add money and quantities: compensated (Neumaier), so that a bill's total does not depend on row order.

/** Running compensated sum. Currency-agnostic: never feed it two currencies. */
export type Sum = { total: number; compensation: number };

export function emptySum(): Sum {
  return { total: 0, compensation: 0 };
}

export function addTo(sum: Sum, value: number): void {
  const next = sum.total + value;
  sum.compensation +=
    Math.abs(sum.total) >= Math.abs(value) ? sum.total - next + value : value - next + sum.total;
  sum.total = next;
}

export function totalOf(sum: Sum): number {
  return sum.total + sum.compensation;
}

export function sumOf(values: Iterable<number>): number {
  const sum = emptySum();
  for (const value of values) addTo(sum, value);
  return totalOf(sum);
}

/**
 * Whether two totals are equal in the sense of the tie-out: |Δ| ≤ 1e-9 × Σ|x|.
 * Relative to the absolute volume, never to the total, because credits cancel usage.
 */
export function totalsAgree(left: number, right: number, absoluteVolume: number): boolean {
  return Math.abs(left - right) <= 1e-9 * Math.max(absoluteVolume, Number.MIN_VALUE);
}

/** left − right; exactly 0 where the two differ only by the rounding of their sums. */
export function difference(left: number, right: number): number {
  return totalsAgree(left, right, Math.abs(left) + Math.abs(right)) ? 0 : left - right;
}
