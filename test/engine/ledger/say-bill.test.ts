// What a user says a bill is: over what its lines look like, kept over imports, shown with its figures, taken back.
import { expect, test } from 'vitest';
import type { Input } from '../../../shared/contract/methods.ts';
import { cur2 } from '../import/synthetic.ts';
import { type TestWorkspace, testWorkspace } from '../import/workspace.ts';

const PAYER = '000000000001';
const resold = cur2([{ line_item_legal_entity: 'Cloudhaus GmbH', line_item_unblended_cost: 40 }]);
const own = cur2([{ line_item_unblended_cost: 40 }]);
const KEY: Input<'ledger.keepFigure'>['key'] = {
  payer: PAYER,
  period: '2026-08',
  billingEntity: 'AWS',
  invoice: '2417',
  currency: 'USD',
  chargeType: null,
};
const figure = (amount: string) => ({ amount, currency: 'USD', rate: null, note: '' });

async function held(content: string): Promise<TestWorkspace> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('report-00001.csv', content));
  return workspace;
}

const invoiceOf = async ({ engine }: TestWorkspace) => (await engine.call('ledger.tieOut', {})).invoices[0];
const billOf = async ({ engine }: TestWorkspace) =>
  (await engine.call('ledger.coverage', {})).exports[0]?.bill;
const say = (
  { engine }: TestWorkspace,
  kind: NonNullable<Input<'ledger.sayBill'>['bill']>['kind'],
  label = '',
  scope: Partial<Input<'ledger.sayBill'>['scope']> = {},
) => engine.call('ledger.sayBill', { scope: { payer: PAYER, ...scope }, bill: { kind, label } });

test('a reseller’s pro forma is held against no invoice: neither green where a figure would tie nor red where not', async () => {
  const workspace = await held(own);
  await workspace.engine.call('ledger.keepFigure', { key: KEY, figure: figure('40.00') });
  expect((await invoiceOf(workspace))?.state).toBe('ties');
  await say(workspace, 'reseller', 'Cloudhaus pro forma');
  const green = await invoiceOf(workspace);
  expect(green).toMatchObject({
    state: 'not_tied',
    total: { state: 'not_tied', difference: null, expected: null, figure: { amount: '40.00' } },
    bill: { label: 'Cloudhaus pro forma', by: 'user', reach: 'payer', ties: false },
  });
  expect(green?.notes.slice(0, 2)).toEqual([
    '“Cloudhaus pro forma”: bill of a reseller, as you said. Its prices may not be AWS’s, and no invoice of AWS ties to it.',
    'Nothing is held against an invoice here. The figure you entered is kept and not compared; it would tie.',
  ]);
  await workspace.engine.call('ledger.keepFigure', { key: KEY, figure: figure('55.00') });
  expect(await invoiceOf(workspace)).toMatchObject({ state: 'not_tied', total: { difference: null } });
});

test('what is lost between file and workspace is red whatever kind of bill it is', async () => {
  const workspace = await held(own);
  await say(workspace, 'pro_forma');
  workspace.rows().exec('DELETE FROM line_item; DELETE FROM rollup; DELETE FROM daily');
  workspace.close();
  const { createEngine } = await import('../../../src-main/engine/engine.ts');
  const engine = createEngine({ workspacePath: workspace.path });
  const { invoices } = await engine.call('ledger.tieOut', {});
  engine.close();
  expect(invoices.map(({ state }) => state)).toEqual(['differs']);
});

test('the user’s word holds over what the lines look like, which stays said beside it', async () => {
  const workspace = await held(resold);
  expect(await billOf(workspace)).toMatchObject({ kind: 'reseller', by: 'recognised', ties: false });
  await say(workspace, 'own_invoice');
  expect(await billOf(workspace)).toMatchObject({ kind: 'own_invoice', by: 'user', ties: true });
  const invoice = await invoiceOf(workspace);
  expect(invoice?.state).toBe('no_figure');
  expect(invoice?.notes.join(' ')).toContain('Its lines look otherwise. Sold by Cloudhaus GmbH');
});

test('the label stands with every figure and is kept when the period comes again', async () => {
  const workspace = await held(own);
  await say(workspace, 'member_account', 'Team Data only', { report: 'report' });
  const again = cur2([{ line_item_unblended_cost: 41 }]);
  const { warnings } = await workspace.import(workspace.write('report-00001.csv', again));
  expect(warnings.join(' ')).toContain('“Team Data only”: export of a member account, as you said.');
  expect(await billOf(workspace)).toMatchObject({ label: 'Team Data only', reach: 'report' });
  const { provenance } = await workspace.engine.call('spend.query', { measures: ['unblended'] });
  expect(provenance.bills).toEqual(['Team Data only']);
  expect(provenance.notes.join(' ')).toContain('2026-08: “Team Data only”');
  const summary = await workspace.engine.call('spend.summary', {});
  expect(summary.provenance.bills).toEqual(['Team Data only']);
  expect((await workspace.engine.call('workspace.info', {})).bills).toEqual([
    { name: 'Team Data only', periods: ['2026-08'] },
  ]);
});

test('what is found to be saved on it says whose bill it is', async () => {
  const workspace = await held(own);
  await say(workspace, 'reseller', 'Cloudhaus pro forma');
  const { notes } = await workspace.engine.call('levers.find', {});
  expect(notes.join(' ')).toContain('2026-08: “Cloudhaus pro forma”: bill of a reseller, as you said.');
});

test('a word about one report does not go over to another, and the import says that it does not', async () => {
  const workspace = await held(own);
  await say(workspace, 'pro_forma', 'Showback', { report: 'report', period: '2026-08' });
  const other = workspace.write('other-00001.csv', cur2([{ line_item_unblended_cost: 41 }]));
  const { warnings } = await workspace.import(other);
  expect(warnings).toEqual([
    '2026-08, payer 000000000001: What you said of report report, which is held (Showback), is not said of other: say what it is under Ledger, Calendar.',
  ]);
  expect(await billOf(workspace)).toBeNull();
});

test('the narrowest word holds, and undo goes back one word at a time', async () => {
  const workspace = await held(own);
  await say(workspace, 'reseller', 'All of it');
  await say(workspace, 'own_invoice', 'August is ours', { period: '2026-08' });
  await say(workspace, 'pro_forma', 'All of it, again');
  expect((await billOf(workspace))?.label).toBe('August is ours');
  const undo = async () => (await workspace.engine.call('ledger.undoBill', {})).undone.label;
  expect(await undo()).toBe('All of it, again');
  expect(await undo()).toBe('August is ours');
  expect((await billOf(workspace))?.label).toBe('All of it');
  await workspace.engine.call('ledger.sayBill', { scope: { payer: PAYER }, bill: null });
  expect(await billOf(workspace)).toBeNull();
  expect(await undo()).toBe('');
  expect((await billOf(workspace))?.label).toBe('All of it');
  expect(await undo()).toBe('All of it');
  await expect(undo()).rejects.toThrow(/Nothing was said/u);
});

test('what is not held, and another kind without a label, are refused', async () => {
  const workspace = await held(own);
  await expect(say(workspace, 'reseller', '', { period: '2020-01' })).rejects.toMatchObject({
    code: 'not_found',
  });
  await expect(say(workspace, 'other')).rejects.toThrow(/needs a label/u);
});

test('AWS India’s bill says what its invoices are, and still ties at the rate they state', async () => {
  const workspace = await held(
    cur2([
      {
        bill_billing_entity: 'AISPL',
        line_item_legal_entity: 'Amazon Web Services India Private Limited',
        line_item_unblended_cost: 40,
      },
    ]),
  );
  expect(await billOf(workspace)).toMatchObject({ kind: 'aws_india', by: 'recognised', ties: true });
  const key = { ...KEY, billingEntity: 'AISPL' };
  const rupees = { amount: '3360.40', currency: 'INR', rate: '84.01', note: '' };
  await workspace.engine.call('ledger.keepFigure', { key, figure: rupees });
  const invoice = await invoiceOf(workspace);
  expect(invoice?.state).toBe('ties');
  expect(invoice?.notes[0]).toBe(
    'Billed by AWS India (AISPL). Its invoices are issued by AWS India, apart from those of Amazon Web Services, Inc., total in INR and carry Indian tax (GST). Where the export is in another currency, an invoice ties at the rate it states.',
  );
});

test('the close asks once what a bill is that looks like another’s, and says what is held against no invoice', async () => {
  const workspace = await held(resold);
  const step = async () => {
    const { payers } = await workspace.engine.call('ledger.close', { period: '2026-08' });
    return payers[0]?.steps.find((one) => one.step === 'tie_out');
  };
  expect(await step()).toMatchObject({
    done: false,
    says: ['Invoice 2417 of AWS looks like something else (Bill of a reseller): say what it is.'],
  });
  await say(workspace, 'reseller', 'Cloudhaus');
  expect(await step()).toMatchObject({
    done: true,
    says: ['0 invoices tie out; 1 is held against no invoice of AWS (Cloudhaus).'],
  });
});

test('forgetting a payer takes what was said about it along', async () => {
  const workspace = await held(own);
  await say(workspace, 'reseller', 'Cloudhaus');
  expect((await workspace.engine.call('ledger.forget', { payer: PAYER, period: null })).billWords).toBe(1);
  expect((await workspace.engine.call('ledger.coverage', {})).lastBillWord).toBeNull();
});
