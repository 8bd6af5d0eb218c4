// A waterfall read as a bill: 100, less 30, plus 5, makes 75.
import { expect, test } from 'vitest';
import { CHART_THEMES } from '../../shared/charts/theme.ts';
import { waterfall } from '../../shared/charts/waterfall.ts';
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

test('names of few bars wrap; of as many as would cut their words they are turned and whole', () => {
  const text = { short: String, full: String };
  const names = (levers: number) => {
    const changes = Array.from({ length: levers }, (_, index) => ({
      id: String(index),
      label: index === 0 ? 'Provisioned throughput' : 'Batch',
      amount: -1,
      low: null,
      high: null,
    }));
    const steps = waterfallSteps(START, changes, { label: 'After', amount: 100 - levers }, true);
    const { xAxis } = waterfall(steps, 'Cost, USD', CHART_THEMES.light, text).option;
    return [xAxis].flat()[0]?.axisLabel as { rotate?: number; formatter?: (label: string) => string };
  };
  expect(names(4).formatter?.('Provisioned throughput')).toBe('Provisioned\nthroughput');
  expect(names(4).rotate).toBeUndefined();
  expect(names(15)).toMatchObject({ rotate: 45, overflow: 'truncate' });
});
