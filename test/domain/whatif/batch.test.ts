import { describe, expect, test } from 'vitest';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { batch, bill, MILLION, NOVA, NOVA_PRO, SONNET, scenario, usage, withScopes } from './bill.ts';

const whole = [batch(1)];
const run = (...args: Parameters<typeof usage>[1][]) =>
  evaluateScenario(scenario(whole), bill(args.map((use, index) => usage(`v${index}`, use))));

describe('whole requests: 1M input, 80 % cache read and 20 % uncached, Claude Sonnet 4.5', () => {
  test('with 0.2M output: 3.84 → 3.00, saves 0.84', () => {
    // before: 0.2 × 3 + 0.8 × 0.30 + 0.2 × 15 = 3.84; after: 1 × 1.50 + 0.2 × 7.50 = 3.00
    const answer = run({ tokens: { input: 0.2, cache_read: 0.8, output: 0.2 } });
    expect(answer.baseline.atPrice?.base).toBeCloseTo(3.84, 10);
    expect(answer.after?.base).toBeCloseTo(3, 10);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(0.84, 10);
    expect(answer.ledger[0]!.guards).toEqual([]);
  });

  test('with 0.02M output: 1.14 → 1.65, loses 0.51, and says so', () => {
    const answer = run({ tokens: { input: 0.2, cache_read: 0.8, output: 0.02 } });
    expect(answer.baseline.atPrice?.base).toBeCloseTo(1.14, 10);
    expect(answer.after?.base).toBeCloseTo(1.65, 10);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(-0.51, 10);
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'costs_more', refused: false, cost: 1.14 }]);
  });

  test('input only: the break-even share of cache reads is 55.6 %', () => {
    const answer = run({ tokens: { input: 0.2, cache_read: 0.8, output: 0.2 } });
    const fact = answer.ledger[0]!.facts.find(({ name }) => name === 'break-even cache-read share')!;
    expect(fact.value).toBeCloseTo(0.5556, 4);
    // one thousandth to either side of it, batch wins and loses
    const at = (reads: number) => run({ tokens: { input: 1 - reads, cache_read: reads } }).headlines;
    expect(at(fact.value! - 0.001).savingAtPrice?.base).toBeGreaterThan(0);
    expect(at(fact.value! + 0.001).savingAtPrice?.base).toBeLessThan(0);
  });
});

test('flex gains less by batch than on demand does, and has a break-even of its own', () => {
  // (3 − 1.50) ÷ (3 − 0.30) is 55.6 %; flex at 2.00 with reads at 0.20: (2 − 1.50) ÷ (2 − 0.20) is 27.8 %.
  const prices = { ...SONNET, flex: { input: 2, cache_read: 0.2 } };
  const { facts } = evaluateScenario(
    scenario([batch(0.5)]),
    bill([
      usage('f', { tokens: { input: 1 }, vector: { mode: 'flex' }, prices }),
      usage('a', { tokens: { input: 1 }, prices }),
    ]),
  ).ledger[0]!;
  const breakEvens = facts.filter(({ name }) => name.startsWith('break-even'));
  expect(breakEvens.map(({ name, value }) => [name, Number(value!.toFixed(4))])).toEqual([
    ['break-even cache-read share, flex', 0.2778],
    ['break-even cache-read share', 0.5556],
  ]);
});

test('cache writes move too, and become plain batch input', () => {
  // 0.1M written at 3.75 = 0.375, becomes 0.1M batch input = 0.15
  const answer = run({ tokens: { cache_write_5m: 0.1 } });
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(0.225, 12);
  expect(answer.ledger[0]!.moved).toMatchObject([
    {
      fromMeter: 'cache_write_5m',
      fromMode: 'on_demand',
      toMeter: 'input',
      toMode: 'batch',
      tokens: 0.1 * MILLION,
    },
  ]);
});

test('a share of the requests moves that share of every meter', () => {
  const answer = evaluateScenario(
    scenario([batch(0.25)]),
    bill([usage('a', { tokens: { input: 4, cache_read: 2, output: 1 } })]),
  );
  expect(answer.ledger[0]!.moved.map(({ fromMeter, tokens }) => [fromMeter, tokens / MILLION])).toEqual([
    ['input', 1],
    ['cache_read', 0.5],
    ['output', 0.25],
  ]);
});

describe('contract: Sonnet 4.5 input list 3.00, private 2.40, batch list 1.50', () => {
  const answer = evaluateScenario(
    scenario(whole, {
      priceLayer: 'contract',
      contractRates: [{ model: 'Claude Sonnet 4.5', meter: 'input', mode: 'on_demand', usd: 2.4 }],
    }),
    bill([usage('a', { tokens: { input: 100 }, paid: { input: 2.4 } })]),
  );

  test("saves 37.5 % at the contract's rates: the discount is not inherited by batch", () => {
    // 100M × 2.40 = 240 → 100M × 1.50 = 150
    expect(answer.baseline.atPrice?.base).toBeCloseTo(240, 10);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(90, 10);
    expect(answer.readings[0]).toMatchObject({ layer: 'contract', discountCarried: false });
    expect(answer.readings[0]!.savingShare).toBeCloseTo(0.375, 12);
  });

  test('saves 50 % only if 20 % on batch is assumed: both are printed', () => {
    const assumed = answer.readings.find(({ discountCarried }) => discountCarried)!;
    expect(assumed.savingShare).toBeCloseTo(0.5, 12);
    expect(assumed.saving?.base).toBeCloseTo(120, 10);
    expect(assumed.label).toContain('assuming');
  });

  test('at list prices it would be 50 % of 300', () => {
    const list = answer.readings.find(({ layer }) => layer === 'list')!;
    expect(list.saving?.base).toBeCloseTo(150, 10);
  });

  test('the rates of the bill come to the same as the contract here, so they are not printed twice', () => {
    expect(answer.readings.map(({ layer, discountCarried }) => [layer, discountCarried])).toEqual([
      ['contract', false],
      ['contract', true],
      ['list', false],
    ]);
  });

  test('each moved row names the source of both prices', () => {
    expect(answer.ledger[0]!.moved[0]).toMatchObject({
      sourceBefore: 'contract rate of the scenario',
      sourceAfter: 'list',
    });
  });
});

describe('guards', () => {
  const refusal = (code: string) => ({ code, refused: true });

  test('no batch price for this model here: nothing moves, with tokens and cost', () => {
    const { batch: _none, ...withoutBatch } = SONNET;
    const answer = run({ tokens: { input: 2, output: 1 }, prices: withoutBatch });
    expect(answer.headlines.savingAtPrice).toBeNull();
    expect(answer.ledger[0]!.moved).toEqual([]);
    expect(answer.ledger[0]!.guards).toMatchObject([
      {
        ...refusal('no_batch_price'),
        model: 'Claude Sonnet 4.5',
        region: 'us-east-1',
        tokens: 3 * MILLION,
        cost: 21,
      },
    ]);
  });

  test('a batch price for input alone is not enough for requests with output', () => {
    const prices = { ...SONNET, batch: { input: 1.5 } };
    const answer = run({ tokens: { input: 2, output: 1 }, prices });
    expect(answer.ledger[0]!.guards).toMatchObject([{ ...refusal('no_batch_price'), meter: 'output' }]);
  });

  test('without a price today no saving can be stated', () => {
    const prices = { ...SONNET, on_demand: { input: 3 } };
    const answer = run({ tokens: { input: 1, cache_read: 1 }, prices });
    expect(answer.ledger[0]!.guards).toMatchObject([{ ...refusal('no_price_now'), cost: null }]);
    expect(answer.baseline.unpricedTokens).toBe(MILLION);
  });

  test.each([
    ['streaming', { streaming: 'yes' }],
    ['someone_waits', { mode: 'priority' }],
    ['someone_waits', { mode: 'latency_optimized' }],
    ['capacity_paid', { mode: 'provisioned' }],
    ['capacity_paid', { mode: 'reserved' }],
    ['unknown_mode', { mode: 'unknown' }],
  ] as const)('%s: %o stays', (code, vector) => {
    const answer = run({ tokens: { input: 1 }, vector });
    expect(answer.ledger[0]!.guards).toMatchObject([refusal(code)]);
    expect(answer.ledger[0]!.moved).toEqual([]);
    expect(answer.headlines.savingAtPrice?.base ?? 0).toBe(0);
  });

  test('streaming traffic moves when the user says so', () => {
    const answer = evaluateScenario(
      scenario([batch(1, { excludeStreaming: false })]),
      bill([usage('a', { tokens: { input: 1 }, vector: { streaming: 'yes' } })]),
    );
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(1.5, 12);
  });

  test('where the bill does not say whether someone waits, it moves with a warning', () => {
    const answer = run({ tokens: { input: 1 }, vector: { streaming: 'unknown' } });
    expect(answer.ledger[0]!.guards).toMatchObject([
      { code: 'streaming_unknown', refused: false, tokens: MILLION },
    ]);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(1.5, 12);
  });

  test('what is in batch already is left alone and counted', () => {
    const answer = run({ tokens: { input: 5 }, vector: { mode: 'batch' } });
    expect(answer.ledger[0]!.guards).toEqual([]);
    expect(answer.ledger[0]!.facts[0]).toMatchObject({ name: 'already in batch', value: 5 * MILLION });
  });
});

test('the lever touches its scope only', () => {
  const levers = [batch(1, { scope: [{ dimension: 'model', operator: '=', values: ['Nova Pro'] }] })];
  const baseline = bill([
    usage('claude', { tokens: { input: 1 } }),
    usage('nova', { tokens: { input: 1 }, vector: NOVA, prices: NOVA_PRO }),
  ]);
  const scoped = withScopes(baseline, levers, ({ model }) => model === 'Nova Pro');
  const answer = evaluateScenario(scenario(levers), scoped);
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(0.4, 12);
  expect(() => evaluateScenario(scenario(levers), baseline)).toThrow('read it again');
});

test('low, base and high follow from the range of the share', () => {
  const answer = evaluateScenario(
    scenario([batch(0, { eligibleShare: { low: 0.2, base: 0.4, high: 0.5 } })]),
    bill([usage('a', { tokens: { input: 100 } })]),
  );
  // 100M × (3.00 − 1.50) = 150 in full
  expect(answer.headlines.savingAtPrice).toEqual({
    low: expect.closeTo(30, 9),
    base: expect.closeTo(60, 9),
    high: expect.closeTo(75, 9),
  });
  expect(answer.after?.low).toBeCloseTo(225, 9);
});

test('a larger share is a larger loss where batch loses: the band is ordered by result, not by parameter', () => {
  const answer = evaluateScenario(
    scenario([batch(0, { eligibleShare: { low: 0, base: 0.5, high: 1 } })]),
    bill([usage('a', { tokens: { input: 0.2, cache_read: 0.8, output: 0.02 } })]),
  );
  expect(answer.headlines.savingAtPrice?.low).toBeCloseTo(-0.51, 10);
  expect(answer.headlines.savingAtPrice?.high).toBeCloseTo(0, 10);
});

test('a price range of the catalog widens the band; its ends are taken together', () => {
  const prices = {
    on_demand: { input: [3, 3.3] as [number, number] },
    batch: { input: [1.5, 1.65] as [number, number] },
  };
  const answer = evaluateScenario(scenario(whole), bill([usage('a', { tokens: { input: 100 }, prices })]));
  expect(answer.headlines.savingAtPrice?.low).toBeCloseTo(150, 9);
  expect(answer.headlines.savingAtPrice?.high).toBeCloseTo(165, 9);
  expect(answer.notes.join(' ')).toContain('price range');
  expect(answer.ledger[0]!.moved[0]!.sourceBefore).toContain('does not tell in-region from geo');
});
