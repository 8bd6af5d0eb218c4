// assay close: the month's list, the statement, and exit codes that a job can act on.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cur2 } from '../engine/import/synthetic.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assayOn, published } from './assay.ts';

test('open steps end with 1; tied out it is issued, once', async () => {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('r-00001.csv', cur2([{ line_item_unblended_cost: 40 }])));
  workspace.close();
  const assay = assayOn(workspace.path);
  const open = await assay('close', '2026-08');
  expect(open.code).toBe(1);
  expect(open.out).toMatch(
    /Import\s+done[\s\S]+Tie-out\s+OPEN\s+Invoice 2417 of AWS has no invoice figure\./u,
  );
  expect((await assay('close', '2026-08', '--issue')).code).toBe(2);
  await assay(
    'tieout',
    'set',
    '40.00',
    '--payer',
    '000000000001',
    '--period',
    '2026-08',
    '--invoice',
    '2417',
  );
  expect((await assay('close', '2026-08')).code).toBe(0);
  const issued = await assay('close', '2026-08', '--issue', '--by', 'account', '--json');
  expect(issued.code).toBe(0);
  expect(published('close', issued)).toMatchObject({
    payers: [{ statement: { lines: [{ key: '000000000002', amount: 40 }] } }],
  });
  expect(await assay('close', '2026-08', '--issue')).toMatchObject({ code: 1 });
  expect((await assay('close', '2026-08')).out).toMatch(/Issued 20.*, SHA-256 [0-9a-f]{64}:/u);
  const file = join(workspace.folder, 'statement.json');
  const saved = await assay('close', '2026-08', '--save', file);
  expect(saved.err).toMatch(/^Written: .*statement\.json, .*, SHA-256 [0-9a-f]{64}\.\n$/u);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ statement: { period: '2026-08' } });
  expect(await assay('close', '2026-08', '--save', 'statement.pdf')).toMatchObject({ code: 2 });
});
