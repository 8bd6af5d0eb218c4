// What the thread that unpacks gzip hands over is what the file holds, and a damaged file reads as it does without it.
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { openPlain, type PlainStream } from '../../../src-main/engine/import/open-source.ts';
import { createUnpacker } from '../../../src-main/engine/import/unpack.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-unpack-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, content: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Lines enough for many chunks: packed about three to one. */
const lines = Buffer.from(
  Array.from({ length: 400_000 }, (_, index) => `${index},${(index * 7919) % 100_003},EUC1-Nova\n`).join(''),
);
const packed = gzipSync(lines);

async function contentOf({ chunks }: PlainStream): Promise<Buffer> {
  const all: Buffer[] = [];
  for await (const chunk of chunks) all.push(Buffer.from(chunk));
  return Buffer.concat(all);
}

/** What is read of a file, or the message of why it cannot be. */
async function readingOf(stream: PlainStream): Promise<unknown> {
  try {
    const content = await contentOf(stream);
    return { length: content.length, sha256: sha256(content), read: stream.bytesRead() };
  } catch (error) {
    return (error as Error).message;
  }
}

const withByte = (bytes: Uint8Array, at: number, change: number): Uint8Array => {
  const other = Uint8Array.from(bytes);
  other[at] = (other[at] as number) ^ change;
  return other;
};

const FILES: readonly [what: string, content: Uint8Array, reads: 'whole' | RegExp][] = [
  ['one member', packed, 'whole'],
  ['several members', Buffer.concat([gzipSync(lines.subarray(0, 5)), gzipSync(lines.subarray(5))]), 'whole'],
  ['zeros behind it, as tapes leave them', Buffer.concat([packed, Buffer.alloc(512)]), 'whole'],
  [
    'something else behind it',
    Buffer.concat([packed, Buffer.from('and that is all')]),
    /incorrect header check/u,
  ],
  ['its end cut off', packed.subarray(0, packed.length - 1000), /it ends too early/u],
  ['only its beginning', packed.subarray(0, 12), /it ends too early/u],
  ['a byte changed in the middle', withByte(packed, packed.length >> 1, 0xff), /its contents are damaged/u],
  ['another checksum', withByte(packed, packed.length - 8, 1), /incorrect data check/u],
  ['another length', withByte(packed, packed.length - 4, 1), /incorrect length check/u],
];

describe('a gzip file reads the same on the thread that unpacks', () => {
  test.each(FILES)('%s', async (what, content, reads) => {
    const path = file(`${what.replaceAll(/\W/gu, '-')}.gz`, content);
    const here = await readingOf(openPlain(path, 'gzip', null));
    expect(await readingOf(createUnpacker().open(path))).toEqual(here);
    if (reads === 'whole') {
      expect(here).toEqual({ length: lines.length, sha256: sha256(lines), read: content.length });
    } else {
      expect(here).toMatch(reads);
    }
  });

  test('one that holds nothing', async () => {
    const path = file('nothing.gz', gzipSync(''));
    const nothing = { length: 0, sha256: sha256(Buffer.alloc(0)), read: 20 };
    expect(await readingOf(openPlain(path, 'gzip', null))).toEqual(nothing);
    expect(await readingOf(createUnpacker().open(path))).toEqual(nothing);
  });

  test('a file that is not there is named', async () => {
    const path = join(folder, 'nowhere.gz');
    expect(await readingOf(createUnpacker().open(path))).toBe(`${path} is not there. Check the path.`);
  });
});

test('one after the other, each with the hash of the file on disk', async () => {
  const unpacker = createUnpacker();
  for (const content of [packed, gzipSync('a,b\n1,2\n'), packed]) {
    const stream = unpacker.open(file('next.gz', content));
    await contentOf(stream);
    expect(stream.sha256()).toBe(sha256(content));
  }
});

test('whoever gives up in the middle finds the next file from its beginning', async () => {
  const unpacker = createUnpacker();
  const path = file('left.gz', packed);
  for await (const chunk of unpacker.open(path).chunks) {
    expect(chunk.length).toBeGreaterThan(0);
    break;
  }
  expect(sha256(await contentOf(unpacker.open(path)))).toBe(sha256(lines));
});

test('a decompression bomb is refused before it is unpacked', async () => {
  const path = file('bomb.gz', gzipSync(Buffer.alloc(512 * 1024 ** 2)));
  const stream = createUnpacker().open(path);
  await expect(contentOf(stream)).rejects.toThrow(/taken for a decompression bomb/u);
});
