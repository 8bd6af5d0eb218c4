// assay bill: what a bill is, said at the terminal, seen in held and tieout, and taken back.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
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

test('an import of what looks like a reseller’s bill asks what it is, for all its periods at once, and not again', async () => {
  const workspace = testWorkspace();
  workspace.close();
  const assay = assayOn(workspace.path);
  const resold = (month: string, cost: number) => {
    mkdirSync(join(workspace.folder, month), { recursive: true });
    return workspace.write(
      `${month}/resold-00001.csv`,
      cur2([
        {
          line_item_legal_entity: 'Cloudhaus GmbH',
          line_item_unblended_cost: cost,
          bill_billing_period_start_date: `2026-${month}-01T00:00:00.000Z`,
        },
      ]),
    );
  };
  const first = await assay('import', resold('08', 1), resold('07', 1));
  expect(first.code).toBe(0);
  expect(first.err.match(/What is the bill of/gu)).toHaveLength(1);
  expect(first.err).toContain('payer 000000000001, 2026-07, 2026-08? It looks like: bill of a reseller.');
  const [, answer = ''] =
    /^.*(bill set <kind> --payer \S+ --report \S+) answers it\.$/mu.exec(first.err) ?? [];
  expect((await assay(...answer.replaceAll('"', '').replace('<kind>', 'reseller').split(' '))).code).toBe(0);
  const again = await assay('import', resold('08', 2), '--replace');
  expect(again).toMatchObject({ code: 0, err: '' });
});

test('an import of the payer’s own bill asks nothing', async () => {
  const workspace = testWorkspace();
  workspace.close();
  const file = workspace.write('own-00001.csv', cur2([{}]));
  expect(await assayOn(workspace.path)('import', file)).toMatchObject({ code: 0, err: '' });
});
