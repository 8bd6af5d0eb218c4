// Compensated sums by group in typed arrays, so that a million lines make no objects.
import { createTupleTable, type TupleTable } from './interning.ts';

export type GroupedSums = {
  /** Adds the values of so many lines to the group of this key; what is not a number adds nothing. */
  add(key: Int32Array, values: Float64Array, lines: number): void;
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
  let totals = new Float64Array(FIRST_GROUPS * measures);
  let compensations = new Float64Array(FIRST_GROUPS * measures);
  let counts = new Int32Array(FIRST_GROUPS);

  const widen = (): void => {
    totals = widened(totals);
    compensations = widened(compensations);
    const more = new Int32Array(counts.length * 2);
    more.set(counts);
    counts = more;
  };

  return {
    add(key, values, lines) {
      const group = keys.indexOf(key);
      if (group >= counts.length) widen();
      counts[group] = (counts[group] as number) + lines;
      addValues(totals, compensations, group * measures, values, measures);
    },
    size: () => keys.size(),
    keyPart: (group, part) => keys.part(group, part),
    lines: (group) => counts[group] as number,
    total(group, measure) {
      const at = group * measures + measure;
      return (totals[at] as number) + (compensations[at] as number);
    },
    clear() {
      keys = createTupleTable(keyParts);
      totals.fill(0);
      compensations.fill(0);
      counts.fill(0);
    },
  };
}

/** The compensated sum of shared/domain/sum.ts on arrays; the rounding error by Knuth's form, which needs no branch. */
function addValues(
  totals: Float64Array,
  compensations: Float64Array,
  base: number,
  values: Float64Array,
  measures: number,
): void {
  for (let measure = 0; measure < measures; measure++) {
    const value = values[measure] as number;
    if (value === 0 || Number.isNaN(value)) continue;
    const at = base + measure;
    const total = totals[at] as number;
    const next = total + value;
    const added = next - total;
    compensations[at] = (compensations[at] as number) + (total - (next - added)) + (value - added);
    totals[at] = next;
  }
}

function widened(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
