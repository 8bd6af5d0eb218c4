// Questions by the user's own calendars: the fiscal year and the years of the commitment, which no bill knows.
import { expect, test } from 'vitest';
import { assayOn, published } from '../../cli/assay.ts';
import { cur2, type Row } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const on = (day: string, cost: number): Row => ({
  line_item_usage_start_date: `${day}T10:00:00.000Z`,
  line_item_usage_end_date: `${day}T11:00:00.000Z`,
  line_item_unblended_cost: cost,
});

/** Days of August 2026 either side of its fourteenth. */
async function bill(): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.import(
    workspace.write(
      'august.csv',
      cur2([on('2026-08-01', 1), on('2026-08-14', 2), on('2026-08-15', 4), on('2026-08-31', 8)]),
    ),
  );
  return workspace;
}

const by = async ({ engine }: TestWorkspace, dimension: 'fiscalPeriod' | 'commitYear') =>
  (await engine.call('spend.query', { measures: ['unblended'], groupBy: [dimension] })).rows;

const keep = ({ engine }: TestWorkspace, fiscalYearStart: number | null, commitmentStart: string | null) =>
  engine.call('workspace.setCalendar', { fiscalYearStart, commitmentStart });

test('a calendar that nobody stated is not guessed: the question is refused and says what to do', async () => {
  const workspace = await bill();
  expect(await workspace.engine.call('workspace.calendar', {})).toEqual({
    schemaVersion: 1,
    fiscalYearStart: null,
    commitmentStart: null,
  });
  await expect(by(workspace, 'fiscalPeriod')).rejects.toMatchObject({
    code: 'invalid_input',
    message: expect.stringContaining('assay calendar --fiscal-year-start'),
  });
  await expect(by(workspace, 'commitYear')).rejects.toMatchObject({ code: 'invalid_input' });
});

test.each([
  [1, 'FY2026-Q3'],
  [2, 'FY2027-Q3'],
  [7, 'FY2027-Q1'],
  [8, 'FY2027-Q1'],
  [9, 'FY2026-Q4'],
  [10, 'FY2026-Q4'],
  [12, 'FY2026-Q3'],
])('a fiscal year from month %i on has August 2026 in %s', async (start, expected) => {
  const workspace = await bill();
  await keep(workspace, start, null);
  expect(await by(workspace, 'fiscalPeriod')).toEqual([[expected, 15]]);
});

test('years of a commitment turn on its day; before its first one there is none', async () => {
  const workspace = await bill();
  await keep(workspace, null, '2024-08-15');
  expect(await by(workspace, 'commitYear')).toEqual([
    ['2025-08-15', 3],
    ['2026-08-15', 12],
  ]);
  await keep(workspace, null, '2026-08-15');
  expect(await by(workspace, 'commitYear')).toEqual([
    ['2026-08-15', 12],
    [null, 3],
  ]);
});

test('they are conditions as well, and change with what is stated; 29 February starts no year', async () => {
  const workspace = await bill();
  await keep(workspace, 7, '2026-08-15');
  const { totals } = await workspace.engine.call('spend.query', {
    measures: ['unblended'],
    groupBy: [],
    where: [
      { dimension: 'fiscalPeriod', operator: '=', values: ['FY2027-Q1'] },
      { dimension: 'commitYear', operator: '=', values: ['2026-08-15'] },
    ],
  });
  expect(totals).toEqual({ unblended: 12 });
  await expect(keep(workspace, 7, '2024-02-29')).rejects.toMatchObject({ code: 'invalid_input' });
  await expect(keep(workspace, 7, '2026-02-30')).rejects.toMatchObject({ code: 'invalid_input' });
});

test('the command line states them, prints them, takes them back, and asks by them', async () => {
  const workspace = await bill();
  workspace.close();
  const ask = assayOn(workspace.path);
  const stated = await ask(
    'calendar',
    '--fiscal-year-start',
    '7',
    '--commitment-start',
    '2026-08-15',
    '--json',
  );
  expect(published('calendar', stated)).toEqual({
    schemaVersion: 1,
    fiscalYearStart: 7,
    commitmentStart: '2026-08-15',
  });
  const { out } = await ask('query', '--group-by', 'fiscalPeriod,commitYear', '--measures', 'unblended');
  expect(out).toMatch(/FY2027-Q1 +2026-08-15 +\$12\.00/u);
  expect(await ask('calendar', '--fiscal-year-start', '13')).toMatchObject({ code: 2 });
  expect((await ask('calendar', '--commitment-start', 'none')).out).toBe(
    'Fiscal year starts: month 7\nCommitment starts: not stated\n',
  );
});
