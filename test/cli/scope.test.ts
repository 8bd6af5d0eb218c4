// assay scope: every row with its answer, filtered by status, and as JSON in the published shape.
import { expect, test } from 'vitest';
import type { ScopeReport } from '../../shared/contract/scope.ts';
import { SCOPE } from '../../shared/domain/scope/scope.ts';
import { assay, published } from './assay.ts';

test('a line a row, and the counts above', async () => {
  const { code, out } = await assay('scope');
  expect(code).toBe(0);
  for (const { id, item } of SCOPE)
    expect(out).toMatch(new RegExp(`^${id} +${item.replace(/[$().*+?]/gu, '\\$&')} `, 'mu'));
});

test('one status alone, as JSON', async () => {
  const { rows, counts } = published(
    'scope',
    await assay('scope', '--status', 'out', '--json'),
  ) as ScopeReport;
  expect(rows.length).toBe(counts.find(({ status }) => status === 'out')?.count);
  expect(rows.every(({ status, says }) => status === 'out' && says !== '')).toBe(true);
});

test('an unknown status is refused', async () => {
  const ended = await assay('scope', '--status', 'maybe');
  expect(ended.code).toBe(2);
  expect(ended.err).toContain('--status: "maybe" is not one of works, partly, later, out');
});
