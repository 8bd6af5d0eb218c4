// A waterfall read as a bill: 100, less 30, plus 5, makes 75.
import { expect, test } from 'vitest';
import { waterfallSteps } from '../../shared/charts/waterfall-steps.ts';

const START = { label: 'Baseline', amount: 100 };
const CHANGES = [
  { id: 'batch', label: 'Batch', amount: -30, low: -40, high: -20 },
  { id: 'cache', label: 'Caching', amount: 5, low: null, high: null },
  { id: 'none', label: 'Nothing', amount: 0, low: 0, high: 0 },
];

test('in order, each bar starts where the last one ended', () => {
  const steps = waterfallSteps(START, CHANGES, { label: 'After', amount: 75 }, true);
  expect(steps.map(({ kind, foot, head }) => [kind, foot, head])).toEqual([
    ['total', 0, 100],
    ['decrease', 70, 100],
    ['increase', 70, 75],
    ['none', 75, 75],
    ['total', 0, 75],
  ]);
  expect(steps[1]?.whisker).toEqual([60, 80]);
  expect(steps[3]?.whisker).toBeNull();
  expect(steps.at(-2)?.level).toBe(steps.at(-1)?.amount);
});

test('alone, each bar hangs from the start', () => {
  const steps = waterfallSteps(START, CHANGES, { label: 'After', amount: 75 }, false);
  expect(steps.map(({ foot, head }) => [foot, head])).toEqual([
    [0, 100],
    [70, 100],
    [100, 105],
    [100, 100],
    [0, 75],
  ]);
});
