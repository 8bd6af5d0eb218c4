// The records of the kept lines as they stood in their file: packed into deflated blocks, found by record number.
import { deflateRaw, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Db } from './open.ts';

/** Plain bytes gathered before a block is deflated. */
export const RAW_BLOCK_BYTES = 256 * 1024;

/** What a block may become in one go: Node's own chunks of 16 KiB cost a third more. */
const DEFLATED_BYTES = 128 * 1024;

/** A hundredth larger than at level 3 and made in a fifth less time; level 4 takes twice as long. */
const DEFLATE_LEVEL = 2;

const HEAD_BYTES = 8;

/** One record as it goes into a block: its number, its length, its bytes. */
export function packRecord(target: Buffer, at: number, record: number, bytes: Uint8Array): number {
  target.writeUInt32LE(record, at);
  target.writeUInt32LE(bytes.length, at + 4);
  target.set(bytes, at + HEAD_BYTES);
  return at + packedLength(bytes.length);
}

export function packedLength(bytes: number): number {
  return HEAD_BYTES + bytes;
}

export type PackedRecord = { readonly record: number; readonly bytes: Uint8Array };

/** The records of a block that is not deflated, in their order. */
export function unpackRecords(packed: Buffer): PackedRecord[] {
  const records: PackedRecord[] = [];
  for (let at = 0; at < packed.length; ) {
    const start = at + HEAD_BYTES;
    const end = start + packed.readUInt32LE(at + 4);
    records.push({ record: packed.readUInt32LE(at), bytes: packed.subarray(start, end) });
    at = end;
  }
  return records;
}

/** A deflated block of these records. */
export function blockOf(records: readonly PackedRecord[]): Buffer {
  const length = records.reduce((sum, { bytes }) => sum + packedLength(bytes.length), 0);
  const packed = Buffer.alloc(length);
  let at = 0;
  for (const { record, bytes } of records) at = packRecord(packed, at, record, bytes);
  return deflateRawSync(packed, { level: DEFLATE_LEVEL });
}

/** Deflates a block off the main thread. */
export function deflateBlock(packed: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    deflateRaw(packed, { level: DEFLATE_LEVEL, chunkSize: DEFLATED_BYTES }, (error, block) =>
      error === null ? resolve(block) : reject(error),
    );
  });
}

export type RawRecord = {
  readonly file: string;
  readonly header: readonly string[];
  readonly delimiter: string;
  readonly text: string;
};

/** The record of one kept line, or null when the workspace does not hold it. */
export function rawRecord(db: Db, fileId: number, recordNumber: number): RawRecord | null {
  const found = db
    .prepare<[number, number, number], { records: Buffer; name: string; header: string; delimiter: string }>(
      `SELECT block.records, file.name, file.header, file.delimiter
       FROM raw_block AS block JOIN source_file AS file ON file.id = block.file_id
       WHERE block.file_id = ? AND block.first_record <= ? AND block.last_record >= ?`,
    )
    .get(fileId, recordNumber, recordNumber);
  if (found === undefined) return null;
  const packed = inflateRawSync(found.records);
  for (let at = 0; at < packed.length; ) {
    const length = packed.readUInt32LE(at + 4);
    if (packed.readUInt32LE(at) === recordNumber) {
      const text = packed.toString('utf8', at + HEAD_BYTES, at + HEAD_BYTES + length);
      return { file: found.name, header: JSON.parse(found.header), delimiter: found.delimiter, text };
    }
    at += HEAD_BYTES + length;
  }
  return null;
}
