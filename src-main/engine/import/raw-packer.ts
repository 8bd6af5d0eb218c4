// Gathers the raw records of the kept lines of one file into blocks, ready to be deflated and written.
import { packedLength, packRecord, RAW_BLOCK_BYTES } from '../db/raw-records.ts';

export type PackedBlock = { readonly first: number; readonly last: number; readonly bytes: Buffer };

export type RawPacker = {
  /** Adds the record of this number, which lies at [start, end) of `text`. */
  add(record: number, text: Buffer, start: number, end: number): void;
  /** Closes the block that is being filled. */
  flush(): void;
  /** Blocks that are ready; the caller empties it. */
  readonly blocks: PackedBlock[];
};

export function createRawPacker(): RawPacker {
  const blocks: PackedBlock[] = [];
  let buffer = Buffer.allocUnsafe(RAW_BLOCK_BYTES);
  let used = 0;
  let first = 0;
  let last = 0;
  const flush = (): void => {
    if (used === 0) return;
    blocks.push({ first, last, bytes: buffer.subarray(0, used) });
    buffer = Buffer.allocUnsafe(RAW_BLOCK_BYTES);
    used = 0;
  };
  return {
    blocks,
    flush,
    add(record, text, start, end) {
      const needed = packedLength(end - start);
      if (used + needed > buffer.length) flush();
      if (needed > buffer.length) buffer = Buffer.allocUnsafe(needed);
      if (used === 0) first = record;
      last = record;
      used = packRecord(buffer, used, record, text.subarray(start, end));
    },
  };
}
