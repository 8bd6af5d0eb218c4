// Sums the lines that are not kept, per (series, day), in typed arrays: what makes a 100 GB report a small file.
import { createTupleTable, type TupleTable } from './interning.ts';

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
const STRIDE = MEASURES.length;

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
  /** Adds one line. NaN stands for "not stated"; lines that state different measures are summed apart. */
  add(series: number, delivery: number, day: number, values: Float64Array): void;
  size(): number;
  rows(): Generator<RollupRow, void>;
  clear(): void;
};

const NULLABLE = [0, 3, 4, 5, 8] as const;

/** Parts of a group's key: series, delivery, day, and which measures are stated. */
const KEY_PARTS = 4;

/** Groups are homogeneous: within one, a measure is stated by every line or by none. */
export function createRollup(): Rollup {
  let keys: TupleTable = createTupleTable(KEY_PARTS);
  let totals = new Float64Array(1024 * STRIDE);
  let compensations = new Float64Array(1024 * STRIDE);
  let counts = new Int32Array(1024);
  const key = new Int32Array(KEY_PARTS);

  const widen = (): void => {
    totals = widened(totals);
    compensations = widened(compensations);
    const more = new Int32Array(counts.length * 2);
    more.set(counts);
    counts = more;
  };

  return {
    add(series, delivery, day, values) {
      key[0] = series;
      key[1] = delivery;
      key[2] = day;
      key[3] = statedMask(values);
      const group = keys.indexOf(key);
      if (group >= counts.length) widen();
      counts[group] = (counts[group] as number) + 1;
      addValues(totals, compensations, group * STRIDE, values);
    },
    size: () => keys.size(),
    *rows() {
      for (let group = 0; group < keys.size(); group++) {
        const at = group * STRIDE;
        yield rowOf(keys, group, counts[group] as number, (measure) => {
          return (totals[at + measure] as number) + (compensations[at + measure] as number);
        });
      }
    },
    clear() {
      keys = createTupleTable(KEY_PARTS);
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
): void {
  for (let measure = 0; measure < STRIDE; measure++) {
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

function rowOf(
  keys: TupleTable,
  group: number,
  lineItems: number,
  value: (measure: number) => number,
): RollupRow {
  const mask = keys.part(group, 3);
  const stated = (bit: number, measure: number): number | null =>
    (mask & (1 << bit)) === 0 ? null : value(measure);
  return {
    series: keys.part(group, 0),
    delivery: keys.part(group, 1),
    day: keys.part(group, 2),
    lineItems,
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

function widened(array: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(array.length * 2);
  larger.set(array);
  return larger;
}
