// assay tieout: figures entered at the terminal, and an exit code that a script can act on.
import { expect, test } from 'vitest';
import { cur2 } from '../engine/import/synthetic.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assayOn, published } from './assay.ts';

const KEY = ['--payer', '000000000001', '--period', '2026-08', '--invoice', '2417'];

async function held(): Promise<string> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('report-00001.csv', cur2([{ line_item_unblended_cost: 40.004 }])));
  workspace.close();
  return workspace.path;
}

test('an invoice without a figure is named as such, and is no error', async () => {
  const ended = await assayOn(await held())('tieout');
  expect(ended.code).toBe(0);
  expect(ended.out).toContain('2026-08, payer 000000000001, AWS, invoice 2417, USD: no invoice figure');
  expect(ended.out).toMatch(/Whole invoice\s+1\s+1\s+\$40\.00\s+\$40\.00\s+—\s+—\s+no invoice figure/u);
});

test('a figure that ties is clean; one that differs ends with code 1 and the difference', async () => {
  const assay = assayOn(await held());
  expect((await assay('tieout', 'set', '40.00', ...KEY)).code).toBe(0);
  expect(await assay('tieout')).toMatchObject({ code: 0, err: '' });
  await assay('tieout', 'set', '50.00', ...KEY, '--note', 'page 2');
  const ended = await assay('tieout');
  expect(ended.code).toBe(1);
  expect(ended.err).toBe('assay tieout: 1 of 1 invoices do not tie out.\n');
  expect(ended.out).toMatch(/\$50\.00\s+−\$10\.00\s+DIFFERS/u);
});

test('--json is the contract’s answer', async () => {
  const assay = assayOn(await held());
  await assay('tieout', 'set', '36.62', ...KEY, '--currency', 'EUR', '--rate', '0.91532');
  const ended = await assay('tieout', '--json', '--period', '2026-08');
  expect(published('tieout', ended)).toMatchObject({
    invoices: [{ total: { figure: { amount: '36.62', currency: 'EUR', rate: '0.91532' } } }],
  });
});

test('clear takes the figure away; a figure needs payer and period', async () => {
  const assay = assayOn(await held());
  await assay('tieout', 'set', '50.00', ...KEY);
  expect((await assay('tieout', 'clear', ...KEY)).code).toBe(0);
  expect((await assay('tieout')).code).toBe(0);
  expect(await assay('tieout', 'clear', ...KEY)).toMatchObject({ code: 1 });
  expect(await assay('tieout', 'set', '50.00', '--payer', '1')).toMatchObject({ code: 2 });
  expect(await assay('tieout', 'set', '1,000.00', ...KEY)).toMatchObject({ code: 2 });
});

test('a figure for a month of which nothing is held says so, and shows no amount as held', async () => {
  const assay = assayOn(await held());
  await assay('tieout', 'set', '1.68', '--payer', '000000000001', '--period', '2026-07');
  const ended = await assay('tieout', '--period', '2026-07');
  expect(ended.code).toBe(1);
  expect(ended.out).toContain('Nothing of this payer, period and billing entity is held: import its export');
  expect(ended.out).toMatch(/Whole invoice\s+0\s+0\s+—\s+—\s+\$1\.68\s/u);
});
