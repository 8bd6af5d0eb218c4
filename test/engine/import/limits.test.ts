// Limits, and files that lie: each refused with what is wrong, and the workspace as it was before.
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { MAX_COLUMNS } from '../../../src-main/engine/import/header.ts';
import { MAX_LABELS } from '../../../src-main/engine/import/lines.ts';
import { MAX_RATIO, RATIO_FREE_BYTES } from '../../../src-main/engine/import/open-source.ts';
import { CUR_2, csv, cur1, cur2, type Row } from './synthetic.ts';
import { type TestWorkspace, testWorkspace } from './workspace.ts';
import { writeZip } from './write-zip.ts';

function expectNothingHeld(workspace: TestWorkspace): void {
  const db = workspace.rows();
  for (const table of [
    'import_batch',
    'source_file',
    'line_item',
    'rollup',
    'rollup_line',
    'raw_block',
    'line_series',
  ]) {
    expect([table, db.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get()]).toEqual([table, 0]);
  }
}

const labels = (count: number): string =>
  JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, index) => [`user:key${index}`, 'x'])));

describe('limits', () => {
  test('a line longer than any record names its line', async () => {
    const workspace = testWorkspace();
    const long = `${cur2([{}])}${'x'.repeat(9 * 1024 * 1024)}`;
    await expect(workspace.stage(workspace.write('r.csv', long))).rejects.toMatchObject({
      code: 'corrupt_file',
      message: expect.stringMatching(/line 3: a record is longer than \d+ bytes/u),
    });
    expectNothingHeld(workspace);
  });

  test('more columns than any report has', async () => {
    const workspace = testWorkspace();
    const header = [
      ...CUR_2,
      ...Array.from({ length: MAX_COLUMNS }, (_, index) => `resource_tags_user_${index}`),
    ];
    await expect(workspace.stage(workspace.write('r.csv', csv(header, [])))).rejects.toMatchObject({
      code: 'unsupported_format',
      message: expect.stringMatching(/has 2127 columns; the limit is 2000/u),
    });
    expectNothingHeld(workspace);
  });

  test('as many tags as allowed are taken, one more is refused with its line', async () => {
    const workspace = testWorkspace();
    const allowed = await workspace.stage(workspace.write('a.csv', cur2([{ tags: labels(MAX_LABELS) }])));
    expect(allowed.rows.kept).toBe(1);
    await workspace.engine.call('import.discard', { batchId: allowed.batchId ?? 0 });
    await expect(
      workspace.stage(workspace.write('b.csv', cur2([{}, { tags: labels(MAX_LABELS + 1) }]))),
    ).rejects.toMatchObject({
      code: 'corrupt_file',
      message: expect.stringMatching(/b.csv, line 3: the line carries 1001 tags/u),
    });
    expectNothingHeld(workspace);
  });

  test('a gzip that unpacks to hundreds of times its size is taken for a bomb', async () => {
    const workspace = testWorkspace();
    const bomb = gzipSync(
      Buffer.concat([Buffer.from(cur2([{}])), Buffer.alloc(RATIO_FREE_BYTES + 2 ** 22, '\n')]),
    );
    expect(RATIO_FREE_BYTES / bomb.length).toBeGreaterThan(MAX_RATIO.gzip);
    await expect(workspace.stage(workspace.write('r.csv.gz', bomb))).rejects.toMatchObject({
      code: 'corrupt_file',
      message: expect.stringMatching(/decompression bomb/u),
    });
    expectNothingHeld(workspace);
  });
});

describe('zips', () => {
  const part = (amount: number): string => cur1([{ 'lineItem/UnblendedCost': amount }]);

  test('several members are several parts', async () => {
    const workspace = testWorkspace();
    const zip = writeZip([
      { name: 'cur/cur-00001.csv', content: part(1) },
      { name: 'cur/cur-00002.csv', content: part(2) },
      { name: '__MACOSX/cur/._cur-00001.csv', content: 'x' },
      { name: 'cur/cur-Manifest.json', content: '{}' },
    ]);
    const report = await workspace.import(workspace.write('cur.zip', zip));
    expect(report.totals).toMatchObject([{ rows: 2, unblended: 3 }]);
    expect(report.files.map(({ path }) => path.split('cur.zip/')[1])).toEqual([
      'cur/cur-00001.csv',
      'cur/cur-00002.csv',
    ]);
  });

  test.each(['../escaped.csv', '/tmp/absolute-escaped.csv', 'a/../../escaped.csv'])(
    'a member called %s is refused, and no file comes of it',
    async (name) => {
      const workspace = testWorkspace();
      const file = workspace.write('cur.zip', writeZip([{ name, content: part(1) }]));
      await expect(workspace.stage(file)).rejects.toMatchObject({ code: 'corrupt_file' });
      expect(existsSync(resolve(workspace.folder, name))).toBe(false);
      expect(readdirSync(workspace.folder).filter((entry) => entry.endsWith('.csv'))).toEqual([]);
    },
  );

  test.each([
    { what: 'a wrong checksum', member: { wrong: 1 }, says: /checksum of cur-1.csv is wrong/u },
    { what: 'more bytes than it says', member: { claims: 10 }, says: /longer than it says|damaged/u },
  ])('$what is refused', async ({ member, says }) => {
    const workspace = testWorkspace();
    const rows = Array.from({ length: 3000 }, (_, index): Row => ({ 'lineItem/UsageAmount': index }));
    const zip = writeZip([{ name: 'cur-1.csv', content: cur1(rows), ...member }]);
    await expect(workspace.stage(workspace.write('cur.zip', zip))).rejects.toMatchObject({
      code: 'corrupt_file',
      message: expect.stringMatching(says),
    });
    expectNothingHeld(workspace);
  });
});

test('a file that changes while it is read is refused', async () => {
  const workspace = testWorkspace();
  const [header = '', row = ''] = cur1([{}]).split('\n');
  const file = workspace.write('report.csv', `${header}\n${`${row}\n`.repeat(30_000)}`);
  let appended = false;
  workspace.engine.onEvent((event) => {
    if (event.type !== 'import.progress' || event.progress.rows === 0 || appended) return;
    appended = true;
    appendFileSync(file, `${row}\n`);
  });
  await expect(workspace.stage(file)).rejects.toMatchObject({
    code: 'corrupt_file',
    message: expect.stringMatching(/changed while it was read/u),
  });
  expect(appended).toBe(true);
  expectNothingHeld(workspace);
});

test('of a folder, a file that cannot be imported is named and nothing of the others is held', async () => {
  const workspace = testWorkspace();
  workspace.write('cur-1.csv', cur1([{}]));
  workspace.write('notes.csv', 'name,age\nann,7\n');
  await expect(workspace.stage(workspace.folder)).rejects.toMatchObject({
    code: 'unsupported_format',
    details: { file: join(workspace.folder, 'notes.csv') },
  });
  expectNothingHeld(workspace);
});
