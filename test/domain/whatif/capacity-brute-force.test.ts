// Model units and payback worked out a second time by trying everything: plain loops over hours, counts and months, with
// no code of the workbench that computes any of it.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { capacityLab } from '../../../shared/domain/whatif/capacity-lab.ts';
import { localTimeIn } from '../../../shared/domain/whatif/local-time.ts';
import { paidBackAt } from '../../../shared/domain/whatif/months.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { unitSchedule } from '../../../shared/domain/whatif/unit-schedule.ts';
import { usageKeyOf } from '../../../shared/domain/whatif/vectors.ts';
import { batch, bill, exactly, lever, scenario, usage } from './bill.ts';

/** Two weeks from Monday 5 October 2026. */
const FORTNIGHT = { from: '2026-10-05', to: '2026-10-18' };
const HOURS = 14 * 24;
const IN_UTC = { period: FORTNIGHT, localTime: localTimeIn([], 'UTC')! };

/** Tokens of each hour of the fortnight, many of them none. */
const traffic = fc.array(
  fc.record({
    at: fc.integer({ min: 0, max: HOURS - 1 }),
    input: fc.integer({ min: 0, max: 500 }),
    output: fc.integer({ min: 0, max: 100 }),
  }),
  { maxLength: 60 },
);
const prices = fc.record({
  unit: fc.integer({ min: 1, max: 400 }),
  input: fc.integer({ min: 0, max: 4 }),
  output: fc.integer({ min: 0, max: 9 }),
});
const PER_UNIT = { input: 100, output: 25 };

type Hour = { at: number; input: number; output: number };

/** Cost of some hours with a number of units: paid for every hour, and what does not fit at token rates. */
function costWith(
  units: number,
  hours: readonly Hour[],
  paidHours: number,
  rate: { unit: number; input: number; output: number },
) {
  let cost = units * rate.unit * paidHours;
  for (const { input, output } of hours) {
    const fits = Math.min(
      1,
      input === 0 ? 1 : (units * PER_UNIT.input) / input,
      output === 0 ? 1 : (units * PER_UNIT.output) / output,
    );
    cost += (1 - fits) * (input * rate.input + output * rate.output);
  }
  return cost;
}

function cheapest(hours: readonly Hour[], paidHours: number, rate: Parameters<typeof costWith>[3]): number {
  let least = Number.POSITIVE_INFINITY;
  for (let units = 0; units <= 40; units += 1)
    least = Math.min(least, costWith(units, hours, paidHours, rate));
  return least;
}

function merged(hours: readonly Hour[]): Hour[] {
  const all = Array.from({ length: HOURS }, (_, at) => ({ at, input: 0, output: 0 }));
  for (const { at, input, output } of hours) {
    all[at]!.input += input;
    all[at]!.output += output;
  }
  return all;
}

test('the schedule costs what trying every count in every hour of the week finds, and never more than one count for all', () => {
  fc.assert(
    fc.property(traffic, prices, (hours, rate) => {
      const all = merged(hours);
      const busy = all.filter(({ input, output }) => input + output > 0);
      const demand = {
        hours: HOURS,
        at: busy.map(({ at }) => at),
        input: busy.map(({ input }) => input),
        output: busy.map(({ output }) => output),
      };
      const byToken = busy.map(({ input, output }) => input * rate.input + output * rate.output);
      const found = unitSchedule(demand, PER_UNIT, byToken, rate.unit, IN_UTC, 100).schedule!;
      let expected = 0;
      for (const weekend of [false, true]) {
        for (let hour = 0; hour < 24; hour += 1) {
          // Days 5, 6, 12 and 13 from a Monday are Saturdays and Sundays.
          const own = all.filter(
            ({ at }) => at % 24 === hour && [5, 6, 12, 13].includes(Math.floor(at / 24)) === weekend,
          );
          expected += cheapest(own, own.length, rate);
        }
      }
      expect(found.total).toBeCloseTo(expected, 6);
      expect(found.total).toBeLessThanOrEqual(cheapest(all, HOURS, rate) + 1e-6);
    }),
    { numRuns: 150 },
  );
});

test('days that are not held give no schedule: nobody knows which hours are missing', () => {
  const demand = { hours: 13 * 24, at: [0], input: [1], output: [1] };
  expect(unitSchedule(demand, PER_UNIT, [2], 1, IN_UTC, 100)).toEqual({
    schedule: null,
    why: expect.stringContaining('not every day of the baseline is held'),
  });
});

describe('the lab', () => {
  const buy = (termMonths: number) =>
    lever('provisioned', {
      units: 1,
      spareUnits: 0,
      unitInputPerMinute: 1e6 / 60,
      unitOutputPerMinute: 1e6 / 60,
      usdPerUnitHour: exactly(10),
      termMonths,
      peakFactor: exactly(1),
      overflow: 'spill',
      timeZone: 'UTC',
    });
  // A million tokens in, 3.00, at nine o'clock of each of the ten working days, and five million, 15.00, at ten.
  const at = [0, 1, 2, 3, 4, 7, 8, 9, 10, 11].flatMap((day) => [day * 24 + 9, day * 24 + 10]);
  const use = usage('a', { tokens: { input: 60 } });
  const row = {
    key: usageKeyOf(use),
    at,
    input: at.map((hour) => (hour % 24 === 9 ? 1e6 : 5e6)),
    output: at.map(() => 0),
  };
  const base = bill([use], {
    period: FORTNIGHT,
    daysCovered: 14,
    hourly: { hours: HOURS, rows: [row], localTimes: [] },
  });
  const dates = { baseline: { period: FORTNIGHT, where: [], workload: null } };

  test('a unit for 10 an hour and a million tokens never pays 3 for each, at no hour', () => {
    const lab = capacityLab(scenario([buy(0)], dates), base, buy(0), []);
    expect(lab.schedule?.total).toBeCloseTo(180, 6);
    expect(lab.schedule?.slots.every(({ units }) => units === 0)).toBe(true);
  });

  test('at 2 an hour: one unit at nine, five at ten, ten days long; all hours of the fortnight would cost more', () => {
    const cheap = { ...buy(0), usdPerUnitHour: exactly(2) };
    const lab = capacityLab(scenario([cheap], dates), base, cheap, []);
    const used = lab.schedule?.slots.filter(({ units }) => units > 0);
    expect(used?.map(({ weekend, start, units }) => [weekend, start / 60, units])).toEqual([
      [false, 9, 1],
      [false, 10, 5],
    ]);
    // 10 × 1 × 2 + 10 × 5 × 2; on demand it is 180, and one unit for all 336 hours alone is 672.
    expect(lab.schedule?.total).toBeCloseTo(120, 6);
    const facts = evaluateScenario(scenario([cheap], dates), base).ledger[0]!.facts;
    expect(facts.find(({ name }) => name === 'cost with units on a schedule')?.value).toBeCloseTo(120, 6);
  });

  test('a term cannot be switched by the hour: the price without one is taken, and none gives no schedule', () => {
    const bound = buy(1);
    const ask = (offers: Parameters<typeof capacityLab>[3]) =>
      capacityLab(scenario([bound], dates), base, bound, offers).schedule;
    expect(ask([])).toBeNull();
    expect(ask([{ label: 'none', termMonths: 0, usdPerUnitHour: 2 }])).toMatchObject({ usdPerUnitHour: 2 });
  });
});

describe('payback', () => {
  test('is the first month from which the running total stays above nothing, whatever came before', () => {
    const months = fc.array(
      fc.record({ saving: fc.integer({ min: -50, max: 100 }), oneOff: fc.constantFrom(0, 0, 0, 80) }),
      { maxLength: 24 },
    );
    fc.assert(
      fc.property(months, (rows) => {
        let total = 0;
        const running = rows.map(({ saving, oneOff }) => {
          total += saving - oneOff;
          return { oneOff, cumulative: total };
        });
        let expected: number | null = null;
        for (let month = rows.length - 1; month >= 0; month -= 1) {
          if (running[month]!.cumulative < 0) break;
          if (rows.slice(month + 1).some(({ oneOff }) => oneOff > 0)) break;
          expected = month;
        }
        if (rows.every(({ oneOff }) => oneOff === 0)) expected = null;
        expect(paidBackAt(running)).toBe(expected);
      }),
    );
  });

  test('in cash: what the shortfall takes back at the end of the year is not paid back before', () => {
    const use = usage('a', { tokens: { input: 1000 / 3 } });
    const cashOf = (commit: number, organic: number) => {
      const answer = evaluateScenario(
        scenario([{ ...batch(1), oneOffCost: 1000 }], {
          commitment: {
            year: {
              start: '2026-11-01',
              commit,
              discount: 0,
              drawdown: 'before_discount',
              shortfallSettled: 'face',
              marketplaceCap: 1,
              support: 0,
            },
            organicAws: { low: organic, base: organic, high: organic + 1 },
            organicMarketplace: exactly(0),
            classes: [],
            directCost: null,
          },
        }),
        bill([use], { daysCovered: 365 / 12 }),
      );
      return answer.commitment!;
    };
    // A month costs 1,000 and batch 500: 1,000 of one-off cost is earned back at the end of the second.
    const free = cashOf(1, 0);
    expect(free.cashMonths.map(({ cash }) => Math.round(cash)).slice(0, 3)).toEqual([-500, 500, 500]);
    expect(free.paybackMonth).toBe('2026-12');
    // A commitment that the usage filled exactly: every dollar saved is shortfall, settled in October.
    const bound = cashOf(12_000, 0);
    expect(Math.round(bound.cashMonths.at(-1)!.shortfall)).toBe(-6000);
    expect(bound.paybackMonth).toBeNull();
  });
});
