// Folders as AWS lays them out: which files of a delivery count, with manifests and without.
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { cur1, cur2, type Row } from './synthetic.ts';
import { type Report, type TestWorkspace, testWorkspace } from './workspace.ts';

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
