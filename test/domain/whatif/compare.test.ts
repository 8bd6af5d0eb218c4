// Scenarios side by side on one bill: 10 M input and 2 M output tokens of Sonnet, 60 USD; half in batch saves 15.
import { describe, expect, test } from 'vitest';
import { sumOf } from '../../../shared/domain/sum.ts';
import { compareScenarios } from '../../../shared/domain/whatif/compare.ts';
import { modelCosts } from '../../../shared/domain/whatif/model-costs.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { batch, bill, exactly, lever, NOVA, scenario, usage } from './bill.ts';

const BILL = bill([
  usage('sonnet', { tokens: { input: 10, output: 2 } }),
  usage('unpriced', {
    tokens: { input: 1 },
    vector: { ...NOVA, model: 'Nova Next' },
    prices: {},
    paid: { input: 4 },
  }),
]);
const trimming = lever('trimming', {
  inputCut: exactly(0.1),
  cachedCut: exactly(0),
  outputCut: exactly(0),
});
const HALF = { ...scenario([batch(0.5)]), name: 'Half' };
const MORE = { ...scenario([batch(1), trimming]), name: 'More' };

const compared = (...scenarios: Scenario[]) =>
  compareScenarios(
    scenarios.map((one) => {
      const baseline = { ...BILL, period: one.baseline.period };
      return { scenario: one, answer: evaluateScenario(one, baseline), models: modelCosts(one, baseline) };
    }),
  );
const figure = (from: ReturnType<typeof compared>, name: string) =>
  from.figures.find((row) => row.figure === name) ?? expect.fail(name);

describe('from the same baseline', () => {
  // All in batch: 60 → 30; then a tenth off the input of 15: another 1.5.
  test('differences are to the first', () => {
    const saving = figure(compared(HALF, MORE), 'savingAtPrice');
    expect(saving.values.map((band) => band?.base)).toEqual([expect.closeTo(15, 9), expect.closeTo(31.5, 9)]);
    expect(saving.differences).toEqual([null, expect.closeTo(16.5, 9)]);
    expect(figure(compared(HALF, MORE), 'after').differences[1]).toBeCloseTo(-16.5, 9);
  });

  test('the same cost reached by other steps is no difference: 38.25 % off the input, and 5 % and then 35 %', () => {
    const cut = (share: number, id: string) => ({ ...trimming, id, inputCut: exactly(share) });
    const once = scenario([cut(0.3825, 'once')]);
    const twice = scenario([cut(0.05, 'first'), cut(0.35, 'second')]);
    const { figures, models } = compared(once, twice);
    const after = figures.find(({ figure }) => figure === 'after')!;
    expect(after.values[0]!.base).not.toBe(after.values[1]!.base);
    expect(after.differences).toEqual([null, 0]);
    expect(models.map(({ differences }) => differences[1])).toEqual([0, null]);
  });

  test('a lever that one does not have is not a lever that saves nothing', () => {
    const { levers } = compared(HALF, MORE);
    expect(levers.map(({ kind, differences }) => [kind, differences[1]])).toEqual([
      ['batch', expect.closeTo(15, 9)],
      ['trimming', null],
    ]);
    expect(levers[1]?.values[0]).toBeNull();
  });

  test('models sum to the cost after, and one without a price is no model at zero', () => {
    const { models, figures } = compared(HALF, MORE);
    const nova = models.find(({ model }) => model === 'Nova Next');
    expect(nova).toMatchObject({ values: [null, null], differences: [null, null] });
    for (const index of [0, 1]) {
      const total = sumOf(models.flatMap(({ values }) => values[index] ?? []));
      expect(total).toBeCloseTo(
        figures.find((row) => row.figure === 'after')?.values[index]?.base ?? Number.NaN,
        9,
      );
    }
  });

  test('months stand by the calendar: one that a horizon does not reach is not zero', () => {
    const short = { ...MORE, horizon: { startMonth: '2026-12', months: 1 } };
    const { months } = compared({ ...HALF, horizon: { startMonth: '2026-11', months: 2 } }, short);
    expect(months.map(({ month, values }) => [month, values[1] === null])).toEqual([
      ['2026-11', true],
      ['2026-12', false],
    ]);
    // 16.5 over 31 days is 16.5 ÷ 31 × 365 ÷ 12 in an average month.
    expect(months[1]?.differences[1]).toBeCloseTo(((16.5 / 31) * 365) / 12, 9);
  });
});

describe('what must not be subtracted is shown and said', () => {
  test.each([
    ['days', { baseline: { ...HALF.baseline, period: { from: '2026-09-01', to: '2026-09-30' } } }],
    [
      'usage',
      {
        baseline: {
          ...HALF.baseline,
          where: [{ dimension: 'model', operator: '=', values: ['x'] }] as const,
        },
      },
    ],
    ['prices', { priceLayer: 'effective' }],
    ['hours', { hoursPerMonth: 744 }],
    ['Growth', { growth: [{ scope: [], perMonth: exactly(0.1), onceFrom: null }] }],
  ] as const)('other %s', (word, change) => {
    const result = compared(HALF, { ...MORE, ...change } as Scenario, HALF);
    expect(result.scenarios[1]?.differs.join()).toContain(word);
    for (const rows of [result.figures, result.levers, result.models, result.months]) {
      for (const { differences } of rows) expect(differences[1]).toBeNull();
    }
    expect(figure(result, 'savingAtPrice').values[1]).not.toBeNull();
    // The third starts from the same as the first.
    expect(figure(result, 'savingAtPrice').differences[2]).toBe(0);
  });

  test('filters in another order are the same usage', () => {
    const where = [
      { dimension: 'model', operator: '=', values: ['a'] },
      { dimension: 'region', operator: '=', values: ['b'] },
    ] as const;
    const one = { ...HALF, baseline: { ...HALF.baseline, where } };
    const other = { ...MORE, baseline: { ...HALF.baseline, where: where.toReversed() } };
    expect(compared(one, other).scenarios[1]?.differs).toEqual([]);
  });

  test('under another commitment the saving is subtracted and the cash is not', () => {
    const commitment = (commit: number): Scenario['commitment'] => ({
      year: {
        start: '2026-11-01',
        commit,
        discount: 0.1,
        drawdown: 'before_discount',
        shortfallSettled: 'face',
        marketplaceCap: 0.25,
        support: 0,
      },
      organicAws: { low: 0, base: 0, high: 1 },
      organicMarketplace: exactly(0),
      classes: [],
      directCost: null,
    });
    const under = (commit: number, more: Scenario) => ({ ...more, commitment: commitment(commit) });
    const same = compared(under(10, HALF), under(10, MORE));
    expect(figure(same, 'cashThisYear').differences[1]).toEqual(expect.any(Number));
    const other = compared(under(10, HALF), under(20, MORE));
    expect(other.scenarios[1]).toMatchObject({
      differs: [],
      cashDiffers: [expect.stringContaining('commitment')],
    });
    expect(figure(other, 'cashThisYear').differences[1]).toBeNull();
    expect(figure(other, 'savingAtPrice').differences[1]).toBeCloseTo(16.5, 9);
  });
});
