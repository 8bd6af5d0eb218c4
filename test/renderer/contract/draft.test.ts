// Contract rates under edit: cells, pasted blocks, rows added and removed, and whether anything differs from those in use.
import { expect, test } from 'vitest';
import { EMPTY_ROW } from '../../../shared/domain/pricing/rate-card.ts';
import {
  addAfter,
  clear,
  draftOf,
  edit,
  faultIndex,
  isChanged,
  paste,
  ratesOf,
  remove,
  shownColumns,
} from '../../../src-renderer/screens/contract/draft.ts';

const HELD = [
  { ...EMPTY_ROW, model: 'Nova Lite', discount_percent: '10' },
  { ...EMPTY_ROW, mode: 'batch', discount_percent: '5' },
];

test('a cell is edited, cleared to every one, and the draft knows that it differs', () => {
  const edited = edit(draftOf(HELD), 0, 'discount_percent', ' 12 ');
  expect(ratesOf(edited)[0]?.discount_percent).toBe('12');
  expect(isChanged(edited, HELD)).toBe(true);
  expect(isChanged(edit(edited, 0, 'discount_percent', '10'), HELD)).toBe(false);
  const cleared = ratesOf(clear(clear(draftOf(HELD), 0, 'model'), 0, 'discount_percent'))[0];
  expect(cleared).toEqual(EMPTY_ROW);
});

test('a column or row that is not there changes nothing', () => {
  const draft = draftOf(HELD);
  expect(edit(draft, 0, 'minimum', 'x')).toBe(draft);
  expect(edit(draft, 9, 'model', 'x')).toBe(draft);
  expect(clear(draft, 0, 'minimum')).toBe(draft);
});

test('rows come and go, and every row keeps its own key', () => {
  const added = addAfter(draftOf(HELD), 0);
  expect(added.rows.map(({ key }) => key)).toEqual(['0', '2', '1']);
  expect(ratesOf(added)[1]).toEqual(EMPTY_ROW);
  const again = addAfter(remove(added, 1), 1);
  expect(again.rows.map(({ key }) => key)).toEqual(['0', '1', '3']);
  expect(ratesOf(remove(draftOf(HELD), 0))).toEqual([HELD[1]]);
  expect(ratesOf(addAfter(draftOf([]), -1))).toEqual([EMPTY_ROW]);
});

test('a pasted block goes down and right over the columns shown, and adds the rows it needs', () => {
  const shown = ['model', 'meter', 'discount_percent'];
  const pasted = paste(
    draftOf(HELD),
    1,
    'meter',
    [
      ['input', '7', 'lost'],
      ['output', '8'],
    ],
    shown,
  );
  expect(ratesOf(pasted).map(({ meter, discount_percent: off }) => [meter, off])).toEqual([
    ['*', '10'],
    ['input', '7'],
    ['output', '8'],
  ]);
});

test('parts that no rate names are shown when asked for', () => {
  expect(shownColumns(draftOf(HELD), false)).not.toContain('tier');
  expect(shownColumns(draftOf(HELD), true)).toContain('tier');
  expect(shownColumns(edit(draftOf(HELD), 0, 'tier', 'global'), false)).toContain('tier');
});

test('faults are found by row and column; a conflict stands at its row', () => {
  const fault = { line: null, value: '', problem: 'is empty' };
  const index = faultIndex([
    { ...fault, number: 1, column: 'mode' },
    { ...fault, number: 2, column: null, problem: 'conflict' },
  ]);
  expect([...index]).toEqual([
    ['0 mode', 'is empty'],
    ['1 ', 'conflict'],
  ]);
});
