// assay import and assay rejected: what no total holds can be found again, and what fails leaves nothing behind.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cur2 } from '../engine/import/synthetic.ts';
import { testWorkspace } from '../engine/import/workspace.ts';
import { assay, assayOn, published } from './assay.ts';

test('an import shows the rows it could not read, and they are listed as long as it is held', async () => {
  const workspace = testWorkspace();
  const file = workspace.write(
    'r-00001.csv',
    cur2([
      { line_item_unblended_cost: 40 },
      { line_item_unblended_cost: 'abc' },
      { line_item_usage_start_date: '\u001b[2Jyesterday' },
    ]),
  );
  workspace.close();
  const onIt = assayOn(workspace.path);
  const imported = await onIt('import', file);
  expect(imported.code).toBe(3);
  expect(imported.err).toMatch(/r-00001\.csv\s+3\s+line_item_unblended_cost\s+"abc" is not a number/u);
  // A file cannot steer the terminal.
  expect(imported.err).not.toContain('\u001b');
  expect(imported.err).toContain('\\x1b[2Jyesterday');

  const listed = published('rejected', await onIt('rejected', '--json'));
  expect(listed).toMatchObject({
    rowCount: 2,
    rows: [
      { line: 3, column: 'line_item_unblended_cost', reason: '"abc" is not a number' },
      { line: 4, column: 'line_item_usage_start_date' },
    ],
  });
  const csv = await onIt('rejected', '--csv');
  expect(csv.out.split('\r\n')[0]).toBe('file,line,column,reason,text');
  expect(csv.out).toContain('"""abc"" is not a number"');
  expect((await onIt('rejected', '--csv', '--json')).code).toBe(2);

  await onIt('undo');
  expect((await onIt('rejected')).out).toBe('No row of what is held was rejected.\n');
});

test('an import that fails makes no workspace, and leaves one that was there', async () => {
  const workspace = testWorkspace();
  const wrong = workspace.write('wrong.csv', 'a,b\n1,2\n');
  workspace.close();
  const none = join(workspace.folder, 'none.assay');
  const failed = await assay('import', wrong, '--workspace', none);
  expect(failed.code).toBe(1);
  expect(readdirSync(workspace.folder).filter((name) => name.startsWith('none'))).toEqual([]);
  expect((await assay('import', wrong, '--workspace', workspace.path)).code).toBe(1);
  expect(existsSync(workspace.path)).toBe(true);
});
