// Gives every distinct text and every distinct tuple a small number, without making a string for a text seen before.

/** Id of the empty text: the export has no value. */
export const BLANK = 0;

export type Interner = {
  /** Id of the bytes at [start, end); `escaped` texts have their doubled quotes undone when read. */
  idOf(buffer: Buffer, start: number, end: number, escaped: number): number;
  idOfText(text: string): number;
  textOf(id: number): string;
  size(): number;
};

const HASH_SEED = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

export function createInterner(): Interner {
  let table = new Int32Array(1024);
  let mask = table.length - 1;
  let hashes = new Int32Array(512);
  let offsets = new Int32Array(513);
  let arena = Buffer.allocUnsafe(16 * 1024);
  const texts: (string | undefined)[] = [''];
  const escapedIds = new Set<number>();
  let count = 0;
  let last = 0;

  const isSame = (id: number, buffer: Buffer, start: number, length: number): boolean => {
    const offset = offsets[id] as number;
    if ((offsets[id + 1] as number) - offset !== length) return false;
    for (let index = 0; index < length; index++) {
      if (arena[offset + index] !== buffer[start + index]) return false;
    }
    return true;
  };

  const grow = (): void => {
    table = new Int32Array(table.length * 2);
    mask = table.length - 1;
    hashes = widened(hashes);
    offsets = widened(offsets);
    for (let id = 1; id <= count; id++) {
      let slot = (hashes[id] as number) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = id;
    }
  };

  const add = (buffer: Buffer, start: number, length: number, hash: number): number => {
    if ((count + 2) * 2 > table.length) grow();
    count++;
    const offset = offsets[count] as number;
    while (offset + length > arena.length) arena = Buffer.concat([arena], arena.length * 2);
    buffer.copy(arena, offset, start, start + length);
    hashes[count] = hash;
    offsets[count + 1] = offset + length;
    let slot = hash & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = count;
    return count;
  };

  const idOf = (buffer: Buffer, start: number, end: number, escaped: number): number => {
    const length = end - start;
    if (length === 0) return BLANK;
    if (last !== 0 && isSame(last, buffer, start, length)) return last;
    const hash = hashOf(buffer, start, end);
    let slot = hash & mask;
    for (let id = table[slot] as number; id !== 0; id = table[slot] as number) {
      if (hashes[id] === hash && isSame(id, buffer, start, length)) {
        last = id;
        return id;
      }
      slot = (slot + 1) & mask;
    }
    last = add(buffer, start, length, hash);
    if (escaped === 1) escapedIds.add(last);
    return last;
  };

  return {
    idOf,
    idOfText(text) {
      const bytes = Buffer.from(text);
      return idOf(bytes, 0, bytes.length, 0);
    },
    textOf(id) {
      const known = texts[id];
      if (known !== undefined) return known;
      const raw = arena.toString('utf8', offsets[id], offsets[id + 1]);
      const text = escapedIds.has(id) ? raw.replaceAll('""', '"') : raw;
      texts[id] = text;
      return text;
    },
    size: () => count,
  };
}

/** FNV-like, four bytes a step. */
function hashOf(buffer: Buffer, start: number, end: number): number {
  let hash = HASH_SEED ^ (end - start);
  let index = start;
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
  return hash ^ (hash >>> 15);
}

function widened(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}

export type TupleTable = {
  /** Index (from 0) of the tuple that `ids` now holds; equal to `size()` before the call when it is new. */
  indexOf(ids: Int32Array): number;
  /** One part of a tuple. */
  part(index: number, part: number): number;
  size(): number;
};

export function createTupleTable(stride: number): TupleTable {
  let table = new Int32Array(1024);
  let mask = table.length - 1;
  let hashes = new Int32Array(512);
  let parts = new Int32Array(512 * stride);
  let count = 0;

  const place = (index: number): void => {
    let slot = (hashes[index] as number) & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = index + 1;
  };

  const isSame = (index: number, ids: Int32Array): boolean => {
    const base = index * stride;
    for (let part = 0; part < stride; part++) if (parts[base + part] !== ids[part]) return false;
    return true;
  };

  return {
    indexOf(ids) {
      let hash = HASH_SEED;
      for (let part = 0; part < stride; part++)
        hash = Math.imul(hash ^ (ids[part] as number), 0x85ebca6b) ^ (hash >>> 13);
      hash ^= hash >>> 15;
      let slot = hash & mask;
      for (let entry = table[slot] as number; entry !== 0; entry = table[slot] as number) {
        if (hashes[entry - 1] === hash && isSame(entry - 1, ids)) return entry - 1;
        slot = (slot + 1) & mask;
      }
      if ((count + 1) * 2 > table.length) {
        table = new Int32Array(table.length * 2);
        mask = table.length - 1;
        hashes = widened(hashes);
        parts = widened(parts);
        for (let index = 0; index < count; index++) place(index);
      }
      hashes[count] = hash;
      parts.set(ids.subarray(0, stride), count * stride);
      place(count);
      count++;
      return count - 1;
    },
    part: (index, part) => parts[index * stride + part] as number,
    size: () => count,
  };
}
