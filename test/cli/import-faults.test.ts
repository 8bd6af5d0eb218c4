// What may befall an import at the terminal: each fault ends with code 1, a remedy, and the side the workspace is on.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createEngine } from '../../src-main/engine/engine.ts';
import { cur2 } from '../engine/import/synthetic.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { writeZip } from '../engine/import/write-zip.ts';
import { assayOn } from './assay.ts';

const AUGUST = cur2([{ line_item_unblended_cost: 40 }]);
const CHANGED = cur2(Array.from({ length: 300 }, (_, index) => ({ line_item_unblended_cost: index })));
const packed = gzipSync(CHANGED);
const zipped = (wrong: number): Buffer => writeZip([{ name: 'report-00001.csv', content: CHANGED, wrong }]);
const damagedAt = (bytes: Buffer, at: number): Buffer => {
  const damaged = Buffer.from(bytes);
  damaged[at] = (damaged[at] ?? 0) ^ 0xff;
  return damaged;
};

async function held(): Promise<string> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('report-00001.csv', AUGUST));
  workspace.close();
  return workspace.path;
}

const FILES: readonly (readonly [what: string, content: Buffer | string, says: RegExp])[] = [
  ['a gzip that was cut', packed.subarray(0, packed.length - 50), /ends too early\. Download it again/u],
  [
    'a gzip with a wrong CRC',
    damagedAt(packed, packed.length - 6),
    /contents are damaged .*\. Download it again/u,
  ],
  ['a zip with a wrong CRC', zipped(1), /checksum of .* is wrong\. Download it again/u],
  ['a zip that was cut', zipped(0).subarray(0, 200), /is not complete: .*Download it again/u],
  ['an empty file', '', /is empty/u],
  ['something else', 'name,age\nann,7\n', /first column: "name"/u],
];

test.each(FILES)('%s: code 1, the remedy, and the workspace as it was', async (_, content, says) => {
  const path = await held();
  const assay = assayOn(path);
  const before = (await assay('query', '--measures', 'unblended,lineItems', '--json')).out;
  const file = join(dirname(path), 'new-00001.bin');
  writeFileSync(file, content);
  const ended = await assay('import', file, '--replace');
  expect(ended.code).toBe(1);
  expect(ended.err).toMatch(says);
  expect(ended.err).toMatch(/The workspace is as it was before\.\n$/u);
  expect((await assay('query', '--measures', 'unblended,lineItems', '--json')).out).toBe(before);
});

test('files that are not there, or a folder without any, say so and what state the workspace is in', async () => {
  const path = await held();
  const assay = assayOn(path);
  mkdirSync(join(dirname(path), 'empty'));
  for (const source of ['nowhere.csv', 'empty']) {
    const ended = await assay('import', join(dirname(path), source));
    expect(ended).toMatchObject({
      code: 1,
      err: expect.stringMatching(/The workspace is as it was before\.\n$/u),
    });
  }
});

test('a workspace that another Assay has: an import is refused with the owner, a question is answered', async () => {
  const path = await held();
  const owner = createEngine({ workspacePath: path });
  const file = join(dirname(path), 'new-00001.csv');
  writeFileSync(file, CHANGED);
  const ended = await assayOn(path)('import', file, '--replace');
  expect(ended.code).toBe(1);
  expect(ended.err).toMatch(
    new RegExp(`in use by another Assay \\(.+, process ${process.pid} on .+Close it there`, 'u'),
  );
  expect((await assayOn(path)('query', '--measures', 'unblended')).out).toContain('40');
  owner.close();
});

test('a workspace of a newer version is refused untouched, with what to do', async () => {
  const path = await held();
  const db = new Database(path);
  db.pragma('user_version = 9999');
  db.close();
  const bytes = readFileSync(path);
  const ended = await assayOn(path)('import', join(dirname(path), 'report-00001.csv'));
  expect(ended.code).toBe(1);
  expect(ended.err).toContain('It was left untouched; open it with the newer version.');
  expect(readFileSync(path).equals(bytes)).toBe(true);
});
