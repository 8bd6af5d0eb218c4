// A row has its number by the bytes of its fields: never that of another one, whatever its fields run together to.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowNumbers, rowNumber } from '../../../src-main/engine/import/row-numbers.ts';
import { createScanner, feed, nextRecord } from '../../../src-main/engine/import/scanner.ts';
import { createSplitter, MOST_ROWS } from '../../../src-main/engine/import/split.ts';

const SPLITTER = createSplitter();

/** For each line of the text the number of its row. */
function numbered(text: string, slots: readonly number[]): number[] {
  const scanner = createScanner(',', new Int16Array([0, 1, 2]), 3, SPLITTER);
  const rows = createRowNumbers(scanner, 1, slots);
  const numbers: number[] = [];
  feed(scanner, Buffer.from(text), 'test.csv');
  while (nextRecord(scanner, true) === 'record') numbers.push(rowNumber(rows, scanner, 0));
  return numbers;
}

test('fields that run together to the same bytes are different rows; columns that were not asked for do not count', () => {
  expect(numbered('ab,c,1\na,bc,2\nab,c,3\n,abc,4\nabc,,5\na,bc,6\n', [0, 1])).toEqual([0, 1, 0, 2, 3, 1]);
});

test('every distinct row has its own number, every equal one the same', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 20 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, cell), { maxLength: 200 }), (rows) => {
      const lines = rows.map((row) => row.join(','));
      const seen: string[] = [];
      const expected = lines.map((line) => {
        if (!seen.includes(line)) seen.push(line);
        return seen.indexOf(line);
      });
      expect(numbered(lines.map((line) => `${line}\n`).join(''), [0, 1, 2])).toEqual(expected);
    }),
  );
});

test('rows beyond those that fit have no number; the others keep theirs', () => {
  const lines = Array.from({ length: 40_000 }, (_, row) => `account-${row},x,y\n`).join('');
  const numbers = numbered(lines + lines, [0, 1]);
  const expected = Array.from({ length: 40_000 }, (_, row) => (row < MOST_ROWS ? row : -1));
  expect(numbers.slice(0, 40_000)).toEqual(expected);
  expect(numbers.slice(40_000)).toEqual(expected);
});

test('the number beside the fields tells rows apart, too', () => {
  const scanner = createScanner(',', new Int16Array([0]), 1, SPLITTER);
  const rows = createRowNumbers(scanner, 0, [0]);
  feed(scanner, Buffer.from('a\na\n'), 'test.csv');
  nextRecord(scanner, true);
  expect([rowNumber(rows, scanner, 7), rowNumber(rows, scanner, 8)]).toEqual([0, 1]);
  nextRecord(scanner, true);
  expect([rowNumber(rows, scanner, 8), rowNumber(rows, scanner, 7)]).toEqual([1, 0]);
});

test('a row that lies outside the memory has no number, nor has one too long for a key, nor any where nothing is asked for', () => {
  const scanner = createScanner(',', new Int16Array([0]), 1, SPLITTER);
  const rows = createRowNumbers(scanner, 0, [0]);
  const long = 'x'.repeat(70_000);
  feed(scanner, Buffer.from(`a\n${long}\n${long}\na\n`), 'test.csv');
  const numbers: number[] = [];
  while (nextRecord(scanner, true) === 'record') numbers.push(rowNumber(rows, scanner, 0));
  expect(numbers).toEqual([0, -1, -1, 0]);
  scanner.buffer = Buffer.from('a');
  expect(rowNumber(rows, scanner, 0)).toBe(-1);
  expect(rowNumber(createRowNumbers(scanner, 0, []), scanner, 0)).toBe(-1);
});
