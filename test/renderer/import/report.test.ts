import { expect, test } from 'vitest';
import { differencesOf } from '../../../src-renderer/screens/import/differences.ts';
import {
  accountedFor,
  type FileReport,
  missingCapabilities,
} from '../../../src-renderer/screens/import/report.ts';

const file = (path: string, consequence: string | null): FileReport => ({
  path,
  format: 'cur-1.0',
  compression: 'none',
  period: '2026-10',
  payers: [],
  bytes: 1,
  sha256: path,
  rows: { read: 0, kept: 0, rolledUp: 0, rejected: 0 },
  totals: [],
  missing: consequence === null ? [] : [{ capability: 'resources', consequence }],
});

test('only differences are listed, the biggest first, and rounding is none', () => {
  expect(
    differencesOf([
      { name: 'same', held: 0.1 + 0.2, incoming: 0.3 },
      { name: 'small', held: 10, incoming: 11 },
      { name: 'gone', held: 50, incoming: 0 },
    ]).map(({ name, difference }) => [name, difference]),
  ).toEqual([
    ['gone', -50],
    ['small', 1],
  ]);
});

test('a row that went nowhere is noticed', () => {
  expect(accountedFor({ read: 10, kept: 4, rolledUp: 5, rejected: 1 })).toBe(true);
  expect(accountedFor({ read: 10, kept: 4, rolledUp: 5, rejected: 0 })).toBe(false);
});

test('what several files lack is said once, with their names', () => {
  const missing = 'No resource ids.';
  expect(missingCapabilities([file('/x/a.csv', missing), file('/x/b.csv', null)])).toEqual([
    { capability: 'resources', consequence: missing, files: 'a.csv' },
  ]);
  expect(missingCapabilities([file('a', missing), file('b', missing)])[0]?.files).toBe('all files');
});

test('of many files that lack it three are named and the others counted', () => {
  const files = ['a', 'b', 'c', 'd'].map((name) => file(name, 'No resource ids.'));
  expect(missingCapabilities([...files, file('e', null)])[0]?.files).toBe('a, b, c and 1 more');
});
