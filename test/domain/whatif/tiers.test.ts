// Service tiers and region tiers, worked by hand.
import { describe, expect, test } from 'vitest';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { bill, exactly, lever, NOVA, type PriceList, pricesAt, scenario, usage } from './bill.ts';

const NOVA_TIERS: PriceList = {
  on_demand: { input: 0.8, cache_read: 0.2, output: 3.2 },
  flex: { input: 0.4, cache_read: 0.1, output: 1.6 },
  priority: { input: 1.4, cache_read: 0.35, output: 5.6 },
};

describe('service tier', () => {
  const tier = (parts: Partial<Parameters<typeof lever<'service_tier'>>[1]>) =>
    lever('service_tier', { share: exactly(1), to: 'flex', excludeStreaming: true, ...parts });
  const run = (
    one: ReturnType<typeof tier>,
    vector = {},
    tokens = { input: 100, cache_read: 50, output: 10 },
  ) =>
    evaluateScenario(
      scenario([one]),
      bill([usage('a', { tokens, vector: { ...NOVA, ...vector }, prices: NOVA_TIERS })]),
    );

  test('flex halves Nova Pro: 122 becomes 61, cache reads included', () => {
    // 100 × 0.8 + 50 × 0.2 + 10 × 3.2 = 122
    const answer = run(tier({}));
    expect(answer.baseline.atPrice?.base).toBeCloseTo(122, 9);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(61, 9);
    expect(answer.ledger[0]!.facts).toMatchObject([{ value: 0.5, model: 'Nova Pro' }]);
  });

  test('what is bought at several tiers today has a factor for each', () => {
    const modes = ['priority', 'on_demand'] as const;
    const uses = modes.map((mode) =>
      usage(mode, { tokens: { input: 1 }, vector: { ...NOVA, mode }, prices: NOVA_TIERS }),
    );
    const { facts } = evaluateScenario(scenario([tier({})]), bill(uses)).ledger[0]!;
    expect(facts.map(({ name, value }) => [name, value])).toEqual([
      ['input price in the tier, today = 1, priority', expect.closeTo(0.4 / 1.4, 9)],
      ['input price in the tier, today = 1', 0.5],
    ]);
  });

  test('priority costs 75 % more, and the ledger says that it costs more', () => {
    const answer = run(tier({ to: 'priority', share: exactly(0.2) }));
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(-0.2 * 122 * 0.75, 9);
    expect(answer.ledger[0]!.guards.map(({ code }) => code)).toEqual(['costs_more']);
  });

  test.each([
    ['streaming', { streaming: 'yes' }],
    ['in_batch', { mode: 'batch' }],
    ['capacity_paid', { mode: 'provisioned' }],
    ['unknown_mode', { mode: 'unknown' }],
  ])('%s stays where it is', (code, vector) => {
    const answer = run(tier({}), vector);
    expect(answer.ledger[0]!.guards).toMatchObject([{ code, refused: true }]);
    expect(answer.ledger[0]!.moved).toEqual([]);
  });

  test('a tier the model does not offer moves nothing: no factor is assumed', () => {
    const answer = run(tier({ to: 'latency_optimized' }));
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'no_price', refused: true }]);
  });
});

describe('residency: Claude since 4.5 costs 10 % more in a geography or region than globally', () => {
  const place = {
    provider: 'Anthropic',
    model: 'Claude Sonnet 4.5',
    variant: null,
    region: 'us-east-1',
    regionTier: 'geo',
    contextBand: 'standard',
  } as const;
  const elsewhere = pricesAt(place, { on_demand: { input: 3.3, output: 16.5 } });
  const residency = (parts: Partial<Parameters<typeof lever<'residency'>>[1]> = {}) =>
    lever('residency', { share: exactly(1), tier: 'geo', region: null, ...parts });
  const run = (one: ReturnType<typeof residency>) =>
    evaluateScenario(
      scenario([one]),
      bill([usage('a', { tokens: { input: 100, output: 10 } })], { elsewhere }),
    );

  test('450 becomes 495', () => {
    const answer = run(residency());
    expect(answer.baseline.atPrice?.base).toBeCloseTo(450, 9);
    expect(answer.after?.base).toBeCloseTo(495, 9);
    expect(answer.ledger[0]!.facts[0]!.value).toBeCloseTo(1.1, 12);
    expect(answer.ledger[0]!.moved[0]!.toPlace).toBe('us-east-1, geo');
  });

  test('a place without a price is refused with the place', () => {
    const answer = run(residency({ region: 'eu-west-2' }));
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'no_price_there', refused: true }]);
    expect(answer.ledger[0]!.guards[0]!.message).toContain('eu-west-2');
  });

  test('what is served there already is left alone', () => {
    const answer = run(residency({ tier: 'global' }));
    expect(answer.ledger[0]).toMatchObject({ moved: [], guards: [] });
  });
});
