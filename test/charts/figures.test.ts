// What a slider moves is drawn over axes that stand: those figures must be the ones of the whole drawing.
import { expect, test } from 'vitest';
import { savings } from '../../shared/charts/savings.ts';
import { CHART_THEMES } from '../../shared/charts/theme.ts';
import { waterfall } from '../../shared/charts/waterfall.ts';
import { waterfallSteps } from '../../shared/charts/waterfall-steps.ts';

const { light, dark } = CHART_THEMES;
const TEXT = { short: String, full: (value: number | null) => (value === null ? '—' : `${value} USD`) };

const stepsWith = (saved: number) =>
  waterfallSteps(
    { label: 'Baseline', amount: 100 },
    [{ id: 'batch', label: 'Batch', amount: -saved, low: -saved - 10, high: 20 - saved }],
    { label: 'After', amount: 100 - saved },
    true,
  );
const monthsWith = (saving: number, oneOff: number) => [
  { short: 'Jan', long: 'January', saving, oneOff, cumulative: saving - oneOff },
  { short: 'Feb', long: 'February', saving, oneOff: 0, cumulative: 2 * saving - oneOff },
];

test('100, less 30, makes 70: three bars, the range of the change, and each amount over the highest of it', () => {
  const { figures } = waterfall(stepsWith(30), 'Cost', light, TEXT);
  expect(figures?.bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 100],
    [70, 100],
    [0, 70],
  ]);
  expect(figures?.ranges).toEqual([{ step: 1, low: 60, high: 90 }]);
  expect(figures?.words.map(({ over, text }) => [over, text])).toEqual([
    [100, '100'],
    [100, '-30'],
    [70, '70'],
  ]);
});

test('other figures keep the frame; another lever or another theme does not', () => {
  const frame = waterfall(stepsWith(30), 'Cost', light, TEXT).figures?.frame;
  expect(waterfall(stepsWith(40), 'Cost', light, TEXT).figures?.frame).toBe(frame);
  expect(waterfall(stepsWith(30), 'Cost', dark, TEXT).figures?.frame).not.toBe(frame);
  expect(waterfall(stepsWith(30).slice(1), 'Cost', light, TEXT).figures?.frame).not.toBe(frame);
});

test('100, less 130, is 30 below zero: the bar goes through zero, the last one hangs from it', () => {
  const { figures } = waterfall(stepsWith(130), 'Cost', light, TEXT);
  expect(figures?.bars.map(({ from, to }) => [from, to])).toEqual([
    [0, 100],
    [-30, 100],
    [-30, 0],
  ]);
});

test('one-off 40 lies below the axis; what is paid back is marked, and needs the whole drawing', () => {
  const { figures } = savings(monthsWith(30, 40), null, 'USD', light, TEXT);
  expect(figures?.bars.map(({ step, from, to }) => [step, from, to])).toEqual([
    [0, 0, 30],
    [0, 0, -40],
    [1, 0, 30],
    [1, 0, 0],
  ]);
  expect(figures?.line?.amounts).toEqual([-10, 20]);
  expect(savings(monthsWith(30, 40), 2, 'USD', light, TEXT).figures).toBeNull();
  expect(savings(monthsWith(0, 0), null, 'USD', light, TEXT).figures).toBeNull();
});
