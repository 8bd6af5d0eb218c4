// Compensated sums by group in typed arrays, so that a million lines make no objects.
import { createTupleTable, type TupleTable } from './interning.ts';

export type GroupedSums = {
  /** The group of this key, made where there is none. */
  groupOf(key: Int32Array): number;
  /** Adds the values of so many lines to it; what is not a number adds nothing. */
  add(group: number, values: Float64Array, lines: number): void;
  size(): number;
  keyPart(group: number, part: number): number;
  lines(group: number): number;
  total(group: number, measure: number): number;
  clear(): void;
};

/** Groups that have space at first. */
const FIRST_GROUPS = 1024;

export function createGroupedSums(keyParts: number, measures: number): GroupedSums {
  let keys: TupleTable = createTupleTable(keyParts);
  /** Per group and measure: the total, then what its roundings lost. */
  let sums = new Float64Array(FIRST_GROUPS * measures * 2);
  let counts = new Int32Array(FIRST_GROUPS);

  const widen = (): void => {
    const moreSums = new Float64Array(sums.length * 2);
    moreSums.set(sums);
    sums = moreSums;
    const moreCounts = new Int32Array(counts.length * 2);
    moreCounts.set(counts);
    counts = moreCounts;
  };

  return {
    groupOf(key) {
      const group = keys.indexOf(key);
      if (group >= counts.length) widen();
      return group;
    },
    add(group, values, lines) {
      counts[group] = (counts[group] as number) + lines;
      addValues(sums, group * measures * 2, values);
    },
    size: () => keys.size(),
    keyPart: (group, part) => keys.part(group, part),
    lines: (group) => counts[group] as number,
    total(group, measure) {
      const at = 2 * (group * measures + measure);
      return (sums[at] as number) + (sums[at + 1] as number);
    },
    clear() {
      keys = createTupleTable(keyParts);
      sums.fill(0);
      counts.fill(0);
    },
  };
}

/** The compensated sum of shared/domain/sum.ts on arrays; the rounding error by Knuth's form, which needs no branch. */
function addValues(sums: Float64Array, base: number, values: Float64Array): void {
  for (let measure = 0, at = base; measure < values.length; measure++, at += 2) {
    const value = values[measure] as number;
    if (value === 0 || Number.isNaN(value)) continue;
    const total = sums[at] as number;
    const next = total + value;
    const added = next - total;
    sums[at] = next;
    sums[at + 1] = (sums[at + 1] as number) + (total - (next - added)) + (value - added);
  }
}
