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
    expect(today).toEqual({
      rate: expect.closeTo(6, 9),
      unpricedTokens: 0,
      unpricedShare: 0,
      missing: null,
      againstToday: 1,
      quality: null,
    });
    expect(targets.map(({ rate, part }) => [rate, part])).toEqual([
      [expect.closeTo(2, 9), 0.25],
      [expect.closeTo(6, 9), 0.75],
    ]);
    expect(routed).toMatchObject({
      rate: expect.closeTo(5.6, 9),
      missing: null,
      quality: expect.closeTo(95, 9),
    });
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
    expect(all).toMatchObject({
      rate: expect.closeTo(3.8, 9),
      againstToday: expect.closeTo(3.8 / 6, 9),
      missing: null,
      quality: expect.closeTo(85.4, 9),
    });
    expect(evaluateScenario(scenario([route]), base).after?.base).toBeCloseTo(3.8 * 100, 6);
  });

  test('and the mix is what the lever makes of it', () => {
    const { routed, all } = of(ROUTE);
    expect(evaluateScenario(scenario([ROUTE]), base).after?.base).toBeCloseTo((routed.rate ?? 0) * 100, 6);
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
  expect(routed).toMatchObject({ rate: null, missing: why, quality: null, unpricedShare: 1 });
  expect(all).toMatchObject({ rate: null, missing: why });
});

describe('Haiku has a price in Virginia and none in Frankfurt, where a fifth of the tokens is', () => {
  // 80M tokens at 6 today and 2 at Haiku; 20M at 4.80 today (Sonnet 4 / 8 there) and no price at Haiku.
  const frankfurt = { region: 'eu-central-1' };
  const base = bill(
    [
      usage('virginia', { tokens: { input: 60, output: 20 } }),
      usage('frankfurt', {
        tokens: { input: 16, output: 4 },
        vector: frankfurt,
        prices: { on_demand: { input: 4, output: 8 } },
      }),
    ],
    { elsewhere: HAIKU },
  );
  const route = {
    ...ROUTE,
    share: exactly(0.5),
    escalation: exactly(0),
    requestsPerMonth: 1000,
    targets: [target('Claude Haiku 4.5')],
  };
  const why = expect.stringMatching(
    /^No price for input in mode on demand at Claude Haiku 4.5, eu-central-1/u,
  );

  test('the rate is over Virginia, and says how much of the usage it leaves out and why', () => {
    const { today, targets, routed, all } = routingLab(scenario([route]), base, route);
    expect(today).toMatchObject({ rate: expect.closeTo(5.76, 9), unpricedTokens: 0, missing: null });
    const left = { unpricedTokens: 20e6, unpricedShare: 0.2, missing: why };
    expect(targets[0]).toMatchObject({ rate: expect.closeTo(2, 9), ...left });
    expect(routed).toMatchObject({ rate: expect.closeTo(2, 9), ...left });
    expect(all).toMatchObject({ rate: expect.closeTo(4, 9), ...left });
  });

  test('against today it stands over the same tokens: 2 of 6, not of 5.76', () => {
    const { targets, all } = routingLab(scenario([route]), base, route);
    expect(targets[0]?.againstToday).toBeCloseTo(1 / 3, 9);
    expect(all.againstToday).toBeCloseTo(2 / 3, 9);
  });

  test('the facts of the ledger say the same, and the lever moves what has a price', () => {
    const [entry] = evaluateScenario(scenario([route]), base).ledger;
    const fact = (name: string) => entry?.facts.find((one) => one.name === name);
    expect(fact('blended rate today')).toMatchObject({ value: expect.closeTo(5.76, 9), note: null });
    expect(fact('blended rate, Claude Haiku 4.5')).toMatchObject({
      value: expect.closeTo(2, 9),
      note: expect.stringMatching(/^over the part with a price: 20 % of the tokens have none. No price for/u),
    });
    expect(fact('tokens without a price, Claude Haiku 4.5')).toMatchObject({ value: 20e6, note: why });
    expect(fact('cost of a request, Claude Haiku 4.5')?.note).toContain('20 % of the tokens have none');
    expect(entry?.inOrder?.base).toBeCloseTo(0.5 * 80 * (6 - 2), 6);
  });
});
