// What the explorer asks, read as a reader of the screen would expect it.
import { expect, test } from 'vitest';
import { methods } from '../../../shared/contract/methods.ts';
import { INITIAL_STATE } from '../../../src-renderer/screens/explorer/explorer-state.ts';
import {
  chartQuestion,
  fittingGrain,
  gridQuery,
  type QuestionContext,
  seriesQuery,
} from '../../../src-renderer/screens/explorer/question.ts';

const AUGUST: QuestionContext = {
  period: { from: '2026-08-01', to: '2026-08-31' },
  compareTo: null,
  basis: 'netUnblended',
  where: [{ dimension: 'model', operator: '!=', values: ['Titan', null] }],
};

test('cost means the cost on the chosen basis, biggest first', () => {
  const query = gridQuery(INITIAL_STATE, AUGUST, 0);
  expect(query.measures).toEqual(['netUnblended', 'tokens', 'effectiveRate']);
  expect(query.sort).toEqual([{ by: 'netUnblended', descending: true }]);
  expect(methods['spend.query'].input.safeParse(query).success).toBe(true);
});

test('the same measure is asked once, though shown as cost and by name', () => {
  const query = gridQuery({ ...INITIAL_STATE, measures: ['cost', 'netUnblended'] }, AUGUST, 0);
  expect(query.measures).toEqual(['netUnblended']);
});

test('time in the groups sorts by time; a sort by a column that is gone falls back', () => {
  expect(gridQuery({ ...INITIAL_STATE, groupBy: ['model', 'day'] }, AUGUST, 0).sort).toEqual([
    { by: 'day', descending: false },
  ]);
  const gone = gridQuery({ ...INITIAL_STATE, sort: { by: 'region', descending: true } }, AUGUST, 0);
  expect(gone.sort).toEqual([{ by: 'netUnblended', descending: true }]);
  const kept = gridQuery({ ...INITIAL_STATE, sort: { by: 'cost', descending: false } }, AUGUST, 0);
  expect(kept.sort).toEqual([{ by: 'netUnblended', descending: false }]);
});

test('the question picks the form: a ranking without time, over time with it, the user above both', () => {
  expect(chartQuestion(INITIAL_STATE, AUGUST).form).toBe('ranking');
  expect(chartQuestion({ ...INITIAL_STATE, groupBy: [] }, AUGUST).form).toBe('time');
  expect(chartQuestion({ ...INITIAL_STATE, form: 'none' }, AUGUST).form).toBe('none');
  const over = chartQuestion({ ...INITIAL_STATE, groupBy: ['month', 'model'] }, AUGUST);
  expect(over).toMatchObject({ form: 'time', grain: 'month', dimension: 'model' });
  const asked = chartQuestion({ ...INITIAL_STATE, form: 'time' }, AUGUST);
  expect(asked).toMatchObject({ form: 'time', grain: 'day', dimension: 'model' });
});

test('named series keep the filters and add the leaders, a missing value among them', () => {
  const over = chartQuestion({ ...INITIAL_STATE, groupBy: ['month', 'model'] }, AUGUST);
  if (over.form !== 'time') throw new Error('expected a chart over time');
  const query = seriesQuery(over, 'model', ['Nova Lite', null]);
  expect(query.where).toEqual([
    { dimension: 'model', operator: '!=', values: ['Titan', null] },
    { dimension: 'model', operator: '=', values: ['Nova Lite', null] },
  ]);
  expect(query.groupBy).toEqual(['month', 'model']);
});

test.each([
  ['2026-08-01', '2026-08-31', 'day'],
  ['2026-01-01', '2026-12-31', 'week'],
  ['2024-01-01', '2026-12-31', 'month'],
])('%s to %s is drawn by %s', (from, to, grain) => {
  expect(fittingGrain({ from, to })).toBe(grain);
});
