import { expect, test } from 'vitest';
import { placeAfterDrop } from '../../../src-renderer/screens/scenario/use-lever-order.ts';

const dropped = (from: number, over: number, after: boolean): string => {
  const levers = ['a', 'b', 'c', 'd'];
  const [lever = ''] = levers.splice(from, 1);
  return levers.toSpliced(placeAfterDrop(from, over, after), 0, lever).join('');
};

test('a lever comes to stand beside the card it was dropped on', () => {
  expect(dropped(0, 2, true)).toBe('bcad');
  expect(dropped(0, 2, false)).toBe('bacd');
  expect(dropped(3, 1, false)).toBe('adbc');
  expect(dropped(3, 1, true)).toBe('abdc');
});

test('dropped where it stands already, it stays', () => {
  for (const [over, after] of [
    [1, false],
    [1, true],
    [0, true],
    [2, false],
  ] as const)
    expect(dropped(1, over, after)).toBe('abcd');
});
