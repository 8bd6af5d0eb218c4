// Which assumption moves the answer most, by hand: 100 M input tokens of Sonnet at 3 and 10 M output at 15, 450 USD.
import { expect, test } from 'vitest';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { sensitivitiesOf } from '../../../shared/domain/whatif/sensitivity.ts';
import { batch, bill, exactly, lever, NOVA, NOVA_PRO, scenario, usage } from './bill.ts';

const USE = bill([usage('a', { tokens: { input: 100, output: 10 } })]);
const range = (low: number, base: number, high: number) => ({ low, base, high });
const half = batch(0.5, { eligibleShare: range(0.4, 0.5, 0.8) });
const trim = lever('trimming', {
  inputCut: range(0.1, 0.2, 0.2),
  cachedCut: exactly(0),
  outputCut: exactly(0),
});

test('each range alone, everything else at its base, the widest first', () => {
  const { base, assumptions } = sensitivitiesOf(scenario([half, trim]), USE);
  // Half in batch saves 112.5; a fifth of the input that is left at 75 % of 300 saves 45.
  expect(base).toEqual({ savingAtPrice: expect.closeTo(157.5, 9), cashThisYear: null });
  expect(assumptions.map(({ leverId, name, range: ends, unit }) => [leverId, name, ends, unit])).toEqual([
    ['batch', 'eligible share', range(0.4, 0.5, 0.8), 'ratio'],
    ['trimming', 'input cut', range(0.1, 0.2, 0.2), 'ratio'],
  ]);
  // 40 %: 90 + a fifth of 240 = 138; 80 %: 180 + a fifth of 180 = 216.
  expect(assumptions[0]?.low.savingAtPrice).toBeCloseTo(138, 9);
  expect(assumptions[0]?.high.savingAtPrice).toBeCloseTo(216, 9);
  // A tenth instead of a fifth of 225.
  expect(assumptions[1]?.low.savingAtPrice).toBeCloseTo(135, 9);
  expect(assumptions[1]?.high.savingAtPrice).toBeCloseTo(157.5, 9);
});

test('what is exact or switched off is no assumption', () => {
  expect(sensitivitiesOf(scenario([batch(0.5), { ...trim, enabled: false }]), USE).assumptions).toEqual([]);
});

test('prices of one cause move together, without a range of their own', () => {
  const between = bill([
    usage('pro', {
      tokens: { input: 10 },
      vector: { ...NOVA, model: 'Llama 3.3 70B' },
      prices: { ...NOVA_PRO, on_demand: { input: [0.8, 1], output: 3.2 } },
    }),
  ]);
  const { assumptions } = sensitivitiesOf(scenario([batch(0.5)]), between);
  expect(assumptions).toEqual([
    expect.objectContaining({
      leverId: null,
      range: null,
      unit: null,
      name: expect.stringContaining('range'),
    }),
  ]);
  // 5 M tokens move from 0.8 or 1 to 0.4.
  expect(assumptions[0]?.low.savingAtPrice).toBeCloseTo(2, 9);
  expect(assumptions[0]?.high.savingAtPrice).toBeCloseTo(3, 9);
});

test('organic spend moves the cash only; no end lies outside the band of the answer', () => {
  const commitment: Scenario['commitment'] = {
    year: {
      start: '2026-11-01',
      commit: 6000,
      discount: 0.1,
      drawdown: 'before_discount',
      shortfallSettled: 'face',
      marketplaceCap: 1,
      support: 0,
    },
    organicAws: range(0, 1000, 6000),
    organicMarketplace: exactly(0),
    classes: [],
    directCost: null,
  };
  const whole = scenario([half, trim], { commitment });
  const { base, assumptions } = sensitivitiesOf(whole, USE);
  const { headlines } = evaluateScenario(whole, USE);
  expect(base.cashThisYear).toBeCloseTo(headlines.cashThisYear?.base ?? Number.NaN, 6);
  const organic = assumptions.find(({ name }) => name.startsWith('organic AWS'));
  expect(organic?.low.savingAtPrice).toBe(organic?.high.savingAtPrice);
  expect(organic?.low.cashThisYear).not.toBeCloseTo(organic?.high.cashThisYear ?? Number.NaN, 2);
  for (const { low, high } of assumptions) {
    for (const { savingAtPrice, cashThisYear } of [low, high]) {
      expect(savingAtPrice).toBeGreaterThanOrEqual(headlines.savingAtPrice!.low - 1e-9);
      expect(savingAtPrice).toBeLessThanOrEqual(headlines.savingAtPrice!.high + 1e-9);
      expect(cashThisYear ?? Number.NaN).toBeGreaterThanOrEqual((headlines.cashThisYear?.low ?? 0) - 1e-6);
      expect(cashThisYear ?? Number.NaN).toBeLessThanOrEqual((headlines.cashThisYear?.high ?? 0) + 1e-6);
    }
  }
});
