// Recognises a row by the bytes of some of its fields, all at once: one hash and one comparison instead of one a field.
import type { Scanner } from './scanner.ts';

const HASH_SEED = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

export type RowMemory = {
  /** What was remembered for a record with the same texts in these fields as the scanner's current one; −1 for nothing. */
  recall(): number;
  /** Remembers `value` for the record that `recall` was last asked about. */
  remember(value: number): void;
};

/** Most rows remembered: some 10 MB. Reports with more distinct rows than that are read field by field from there on. */
const MOST_ROWS = 32_768;

export function createRowMemory(scanner: Scanner, slots: readonly number[]): RowMemory {
  const stride = slots.length;
  const order = Int16Array.from(slots);
  let table = new Int32Array(1024);
  let hashes = new Int32Array(512);
  let values = new Int32Array(512);
  let offsets = new Int32Array(512);
  let lengths = new Int32Array(512 * stride);
  let arena = Buffer.allocUnsafe(64 * 1024);
  let used = 0;
  let count = 0;
  let hash = 0;

  const isSame = (entry: number): boolean => {
    const { buffer, starts, ends } = scanner;
    let at = offsets[entry] as number;
    for (let index = 0; index < stride; index++) {
      const start = starts[order[index] as number] as number;
      const length = (ends[order[index] as number] as number) - start;
      if (lengths[entry * stride + index] !== length) return false;
      for (let byte = 0; byte < length; byte++) if (arena[at + byte] !== buffer[start + byte]) return false;
      at += length;
    }
    return true;
  };

  const place = (entry: number): void => {
    const mask = table.length - 1;
    let slot = (hashes[entry] as number) & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = entry + 1;
  };

  const grow = (): void => {
    table = new Int32Array(table.length * 2);
    hashes = widened(hashes);
    values = widened(values);
    offsets = widened(offsets);
    lengths = widened(lengths);
    for (let entry = 0; entry < count; entry++) place(entry);
  };

  return {
    recall() {
      hash = hashOf(scanner, order);
      const mask = table.length - 1;
      let slot = hash & mask;
      for (let entry = table[slot] as number; entry !== 0; entry = table[slot] as number) {
        if (hashes[entry - 1] === hash && isSame(entry - 1)) return values[entry - 1] as number;
        slot = (slot + 1) & mask;
      }
      return -1;
    },
    remember(value) {
      if (count === MOST_ROWS) return;
      if ((count + 1) * 2 > table.length) grow();
      const { buffer, starts, ends } = scanner;
      offsets[count] = used;
      for (let index = 0; index < stride; index++) {
        const start = starts[order[index] as number] as number;
        const end = ends[order[index] as number] as number;
        while (used + end - start > arena.length) arena = Buffer.concat([arena], arena.length * 2);
        buffer.copy(arena, used, start, end);
        lengths[count * stride + index] = end - start;
        used += end - start;
      }
      hashes[count] = hash;
      values[count] = value;
      place(count);
      count++;
    },
  };
}

/** FNV-like over the fields' bytes, four a step, and their lengths. */
function hashOf({ buffer, starts, ends }: Scanner, order: Int16Array): number {
  let hash = HASH_SEED;
  for (let field = 0; field < order.length; field++) {
    let index = starts[order[field] as number] as number;
    const end = ends[order[field] as number] as number;
    hash = Math.imul(hash ^ (end - index), HASH_FACTOR);
    for (; index + 4 <= end; index += 4) {
      const word =
        (buffer[index] as number) |
        ((buffer[index + 1] as number) << 8) |
        ((buffer[index + 2] as number) << 16) |
        ((buffer[index + 3] as number) << 24);
      hash = Math.imul(hash ^ word, HASH_FACTOR);
      hash ^= hash >>> 15;
    }
    for (; index < end; index++) hash = Math.imul(hash ^ (buffer[index] as number), HASH_FACTOR);
  }
  return hash ^ (hash >>> 15);
}

function widened(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
