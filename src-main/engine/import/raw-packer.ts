// Gathers the raw records of the kept lines of one file into blocks, ready to be deflated and written.
import { packedLength, packRecord, RAW_BLOCK_BYTES } from '../db/raw-records.ts';
import type { Scanner } from './scanner.ts';

export type PackedBlock = { readonly first: number; readonly last: number; readonly bytes: Buffer };

export type RawPacker = {
  /** Adds the scanner's current record. */
  add(record: number, scanner: Scanner): void;
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
    add(record, { buffer: source, recordStart, recordEnd }) {
      const needed = packedLength(recordEnd - recordStart);
      if (used + needed > buffer.length) flush();
      if (needed > buffer.length) buffer = Buffer.allocUnsafe(needed);
      if (used === 0) first = record;
      last = record;
      used = packRecord(buffer, used, record, source.subarray(recordStart, recordEnd));
    },
  };
}
