// Questions about a bill that was really imported, held against the generator's own totals and against the CSV itself.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Papa from 'papaparse';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { methods } from '../../../shared/contract/methods.ts';
import type { Measure } from '../../../shared/domain/spend/vocabulary.ts';
import { createEngine, type Engine } from '../../../src-main/engine/engine.ts';
import type { Truth } from '../../../src-main/engine/sample/truth.ts';
import { SAMPLE_DEFAULTS, writeSample } from '../../../src-main/engine/sample/write.ts';

type BillRecord = Readonly<Record<string, string>>;

/** Names of the columns that the recomputation needs, by format. */
const COLUMNS = {
  'cur-1.0': {
    cost: 'lineItem/UnblendedCost',
    entity: 'bill/BillingEntity',
    code: 'lineItem/ProductCode',
    usageType: 'lineItem/UsageType',
    amount: 'lineItem/UsageAmount',
    unit: 'pricing/unit',
    charge: 'lineItem/LineItemType',
    account: 'lineItem/UsageAccountId',
    start: 'lineItem/UsageStartDate',
    product: 'product/ProductName',
  },
  'cur-2.0': {
    cost: 'line_item_unblended_cost',
    entity: 'bill_billing_entity',
    code: 'line_item_product_code',
    usageType: 'line_item_usage_type',
    amount: 'line_item_usage_amount',
    unit: 'pricing_unit',
    charge: 'line_item_line_item_type',
    account: 'line_item_usage_account_id',
    start: 'line_item_usage_start_date',
    product: 'product',
  },
} as const;

describe.each(['cur-1.0', 'cur-2.0'] as const)('an imported %s bill', (format) => {
  const column = COLUMNS[format];
  let folder: string;
  let engine: Engine;
  let truth: Truth;
  let records: BillRecord[];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'assay-'));
    const written = await writeSample({
      ...SAMPLE_DEFAULTS,
      folder: join(folder, 'export'),
      rows: 4000,
      months: 2,
      seed: 11,
      format,
      compression: 'none',
    });
    truth = written.truth;
    records = written.files.flatMap(
      (file) =>
        Papa.parse<BillRecord>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: true }).data,
    );
    engine = createEngine({ workspacePath: join(folder, 'bill.assay') });
    const report = await engine.call('import.stage', { sources: written.files });
    await engine.call('import.commit', { batchId: report.batchId ?? 0 });
  }, 120_000);
  afterAll(() => {
    engine.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Whether a record is Bedrock's, decided here from the text of the file alone. */
  const isBedrock = (record: BillRecord): boolean =>
    record[column.entity] === 'AWS Marketplace'
      ? (record[column.product] ?? '').includes('Bedrock')
      : /^AmazonBedrock(Service|FoundationModels|AgentCore)?$/u.test(record[column.code] ?? '');
  const total = (some: readonly BillRecord[], name: string): number =>
    some.reduce((sum, record) => sum + Number(record[name]), 0);

  test('the whole bill is the sum of its cost column', async () => {
    const { totals } = await engine.call('spend.query', {
      measures: ['unblended', 'lineItems'],
      scope: 'all',
    });
    expect(totals.lineItems).toBe(records.length);
    expect(totals.unblended).toBeCloseTo(total(records, column.cost), 6);
  });

  test('cost and lines by account and day are those of the file', async () => {
    const { rows } = await engine.call('spend.query', {
      measures: ['unblended', 'lineItems'],
      groupBy: ['account', 'day'],
    });
    const bedrock = records.filter(isBedrock);
    const expected = Map.groupBy(
      bedrock,
      (record) => `${record[column.account]} ${record[column.start]?.slice(0, 10)}`,
    );
    expect(rows.length).toBe(expected.size);
    for (const [account, day, unblended, lineItems] of rows) {
      const some = expected.get(`${account} ${day}`) ?? [];
      expect(lineItems).toBe(some.length);
      expect(unblended).toBeCloseTo(total(some, column.cost), 8);
    }
  });

  test('input tokens of one usage type are its billed thousands', async () => {
    const where = [{ dimension: 'usageType', operator: '~' as const, values: ['NovaLite-input-tokens'] }];
    const { totals } = await engine.call('spend.query', { measures: ['tokens', 'effectiveRate'], where });
    const some = records.filter(
      (record) =>
        isBedrock(record) &&
        record[column.charge] === 'Usage' &&
        /NovaLite-input-tokens/u.test(record[column.usageType] ?? ''),
    );
    expect(some.length).toBeGreaterThan(0);
    expect(new Set(some.map((record) => record[column.unit]))).toEqual(new Set(['1K tokens']));
    expect(totals.tokens).toBeCloseTo(total(some, column.amount) * 1000, 3);
    expect(totals.effectiveRate).toBeCloseTo(
      (total(some, column.cost) / (total(some, column.amount) * 1000)) * 1e6,
      9,
    );
  });

  test('every group of the answer sheet is answered', async () => {
    const measures: Measure[] = ['lineItems', 'unblended', 'netUnblended', 'tokens'];
    for (const [name, groups] of Object.entries(truth.bedrock.groups)) {
      const { rows, totals } = await engine.call('spend.query', { measures, groupBy: name.split(',') });
      const keys = name.split(',').length;
      const byKey = new Map(rows.map((row) => [JSON.stringify(row.slice(0, keys)), row.slice(keys)]));
      expect([name, byKey.size]).toEqual([name, groups.length]);
      for (const { key, lineItems, unblended, netUnblended, tokens } of groups) {
        const [lines, cost, net, counted] = byKey.get(JSON.stringify(key)) ?? [];
        expect([name, key, lines]).toEqual([name, key, lineItems]);
        expect(Number(cost)).toBeCloseTo(unblended, 6);
        expect(Number(net)).toBeCloseTo(netUnblended, 6);
        // The sheet writes 0 where no token was billed; an answer says that there is nothing to count.
        expect(Number(counted ?? 0)).toBeCloseTo(tokens, 3);
      }
      expect(totals.unblended).toBeCloseTo(truth.bedrock.unblended, 6);
    }
  });

  test('the summary adds up and agrees with the answer sheet', async () => {
    const answer = await engine.call('spend.summary', {});
    const [block] = methods['spend.summary'].output.parse(answer).blocks;
    expect(block?.total).toBeCloseTo(truth.bedrock.unblended, 6);
    expect(block?.tokens).toBeCloseTo(truth.bedrock.tokens, 2);
    expect(block?.unknown.lineItems).toBe(truth.bedrock.unknownLineItems);
    expect(block?.unknown.cost).toBeCloseTo(truth.bedrock.unknownUnblended, 6);
    expect((block?.native ?? 0) + (block?.marketplace ?? 0)).toBeCloseTo(block?.total ?? 0, 6);
    const parts = [block?.inference, block?.ancillary, block?.notUsage, block?.unknown.cost];
    expect(parts.reduce<number>((sum, part) => sum + (part ?? 0), 0)).toBeCloseTo(block?.total ?? 0, 6);
    const outside = records.filter(
      (record) =>
        isBedrock(record) &&
        (record[column.entity] === 'AWS Marketplace' || record[column.code] !== 'AmazonBedrock'),
    );
    expect(block?.outsideCostExplorerFilter).toBeCloseTo(total(outside, column.cost), 6);
  });

  test('a line shows its record as it stood in the file, its rule and how its price came about', async () => {
    const { rows } = await engine.call('spend.lineItems', {
      where: [{ dimension: 'meter', operator: '=', values: ['input', 'output'] }],
      sort: { by: 'unblended', descending: true },
      limit: 200,
    });
    const line = rows.find((row) => row.catalogListLow !== null);
    expect(line).toBeDefined();
    const answer = await engine.call('spend.lineItem', { id: line?.id ?? 0 });
    const detail = methods['spend.lineItem'].output.parse(answer);
    const inFile = Object.fromEntries(detail.record.map(({ column: name, value }) => [name, value]));
    expect(records).toContainEqual(inFile);
    expect(Number(inFile[column.cost])).toBe(detail.line.unblended);
    expect(inFile[column.usageType]).toBe(detail.line.usageType);
    expect(detail.rule?.reason).toBeTruthy();
    expect(detail.price?.status).toBe('priced');
    expect(detail.price?.prices.length).toBeGreaterThan(0);
    const amount = (detail.line.normalizedQuantity ?? 0) * (detail.price?.usdPerUnitLow ?? 0);
    expect(detail.line.catalogListLow).toBeCloseTo(amount, 9);
    expect(detail.price?.formula).toContain(`= ${Number(amount.toPrecision(12))}`);
    expect(detail.variance?.amountHigh).toBeCloseTo(detail.line.unblended - amount, 9);
  });

  test('a line that is not held is said to be so', async () => {
    await expect(engine.call('spend.lineItem', { id: 999_999_999 })).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  test('the review list is the unknown lines of the answer sheet', async () => {
    const { rows } = await engine.call('spend.unknown', {});
    const unknown = rows.filter(({ problem }) => problem === 'unknown_usage_type');
    expect(unknown.reduce((sum, row) => sum + row.lineItems, 0)).toBe(truth.bedrock.unknownLineItems);
  });

  test('accounts have names where the export has them', async () => {
    const { rows } = await engine.call('spend.query', {
      measures: ['lineItems'],
      groupBy: ['account', 'accountName'],
    });
    expect(rows.length).toBeGreaterThan(0);
    for (const [, name] of rows) {
      if (format === 'cur-1.0') expect(name).toBeNull();
      else expect(name).toBeTruthy();
    }
  });
});
