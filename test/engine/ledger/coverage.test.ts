// What a workspace says it covers, from real imports.
import { expect, test } from 'vitest';
import { CUR_2, cur2, MARKETPLACE_2, OTHER_2, type Row } from '../import/synthetic.ts';
import { testWorkspace } from '../import/workspace.ts';

const at = (day: string, hour: number, more: Row = {}): Row => {
  const time = (h: number): string => `${day}T${String(h).padStart(2, '0')}:00:00Z`;
  return { line_item_usage_start_date: time(hour), line_item_usage_end_date: time(hour + 1), ...more };
};
const OPEN: Row = { bill_invoice_id: '' };

test('an export is listed with its bills: the Marketplace invoice may be issued while the other is open', async () => {
  const workspace = testWorkspace();
  await workspace.import(
    workspace.write('report-00001.csv', cur2([OPEN, { ...MARKETPLACE_2, bill_invoice_id: '9001' }])),
  );
  const { exports } = await workspace.engine.call('ledger.coverage', {});
  expect(exports).toHaveLength(1);
  expect(exports[0]).toMatchObject({
    payer: '000000000001',
    kind: 'cur-2.0',
    report: 'report',
    period: '2026-08',
    rows: 2,
    parts: { present: [1], missing: [] },
    bills: [
      { billingEntity: 'AWS', estimated: true, invoices: [] },
      { billingEntity: 'AWS Marketplace', estimated: false, invoices: ['9001'] },
    ],
  });
});

test('parts that the import went on without stay named', async () => {
  const workspace = testWorkspace();
  const sources = [1, 3].map((part) =>
    workspace.write(`report-0000${part}.csv`, cur2([at('2026-08-03', part)])),
  );
  const { batchId } = await workspace.engine.call('import.stage', { sources, allowMissingParts: true });
  await workspace.engine.call('import.commit', { batchId: batchId ?? 0 });
  const { exports } = await workspace.engine.call('ledger.coverage', {});
  expect(exports[0]?.parts).toEqual({ present: [1, 3], missing: [2] });
});

test('a month without resource ids says what is off, the month with them does not', async () => {
  const workspace = testWorkspace();
  const without = CUR_2.filter((column) => column !== 'line_item_resource_id');
  const july: Row = { bill_billing_period_start_date: '2026-07-01T00:00:00Z', ...at('2026-07-03', 10) };
  await workspace.import(workspace.write('july-00001.csv', cur2([july], without)));
  await workspace.import(workspace.write('august-00001.csv', cur2([{}])));
  const { exports } = await workspace.engine.call('ledger.coverage', {});
  const resources = exports.map(({ period, missing }) => [
    period,
    missing.find(({ capability }) => capability === 'resources')?.consequence.slice(0, 15) ?? null,
  ]);
  expect(resources).toEqual([
    ['2026-08', null],
    ['2026-07', 'no resource ids'],
  ]);
});

test('the calendar of an open month: days by account, the last one in part, tax on no day', async () => {
  const workspace = testWorkspace();
  const other = { line_item_usage_account_id: '000000000007' };
  await workspace.import(
    workspace.write(
      'report-00001.csv',
      cur2([
        { ...at('2026-08-01', 0, OPEN), line_item_line_item_type: 'Tax', line_item_usage_type: '' },
        at('2026-08-03', 0, OPEN),
        at('2026-08-04', 13, OPEN),
        at('2026-08-04', 9, { ...OTHER_2, ...OPEN, ...other }),
      ]),
    ),
  );
  const answer = await workspace.engine.call('ledger.calendar', { payer: '000000000001', period: '2026-08' });
  expect(answer.days.map(({ state }) => state)).toEqual([
    'none',
    'none',
    'whole',
    'partial',
    ...Array.from({ length: 27 }, () => 'not_yet'),
  ]);
  expect(answer.days[3]).toMatchObject({ lineItems: 2, why: expect.stringContaining('ends at 14:00 UTC') });
  expect(answer.accounts).toEqual([
    expect.objectContaining({ account: '000000000002', name: 'research', lineItems: 2 }),
    expect.objectContaining({ account: '000000000007', name: null, lineItems: 1 }),
  ]);
  expect(answer.accounts[0]?.days.slice(0, 5)).toEqual([0, 0, 1, 1, 0]);
});

test('usage that a bill dates outside its month is shown, not lost', async () => {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('r-00001.csv', cur2([at('2026-07-31', 23), at('2026-08-02', 1)])));
  const answer = await workspace.engine.call('ledger.calendar', { payer: '000000000001', period: '2026-08' });
  expect(answer.outsidePeriod).toEqual([{ day: '2026-07-31', lineItems: 1 }]);
});

test('a period that is not held is named as such', async () => {
  const { engine } = testWorkspace();
  await expect(engine.call('ledger.calendar', { payer: '1', period: '2026-08' })).rejects.toThrow(
    /Nothing of payer 1 is held for 2026-08/u,
  );
});
