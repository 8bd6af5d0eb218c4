import { describe, expect, test } from 'vitest';
import { evaluateLive, evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { ScenarioCommitment } from '../../../shared/domain/whatif/scenario.ts';
import { condensed, type ScenarioBaseline } from '../../../shared/domain/whatif/vectors.ts';
import {
  batch,
  bill,
  caching,
  exactly,
  MILLION,
  NOVA,
  NOVA_PRO,
  scenario,
  usage,
  withScopes,
} from './bill.ts';

describe('order and interaction', () => {
  const baseline = bill([usage('a', { tokens: { input: 100, output: 10 } })]);
  const half = batch(0.5);
  const cache = caching(1, 1);

  test('caching after batch finds half of the input gone', () => {
    const { ledger, headlines } = evaluateScenario(scenario([half, cache]), baseline);
    // batch alone: half of (100 × 1.5 + 10 × 7.5) = 112.5; caching alone: 100 × 2.7 = 270, after batch 50 × 2.7
    expect(ledger[0]!.alone?.base).toBeCloseTo(112.5, 9);
    expect(ledger[0]!.interaction?.base).toBe(0);
    expect(ledger[1]!.alone?.base).toBeCloseTo(270, 9);
    expect(ledger[1]!.inOrder?.base).toBeCloseTo(135, 9);
    expect(ledger[1]!.interaction?.base).toBeCloseTo(-135, 9);
    expect(headlines.savingAtPrice?.base).toBeCloseTo(247.5, 9);
    // and says that half of the volume cannot be cached any more
    expect(ledger[1]!.guards).toMatchObject([{ code: 'no_caching_in_batch', tokens: 50 * MILLION }]);
  });

  test('batch after caching throws half of the cache away', () => {
    const { ledger, headlines } = evaluateScenario(scenario([cache, half]), baseline);
    // after caching: 100M reads = 30, output 150; half moves: 50M reads (15) → batch input 75, output 75 → 37.5
    expect(ledger[1]!.inOrder?.base).toBeCloseTo(15 - 75 + 75 - 37.5, 9);
    expect(headlines.savingAtPrice?.base).toBeCloseTo(270 - 22.5, 9);
  });

  test('a lever that is switched off shows what it would save, and moves nothing', () => {
    const { ledger, headlines } = evaluateScenario(scenario([{ ...half, enabled: false }, cache]), baseline);
    expect(ledger[0]).toMatchObject({ enabled: false, moved: [], inOrder: { low: 0, base: 0, high: 0 } });
    expect(ledger[0]!.alone?.base).toBeCloseTo(112.5, 9);
    expect(headlines.savingAtPrice?.base).toBeCloseTo(270, 9);
  });

  test('nor does it count in the months or at other prices', () => {
    const answer = evaluateScenario(
      scenario([{ ...half, enabled: false, oneOffCost: 9 }]),
      bill([usage('a', { tokens: { input: 100 }, paid: { input: 2 } })]),
    );
    expect(answer.monthly[0]).toMatchObject({ saving: 0, oneOff: 0 });
    expect(answer.readings.map(({ saving }) => saving?.base)).toEqual([0, 0]);
  });
});

describe('usage that differs in its workload only is computed as one', () => {
  const part = (id: string, workload: string, vector = {}) =>
    usage(id, { tokens: { input: 50, output: 5 }, vector: { workload, ...vector } });
  const split = bill([part('a', 'chat'), part('b', 'search')]);
  const levers = [batch(0.5), caching(1, 1)];

  test('with the same answer as if it were one', () => {
    const whole = bill([usage('a', { tokens: { input: 100, output: 10 } })]);
    const answer = evaluateScenario(scenario(levers), split);
    const expected = evaluateScenario(scenario(levers), whole);
    expect({ ...answer, baseline: null }).toEqual({ ...expected, baseline: null });
    expect(answer.baseline).toEqual({ ...expected.baseline, vectors: 2 });
  });

  test('but not when a lever or the agreement tells it apart', () => {
    const scoped = [batch(1, { scope: [{ dimension: 'tag:app', operator: '=', values: ['chat'] }] })];
    const known = withScopes(split, scoped, ({ workload }) => workload === 'chat');
    expect(evaluateScenario(scenario(scoped), known).headlines.savingAtPrice?.base).toBeCloseTo(112.5, 9);
    expect(condensed(bill([part('a', 'x'), part('b', 'x', { billedAs: 'native' })]).vectors)).toHaveLength(2);
    expect(condensed(bill([part('a', 'x'), part('b', 'x', { mode: 'batch' })]).vectors)).toHaveLength(2);
  });
});

test('the parts of the baseline add up: vectors, outside, unpriced', () => {
  const answer = evaluateScenario(
    scenario([batch(0.5)]),
    bill(
      [
        usage('a', { tokens: { input: 10 } }),
        usage('b', { tokens: { input: 4 }, vector: { model: 'Mystery' }, prices: {}, paid: { input: 2 } }),
      ],
      {
        outside: [
          {
            reason: 'not_tokens',
            label: 'guardrails',
            chargeType: 'Usage',
            provider: null,
            billedAs: 'native',
            inScopes: [],
            invoiced: 5,
          },
          {
            reason: 'not_usage',
            label: 'Tax',
            chargeType: 'Tax',
            provider: null,
            billedAs: 'native',
            inScopes: [],
            invoiced: 2,
          },
        ],
      },
    ),
  );
  expect(answer.baseline).toMatchObject({
    invoiced: 38,
    unpricedTokens: 4 * MILLION,
    unpricedInvoiced: 8,
    outside: 7,
    tokens: 14 * MILLION,
  });
  expect(answer.baseline.unpricedShare).toBeCloseTo(8 / 38, 12);
  expect(answer.baseline.atPrice?.base).toBeCloseTo(30, 12);
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(7.5, 12);
});

describe('price layers', () => {
  const paid = usage('a', { tokens: { input: 100 }, paid: { input: 2.7 } });

  test('effective: invoiced ÷ tokens of the meter, so the baseline is the invoice', () => {
    const answer = evaluateScenario(scenario([batch(1)], { priceLayer: 'effective' }), bill([paid]));
    expect(answer.baseline.atPrice?.base).toBeCloseTo(answer.baseline.invoiced, 9);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(270 - 150, 9);
    expect(answer.ledger[0]!.moved[0]).toMatchObject({
      sourceBefore: 'invoiced ÷ tokens of this usage',
      sourceAfter: 'list',
    });
  });

  test('effective: a mode the bill already has for this model is taken from the bill', () => {
    const inBatch = usage('b', { tokens: { input: 10 }, vector: { mode: 'batch' }, paid: { input: 1.35 } });
    const answer = evaluateScenario(scenario([batch(1)], { priceLayer: 'effective' }), bill([paid, inBatch]));
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(270 - 135, 9);
  });

  test('a contract rate binds its model, meter and mode only', () => {
    const contractRates = [
      { model: 'Claude Sonnet 4.5', meter: 'output', mode: 'on_demand', usd: 10 },
    ] as const;
    const answer = evaluateScenario(
      scenario([batch(1)], { priceLayer: 'contract', contractRates }),
      bill([usage('a', { tokens: { input: 1, output: 1 } })]),
    );
    expect(answer.baseline.atPrice?.base).toBeCloseTo(3 + 10, 12);
    expect(answer.after?.base).toBeCloseTo(1.5 + 7.5, 12);
  });

  test('an assumed discount is carried meter by meter; input stands for cache meters, never for output', () => {
    const contractRates = [
      { model: 'Claude Sonnet 4.5', meter: 'input', mode: 'on_demand', usd: 2.4 },
      { model: 'Claude Sonnet 4.5', meter: 'output', mode: 'on_demand', usd: 13.5 },
    ] as const;
    const answer = evaluateScenario(
      scenario([batch(1)], { priceLayer: 'contract', contractRates }),
      bill([usage('a', { tokens: { input: 1, cache_read: 1, output: 1 } })]),
    );
    const assumed = answer.readings.find(({ discountCarried }) => discountCarried)!;
    // before: 2.40 + 0.30 × 0.8 + 13.50; after: 2 × 1.50 × 0.8 + 7.50 × 0.9
    expect(assumed.before?.base).toBeCloseTo(2.4 + 0.24 + 13.5, 12);
    expect(assumed.saving?.base).toBeCloseTo(2.4 + 0.24 + 13.5 - 2.4 - 6.75, 12);
  });

  test('a contract rate for a model without usage is named, since it does nothing', () => {
    const contractRates = [{ model: 'Claude Sonet 4.5', meter: 'input', mode: 'on_demand', usd: 1 }] as const;
    const answer = evaluateScenario(scenario([], { priceLayer: 'contract', contractRates }), bill([paid]));
    expect(answer.notes.join(' ')).toContain('Claude Sonet 4.5');
  });

  test('a bill in another currency has no list prices; the rates of the bill still hold', () => {
    const euros = bill([paid], { currency: 'EUR' });
    expect(evaluateScenario(scenario([batch(1)]), euros).baseline.unpricedTokens).toBe(100 * MILLION);
    const effective = evaluateScenario(scenario([batch(1)], { priceLayer: 'effective' }), euros);
    expect(effective.baseline.unpricedTokens).toBe(0);
    expect(effective.ledger[0]!.guards).toMatchObject([{ code: 'no_batch_price', refused: true }]);
    const contractRates = [
      { model: 'Claude Sonnet 4.5', meter: 'input', mode: 'on_demand', usd: 2 },
    ] as const;
    const contract = evaluateScenario(scenario([], { priceLayer: 'contract', contractRates }), euros);
    expect(contract.baseline.unpricedTokens).toBe(100 * MILLION);
  });
});

describe('months', () => {
  // $10,000 a month: 30 days at $3/M; 365/12 ÷ 30 days makes the factor, so the daily usage is set to fit
  const perMonth = 10_000;
  const tokens = (perMonth / 1.5) * (30 / (365 / 12));
  const lever = batch(1, { startMonth: '2027-02', rampMonths: 3, oneOffCost: 40_000 });
  const answer = evaluateScenario(
    scenario([lever], { horizon: { startMonth: '2026-11', months: 12 } }),
    bill([usage('a', { tokens: { input: tokens } })], { daysCovered: 30 }),
  );

  test('$10K a month from month 4, 3-month ramp, one-off $40K: 12-month net $40K', () => {
    expect(answer.monthly.map(({ saving }) => Math.round(saving!))).toEqual([
      0, 0, 0, 3333, 6667, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000, 10_000,
    ]);
    expect(answer.monthly[3]).toMatchObject({ month: '2027-02', oneOff: 40_000 });
    expect(answer.monthly.at(-1)!.cumulative).toBeCloseTo(40_000, 6);
  });

  test('payback at the end of month 8', () => {
    expect(answer.paybackMonth).toBe(8);
    expect(answer.monthly[7]!.cumulative).toBeCloseTo(0, 6);
  });

  test('months start after the baseline, and a lever without a date starts with them', () => {
    const plain = evaluateScenario(scenario([batch(1)]), bill([usage('a', { tokens: { input: 31 } })]));
    expect(plain.monthly[0]!.month).toBe('2026-11');
    expect(plain.monthly[0]!.saving).toBeCloseTo((1.5 * 365) / 12, 9);
    expect(plain.monthly).toHaveLength(12);
    expect(plain.paybackMonth).toBeNull();
  });

  test('cost that is never earned back has no payback month', () => {
    const dear = evaluateScenario(
      scenario([batch(1, { oneOffCost: 1e9 })]),
      bill([usage('a', { tokens: { input: 31 } })]),
    );
    expect(dear.paybackMonth).toBeNull();
  });

  test('levers in the middle of their ramps interact by what they do in that month', () => {
    const two = scenario([batch(1, { rampMonths: 2 }), caching(1, 1)], {
      horizon: { startMonth: null, months: 2 },
    });
    const { monthly } = evaluateScenario(
      two,
      bill([usage('a', { tokens: { input: 100 } })], { daysCovered: 365 / 12 }),
    );
    // month 1: 50 batch × 1.5 + 50 cached × 2.7 = 210; month 2: all batch, nothing left to cache
    expect(monthly[0]!.saving).toBeCloseTo(210, 9);
    expect(monthly[1]!.saving).toBeCloseTo(150, 9);
  });
});

describe('cash of the commitment year', () => {
  const year: ScenarioCommitment = {
    year: {
      start: '2026-11-01',
      commit: 20,
      discount: 0,
      drawdown: 'before_discount',
      shortfallSettled: 'face',
      marketplaceCap: 0.25,
      support: 0,
    },
    organicAws: exactly(17),
    organicMarketplace: exactly(0),
    classes: [],
    directCost: null,
  };
  /** AI spend of 1.5 a year (365 days covered): batch-eligible input of 0.8 and the rest already in batch. */
  const ai = bill(
    [
      usage('a', { tokens: { input: 1 }, vector: NOVA, prices: NOVA_PRO }),
      usage('b', { tokens: { input: 1.75 }, vector: { ...NOVA, mode: 'batch' }, prices: NOVA_PRO }),
    ],
    { daysCovered: 365 },
  );

  test('commit 20, organic 17, AI 1.5; batch saves 0.4 at price: shortfall 1.5 → 1.9, cash saving 0', () => {
    const answer = evaluateScenario(scenario([batch(1)], { commitment: year }), ai);
    const commitment = answer.commitment!;
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(0.4, 12);
    expect(commitment.savingAtPrice?.base).toBeCloseTo(0.4, 12);
    expect(commitment.aiSpend).toMatchObject([
      { lineClass: 'native', baseline: expect.closeTo(1.5, 12), scenario: expect.closeTo(1.1, 12) },
    ]);
    expect(commitment.baseline.shortfall.base).toBeCloseTo(1.5, 12);
    expect(commitment.scenario?.shortfall.base).toBeCloseTo(1.9, 12);
    expect(answer.headlines.cashThisYear!.base).toBeCloseTo(0, 12);
  });

  test('while the commitment or the other spend of the year is not stated, no saving is called cash', () => {
    const open: [ScenarioCommitment, RegExp][] = [
      [{ ...year, year: { ...year.year, commit: 0 } }, /^State what the year commits to/u],
      [{ ...year, organicAws: exactly(0) }, /^State the organic AWS spend of the year/u],
    ];
    for (const [commitment, reason] of open) {
      const { headlines, commitment: settled } = evaluateScenario(scenario([batch(1)], { commitment }), ai);
      expect(settled).toBeNull();
      expect(headlines.cashThisYear).toBeNull();
      expect(headlines.cashReason).toMatch(reason);
      expect(headlines.savingAtPrice?.base).toBeCloseTo(0.4, 12);
    }
  });

  test('with organic 20 the commitment is met anyway, and the saving is cash', () => {
    const met = { ...year, organicAws: exactly(20) };
    const answer = evaluateScenario(scenario([batch(1)], { commitment: met }), ai);
    expect(answer.headlines.cashThisYear!.base).toBeCloseTo(0.4, 12);
  });

  test('organic low, base, high spread the cash: all of it above the commitment, none below', () => {
    const open = { ...year, organicAws: { low: 17, base: 18.7, high: 20 } };
    const { cashThisYear } = evaluateScenario(scenario([batch(1)], { commitment: open }), ai).headlines;
    // at 18.7: AI 1.5 overfills by 0.2, after batch 0.2 is missing: cash 20.2 → 20
    expect(cashThisYear).toEqual({
      low: expect.closeTo(0, 12),
      base: expect.closeTo(0.2, 12),
      high: expect.closeTo(0.4, 12),
    });
  });

  test('a lever that starts half-way through the year saves half', () => {
    const met = { ...year, organicAws: exactly(20) };
    const later = scenario([batch(1, { startMonth: '2027-05', oneOffCost: 0.05 })], { commitment: met });
    const answer = evaluateScenario(later, ai);
    expect(answer.commitment!.leverCash?.base).toBeCloseTo(0.2, 12);
    expect(answer.commitment!.oneOff).toBe(0.05);
    expect(answer.headlines.cashThisYear!.base).toBeCloseTo(0.15, 12);
  });

  test('months of the year before the horizon cost what they cost today', () => {
    const met = { ...year, organicAws: exactly(20), year: { ...year.year, start: '2026-08-15' } };
    const answer = evaluateScenario(scenario([batch(1)], { commitment: met }), ai);
    // 15 Aug … 31 Oct lie before the horizon: 17/31 + 2 months; the other 9 + 14/31 months are saved
    expect(answer.commitment!.leverCash?.base).toBeCloseTo((0.4 / 12) * (9 + 14 / 31), 12);
  });

  test('usage outside the vectors is AI spend too; tax is not, and is named', () => {
    const outside: ScenarioBaseline['outside'] = [
      {
        reason: 'not_tokens',
        label: 'guardrails',
        chargeType: 'Usage',
        provider: 'Amazon',
        billedAs: 'native',
        inScopes: [],
        invoiced: 0.3,
      },
      {
        reason: 'not_usage',
        label: 'Tax',
        chargeType: 'Tax',
        provider: null,
        billedAs: 'native',
        inScopes: [],
        invoiced: 9,
      },
    ];
    const answer = evaluateScenario(scenario([batch(1)], { commitment: year }), {
      ...ai,
      outside: [...outside],
    });
    expect(answer.commitment!.aiSpend[0]!.baseline).toBeCloseTo(1.8, 12);
    expect(answer.commitment!.assumptions.join(' ')).toContain('Tax');
  });

  test("a provider's own clause is a class of its own", () => {
    const claude = bill([usage('c', { tokens: { input: 1 } })], { daysCovered: 365 });
    const classes = [
      { lineClass: 'marketplace:Anthropic', retires: true, discounted: false, inMarketplaceCap: false },
    ];
    const answer = evaluateScenario(scenario([], { commitment: { ...year, classes } }), claude);
    expect(answer.commitment!.aiSpend).toMatchObject([{ lineClass: 'marketplace:Anthropic', baseline: 3 }]);
    expect(answer.commitment!.baseline.absorbed.base).toBeCloseTo(3, 12);
  });

  test('Marketplace-billed spend retires within the cap only, by default', () => {
    const claude = bill([usage('c', { tokens: { input: 2.5 } })], { daysCovered: 365 });
    const tight = { ...year, organicAws: exactly(10), organicMarketplace: exactly(4) };
    const answer = evaluateScenario(scenario([], { commitment: tight }), claude);
    // 7.5 of Claude, but only 1 of the cap of 5 is left
    expect(answer.commitment!.baseline.absorbed.base).toBeCloseTo(1, 12);
  });

  test('what has no price at the layer is taken as invoiced', () => {
    const mystery = bill(
      [
        usage('m', {
          tokens: { input: 1 },
          vector: { ...NOVA, model: 'Mystery' },
          prices: {},
          paid: { input: 2 },
        }),
      ],
      { daysCovered: 365 },
    );
    const answer = evaluateScenario(scenario([], { commitment: year }), mystery);
    expect(answer.commitment!.aiSpend).toMatchObject([{ baseline: 2, scenario: 2 }]);
  });

  test('against direct purchase: direct cost − incremental cash', () => {
    const direct = { ...year, directCost: 1.2 };
    const answer = evaluateScenario(scenario([], { commitment: direct }), ai);
    // gap 3 swallows all of the 1.5: incremental cash 0
    expect(answer.commitment!.againstDirect).toBeCloseTo(1.2, 12);
  });

  test('without a commitment there is no cash figure, and the reason is given', () => {
    const answer = evaluateScenario(scenario([batch(1)]), ai);
    expect(answer.headlines.cashThisYear).toBeNull();
    expect(answer.headlines.cashReason).toContain('No commitment');
  });
});

test('while something moves, the base case is the same as when it rests', () => {
  const base = bill([usage('a', { tokens: { input: 100, output: 10 } })]);
  const what = scenario([
    batch(0.5, { eligibleShare: { low: 0.2, base: 0.5, high: 0.6 }, rampMonths: 2 }),
    caching(1, 0.9),
  ]);
  const [live, whole] = [evaluateLive(what, base), evaluateScenario(what, base)];
  expect(live.headlines.savingAtPrice).toEqual({
    low: whole.headlines.savingAtPrice?.base,
    base: whole.headlines.savingAtPrice?.base,
    high: whole.headlines.savingAtPrice?.base,
  });
  expect(live.monthly).toEqual(whole.monthly);
  expect(live.ledger.map(({ alone, inOrder }) => [alone?.base, inOrder?.base])).toEqual(
    whole.ledger.map(({ alone, inOrder }) => [alone?.base, inOrder?.base]),
  );
  // batch moves half of 110 M tokens; of the other half's 50 M of input the cache serves nine tenths, and writes the rest
  expect(live.ledger.map(({ movedTokens }) => movedTokens / MILLION)).toEqual([55, 50]);
  expect(live.ledger.map(({ rows }) => rows)).toEqual([null, null]);
});
