// Interning: equal bytes have one id, different ones never share, however many there are.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  clearTuples,
  createInterner,
  createTupleTable,
  knownTuple,
  tupleIndex,
  tuplePart,
} from '../../../src-main/engine/import/interning.ts';
import { createRollup } from '../../../src-main/engine/import/rollup.ts';

test('an id stands for one text and one text has one id', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 12 }), { maxLength: 200 }), (texts) => {
      const interner = createInterner();
      const ids = texts.map((text) => {
        const bytes = Buffer.from(`,${text},`);
        return interner.idOf(bytes, 1, bytes.length - 1, 0);
      });
      expect(ids.map((id) => interner.textOf(id))).toEqual(texts.map((text) => Buffer.from(text).toString()));
      expect(new Set(ids.filter((id) => id !== 0)).size).toBe(interner.size());
      for (const [index, text] of texts.entries()) expect(ids[index] === 0).toBe(text === '');
    }),
  );
});

test('a hundred thousand texts that differ in a few bytes stay apart', () => {
  const interner = createInterner();
  const texts = Array.from(
    { length: 100_000 },
    (_, index) => `arn:aws:ec2:us-east-1:0:instance/i-${index * 7919}`,
  );
  const ids = texts.map((text) => interner.idOfText(text));
  expect(new Set(ids).size).toBe(texts.length);
  expect(ids.every((id, index) => interner.textOf(id) === texts[index])).toBe(true);
  expect(texts.map((text) => interner.idOfText(text))).toEqual(ids);
});

test('tuples are numbered in the order in which they appear', () => {
  const table = createTupleTable(3);
  const tuples = Array.from({ length: 5000 }, (_, index) => [index % 17, Math.floor(index / 17), 5]);
  const first = tuples.map((tuple) => tupleIndex(table, Int32Array.from(tuple)));
  expect(first).toEqual(tuples.map((_, index) => index));
  expect(tuples.map((tuple) => tupleIndex(table, Int32Array.from(tuple)))).toEqual(first);
  expect([0, 1, 2].map((part) => tuplePart(table, 40, part))).toEqual([40 % 17, 2, 5]);
  const tuple = Int32Array.of(40 % 17, 2, 5);
  expect(knownTuple(table, tuple)).toBe(40);
  clearTuples(table);
  expect(knownTuple(table, tuple)).toBe(-1);
  expect([tupleIndex(table, tuple), table.size]).toEqual([0, 1]);
});

test('a roll-up adds with compensation and tells what is not stated; what is set apart gets nothing more', () => {
  const rollup = createRollup();
  const line = (unblended: number, list: number): Float64Array =>
    Float64Array.of(1, unblended, unblended, unblended, unblended, list, 0, 0, 0);
  for (const amount of [1, 1e100, 1, -1e100]) rollup.add(1, 1, 10, line(amount, 2), 1);
  rollup.add(1, 1, 10, line(5, Number.NaN), 3);
  rollup.setApart();
  rollup.add(1, 1, 10, line(7, 7), 1);
  expect([rollup.left(), rollup.size()]).toEqual([2, 1]);
  const rows = [rollup.take(), rollup.take()];
  expect(rollup.left()).toBe(0);
  expect(
    rows.map(({ lineItems, unblended, list, quantity }) => [lineItems, unblended, list, quantity]),
  ).toEqual([
    [4, 2, 8, 4],
    [3, 5, null, 1],
  ]);
  rollup.setApart();
  expect([rollup.left(), rollup.take().unblended, rollup.size()]).toEqual([1, 7, 0]);
});
