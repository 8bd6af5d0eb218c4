// Numbers the rows of a file by the bytes of some of their fields, all at once: one hash and one comparison instead of
// one a field. A short cut only: what has no number, or where there is no WebAssembly, is read field by field.
import type { Scanner } from './scanner.ts';
import type { Rows, Splitter } from './split.ts';

/** Null where rows have no numbers. */
export type RowNumbers = { readonly splitter: Splitter; readonly rows: Rows } | null;

/** There are two, for as many sets of slots of the file that is being read. */
export function createRowNumbers({ splitter }: Scanner, which: 0 | 1, slots: readonly number[]): RowNumbers {
  if (splitter === null || slots.length === 0) return null;
  return { splitter, rows: splitter.rows(which, slots) };
}

/** The number of the rows with the record's texts in the fields and the same `seed` beside them, the first is 0; −1 for none. */
export function rowNumber(numbers: RowNumbers, { buffer }: Scanner, seed: number): number {
  // A record that was mended, or is longer than the memory, lies elsewhere.
  if (numbers === null || buffer !== numbers.splitter.text) return -1;
  const { splitter, rows } = numbers;
  const row = splitter.recall(rows, seed);
  return row < 0 ? splitter.remember(rows) : row;
}
