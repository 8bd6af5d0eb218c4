// Routing looked at closely: rates and scores of each target, of the mix and of all requests, and why one is missing.
import { describe, expect, test } from 'vitest';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { routingLab } from '../../../shared/domain/whatif/routing-lab.ts';
import { bill, exactly, lever, PLAIN_ROUTING, pricesAt, scenario, target, usage } from './bill.ts';

const HAIKU = pricesAt(
  {
    provider: 'Anthropic',
    model: 'Claude Haiku 4.5',
    variant: null,
    region: 'us-east-1',
    regionTier: 'global',
    contextBand: 'standard',
  },
  { on_demand: { input: 1, output: 5 } },
);
const ROUTE = lever('routing', {
  share: exactly(1),
  targets: [
    target('Claude Haiku 4.5', { weight: 1, quality: 80 }),
    target('Claude Sonnet 4.5', { weight: 3, quality: 100 }),
  ],
  ...PLAIN_ROUTING,
});

describe('75 % input and 25 % output', () => {
  const base = bill([usage('a', { tokens: { input: 75, output: 25 } })], { elsewhere: HAIKU });
  const of = (route: typeof ROUTE) => routingLab(scenario([route]), base, route);

  test('6 today, 2 at Haiku; a quarter there is 5, and 5.6 with what escalates', () => {
    const { today, targets, routed } = of(ROUTE);
    expect(today).toEqual({ rate: expect.closeTo(6, 9), missing: null, quality: null });
    expect(targets.map(({ rate, part }) => [rate, part])).toEqual([
      [expect.closeTo(2, 9), 0.25],
      [expect.closeTo(6, 9), 0.75],
    ]);
    expect(routed).toEqual({ rate: expect.closeTo(5.6, 9), missing: null, quality: expect.closeTo(95, 9) });
  });

  test('55 % to Haiku alone: 0.55 × 2 + 0.45 × 6 is 3.80, at 0.55 × 80 + 0.45 × 92 of the own scale', () => {
    const route = {
      ...ROUTE,
      share: exactly(0.55),
      escalation: exactly(0),
      todayQuality: 92,
      targets: [target('Claude Haiku 4.5', { quality: 80 })],
    };
    const { all } = of(route);
    expect(all).toEqual({ rate: expect.closeTo(3.8, 9), missing: null, quality: expect.closeTo(85.4, 9) });
    expect(evaluateScenario(scenario([route]), base).after.base).toBeCloseTo(3.8 * 100, 6);
  });

  test('and the mix is what the lever makes of it', () => {
    const { routed, all } = of(ROUTE);
    expect(evaluateScenario(scenario([ROUTE]), base).after.base).toBeCloseTo((routed.rate ?? 0) * 100, 6);
    expect(all.rate).toBe(routed.rate);
  });

  test('the mix has no score while one target has none, and all have none while today has none', () => {
    expect(of({ ...ROUTE, targets: [target('Claude Haiku 4.5')] }).routed.quality).toBeNull();
    expect(of({ ...ROUTE, share: exactly(0.5) }).all.quality).toBeNull();
  });
});

test('a target without a price says which price is missing, and so does every mix that holds it', () => {
  const route = { ...ROUTE, targets: [target('Claude Haiku 4.5'), target('Nova Lite')] };
  const base = bill([usage('a', { tokens: { input: 75, output: 25 } })], { elsewhere: HAIKU });
  const { targets, routed, all } = routingLab(scenario([route]), base, route);
  const why = expect.stringMatching(/^No price for input in mode on demand at Nova Lite, us-east-1/u);
  expect(targets.map(({ missing }) => missing)).toEqual([null, why]);
  expect(routed).toEqual({ rate: null, missing: why, quality: null });
  expect(all).toMatchObject({ rate: null, missing: why });
});
