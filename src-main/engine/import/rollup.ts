// Sums the lines that are not kept, per (series, day), in typed arrays: what makes a 100 GB report a small file.
import {
  addToGroup,
  clearGroups,
  createGroupedSums,
  type GroupedSums,
  groupOf,
  groupTotal,
} from './grouped-sums.ts';
import { tuplePart } from './interning.ts';

export const MEASURES = [
  'quantity',
  'unblended',
  'netUnblended',
  'amortized',
  'netAmortized',
  'list',
  'openUnblended',
  'openDiscount',
  'contractedStated',
] as const;

export type RollupRow = {
  readonly series: number;
  readonly delivery: number;
  readonly day: number;
  readonly lineItems: number;
  readonly quantity: number | null;
  readonly unblended: number;
  readonly netUnblended: number;
  readonly amortized: number | null;
  readonly netAmortized: number | null;
  readonly list: number | null;
  readonly openUnblended: number;
  readonly openDiscount: number;
  readonly contractedStated: number | null;
};

export type Rollup = {
  /** Adds so many lines. NaN stands for "not stated"; lines that state different measures are summed apart. */
  add(series: number, delivery: number, day: number, values: Float64Array, lines: number): void;
  /** Groups gathered that are not set apart. */
  size(): number;
  /** Sets the sums apart that were gathered so far, and begins anew. All that were set apart before are taken. */
  setApart(): void;
  /** Takes the next of the sums set apart. */
  take(): RollupRow;
  /** Sums set apart that are not taken. */
  left(): number;
};

const NULLABLE = [0, 3, 4, 5, 8] as const;

/** Parts of a group's key: series, delivery, day, and which measures are stated. */
const KEY_PARTS = 4;

/** Groups are homogeneous: within one, a measure is stated by every line or by none. */
export function createRollup(): Rollup {
  let sums = createGroupedSums(KEY_PARTS, MEASURES.length);
  let apart = createGroupedSums(KEY_PARTS, MEASURES.length);
  let taken = 0;
  const key = new Int32Array(KEY_PARTS);
  return {
    add(series, delivery, day, values, lines) {
      key[0] = series;
      key[1] = delivery;
      key[2] = day;
      key[3] = statedMask(values);
      addToGroup(sums, groupOf(sums, key), values, lines);
    },
    size: () => sums.keys.size,
    setApart() {
      clearGroups(apart);
      [sums, apart] = [apart, sums];
      taken = 0;
    },
    take: () => rowOf(apart, taken++),
    left: () => apart.keys.size - taken,
  };
}

function rowOf(sums: GroupedSums, group: number): RollupRow {
  const key = (part: number): number => tuplePart(sums.keys, group, part);
  const mask = key(3);
  const value = (measure: number): number => groupTotal(sums, group, measure);
  const stated = (bit: number, measure: number): number | null =>
    (mask & (1 << bit)) === 0 ? null : value(measure);
  return {
    series: key(0),
    delivery: key(1),
    day: key(2),
    lineItems: sums.lines[group] as number,
    quantity: stated(0, 0),
    unblended: value(1),
    netUnblended: value(2),
    amortized: stated(1, 3),
    netAmortized: stated(2, 4),
    list: stated(3, 5),
    openUnblended: value(6),
    openDiscount: value(7),
    contractedStated: stated(4, 8),
  };
}

function statedMask(values: Float64Array): number {
  let mask = 0;
  for (let bit = 0; bit < NULLABLE.length; bit++) {
    if (!Number.isNaN(values[NULLABLE[bit] as number] as number)) mask |= 1 << bit;
  }
  return mask;
}
