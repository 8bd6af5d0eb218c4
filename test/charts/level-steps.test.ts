// A waterfall with totals in between: changes hang from the level before, totals stand on the axis.
import { expect, test } from 'vitest';
import { levelSteps } from '../../shared/charts/level-steps.ts';

test('list 100, discount −8, unpriced 5, usage 97, credit −100, invoice −3', () => {
  const steps = levelSteps([
    { id: 'list', label: 'List', kind: 'total', amount: 100 },
    { id: 'discount', label: 'Discount', kind: 'change', amount: -8 },
    { id: 'unpriced', label: 'No price', kind: 'change', amount: 5 },
    { id: 'usage', label: 'Usage', kind: 'total', amount: 97 },
    { id: 'credit', label: 'Credit', kind: 'change', amount: -100 },
    { id: 'invoice', label: 'Invoice', kind: 'total', amount: -3 },
  ]);
  expect(steps.map(({ kind, foot, head, level }) => [kind, foot, head, level])).toEqual([
    ['total', 0, 100, 100],
    ['decrease', 92, 100, 92],
    ['increase', 92, 97, 97],
    ['total', 0, 97, 97],
    ['decrease', -3, 97, -3],
    ['total', -3, 0, -3],
  ]);
});
