// A draft of contract rates survives a look at another screen, and belongs to one workspace.
import { expect, test } from 'vitest';
import { EMPTY_ROW } from '../../../shared/domain/pricing/rate-card.ts';
import { draftOf, edit } from '../../../src-renderer/screens/contract/draft.ts';
import { keptDraftOf, keptText } from '../../../src-renderer/screens/contract/use-kept-draft.ts';

const DRAFT = edit(draftOf([EMPTY_ROW], 'rate card q4.csv'), 0, 'discount_percent', '12.5');

test('what was edited comes back as it was, for its own workspace only', () => {
  const text = keptText('/bills/q4.assay', DRAFT);
  expect(keptDraftOf(text, '/bills/q4.assay')).toEqual(DRAFT);
  expect(keptDraftOf(text, '/bills/q3.assay')).toBeNull();
});

test('nothing under edit, a foreign text and a column of another version keep nothing', () => {
  expect(keptText('/bills/q4.assay', null)).toBeNull();
  expect(keptDraftOf(null, '/bills/q4.assay')).toBeNull();
  expect(keptDraftOf('{"workspace":', '/bills/q4.assay')).toBeNull();
  const [row] = DRAFT.rows;
  const foreign = { ...DRAFT, rows: [{ ...row, cells: { ...row?.cells, minimum: '3' } }] };
  expect(
    keptDraftOf(JSON.stringify({ workspace: '/bills/q4.assay', draft: foreign }), '/bills/q4.assay'),
  ).toBeNull();
});
