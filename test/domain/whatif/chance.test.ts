// Shapley shares and seeded simulation.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sumOf } from '../../../shared/domain/sum.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { seeded, shuffled, triangular } from '../../../shared/domain/whatif/random.ts';
import { sharesOf } from '../../../shared/domain/whatif/shares.ts';
import { simulate, startSimulation } from '../../../shared/domain/whatif/simulate.ts';
import { batch, bill, caching, exactly, lever, scenario, usage, withScopes } from './bill.ts';

const USE = bill([usage('a', { tokens: { input: 100, output: 10 } })]);

describe('shares', () => {
  test('two levers: each gets the mean of what it adds first and second', () => {
    // alone: batch half 112.5, caching 270; together in the order batch, caching: 247.5
    const { shares, total, method } = sharesOf(scenario([batch(0.5), caching(1, 1)]), USE, 1);
    expect(method).toBe('exact');
    expect(total).toBeCloseTo(247.5, 9);
    expect(shares[0]!.share).toBeCloseTo((112.5 + (247.5 - 270)) / 2, 9);
    expect(shares[1]!.share).toBeCloseTo((270 + (247.5 - 112.5)) / 2, 9);
  });

  test('two levers on the same tokens: 247.5 together, less 112.5 and 270 alone, is what they take from each other', () => {
    const trim = lever('trimming', { inputCut: exactly(0), cachedCut: exactly(0), outputCut: exactly(0.2) });
    const { pairs } = sharesOf(scenario([batch(0.5), caching(1, 1), trim]), USE, 1);
    expect(pairs).toHaveLength(3);
    expect(pairs[0]!.interaction).toBeCloseTo(247.5 - 112.5 - 270, 9);
    // Shorter answers meet the half that batch made cheap: 2M × 15 saved alone, a quarter less after it; caching has no output.
    expect(pairs[1]!.interaction).toBeCloseTo(-30 * 0.25, 9);
    // Nothing, not what is left over when sums are rounded.
    expect(pairs[2]!.interaction).toBe(0);
  });

  test('depend on the declared order, since a coalition is applied in it', () => {
    // caching, batch together save 247.5 too here: 270 − 22.5; with all in batch the order decides
    const both = (levers: Parameters<typeof scenario>[0]) => sharesOf(scenario(levers), USE, 1).total;
    expect(both([batch(1), caching(1, 1)])).toBeCloseTo(225, 9);
    expect(both([caching(1, 1), batch(1)])).toBeCloseTo(225, 9);
    const trim = lever('trimming', { inputCut: exactly(0.5), cachedCut: exactly(0), outputCut: exactly(0) });
    const share = (levers: Parameters<typeof scenario>[0], id: string) =>
      sharesOf(scenario(levers), USE, 1).shares.find(({ leverId }) => leverId === id)!.share;
    // after caching nothing is left to trim: trimming adds 0 to it; before it, it adds 50 × 0.3
    expect(share([caching(1, 1), trim], 'trimming')).toBeCloseTo(150 / 2, 9);
    expect(share([trim, caching(1, 1)], 'trimming')).toBeCloseTo((150 + 15) / 2, 9);
  });

  test('a lever that is switched off has none', () => {
    const { shares } = sharesOf(scenario([batch(0.5), { ...caching(1, 1), enabled: false }]), USE, 1);
    expect(shares.map(({ leverId }) => leverId)).toEqual(['batch']);
  });

  test('sum to the total, exactly to eight levers and sampled above; the same seed gives the same shares', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 }), (parts) => {
        const levers = parts.map((part, index) => ({
          ...(index % 2 === 0 ? batch(part) : caching(part, 0.9)),
          id: `l${index}`,
        }));
        const what = scenario(levers);
        const found = sharesOf(what, USE, 7);
        expect(found.method).toBe(levers.length <= 8 ? 'exact' : 'sampled');
        const total = evaluateScenario(what, USE).headlines.savingAtPrice?.base ?? 0;
        expect(found.total).toBeCloseTo(total, 6);
        expect(sumOf(found.shares.map(({ share }) => share ?? 0))).toBeCloseTo(total, 6);
        expect(sharesOf(what, USE, 7)).toEqual(found);
      }),
      { numRuns: 15 },
    );
  });
});

test('a lever that no other one touches has a sampled share without an error, not what rounding leaves', () => {
  const base = bill(
    Array.from({ length: 9 }, (_, index) =>
      usage(`v${index}`, {
        tokens: { input: 10.1 * (index + 1), output: 3.3 },
        vector: { workload: `w${index}` },
      }),
    ),
  );
  const levers = Array.from({ length: 9 }, (_, index) =>
    batch(0.1 + index / 100, {
      id: `l${index}`,
      scope: [{ dimension: 'principal', operator: '=', values: [`w${index}`] }],
    }),
  );
  const { method, shares } = sharesOf(
    scenario(levers),
    withScopes(base, levers, ({ workload }, scope) => workload === `w${scope}`),
    1,
  );
  expect(method).toBe('sampled');
  expect(shares.map(({ error }) => error)).toEqual(levers.map(() => 0));
});

describe('random numbers', () => {
  test('repeat with their seed and differ without', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, seeded(seed));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(3).every((value) => value >= 0 && value < 1)).toBe(true);
  });

  test('a shuffle is a permutation', () => {
    expect(shuffled(8, seeded(4)).sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  test('a triangle has its mean at a third of the sum of its corners and stays within them', () => {
    const random = seeded(5);
    const values = Array.from({ length: 20_000 }, () => triangular({ low: 0, base: 0.2, high: 1 }, random));
    expect(sumOf(values) / values.length).toBeCloseTo(0.4, 2);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1);
    expect(triangular(exactly(3), random)).toBe(3);
  });
});

describe('simulation', () => {
  const ranged = batch(0, { eligibleShare: { low: 0, base: 0.5, high: 1 } });
  const how = { seed: 11, draws: 2000 };

  test('P50 is the base of a symmetric range, P10 and P90 are those of the triangle', () => {
    const { savingAtPrice } = simulate(scenario([ranged]), USE, how);
    // all of it in batch saves 225; a symmetric triangle over 0…1 has its P10 at √0.05 = 0.2236
    expect(savingAtPrice.p50 / 225).toBeCloseTo(0.5, 1);
    expect(savingAtPrice.p10 / 225).toBeCloseTo(Math.sqrt(0.05), 1);
    expect(savingAtPrice.p90 / 225).toBeCloseTo(1 - Math.sqrt(0.05), 1);
    expect(savingAtPrice.lossShare).toBe(0);
    expect(sumOf(savingAtPrice.histogram.map(({ draws }) => draws))).toBe(2000);
  });

  test('the same seed gives the same result, another one another', () => {
    const what = scenario([ranged]);
    expect(simulate(what, USE, how)).toEqual(simulate(what, USE, how));
    expect(simulate(what, USE, how)).not.toEqual(simulate(what, USE, { ...how, seed: 12 }));
  });

  test('draws divided into turns come to the same result', () => {
    const what = scenario([ranged]);
    const running = startSimulation(what, USE, how);
    while (running.left() > 300) running.draw(300);
    expect(running.draw(300)).toEqual(simulate(what, USE, how));
  });

  test('without anything uncertain every draw is the base', () => {
    const { savingAtPrice, cashThisYear } = simulate(scenario([batch(0.5)]), USE, { seed: 1, draws: 100 });
    expect([savingAtPrice.p10, savingAtPrice.p90]).toEqual([
      expect.closeTo(112.5, 9),
      expect.closeTo(112.5, 9),
    ]);
    expect(savingAtPrice.histogram).toHaveLength(1);
    expect(cashThisYear).toBeNull();
  });

  test('stays within the band, for saving and for cash', () => {
    const what = scenario([ranged, caching(0.5, 0.9)], {
      commitment: {
        year: {
          start: '2026-11-01',
          commit: 10_000,
          discount: 0.1,
          drawdown: 'before_discount',
          shortfallSettled: 'face',
          marketplaceCap: 0.25,
          support: 0,
        },
        organicAws: { low: 4000, base: 6000, high: 9000 },
        organicMarketplace: exactly(0),
        classes: [],
        directCost: null,
      },
    });
    const { headlines } = evaluateScenario(what, USE);
    const { savingAtPrice, cashThisYear } = simulate(what, USE, { seed: 3, draws: 300 });
    const within = (
      found: { histogram: { from: number; to: number }[] },
      band: { low: number; high: number },
    ) => {
      expect(found.histogram[0]!.from).toBeGreaterThanOrEqual(band.low - 1e-6);
      expect(found.histogram.at(-1)!.to).toBeLessThanOrEqual(band.high + 1e-6);
    };
    within(savingAtPrice, headlines.savingAtPrice!);
    within(cashThisYear!, headlines.cashThisYear!);
  });
});
