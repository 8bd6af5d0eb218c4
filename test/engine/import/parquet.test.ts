// Parquet deliveries: what they become is what the CSV of the same rows becomes, in every compression.
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { slicesOf } from '../../../src-main/engine/import/parquet.ts';
import { asParquet } from './as-parquet.ts';
import { CUR_2, cur2, MARKETPLACE_2, OTHER_2, type Row } from './synthetic.ts';
import { DATA, type Report, type TestWorkspace, testWorkspace } from './workspace.ts';

/** Everything that an import leaves behind and a question may see, apart from ids. */
function contents(workspace: TestWorkspace): unknown {
  const db = workspace.rows();
  const of = (table: string, measures: string): unknown[] =>
    db
      .prepare(
        `SELECT fact.*, series.key IS NOT NULL AS has_key, series.line_class, series.meter, usage_type.text AS usage_type, account.text AS account,
           tags.text AS tags, resource.text AS resource, description.text AS description
         FROM (SELECT day, series_id, ${measures} FROM ${table}) AS fact
         JOIN line_series AS series ON series.id = fact.series_id
         LEFT JOIN dim_usage_type AS usage_type ON usage_type.id = series.usage_type
         LEFT JOIN dim_account AS account ON account.id = series.account
         LEFT JOIN dim_tag_set AS tags ON tags.id = series.tag_set
         LEFT JOIN dim_resource AS resource ON resource.id = series.resource
         LEFT JOIN dim_description AS description ON description.id = series.description
         ORDER BY 1, 2, 3, 4, 5, 6`,
      )
      .all();
  return [
    of(
      'line_item',
      'record_number, start_second, end_second, quantity, unblended, net_unblended, amortized, list',
    ),
    of('rollup', 'line_items, quantity, unblended, net_unblended, amortized, list'),
    of('daily', 'line_items, quantity, unblended, net_unblended, amortized, list'),
  ];
}

const summary = ({ rows, totals, bedrock, candidates, files }: Report): unknown => ({
  rows,
  totals,
  bedrock,
  candidates,
  periods: files.map(({ format, period, payers, missing }) => ({ format, period, payers, missing })),
});

const CASES = [
  { copy: 'COMPRESSION snappy', maps: true },
  { copy: 'COMPRESSION snappy', maps: false },
  { copy: 'COMPRESSION zstd', maps: true },
  { copy: 'COMPRESSION gzip', maps: true },
  { copy: 'COMPRESSION uncompressed', maps: true },
  { copy: 'COMPRESSION snappy, ROW_GROUP_SIZE 2048, PARQUET_VERSION v2', maps: true },
];

describe('the real CUR 2.0 export as Parquet', () => {
  test.each(CASES)('$copy, columns of several values as maps: $maps', async ({ copy, maps }) => {
    const csv = testWorkspace();
    const expected = await csv.import(join(DATA, 'cur-2.0-export-00001.csv'));
    const workspace = testWorkspace();
    const file = join(workspace.folder, 'cur-2.0-export-00001.snappy.parquet');
    await asParquet(join(DATA, 'cur-2.0-export-00001.csv'), file, copy, maps);
    const report = await workspace.import(file);
    expect(report.files[0]).toMatchObject({ compression: 'parquet', format: 'cur-2.0', period: '2026-04' });
    expect(report.files[0]?.bytes).toBe(statSync(file).size);
    expect(summary(report)).toEqual(summary(expected));
    const { rows } = await workspace.engine.call('import.tieOut', {});
    expect(rows.every(({ agrees }) => agrees)).toBe(true);
    expect(contents(workspace)).toEqual(contents(csv));
  });
});

test.each(['v1', 'v2'])('many small pages a column, with dictionaries that fill up (%s)', async (version) => {
  const csv = testWorkspace();
  const expected = await csv.import(join(DATA, 'cur-2.0-export-00001.csv'));
  const workspace = testWorkspace();
  const report = await workspace.import(join(DATA, `cur-2.0-export-small-pages-${version}.parquet`));
  expect(summary(report)).toEqual(summary(expected));
  expect(contents(workspace)).toEqual(contents(csv));
});

test('Bedrock lines, Marketplace lines and maps survive, over several slices, and lines can be shown', async () => {
  const rows = Array.from({ length: 3000 }, (_, index): Row => {
    const usual: Row = {
      line_item_unblended_cost: index / 7,
      tags: JSON.stringify({ 'resourceTags/user:Team': `team "${index % 5}", é` }),
      line_item_resource_id: index % 9 === 0 ? 'two\nlines' : '',
    };
    return index % 3 === 0 ? usual : { ...(index % 3 === 1 ? MARKETPLACE_2 : OTHER_2), ...usual };
  });
  const csv = testWorkspace();
  const plain = csv.write('report-00001.csv', cur2(rows));
  const expected = await csv.import(plain);
  const workspace = testWorkspace();
  const file = join(workspace.folder, 'report-00001.parquet');
  await asParquet(plain, file, 'COMPRESSION snappy, ROW_GROUP_SIZE 2048');
  expect(summary(await workspace.import(file))).toEqual(summary(expected));
  expect(expected.bedrock.lineItems).toBe(2000);
  const { rows: lines } = await workspace.engine.call('spend.lineItems', {
    where: [{ dimension: 'resource', operator: '=', values: ['two\nlines'] }],
    limit: 1,
  });
  const detail = await workspace.engine.call('spend.lineItem', { id: lines[0]?.id ?? 0 });
  expect(detail.record).toEqual(
    expect.arrayContaining([
      { column: 'line_item_resource_id', value: 'two\nlines' },
      { column: 'line_item_usage_start_date', value: '2026-08-03T10:00:00.000Z' },
      { column: 'tags', value: expect.stringContaining('team \\"') },
    ]),
  );
  expect(contents(workspace)).toEqual(contents(csv));
});

test('a column that is blank in one row group keeps the values of the next, and one of many texts keeps them all', async () => {
  const rows = Array.from({ length: 20_000 }, (_, index): Row => {
    const isLate = index >= 19_000;
    return {
      line_item_resource_id: isLate ? `late-${index % 3}` : '',
      identity_line_item_id: `id-${index}`,
      line_item_unblended_cost: index / 4,
    };
  });
  const workspace = testWorkspace();
  const plain = workspace.write('report-00001.csv', cur2(rows));
  const file = join(workspace.folder, 'report-00001.parquet');
  await asParquet(plain, file, 'COMPRESSION snappy, ROW_GROUP_SIZE 18432');
  await workspace.import(file);
  const { rows: lines } = await workspace.engine.call('spend.lineItems', {
    sort: null,
    limit: 1,
    offset: 18_431,
  });
  const detail = await workspace.engine.call('spend.lineItem', { id: lines[0]?.id ?? 0 });
  expect(detail.record).toContainEqual({ column: 'identity_line_item_id', value: 'id-18431' });
  const held = workspace.rows().prepare(
    `SELECT resource.text AS resource, COUNT(*) AS lines, SUM(unblended) AS cost FROM line_item
       JOIN line_series AS series ON series.id = series_id
       LEFT JOIN dim_resource AS resource ON resource.id = series.resource GROUP BY 1 ORDER BY 1`,
  );
  const costOf = (isOf: (index: number) => boolean): number =>
    rows.reduce((sum, _, index) => (isOf(index) ? sum + index / 4 : sum), 0);
  expect(held.all()).toEqual([
    { resource: null, lines: 19_000, cost: costOf((index) => index < 19_000) },
    ...[0, 1, 2].map((rest) => ({
      resource: `late-${rest}`,
      lines: expect.any(Number),
      cost: costOf((index) => index >= 19_000 && index % 3 === rest),
    })),
  ]);
});

describe('a damaged Parquet file', () => {
  const damage: { what: string; change: (bytes: Buffer) => Buffer }[] = [
    { what: 'cut', change: (bytes) => bytes.subarray(0, bytes.length - 2000) },
    { what: 'only a beginning', change: () => Buffer.from('PAR1....') },
    {
      what: 'overwritten in the middle',
      change: (bytes) =>
        Buffer.concat([bytes.subarray(0, 200), Buffer.alloc(4000, 0xff), bytes.subarray(4200)]),
    },
  ];
  test.each(damage)('$what: refused, and nothing is left', async ({ change }) => {
    const workspace = testWorkspace();
    const plain = workspace.write('plain.csv', cur2(Array.from({ length: 500 }, () => ({}))));
    const whole = join(workspace.folder, 'whole.parquet');
    await asParquet(plain, whole, 'COMPRESSION snappy');
    const file = join(workspace.folder, 'report-00001.parquet');
    writeFileSync(file, change(readFileSync(whole)));
    await expect(workspace.stage(file)).rejects.toMatchObject({
      code: 'corrupt_file',
      details: { file },
    });
    expect(workspace.rows().prepare('SELECT COUNT(*) FROM import_batch').pluck().get()).toBe(0);
  });
});

test('no slice crosses a row group or holds more cells than allowed, and together they are the file', () => {
  const groups = [
    { rowStart: 0, rowEnd: 100_000 },
    { rowStart: 100_000, rowEnd: 100_010 },
  ];
  const slices = slicesOf(groups, CUR_2.length);
  expect(slices[0]).toEqual({ rowStart: 0, rowEnd: 64 });
  expect(slices.at(-1)).toEqual({ rowStart: 100_000, rowEnd: 100_010 });
  for (const [index, { rowStart, rowEnd }] of slices.entries()) {
    expect(rowStart).toBe(slices[index - 1]?.rowEnd ?? 0);
    expect((rowEnd - rowStart) * CUR_2.length).toBeLessThanOrEqual(8_000_000);
    expect(rowStart < 100_000 && rowEnd > 100_000).toBe(false);
  }
});
