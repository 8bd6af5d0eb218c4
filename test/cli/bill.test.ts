// assay bill: what a bill is, said at the terminal, seen in held and tieout, and taken back.
import { expect, test } from 'vitest';
import { cur2 } from '../engine/import/synthetic.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assayOn, published } from './assay.ts';

const PAYER = ['--payer', '000000000001'];

async function held(): Promise<string> {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('report-00001.csv', cur2([{ line_item_unblended_cost: 40 }])));
  workspace.close();
  return workspace.path;
}

test('a reseller’s bill is labelled, is held against no invoice, and is what it was after undo', async () => {
  const assay = assayOn(await held());
  const said = await assay('bill', 'set', 'reseller', ...PAYER, '--label', 'Cloudhaus pro forma');
  expect(said.code).toBe(0);
  expect(said.out).toMatch(/AWS: invoice 2417\s+Cloudhaus pro forma/u);
  const tied = await assay('tieout');
  expect(tied).toMatchObject({ code: 0, err: '' });
  expect(tied.out).toContain('invoice 2417, USD: not an AWS invoice');
  expect(tied.out).toContain('Note: “Cloudhaus pro forma”: bill of a reseller, as you said.');
  expect((await assay('query', '--measures', 'unblended')).out).toContain('“Cloudhaus pro forma”');
  expect(published('held', await assay('held', '--json'))).toMatchObject({
    exports: [{ bill: { kind: 'reseller', label: 'Cloudhaus pro forma', by: 'user', ties: false } }],
  });
  expect((await assay('bill', 'undo')).out).toBe(
    'Taken back: reseller Cloudhaus pro forma, of payer 000000000001.\n',
  );
  expect((await assay('tieout')).out).toContain('invoice 2417, USD: no invoice figure');
  expect((await assay('bill', 'undo')).code).toBe(1);
});

test('clear takes away what was said of exactly this scope', async () => {
  const assay = assayOn(await held());
  await assay('bill', 'set', 'pro_forma', ...PAYER, '--period', '2026-08');
  await assay('bill', 'clear', ...PAYER);
  expect((await assay('tieout')).out).toContain('not an AWS invoice');
  await assay('bill', 'clear', ...PAYER, '--period', '2026-08');
  expect((await assay('tieout')).out).toContain('no invoice figure');
});

test('an unknown kind and a missing payer are usage errors that name what there is', async () => {
  const assay = assayOn(await held());
  const wrong = await assay('bill', 'set', 'resold', ...PAYER);
  expect(wrong.code).toBe(2);
  expect(wrong.err).toContain('own_invoice, aws_india, member_account, reseller, pro_forma, other');
  expect((await assay('bill', 'set', 'reseller')).code).toBe(2);
});
