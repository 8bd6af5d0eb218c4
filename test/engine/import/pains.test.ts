// The pains of importing AWS bills that people have reported in public, and where each one is held. A reviewer reads
// this table; the first test makes sure that every test it points to exists, the others hold what had no other place.
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { recordOf } from '../../../src-main/engine/import/raw-record.ts';
import { CUR_1, CUR_2, csv, cur1, cur2, OTHER_2, type Row } from './synthetic.ts';
import { type TestWorkspace, testWorkspace } from './workspace.ts';

type Pain = {
  readonly pain: string;
  /** File under `test/`, and the words with which one of its tests (or golden cases) begins or which it contains. */
  readonly held: readonly (readonly [file: string, test: string])[];
};

const HERE = 'engine/import/pains.test.ts';
const DELIVERIES = 'engine/import/deliveries.test.ts';
const LAYOUTS = 'engine/import/layouts.test.ts';
const LINES = 'engine/import/lines.test.ts';
const TROUBLE = 'engine/import/trouble.test.ts';
const LIMITS = 'engine/import/limits.test.ts';
const REAL = 'engine/import/real-exports.test.ts';
const golden = (name: string): readonly [string, string] => [`golden/import/${name}/expected.tsv`, 'store'];

const PAINS: readonly Pain[] = [
  {
    pain: '1 each assembly holds the month so far: several of them count it several times',
    held: [
      [DELIVERIES, 'A then A′ is A′'],
      [LAYOUTS, 'the newest execution with all its parts'],
    ],
  },
  {
    pain: '2 an assembly has many parts, and one of them is not the bill',
    held: [
      [DELIVERIES, 'parts of one report make one delivery'],
      [LAYOUTS, 'a part that the manifest names and the folder lacks is named'],
    ],
  },
  {
    pain: '3 parts are missing and no manifest says so',
    held: [
      [DELIVERIES, 'a missing part is an error that says which'],
      ['cli/tieout.test.ts', 'a figure that ties is clean'],
    ],
  },
  {
    pain: '4 the bill changes after the month until the invoice arrives',
    held: [[DELIVERIES, 'an open period becomes final when its invoice arrives']],
  },
  {
    pain: '5 the last day of a month is delivered with the next one',
    held: [[LAYOUTS, 'the last day of a month, billed in the next one']],
  },
  {
    pain: '6 line item ids are neither unique nor stable',
    held: [[HERE, 'lines that share their id all count']],
  },
  {
    pain: '7 columns appear, move and vanish',
    held: [
      [DELIVERIES, 'columns may differ between parts'],
      [HERE, 'columns that nobody knows yet are kept'],
    ],
  },
  {
    pain: '8 CUR 2.0 renames columns and packs them into maps',
    held: [
      [LINES, 'is the same from CUR 1.0, CUR 2.0 and the flat variant'],
      golden('cur-2.0-maps'),
      golden('cur-2.0-dot-selected'),
    ],
  },
  {
    pain: '9 a tool wants columns that its own sample lacks',
    held: [
      [TROUBLE, 'what a file lacks is named with its consequence'],
      ['engine/import/sample.test.ts', 'imports to the figures of truth.json'],
    ],
  },
  {
    pain: '10 the export has no resource ids',
    held: [[HERE, 'without resource ids the bill is whole, and what is lost is said']],
  },
  {
    pain: '11 the case of column names changes',
    held: [[TROUBLE, 'with headers in another case'], golden('cur-2.0-dot-selected')],
  },
  { pain: '12 new kinds of tags appear in a new column', held: [golden('cur-2.0-maps')] },
  {
    pain: '13 a tag and a cost category share their name; the case of tag keys counts',
    held: [golden('cur-1.0-grouped'), [HERE, 'a tag and a cost category of one name stay apart']],
  },
  {
    pain: '14 the negation of a Savings Plan doubles the quantity',
    held: [[HERE, 'the quantity of covered usage counts once']],
  },
  { pain: '15 refunds distort the amortised view', held: [[HERE, 'a refund counts on every basis']] },
  {
    pain: '16 the negation is zeroed in the invoice view',
    held: [golden('cur-1.0-grouped'), [HERE, 'the quantity of covered usage counts once']],
  },
  { pain: '17 FOCUS counts the list cost of a commitment twice', held: [golden('focus-1.2')] },
  { pain: '18 a report larger than the memory', held: [[HERE, 'a long file is read in pieces']] },
  {
    pain: '19 a spreadsheet has saved the report',
    held: [golden('saved-by-a-spreadsheet'), [TROUBLE, 'with semicolons']],
  },
  {
    pain: '20 a cut gzip, a wrong name, a zip with several members',
    held: [
      [TROUBLE, 'a cut gzip'],
      [TROUBLE, 'a gzip with a wrong checksum'],
      [LIMITS, 'several members are several parts'],
      [HERE, 'what a file is called does not matter'],
    ],
  },
  {
    pain: '21 the total differs a little from the bill',
    held: [
      [REAL, 'totals per currency and charge type equal the exact decimal sums'],
      ['cli/tieout.test.ts', 'one that differs ends with code 1'],
    ],
  },
  {
    pain: '22 rows of totals are counted as lines',
    held: [
      golden('saved-by-a-spreadsheet'),
      ['engine/import/cross-check.test.ts', 'its totals are not counted again'],
    ],
  },
  {
    pain: '23 models sold through Marketplace are missing from Bedrock',
    held: [[LINES, 'from Marketplace goes by its product name'], golden('focus-1.2')],
  },
  { pain: '24 the unit of a usage type changes', held: [[HERE, 'the unit is that of each row']] },
  {
    pain: '25 units that are a thousand times off',
    held: [
      [HERE, 'an unknown unit shows cost and no tokens'],
      [HERE, 'a price a thousand times off its unit is asked about'],
    ],
  },
  {
    pain: '26 nobody shows what Bedrock costs',
    held: [['engine/import/sample.test.ts', 'imports to the figures of truth.json']],
  },
  {
    pain: '27 a view by resource hides half of the bill',
    held: [[HERE, 'without resource ids the bill is whole']],
  },
  {
    pain: '28 account ids lose their zeros or become numbers',
    held: [golden('cur-1.0-grouped'), golden('focus-1.0')],
  },
  {
    pain: '29 bills in other currencies',
    held: [golden('mixed-currencies'), [HERE, 'currencies are never added together']],
  },
  {
    pain: '30 the header and its rows do not fit together',
    held: [
      [TROUBLE, 'a CUR whose rows are shorter than its header'],
      [HERE, 'two names run into one'],
    ],
  },
  {
    pain: '31 the principal comes with a new export only',
    held: [[HERE, 'what a month lacks is said of that month']],
  },
  {
    pain: '32 the operation changed its meaning',
    held: [[HERE, 'the operation decides nothing about the class']],
  },
  {
    pain: '33 fixtures with columns that no export has',
    held: [[HERE, 'the headers of the tests are those of real exports']],
  },
];

test('all thirty-three are held, each by tests that exist', () => {
  expect(PAINS.map(({ pain }) => Number.parseInt(pain, 10))).toEqual(
    Array.from({ length: 33 }, (_, index) => index + 1),
  );
  for (const { pain, held } of PAINS) {
    expect(held.length).toBeGreaterThan(0);
    for (const [file, words] of held) {
      const path = resolve(import.meta.dirname, '../..', file);
      expect([pain, file, existsSync(path)]).toEqual([pain, file, true]);
      const text = readFileSync(path, 'utf8');
      // In this file the table itself has the words too.
      const times = text.split(words).length - 1;
      expect([pain, file, words, times >= (file === HERE ? 2 : 1)]).toEqual([pain, file, words, true]);
    }
  }
});

const sums = (workspace: TestWorkspace): unknown =>
  workspace
    .rows()
    .prepare(
      `SELECT SUM(unblended) AS unblended, SUM(amortized) AS amortized, SUM(quantity) AS quantity, COUNT(*) AS lines
       FROM (SELECT unblended, amortized, quantity FROM line_item UNION ALL SELECT unblended, amortized, quantity FROM rollup)`,
    )
    .get();

test('6: lines that share their id all count', async () => {
  const workspace = testWorkspace();
  const twin: Row = { identity_line_item_id: 'same', identity_time_interval: 'same' };
  await workspace.import(
    workspace.write('r.csv', cur2([twin, twin, { ...twin, line_item_unblended_cost: 1 }])),
  );
  expect(sums(workspace)).toMatchObject({ lines: 3, unblended: 1.12 });
});

test('7: columns that nobody knows yet are kept, and shown with the line', async () => {
  const workspace = testWorkspace();
  const header = ['a_new_column', ...CUR_2.toReversed()];
  await workspace.import(workspace.write('r.csv', cur2([{ a_new_column: 'its value' }], header)));
  const record = recordOf(workspace.rows(), 1, 1);
  expect(record[0]).toEqual({ column: 'a_new_column', value: 'its value' });
  expect(record).toHaveLength(header.length);
});

describe('10, 27', () => {
  test('without resource ids the bill is whole, and what is lost is said', async () => {
    const workspace = testWorkspace();
    const header = CUR_2.filter((name) => name !== 'line_item_resource_id');
    const report = await workspace.import(workspace.write('r.csv', cur2([{}, OTHER_2], header)));
    expect(report.files[0]?.missing).toContainEqual({
      capability: 'resources',
      consequence: expect.stringMatching(/no resource ids: no spend by resource or inference profile/u),
    });
    const answer = await workspace.engine.call('spend.query', {
      measures: ['unblended'],
      groupBy: ['resource'],
      scope: 'all',
    });
    expect(answer.rows).toEqual([[null, expect.closeTo(0.0704, 12)]]);
  });
});

test('13: a tag and a cost category of one name stay apart', async () => {
  const workspace = testWorkspace();
  const header = [...CUR_1, 'costCategory/user:Team', 'resourceTags/user:team'];
  const row = { 'resourceTags/user:Team': 'a', 'resourceTags/user:team': 'b', 'costCategory/user:Team': 'c' };
  await workspace.import(workspace.write('r.csv', cur1([row], header)));
  const answer = await workspace.engine.call('spend.query', {
    measures: ['lineItems'],
    groupBy: ['tag:user:Team', 'tag:user:team', 'costCategory:user:Team'],
  });
  expect(answer.rows).toEqual([['a', 'b', 'c', 1]]);
});

const COVERED: Row = {
  'lineItem/LineItemType': 'SavingsPlanCoveredUsage',
  'lineItem/UnblendedCost': 80,
  'savingsPlan/SavingsPlanEffectiveCost': 60,
};
const NEGATION: Row = { 'lineItem/LineItemType': 'SavingsPlanNegation', 'lineItem/UnblendedCost': -80 };

test('14, 16: the quantity of covered usage counts once, and the invoice view keeps both of its lines', async () => {
  const workspace = testWorkspace();
  const report = await workspace.import(workspace.write('r.csv', cur1([COVERED, NEGATION])));
  expect(report.totals.map(({ chargeType, unblended }) => [chargeType, unblended])).toEqual([
    ['SavingsPlanCoveredUsage', 80],
    ['SavingsPlanNegation', -80],
  ]);
  const { rows } = await workspace.engine.call('spend.query', {
    measures: ['tokens', 'unblended', 'amortized'],
    groupBy: [],
  });
  expect(rows).toEqual([[1_000_000, 0, 60]]);
});

test('15: a refund counts on every basis, also one of an agreement', async () => {
  const workspace = testWorkspace();
  const refund: Row = {
    'lineItem/LineItemType': 'Refund',
    'lineItem/UnblendedCost': -5,
    'lineItem/LineItemDescription': 'EDP refund',
  };
  await workspace.import(workspace.write('r.csv', cur1([{ 'lineItem/UnblendedCost': 20 }, refund])));
  expect(sums(workspace)).toMatchObject({ unblended: 15, amortized: 15 });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of buffers that something still holds: what waits for the collector says nothing about the reader. */
function bytesInUse(): number {
  // Buffers of one collection are given back at the latest when the next one begins.
  collectGarbage();
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

test('18: a long file is read in pieces, and the memory it takes does not grow with it', async () => {
  const workspace = testWorkspace();
  const [header = '', row = ''] = cur1([{ 'lineItem/ProductCode': 'AmazonEC2' }]).split('\n');
  const text = `${header}\n${`${row}\n`.repeat(120_000)}`;
  expect(text.length).toBeGreaterThan(50_000_000);
  const file = workspace.write('r.csv', text);
  const before = bytesInUse();
  let most = 0;
  workspace.engine.onEvent(() => {
    most = Math.max(most, bytesInUse() - before);
  });
  const report = await workspace.stage(file);
  expect(report.rows).toEqual({ read: 120_000, kept: 0, rolledUp: 120_000, rejected: 0 });
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThan(15_000_000);
});

test('20: what a file is called does not matter', async () => {
  const plain = cur1([{}]);
  for (const [name, content] of [
    ['bill.csv.gz', plain],
    ['bill.csv', gzipSync(plain)],
    ['bill.zip', plain],
    ['bill', gzipSync(plain)],
  ] as const) {
    const workspace = testWorkspace();
    expect((await workspace.stage(workspace.write(name, content))).rows).toMatchObject({ read: 1, kept: 1 });
  }
});

describe('24, 25', () => {
  const tokensOf = async (...rows: Row[]): Promise<unknown> => {
    const workspace = testWorkspace();
    await workspace.import(workspace.write('r.csv', cur2(rows)));
    const { rows: answer } = await workspace.engine.call('spend.query', {
      measures: ['tokens', 'unblended'],
      groupBy: ['day'],
    });
    return answer;
  };

  test('the unit is that of each row: one usage type may have two', async () => {
    const thousands: Row = { line_item_usage_amount: 1000, pricing_unit: '1K tokens' };
    const millions: Row = {
      line_item_usage_amount: 1,
      pricing_unit: '1M tokens',
      line_item_usage_start_date: '2026-08-04T00:00:00Z',
    };
    expect(await tokensOf(thousands, millions)).toEqual([
      ['2026-08-03', 1_000_000, 0.06],
      ['2026-08-04', 1_000_000, 0.06],
    ]);
  });

  test('an unknown unit shows cost and no tokens', async () => {
    expect(await tokensOf({ pricing_unit: 'gross of tokens' })).toEqual([['2026-08-03', null, 0.06]]);
  });

  test('a price a thousand times off its unit is asked about, and nothing is changed on its own', async () => {
    const workspace = testWorkspace();
    const right: Row = { line_item_usage_amount: 1000, pricing_unit: '1K tokens' };
    const wrong: Row = {
      ...right,
      pricing_unit: '1M tokens',
      line_item_usage_start_date: '2026-08-04T00:00:00Z',
    };
    await workspace.import(workspace.write('r.csv', cur2([right, wrong])));
    const tray = await workspace.engine.call('review.tray', {});
    expect(tray.rows.map(({ problem, lineItems, unblended }) => [problem, lineItems, unblended])).toEqual([
      ['unit_conflict', 1, 0.06],
    ]);
    const { rows } = await workspace.engine.call('spend.query', { measures: ['tokens'], groupBy: ['day'] });
    expect(rows).toEqual([
      ['2026-08-03', 1_000_000],
      ['2026-08-04', 1_000_000_000],
    ]);
  });
});

test('29: currencies are never added together', async () => {
  const workspace = testWorkspace();
  const report = await workspace.import(
    workspace.write('r.csv', cur2([{}, { line_item_currency_code: 'NOK', line_item_unblended_cost: 10 }])),
  );
  expect(report.bedrock.unblended).toBeNull();
  expect(report.totals.map(({ currency, unblended }) => [currency, unblended])).toEqual([
    ['NOK', 10],
    ['USD', 0.06],
  ]);
  await expect(
    workspace.engine.call('spend.query', { measures: ['unblended'], groupBy: ['model'] }),
  ).rejects.toMatchObject({ code: 'mixed_currency' });
});

test('30: two names run into one in the header: every row is rejected with the widths', async () => {
  const workspace = testWorkspace();
  const text = cur1([{}, {}]).replace(
    'lineItem/Operation,lineItem/AvailabilityZone',
    'lineItem/OperationlineItem/AvailabilityZone',
  );
  await expect(workspace.stage(workspace.write('r.csv', text))).rejects.toMatchObject({
    code: 'nothing_to_import',
    message: expect.stringMatching(
      new RegExp(
        `all 2 rows were rejected \\(line 2: has ${CUR_1.length} columns where the header has ${CUR_1.length - 1}`,
        'u',
      ),
    ),
  });
});

test('31: what a month lacks is said of that month', async () => {
  const workspace = testWorkspace();
  const september: Row = {
    bill_billing_period_start_date: '2026-09-01T00:00:00Z',
    line_item_iam_principal: 'arn:aws:iam::000000000002:user/alice',
  };
  const lacks = async (name: string, text: string): Promise<boolean | undefined> =>
    (await workspace.import(workspace.write(name, text))).files[0]?.missing.some(
      ({ capability }) => capability === 'principals',
    );
  expect(await lacks('a.csv', cur2([{}]))).toBe(true);
  expect(await lacks('b.csv', cur2([september], [...CUR_2, 'line_item_iam_principal']))).toBe(false);
  const held = workspace
    .rows()
    .prepare<[], { period: string; lacks: number }>(
      `SELECT period, capabilities LIKE '%principals%' AS lacks FROM delivery ORDER BY period`,
    )
    .all();
  expect(held).toEqual([
    { period: '2026-08', lacks: 1 },
    { period: '2026-09', lacks: 0 },
  ]);
});

test('32: the operation decides nothing about the class', async () => {
  const workspace = testWorkspace();
  const rows = ['Usage', 'InvokeModelInference', 'InvokeModelStreamingInference', ''].map(
    (line_item_operation): Row => ({ line_item_operation }),
  );
  await workspace.import(workspace.write('r.csv', cur2(rows)));
  const answer = await workspace.engine.call('spend.query', {
    measures: ['lineItems'],
    groupBy: ['family', 'model', 'meter', 'mode'],
  });
  expect(answer.rows).toEqual([['inference', 'Nova Lite', 'input', 'on_demand', 4]]);
});

test('33: the headers of the tests are those of real exports, and no column of theirs is made up', () => {
  const invented = ['line_item_line_item_id', 'line_item_id', 'lineItem/LineItemId'];
  expect([...CUR_1, ...CUR_2].filter((name) => invented.includes(name))).toEqual([]);
  expect([CUR_2.length, CUR_1.length]).toEqual([127, 94 + 7]);
  // A file made with such a column instead of the real ones is refused, not guessed at.
  expect(() => cur2([{ line_item_id: '1' }])).toThrow('has no column line_item_id');
  expect(csv(['line_item_id'], [])).toBe('line_item_id\n');
});
