// Gathers the raw records of the kept lines of one file into blocks, ready to be deflated and written.
import { packedLength, packRecord, RAW_BLOCK_BYTES } from '../db/raw-records.ts';

export type PackedBlock = { readonly first: number; readonly last: number; readonly bytes: Buffer };

export type RawPacker = {
  /** Blocks that are ready; the caller empties it. */
  readonly blocks: PackedBlock[];
  /** The block that is being filled: its bytes, how many are used, its first and last record. */
  buffer: Buffer;
  used: number;
  first: number;
  last: number;
};

export function createRawPacker(): RawPacker {
  return { blocks: [], buffer: Buffer.allocUnsafe(RAW_BLOCK_BYTES), used: 0, first: 0, last: 0 };
}

/** Adds the record of this number, which lies at [start, end) of `text`. */
export function packRaw(packer: RawPacker, record: number, text: Buffer, start: number, end: number): void {
  const needed = packedLength(end - start);
  if (packer.used + needed > packer.buffer.length) closeBlock(packer);
  if (needed > packer.buffer.length) packer.buffer = Buffer.allocUnsafe(needed);
  if (packer.used === 0) packer.first = record;
  packer.last = record;
  packer.used = packRecord(packer.buffer, packer.used, record, text.subarray(start, end));
}

/** Closes the block that is being filled. */
export function closeBlock(packer: RawPacker): void {
  const { blocks, buffer, used, first, last } = packer;
  if (used === 0) return;
  blocks.push({ first, last, bytes: buffer.subarray(0, used) });
  packer.buffer = Buffer.allocUnsafe(RAW_BLOCK_BYTES);
  packer.used = 0;
}
