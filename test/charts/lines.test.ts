import { expect, test } from 'vitest';
import { nameRises } from '../../shared/charts/lines.ts';

test('names of lines that end together stand over one another, in the order of the lines', () => {
  // 5 minutes and 1 hour both end at 10 % of the uncached cost, which is the plot's top.
  expect(nameRises([0.1, 0.1, 1])).toEqual([14, 0, 0]);
});

test('names with room between them stay at their lines; a line without an end has none to move', () => {
  expect(nameRises([0.2, 0.5, null, 1])).toEqual([0, 0, 0, 0]);
});
