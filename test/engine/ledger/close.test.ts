// Closing months of a real workspace: steps, the statement that never changes, and what later deliveries add to the next.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { cur1, cur2, OTHER_2, type Row } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const PAYER = '000000000001';
const team = (name: string, cost: number, more: Row = {}): Row => ({
  ...more,
  line_item_unblended_cost: cost,
  resource_tags: `{"user_team":"${name}"}`,
});
const SEPTEMBER: Row = {
  bill_invoice_id: '2500',
  bill_billing_period_start_date: '2026-09-01T00:00:00Z',
  line_item_usage_start_date: '2026-09-03T10:00:00Z',
  line_item_usage_end_date: '2026-09-03T11:00:00Z',
};
const BY_TEAM = { by: 'tag:user_team' } as const;

const bring = (workspace: TestWorkspace, ...rows: Row[]) =>
  workspace.import(workspace.write('report-00001.csv', cur2(rows)));

const figure = (workspace: TestWorkspace, period: string, invoice: string, amount: string) =>
  workspace.engine.call('ledger.keepFigure', {
    key: { payer: PAYER, period, billingEntity: 'AWS', invoice, currency: 'USD', chargeType: null },
    figure: { amount, currency: 'USD', rate: null, note: '' },
  });

async function payerOf(workspace: TestWorkspace, input: Input<'ledger.close'>) {
  const { payers } = await workspace.engine.call('ledger.close', input);
  const [payer] = payers;
  if (payer === undefined) throw new Error('no payer');
  return payer;
}

const amounts = (lines: readonly { forPeriod: string; key: string | null; amount: number }[]) =>
  lines.map(({ forPeriod, key, amount }) => [forPeriod, key, amount]);

describe('the golden case', () => {
  test('team A was issued 1,000; the redelivery says 980; the next month carries −20', async () => {
    const workspace = testWorkspace();
    await bring(workspace, team('A', 1000), team('B', 500));
    await figure(workspace, '2026-08', '2417', '1500.00');
    const august = { period: '2026-08', ...BY_TEAM };
    await workspace.engine.call('ledger.issue', august);
    const issued = (await payerOf(workspace, august)).statement;
    expect(amounts(issued?.lines ?? [])).toEqual([
      ['2026-08', 'A', 1000],
      ['2026-08', 'B', 500],
    ]);

    await bring(workspace, team('A', 980), team('B', 500));
    const after = await payerOf(workspace, august);
    expect(after.statement).toEqual(issued);
    expect(amounts(after.pending)).toEqual([['2026-08', 'A', -20]]);

    await bring(workspace, team('A', 700, SEPTEMBER));
    await figure(workspace, '2026-09', '2500', '700.00');
    const september = { period: '2026-09', ...BY_TEAM };
    await workspace.engine.call('ledger.issue', september);
    const next = await payerOf(workspace, september);
    expect(amounts(next.statement?.lines ?? [])).toEqual([
      ['2026-09', 'A', 700],
      ['2026-08', 'A', -20],
    ]);
    // Carried once: the closed month has nothing open any more.
    expect((await payerOf(workspace, august)).pending).toEqual([]);
  });
});

describe('the steps', () => {
  test('an open month lacks its invoice, its figure and the names of its unknown lines, each said in words', async () => {
    const workspace = testWorkspace();
    await bring(
      workspace,
      { bill_invoice_id: '' },
      {
        bill_invoice_id: '',
        line_item_usage_type: 'USE1-SomethingNobodyKnows',
        line_item_line_item_description: '',
      },
    );
    const { steps, ready } = await payerOf(workspace, { period: '2026-08' });
    expect(ready).toBe(false);
    expect(steps.map(({ step, done }) => [step, done])).toEqual([
      ['import', false],
      ['tie_out', false],
      ['review', false],
      ['publish', false],
    ]);
    expect(steps[0]?.says).toEqual(['The bill of AWS is estimated: AWS has not issued its invoice.']);
    expect(steps[1]?.says).toEqual([
      'AWS has not issued its invoice yet: there is nothing to hold the lines against.',
    ]);
    expect(steps[2]?.says[0]).toContain(
      '1 Bedrock line of 1 kind has an unknown meaning or unit: answer it in the review.',
    );
  });

  test('a difference is named with its amount, and rejected rows are counted', async () => {
    const workspace = testWorkspace();
    await bring(workspace, team('A', 100), { line_item_unblended_cost: 'abc' });
    await figure(workspace, '2026-08', '2417', '120.00');
    const { steps } = await payerOf(workspace, { period: '2026-08' });
    expect(steps[0]?.says).toEqual(['1 rows of its files were rejected and are in no total.']);
    expect(steps[1]?.says).toEqual(['Invoice 2417 of AWS differs by −$20.00.']);
  });

  test('what is open stops the statement unless a reason is given, which then stands on it', async () => {
    const workspace = testWorkspace();
    await bring(workspace, team('A', 100));
    const input = { period: '2026-08', ...BY_TEAM };
    await expect(workspace.engine.call('ledger.issue', input)).rejects.toThrow(
      /not settled: Invoice 2417 of AWS has no invoice figure/u,
    );
    expect((await payerOf(workspace, input)).statement).toBeNull();
    await workspace.engine.call('ledger.issue', {
      ...input,
      accept: 'the invoice comes by post',
      note: 'Q3',
    });
    const { statement, steps } = await payerOf(workspace, input);
    expect(statement).toMatchObject({
      accepted: 'the invoice comes by post',
      note: 'Q3',
      issuedAt: '2026-11-21T12:00:00.000Z',
      files: [{ name: expect.stringContaining('report-00001.csv') }],
    });
    expect(statement?.steps[1]).toMatchObject({ step: 'tie_out', done: false });
    expect(steps[3]).toMatchObject({
      done: true,
      says: [expect.stringContaining('accepting: the invoice comes')],
    });
  });
});

describe('a statement', () => {
  test('is the whole bill on its invoice basis: Bedrock apart from other services, discounts in columns counted', async () => {
    const workspace = testWorkspace();
    const discounted = {
      'lineItem/UnblendedCost': 100,
      'lineItem/NetUnblendedCost': 90,
      'discount/TotalDiscount': -10,
    };
    await workspace.import(
      workspace.write(
        'legacy-1.csv',
        cur1([
          discounted,
          { ...discounted, 'lineItem/ProductCode': 'AmazonEC2', 'product/ProductName': 'EC2' },
        ]),
      ),
    );
    const { preview } = await payerOf(workspace, { period: '2026-08' });
    expect(preview.map(({ lineClass, key, amount }) => [lineClass, key, amount])).toEqual([
      ['bedrock', '000000000002', 90],
      ['other', '000000000002', 90],
    ]);
  });

  test('is issued once, and the file refuses to change it', async () => {
    const workspace = testWorkspace();
    await bring(workspace, team('A', 100), OTHER_2);
    await figure(workspace, '2026-08', '2417', '100.01');
    await workspace.engine.call('ledger.issue', { period: '2026-08' });
    await expect(
      workspace.engine.call('ledger.issue', { period: '2026-08', accept: 'again' }),
    ).rejects.toThrow(/is closed: its statement was issued on 2026-11-21/u);
    const db = workspace.rows();
    for (const change of ['UPDATE statement_line SET amount = 0', "UPDATE statement SET note = 'x'"]) {
      expect(() => db.exec(change)).toThrow(/never changed/u);
    }
  });

  test('cannot be split by a time, and a month that is not held has none', async () => {
    const workspace = testWorkspace();
    await bring(workspace, team('A', 100));
    await expect(workspace.engine.call('ledger.close', { period: '2026-08', by: 'day' })).rejects.toThrow(
      /cannot be split by day/u,
    );
    await expect(workspace.engine.call('ledger.close', { period: '2026-01' })).rejects.toThrow(
      /Nothing of any payer/u,
    );
  });

  test('goes with its payer when that is forgotten, adjustments in later statements too', async () => {
    const workspace = testWorkspace();
    await bring(workspace, team('umbrella', 1000));
    await workspace.engine.call('ledger.issue', { period: '2026-08', ...BY_TEAM, accept: 'test' });
    await bring(workspace, team('umbrella', 980));
    await bring(workspace, team('A', 700, SEPTEMBER));
    await workspace.engine.call('ledger.issue', { period: '2026-09', ...BY_TEAM, accept: 'test' });
    await workspace.engine.call('ledger.forget', { payer: PAYER, period: '2026-08' });
    const { statement } = await payerOf(workspace, { period: '2026-09' });
    expect(amounts(statement?.lines ?? [])).toEqual([['2026-09', 'A', 700]]);
    const rows = workspace.rows().prepare('SELECT period FROM statement').pluck().all();
    expect(rows).toEqual(['2026-09']);
  });
});

describe('a statement as a file', () => {
  test('is the same bytes before and after a redelivery, and proves itself', async () => {
    const workspace = testWorkspace();
    await bring(workspace, team('A', 1000), team('=B', 500.25));
    await figure(workspace, '2026-08', '2417', '1500.25');
    const scope = { payer: PAYER, period: '2026-08' };
    const write = async (format: 'csv' | 'json', name: string) => {
      const target = join(workspace.folder, name);
      const { sha256, rows } = await workspace.engine.call('export.statement', { ...scope, format, target });
      const content = readFileSync(target);
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
      expect(rows).toBe(2);
      return content.toString();
    };
    await expect(write('csv', 'early.csv')).rejects.toThrow(/No statement .* was issued/u);
    await workspace.engine.call('ledger.issue', { period: '2026-08', ...BY_TEAM });
    const [csv, json] = [await write('csv', 'a.csv'), await write('json', 'a.json')];
    await bring(workspace, team('A', 980), team('=B', 500.25));
    expect([await write('csv', 'b.csv'), await write('json', 'b.json')]).toEqual([csv, json]);

    const { statement } = JSON.parse(json) as { statement: { sha256: string; lines: unknown[] } };
    const { sha256, ...content } = statement;
    expect(createHash('sha256').update(JSON.stringify(content)).digest('hex')).toBe(sha256);
    const [header, first, second] = csv.split('\r\n');
    expect(header).toBe(
      'payer,statement,issuedAt,forPeriod,kind,lineClass,by,key,lineItems,amount,currency,statementSha256',
    );
    expect(first).toBe(
      `${PAYER},2026-08,2026-11-21T12:00:00.000Z,2026-08,period,bedrock,tag:user_team,A,1,1000,USD,${sha256}`,
    );
    // A spreadsheet must not run a team's name as a formula.
    expect(second).toContain(",'=B,1,500.25,USD,");
  });
});
