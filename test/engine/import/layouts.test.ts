// Folders as AWS lays them out: which files of a delivery count, with manifests and without.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cur1, cur2, type Row } from './synthetic.ts';
import { type Report, type TestWorkspace, testWorkspace } from './workspace.ts';
import { writeZip } from './write-zip.ts';

/** Writes files by path and content; text that ends in `.gz` is packed. Earlier entries are older. */
function lay(workspace: TestWorkspace, files: Readonly<Record<string, string>>): string {
  for (const [index, [path, content]] of Object.entries(files).entries()) {
    const target = join(workspace.folder, 'bucket', path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, path.endsWith('.gz') ? gzipSync(content) : content);
    const time = new Date(Date.UTC(2026, 8, 1 + index));
    utimesSync(target, time, time);
  }
  return join(workspace.folder, 'bucket');
}

const cost = (amount: number, row: Row = {}): string => cur2([{ line_item_unblended_cost: amount, ...row }]);
const dataExport = (keys: readonly string[]): string =>
  JSON.stringify({
    executionId: 'e',
    exportArn: 'arn:aws:bcm-data-exports:us-east-1:1:export/bill',
    dataFiles: keys,
  });
const SEPTEMBER: Row = {
  bill_billing_period_start_date: '2026-09-01T00:00:00.000Z',
  line_item_usage_start_date: '2026-09-03T10:00:00.000Z',
};

const total = ({ totals }: Report): number => totals.reduce((sum, { unblended }) => sum + unblended, 0);

async function deliveries(workspace: TestWorkspace): Promise<string[]> {
  const { batches } = await workspace.engine.call('import.history', {});
  return batches.flatMap((batch) =>
    batch.deliveries.map(({ report, period, rows, unblended }) => `${report} ${period} ${rows} ${unblended}`),
  );
}

describe('CUR 2.0', () => {
  test('overwrite: data and metadata folders per period, one delivery each', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, {
      'bill/data/BILLING_PERIOD=2026-08/bill-00001.csv.gz': cost(1),
      'bill/data/BILLING_PERIOD=2026-08/bill-00002.csv.gz': cost(2),
      'bill/data/BILLING_PERIOD=2026-09/bill-00001.csv.gz': cost(4, SEPTEMBER),
      'bill/metadata/BILLING_PERIOD=2026-08/bill-Manifest.json': dataExport([
        'p/bill/data/BILLING_PERIOD=2026-08/bill-00001.csv.gz',
        'p/bill/data/BILLING_PERIOD=2026-08/bill-00002.csv.gz',
      ]),
      'bill/metadata/BILLING_PERIOD=2026-09/bill-Manifest.json': dataExport([
        'p/bill/data/BILLING_PERIOD=2026-09/bill-00001.csv.gz',
      ]),
    });
    const report = await workspace.import(folder);
    expect([report.warnings, total(report)]).toEqual([[], 7]);
    expect(await deliveries(workspace)).toEqual([
      'arn:aws:bcm-data-exports:us-east-1:1:export/bill 2026-08 2 3',
      'arn:aws:bcm-data-exports:us-east-1:1:export/bill 2026-09 1 4',
    ]);
  });

  const OLD = 'bill/data/BILLING_PERIOD=2026-08/2026-09-01T00:10:00.000Z-aaaa';
  const NEW = 'bill/data/BILLING_PERIOD=2026-08/2026-09-02T00:10:00.000Z-bbbb';
  test.each([
    { manifests: true, what: 'with manifests' },
    { manifests: false, what: 'without' },
  ])(
    'create-new, $what: the newest execution with all its parts, although it has fewer',
    async ({ manifests }) => {
      const workspace = testWorkspace();
      const parts = {
        [`${NEW}/bill-00001.csv.gz`]: cost(10),
        [`${NEW}/bill-00002.csv.gz`]: cost(20),
        [`${OLD}/bill-00001.csv.gz`]: cost(1),
        [`${OLD}/bill-00002.csv.gz`]: cost(2),
        [`${OLD}/bill-00003.csv.gz`]: cost(4),
      };
      const metadata = Object.fromEntries(
        [OLD, NEW].map((execution) => [
          `${execution.replace('/data/', '/metadata/')}/bill-Manifest.json`,
          dataExport(
            Object.keys(parts)
              .filter((key) => key.startsWith(execution))
              .map((key) => `p/${key}`),
          ),
        ]),
      );
      const report = await workspace.import(lay(workspace, { ...parts, ...(manifests ? metadata : {}) }));
      expect(total(report)).toBe(30);
      expect(report.warnings).toEqual([expect.stringMatching(/aaaa holds an older delivery/u)]);
    },
  );

  test('a part that holds a header only belongs to its report, and no part is missed', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, {
      'bill/data/BILLING_PERIOD=2026-08/bill-00001.csv.gz': cost(1),
      'bill/data/BILLING_PERIOD=2026-08/bill-00002.csv.gz': cur2([]),
    });
    expect(total(await workspace.import(folder))).toBe(1);
  });

  test('a part that lies there packed and unpacked is read once', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, {
      'bill-00001.csv.gz': cost(1),
      'bill-00001.csv': cost(1),
      'bill-00002.csv': cost(2),
    });
    const report = await workspace.import(folder);
    expect(total(report)).toBe(3);
    expect(report.warnings).toEqual([expect.stringMatching(/bill-00001.csv is the same part as/u)]);
  });

  test('the same bytes under two names are refused: they would be counted twice', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, { 'bill-00001.csv': cost(1), 'bill-00002.csv': cost(1) });
    await expect(workspace.stage(folder)).rejects.toMatchObject({
      code: 'period_held',
      message: expect.stringMatching(/bill-00002.csv is byte for byte the same file as .*bill-00001.csv/u),
    });
    expect(workspace.rows().prepare('SELECT COUNT(*) FROM import_batch').pluck().get()).toBe(0);
  });

  test('and so is the same content packed and unpacked, or twice in one zip', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, { 'bill-00001.csv.gz': cost(1), 'bill-00002.csv': cost(1) });
    const zip = join(folder, 'two.zip');
    writeFileSync(
      zip,
      writeZip([
        { name: 'part-1.csv', content: cost(1) },
        { name: 'part-2.csv', content: cost(1) },
      ]),
    );
    for (const given of [[join(folder, 'bill-00001.csv.gz'), join(folder, 'bill-00002.csv')], [zip]]) {
      await expect(workspace.stage(...given)).rejects.toMatchObject({
        code: 'period_held',
        message: expect.stringMatching(/-0*2.csv is byte for byte the same content as .*-0*1.csv/u),
      });
    }
  });

  test('parts that state the same and are not the same both count', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, {
      'bill-00001.csv': cost(1),
      'bill-00002.csv': cost(1, { line_item_resource_id: 'another' }),
    });
    expect(total(await workspace.import(folder))).toBe(2);
  });

  test.each([
    [
      'a whole report beside its parts',
      { 'bill.csv': cost(3), 'bill-00001.csv.gz': cost(1), 'bill-00002.csv': cost(2) },
    ],
    ['one part under two numbers’ spelling', { 'bill-1.csv': cost(1), 'bill-00001.csv': cost(2) }],
  ])('%s is refused: the rows could be the same', async (_, files) => {
    const workspace = testWorkspace();
    await expect(workspace.stage(lay(workspace, files))).rejects.toMatchObject({
      code: 'period_held',
      message: expect.stringMatching(/may hold the same rows of bill, period 2026-08/u),
    });
  });

  test('a report without part numbers in two folders, packed in one of them, is read once', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, { 'monday/bill.csv.gz': cost(1), 'friday/bill.csv': cost(2) });
    const report = await workspace.import(folder);
    expect(total(report)).toBe(2);
    expect(report.warnings).toEqual([expect.stringMatching(/monday holds an older delivery/u)]);
  });
});

describe('CUR 1.0', () => {
  const manifest = (assembly: string, parts: number): string =>
    JSON.stringify({
      assemblyId: assembly,
      reportName: 'cur',
      reportKeys: Array.from(
        { length: parts },
        (_, index) => `p/cur/20260801-20260901/${assembly}/cur-0000${index + 1}.csv.gz`,
      ),
    });
  const part = (amount: number): string => cur1([{ 'lineItem/UnblendedCost': amount }]);
  const A = '11111111-aaaa';
  const B = '00000000-bbbb';

  test('create-new: the manifest of the period names the newest assembly, whatever the times of the files', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, {
      [`cur/20260801-20260901/${B}/cur-00001.csv.gz`]: part(10),
      [`cur/20260801-20260901/${B}/cur-Manifest.json`]: manifest(B, 1),
      'cur/20260801-20260901/cur-Manifest.json': manifest(B, 1),
      [`cur/20260801-20260901/${A}/cur-00001.csv.gz`]: part(1),
      [`cur/20260801-20260901/${A}/cur-Manifest.json`]: manifest(A, 1),
    });
    const report = await workspace.import(folder);
    expect(total(report)).toBe(10);
    expect(await deliveries(workspace)).toEqual(['cur 2026-08 1 10']);
  });

  test('create-new, zip: all parts of the newest assembly count, though each is a zip of its own', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, {});
    const days = { '20260820T010000Z': [1, 2], '20260810T010000Z': [3, 4] };
    for (const [assembly, amounts] of Object.entries(days)) {
      const target = join(folder, 'cur/20260801-20260901', assembly);
      mkdirSync(target, { recursive: true });
      for (const [index, amount] of amounts.entries()) {
        const content = part(amount);
        writeFileSync(
          join(target, `cur-${index + 1}.csv.zip`),
          writeZip([{ name: `cur-${index + 1}.csv`, content }]),
        );
      }
    }
    const report = await workspace.import(folder);
    expect(total(report)).toBe(3);
    expect(report.warnings).toEqual([expect.stringMatching(/20260810T010000Z holds an older delivery/u)]);
  });

  test.each(['cur/20260801-20260901/', ''])(
    'overwrite, in %j: what an earlier, longer delivery left behind is not added to the files that the manifest names',
    async (at) => {
      const workspace = testWorkspace();
      const folder = lay(workspace, {
        [`${at}cur-00001.csv.gz`]: part(1),
        [`${at}cur-00002.csv.gz`]: part(2),
        [`${at}cur-00003.csv.gz`]: part(4),
        [`${at}cur.csv`]: part(3),
        [`${at}cur-Manifest.json`]: manifest('', 2),
      });
      const report = await workspace.import(folder);
      expect(total(report)).toBe(3);
      expect(report.warnings).toEqual([
        expect.stringMatching(/cur-00003.csv.gz is not one of the files that the manifest .* names/u),
        expect.stringMatching(/cur.csv is not one of the files that the manifest .* names/u),
      ]);
    },
  );

  test('a manifest of another period says nothing of files with the same names', async () => {
    const workspace = testWorkspace();
    const july: Row = {
      'bill/BillingPeriodStartDate': '2026-07-01T00:00:00Z',
      'lineItem/UsageStartDate': '2026-07-03T10:00:00Z',
    };
    const folder = lay(workspace, {
      'cur/20260701-20260801/cur-00001.csv.gz': cur1([{ 'lineItem/UnblendedCost': 8, ...july }]),
      'cur/20260701-20260801/cur-00002.csv.gz': cur1([{ 'lineItem/UnblendedCost': 16, ...july }]),
      [`cur/20260801-20260901/${A}/cur-00001.csv.gz`]: part(1),
      'cur/20260801-20260901/cur-Manifest.json': manifest(A, 1),
    });
    expect(total(await workspace.import(folder))).toBe(25);
  });

  test('a manifest is read with a mark before it, and one that cannot be read is named', async () => {
    const workspace = testWorkspace();
    const at = 'cur/20260801-20260901/';
    const marked = lay(workspace, {
      [`${at}cur-00001.csv.gz`]: part(1),
      [`${at}cur-Manifest.json`]: `\uFEFF${manifest('', 2)}`,
    });
    await expect(workspace.stage(marked)).rejects.toMatchObject({ code: 'missing_parts' });
    const cut = lay(workspace, { [`${at}cur-Manifest.json`]: manifest('', 2).slice(0, -9) });
    expect((await workspace.import(cut)).warnings).toEqual([
      expect.stringMatching(
        /cur-Manifest.json cannot be read as a manifest: nothing says whether all files/u,
      ),
    ]);
  });

  test('what is left out of a folder is named, unless AWS or the system put it there', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, {
      'cur-00001.csv.gz': part(1),
      'cur-00002.csv.bz2': 'BZh9',
      'sub/cur-00003.csv.gz.part': 'half',
      'cur-create-table.sql': '',
      'crawler-cfn.yml': '',
      '.DS_Store': '',
      '__MACOSX/cur.csv': '',
    });
    const [warning, ...others] = (await workspace.import(folder)).warnings;
    expect(others).toEqual([]);
    expect(warning).toMatch(/^Left out, .*: \S+cur-00002.csv.bz2, \S+cur-00003.csv.gz.part\.$/u);
  });

  test('a part that the manifest names and the folder lacks is named', async () => {
    const workspace = testWorkspace();
    const folder = lay(workspace, {
      [`cur/20260801-20260901/${A}/cur-00001.csv.gz`]: part(1),
      'cur/20260801-20260901/cur-Manifest.json': manifest(A, 2),
    });
    await expect(workspace.stage(folder)).rejects.toMatchObject({
      code: 'missing_parts',
      message: expect.stringMatching(/cur-00002.csv.gz/u),
    });
  });

  test('the last day of a month, billed in the next one, belongs to the period that bills it', async () => {
    const workspace = testWorkspace();
    const late = {
      'bill/BillingPeriodStartDate': '2026-09-01T00:00:00Z',
      'lineItem/UsageStartDate': '2026-08-31T23:00:00Z',
    };
    await workspace.import(lay(workspace, { 'cur-1.csv': cur1([late]) }));
    expect(await deliveries(workspace)).toEqual(['cur 2026-09 1 0.06']);
  });
});

test('two deliveries of several payers, which begin with another payer each, are not added together', async () => {
  const workspace = testWorkspace();
  const both = (...payers: string[]): string =>
    cur2(payers.map((payer) => ({ bill_payer_account_id: payer })));
  const folder = lay(workspace, { 'older/bill.csv': both('1', '2'), 'newer/bill.csv': both('2', '1') });
  await expect(workspace.stage(folder)).rejects.toMatchObject({
    code: 'period_held',
    message: expect.stringMatching(/older.bill\.csv .* hold the same payer's period, in two deliveries/u),
  });
  expect(total(await workspace.import(join(folder, 'newer')))).toBeCloseTo(0.12, 12);
});

test('CUR and FOCUS of one month are alternatives: together refused, one after the other a replacement', async () => {
  const focus = [
    'BilledCost,BillingAccountId,BillingCurrency,BillingPeriodStart,ChargeCategory,ChargePeriodStart,EffectiveCost,ListCost,ProviderName,ServiceName,x_ServiceCode,x_UsageType',
    '0.06,000000000001,USD,2026-08-01T00:00:00Z,Usage,2026-08-03T10:00:00Z,0.06,0.06,AWS,Amazon Bedrock,AmazonBedrock,USE1-NovaLite-input-tokens',
    '',
  ].join('\n');
  const workspace = testWorkspace();
  const folder = lay(workspace, { 'focus.csv': focus, 'cur-1.csv': cur1([{}]) });
  await expect(workspace.stage(folder)).rejects.toMatchObject({
    code: 'period_held',
    message: expect.stringMatching(/cur \(cur-1.0\) and focus \(focus-1.0\). Import one of them/u),
  });
  await workspace.import(join(folder, 'cur-1.csv'));
  const staged = await workspace.stage(join(folder, 'focus.csv'));
  expect(staged.replaces).toMatchObject([
    {
      sameReport: false,
      held: { kind: 'cur-1.0', unblended: 0.06 },
      incoming: { kind: 'focus-1.0', unblended: 0.06 },
      byService: [{ service: 'AmazonBedrock', held: 0.06, incoming: 0.06 }],
    },
  ]);
  await workspace.engine.call('import.commit', { batchId: staged.batchId ?? 0 });
  const { rows } = await workspace.engine.call('import.tieOut', {});
  expect(rows.map(({ heldUnblended }) => heldUnblended)).toEqual([0.06]);
});
