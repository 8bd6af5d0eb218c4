// Numbers the rows of a file by the bytes of some of their fields, all at once: one hash and one comparison instead of
// one a field. A short cut only: what has no number, or where there is no WebAssembly, is read field by field.
import type { Scanner } from './scanner.ts';

export type RowNumbers = {
  /** The number of the rows with these texts in the fields and the same `seed` beside them, the first is 0; −1 for none. */
  numberOf(seed: number): number;
};

const NONE: RowNumbers = { numberOf: () => -1 };

/** There are two, for as many sets of slots of the file that is being read. */
export function createRowNumbers(scanner: Scanner, which: 0 | 1, slots: readonly number[]): RowNumbers {
  const { splitter } = scanner;
  if (splitter === null || slots.length === 0) return NONE;
  const rows = splitter.rows(which, slots);
  return {
    numberOf(seed) {
      // A record that was mended, or is longer than the memory, lies elsewhere.
      if (scanner.buffer !== splitter.text) return -1;
      const row = rows.recall(seed);
      return row < 0 ? rows.remember() : row;
    },
  };
}
