// Text that is not UTF-8 is said with its place, however far down in the file it stands.
import { expect, test } from 'vitest';
import { cur2 } from './synthetic.ts';
import { testWorkspace } from './workspace.ts';

const DESCRIPTION = 'line_item_line_item_description';
/** Lines before the odd ones: more than the beginning of a file that is looked into for its format. */
const BEFORE = 400;
const ordinary = Array.from({ length: BEFORE }, () => ({ line_item_unblended_cost: 1 }));
const odd = ['Müller', 'Müller', 'Zoë'].map((text) => ({ [DESCRIPTION]: text }));
const text = cur2([...ordinary, ...odd]);

test('in Latin-1, far down: file, line, column, the text, and what to do', async () => {
  const workspace = testWorkspace();
  const bytes = Buffer.from(text, 'latin1');
  expect(bytes.indexOf(0xfc)).toBeGreaterThan(64 * 1024);
  const file = workspace.write('bill-00001.csv', bytes);
  const { warnings, rows } = await workspace.import(file);
  expect(rows).toMatchObject({ read: BEFORE + 3, rejected: 0 });
  expect(warnings).toEqual([
    `${file}, line ${BEFORE + 2}, column ${DESCRIPTION}: "M\ufffdller" is not written in UTF-8, so its letters are not as AWS wrote them, and 1 further distinct text is not either. Import the file as AWS delivered it.`,
  ]);
});

test('the same in UTF-8 is not worth a word', async () => {
  const workspace = testWorkspace();
  const { warnings } = await workspace.import(workspace.write('bill-00001.csv', text));
  expect(warnings).toEqual([]);
});
