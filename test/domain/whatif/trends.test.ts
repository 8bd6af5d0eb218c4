// Growth, price changes, cash by month and by fiscal quarter. Worked by hand.
import { describe, expect, test } from 'vitest';
import { sumOf } from '../../../shared/domain/sum.ts';
import { fiscalQuarter } from '../../../shared/domain/whatif/cash-months.ts';
import { addMonths, horizonStart } from '../../../shared/domain/whatif/months.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario, ScenarioCommitment } from '../../../shared/domain/whatif/scenario.ts';
import { batch, bill, exactly, lever, NOVA, NOVA_PRO, scenario, usage, withScopes } from './bill.ts';

/** A baseline of one average month, so that its figures are those of a month: 100M input at 3 = 300. */
const MONTH = { daysCovered: 365 / 12 };
const USE = bill([usage('a', { tokens: { input: 100 } })], MONTH);
/** The month so many months after the first one ahead. */
const monthAfter = (months: number): string => addMonths(horizonStart(null, USE.period.to), months);
const run = (parts: Partial<Scenario>, levers: Scenario['levers'] = []) =>
  evaluateScenario(scenario(levers, parts), USE);

describe('growth moves the baseline', () => {
  const growth = [{ scope: [], perMonth: exactly(0.1), onceFrom: null }];

  test('10 % a month: the first month ahead has 1.1 times the volume, the twelfth 1.1^12', () => {
    const { monthly } = run({ growth });
    expect(monthly[0]!.baseline).toBeCloseTo(330, 9);
    expect(monthly[11]!.baseline).toBeCloseTo(300 * 1.1 ** 12, 6);
    expect(monthly.every(({ saving }) => saving === 0)).toBe(true);
  });

  test('three times the volume from the third month on: 300, 300, then 900 every month', () => {
    const { monthly } = run({
      growth: [{ scope: [], perMonth: exactly(2), onceFrom: monthAfter(2) }],
    });
    expect(monthly.slice(0, 4).map(({ baseline }) => baseline)).toEqual(
      [300, 300, 900, 900].map((cost) => expect.closeTo(cost, 9)),
    );
    expect(monthly[11]!.baseline).toBeCloseTo(900, 9);
  });

  test('a step that came before the months looked at holds in all of them, and multiplies with a growth', () => {
    const { monthly } = run({
      growth: [...growth, { scope: [], perMonth: exactly(-0.5), onceFrom: monthAfter(-6) }],
    });
    expect(monthly[0]!.baseline).toBeCloseTo(300 * 1.1 * 0.5, 9);
    expect(monthly[1]!.baseline).toBeCloseTo(300 * 1.21 * 0.5, 9);
  });

  test('a lever saves its share of the larger volume; the saving at price of the baseline is untouched', () => {
    // half to batch saves a quarter
    const answer = run({ growth }, [batch(0.5)]);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(75, 9);
    expect(answer.monthly[1]!.saving).toBeCloseTo(300 * 1.21 * 0.25, 9);
  });

  test('money by the month does not grow', () => {
    const router = lever('guardrails', {
      requestsPerMonth: exactly(10_000),
      inputCharacters: 300,
      outputCharacters: 1200,
      usdPerThousandUnits: exactly(0.25),
      coverageNow: exactly(0),
      coverageAfter: exactly(1),
    });
    expect(run({ growth }, [router]).monthly.map(({ saving }) => saving)).toEqual(
      Array.from({ length: 12 }, () => expect.closeTo(-7.5, 9)),
    );
  });

  test('of a scope grows that scope only', () => {
    const levers: Scenario['levers'] = [];
    const ofNova = [
      {
        scope: [{ dimension: 'model', operator: '=' as const, values: ['Nova Pro'] }],
        perMonth: exactly(1),
        onceFrom: null,
      },
    ];
    const base = bill(
      [
        usage('a', { tokens: { input: 100 } }),
        usage('b', { tokens: { input: 100 }, vector: NOVA, prices: NOVA_PRO }),
      ],
      MONTH,
    );
    const { scopes } = needsOf({ levers, growth: ofNova });
    expect(scopes).toHaveLength(1);
    const known = {
      ...withScopes(base, [{ ...batch(0), scope: ofNova[0]!.scope }], ({ model }) => model === 'Nova Pro'),
    };
    const { monthly } = evaluateScenario(scenario(levers, { growth: ofNova }), known);
    expect(monthly[0]!.baseline).toBeCloseTo(300 + 80 * 2, 9);
  });
});

describe('a price change moves the baseline from its month on', () => {
  const priceChanges = [{ model: 'Claude Sonnet 4.5', fromMonth: '2027-01', factor: exactly(0.5) }];

  test('halved from the third month: 300, 300, 150', () => {
    const { monthly } = run({ priceChanges });
    expect(monthly.slice(0, 3).map(({ month, baseline }) => [month, baseline])).toEqual([
      ['2026-11', expect.closeTo(300, 9)],
      ['2026-12', expect.closeTo(300, 9)],
      ['2027-01', expect.closeTo(150, 9)],
    ]);
  });

  test('and what a lever saves halves with it', () => {
    const { monthly } = run({ priceChanges }, [batch(0.5)]);
    expect(monthly[0]!.saving).toBeCloseTo(75, 9);
    expect(monthly[2]!.saving).toBeCloseTo(37.5, 9);
  });

  test('of another model changes nothing', () => {
    const { monthly } = run({ priceChanges: [{ ...priceChanges[0]!, model: 'Nova Pro' }] });
    expect(monthly[11]!.baseline).toBeCloseTo(300, 9);
  });
});

const COMMITMENT: ScenarioCommitment = {
  year: {
    start: '2026-11-01',
    commit: 10_000,
    discount: 0.1,
    drawdown: 'before_discount',
    shortfallSettled: 'face',
    marketplaceCap: 0.25,
    support: 0.05,
  },
  organicAws: { low: 5000, base: 7000, high: 9000 },
  organicMarketplace: exactly(0),
  classes: [{ lineClass: 'marketplace', retires: true, discounted: true, inMarketplaceCap: false }],
  directCost: null,
};

describe('cash by month', () => {
  // 3600 of AI a year; from month 4 half goes to batch: 75 a month for 9 months = 675 at price
  const late = { ...batch(0.5), startMonth: '2027-02', oneOffCost: 100 };
  const answer = run({ commitment: COMMITMENT }, [late]);
  const months = answer.commitment!.cashMonths;

  test('sums to the cash headline', () => {
    expect(sumOf(months.map(({ cash }) => cash))).toBeCloseTo(answer.headlines.cashThisYear!.base, 9);
    expect(months.at(-1)!.cumulative).toBeCloseTo(answer.headlines.cashThisYear!.base, 9);
  });

  test('a month saves net of the discount and with support; the first also pays the one-off cost', () => {
    // 75 × 0.9 = 67.50, with support 70.875
    expect(months[2]).toMatchObject({ month: '2027-01', cash: expect.closeTo(0, 9) });
    expect(months[3]).toMatchObject({ month: '2027-02', saved: expect.closeTo(67.5, 9), oneOff: 100 });
    expect(months[3]!.cash).toBeCloseTo(70.875 - 100, 9);
    expect(months[4]!.cash).toBeCloseTo(70.875, 9);
  });

  test('the shortfall that the saving causes is settled with the last month', () => {
    // organic 7,000 + AI 3,600 retire 10,600; without 675 of it 9,925: 75 of shortfall
    expect(months[11]!.shortfall).toBeCloseTo(-75, 6);
    expect(months[11]!.cash).toBeCloseTo(70.875 - 75, 6);
  });

  test('growth and price changes count in the year, and the assumption says so', () => {
    const grown = run(
      { commitment: COMMITMENT, growth: [{ scope: [], perMonth: exactly(0.1), onceFrom: null }] },
      [late],
    );
    expect(grown.commitment!.aiSpend[0]!.baseline).toBeGreaterThan(answer.commitment!.aiSpend[0]!.baseline);
    expect(grown.commitment!.assumptions[0]).toContain('with the growth stated');
    const widened = run(
      {
        commitment: COMMITMENT,
        growth: [{ scope: [], perMonth: { low: 0, base: 0.1, high: 0.2 }, onceFrom: null }],
      },
      [late],
    );
    expect(widened.commitment!.savingAtPrice!.low).toBeCloseTo(answer.commitment!.savingAtPrice!.base, 6);
    expect(widened.commitment!.savingAtPrice!.high).toBeGreaterThan(widened.commitment!.savingAtPrice!.base);
  });
});

describe('fiscal quarters', () => {
  test.each([
    ['2026-11', 1, 2026, 4],
    ['2027-01', 1, 2027, 1],
    ['2026-11', 10, 2027, 1],
    ['2026-09', 10, 2026, 4],
    ['2027-03', 4, 2027, 4],
    ['2027-04', 4, 2028, 1],
  ])('%s with a year from month %i is FY%i Q%i', (month, start, year, quarter) => {
    expect(fiscalQuarter(month, start)).toEqual({ year, quarter });
  });

  test('hold the months of the horizon; cash only where all of them lie in the commitment year', () => {
    const answer = run({ commitment: COMMITMENT, horizon: { startMonth: null, months: 14 } }, [batch(0.5)]);
    expect(answer.quarters.map(({ quarter, months }) => [quarter, months])).toEqual([
      ['FY2026 Q4', 2],
      ['FY2027 Q1', 3],
      ['FY2027 Q2', 3],
      ['FY2027 Q3', 3],
      ['FY2027 Q4', 3],
    ]);
    expect(answer.quarters[1]).toMatchObject({
      saving: expect.closeTo(225, 9),
      cash: expect.closeTo(3 * 70.875, 9),
      cumulative: expect.closeTo(375, 9),
    });
    expect(answer.quarters[4]!.cash).toBeNull();
  });
});
