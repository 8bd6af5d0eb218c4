// Narrowing by a click: time narrows the period, everything else becomes a filter.
import { expect, test } from 'vitest';
import { narrowTo, nextDimension, withFilter } from '../../../src-renderer/screens/explorer/drill.ts';
import { daysOf } from '../../../src-renderer/screens/explorer/time-steps.ts';

test('a month stands for its days, leap years included', () => {
  expect(daysOf('month', '2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
  expect(daysOf('month', '2026-02')).toEqual({ from: '2026-02-01', to: '2026-02-28' });
  expect(daysOf('quarter', '2026-Q2')).toEqual({ from: '2026-04-01', to: '2026-06-30' });
  expect(daysOf('year', '2026')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
  expect(daysOf('week', '2026-W31')).toEqual({ from: '2026-07-27', to: '2026-08-02' });
  expect(daysOf('day', '2026-08-05')).toEqual({ from: '2026-08-05', to: '2026-08-05' });
  expect(daysOf('model', '2026')).toBeNull();
  expect(daysOf('hour', '2026-08-05T01:00Z')).toBeNull();
});

test('a cell of month × model × no tag narrows the period and adds two filters', () => {
  const narrowed = narrowTo(
    [
      { dimension: 'month', value: '2026-08' },
      { dimension: 'model', value: 'Nova Lite' },
      { dimension: 'tag:team', value: null },
    ],
    {
      where: [{ dimension: 'provider', operator: '=', values: ['Amazon'] }],
      period: { from: '2026-08-10', to: '2026-10-31' },
    },
  );
  expect(narrowed).toEqual({
    where: [
      { dimension: 'provider', operator: '=', values: ['Amazon'] },
      { dimension: 'model', operator: '=', values: ['Nova Lite'] },
      { dimension: 'tag:team', operator: '=', values: [null] },
    ],
    period: { from: '2026-08-10', to: '2026-08-31' },
  });
});

test('asking for another value of a dimension replaces the equality and keeps an exclusion', () => {
  const where = withFilter(
    [
      { dimension: 'model', operator: '=', values: ['Nova Lite', 'Nova Pro'] },
      { dimension: 'model', operator: '!=', values: ['Titan'] },
    ],
    { dimension: 'model', operator: '=', values: ['Nova Pro'] },
  );
  expect(where).toEqual([
    { dimension: 'model', operator: '!=', values: ['Titan'] },
    { dimension: 'model', operator: '=', values: ['Nova Pro'] },
  ]);
});

test('a drill goes to the first dimension that is not taken', () => {
  expect(nextDimension('provider', [])).toBe('model');
  expect(nextDimension('provider', ['model'])).toBe('meter');
  expect(nextDimension('tag:team', ['tag:team'])).toBe('model');
  expect(nextDimension('x', ['model', 'meter', 'usageType', 'day'])).toBeNull();
});
