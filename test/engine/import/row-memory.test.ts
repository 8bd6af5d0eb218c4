// A row is recognised by the bytes of its fields: never taken for another one, whatever its fields run together to.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRowMemory } from '../../../src-main/engine/import/row-memory.ts';
import { createScanner, feed, nextRecord } from '../../../src-main/engine/import/scanner.ts';
import { createSplitter } from '../../../src-main/engine/import/split.ts';

const SPLITTER = createSplitter();

/** For each line of the text: what was recalled, or a new number that is then remembered. */
function numbered(text: string, slots: readonly number[], seed = 0): number[] {
  const scanner = createScanner(',', new Int16Array([0, 1, 2]), 3, SPLITTER);
  const memory = createRowMemory(scanner, 1, slots);
  const numbers: number[] = [];
  let next = 0;
  feed(scanner, Buffer.from(text), 'test.csv');
  while (nextRecord(scanner, true) === 'record') {
    const recalled = memory.recall(seed);
    if (recalled < 0) memory.remember(next);
    numbers.push(recalled < 0 ? next++ : recalled);
  }
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

test('more rows than are remembered are forgotten, not mixed up', () => {
  const lines = Array.from({ length: 40_000 }, (_, row) => `account-${row},x,y\n`).join('');
  const numbers = numbered(lines + lines, [0, 1]);
  expect(numbers.slice(0, 40_000)).toEqual(Array.from({ length: 40_000 }, (_, row) => row));
  expect(numbers.slice(40_000, 40_003)).toEqual([0, 1, 2]);
  expect(numbers.at(-1)).toBeGreaterThanOrEqual(40_000);
});

test('the number beside the fields tells rows apart, too', () => {
  const scanner = createScanner(',', new Int16Array([0]), 1, SPLITTER);
  const memory = createRowMemory(scanner, 0, [0]);
  feed(scanner, Buffer.from('a\na\n'), 'test.csv');
  nextRecord(scanner, true);
  expect(memory.recall(7)).toBe(-1);
  memory.remember(70);
  nextRecord(scanner, true);
  expect([memory.recall(8), memory.recall(7)]).toEqual([-1, 70]);
});

test('a row that lies outside the memory is neither recalled nor remembered; one too long for a key is not remembered', () => {
  const scanner = createScanner(',', new Int16Array([0]), 1, SPLITTER);
  const memory = createRowMemory(scanner, 0, [0]);
  const long = 'x'.repeat(70_000);
  feed(scanner, Buffer.from(`a\n${long}\n${long}\na\n`), 'test.csv');
  const recalled: number[] = [];
  while (nextRecord(scanner, true) === 'record') {
    recalled.push(memory.recall(0));
    memory.remember(1);
  }
  expect(recalled).toEqual([-1, -1, -1, 1]);
  scanner.buffer = Buffer.from('a');
  expect(memory.recall(0)).toBe(-1);
});
