// The cases behind low and high, by name, and the baseline cut by what moves it ahead. Worked by hand.
import { expect, test } from 'vitest';
import { baselineAhead } from '../../../shared/domain/whatif/baseline-ahead.ts';
import { caseTable } from '../../../shared/domain/whatif/case-table.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { batch, bill, exactly, lever, NOVA, NOVA_PRO, scenario, usage, withScopes } from './bill.ts';

// 100M in at 3 is 300.
const USE = bill([usage('a', { tokens: { input: 100 } })]);
const half = batch(0, { eligibleShare: { low: 0.2, base: 0.5, high: 0.6 } });
const cut = (low: number, high: number) =>
  lever('trimming', {
    inputCut: { low, base: 0.1, high },
    cachedCut: exactly(0),
    outputCut: exactly(0),
  });

test('two ranges make four corners, each named by the ends it stands at', () => {
  const rows = caseTable(scenario([half, cut(0, 0.4)]), USE);
  expect(rows.map(({ name }) => name)).toEqual([
    'base',
    'batch: eligible share low; trimming: input cut low',
    'batch: eligible share low; trimming: input cut high',
    'batch: eligible share high; trimming: input cut low',
    'batch: eligible share high; trimming: input cut high',
  ]);
  // batch saves half of its share; trimming then cuts what is left
  const after = [225 * 0.9, 270, 270 * 0.6, 210, 210 * 0.6];
  expect(rows.map((row) => row.after)).toEqual(after.map((cost) => expect.closeTo(cost, 9)));
  expect(rows.map(({ inOrder: [first] }) => first)).toEqual(
    [75, 30, 30, 90, 90].map((saving) => expect.closeTo(saving, 9)),
  );
  const answer = evaluateScenario(scenario([half, cut(0, 0.4)]), USE);
  expect([answer.after?.low, answer.after?.high]).toEqual([126, 270].map((cost) => expect.closeTo(cost, 9)));
});

test('more than six ranges: everything at one end, and each alone', () => {
  const many = Array.from({ length: 7 }, (_, index) => ({ ...cut(0, 0.2), id: `cut ${index + 1}` }));
  const rows = caseTable(scenario(many), USE);
  expect(rows).toHaveLength(1 + 2 + 14);
  expect(rows.map(({ name }) => name).slice(1, 5)).toEqual([
    'everything low',
    'everything high',
    'only cut 1: input cut low',
    'only cut 1: input cut high',
  ]);
  expect(rows[1]!.after).toBeCloseTo(300, 9);
  expect(rows[2]!.after).toBeCloseTo(300 * 0.8 ** 7, 9);
  expect(rows[4]!.after).toBeCloseTo(300 * 0.9 ** 6 * 0.8, 9);
});

test('usage is cut by the growths and price changes that hold for it', () => {
  const nova = [{ dimension: 'model', operator: '=', values: ['Nova Pro'] }] as const;
  const stated = scenario([], {
    growth: [
      { scope: [], perMonth: exactly(0.1), onceFrom: null },
      { scope: nova, perMonth: exactly(1), onceFrom: '2027-01' },
    ],
    priceChanges: [{ model: 'Claude Sonnet 4.5', fromMonth: '2027-01', factor: exactly(0.5) }],
  });
  const two = bill([
    usage('a', { tokens: { input: 100 } }),
    usage('b', { tokens: { input: 100 }, vector: NOVA, prices: NOVA_PRO }),
  ]);
  const scoped = withScopes(two, [{ ...half, scope: nova }], ({ model }) => model === 'Nova Pro');
  expect(baselineAhead(stated, scoped)).toEqual({
    parts: [
      { growth: [0], priceChanges: [0], amount: expect.closeTo(300, 9) },
      { growth: [0, 1], priceChanges: [], amount: expect.closeTo(80, 9) },
    ],
    beside: 0,
  });
});
