// The tie-out of a workspace: real imports, figures as a person would read them off the invoices.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { cur1, cur2, MARKETPLACE_2, OTHER_2 } from '../import/synthetic.ts';
import { DATA, type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const PAYER = '000000000001';
const AWS: Input<'ledger.keepFigure'>['key'] = {
  payer: PAYER,
  period: '2026-08',
  billingEntity: 'AWS',
  invoice: '2417',
  currency: 'USD',
  chargeType: null,
};
const dollars = (amount: string) => ({ amount, currency: 'USD', rate: null, note: 'invoice 2417, page 1' });

const tax = {
  line_item_line_item_type: 'Tax',
  line_item_usage_type: '',
  line_item_operation: '',
  line_item_unblended_cost: 7.7,
};
const bill = cur2([
  { line_item_unblended_cost: 40.004 },
  { ...OTHER_2, line_item_unblended_cost: 30 },
  tax,
  { ...MARKETPLACE_2, bill_invoice_id: '9001' },
]);

async function invoicesOf(workspace: TestWorkspace) {
  return (await workspace.engine.call('ledger.tieOut', {})).invoices;
}

async function held(content: string): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('report-00001.csv', content));
  return workspace;
}

test('AWS and Marketplace are separate invoices, each with its charge types, and none has a figure yet', async () => {
  const invoices = await invoicesOf(await held(bill));
  expect(
    invoices.map(({ billingEntity, invoice, chargeTypes, total, state }) => [
      billingEntity,
      invoice,
      chargeTypes.map(({ chargeType, fileRows, heldUnblended }) => [chargeType, fileRows, heldUnblended]),
      total.fileUnblended,
      state,
    ]),
  ).toEqual([
    [
      'AWS',
      '2417',
      [
        ['Tax', 1, 7.7],
        ['Usage', 2, expect.closeTo(70.004, 12)],
      ],
      expect.closeTo(77.704, 12),
      'no_figure',
    ],
    ['AWS Marketplace', '9001', [['Usage', 1, 1.5]], 1.5, 'no_figure'],
  ]);
});

test('the invoice’s total ties to the cent; the figure carries where it stands and when it was entered', async () => {
  const workspace = await held(bill);
  await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: dollars('77.70') });
  const [invoice] = await invoicesOf(workspace);
  expect(invoice?.state).toBe('ties');
  expect(invoice?.total).toMatchObject({
    expected: 77.704,
    tolerance: 0.01,
    figure: { amount: '77.70', note: 'invoice 2417, page 1', enteredAt: '2026-11-21T12:00:00.000Z' },
  });
  expect(invoice?.total.difference).toBeCloseTo(0.004, 12);
});

test('one charge type that differs makes the invoice differ, whatever its total says', async () => {
  const workspace = await held(bill);
  await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: dollars('77.70') });
  await workspace.engine.call('ledger.keepFigure', {
    key: { ...AWS, chargeType: 'Tax' },
    figure: dollars('8.00'),
  });
  const [invoice] = await invoicesOf(workspace);
  expect(invoice?.state).toBe('differs');
  const line = invoice?.chargeTypes.find(({ chargeType }) => chargeType === 'Tax');
  expect(line?.state).toBe('differs');
  expect(line?.difference).toBeCloseTo(-0.3, 12);
  expect(invoice?.notes.join(' ')).toContain('The whole invoice ties, but not Tax');
});

test('an invoice in euros ties at the rate it states, and nothing is converted without one', async () => {
  const workspace = await held(bill);
  const euros = { amount: '71.12', currency: 'EUR', rate: '0.91532', note: '' };
  await expect(
    workspace.engine.call('ledger.keepFigure', { key: AWS, figure: { ...euros, rate: null } }),
  ).rejects.toThrow(/EUR for one USD/u);
  await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: euros });
  const [invoice] = await invoicesOf(workspace);
  expect(invoice?.total.expected).toBeCloseTo(71.124025, 6);
  expect(invoice?.state).toBe('ties');
  await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: { ...euros, rate: '0.9' } });
  const [rounded] = await invoicesOf(workspace);
  expect(rounded?.state).toBe('differs');
  expect(rounded?.notes.join(' ')).toContain('The rate 0.9 is rounded');
});

test('a rate between equal currencies, and one of zero, are refused', async () => {
  const workspace = await held(bill);
  const keep = (figure: Input<'ledger.keepFigure'>['figure']) =>
    workspace.engine.call('ledger.keepFigure', { key: AWS, figure });
  await expect(keep({ ...dollars('77.70'), rate: '1.1' })).rejects.toThrow(/both in USD/u);
  await expect(keep({ ...dollars('77.70'), currency: 'EUR', rate: '0' })).rejects.toThrow(/above zero/u);
  await expect(keep(dollars('1,234.56'))).rejects.toThrow(/without grouping/u);
});

test('a figure can be taken away, once', async () => {
  const workspace = await held(bill);
  await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: dollars('1.00') });
  await workspace.engine.call('ledger.dropFigure', { key: AWS });
  expect((await invoicesOf(workspace))[0]?.state).toBe('no_figure');
  await expect(workspace.engine.call('ledger.dropFigure', { key: AWS })).rejects.toThrow(
    /No figure was entered/u,
  );
});

test('an open month is estimated; its figure outlives the import, and is asked for again once the invoice has an id', async () => {
  const open = { bill_invoice_id: '', line_item_unblended_cost: 10 };
  const workspace = await held(cur2([open]));
  expect((await invoicesOf(workspace))[0]).toMatchObject({
    invoice: null,
    state: 'estimated',
    estimated: true,
  });
  await workspace.engine.call('ledger.keepFigure', {
    key: { ...AWS, invoice: null },
    figure: dollars('10.00'),
  });
  expect((await invoicesOf(workspace))[0]).toMatchObject({ state: 'estimated', total: { difference: 0 } });
  await workspace.import(workspace.write('report-00001.csv', cur2([{ line_item_unblended_cost: 10 }])));
  const invoices = await invoicesOf(workspace);
  expect(invoices.map(({ invoice, state }) => [invoice, state])).toEqual([
    [null, 'differs'],
    ['2417', 'no_figure'],
  ]);
  expect(invoices[0]?.notes.join(' ')).toContain('no invoice id');
});

test('an invoice that no delivery holds differs by all of it', async () => {
  const workspace = await held(bill);
  await workspace.engine.call('ledger.keepFigure', {
    key: { ...AWS, invoice: '7777' },
    figure: dollars('500.00'),
  });
  const missing = (await invoicesOf(workspace)).find(({ invoice }) => invoice === '7777');
  expect(missing).toMatchObject({ state: 'differs', total: { fileRows: 0, heldRows: 0, difference: -500 } });
});

describe('negotiated discounts', () => {
  test('L, as a line: the sum of unblended cost is the invoice', async () => {
    const workspace = await held(
      cur1([
        { 'lineItem/UnblendedCost': 100 },
        { 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': -10 },
      ]),
    );
    await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: dollars('90.00') });
    expect((await invoicesOf(workspace))[0]).toMatchObject({
      state: 'ties',
      discountShape: 'lines',
      invoiceBasis: 'unblended',
    });
  });

  test('C, as a column: the sum of net unblended cost is the invoice, and unblended says 100', async () => {
    const workspace = await held(
      cur1([
        { 'lineItem/UnblendedCost': 100, 'lineItem/NetUnblendedCost': 90, 'discount/TotalDiscount': -10 },
      ]),
    );
    await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: dollars('90.00') });
    const [invoice] = await invoicesOf(workspace);
    expect(invoice).toMatchObject({ state: 'ties', discountShape: 'columns', invoiceBasis: 'netUnblended' });
    expect(invoice?.total).toMatchObject({ heldUnblended: 100, heldInvoiced: 90 });
    await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: dollars('100.00') });
    const [gross] = await invoicesOf(workspace);
    expect(gross?.state).toBe('differs');
    expect(gross?.notes.join(' ')).toContain('The figure is the sum of unblended cost');
  });

  test('B, both, with a blank net on the line: 90, not 80', async () => {
    const workspace = await held(
      cur1([
        { 'lineItem/UnblendedCost': 100, 'lineItem/NetUnblendedCost': 90 },
        { 'lineItem/LineItemType': 'EdpDiscount', 'lineItem/UnblendedCost': -10 },
      ]),
    );
    await workspace.engine.call('ledger.keepFigure', { key: AWS, figure: dollars('90.00') });
    expect((await invoicesOf(workspace))[0]).toMatchObject({ state: 'ties', discountShape: 'both' });
  });
});

test('the real CUR 2.0 export ties: every invoice of it agrees with its file', async () => {
  const workspace = testWorkspace();
  await workspace.import(join(DATA, 'cur-2.0-export-00001.csv'));
  const invoices = await invoicesOf(workspace);
  expect(invoices.length).toBeGreaterThan(0);
  expect(invoices.flatMap(({ chargeTypes }) => chargeTypes).filter(({ agrees }) => !agrees)).toEqual([]);
  const rows = invoices.reduce((sum, { total }) => sum + total.heldRows, 0);
  expect(rows).toBe(1000);
});

test('one period or one payer can be asked for', async () => {
  const workspace = await held(bill);
  await workspace.import(
    workspace.write('september.csv', cur2([{ bill_billing_period_start_date: '2026-09-01T00:00:00Z' }])),
  );
  const periods = async (input: Input<'ledger.tieOut'>) =>
    (await workspace.engine.call('ledger.tieOut', input)).invoices.map(({ period }) => period);
  expect(await periods({})).toEqual(['2026-09', '2026-08', '2026-08']);
  expect(await periods({ period: '2026-09' })).toEqual(['2026-09']);
  expect(await periods({ payer: '999' })).toEqual([]);
});

test('an export that is not the payer’s own invoice says so: when it is imported, in the ledger, and under figures', async () => {
  const workspace = testWorkspace();
  const rows = [{ line_item_legal_entity: 'Cloudhaus GmbH' }, { line_item_legal_entity: 'Cloudhaus GmbH' }];
  const { warnings } = await workspace.import(workspace.write('report-00001.csv', cur2(rows)));
  const sold = 'Sold by Cloudhaus GmbH, not by AWS: this looks like the bill of a reseller.';
  expect(warnings).toEqual([expect.stringContaining(`2026-08, payer ${PAYER}: ${sold}`)]);
  const [invoice] = await invoicesOf(workspace);
  expect(invoice?.notes[0]).toContain(sold);
  expect(invoice?.state).toBe('not_tied');
  const { exports } = await workspace.engine.call('ledger.coverage', {});
  expect(exports[0]?.bill).toMatchObject({ kind: 'reseller', by: 'recognised', ties: false, label: null });
  const { provenance } = await workspace.engine.call('spend.query', { measures: ['unblended'] });
  expect(provenance.notes.join(' ')).toContain(sold);
});

test('one account’s lines under another payer look like a member account’s export', async () => {
  const workspace = testWorkspace();
  const rows = Array.from({ length: 600 }, () => ({}));
  const { warnings } = await workspace.import(workspace.write('report-00001.csv', cur2(rows)));
  expect(warnings).toEqual([
    expect.stringContaining('Every line is of account 000000000002, none of payer 000000000001'),
  ]);
});
