// Gives every distinct text and every distinct tuple a small number, without making a string for a text seen before.
import { isUtf8 } from 'node:buffer';

/** Id of the empty text: the export has no value. */
export const BLANK = 0;

export type Interner = {
  /** Id of the bytes at [start, end); `escaped` texts have their doubled quotes undone when read. */
  idOf(buffer: Buffer, start: number, end: number, escaped: number): number;
  /** The same for a text that has an id already; −1 for one that has none. */
  knownId(buffer: Buffer, start: number, end: number): number;
  idOfText(text: string): number;
  textOf(id: number): string;
  size(): number;
};

const HASH_SEED = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;

/** The texts of an interner: their bytes one after the other, and an open hash table from bytes to id. */
type Store = {
  table: Int32Array<ArrayBuffer>;
  mask: number;
  hashes: Int32Array<ArrayBuffer>;
  /** Where the bytes of a text begin; those of id n end where those of n + 1 begin. */
  offsets: Int32Array<ArrayBuffer>;
  arena: Buffer;
  count: number;
};

/** `onNotUtf8` is told once of each text that is not UTF-8, by where it begins in the buffer it is met in. */
export function createInterner(onNotUtf8: (start: number) => void = () => {}): Interner {
  const store: Store = {
    table: new Int32Array(1024),
    mask: 1023,
    hashes: new Int32Array(512),
    offsets: new Int32Array(513),
    arena: Buffer.allocUnsafe(16 * 1024),
    count: 0,
  };
  const texts: (string | undefined)[] = [''];
  const escapedIds = new Set<number>();
  let last = 0;

  /** The id of the bytes with this hash; 0 where they have none. */
  const find = (buffer: Buffer, start: number, length: number, hash: number): number => {
    const { table, hashes, mask } = store;
    let slot = hash & mask;
    let id = table[slot] as number;
    while (id !== 0 && !(hashes[id] === hash && isSame(store, id, buffer, start, length))) {
      slot = (slot + 1) & mask;
      id = table[slot] as number;
    }
    return id;
  };
  const idOf = (buffer: Buffer, start: number, end: number, escaped: number): number => {
    const length = end - start;
    if (length === 0) return BLANK;
    if (last !== 0 && isSame(store, last, buffer, start, length)) return last;
    const hash = hashOf(buffer, start, end);
    last = find(buffer, start, length, hash);
    if (last !== 0) return last;
    last = addText(store, buffer, start, length, hash);
    if (escaped === 1) escapedIds.add(last);
    if (!isUtf8(buffer.subarray(start, end))) onNotUtf8(start);
    return last;
  };

  return {
    idOf,
    knownId(buffer, start, end) {
      if (start === end) return BLANK;
      return find(buffer, start, end - start, hashOf(buffer, start, end)) || -1;
    },
    idOfText(text) {
      const bytes = Buffer.from(text);
      return idOf(bytes, 0, bytes.length, 0);
    },
    textOf(id) {
      const known = texts[id];
      if (known !== undefined) return known;
      const raw = store.arena.toString('utf8', store.offsets[id], store.offsets[id + 1]);
      const text = escapedIds.has(id) ? raw.replaceAll('""', '"') : raw;
      texts[id] = text;
      return text;
    },
    size: () => store.count,
  };
}

function isSame(
  { offsets, arena }: Store,
  id: number,
  buffer: Buffer,
  start: number,
  length: number,
): boolean {
  const offset = offsets[id] as number;
  if ((offsets[id + 1] as number) - offset !== length) return false;
  for (let index = 0; index < length; index++) {
    if (arena[offset + index] !== buffer[start + index]) return false;
  }
  return true;
}

function addText(store: Store, buffer: Buffer, start: number, length: number, hash: number): number {
  if ((store.count + 2) * 2 > store.table.length) growStore(store);
  store.count++;
  const id = store.count;
  const offset = store.offsets[id] as number;
  while (offset + length > store.arena.length) {
    store.arena = Buffer.concat([store.arena], store.arena.length * 2);
  }
  buffer.copy(store.arena, offset, start, start + length);
  store.hashes[id] = hash;
  store.offsets[id + 1] = offset + length;
  place(store.table, store.mask, hash, id);
  return id;
}

function growStore(store: Store): void {
  store.table = new Int32Array(store.table.length * 2);
  store.mask = store.table.length - 1;
  store.hashes = widened(store.hashes);
  store.offsets = widened(store.offsets);
  for (let id = 1; id <= store.count; id++) place(store.table, store.mask, store.hashes[id] as number, id);
}

/** Puts an entry into the first free slot from its hash on. */
function place(table: Int32Array, mask: number, hash: number, entry: number): void {
  let slot = hash & mask;
  while (table[slot] !== 0) slot = (slot + 1) & mask;
  table[slot] = entry;
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

/** Tuples of `stride` ids: their parts one after the other, and an open hash table from them to their index. */
export type TupleTable = {
  readonly stride: number;
  table: Int32Array<ArrayBuffer>;
  hashes: Int32Array<ArrayBuffer>;
  parts: Int32Array<ArrayBuffer>;
  /** How many there are. */
  size: number;
};

const FIRST_TUPLES = 512;

export function createTupleTable(stride: number): TupleTable {
  return {
    stride,
    table: new Int32Array(2 * FIRST_TUPLES),
    hashes: new Int32Array(FIRST_TUPLES),
    parts: new Int32Array(FIRST_TUPLES * stride),
    size: 0,
  };
}

/** Index (from 0) of the tuple that `ids` now holds; equal to `size` before the call when it is new. */
export function tupleIndex(tuples: TupleTable, ids: Int32Array): number {
  const { stride } = tuples;
  const hash = hashOfTuple(ids, stride);
  const held = findTuple(tuples, ids, hash);
  if (held >= 0) return held;
  if ((tuples.size + 1) * 2 > tuples.table.length) growTuples(tuples);
  const index = tuples.size++;
  tuples.hashes[index] = hash;
  for (let part = 0; part < stride; part++) tuples.parts[index * stride + part] = ids[part] as number;
  place(tuples.table, tuples.table.length - 1, hash, index + 1);
  return index;
}

/** The same for a tuple that is held; −1 for another. */
export function knownTuple(tuples: TupleTable, ids: Int32Array): number {
  return findTuple(tuples, ids, hashOfTuple(ids, tuples.stride));
}

/** One part of a tuple. */
export function tuplePart({ parts, stride }: TupleTable, index: number, part: number): number {
  return parts[index * stride + part] as number;
}

/** Forgets all tuples, and keeps their memory. */
export function clearTuples(tuples: TupleTable): void {
  tuples.table.fill(0);
  tuples.size = 0;
}

function findTuple({ table, hashes, parts, stride }: TupleTable, ids: Int32Array, hash: number): number {
  const mask = table.length - 1;
  let slot = hash & mask;
  for (let entry = table[slot] as number; entry !== 0; entry = table[slot] as number) {
    if (hashes[entry - 1] === hash && holds(parts, (entry - 1) * stride, ids, stride)) return entry - 1;
    slot = (slot + 1) & mask;
  }
  return -1;
}

function holds(parts: Int32Array, base: number, ids: Int32Array, stride: number): boolean {
  for (let part = 0; part < stride; part++) if (parts[base + part] !== ids[part]) return false;
  return true;
}

function growTuples(tuples: TupleTable): void {
  tuples.table = new Int32Array(tuples.table.length * 2);
  tuples.hashes = widened(tuples.hashes);
  tuples.parts = widened(tuples.parts);
  const mask = tuples.table.length - 1;
  for (let index = 0; index < tuples.size; index++) {
    place(tuples.table, mask, tuples.hashes[index] as number, index + 1);
  }
}

function hashOfTuple(ids: Int32Array, stride: number): number {
  let hash = HASH_SEED;
  for (let part = 0; part < stride; part++) {
    hash = Math.imul(hash ^ (ids[part] as number), 0x85ebca6b) ^ (hash >>> 13);
  }
  return hash ^ (hash >>> 15);
}
