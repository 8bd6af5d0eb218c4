// Compensated sums by group in typed arrays, so that a million lines make no objects.
import { clearTuples, createTupleTable, type TupleTable, tupleIndex } from './interning.ts';

export type GroupedSums = {
  readonly measures: number;
  /** Groups are numbered as their keys are. */
  readonly keys: TupleTable;
  /** Per group and measure: the total, then what its roundings lost. */
  sums: Float64Array<ArrayBuffer>;
  /** Lines of each group. */
  lines: Int32Array<ArrayBuffer>;
};

/** Groups that have space at first. */
const FIRST_GROUPS = 1024;

export function createGroupedSums(keyParts: number, measures: number): GroupedSums {
  return {
    measures,
    keys: createTupleTable(keyParts),
    sums: new Float64Array(FIRST_GROUPS * measures * 2),
    lines: new Int32Array(FIRST_GROUPS),
  };
}

/** The group of this key, made where there is none. */
export function groupOf(sums: GroupedSums, key: Int32Array): number {
  const group = tupleIndex(sums.keys, key);
  if (group >= sums.lines.length) widen(sums);
  return group;
}

function widen(sums: GroupedSums): void {
  const wider = new Float64Array(sums.sums.length * 2);
  wider.set(sums.sums);
  sums.sums = wider;
  const longer = new Int32Array(sums.lines.length * 2);
  longer.set(sums.lines);
  sums.lines = longer;
}

/** The compensated sum of shared/domain/sum.ts on arrays; the rounding error by Knuth's form, which needs no branch. */
export function addToGroup(
  { sums, lines: counts, measures }: GroupedSums,
  group: number,
  values: Float64Array,
  lines: number,
): void {
  counts[group] = (counts[group] as number) + lines;
  for (let measure = 0, at = group * measures * 2; measure < measures; measure++, at += 2) {
    const value = values[measure] as number;
    if (value === 0 || Number.isNaN(value)) continue;
    const total = sums[at] as number;
    const next = total + value;
    const added = next - total;
    sums[at] = next;
    sums[at + 1] = (sums[at + 1] as number) + (total - (next - added)) + (value - added);
  }
}

export function groupTotal({ sums, measures }: GroupedSums, group: number, measure: number): number {
  const at = 2 * (group * measures + measure);
  return (sums[at] as number) + (sums[at + 1] as number);
}

/** Forgets all groups, and keeps their memory. */
export function clearGroups({ keys, sums, lines, measures }: GroupedSums): void {
  sums.fill(0, 0, keys.size * measures * 2);
  lines.fill(0, 0, keys.size);
  clearTuples(keys);
}
