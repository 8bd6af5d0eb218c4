import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createBulkInsert } from '../../../src-main/engine/db/bulk-insert.ts';

/** Rows in which a bit of the row's number says whether a column is blank: 2 to the power of columns patterns of blanks. */
function rowsOf(count: number, columns: number): (number | null)[][] {
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: columns }, (_, column) =>
      ((row >> (column % 12)) & 1) === 1 ? null : row + column / 64,
    ),
  );
}

test.each([
  ['few columns, all patterns of blanks', 7, 400],
  ['more patterns than statements are kept for', 12, 5000],
  ['more columns than have a bit', 40, 300],
])('what is written is what was given: %s', (_, width, count) => {
  const db = new Database(':memory:');
  const names = Array.from({ length: width }, (_, at) => `c${at}`);
  db.exec(`CREATE TABLE sums (batch_id INTEGER NOT NULL, ${names.map((name) => `${name} REAL`).join(', ')})`);
  const insert = createBulkInsert(db, 'sums', ['batch_id', ...names], 3);
  const rows = rowsOf(count, width);
  for (const row of rows) insert.add(row);
  expect(insert.waiting()).toBe(count);
  insert.flush();
  expect(insert.waiting()).toBe(0);
  expect(db.prepare('SELECT * FROM sums ORDER BY rowid').raw().all()).toEqual(rows.map((row) => [3, ...row]));
});

test('rows that bring their own first column keep it', () => {
  const db = new Database(':memory:');
  db.exec('CREATE TABLE lines (id INTEGER PRIMARY KEY, cost REAL)');
  const insert = createBulkInsert(db, 'lines', ['id', 'cost'], null);
  const rows = Array.from({ length: 20 }, (_, at) => [at + 1, at % 3 === 0 ? null : at / 2]);
  for (const row of rows) insert.add(row);
  insert.flush();
  expect(db.prepare('SELECT id, cost FROM lines ORDER BY id').raw().all()).toEqual(rows);
});
