// A gzip file unpacked on a thread of its own gives the bytes, the hash and the errors that it gives on this one.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { openPlain } from '../../../src-main/engine/import/open-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-unpack-'));

/** Three and a half chunks that do not pack well, and two members, as some tools write them. */
const PLAIN = Buffer.concat([randomBytes(2_500_000), Buffer.alloc(1_200_000, 'a,b\n')]);
const PACKED = Buffer.concat([gzipSync(PLAIN.subarray(0, 3_000_000)), gzipSync(PLAIN.subarray(3_000_000))]);

function file(name: string, bytes: Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

async function read(path: string, onThread: boolean): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of openPlain(path, 'gzip', null, onThread).chunks) chunks.push(chunk.slice());
  return Buffer.concat(chunks);
}

test('bytes, their number and their hash are those of the file', async () => {
  const path = file('whole.gz', PACKED);
  const stream = openPlain(path, 'gzip', null, true);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream.chunks) chunks.push(chunk.slice());
  expect(Buffer.concat(chunks).equals(PLAIN)).toBe(true);
  expect(stream.bytesRead()).toBe(PACKED.length);
  expect(stream.sha256()).toBe(createHash('sha256').update(PACKED).digest('hex'));
  expect((await read(path, false)).equals(PLAIN)).toBe(true);
});

const bent = Buffer.from(PACKED);
bent.fill(0x55, 1_000_000, 1_000_200);
test.each([
  ['ends too early', file('short.gz', PACKED.subarray(0, 1_500_000)), /is not complete|ends too early/u],
  ['is damaged', file('bent.gz', bent), /damaged/u],
  ['is not there', join(folder, 'none.gz'), /is not there\. Check the path/u],
  ['is a folder', folder, /cannot be read/u],
])('a file that %s is refused as on this thread', async (_, path, message) => {
  await expect(read(path, true)).rejects.toThrow(message);
  const here = await read(path, false).catch((error: Error) => error.message);
  await expect(read(path, true)).rejects.toThrow(here as string);
});

test('who stops early leaves no thread behind: the process ends', () => {
  const path = file('stopped.gz', PACKED);
  const opener = join(import.meta.dirname, '../../../src-main/engine/import/open-source.ts');
  const script = `
    import { openPlain } from ${JSON.stringify(opener)};
    for await (const chunk of openPlain(${JSON.stringify(path)}, 'gzip', null, true).chunks) break;
    console.log('stopped');`;
  const ended = spawnSync(process.execPath, ['--input-type=module', '--eval', script], {
    encoding: 'utf8',
    timeout: 30_000,
  });
  expect([ended.stdout, ended.status]).toEqual(['stopped\n', 0]);
});
