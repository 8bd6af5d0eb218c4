// assay held: what is covered, as a table, a strip of days and JSON.
import { expect, test } from 'vitest';
import { cur2 } from '../engine/import/synthetic.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assay, published } from './assay.ts';

test('exports, their bills and the days of a period', async () => {
  const workspace = testWorkspace();
  await workspace.import(workspace.write('report-00001.csv', cur2([{}])));
  workspace.close();
  const all = await assay('held', '--workspace', workspace.path);
  expect(all.code).toBe(0);
  expect(all.out).toMatch(/2026-08\s+000000000001\s+report \(cur-2\.0\)\s+1\s+1\s+AWS: invoice 2417/u);
  const month = await assay('held', '--workspace', workspace.path, '--period', '2026-08');
  // The first line held of this payer is at 10:00 on the 3rd.
  expect(month.out).toMatch(/All accounts\s+\.\.~\.{28}\n/u);
  expect(month.out).toContain('2026-08-03: What is held of this payer begins at 10:00 UTC on this day.');
  const json = await assay('held', '--workspace', workspace.path, '--period', '2026-08', '--json');
  expect(published('held', json)).toMatchObject({
    exports: [{ rows: 1 }],
    calendars: [{ period: '2026-08' }],
  });
});
