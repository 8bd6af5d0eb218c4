// What can be wrong with a file or a run: said in terms of what to do, and the workspace is as it was before.
import { fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import { interpretLine } from '../../../shared/domain/usage/classify.ts';
import { createSeriesPricer } from '../../../src-main/engine/catalog/line-amounts.ts';
import { priceNewSeries } from '../../../src-main/engine/catalog/price-series.ts';
import { asWorkspaceError } from '../../../src-main/engine/db/failures.ts';
import type { Db } from '../../../src-main/engine/db/open.ts';
import { createEngine } from '../../../src-main/engine/engine.ts';
import { createImports } from '../../../src-main/engine/import/imports.ts';
import { CAPS, type Caps } from '../../../src-main/engine/import/run.ts';
import { stageImport } from '../../../src-main/engine/import/stage.ts';
import { CUR_2, csv, cur1, cur2, OTHER_2, type Row } from './synthetic.ts';
import { DATA, type TestWorkspace, testWorkspace } from './workspace.ts';

const TABLES = [
  'import_batch',
  'source_file',
  'delivery',
  'file_total',
  'line_item',
  'rollup',
  'rollup_line',
  'daily',
  'raw_block',
  'line_series',
  'series_price',
  'rejected_row',
];

/** Rows per table: what is left behind. */
function contents(workspace: TestWorkspace): Record<string, unknown> {
  const db = workspace.rows();
  return Object.fromEntries(
    TABLES.map((table) => [table, db.prepare(`SELECT COUNT(*) FROM ${table}`).pluck().get()]),
  );
}
const pricingOf = (db: Db) => async () => ({
  pricer: createSeriesPricer(BUNDLED_CATALOG),
  finish: (batchId: number) => priceNewSeries(db, batchId, BUNDLED_CATALOG),
});

const NOTHING = Object.fromEntries(TABLES.map((table) => [table, 0]));

const gzip = gzipSync(
  cur2(Array.from({ length: 5000 }, (_, index): Row => ({ line_item_usage_amount: index }))),
);
const flipped = Buffer.from(gzip);
flipped[gzip.length - 6] = (flipped[gzip.length - 6] ?? 0) ^ 0xff;
const zip = readFileSync(join(DATA, 'cur-1.0-mock.csv.zip'));
const brokenZip = Buffer.from(zip);
brokenZip[200] = (brokenZip[200] ?? 0) ^ 0xff;

describe('a file that cannot be imported', () => {
  const cases: { what: string; content: string | Buffer; code: string; says: RegExp }[] = [
    {
      what: 'a cut gzip',
      content: gzip.subarray(0, gzip.length - 100),
      code: 'corrupt_file',
      says: /ends too early/u,
    },
    { what: 'a gzip with a wrong checksum', content: flipped, code: 'corrupt_file', says: /damaged/u },
    { what: 'a cut zip', content: zip.subarray(0, 400), code: 'corrupt_file', says: /not complete/u },
    { what: 'a damaged zip', content: brokenZip, code: 'corrupt_file', says: /not complete/u },
    { what: 'an empty file', content: '', code: 'nothing_to_import', says: /empty/u },
    {
      what: 'a header without rows',
      content: `${CUR_2.join(',')}\n`,
      code: 'nothing_to_import',
      says: /no rows/u,
    },
    {
      what: 'a FOCUS export without its billed cost',
      content:
        'ChargeCategory,ChargePeriodStart,ServiceName,BillingCurrency\nUsage,2026-08-01,Amazon Bedrock,USD\n',
      code: 'missing_columns',
      says: /lacks the column billedcost/u,
    },
    {
      what: 'a Cost Explorer download',
      content: 'Service,Amazon Bedrock($),Total costs($)\nService total,1,1\n2026-08-01,1,1\n',
      code: 'unsupported_format',
      says: /Cost Explorer download, which holds no line items/u,
    },
    {
      what: 'some other CSV',
      content: 'name,age\nann,7\n',
      code: 'unsupported_format',
      says: /first column: "name"/u,
    },
    {
      what: 'a CUR without a required column',
      content: csv(
        CUR_2.filter((name) => name !== 'line_item_unblended_cost'),
        [{}],
      ),
      code: 'missing_columns',
      says: /line_item_unblended_cost/u,
    },
    {
      what: 'a CUR whose rows are shorter than its header',
      content: readFileSync(join(DATA, 'cur-1.0-small.csv.gz')),
      code: 'nothing_to_import',
      says: /has 130 columns where the header has 131/u,
    },
  ];
  test.each(cases)('$what', async ({ content, code, says }) => {
    const workspace = testWorkspace();
    const file = workspace.write('export.bin', content);
    await expect(workspace.stage(file)).rejects.toMatchObject({
      code,
      message: expect.stringMatching(says),
      details: expect.objectContaining({ file: expect.stringContaining('export.bin') }),
    });
    expect(contents(workspace)).toEqual(NOTHING);
  });

  test('a file that is not there', async () => {
    const workspace = testWorkspace();
    const missing = join(workspace.folder, 'nowhere.csv');
    await expect(workspace.stage(missing)).rejects.toMatchObject({
      code: 'file_not_found',
      details: { file: missing },
    });
  });

  test('a folder without data', async () => {
    const workspace = testWorkspace();
    await expect(workspace.stage(workspace.folder)).rejects.toMatchObject({ code: 'nothing_to_import' });
  });

  test('a manifest alone is a list of files, and no bill that is held already', async () => {
    const workspace = testWorkspace();
    const manifest = workspace.write('report-Manifest.json', '{"reportKeys": ["report-00001.csv.gz"]}');
    await expect(workspace.stage(manifest)).rejects.toMatchObject({
      code: 'nothing_to_import',
      message: expect.stringMatching(/report-Manifest\.json only names the files of a bill/u),
    });
  });
});

test('a zip imports', async () => {
  const workspace = testWorkspace();
  const report = await workspace.import(join(DATA, 'cur-1.0-mock.csv.zip'));
  expect(report.files[0]).toMatchObject({ compression: 'zip', format: 'cur-1.0', period: '2024-01' });
  expect(report.rows.read).toBeGreaterThan(0);
  expect(report.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/u);
  const { rows } = await workspace.engine.call('import.tieOut', {});
  expect(rows.every(({ agrees }) => agrees)).toBe(true);
});

describe('a bad row', () => {
  test('is rejected with file, line, column, reason and text, and the others are imported', async () => {
    const workspace = testWorkspace();
    const bad: Row[] = [
      { line_item_line_item_description: 'two\nlines' },
      { line_item_unblended_cost: 'n/a' },
      { line_item_usage_start_date: '03.08.2026' },
      { line_item_currency_code: '' },
      { bill_billing_period_start_date: 'August' },
      { product: '{"product_name":' },
      {},
    ];
    const content = `${cur2(bad)}too,short\n`;
    const file = workspace.write('report-00001.csv', content);
    const report = await workspace.import(file);
    expect(report.rows).toEqual({ read: 8, kept: 2, rolledUp: 0, rejected: 6 });
    const { rows, rowCount } = await workspace.engine.call('import.rejectedRows', {
      batchId: report.batchId ?? 0,
    });
    expect(rowCount).toBe(6);
    expect(rows.map(({ line, column, reason }) => [line, column, reason])).toEqual([
      [4, 'line_item_unblended_cost', '"n/a" is not a number'],
      [
        5,
        'line_item_usage_start_date',
        expect.stringMatching(
          /^"03.08.2026" is not a date like 2026-04-01T00:00:00Z; a spreadsheet wrote it/u,
        ),
      ],
      [6, 'line_item_currency_code', 'the cell is blank, so the cost has no currency'],
      [7, 'bill_billing_period_start_date', '"August" is not a date like 2026-04-01T00:00:00Z'],
      [8, 'product', expect.stringContaining('is not a JSON object')],
      [10, null, `has 2 columns where the header has ${CUR_2.length}`],
    ]);
    expect(rows[0]).toMatchObject({ file, text: expect.stringContaining('n/a') });
    expect(rows[5]?.text).toBe('too,short');
    const target = join(workspace.folder, 'rejected.csv');
    const written = await workspace.engine.call('export.rejectedRows', {
      batchId: report.batchId ?? 0,
      target,
    });
    expect(written.rows).toBe(6);
    expect(readFileSync(target, 'utf8').split('\r\n')[0]).toBe('file,line,column,reason,text');
  });

  test('a stray quote costs its own line, and a quote that papaparse can read costs nothing', async () => {
    const workspace = testWorkspace();
    const lines = cur2([{ line_item_resource_id: 'STRAY' }, {}, { line_item_resource_id: 'ODD' }, {}]).split(
      '\n',
    );
    const text = lines.join('\n').replace(',STRAY,', ',"stray,').replace(',ODD,', ',"o"d"d",');
    const report = await workspace.import(workspace.write('report.csv', text));
    expect(report.rows).toEqual({ read: 4, kept: 3, rolledUp: 0, rejected: 1 });
    const { rows } = await workspace.engine.call('import.rejectedRows', { batchId: report.batchId ?? 0 });
    expect(rows[0]).toMatchObject({ line: 2, reason: expect.stringContaining('quote') });
    const resources = workspace.rows().prepare<[], string>('SELECT text FROM dim_resource').pluck().all();
    expect(resources).toEqual(['o"d"d']);
  });

  test('a quote that never closes costs its own line, however long the file goes on', async () => {
    const workspace = testWorkspace();
    const [header = '', row = ''] = cur2([{ line_item_resource_id: 'RESOURCE' }]).split('\n');
    const plain = row.replaceAll(/"(?:[^"]|"")*"/gu, '{}');
    const rows = Array.from({ length: 20_000 }, (_, index) =>
      index === 9 ? plain.replace('RESOURCE', '"stray') : plain,
    );
    const report = await workspace.import(workspace.write('report.csv', `${header}\n${rows.join('\n')}\n`));
    expect(report.files[0]?.bytes).toBeGreaterThan(8 * 1024 * 1024);
    expect(report.rows).toEqual({ read: 20_000, kept: 19_999, rolledUp: 0, rejected: 1 });
    const { rows: rejected } = await workspace.engine.call('import.rejectedRows', {
      batchId: report.batchId ?? 0,
    });
    expect(rejected[0]).toMatchObject({ line: 11, reason: 'a quote opens here and never closes' });
  });

  test('a bad number in an optional column is not stated, and the report says how many', async () => {
    const workspace = testWorkspace();
    const rows: Row[] = [{ pricing_public_on_demand_cost: 'free' }, { line_item_unblended_cost: '' }];
    const report = await workspace.import(workspace.write('report.csv', cur2(rows)));
    expect(report.rows).toMatchObject({ read: 2, kept: 2 });
    expect(report.warnings).toEqual([
      expect.stringContaining('1 cell of pricing_public_on_demand_cost hold no number'),
      expect.stringContaining('1 row states no unblended cost'),
    ]);
  });
});

describe('odd but readable files', () => {
  const plain = cur2([{ line_item_resource_id: 'a "b", c' }, OTHER_2]);
  const variants: { what: string; content: string | Buffer }[] = [
    { what: 'with a byte order mark', content: `\uFEFF${plain}` },
    { what: 'with CRLF', content: plain.replaceAll('\n', '\r\n') },
    { what: 'without a last line end', content: plain.trimEnd() },
    { what: 'with blank lines', content: plain.replace('\n', '\n\n') },
    {
      what: 'with headers in another case',
      content: plain.replace(/^[^\n]+/u, (header) => header.toUpperCase()),
    },
    { what: 'with semicolons', content: semicolons(plain) },
    {
      what: 'as two gzip members',
      content: Buffer.concat([gzipSync(plain.slice(0, 3000)), gzipSync(plain.slice(3000))]),
    },
  ];
  test.each(variants)('$what', async ({ content }) => {
    const workspace = testWorkspace();
    const report = await workspace.import(workspace.write('report', content));
    expect(report.rows).toEqual({ read: 2, kept: 1, rolledUp: 1, rejected: 0 });
    expect(report.totals).toEqual([
      { currency: 'USD', chargeType: 'Usage', rows: 2, unblended: expect.closeTo(0.0704, 12) },
    ]);
    expect(workspace.rows().prepare('SELECT text FROM dim_resource').pluck().get()).toBe('a "b", c');
  });
});

/** The same cells with another delimiter. */
function semicolons(text: string): string {
  return text.replace(/"(?:[^"]|"")*"|,/gu, (found) => (found === ',' ? ';' : found));
}

test('what a file lacks is named with its consequence', async () => {
  const workspace = testWorkspace();
  const required = CUR_2.filter((name) =>
    /(line_item_type|usage_start_date|product_code|usage_type|currency_code|unblended_cost)$/u.test(name),
  ).filter((name) => !name.includes('net_'));
  expect(required).toHaveLength(6);
  const cells = [
    'Usage',
    '2026-08-03T10:00:00Z',
    'AmazonBedrock',
    'USE1-NovaLite-input-tokens',
    'USD',
    '0.06',
  ];
  const order = [
    'line_item_type',
    'usage_start_date',
    'product_code',
    'usage_type',
    'currency_code',
    'unblended_cost',
  ];
  const row = Object.fromEntries(
    required.map((name) => [name, cells[order.findIndex((end) => name.endsWith(end))] ?? '']),
  );
  const report = await workspace.import(workspace.write('slim.csv', csv(required, [row])));
  expect(report.rows).toMatchObject({ read: 1, kept: 1 });
  expect(report.files[0]?.period).toBe('2026-08');
  expect(report.files[0]?.missing.map(({ capability }) => capability)).toEqual(
    expect.arrayContaining(['payers', 'billing periods', 'resources', 'quantities', 'net costs']),
  );
  expect(workspace.rows().prepare('SELECT quantity, list, amortized FROM line_item').get()).toEqual({
    quantity: null,
    list: null,
    amortized: 0.06,
  });
});

describe('while an import runs', () => {
  const many = (): string => {
    const row = cur1([{}]).split('\n')[1] ?? '';
    const header = cur1([]).trimEnd();
    return `${header}\n${`${row}\n`.repeat(60_000)}`;
  };

  test('reads are answered, a second import is refused, and cancel leaves nothing behind', async () => {
    const workspace = testWorkspace();
    const file = workspace.write('report.csv', many());
    let progress = 0;
    const firstProgress = new Promise<void>((done) => {
      workspace.engine.onEvent((event) => {
        if (event.type !== 'import.progress') return;
        progress++;
        if (event.progress.rows > 0) done();
      });
    });
    const running = workspace.stage(file);
    running.catch(() => {});
    await firstProgress;
    await expect(workspace.stage(file)).rejects.toMatchObject({ code: 'import_running' });
    const asked = performance.now();
    expect(await workspace.engine.call('import.tieOut', {})).toEqual({ rows: [] });
    expect(performance.now() - asked).toBeLessThan(500);
    const cancelled = performance.now();
    expect(await workspace.engine.call('import.cancel', {})).toEqual({ cancelled: true });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
    expect(performance.now() - cancelled).toBeLessThan(1000);
    expect(progress).toBeGreaterThan(1);
    expect(await workspace.engine.call('import.cancel', {})).toEqual({ cancelled: false });
    expect(contents(workspace)).toEqual(NOTHING);
  });

  test('a killed process leaves the workspace as before, and the next start says so', async () => {
    const workspace = testWorkspace();
    const held = workspace.write('held.csv', cur1([{ 'bill/PayerAccountId': '7' }]));
    await workspace.import(held);
    const before = workspace.rows().prepare('SELECT COUNT(*) FROM line_item').pluck().get();
    workspace.close();
    const file = workspace.write('report.csv', many());
    const child = fork(resolve(import.meta.dirname, 'import-and-wait.ts'), [workspace.path, file], {
      silent: true,
    });
    await new Promise<void>((done, fail) => {
      child.once('message', () => done());
      child.once('exit', (code) => fail(new Error(`ended with ${code} before it read anything`)));
    });
    const gone = new Promise((done) => child.removeAllListeners('exit').once('exit', done));
    child.kill('SIGKILL');
    await gone;
    const engine = createEngine({ workspacePath: workspace.path });
    const { batches } = await engine.call('import.history', {});
    expect(batches.map(({ state }) => state)).toEqual(['active']);
    const { rows } = await engine.call('import.tieOut', {});
    expect(rows.reduce((sum, { heldRows }) => sum + heldRows, 0)).toBe(before);
    engine.close();
  });
});

test('a full disk stops the import with what to do, and the workspace is as before', async () => {
  const workspace = testWorkspace();
  const rows = Array.from(
    { length: 3000 },
    (_, index): Row => ({ line_item_resource_id: `resource-${index}` }),
  );
  const file = workspace.write('report.csv', cur2(rows));
  const db = workspace.rows();
  // SQLite's own limit gives the error that a full disk gives.
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 40}`);
  const imports = createImports({
    db,
    path: workspace.path,
    beginPricing: pricingOf(db),
    now: () => new Date(),
    emit: () => {},
  });
  const failed = await imports
    .stage({ sources: [file], allowMissingParts: false, everyLine: null })
    .catch((error: unknown) => asWorkspaceError(error, workspace.path));
  expect(failed).toMatchObject({ code: 'disk_full', message: expect.stringContaining('make room') });
  expect(contents(workspace)).toEqual(NOTHING);
});

describe('AI-adjacent services beyond a limit', () => {
  const stageWithin = async (rows: readonly Row[], caps: Partial<Caps>, everyLine = false) => {
    const workspace = testWorkspace();
    const file = workspace.write('report.csv', cur2([{}, ...rows]));
    const db = workspace.rows();
    const report = await stageImport({
      db,
      sources: [file],
      allowMissingParts: false,
      everyLine,
      now: () => new Date(),
      interpret: interpretLine,
      beginPricing: pricingOf(db),
      onProgress: () => {},
      signal: new AbortController().signal,
      caps: { ...CAPS, ...caps },
    });
    const held = db.prepare(
      `SELECT resource.text AS resource, SUM(line_items) AS lines, SUM(unblended) AS unblended
       FROM rollup JOIN line_series AS series ON series.id = series_id
       LEFT JOIN dim_resource AS resource ON resource.id = series.resource
       WHERE line_class = 'candidate' GROUP BY 1 ORDER BY 1`,
    );
    return { report, held: held.all(), db };
  };
  const service = (code: string, usageType: string, resource: string): Row => ({
    line_item_product_code: code,
    line_item_usage_type: usageType,
    line_item_resource_id: resource,
    line_item_unblended_cost: 1,
  });

  test('lines that look like AI are summed under their labels, and the report says so', async () => {
    const rows = Array.from({ length: 30 }, () => service('AmazonES', 'USE1-SearchOCU', 'kb'));
    const { report, held } = await stageWithin(rows, { candidateLines: 10, candidateSeries: 10 });
    expect(report.rows).toEqual({ read: 31, kept: 11, rolledUp: 20, rejected: 0 });
    expect(report.candidates).toEqual({ lineItems: 30, unblended: 30, capped: true });
    expect(report.warnings).toEqual([expect.stringContaining('More than 10 lines')]);
    expect(held).toEqual([{ resource: 'kb', lines: 20, unblended: 20 }]);
  });

  test('single lines beyond a limit of label combinations keep their hour and amount without them', async () => {
    const rows = ['a', 'b', 'c', 'a', 'c'].map((name) => service('AmazonEC2', 'BoxUsage', name));
    const { report, db } = await stageWithin(rows, { lineSeries: 2 }, true);
    expect(report.warnings).toEqual([expect.stringContaining('more than 2 combinations of labels')]);
    const lines = db.prepare(
      `SELECT resource.text AS resource, COUNT(*) AS lines, SUM(unblended) AS unblended FROM rollup_line
       JOIN line_series AS series ON series.id = series_id
       LEFT JOIN dim_resource AS resource ON resource.id = series.resource GROUP BY 1 ORDER BY 1`,
    );
    expect(lines.all()).toEqual([
      { resource: null, lines: 2, unblended: 2 },
      { resource: 'a', lines: 2, unblended: 2 },
      { resource: 'b', lines: 1, unblended: 1 },
    ]);
  });

  test('lines of one series too many lose their resource, those of a known one do not', async () => {
    const rows = ['a', 'b', 'c', 'a', 'c', 'd'].map((name) => service('AWSLambda', 'Request', name));
    const { report, held } = await stageWithin(rows, { candidateLines: 10, candidateSeries: 2 });
    expect(report.rows).toEqual({ read: 7, kept: 1, rolledUp: 6, rejected: 0 });
    expect(report.candidates).toEqual({ lineItems: 6, unblended: 6, capped: true });
    expect(report.warnings).toEqual([expect.stringContaining('more than 2 combinations')]);
    expect(held).toEqual([
      { resource: null, lines: 3, unblended: 3 },
      { resource: 'a', lines: 2, unblended: 2 },
      { resource: 'b', lines: 1, unblended: 1 },
    ]);
  });
});

test('a commit or discard of something that is not staged is refused', async () => {
  const workspace = testWorkspace();
  const { batchId } = await workspace.import(workspace.write('r.csv', cur2([{}])));
  for (const id of [batchId ?? 0, 99]) {
    await expect(workspace.engine.call('import.commit', { batchId: id })).rejects.toMatchObject({
      code: 'no_staged_import',
    });
    await expect(workspace.engine.call('import.discard', { batchId: id })).rejects.toMatchObject({
      code: 'no_staged_import',
    });
  }
});

test('a workspace that is open for reading refuses an import', async () => {
  const workspace = testWorkspace();
  const file = workspace.write('r.csv', cur2([{}]));
  const reader = createEngine({ workspacePath: workspace.path, readOnly: true });
  await expect(reader.call('import.stage', { sources: [file] })).rejects.toMatchObject({
    code: 'workspace_read_only',
  });
  reader.close();
});

test('a column that occurs twice is read once, the first of the two, and the report says so', async () => {
  const workspace = testWorkspace();
  const [header = '', row = ''] = cur2([{ line_item_unblended_cost: 5 }])
    .trimEnd()
    .split('\n');
  const content = `${header},line_item_unblended_cost\n${row},7000\n`;
  const report = await workspace.import(workspace.write('report-00001.csv', content));
  expect(report.totals).toMatchObject([{ unblended: 5 }]);
  expect(report.warnings.join(' ')).toContain(
    'the column line_item_unblended_cost occurs twice; the first one is read.',
  );
});
