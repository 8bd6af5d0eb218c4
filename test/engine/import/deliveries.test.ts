// A delivery holds its whole period: it replaces, is never added, and stops with a preview.
import { copyFileSync, cpSync, mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Db } from '../../../src-main/engine/db/open.ts';
import { CUR_2, cur1, cur2, gunzipText, OTHER_2, type Row } from './synthetic.ts';
import { DATA, testWorkspace } from './workspace.ts';

/** Everything that answers questions, in a form that two workspaces can be compared by. */
function answers(db: Db): unknown {
  const of = (table: string, lines: string): unknown[] =>
    db
      .prepare(
        `SELECT fact.day, series.key IS NOT NULL AS has_key, service.text AS service, usage_type.text AS usage_type, ${lines} AS lines,
           SUM(fact.unblended) AS unblended, SUM(fact.net_unblended) AS net, SUM(fact.quantity) AS quantity
         FROM ${table} AS fact JOIN delivery ON delivery.id = fact.delivery_id AND delivery.active = 1
         JOIN line_series AS series ON series.id = fact.series_id
         LEFT JOIN dim_service AS service ON service.id = series.service
         LEFT JOIN dim_usage_type AS usage_type ON usage_type.id = series.usage_type
         GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
      )
      .all();
  return [
    of('line_item', 'COUNT(*)'),
    of('daily', 'SUM(fact.line_items)'),
    of('rollup', 'SUM(fact.line_items)'),
  ];
}

const first: Row[] = [
  {},
  { line_item_usage_type: 'USE1-NovaLite-output-tokens', line_item_unblended_cost: 0.24 },
  OTHER_2,
];
const second: Row[] = [
  ...first,
  { line_item_usage_start_date: '2026-08-04T10:00:00Z', line_item_unblended_cost: 5 },
  { ...OTHER_2, line_item_unblended_cost: 1 },
];

describe('importing a period again', () => {
  test('the same bytes change nothing', async () => {
    const workspace = testWorkspace();
    const file = workspace.write('report-00001.csv', cur2(first));
    await workspace.import(file);
    const again = await workspace.stage(file);
    expect(again).toMatchObject({ state: 'unchanged', batchId: null });
    const copy = workspace.write('another-name.csv', cur2(first));
    expect(await workspace.stage(copy)).toMatchObject({ state: 'unchanged' });
  });

  test('A then A′ is A′', async () => {
    const one = testWorkspace();
    await one.import(one.write('report-00001.csv', cur2(first)));
    await one.import(one.write('report-00001.csv', cur2(second)));
    const two = testWorkspace();
    await two.import(two.write('report-00001.csv', cur2(second)));
    const { rows } = await one.engine.call('import.tieOut', {});
    expect(rows.every(({ agrees }) => agrees)).toBe(true);
    expect(answers(one.rows())).toEqual(answers(two.rows()));
  });

  test('the preview says by how much, by service and by day, and nothing has changed yet', async () => {
    const workspace = testWorkspace();
    await workspace.import(workspace.write('report-00001.csv', cur2(first)));
    const { replaces, batchId } = await workspace.stage(workspace.write('report-00001.csv', cur2(second)));
    expect(replaces).toHaveLength(1);
    const [replaced] = replaces;
    expect(replaced).toMatchObject({ sameReport: true, identical: false });
    expect(replaced?.held).toMatchObject({
      payer: '000000000001',
      period: '2026-08',
      report: 'report',
      rows: 3,
    });
    expect(replaced?.held.unblended).toBeCloseTo(0.3104, 12);
    expect(replaced?.incoming.unblended).toBeCloseTo(6.3104, 12);
    expect(replaced?.byService).toEqual([
      { service: 'AmazonBedrock', held: expect.closeTo(0.3, 12), incoming: expect.closeTo(5.3, 12) },
      { service: 'AmazonEC2', held: expect.closeTo(0.0104, 12), incoming: expect.closeTo(1.0104, 12) },
    ]);
    expect(replaced?.byDay.map(({ day }) => day)).toEqual(['2026-08-03', '2026-08-04']);
    const before = await workspace.engine.call('import.tieOut', {});
    expect(before.rows.reduce((sum, { heldRows }) => sum + heldRows, 0)).toBe(3);
    await workspace.engine.call('import.discard', { batchId: batchId ?? 0 });
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches.map(({ state }) => state)).toEqual(['active']);
    expect(workspace.rows().prepare('SELECT COUNT(*) FROM line_item').pluck().get()).toBe(2);
  });

  test('another report, or another export kind, of the same payer and period replaces it too', async () => {
    const workspace = testWorkspace();
    await workspace.import(workspace.write('report-00001.csv', cur2(first)));
    const other = await workspace.stage(workspace.write('other.csv', cur2(first)));
    // Byte for byte the same file is a no-op whatever its name, so one row differs here.
    expect(other.state).toBe('unchanged');
    const staged = await workspace.stage(workspace.write('legacy-1.csv', cur1([{}])));
    expect(staged.replaces).toEqual([expect.objectContaining({ sameReport: false })]);
    await workspace.engine.call('import.commit', { batchId: staged.batchId ?? 0 });
    expect(
      workspace
        .rows()
        .prepare('SELECT COUNT(*) FROM line_item JOIN delivery ON delivery.id = delivery_id WHERE active = 1')
        .pluck()
        .get(),
    ).toBe(1);
  });

  test('another period or payer is added beside', async () => {
    const workspace = testWorkspace();
    await workspace.import(workspace.write('report-00001.csv', cur2(first)));
    const september = { bill_billing_period_start_date: '2026-09-01T00:00:00Z' };
    const next = await workspace.import(workspace.write('report-00001.csv', cur2([september])));
    expect(next.replaces).toEqual([]);
    const payer = await workspace.import(
      workspace.write('payer.csv', cur2([{ bill_payer_account_id: '000000000009' }])),
    );
    expect(payer.replaces).toEqual([]);
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches.map(({ state }) => state)).toEqual(['active', 'active', 'active']);
  });

  test('what was replaced is kept one step, then swept', async () => {
    const workspace = testWorkspace();
    for (const cost of [1, 2, 3]) {
      await workspace.import(workspace.write('report-00001.csv', cur2([{ line_item_unblended_cost: cost }])));
    }
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches.map(({ state }) => state)).toEqual(['active', 'superseded']);
    expect(
      workspace
        .rows()
        .prepare('SELECT unblended, active FROM line_item JOIN delivery ON delivery.id = delivery_id')
        .all(),
    ).toEqual([
      { unblended: 2, active: 0 },
      { unblended: 3, active: 1 },
    ]);
  });

  test('of a batch with several periods only the replaced one goes', async () => {
    const workspace = testWorkspace();
    const september = { bill_billing_period_start_date: '2026-09-01T00:00:00Z' };
    const both = cur2([{ line_item_unblended_cost: 1 }, { ...september, line_item_unblended_cost: 10 }]);
    await workspace.import(workspace.write('report.csv', both));
    for (const cost of [2, 3]) {
      await workspace.import(workspace.write('report.csv', cur2([{ line_item_unblended_cost: cost }])));
    }
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches.map(({ state }) => state)).toEqual(['active', 'superseded', 'active']);
    const { rows } = await workspace.engine.call('import.tieOut', {});
    expect(rows.map(({ heldUnblended, agrees }) => [heldUnblended, agrees])).toEqual([
      [10, true],
      [3, true],
    ]);
    expect(
      workspace
        .rows()
        .prepare('SELECT unblended, active FROM line_item JOIN delivery ON delivery.id = delivery_id')
        .raw()
        .all(),
    ).toEqual([
      [10, 1],
      [2, 0],
      [3, 1],
    ]);
  });

  test('an open period becomes final when its invoice arrives', async () => {
    const workspace = testWorkspace();
    const estimated = async (rows: Row[]): Promise<boolean[]> => {
      await workspace.import(workspace.write('report-00001.csv', cur2(rows)));
      const { batches } = await workspace.engine.call('import.history', {});
      return batches[0]?.deliveries.map((delivery) => delivery.estimated) ?? [];
    };
    expect(await estimated([{ bill_invoice_id: '' }])).toEqual([true]);
    expect(await estimated([{}, { bill_invoice_id: '', line_item_unblended_cost: 1 }])).toEqual([true]);
    expect(await estimated([{}, { bill_invoice_id: '', line_item_unblended_cost: 0 }])).toEqual([false]);
  });
});

describe('several files', () => {
  const part = (row: Row): string => cur2([row]);

  test('parts of one report make one delivery, in any order, and a folder is read whole', async () => {
    const workspace = testWorkspace();
    const folder = join(workspace.folder, 'export', 'data');
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'report-00002.csv.gz'), gzipSync(part({ line_item_unblended_cost: 2 })));
    writeFileSync(join(folder, 'report-00001.csv.gz'), gzipSync(part({ line_item_unblended_cost: 1 })));
    writeFileSync(join(folder, 'notes.md'), 'not data');
    writeFileSync(join(folder, 'report-create-table.sql'), 'create table');
    const report = await workspace.import(join(workspace.folder, 'export'));
    expect(report.files.map(({ path }) => path.split('/').at(-1))).toEqual([
      'report-00001.csv.gz',
      'report-00002.csv.gz',
    ]);
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches[0]?.deliveries).toEqual([
      expect.objectContaining({ report: 'report', rows: 2, unblended: 3 }),
    ]);
  });

  test('a missing part is an error that says which, and can be overridden', async () => {
    const workspace = testWorkspace();
    const sources = [1, 3].map((number) =>
      workspace.write(`report-0000${number}.csv`, part({ line_item_unblended_cost: number })),
    );
    await expect(workspace.stage(...sources)).rejects.toMatchObject({
      code: 'missing_parts',
      message: expect.stringContaining('part 2'),
    });
    const report = await workspace.engine.call('import.stage', { sources, allowMissingParts: true });
    expect(report.rows.read).toBe(2);
  });

  test('a manifest names the report and all its parts', async () => {
    const workspace = testWorkspace();
    const file = workspace.write('cur-00001.csv', part({}));
    workspace.write(
      'cur-Manifest.json',
      JSON.stringify({ reportName: 'finance', reportKeys: ['p/cur-00001.csv.gz', 'p/cur-00002.csv.gz'] }),
    );
    await expect(workspace.stage(file)).rejects.toMatchObject({
      code: 'missing_parts',
      message: expect.stringMatching(/finance.*cur-00002/u),
    });
  });

  test("AWS's folder layout imports as it lies, with the manifest's report name", async () => {
    const workspace = testWorkspace();
    const report = await workspace.import(join(DATA, 'cur-1.0-layout'));
    expect(report.rows).toMatchObject({ read: 6190, rejected: 0 });
    expect(report.files[0]).toMatchObject({ compression: 'gzip', period: '2018-08', format: 'cur-1.0' });
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches[0]?.deliveries.every((delivery) => delivery.report === 'my-report')).toBe(true);
  });

  test('of several assemblies of a period only the newest counts', async () => {
    const workspace = testWorkspace();
    const layout = join(DATA, 'cur-1.0-layout/my-report/20180801-20180901');
    const target = join(workspace.folder, 'my-report/20180801-20180901');
    cpSync(layout, target, { recursive: true });
    const newest = join(target, '861af42f-713c-4a42-9562-9158a7625630');
    const older = join(target, '00000000-aaaa-4a42-9562-000000000000');
    mkdirSync(older);
    const full = gunzipText(join(newest, 'my-report-1.csv.gz')).split('\n');
    const oldFile = join(older, 'my-report-1.csv');
    writeFileSync(oldFile, `${full.slice(0, 100).join('\n')}\n`);
    utimesSync(oldFile, new Date('2018-08-02'), new Date('2018-08-02'));
    const report = await workspace.stage(join(workspace.folder, 'my-report'));
    expect(report.rows.read).toBe(6190);
    expect(report.warnings).toEqual([
      expect.stringContaining('00000000-aaaa'),
      // The sample is of 2018 and has no invoice ids.
      expect.stringContaining('looks like a pro forma bill'),
    ]);
  });

  test('two reports over the same payer and period cannot be imported together', async () => {
    const workspace = testWorkspace();
    const sources = [workspace.write('a.csv', cur2(first)), workspace.write('b.csv', cur2(second))];
    await expect(workspace.stage(...sources)).rejects.toMatchObject({ code: 'period_held' });
    expect(workspace.rows().prepare('SELECT COUNT(*) FROM import_batch').pluck().get()).toBe(0);
  });

  test('columns may differ between parts', async () => {
    const workspace = testWorkspace();
    const fewer = CUR_2.filter((name) => !name.startsWith('reservation_') && name !== 'tags').toReversed();
    const sources = [
      workspace.write('report-00001.csv', cur2([{ tags: '{"resourceTags/user:Team":"a"}' }])),
      workspace.write('report-00002.csv', cur2([{ resource_tags: '{"user_team":"a"}' }], fewer)),
    ];
    const report = await workspace.import(...sources);
    expect(report.rows).toMatchObject({ read: 2, kept: 2 });
    const sets = workspace
      .rows()
      .prepare<[], string>('SELECT text FROM dim_tag_set ORDER BY text')
      .pluck()
      .all();
    expect(sets).toEqual(['{"user:Team":"a"}', '{"user_team":"a"}']);
  });
});

describe('the real CUR 2.0 export', () => {
  test('goes by the export’s ARN when its manifest lies beside it', async () => {
    const workspace = testWorkspace();
    const file = join(workspace.folder, 'ha-project-CUR-daily-1-00001.csv');
    copyFileSync(join(DATA, 'cur-2.0-export-00001.csv'), file);
    copyFileSync(join(DATA, 'cur-2.0-export-Manifest.json'), join(dirname(file), 'x-Manifest.json'));
    await workspace.import(file);
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches[0]?.deliveries[0]?.report).toMatch(/^arn:aws:bcm-data-exports:/u);
    expect(readFileSync(file).length).toBe(batches[0]?.files[0]?.bytes);
  });
});
