// Which import that ended while somebody worked elsewhere is told of, and in which words.
import { expect, test } from 'vitest';
import { createFormat } from '../../../shared/format/format.ts';
import { outcomeTitle, toTell } from '../../../src-renderer/app/import-outcome.ts';
import type { ImportOutcome, ImportReport } from '../../../src-renderer/app/import-queue.ts';

const ended = (id: number, kind: ImportOutcome['kind'], rejected = 0): ImportOutcome => ({
  job: { id, label: `file ${id}`, files: [], source: { kind: 'sample' } },
  kind,
  report: { rows: { read: 10, kept: 10 - rejected, rolledUp: 0, rejected } } as ImportReport,
  failure: null,
});
const format = createFormat();

test('the worst of those nobody has seen: one that failed, then one with rejected rows, then the latest', () => {
  const [fine, withRejects, failed] = [ended(4, 'committed'), ended(3, 'committed', 2), ended(2, 'failed')];
  expect(toTell([fine, withRejects, failed], 1)).toBe(failed);
  expect(toTell([fine, withRejects, failed], 2)).toBe(withRejects);
  expect(toTell([fine, withRejects, failed], 3)).toBe(fine);
  expect(toTell([fine, withRejects, failed], 4)).toBeNull();
});

test('rejected rows stand in the title of what is held, and of nothing else', () => {
  expect(outcomeTitle(ended(1, 'committed', 1), format)).toBe('1 row rejected, the rest imported: file 1');
  expect(outcomeTitle(ended(1, 'committed', 2), format)).toBe('2 rows rejected, the rest imported: file 1');
  expect(outcomeTitle(ended(1, 'committed'), format)).toBe('Imported: file 1');
  expect(outcomeTitle(ended(1, 'kept', 2), format)).toBe('Kept what was held, not taken over: file 1');
});
