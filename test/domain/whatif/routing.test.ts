// Routing, worked by hand. Prices are USD per million tokens: Sonnet 3 / 15, Haiku 1 / 5, Nova Micro 0.035 / 0.14.
import { describe, expect, test } from 'vitest';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { bill, exactly, lever, MILLION, type PriceList, pricesAt, scenario, target, usage } from './bill.ts';

const SONNET_PLACE = {
  provider: 'Anthropic',
  model: 'Claude Sonnet 4.5',
  variant: null,
  region: 'us-east-1',
  regionTier: 'global',
  contextBand: 'standard',
} as const;
const HAIKU_PLACE = { ...SONNET_PLACE, model: 'Claude Haiku 4.5' };
const MICRO_ANY_TIER = { ...SONNET_PLACE, provider: 'Amazon', model: 'Nova Micro', regionTier: null };
const HAIKU: PriceList = {
  on_demand: { input: 1, cache_read: 0.1, cache_write_5m: 1.25, output: 5 },
  batch: { input: 0.5, output: 2.5 },
};
const MICRO: PriceList = { on_demand: { input: 0.035, output: 0.14 } };
const elsewhere = [...pricesAt(HAIKU_PLACE, HAIKU), ...pricesAt(MICRO_ANY_TIER, MICRO)];

type Routing = Parameters<typeof lever<'routing'>>[1];
const routing = (parts: Partial<Routing>) =>
  lever('routing', {
    share: exactly(1),
    targets: [target('Claude Haiku 4.5')],
    escalation: exactly(0),
    todayQuality: null,
    qualityFloor: null,
    requestCeiling: null,
    requestsPerMonth: null,
    routerPerMonth: exactly(0),
    ...parts,
  });
const run = (parts: Partial<Routing>, ...uses: Parameters<typeof usage>[1][]) =>
  evaluateScenario(
    scenario([routing(parts)]),
    bill(
      uses.map((use, index) => usage(`v${index}`, use)),
      { elsewhere },
    ),
  );

test('half of 100M in and 20M out from Sonnet to Haiku: 600 becomes 400', () => {
  // before 100 × 3 + 20 × 15 = 600; half stays 300, half at Haiku 50 × 1 + 10 × 5 = 100
  const answer = run({ share: exactly(0.5) }, { tokens: { input: 100, output: 20 } });
  expect(answer.baseline.atPrice?.base).toBeCloseTo(600, 9);
  expect(answer.after?.base).toBeCloseTo(400, 9);
  expect(answer.ledger[0]!.moved).toMatchObject([
    { model: 'Claude Sonnet 4.5', toModel: 'Claude Haiku 4.5', fromMeter: 'input', tokens: 50 * MILLION },
    {
      toModel: 'Claude Haiku 4.5',
      fromMeter: 'output',
      tokens: 10 * MILLION,
      costAfter: expect.closeTo(50, 9),
    },
  ]);
});

test('weights are shares of what is routed: 3 to 1 over Haiku and Nova Micro', () => {
  // 75M in at Haiku 75, 25M at Nova Micro 0.875
  const answer = run(
    { targets: [target('Claude Haiku 4.5', { weight: 3 }), target('Nova Micro')] },
    { tokens: { input: 100 } },
  );
  expect(answer.after?.base).toBeCloseTo(75.875, 9);
});

test('a tokenizer that needs 20 % more tokens for the same text costs 20 % more', () => {
  const answer = run(
    { targets: [target('Claude Haiku 4.5', { inputFactor: 1.2, outputFactor: 1.5 })] },
    { tokens: { input: 100, output: 20 } },
  );
  // 120 × 1 + 30 × 5
  expect(answer.after?.base).toBeCloseTo(270, 9);
  expect(answer.ledger[0]!.moved[0]).toMatchObject({ tokens: 100 * MILLION, tokensAfter: 120 * MILLION });
});

describe('cascade: small 0.002 a request, 15 % escalate to 0.03', () => {
  // 1M requests of 1,000 input tokens: at $2/M a request costs 0.002, at $30/M it costs 0.03
  const small = pricesAt(HAIKU_PLACE, { on_demand: { input: 2 } });
  const large = usage('large', { tokens: { input: 1000 }, prices: { on_demand: { input: 30 } } });
  const answer = evaluateScenario(
    scenario([routing({ escalation: exactly(0.15) })]),
    bill([large], { elsewhere: small }),
  );

  test('is 0.0065 a request: the small model answers all, the large one 15 % once more', () => {
    expect(answer.after!.base / MILLION).toBeCloseTo(0.0065, 12);
  });

  test('and the ledger says that 15 % of the tokens are served twice', () => {
    expect(
      answer.ledger[0]!.moved.map(({ toModel, tokens, tokensAfter }) => [toModel, tokens, tokensAfter]),
    ).toEqual([
      ['Claude Haiku 4.5', 1000 * MILLION, 1000 * MILLION],
      ['Claude Sonnet 4.5', 0, 150 * MILLION],
    ]);
  });
});

test('the router costs its month, for the days of the baseline', () => {
  const answer = run({ routerPerMonth: exactly(365) }, { tokens: { input: 100 } });
  // 365 a month × 31 days ÷ (365 ÷ 12) = 372; routing saves 300 − 100 = 200
  expect(answer.ledger[0]!.charges).toMatchObject([{ label: 'Router', amount: expect.closeTo(372, 9) }]);
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(-172, 9);
});

describe('the target decides what is kept', () => {
  const codes = (answer: ReturnType<typeof run>) =>
    answer.ledger[0]!.guards.map(({ code, refused }) => [code, refused]);

  test('batch stays batch where the target has a batch price', () => {
    const answer = run({}, { tokens: { input: 10 }, vector: { mode: 'batch' } });
    expect(answer.after?.base).toBeCloseTo(5, 9);
    expect(answer.ledger[0]!.moved[0]).toMatchObject({ toMode: 'batch' });
  });

  test('a mode that is lost is named as people name it', () => {
    const answer = run(
      { targets: [target('Nova Micro')] },
      {
        tokens: { input: 10 },
        vector: { mode: 'latency_optimized' },
        prices: { latency_optimized: { input: 4 } },
      },
    );
    expect(answer.ledger[0]!.guards.map(({ message }) => message)).toContainEqual(
      'Nova Micro has no price in mode latency optimized here: priced on demand.',
    );
  });

  test('else it is priced on demand, and said', () => {
    const answer = run(
      { targets: [target('Nova Micro')] },
      { tokens: { input: 10 }, vector: { mode: 'batch' } },
    );
    expect(answer.after?.base).toBeCloseTo(0.35, 9);
    expect(codes(answer)).toContainEqual(['mode_lost', false]);
  });

  test('cached input becomes plain input where the target has no cache price', () => {
    const answer = run({ targets: [target('Nova Micro')] }, { tokens: { input: 1, cache_read: 9 } });
    expect(answer.after?.base).toBeCloseTo(0.35, 9);
    expect(codes(answer)).toContainEqual(['cache_lost', false]);
  });

  test("a target without a price in today's tier is priced at the one it has, and said", () => {
    const answer = run({ targets: [target('Nova Micro')] }, { tokens: { input: 100 } });
    expect(answer.after?.base).toBeCloseTo(3.5, 9);
    expect(codes(answer)).toContainEqual(['other_tier', false]);
  });

  test('a tier that was asked for is never replaced by another one', () => {
    const answer = run(
      { targets: [target('Nova Micro', { regionTier: 'global' })] },
      { tokens: { input: 100 } },
    );
    expect(codes(answer)).toEqual([['no_price_there', true]]);
    expect(answer.headlines.savingAtPrice).toBeNull();
  });

  test('equal token counts are an assumption until factors are stated', () => {
    expect(codes(run({}, { tokens: { input: 1 } }))).toContainEqual(['token_count_assumed', false]);
    expect(
      codes(run({ targets: [target('Claude Haiku 4.5', { inputFactor: 1.1 })] }, { tokens: { input: 1 } })),
    ).not.toContainEqual(['token_count_assumed', false]);
  });
});

describe('quality floor', () => {
  const at = (quality: number | null) =>
    run({ qualityFloor: 0.8, targets: [target('Claude Haiku 4.5', { quality })] }, { tokens: { input: 10 } });

  test.each([
    [0.9, 20],
    [0.8, 20],
    [0.7, 0],
  ])('a target that scores %d saves %d', (quality, saving) => {
    expect(at(quality).headlines.savingAtPrice?.base).toBeCloseTo(saving, 9);
  });

  test('what is refused says the score', () => {
    expect(at(0.7).ledger[0]!.guards[0]).toMatchObject({
      code: 'below_quality_floor',
      refused: true,
      message: 'Claude Haiku 4.5 scores 0.7, below the floor of 0.8.',
    });
  });

  test('a target without a score is refused, and what it would save is not known', () => {
    const message = 'Claude Haiku 4.5 has no quality score, and the floor is 0.8.';
    const { ledger, headlines } = at(null);
    expect(ledger[0]).toMatchObject({ missing: [message], inOrder: null, moved: [] });
    expect(ledger[0]!.guards[0]).toMatchObject({ code: 'no_quality_score', refused: true, message });
    expect(headlines.savingAtPrice).toBeNull();
  });
});

test('the blended rate of each model today and at each target', () => {
  const answer = run({}, { tokens: { input: 75, output: 25 } });
  const rate = (name: string) => answer.ledger[0]!.facts.find((fact) => fact.name === name)?.value;
  // 75/25: Sonnet 0.75 × 3 + 0.25 × 15 = 6; Haiku 0.75 × 1 + 0.25 × 5 = 2
  expect(rate('blended rate today')).toBeCloseTo(6, 9);
  expect(rate('blended rate, Claude Haiku 4.5')).toBeCloseTo(2, 9);
});

test('routing to the model that serves already changes nothing', () => {
  const answer = run({ targets: [target('Claude Sonnet 4.5')] }, { tokens: { input: 5, output: 1 } });
  expect(answer.ledger[0]).toMatchObject({ moved: [], guards: [] });
  expect(answer.headlines.savingAtPrice?.base).toBe(0);
});

test('a second routing lever finds the requests where the first one sent them', () => {
  const second = { ...routing({ targets: [target('Nova Micro')] }), id: 'second' };
  const answer = evaluateScenario(
    scenario([routing({ share: exactly(0.5) }), second]),
    bill([usage('a', { tokens: { input: 100 } })], { elsewhere }),
  );
  expect(answer.after?.base).toBeCloseTo(3.5, 9);
  expect(answer.ledger[1]!.moved.map(({ model, tokens }) => [model, tokens / MILLION])).toEqual([
    ['Claude Sonnet 4.5', 50],
    ['Claude Haiku 4.5', 50],
  ]);
});

describe('a ceiling for a request', () => {
  // An average month of 1,000 requests: 1 million tokens in and 0.1 out, 3 + 1.50 = 4.50, which is 0.0045 each. At
  // Claude Haiku 4.5 it is 1 + 0.50 = 1.50, 0.0015 each.
  const ceiling = (requestCeiling: number | null, requestsPerMonth: number | null, escalated = 0) => {
    const one = lever('routing', {
      share: exactly(1),
      targets: [target('Claude Haiku 4.5')],
      escalation: exactly(escalated),
      todayQuality: null,
      qualityFloor: null,
      requestCeiling,
      requestsPerMonth,
      routerPerMonth: exactly(0),
    });
    const use = usage('a', { tokens: { input: 1, output: 0.1 } });
    const there = pricesAt({ ...use, model: 'Claude Haiku 4.5' }, { on_demand: { input: 1, output: 5 } });
    return evaluateScenario(scenario([one]), bill([use], { daysCovered: 365 / 12, elsewhere: there }));
  };
  const saved = (answer: ReturnType<typeof ceiling>) => answer.headlines.savingAtPrice?.base;
  const told = (answer: ReturnType<typeof ceiling>) => answer.ledger[0]!.guards.map(({ code }) => code);

  test('0.0015 is below 0.002 and above 0.001', () => {
    expect(saved(ceiling(0.002, 1000))).toBeCloseTo(3, 9);
    const refused = ceiling(0.001, 1000);
    expect(saved(refused)).toBe(0);
    expect(refused.ledger[0]!.guards[0]).toMatchObject({
      code: 'above_ceiling',
      refused: true,
      message: expect.stringContaining('0.0015 USD'),
    });
  });

  test('what is asked again costs as well: 0.0015 + 20 % of 0.0045 = 0.0024', () => {
    const answer = ceiling(0.002, 1000, 0.2);
    expect(told(answer)).toContain('above_ceiling');
    expect(saved(ceiling(0.0025, 1000, 0.2))).toBeCloseTo(4.5 - 1.5 - 0.9, 9);
    const fact = answer.ledger[0]!.facts.find(({ name }) => name === 'cost of a request, Claude Haiku 4.5');
    expect(fact).toMatchObject({ value: expect.closeTo(0.0024, 12), unit: 'USD/request' });
  });

  test('without request counts no ceiling can be held: nothing moves, and it says why', () => {
    const answer = ceiling(0.002, null);
    expect(told(answer)).toEqual(['requests_unknown']);
    expect(answer.headlines.savingAtPrice).toBeNull();
    expect(saved(ceiling(null, null))).toBeCloseTo(3, 9);
  });
});
