// The labs: a lever looked at closely, with the same figures as the lever itself.
import { describe, expect, test } from 'vitest';
import { capacityLab, capacityMonths } from '../../../shared/domain/whatif/capacity-lab.ts';
import { CACHE_LAB_RATES, cacheLab, residencyLab } from '../../../shared/domain/whatif/labs.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { usageKeyOf } from '../../../shared/domain/whatif/vectors.ts';
import { batch, bill, caching, exactly, lever, MILLION, NOVA, pricesAt, scenario, usage } from './bill.ts';

const M = (millions: number): number => millions * MILLION;

describe('capacity: 12 hours at 100M, 12 at 20M; a unit serves 40M an hour', () => {
  const hours = Array.from({ length: 24 }, (_, hour) => M(hour < 12 ? 100 : 20));
  const vector = usage('a', {
    tokens: { input: 1440 },
    vector: NOVA,
    prices: { on_demand: { input: 1 }, batch: { input: 0.5 } },
  });
  const base = bill([vector], {
    daysCovered: 1,
    hourly: {
      hours: 24,
      localTimes: [],
      rows: [
        {
          key: usageKeyOf(vector),
          at: hours.map((_, hour) => hour),
          input: hours,
          output: hours.map(() => 0),
        },
      ],
    },
  });
  const units = lever('provisioned', {
    units: 1,
    spareUnits: 0,
    unitInputPerMinute: M(40) / 60,
    unitOutputPerMinute: M(40) / 60,
    usdPerUnitHour: exactly(24),
    termMonths: 1,
    peakFactor: exactly(1),
    overflow: 'spill',
    timeZone: 'UTC',
  });
  const offers = [
    { label: 'No commitment', termMonths: 0, usdPerUnitHour: 48 },
    { label: '6 months', termMonths: 6, usdPerUnitHour: 12 },
  ];

  test('the curve, the counts and the least cost are those of the lever', () => {
    const lab = capacityLab(scenario([units]), base, units, offers);
    expect([lab.curve[0], lab.curve[23], lab.peak]).toEqual([2.5, 0.5, 2.5]);
    expect(lab.counts.map(({ total }) => total)).toEqual(
      [1440, 1296, 1392, 1728].map((c) => expect.closeTo(c, 6)),
    );
    expect(lab.counts[1]!.total).toBeCloseTo(evaluateScenario(scenario([units]), base).after!.base, 6);
    // a unit's hour of 40M is worth $40
    expect(lab.breakEvenUse).toBeCloseTo(0.6, 9);
  });

  test('without a price of a unit’s hour its hours are known and its costs are not', () => {
    const free = { ...units, usdPerUnitHour: exactly(0), termMonths: 0 };
    const lab = capacityLab(scenario([free]), base, free, []);
    expect(lab.counts.map(({ overflow }) => overflow)).toEqual(
      [1440, 720, 240, 0].map((cost) => expect.closeTo(cost, 6)),
    );
    expect(lab.counts.map(({ fixed }) => fixed)).toEqual([0, null, null, null]);
    expect(lab.counts.slice(1).map(({ total }) => total)).toEqual([null, null, null]);
    expect([lab.breakEvenUse, lab.schedule, lab.noSchedule]).toEqual([null, null, null]);
  });

  test('requests that cost twice as much by day cost that much above the units as well: the lab says what the lever does', () => {
    // By day 60M at $2 and 40M at $1 an hour, by night 20M at $1: 160 and 20 an hour, 2160 a day.
    const place = (region: string, input: number, price: number) =>
      usage(region, {
        tokens: { input },
        vector: { ...NOVA, region },
        prices: { on_demand: { input: price } },
      });
    const [dear, cheap] = [place('eu-west-1', 720, 2), place('us-east-1', 720, 1)];
    const byDay = hours.map((_, hour) => hour < 12);
    const rows = [
      { vector: dear, input: byDay.map((day) => M(day ? 60 : 0)) },
      { vector: cheap, input: byDay.map((day) => M(day ? 40 : 20)) },
    ];
    const mixed = bill([dear, cheap], {
      daysCovered: 1,
      hourly: {
        hours: 24,
        localTimes: [],
        rows: rows.map((row) => ({
          key: usageKeyOf(row.vector),
          at: hours.map((_, hour) => hour),
          input: row.input,
          output: hours.map(() => 0),
        })),
      },
    });
    const lab = capacityLab(scenario([units]), mixed, units, []);
    // one unit serves 40 % of each hour of the day: 576 + 12 × 0.6 × 160; two 80 %: 1152 + 12 × 0.2 × 160
    expect(lab.counts.map(({ total }) => total)).toEqual(
      [2160, 1728, 1536, 1728].map((cost) => expect.closeTo(cost, 6)),
    );
    for (const count of lab.counts.slice(1)) {
      const bought = scenario([{ ...units, units: count.units }]);
      expect(evaluateScenario(bought, mixed).after!.base).toBeCloseTo(count.total!, 6);
    }
  });

  test('each term has its own count of least cost; the cheapest term comes first', () => {
    const { offers: found } = capacityLab(scenario([units]), base, units, offers);
    // at 12: 2 units 576 + 240 = 816 < 1 unit 288 + 720 = 1008, 3 units 864; at 48: none pays
    expect(found.map(({ label, best }) => [label, best.units, best.total])).toEqual([
      ['6 months', 2, expect.closeTo(816, 6)],
      ['No commitment', 0, expect.closeTo(1440, 6)],
    ]);
  });

  test('what a lever before it has taken is not in the curve; what comes after it is', () => {
    const half = batch(0.5);
    expect(capacityLab(scenario([half, units]), base, units, []).peak).toBeCloseTo(1.25, 9);
    expect(capacityLab(scenario([units, half]), base, units, []).peak).toBeCloseTo(2.5, 9);
  });

  test('twice the volume from February on: the curve doubles, and two units cost least where one did', () => {
    const growing = scenario([units], {
      growth: [{ scope: [], perMonth: exactly(1), onceFrom: '2027-02' }],
    });
    const ahead = capacityLab(growing, base, units, offers, '2027-02');
    expect([ahead.curve[0], ahead.curve[23], ahead.peak, ahead.volume]).toEqual([5, 1, 5, 2]);
    // 12 hours of 200M and 12 of 40M at $1 a million, 24 hours at $24 a unit: on demand 2400 + 480 = 2880; one unit
    // 576 + 12 × 160 = 2496; two 1152 + 12 × 120 = 2592; three 1728 + 960; four 2304 + 480; five 2880.
    expect(ahead.counts.map(({ total }) => total)).toEqual(
      [2880, 2496, 2592, 2688, 2784, 2880].map((c) => expect.closeTo(c, 6)),
    );
    // At 12 the fifth unit still pays: 5 × 288 = 1440, against 4 × 288 + 12 × 40 = 1632.
    expect(ahead.offers.map(({ label, best }) => [label, best.units, best.total])).toEqual([
      ['6 months', 5, expect.closeTo(1440, 6)],
      ['No commitment', 0, expect.closeTo(2880, 6)],
    ]);
    expect(capacityLab(growing, base, units, offers).peak).toBeCloseTo(2.5, 9);
    expect(capacityLab(growing, base, units, offers, '2027-01').peak).toBeCloseTo(2.5, 9);
  });

  test('month by month: 20 % more each, one unit until two cost less', () => {
    const growing = scenario([{ ...units, usdPerUnitHour: exactly(21) }], {
      horizon: { startMonth: null, months: 3 },
      growth: [{ scope: [], perMonth: exactly(0.2), onceFrom: null }],
    });
    const [lever] = growing.levers;
    const months = capacityMonths(growing, base, lever as typeof units);
    expect(months.map(({ month, volume }) => [month, volume])).toEqual([
      ['2026-11', expect.closeTo(1.2, 9)],
      ['2026-12', expect.closeTo(1.44, 9)],
      ['2027-01', expect.closeTo(1.728, 9)],
    ]);
    // At 21 a unit costs 504: the first serves both halves of the day, 480 and 288 or more; another one 480 at most.
    expect(months.map(({ peak, best }) => [peak, best?.units])).toEqual([
      [expect.closeTo(3, 9), 1],
      [expect.closeTo(3.6, 9), 1],
      [expect.closeTo(4.32, 9), 1],
    ]);
    const cheaper = { ...units, usdPerUnitHour: exactly(19) };
    // At 19 each busy unit pays while it is full: 3 of 3; 3 of 3.6, the fourth is worth 288 and costs 456; 4 of 4.32.
    expect(capacityMonths(growing, base, cheaper).map(({ best }) => best?.units)).toEqual([3, 3, 4]);
  });

  test('a lever before it that starts in February leaves January alone', () => {
    const half = { ...batch(0.5), startMonth: '2027-02' };
    const growing = scenario([half, units], {
      growth: [{ scope: [], perMonth: exactly(0), onceFrom: null }],
    });
    expect(capacityLab(growing, base, units, [], '2027-01').peak).toBeCloseTo(2.5, 9);
    expect(capacityLab(growing, base, units, [], '2027-02').peak).toBeCloseTo(1.25, 9);
  });

  test('without hours there is a reason and no curve', () => {
    const lab = capacityLab(scenario([units]), { ...base, hourly: null }, units, offers);
    expect(lab).toMatchObject({ curve: [], counts: [], offers: [], refusals: [{ code: 'no_hours' }] });
    expect(lab.peak).toBeNull();
  });
});

describe('cache: Sonnet writes at 1.25 and 2, reads at 0.1', () => {
  const cache = caching(1, 0.5);
  const lab = cacheLab(scenario([cache]), bill([usage('a', { tokens: { input: 10 } })]), cache);
  const [model] = lab.models;
  const [short, long] = model!.lifetimes;

  test('6 requests an hour: 0.7975 for 5 minutes, 0.1047 for 1 hour', () => {
    const six = CACHE_LAB_RATES.indexOf(6);
    expect(short!.curve[six]).toBeCloseTo(0.7975, 4);
    expect(long!.curve[six]).toBeCloseTo(0.1047, 4);
  });

  test('5 minutes pay from 2.94 requests an hour, 1 hour from 0.747, and beats it from 0.548', () => {
    expect(short!.breakEvenRate).toBeCloseTo(2.94, 2);
    expect(long!.breakEvenRate).toBeCloseTo(0.747, 3);
    expect(model!.longerFrom).toBeCloseTo(0.548, 3);
    expect(short!.breakEvenReads).toBeCloseTo(0.2778, 4);
    expect(long!.breakEvenReads).toBeCloseTo(1.1111, 4);
  });

  test('at the arrival stated: 6 an hour at random compares both lifetimes, a stated hit share only its own', () => {
    const at = (arrival: Parameters<typeof caching>[1]) => {
      const own = caching(1, arrival);
      return cacheLab(
        scenario([own]),
        bill([usage('a', { tokens: { input: 10 } })]),
        own,
      ).models[0]!.lifetimes.map(({ asStated }) => asStated);
    };
    expect(at({ pattern: 'poisson', requestsPerHour: exactly(6) })).toEqual([
      expect.closeTo(0.7975, 4),
      expect.closeTo(0.1047, 4),
    ]);
    // 1.25 × 0.5 + 0.1 × 0.5
    expect(at(0.5)).toEqual([expect.closeTo(0.675, 9), null]);
    // Not stated is not 0 hits, at which every request would pay the write.
    expect(at(0)).toEqual([null, null]);
    expect(at({ pattern: 'poisson', requestsPerHour: exactly(0) })).toEqual([null, null]);
  });

  test('only lifetimes with a price are drawn, and the minimum prefix is the model’s', () => {
    expect(model!.lifetimes.map(({ lifetime }) => lifetime)).toEqual(['5m', '1h']);
    expect(model!.minimum).toEqual({ low: 1024, high: 1024 });
  });
});

const SONNET_PLACE = {
  provider: 'Anthropic',
  model: 'Claude Sonnet 4.5',
  variant: null,
  region: 'us-east-1',
  regionTier: 'global',
  contextBand: 'standard',
} as const;

test('residency: 300 globally, 330 in the geography; a tier without a price is not stated', () => {
  const elsewhere = pricesAt({ ...SONNET_PLACE, regionTier: 'geo' }, { on_demand: { input: 3.3 } });
  const stay = lever('residency', { share: exactly(0.5), tier: 'geo', region: null });
  const base = bill([usage('a', { tokens: { input: 100 } })], { elsewhere });
  expect(residencyLab(scenario([stay]), base, stay).rows).toEqual([
    {
      model: 'Claude Sonnet 4.5',
      tokens: M(100),
      today: expect.closeTo(300, 9),
      tiers: { global: expect.closeTo(300, 9), geo: expect.closeTo(330, 9), in_region: null, regional: null },
    },
  ]);
});
