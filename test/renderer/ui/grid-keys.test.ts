import { describe, expect, test } from 'vitest';
import { move, rangeOf } from '../../../src-renderer/ui/grid-keys.ts';

const extent = { rows: 100, columns: 4, page: 10 };
const key = (name: string, held: { ctrl?: boolean; shift?: boolean } = {}) => ({
  key: name,
  ctrlKey: held.ctrl === true,
  metaKey: false,
  shiftKey: held.shift === true,
});

describe('keys move and never leave the grid', () => {
  test.each([
    ['ArrowDown', {}, 51, 2],
    ['ArrowUp', {}, 49, 2],
    ['ArrowLeft', {}, 50, 1],
    ['ArrowRight', {}, 50, 3],
    ['PageDown', {}, 60, 2],
    ['PageUp', {}, 40, 2],
    ['Home', {}, 50, 0],
    ['End', {}, 50, 3],
    ['Home', { ctrl: true }, 0, 0],
    ['End', { ctrl: true }, 99, 3],
  ])('%s %o', (name, held, row, column) => {
    expect(move({ row: 50, column: 2, anchor: 50 }, key(name, held), extent)).toEqual({
      row,
      column,
      anchor: row,
    });
  });

  test('at the edges they stay', () => {
    expect(move({ row: 99, column: 3, anchor: 99 }, key('PageDown'), extent)).toMatchObject({
      row: 99,
      column: 3,
    });
    expect(move({ row: 0, column: 0, anchor: 0 }, key('ArrowUp'), extent)).toMatchObject({ row: 0 });
  });

  test('other keys and an empty grid move nothing', () => {
    expect(move({ row: 0, column: 0, anchor: 0 }, key('x'), extent)).toBeNull();
    expect(move({ row: 0, column: 0, anchor: 0 }, key('ArrowDown'), { ...extent, rows: 0 })).toBeNull();
  });
});

test('with Shift the rows between are taken in, in either direction', () => {
  const down = move({ row: 5, column: 0, anchor: 5 }, key('ArrowDown', { shift: true }), extent);
  expect(rangeOf(down ?? { row: 0, column: 0, anchor: 0 })).toEqual({ from: 5, to: 6 });
  const up = move({ row: 5, column: 0, anchor: 5 }, key('PageUp', { shift: true }), { ...extent, page: 3 });
  expect(rangeOf(up ?? { row: 0, column: 0, anchor: 0 })).toEqual({ from: 2, to: 5 });
});
