// One worked example a rule, by hand. Usage is millions of tokens, prices USD per million: Claude Sonnet 4.5 costs
// input 3, output 15, cache write 3.75, cache read 0.30, batch 1.50 and 7.50; 100 in and 10 out cost 300 + 150 = 450.
import { describe, expect, test } from 'vitest';
import type { FinderEvidence } from '../../../../shared/domain/whatif/finder/evidence.ts';
import { repeatedShare } from '../../../../shared/domain/whatif/finder/shape-rules.ts';
import { NOVA, NOVA_PRO, type PriceList, pricesAt, SONNET, usage } from '../bill.ts';
import { figure, findIn, lookedAt, millions, offered } from './bill.ts';

const band = (low: number, base: number, high: number) => ({
  low: expect.closeTo(low, 6),
  base: expect.closeTo(base, 6),
  high: expect.closeTo(high, 6),
});
const ONLY_TOKENS: PriceList = { on_demand: { input: 3, output: 15 } };

describe('batch-jobs', () => {
  test('half the price for what is named like a job: 80 % of 225, from 50 % to all of it', () => {
    const [found] = offered(
      findIn({ vectors: [millions('1', 100, 10, { workload: 'nightly-etl' })] }),
      'batch-jobs',
    );
    expect(found?.savingAtPrice).toEqual(band(112.5, 180, 225));
    expect(found?.confidenceReason).toContain('“nightly”');
    expect(found?.where).toEqual([
      { dimension: 'model', operator: '=', values: ['Claude Sonnet 4.5'] },
      { dimension: 'tag:app', operator: '=', values: ['nightly-etl'] },
      { dimension: 'mode', operator: '=', values: ['on_demand'] },
    ]);
    expect(figure(found!, 'Cost of this usage')).toBeCloseTo(450, 8);
  });

  test('a stream, a name without a hint and a model without a batch price are left out', () => {
    const answer = findIn({
      vectors: [
        millions('1', 100, 10, { workload: 'nightly-etl', streaming: 'yes' }),
        millions('2', 100, 10, { workload: 'jobseeker-chat' }),
        usage('3', { tokens: { input: 9 }, vector: { workload: 'batch', model: 'X' }, prices: ONLY_TOKENS }),
      ],
    });
    expect(offered(answer, 'batch-jobs')).toEqual([]);
    expect(lookedAt(answer, 'batch-jobs')).toMatchObject([{ outcome: 'nothing_found' }]);
  });

  test('what is cached already loses its cache in batch: a job that reads 90 of 100 from it saves nothing', () => {
    // As it is: 10 × 3 + 90 × 0.30 = 57. In batch 100 × 1.50 = 150.
    const answer = findIn({
      vectors: [usage('1', { tokens: { input: 10, cache_read: 90 }, vector: { workload: 'nightly' } })],
    });
    expect(offered(answer, 'batch-jobs')).toEqual([]);
    const [told] = lookedAt(answer, 'batch-jobs');
    expect(told).toMatchObject({ outcome: 'no_saving' });
    expect(figure(told!, 'Saving, base case')).toBeCloseTo(0.8 * (57 - 150), 6);
  });
});

describe('batch-quiet', () => {
  const app = millions('1', 100, 10, { workload: 'enrichment' });
  const quiet = (quietTokens: number) => ({
    model: 'Claude Sonnet 4.5',
    workload: 'enrichment',
    by: 'hour' as const,
    timeZone: 'UTC',
    quietTokens,
    tokens: 110e6,
    quietTime: 0.5,
  });

  test('44 of 110 million in half of the time is 0.8 of the average rate: between 40 and 80 % can wait', () => {
    const [found] = offered(findIn({ vectors: [app], quiet: [quiet(44e6)] }), 'batch-quiet');
    // low s = 0.4, high s ÷ f = 0.8, base 0.6 of 225.
    expect(found?.savingAtPrice).toEqual(band(90, 135, 180));
    expect(figure(found!, 'Rate in quiet time, average = 1')).toBeCloseTo(0.8, 8);
  });

  test('below that rate somebody sleeps; without quiet time nothing can be said', () => {
    expect(lookedAt(findIn({ vectors: [app], quiet: [quiet(43e6)] }), 'batch-quiet')).toMatchObject([
      { outcome: 'nothing_found' },
    ]);
    expect(lookedAt(findIn({ vectors: [app] }), 'batch-quiet')).toMatchObject([
      { outcome: 'undecided', atStake: 450, because: expect.stringContaining('no quiet time') },
    ]);
  });
});

describe('cache-unused', () => {
  test('30 of 100 million are a prefix, 70 % of it found again: 90 become 33.75 written and 6.30 read', () => {
    const [found] = offered(
      findIn({ vectors: [millions('1', 100, 10, { workload: 'faq' })] }),
      'cache-unused',
    );
    // Low: 10 million, half found: 30 − 18.75 − 1.50. High: 50 million, nine of ten found: 150 − 18.75 − 13.50.
    expect(found?.savingAtPrice).toEqual(band(9.75, 49.95, 117.75));
    expect(figure(found!, 'Uncached input for one output token')).toBe(10);
    expect(figure(found!, 'Hit share from which caching pays')).toBeCloseTo(0.75 / 3.45, 8);
  });

  test('where the model caches elsewhere on the bill, its hit share is taken: 30 of 40', () => {
    const elsewhere = usage('2', {
      tokens: { cache_read: 30, cache_write_5m: 10 },
      vector: { workload: 'chat' },
    });
    const answer = findIn({ vectors: [millions('1', 100, 10, { workload: 'faq' }), elsewhere] });
    // 90 − 7.5 × 3.75 − 22.5 × 0.30.
    expect(offered(answer, 'cache-unused')[0]?.savingAtPrice.base).toBeCloseTo(55.125, 6);
  });

  test('short input for the output holds no context worth caching', () => {
    const answer = findIn({ vectors: [millions('1', 49, 10, { workload: 'writer' })] });
    expect(lookedAt(answer, 'cache-unused')).toMatchObject([{ outcome: 'nothing_found' }]);
  });
});

describe('cache-partial', () => {
  const cached = (read: number, write: number) =>
    usage('1', {
      tokens: { input: 60, cache_read: read, cache_write_5m: write, output: 5 },
      vector: { workload: 'chat' },
    });

  test('30 of 100 are read, three for each written: a prefix of 18 more saves 33.075', () => {
    const [found] = offered(findIn({ vectors: [cached(30, 10)] }), 'cache-partial');
    // 18 × 3 = 54 become 4.5 × 3.75 = 16.875 and 13.5 × 0.30 = 4.05.
    expect(found?.savingAtPrice.base).toBeCloseTo(33.075, 6);
    expect(figure(found!, 'Cache hit rate')).toBeCloseTo(0.3, 8);
  });

  test('one read for ten writes is below the break-even of 0.25 ÷ 0.9: said, and no more caching is offered', () => {
    const answer = findIn({ vectors: [cached(1, 10)] });
    expect(offered(answer, 'cache-partial')).toEqual([]);
    expect(lookedAt(answer, 'cache-partial')).toMatchObject([
      { outcome: 'undecided', because: expect.stringContaining('below the break-even of 0.28') },
    ]);
  });
});

describe('over-tiered', () => {
  const sonnet = millions('1', 100, 10);
  const { model: _model, ...place } = sonnet;
  const haiku = pricesAt({ ...place, model: 'Claude Haiku 4.5' }, { on_demand: { input: 1, output: 5 } });
  const counted = (requests: number) => [
    { model: 'Claude Sonnet 4.5', requests, inputTokens: 100e6, outputTokens: 10e6, days: 31 },
  ];

  test('100 output tokens a request: 40 % of 450 goes where it costs 150', () => {
    const [found] = offered(
      findIn({ vectors: [sonnet], elsewhere: haiku, requests: counted(100_000) }),
      'over-tiered',
    );
    expect(found?.savingAtPrice).toEqual(band(60, 120, 180));
    expect(figure(found!, 'Output tokens of a request')).toBe(100);
    expect(found?.scenario.name).toBe('Route to Claude Haiku 4.5: Claude Sonnet 4.5');
  });

  test('201 tokens are no label; without counts nobody knows', () => {
    const long = findIn({ vectors: [sonnet], elsewhere: haiku, requests: counted(10e6 / 201) });
    expect(lookedAt(long, 'over-tiered')).toMatchObject([{ outcome: 'nothing_found' }]);
    const unknown = findIn({ vectors: [sonnet], elsewhere: haiku });
    expect(lookedAt(unknown, 'over-tiered')).toMatchObject([
      { outcome: 'undecided', atStake: 450, because: expect.stringContaining('request counts') },
    ]);
  });
});

describe('legacy-model', () => {
  const opus = usage('1', {
    tokens: { input: 10, output: 2 },
    vector: { model: 'Claude Opus 4.1' },
    prices: { on_demand: { input: 15, output: 75 } },
  });
  const newer = (input: number, output: number) =>
    pricesAt({ ...opus, model: 'Claude Opus 4.5' }, { on_demand: { input, output } });

  test('10 in and 2 out cost 300 on the old model and 100 on its successor', () => {
    const [found] = offered(findIn({ vectors: [opus], elsewhere: newer(5, 25) }), 'legacy-model');
    expect(found?.savingAtPrice).toEqual(band(200, 200, 200));
    expect(found?.confidenceReason).toContain('end of life 2027-01-08');
  });

  test('a dearer successor is said with what it would cost', () => {
    const [told] = lookedAt(findIn({ vectors: [opus], elsewhere: newer(20, 100) }), 'legacy-model');
    expect(told).toMatchObject({ outcome: 'no_saving' });
    expect(figure(told!, 'Saving, base case')).toBeCloseTo(-100, 6);
  });

  test('without a price of the successor nothing is compared', () => {
    expect(lookedAt(findIn({ vectors: [opus] }), 'legacy-model')).toMatchObject([
      { outcome: 'undecided', because: expect.stringContaining('lacks a price') },
    ]);
  });
});

describe('how the same model is bought', () => {
  test('global-tier: 495 in the region, 450 globally; none of it where policy says no', () => {
    const regional = usage('1', {
      tokens: { input: 100, output: 10 },
      vector: { region: 'eu-west-1', regionTier: 'regional' },
      prices: { on_demand: { input: 3.3, output: 16.5 } },
    });
    const elsewhere = pricesAt({ ...regional, regionTier: 'global' }, SONNET);
    const [found] = offered(findIn({ vectors: [regional], elsewhere }), 'global-tier');
    expect(found?.savingAtPrice).toEqual(band(0, 45, 45));
    expect(figure(found!, 'Global price, today = 1')).toBeCloseTo(450 / 495, 8);
  });

  const NOVA_TIERS: PriceList = {
    ...NOVA_PRO,
    flex: { input: 0.4, output: 1.6 },
    priority: { input: 1.4, output: 5.6 },
  };
  const nova = (mode: 'on_demand' | 'priority') =>
    usage('1', { tokens: { input: 100, output: 10 }, vector: { ...NOVA, mode }, prices: NOVA_TIERS });

  test('flex-tier: half of 112 at half the price, from 20 to 80 %', () => {
    const [found] = offered(findIn({ vectors: [nova('on_demand')] }), 'flex-tier');
    expect(found?.savingAtPrice).toEqual(band(0.2 * 56, 28, 0.8 * 56));
  });

  test('premium-tier: 196 at priority, 112 at standard; half of it needs no speed', () => {
    const [found] = offered(findIn({ vectors: [nova('priority')] }), 'premium-tier');
    expect(found?.savingAtPrice).toEqual(band(0.2 * 84, 42, 84));
    expect(found?.where.at(-1)).toEqual({ dimension: 'mode', operator: '=', values: ['priority'] });
  });
});

describe('what is paid by the hour', () => {
  /** Two units of Claude Sonnet 4.5 through October at 21 an hour: 2 × 744 × 21 = 31,248. */
  const units = (parts: Partial<FinderEvidence['capacity'][number]> = {}) => ({
    capacity: [
      {
        family: 'provisioned' as const,
        model: 'Claude Sonnet 4.5',
        term: 'none',
        region: 'us-east-1',
        resource: 'provisioned-model/a1',
        hours: 1488,
        invoiced: 31_248,
        counted: null,
        ...parts,
      },
    ],
    vectors: [millions('1', 1, 1)],
  });
  const counted = (requests: number | null, input: number | null, output: number | null, days = 31) => ({
    counted: { requests, inputTokens: input, outputTokens: output, days },
  });
  const openBecause = (parts: Parameters<typeof units>[0]) => {
    const answer = findIn(units(parts));
    expect(offered(answer, 'idle-units')).toEqual([]);
    return lookedAt(answer, 'idle-units')[0]?.because;
  };

  test('idle-units: without counts they are shown with their cost, and how to decide', () => {
    const [told] = lookedAt(findIn(units()), 'idle-units');
    expect(told).toMatchObject({
      outcome: 'undecided',
      atStake: 31_248,
      because: expect.stringContaining('Import counts'),
    });
    // 1,488 ÷ (31 × 24).
    expect(figure(told!, 'Running on average')).toBe(2);
  });

  test('idle-units: no request on any day ends all of it; 31,248 a month of 31 days', () => {
    const [found] = offered(findIn(units(counted(0, null, null))), 'idle-units');
    expect(found?.savingAtPrice).toEqual(band(31_248, 31_248, 31_248));
    expect(found).toMatchObject({ confidence: 'high', kind: 'end_capacity' });
    expect(found?.where.at(-1)).toMatchObject({ dimension: 'resource', values: ['provisioned-model/a1'] });
  });

  test('idle-units: 1,000 million in and 100 out would cost 3,000 + 1,500 on demand: 26,748 less', () => {
    const [found] = offered(findIn(units(counted(5000, 1e9, 1e8))), 'idle-units');
    expect(figure(found!, 'The same tokens on demand')).toBeCloseTo(4500, 6);
    expect(found?.savingAtPrice.base).toBeCloseTo(26_748, 6);
    expect(found?.confidence).toBe('medium');
  });

  test('idle-units: full units, a running term, days without counts and unpriced tokens are not offered', () => {
    expect(openBecause(counted(9e6, 1e10, 1e9))).toMatch(/cost more by the token/u);
    expect(openBecause({ term: '6_month', ...counted(0, 0, 0) })).toMatch(/State that day/u);
    expect(openBecause(counted(0, 0, 0, 30))).toMatch(/30 of 31 days/u);
    expect(openBecause({ model: 'Model X', ...counted(10, 1e6, 1e6) })).toMatch(/are not known/u);
    expect(openBecause(counted(10, null, null))).toMatch(/are not known/u);
  });

  test('search-floor: two units for 357.12 a month; one without redundancy saves half', () => {
    const ocu = { hours: 2 * 744, invoiced: 2 * 744 * 0.24 };
    const [found] = offered(findIn({ vectors: [millions('1', 1, 1)], ocu }), 'search-floor');
    expect(found?.savingAtPrice).toEqual(band(178.56, 178.56, 178.56));
  });

  test('search-floor: six units are load, one unit is the least there is', () => {
    for (const units of [6, 1]) {
      const ocu = { hours: units * 744, invoiced: units * 744 * 0.24 };
      expect(lookedAt(findIn({ vectors: [], ocu }), 'search-floor')).toMatchObject([
        { outcome: 'undecided' },
      ]);
    }
  });
});

describe('long-answers', () => {
  const workload = (name: string, output: number) => millions(name, 100, output, { workload: name });

  test('0.4 output for a token of input against a median of 0.1: cut to the median at most', () => {
    const answer = findIn({ vectors: [workload('a', 10), workload('b', 10), workload('c', 40)] });
    const [found] = offered(answer, 'long-answers');
    // 40 × 15 = 600; at the median 150: at most 75 % less, base half of that.
    expect(found?.savingAtPrice).toEqual(band(0, 225, 450));
    expect(found?.subject).toBe('Claude Sonnet 4.5 · c');
  });

  test('two workloads have no median', () => {
    const answer = findIn({ vectors: [workload('a', 10), workload('c', 40)] });
    expect(lookedAt(answer, 'long-answers')).toMatchObject([
      { outcome: 'undecided', subject: 'Claude Sonnet 4.5' },
    ]);
  });
});

describe('agent-context', () => {
  test('of n calls with as much growth as system prompt, 1 − 2 ÷ (n + 1) is sent again', () => {
    // Three calls: 1 + 2 + 3 = 6 sent, 3 of it new. Eight: 36 sent, 8 new.
    expect(repeatedShare(3)).toBe(0.5);
    expect(repeatedShare(8)).toBeCloseTo(28 / 36, 12);
  });

  test('half of 100 million repeats, 70 % of it found: 150 become 56.25 written and 10.50 read', () => {
    const answer = findIn({ vectors: [millions('1', 100, 4, { workload: 'refund-agent' })] });
    const [found] = offered(answer, 'agent-context');
    expect(found?.savingAtPrice.base).toBeCloseTo(83.25, 6);
    expect(figure(found!, 'Input for one output token')).toBe(25);
    // One finding a usage: the caching rules leave agents alone.
    expect(offered(answer, 'cache-unused')).toEqual([]);
  });
});
