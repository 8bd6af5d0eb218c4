import { describe, expect, test } from 'vitest';
import {
  breakEvenHitShare,
  breakEvenReadsPerWrite,
  breakEvenRequestsPerHour,
  costFactor,
  evenHitShare,
  LIFETIME_HOURS,
  longerLifetimePaysFrom,
  poissonHitShare,
  savingOfOneWrite,
} from '../../../shared/domain/whatif/cache-arrival.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { CachingLever } from '../../../shared/domain/whatif/scenario.ts';
import { batch, bill, caching, exactly, MILLION, NOVA, NOVA_PRO, SONNET, scenario, usage } from './bill.ts';

const FIVE_MINUTES = { write: 1.25, read: 0.1 };
const ONE_HOUR = { write: 2, read: 0.1 };
const perHour = (requests: number): CachingLever['arrival'] => ({
  pattern: 'poisson',
  requestsPerHour: exactly(requests),
});
const run = (lever: CachingLever, ...uses: Parameters<typeof usage>[1][]) =>
  evaluateScenario(scenario([lever]), bill(uses.map((use, index) => usage(`v${index}`, use))));
const factOf = (answer: ReturnType<typeof run>, name: string) =>
  answer.ledger[0]!.facts.find((fact) => fact.name === name);

describe('one write and 999 reads of 4,000 tokens at $3/M', () => {
  test('saves $10.7862 per 1,000 requests ($10.80 without the write)', () => {
    // uncached 1,000 × 4,000 × 3/M = 12.00; write 0.015, reads 999 × 4,000 × 0.30/M = 1.1988
    expect(savingOfOneWrite(4000, 1000, 3 / MILLION, FIVE_MINUTES)).toBeCloseTo(10.7862, 10);
    expect(12 - 1000 * 4000 * (0.3 / MILLION)).toBeCloseTo(10.8, 10);
  });

  test('the lever says the same for a hit share of 999 in 1,000', () => {
    const answer = run(caching(1, 0.999), { tokens: { input: 4 } });
    expect(answer.baseline.atPrice?.base).toBeCloseTo(12, 10);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(10.7862, 10);
    expect(answer.ledger[0]!.moved.map(({ toMeter, tokens }) => [toMeter, Math.round(tokens)])).toEqual([
      ['cache_read', 3_996_000],
      ['cache_write_5m', 4_000],
    ]);
  });
});

describe('Poisson arrivals, 6 requests an hour', () => {
  test('5 min: the prefix costs 0.7975 of its price', () => {
    expect(costFactor(FIVE_MINUTES, poissonHitShare(6, LIFETIME_HOURS['5m']))).toBeCloseTo(0.7975, 4);
    const answer = run(caching(1, perHour(6)), { tokens: { input: 100 } });
    expect(answer.after!.base / answer.baseline.atPrice!.base).toBeCloseTo(0.7975, 4);
    expect(factOf(answer, 'cost of the prefix')!.value).toBeCloseTo(0.7975, 4);
  });

  test('1 h: 0.1047', () => {
    expect(costFactor(ONE_HOUR, poissonHitShare(6, LIFETIME_HOURS['1h']))).toBeCloseTo(0.1047, 4);
    const answer = run(caching(1, perHour(6), { lifetime: '1h' }), { tokens: { input: 100 } });
    expect(answer.after!.base / answer.baseline.atPrice!.base).toBeCloseTo(0.1047, 4);
  });
});

describe('from which rate of requests it pays', () => {
  test('5 min from 2.94 an hour, 1 h from 0.747', () => {
    expect(breakEvenRequestsPerHour(FIVE_MINUTES, LIFETIME_HOURS['5m'])).toBeCloseTo(2.94, 2);
    expect(breakEvenRequestsPerHour(ONE_HOUR, LIFETIME_HOURS['1h'])).toBeCloseTo(0.747, 3);
  });

  test('1 h beats 5 min from 0.548 an hour', () => {
    const from = longerLifetimePaysFrom(
      { ...FIVE_MINUTES, hours: LIFETIME_HOURS['5m'] },
      { ...ONE_HOUR, hours: LIFETIME_HOURS['1h'] },
    )!;
    expect(from).toBeCloseTo(0.548, 3);
    const factor = (factors: typeof ONE_HOUR, hours: number) =>
      costFactor(factors, poissonHitShare(from, hours));
    expect(factor(ONE_HOUR, 1)).toBeCloseTo(factor(FIVE_MINUTES, 1 / 12), 12);
  });

  test('the ledger shows them from the prices of the model', () => {
    const answer = run(caching(0.5, perHour(6)), { tokens: { input: 100 } });
    expect(factOf(answer, 'write factor')!.value).toBeCloseTo(1.25, 12);
    expect(factOf(answer, 'read factor')!.value).toBeCloseTo(0.1, 12);
    expect(factOf(answer, 'write premium')!.value).toBeCloseTo(0.25, 12);
    expect(factOf(answer, 'break-even requests per hour')!.value).toBeCloseTo(2.94, 2);
    expect(factOf(answer, '1 h is cheaper than 5 min from')!.value).toBeCloseTo(0.548, 3);
    expect(factOf(answer, 'break-even reads per write')!.value).toBeCloseTo(0.25 / 0.9, 12);
  });

  test('just below the break-even it costs more, just above less', () => {
    const pays = breakEvenRequestsPerHour(FIVE_MINUTES, LIFETIME_HOURS['5m'])!;
    const at = (rate: number) => run(caching(1, perHour(rate)), { tokens: { input: 100 } });
    expect(at(pays - 0.01).headlines.savingAtPrice?.base).toBeLessThan(0);
    expect(at(pays - 0.01).ledger[0]!.guards).toMatchObject([{ code: 'costs_more', refused: false }]);
    expect(at(pays + 0.01).headlines.savingAtPrice?.base).toBeGreaterThan(0);
  });

  test('reads per write: one hit pays for 5 min, two for 1 h', () => {
    expect(breakEvenReadsPerWrite(FIVE_MINUTES)).toBeCloseTo(0.2778, 4);
    expect(breakEvenReadsPerWrite(ONE_HOUR)).toBeCloseTo(1.1111, 4);
  });

  test('free writes pay at once; reads as dear as input never do', () => {
    expect(breakEvenHitShare({ write: 0, read: 0.25 })).toBe(0);
    expect(breakEvenHitShare({ write: 1.25, read: 1 })).toBeNull();
    expect(breakEvenRequestsPerHour({ write: 1.25, read: 1 }, 1)).toBeNull();
  });
});

test('even spacing: all hit when the interval fits into the lifetime, none when it does not', () => {
  expect(evenHitShare(12, LIFETIME_HOURS['5m'])).toBe(1);
  expect(evenHitShare(11.9, LIFETIME_HOURS['5m'])).toBe(0);
  const every = (requests: number): CachingLever['arrival'] => ({
    pattern: 'even',
    requestsPerHour: exactly(requests),
  });
  // all hits: 100M × 0.30; no hits: 100M × 3.75
  expect(run(caching(1, every(12)), { tokens: { input: 100 } }).after?.base).toBeCloseTo(30, 9);
  expect(run(caching(1, every(11)), { tokens: { input: 100 } }).after?.base).toBeCloseTo(375, 9);
});

describe('Nova, 10K prefix, one re-read: sources differ on the price of the write', () => {
  const nova = { tokens: { input: 100 }, vector: NOVA, prices: NOVA_PRO };
  // two requests share a prefix: one write, one read
  const answer = run(caching(1, 0.5, { prefixTokens: 10_000 }), nova);
  const share = (saving: number): number => saving / answer.baseline.atPrice!.base;

  test('write price 0 saves 87.5 %, write at the input price saves 37.5 %: both are shown', () => {
    expect(share(answer.headlines.savingAtPrice!.high)).toBeCloseTo(0.875, 10);
    expect(share(answer.headlines.savingAtPrice!.low)).toBeCloseTo(0.375, 10);
    expect(share(answer.headlines.savingAtPrice!.base)).toBeCloseTo(0.375, 10);
    expect(answer.notes.join(' ')).toContain('dispute');
    expect(factOf(answer, 'cost of the prefix, writes free')!.value).toBeCloseTo(0.125, 10);
  });

  test('where nothing is written, nothing is in dispute', () => {
    const unwritten = evaluateScenario(scenario([batch(0.5)]), bill([usage('nova', nova)]));
    expect(unwritten.notes.join(' ')).not.toContain('dispute');
  });

  test('until the bill tells: writes that cost nothing settle it at 87.5 %', () => {
    const told = run(caching(1, 0.5, { prefixTokens: 10_000 }), nova, {
      ...nova,
      tokens: { cache_write_5m: 1 },
      paid: { cache_write_5m: 0 },
    });
    expect(told.headlines.savingAtPrice?.low).toBeCloseTo(70, 9);
    expect(told.headlines.savingAtPrice?.high).toBeCloseTo(70, 9);
  });

  test('writes on the bill at the input price settle it at 37.5 %', () => {
    const told = run(caching(1, 0.5, { prefixTokens: 10_000 }), nova, {
      ...nova,
      tokens: { cache_write_5m: 1 },
      paid: { cache_write_5m: 0.8 },
    });
    expect(told.headlines.savingAtPrice?.low).toBeCloseTo(30, 9);
    expect(told.headlines.savingAtPrice?.high).toBeCloseTo(30, 9);
  });
});

test('only the prefix share of uncached input moves: cached input and output stay', () => {
  const answer = run(caching(0.5, 0.8), { tokens: { input: 10, cache_read: 7, output: 2 } });
  // 10 × 3 + 7 × 0.3 + 2 × 15 = 62.1; 5M move: 1M written 3.75, 4M read 1.20 instead of 15
  expect(answer.baseline.atPrice?.base).toBeCloseTo(62.1, 9);
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(15 - 3.75 - 1.2, 9);
});

test('the band takes the worst and the best combination of prefix share and hit share', () => {
  const answer = run(
    caching(
      0,
      { pattern: 'stated', hitShare: { low: 0, base: 0.5, high: 1 } },
      {
        prefixShare: { low: 0.2, base: 0.4, high: 0.6 },
      },
    ),
    { tokens: { input: 100 } },
  );
  // worst: the largest prefix, never read again: 60M × (3 − 3.75); best: the largest, always read: 60M × 2.70
  expect(answer.headlines.savingAtPrice?.low).toBeCloseTo(-45, 9);
  expect(answer.headlines.savingAtPrice?.high).toBeCloseTo(162, 9);
  // base: 40M × (3 − 0.5 × 3.75 − 0.5 × 0.30) = 40 × 0.975
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(39, 9);
});

describe('guards', () => {
  test('a model without cache prices is refused', () => {
    const prices = { on_demand: { input: 3, output: 15 } };
    const answer = run(caching(1, 0.9), { tokens: { input: 1 }, prices });
    expect(answer.ledger[0]!.guards).toMatchObject([
      { code: 'no_cache_price', refused: true, tokens: MILLION },
    ]);
    expect(answer.headlines.savingAtPrice).toBeNull();
  });

  test('a lifetime the model has no price for is refused', () => {
    const answer = run(caching(1, 0.9, { lifetime: '30m' }), { tokens: { input: 1 } });
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'no_cache_price', meter: 'cache_write_30m' }]);
  });

  test('a prefix below the minimum of the model would be silently ignored, so it is refused', () => {
    const answer = run(caching(1, 0.9, { prefixTokens: 900 }), { tokens: { input: 1 } });
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'prefix_too_short', refused: true }]);
    expect(answer.ledger[0]!.guards[0]!.message).toContain('1024');
  });

  test('a disputed minimum, an unknown one and an unknown length are said and do not stop it', () => {
    const at = (model: string, prefixTokens: number | null) =>
      run(caching(1, 0.9, { prefixTokens }), { tokens: { input: 1 }, vector: { model } });
    const codes = (answer: ReturnType<typeof run>) => answer.ledger[0]!.guards.map(({ code }) => code);
    expect(codes(at('Claude Sonnet 4.6', 1500))).toEqual(['minimum_disputed']);
    expect(codes(at('Claude Opus 4.8', 1500))).toEqual(['minimum_unknown']);
    expect(codes(at('Claude Sonnet 4.5', null))).toEqual(['prefix_length_unknown']);
    expect(codes(at('Claude Sonnet 4.5', 1024))).toEqual([]);
    expect(at('Claude Opus 4.8', 1500).headlines.savingAtPrice?.base).toBeGreaterThan(0);
  });

  test('batch knows no caching', () => {
    const answer = run(caching(1, 0.9), { tokens: { input: 1 }, vector: { mode: 'batch' } });
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'no_caching_in_batch', refused: true }]);
  });

  test('a prefix that is never read again costs the write premium', () => {
    const hitShare = { low: 0, base: 0, high: 0.1 };
    const answer = run(caching(1, { pattern: 'stated', hitShare }), { tokens: { input: 100 } });
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(-75, 9);
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'costs_more' }]);
  });

  test('while nobody has stated how often it is read again, it neither saves nor costs: there is no figure', () => {
    const unstated: CachingLever['arrival'][] = [
      { pattern: 'stated', hitShare: exactly(0) },
      { pattern: 'poisson', requestsPerHour: exactly(0) },
      { pattern: 'even', requestsPerHour: exactly(0) },
    ];
    for (const arrival of unstated) {
      const answer = run(caching(1, arrival), { tokens: { input: 100 } });
      expect(answer.headlines.savingAtPrice).toBeNull();
      expect(answer.ledger[0]).toMatchObject({
        inOrder: null,
        guards: [{ code: 'hits_unstated', refused: true }],
      });
      expect(answer.ledger[0]!.missing.join()).toContain('nothing is cached');
    }
  });
});

test('flex traffic is cached at the prices of flex, where they exist', () => {
  const prices = { ...SONNET, flex: { input: 2, cache_read: 0.2, cache_write_5m: 2.5 } };
  const answer = run(caching(1, 1), { tokens: { input: 10 }, vector: { mode: 'flex' }, prices });
  expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(18, 9);
});

test('regions whose prices are in proportion have one factor, and say it once', () => {
  const dearer = {
    on_demand: { input: 3.3, cache_read: 0.33, cache_write_5m: 4.125, cache_write_1h: 6.6, output: 16.5 },
  };
  const answer = run(
    caching(0.5, 0.5),
    { tokens: { input: 10 } },
    { tokens: { input: 10 }, vector: { region: 'eu-west-1', regionTier: 'regional' }, prices: dearer },
  );
  const factors = answer.ledger[0]!.facts.filter(({ name }) => name === 'write factor');
  expect(factors.map(({ value }) => value)).toEqual([1.25]);
});
