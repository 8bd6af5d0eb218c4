// Narrowing by a click: time narrows the period, everything else becomes a filter.
import { expect, test } from 'vitest';
import { narrowTo, nextDimension, withFilter } from '../../../src-renderer/screens/explorer/drill.ts';

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
