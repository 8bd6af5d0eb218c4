// A Cost Explorer download is compared with what is held, month by month and service by service, and never stored.
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assay, published } from '../../cli/assay.ts';
import { csv, cur2, MARKETPLACE_2, OTHER_2, type Row } from './synthetic.ts';
import { type TestWorkspace, testWorkspace } from './workspace.ts';

const CLAUDE = 'Claude Sonnet 4.5 (Amazon Bedrock Edition)';
const LATE: Row = { line_item_usage_start_date: '2026-09-01T00:00:00Z' };

/** August: Bedrock 3, Claude 1.5, EC2 0.0104, tax 0.4. Used in September and billed with August: Bedrock 2. */
async function bill(): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  const rows: Row[] = [
    { line_item_unblended_cost: 3 },
    MARKETPLACE_2,
    OTHER_2,
    { line_item_line_item_type: 'Tax', line_item_usage_type: '', line_item_unblended_cost: 0.4 },
    { ...LATE, line_item_unblended_cost: 2 },
  ];
  await workspace.import(workspace.write('report-00001.csv', cur2(rows)));
  return workspace;
}

const check = async (workspace: TestWorkspace, content: string) => {
  const file = workspace.write('costs.csv', content);
  const { rows, months } = await workspace.engine.call('import.crossCheck', { sources: [file] });
  return {
    rows: rows.map((row) => [row.month, row.service, row.file, row.held, row.state]),
    months: months.map(({ month, currency, file, held, agrees }) => [month, currency, file, held, agrees]),
  };
};

/** As the console writes it: services across, months down, totals in the first row and the last column. */
const ACROSS = csv(
  [
    'Service',
    'Amazon Bedrock($)',
    `${CLAUDE}($)`,
    'EC2-Instances($)',
    'EC2-Other($)',
    'Tax($)',
    'Total costs($)',
  ],
  [
    { Service: 'Service total', 'Amazon Bedrock($)': 5, [`${CLAUDE}($)`]: 1.5, 'Total costs($)': 6.9104 },
    {
      Service: '2026-08-01',
      'Amazon Bedrock($)': 3,
      [`${CLAUDE}($)`]: 1.5,
      'EC2-Instances($)': 0.01,
      'EC2-Other($)': 0.0004,
      'Tax($)': 0.4,
      'Total costs($)': 4.9104,
    },
    { Service: '2026-09-01', 'Amazon Bedrock($)': 2, 'Total costs($)': 2 },
  ],
);

const AGREED = {
  rows: [
    ['2026-08', 'Amazon Bedrock', 3, 3, 'agrees'],
    ['2026-08', CLAUDE, 1.5, 1.5, 'agrees'],
    [
      '2026-08',
      'EC2-Instances + EC2-Other',
      expect.closeTo(0.0104, 12),
      expect.closeTo(0.0104, 12),
      'agrees',
    ],
    ['2026-08', 'Tax', 0.4, 0.4, 'agrees'],
    ['2026-09', 'Amazon Bedrock', 2, 2, 'agrees'],
  ],
  months: [
    ['2026-08', 'USD', expect.closeTo(4.9104, 12), expect.closeTo(4.9104, 12), true],
    ['2026-09', 'USD', 2, 2, true],
  ],
};

describe('a download that agrees', () => {
  test('with services across and months down; its totals are not counted again', async () => {
    expect(await check(await bill(), ACROSS)).toEqual(AGREED);
  });

  test('with services down, by day, and another sign', async () => {
    const header = ['Service', '2026-08-03($)', '2026-08-31($)', '2026-09-01($)', 'Service total($)'];
    const down = csv(header, [
      {
        Service: 'Amazon Bedrock',
        '2026-08-03($)': 1,
        '2026-08-31($)': 2,
        '2026-09-01($)': 2,
        'Service total($)': 5,
      },
      { Service: CLAUDE, '2026-08-03($)': 1.5 },
      { Service: 'EC2-Instances', '2026-08-03($)': 0.01 },
      { Service: 'EC2-Other', '2026-08-03($)': 0.0004 },
      { Service: 'Tax', '2026-08-03($)': 0.4 },
      { Service: 'Total costs', '2026-08-03($)': 4.9104, '2026-09-01($)': 2 },
    ]);
    expect(await check(await bill(), `\uFEFF${down.replaceAll('\n', '\r\n')}`)).toEqual(AGREED);
  });

  test('leaves nothing in the workspace', async () => {
    const workspace = await bill();
    await check(workspace, ACROSS);
    const { batches } = await workspace.engine.call('import.history', {});
    expect(batches).toHaveLength(1);
    expect(workspace.rows().prepare('SELECT COUNT(*) FROM source_file').pluck().get()).toBe(1);
  });
});

test('what differs, and what only one side has, comes first, by size; currencies stay apart', async () => {
  const other = csv(
    ['Service', 'Amazon Bedrock($)', 'Amazon Something New($)', 'Amazon Bedrock(EUR)'],
    [
      {
        Service: '2026-08-01',
        'Amazon Bedrock($)': 2.5,
        'Amazon Something New($)': 7,
        'Amazon Bedrock(EUR)': 1,
      },
    ],
  );
  expect(await check(await bill(), other)).toEqual({
    rows: [
      ['2026-08', 'Amazon Something New', 7, null, 'only_file'],
      ['2026-08', CLAUDE, null, 1.5, 'only_held'],
      ['2026-08', 'Amazon Bedrock', 1, null, 'only_file'],
      ['2026-08', 'Amazon Bedrock', 2.5, 3, 'differs'],
      ['2026-08', 'Tax', null, 0.4, 'only_held'],
      ['2026-08', 'AmazonEC2', null, 0.0104, 'only_held'],
    ],
    months: [
      ['2026-08', 'USD', 9.5, expect.closeTo(4.9104, 12), false],
      ['2026-08', 'EUR', 1, 0, false],
    ],
  });
});

describe('another file', () => {
  test.each([
    ['a CUR', cur2([{}]), /no Cost Explorer download grouped by service/u],
    [
      'a download by account',
      'Linked account,111111111111($)\n2026-08-01,3\n',
      /first column is "Linked account"/u,
    ],
    [
      'an amount that is none',
      'Service,Tax($)\n2026-08-01,a lot\n',
      /"a lot" \(Tax, 2026-08-01\) is no amount/u,
    ],
    ['a table without dates', 'Service,Tax($)\nService total,3\n', /no amount of a service in a month/u],
  ])('%s is refused', async (_, content, says) => {
    const workspace = await bill();
    const sources = [workspace.write('costs.csv', content)];
    await expect(workspace.engine.call('import.crossCheck', { sources })).rejects.toMatchObject({
      code: 'unsupported_format',
      message: expect.stringMatching(says),
    });
  });

  test('a download given to the import is refused with where it belongs', async () => {
    const workspace = await bill();
    await expect(workspace.stage(workspace.write('costs.csv', ACROSS))).rejects.toMatchObject({
      code: 'unsupported_format',
      message: expect.stringMatching(/Compare it with what is held instead/u),
    });
  });
});

test('assay crosscheck says so in its exit code, as text and as JSON', async () => {
  const workspace = await bill();
  const good = workspace.write('good.csv', ACROSS);
  const bad = workspace.write('bad.csv', 'Service,Amazon Bedrock($)\n2026-08-01,9\n');
  workspace.close();
  const ended = await assay('crosscheck', good, '--workspace', workspace.path);
  expect([ended.code, ended.err]).toEqual([0, '']);
  expect(ended.out).toMatch(/2026-08\s+\$4\.91\s+\$4\.91\s+\S+\s+agrees/u);
  expect(
    published('crosscheck', await assay('crosscheck', good, '--workspace', workspace.path, '--json')),
  ).toMatchObject({ months: [{ agrees: true }, { agrees: true }] });
  const differs = await assay('crosscheck', bad, '--workspace', workspace.path);
  expect([differs.code, differs.err]).toEqual([1, 'assay crosscheck: the totals of a month differ.\n']);
  expect(differs.out).toMatch(/Amazon Bedrock\s+\$9\.00\s+\$3\.00\s+−\$6\.00\s+DIFFERS/u);
});

test('assay import writes rejected rows where it is told, goes on without parts when told, and says it loudly', async () => {
  const workspace = testWorkspace();
  const file = workspace.write('report-00002.csv', cur2([{}, { line_item_unblended_cost: '=1+1' }]));
  const target = `${workspace.folder}/rejects.csv`;
  workspace.close();
  const argv = ['import', file, '--workspace', workspace.path, '--rejects', target];
  expect(await assay(...argv)).toMatchObject({ code: 1, err: expect.stringMatching(/part 1 is missing/u) });
  const ended = await assay(...argv, '--allow-missing-parts');
  expect(ended.code).toBe(3);
  expect(ended.err).toContain(`the rejected rows are in ${target}`);
  expect(ended.out).toMatch(/1 row was rejected and is in no total/u);
  expect(readFileSync(target, 'utf8')).toContain('3,line_item_unblended_cost,"""=1+1"" is not a number');
});
