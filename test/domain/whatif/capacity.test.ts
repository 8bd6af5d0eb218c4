// Capacity by the hour, worked by hand.
import { describe, expect, test } from 'vitest';
import {
  breakEvenUse,
  costsByCount,
  type Demand,
  durationCurve,
  leastCost,
  serve,
} from '../../../shared/domain/whatif/capacity.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { sharesOf } from '../../../shared/domain/whatif/shares.ts';
import { usageKeyOf } from '../../../shared/domain/whatif/vectors.ts';
import { batch, bill, exactly, lever, MILLION, NOVA, scenario, usage } from './bill.ts';

const M = (millions: number): number => millions * MILLION;

describe('A: every hour 6M in and 2.4M out at 3 / 15; a unit costs $40 an hour and serves 6M in or 1.2M out', () => {
  const demand: Demand = { hours: 1, input: [M(6)], output: [M(2.4)] };
  const unit = { input: M(6), output: M(1.2) };
  // 6 × 3 + 2.4 × 15 an hour
  const byToken = [54];
  const counts = costsByCount(demand, unit, byToken, 40, 100);

  test('0, 1, 2 units cost 54, 67, 80: output is the tighter side, so one unit serves half of the requests', () => {
    expect(counts.map(({ total }) => total)).toEqual([
      expect.closeTo(54, 9),
      expect.closeTo(67, 9),
      expect.closeTo(80, 9),
    ]);
    expect(counts[1]).toMatchObject({ servedInput: M(3), servedOutput: M(1.2), fixed: 40 });
  });

  test('it never pays: the least cost is no unit, and a unit would have to be used to 148 %', () => {
    expect(leastCost(counts)!.units).toBe(0);
    // the mix needs 2 units and costs 54, so a full unit is worth 27; 40 ÷ 27
    expect(breakEvenUse(demand, unit, byToken, 40)).toBeCloseTo(40 / 27, 9);
  });
});

describe('B: 12 hours at 100M and 12 at 20M; a unit serves 40M an hour for $24, on demand costs $1/M', () => {
  const day = [...Array.from({ length: 12 }, () => M(100)), ...Array.from({ length: 12 }, () => M(20))];
  const demand: Demand = { hours: 24, input: day, output: day.map(() => 0) };
  const unit = { input: M(40), output: M(40) };
  const byToken = day.map((tokens) => tokens / MILLION);
  const counts = costsByCount(demand, unit, byToken, 24 * 24, 100);

  test('0, 1, 2, 3 units cost 1440, 1296, 1392, 1728 a day', () => {
    expect(counts.map(({ total }) => total)).toEqual(
      [1440, 1296, 1392, 1728].map((c) => expect.closeTo(c, 6)),
    );
    expect(leastCost(counts)!.units).toBe(1);
  });

  test('the daily mean would have claimed 1056: 60M an hour, of which one unit serves 40M', () => {
    const flat: Demand = { hours: 24, input: day.map(() => M(60)), output: day.map(() => 0) };
    expect(
      costsByCount(
        flat,
        unit,
        flat.input.map(() => 60),
        24 * 24,
        100,
      )[1]!.total,
    ).toBeCloseTo(1056, 6);
  });

  test('one unit overflows in 12 hours and is used to 75 %: full by day, half by night', () => {
    expect(serve(demand, unit)).toMatchObject({ hoursAbove: 12, utilisation: 0.75, overflowInput: M(720) });
  });

  test('the duration curve falls from 2.5 units to 0.5; idle hours are its end', () => {
    const curve = durationCurve({ ...demand, hours: 30 }, unit);
    expect([curve[0], curve[11], curve[12], curve[23], curve[24], curve.length]).toEqual([
      2.5, 2.5, 0.5, 0.5, 0, 30,
    ]);
  });
});

/** One day of a bill: 12 hours at 100M and 12 at 20M input tokens, at $1/M. */
const DAY = Array.from({ length: 24 }, (_, hour) => M(hour < 12 ? 100 : 20));
const vector = usage('a', {
  tokens: { input: 1440 },
  vector: NOVA,
  prices: { on_demand: { input: 1 }, batch: { input: 0.5 } },
});
const hourlyBill = bill([vector], {
  daysCovered: 1,
  hourly: {
    hours: 24,
    localTimes: [],
    rows: [{ key: usageKeyOf(vector), at: DAY.map((_, hour) => hour), input: DAY, output: DAY.map(() => 0) }],
  },
});

type Provisioned = Parameters<typeof lever<'provisioned'>>[1];
const provisioned = (parts: Partial<Provisioned> = {}) =>
  lever('provisioned', {
    units: 1,
    spareUnits: 0,
    unitInputPerMinute: M(40) / 60,
    unitOutputPerMinute: M(40) / 60,
    usdPerUnitHour: exactly(24),
    termMonths: 1,
    peakFactor: exactly(1),
    overflow: 'spill',
    timeZone: 'UTC',
    ...parts,
  });
const answerOf = (...levers: Parameters<typeof scenario>[0]) =>
  evaluateScenario(scenario(levers), hourlyBill);
const factOf = (answer: ReturnType<typeof answerOf>, name: string, at = 0) =>
  answer.ledger[at]!.facts.find((fact) => fact.name === name)?.value;

describe('the lever on the hours of a bill', () => {
  test('1440 on demand becomes 1296: 576 for the unit and 720 that spills over', () => {
    // 730 hours a month × 24 × 1 day ÷ (365 ÷ 12) = 576
    const answer = answerOf(provisioned());
    expect(answer.after?.base).toBeCloseTo(1296, 6);
    expect(answer.ledger[0]!.charges).toMatchObject([
      { label: 'Model units', amount: expect.closeTo(576, 6) },
    ]);
    expect(answer.ledger[0]!.moved).toMatchObject([
      { tokens: expect.closeTo(M(720), 0), toMode: 'provisioned', costAfter: 0 },
    ]);
    expect(factOf(answer, 'units of least cost')).toBe(1);
    expect(factOf(answer, 'hours above the capacity')).toBe(12);
    expect(factOf(answer, 'committed over the term')).toBe(24 * 730);
  });

  test('throttled requests are no saving: the figures stay, and it is said', () => {
    const answer = answerOf(provisioned({ overflow: 'throttle' }));
    expect(answer.after?.base).toBeCloseTo(1296, 6);
    expect(answer.ledger[0]!.guards[0]).toMatchObject({ code: 'throttled', refused: false });
  });

  test('a spare unit is paid and serves nothing', () => {
    expect(answerOf(provisioned({ spareUnits: 1 })).after?.base).toBeCloseTo(1296 + 576, 6);
  });

  test('minutes twice as busy as their hour halve what a unit can serve', () => {
    // 20M an hour: serves all of it in every hour, 480M in all; 576 + 960
    expect(answerOf(provisioned({ peakFactor: exactly(2) })).after?.base).toBeCloseTo(1536, 6);
  });

  test('what batch has taken needs no capacity any more', () => {
    // half is left: 50M and 10M; 1 unit serves 40 + 10; batch 720 × 0.5 = 360, unit 576, overflow 12 × 10 = 120
    const answer = answerOf(batch(0.5), provisioned());
    expect(answer.after?.base).toBeCloseTo(360 + 576 + 120, 6);
    expect(answer.ledger[1]!.guards.map(({ code }) => code)).toContain('in_batch');
  });

  test('batch after it finds only what spilled over', () => {
    const answer = answerOf(provisioned(), batch(1));
    expect(answer.after?.base).toBeCloseTo(576 + 360, 6);
    expect(answer.ledger[1]!.guards.map(({ code }) => code)).toEqual(['capacity_paid']);
  });

  test('the fixed cost is due in full while the traffic ramps up', () => {
    const answer = answerOf({ ...provisioned(), rampMonths: 2 });
    const perMonth = 365 / 12;
    // first month: half of the 720 a day it will serve, against all of the 576
    expect(answer.monthly[0]!.saving).toBeCloseTo((360 - 576) * perMonth, 4);
    expect(answer.monthly[1]!.saving).toBeCloseTo((720 - 576) * perMonth, 4);
  });

  test.each([
    ['capacity_unknown', provisioned({ unitInputPerMinute: 0 }), hourlyBill],
    ['no_hours', provisioned(), { ...hourlyBill, hourly: null }],
    ['no_hours', provisioned(), { ...hourlyBill, hourly: { hours: 24, rows: [], localTimes: [] } }],
  ])('%s: nothing is bought', (code, one, base) => {
    const answer = evaluateScenario(scenario([one]), base);
    expect(answer.ledger[0]).toMatchObject({ charges: [], moved: [], guards: [{ code, refused: true }] });
    expect(answer.headlines.savingAtPrice).toBeNull();
  });

  test('without hours there is no verdict: no figure anywhere, and the one that is known stands beside it', () => {
    const daily = { ...hourlyBill, hourly: null };
    const { ledger, headlines, readings, after } = evaluateScenario(scenario([provisioned()]), daily);
    expect(ledger).toMatchObject([{ alone: null, inOrder: null, interaction: null }]);
    expect(ledger[0]!.missing).toEqual([expect.stringContaining('no verdict')]);
    expect(headlines.savingReason).toMatch(/^No lever that is switched on comes to a figure/u);
    expect(readings.every(({ saving }) => saving === null)).toBe(true);
    expect(after).toBeNull();
    const both = scenario([provisioned(), batch(0.5)]);
    const answer = evaluateScenario(both, daily);
    expect(answer.ledger.map(({ inOrder }) => inOrder === null)).toEqual([true, false]);
    expect(answer.headlines.savingAtPrice?.base).toBe(answer.ledger[1]!.inOrder!.base);
    expect(sharesOf(both, daily, 1).shares[0]).toMatchObject({ share: null, error: null });
  });

  test('units whose price nobody states are not bought for nothing: no saving, no count of least cost', () => {
    const answer = answerOf(provisioned({ usdPerUnitHour: exactly(0), termMonths: 0 }));
    expect(answer.headlines.savingAtPrice).toBeNull();
    expect(answer.ledger[0]).toMatchObject({
      inOrder: null,
      charges: [],
      guards: [{ code: 'capacity_price_unstated', refused: true }],
    });
    for (const name of [
      'rate on the capacity',
      'units of least cost',
      'cost with the units of least cost',
      'cost with units on a schedule',
      'break-even use of a unit',
      'committed over the term',
    ])
      expect(factOf(answer, name)).toBeNull();
    expect(factOf(answer, 'units for the busiest hour')).toBe(2.5);
    expect(factOf(answer, 'cost of the traffic on demand')).toBeCloseTo(1440, 6);
  });

  test('a price that may be zero is stated: its low end is a free unit, its high end $48', () => {
    const answer = answerOf(provisioned({ usdPerUnitHour: { low: 0, base: 24, high: 48 } }));
    expect(answer.after).toMatchObject({
      low: expect.closeTo(720, 6),
      base: expect.closeTo(1296, 6),
      high: expect.closeTo(1872, 6),
    });
  });

  test('units serve one model: two in scope are refused with their names', () => {
    const two = bill([vector, usage('b', { tokens: { input: 1 } })], {
      daysCovered: 1,
      hourly: hourlyBill.hourly,
    });
    const [first] = evaluateScenario(scenario([provisioned()]), two).ledger;
    expect(first!.guards[0]).toMatchObject({ code: 'several_models', refused: true });
    expect(first!.guards[0]!.message).toContain('Claude Sonnet 4.5, Nova Pro');
  });
});

describe('reserved tier, Sonnet 4.5 global, 1 month at 0.18 and 0.90 for 1K tokens a minute', () => {
  type Reserved = Parameters<typeof lever<'reserved'>>[1];
  const reserved = (parts: Partial<Reserved> = {}) =>
    lever('reserved', {
      inputThousands: 100,
      outputThousands: 10,
      usdPerInputHour: exactly(0.18),
      usdPerOutputHour: exactly(0.9),
      termMonths: 1,
      peakFactor: exactly(1),
      cacheReadWeight: exactly(1),
      ...parts,
    });
  /** Every hour of a day at exactly the reservation: 6M in and 0.6M out an hour. */
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  const full = usage('a', { tokens: { input: 6 * 24, output: 0.6 * 24 } });
  const base = bill([full], {
    daysCovered: 1,
    hourly: {
      hours: 24,
      localTimes: [],
      rows: [
        { key: usageKeyOf(full), at: hours, input: hours.map(() => M(6)), output: hours.map(() => M(0.6)) },
      ],
    },
  });

  test('a month of 730 hours costs 13,140 for the input and 19,710 with the smallest output', () => {
    expect(100 * 0.18 * 730).toBeCloseTo(13_140, 9);
    const answer = evaluateScenario(scenario([reserved()]), base);
    expect(factOf(answer, 'committed over the term')).toBeCloseTo(19_710, 9);
  });

  test('at full use one month breaks even with on demand, and three months save 10 %', () => {
    const one = evaluateScenario(scenario([reserved()]), base);
    // on demand 144 × 3 + 14.4 × 15 = 648 a day
    expect(one.baseline.atPrice?.base).toBeCloseTo(648, 9);
    expect(one.headlines.savingAtPrice?.base).toBeCloseTo(0, 6);
    const three = evaluateScenario(
      scenario([
        reserved({ usdPerInputHour: exactly(0.162), usdPerOutputHour: exactly(0.81), termMonths: 3 }),
      ]),
      base,
    );
    expect(three.headlines.savingAtPrice?.base).toBeCloseTo(64.8, 6);
  });

  test('what is reserved without a price for one of its sides is not bought', () => {
    for (const part of [{ usdPerInputHour: exactly(0) }, { usdPerOutputHour: exactly(0) }]) {
      const [entry] = evaluateScenario(scenario([reserved(part)]), base).ledger;
      expect(entry).toMatchObject({
        inOrder: null,
        guards: [{ code: 'capacity_price_unstated', refused: true }],
      });
    }
  });

  test('below the minimum nothing is bought', () => {
    const answer = evaluateScenario(scenario([reserved({ outputThousands: 9 })]), base);
    expect(answer.ledger[0]).toMatchObject({
      charges: [],
      guards: [{ code: 'below_minimum', refused: true }],
    });
  });

  test('cache reads need capacity by their weight', () => {
    const cached = usage('c', { tokens: { input: 72, cache_read: 144, output: 14.4 } });
    const cachedBase = bill([cached], {
      daysCovered: 1,
      hourly: {
        hours: 24,
        localTimes: [],
        rows: [
          {
            key: usageKeyOf(cached),
            at: hours,
            input: hours.map(() => M(9)),
            output: hours.map(() => M(0.6)),
          },
        ],
      },
    });
    const share = (weight: number) => {
      const answer = evaluateScenario(scenario([reserved({ cacheReadWeight: exactly(weight) })]), cachedBase);
      return factOf(answer, 'share of the tokens served');
    };
    // an hour: 3M input + 6M reads × weight against 6M
    expect(share(1)).toBeCloseTo(6 / 9, 9);
    expect(share(0.5)).toBeCloseTo(1, 9);
  });
});
