// Recognises a row by the bytes of some of its fields, all at once: one hash and one comparison instead of one a field.
// A short cut only: what it does not know, or has no WebAssembly for, is read field by field.
import type { Scanner } from './scanner.ts';
import { MOST_ROWS } from './split.ts';

export type RowMemory = {
  /** What was remembered for a record with these texts in its fields and the same number beside them; −1 for nothing. */
  recall(seed: number): number;
  /** Remembers `value` for the record that `recall` was last asked about and did not know. */
  remember(value: number): void;
  /** Whether further rows are no longer remembered. */
  isFull(): boolean;
};

const NOTHING: RowMemory = { recall: () => -1, remember: () => {}, isFull: () => false };

/** There are two, for as many sets of slots of the file that is being read. */
export function createRowMemory(scanner: Scanner, which: 0 | 1, slots: readonly number[]): RowMemory {
  const { splitter } = scanner;
  if (splitter === null) return NOTHING;
  const rows = splitter.rows(which, slots);
  const values = new Int32Array(MOST_ROWS);
  let isFull = false;
  let isUnknown = false;
  return {
    recall(seed) {
      // A record that was mended, or is longer than the memory, lies elsewhere.
      isUnknown = false;
      if (scanner.buffer !== splitter.text) return -1;
      const row = rows.recall(seed);
      isUnknown = row < 0;
      return row < 0 ? -1 : (values[row] as number);
    },
    remember(value) {
      if (!isUnknown) return;
      isUnknown = false;
      const row = rows.remember();
      if (row < 0) isFull = true;
      else values[row] = value;
    },
    isFull: () => isFull,
  };
}
