// Units switched by the hour of the users' own day, over a month in which the clocks change. Worked by hand.
import { describe, expect, test } from 'vitest';
import { capacityLab } from '../../../shared/domain/whatif/capacity-lab.ts';
import { localHours, localTimeIn } from '../../../shared/domain/whatif/local-time.ts';
import { needsOf } from '../../../shared/domain/whatif/needs.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { usageKeyOf } from '../../../shared/domain/whatif/vectors.ts';
import { leverStated } from '../../../shared/format/lever-stated.ts';
import { localTimeOver, timeZones } from '../../../shared/format/time-zone.ts';
import { bill, exactly, lever, scenario, usage } from './bill.ts';

/** 22 working days; the clocks of Berlin go from 02:00 to 03:00 on Sunday the 29th, which is 01:00 in UTC. */
const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const HOURS = 31 * 24;
const BERLIN = localTimeOver('Europe/Berlin', MARCH)!;

/** 09:00 to 17:00 in Berlin on working days: 08:00 to 16:00 UTC until the 27th, 07:00 to 15:00 on the 30th and 31st. */
const OFFICE = Array.from({ length: 31 }, (_, index) => index + 1)
  .filter((day) => ![0, 6].includes(new Date(Date.UTC(2026, 2, day)).getUTCDay()))
  .flatMap((day) => Array.from({ length: 8 }, (_, hour) => (day - 1) * 24 + hour + (day < 29 ? 8 : 7)));

// Six million tokens in each of those 176 hours: on demand at 10 a million 60 an hour; one unit serves them for 50.
const use = usage('a', {
  tokens: { input: 6 * 176 },
  prices: { on_demand: { input: 10, output: 10 }, batch: { input: 5, output: 5 } },
});
const row = { key: usageKeyOf(use), at: OFFICE, input: OFFICE.map(() => 6e6), output: OFFICE.map(() => 0) };
const base = bill([use], {
  period: MARCH,
  daysCovered: 31,
  hourly: { hours: HOURS, rows: [row], localTimes: [BERLIN] },
});
const units = (timeZone: string) =>
  lever('provisioned', {
    units: 0,
    spareUnits: 0,
    unitInputPerMinute: 100_000,
    unitOutputPerMinute: 100_000,
    usdPerUnitHour: exactly(50),
    termMonths: 0,
    peakFactor: exactly(1),
    overflow: 'spill',
    timeZone,
  });
const asked = (timeZone: string) =>
  scenario([units(timeZone)], { baseline: { period: MARCH, where: [], workload: null } });
const scheduleIn = (timeZone: string, on = base) =>
  capacityLab(asked(timeZone), on, units(timeZone), []).schedule;

describe('a schedule by the clock of the office', () => {
  test('in Berlin: one unit in eight hours of 22 working days, 8 × 22 × 50 = 8,800, and none else', () => {
    const found = scheduleIn('Europe/Berlin');
    expect(found?.slots.filter((slot) => slot.units > 0)).toEqual(
      [9, 10, 11, 12, 13, 14, 15, 16].map((hour) => ({
        weekend: false,
        start: hour * 60,
        hours: 22,
        units: 1,
        cost: 1100,
      })),
    );
    expect(found?.total).toBeCloseTo(8800, 6);
    expect(found?.timeZone).toBe('Europe/Berlin');
  });

  test('in UTC the two days after the change are an hour off: 8,920', () => {
    // 08:00 to 15:00 UTC is used on all 22 days: 7 × 1,100 = 7,700. 15:00 on 20 of them: the unit, 1,100, is cheaper
    // than 20 × 60. 07:00 on 2 of them: on demand, 120, is cheaper than the unit.
    const found = scheduleIn('UTC');
    expect(found?.slots.filter(({ cost }) => cost > 0).map((slot) => [slot.start / 60, slot.units])).toEqual([
      [7, 0],
      ...[8, 9, 10, 11, 12, 13, 14, 15].map((hour) => [hour, 1]),
    ]);
    expect(found?.total).toBeCloseTo(8920, 6);
  });

  test('the ledger says the same figure and the time zone it holds in, and so does what the lever states', () => {
    const fact = evaluateScenario(asked('Europe/Berlin'), base).ledger[0]!.facts.find(
      ({ name }) => name === 'cost with units on a schedule',
    );
    expect(fact?.value).toBeCloseTo(8800, 6);
    expect(fact?.note).toContain('Europe/Berlin');
    expect(leverStated(units('Europe/Berlin'))).toContainEqual({
      name: 'Time zone of a schedule by the hour',
      unit: 'text',
      value: 'Europe/Berlin',
    });
  });

  test('a zone that the baseline was not read for gives no schedule rather than one in UTC', () => {
    expect(scheduleIn('America/New_York')).toBeNull();
    const fact = evaluateScenario(asked('America/New_York'), base).ledger[0]!.facts.find(
      ({ name }) => name === 'cost with units on a schedule',
    );
    expect(fact).toMatchObject({ value: null, note: expect.stringContaining('time zone') });
  });

  test('clocks that change by half an hour give no schedule of overlapping hours, and say why', () => {
    // Lord Howe goes from 11:00 to 10:30 ahead of UTC on Sunday, 5 April 2026; March has one offset throughout.
    const april = { from: '2026-04-01', to: '2026-04-30' };
    const zone = 'Australia/Lord_Howe';
    const month = (period: typeof MARCH, days: number) =>
      bill([use], {
        period,
        daysCovered: days,
        hourly: { hours: days * 24, rows: [row], localTimes: [localTimeOver(zone, period)!] },
      });
    const overlapping = { ...asked(zone), baseline: { period: april, where: [], workload: null } };
    const lab = capacityLab(overlapping, month(april, 30), units(zone), []);
    expect(lab.schedule).toBeNull();
    expect(lab.noSchedule).toContain('change by part of an hour within these days');
    const fact = evaluateScenario(overlapping, month(april, 30)).ledger[0]!.facts.find(
      ({ name }) => name === 'cost with units on a schedule',
    );
    expect(fact).toMatchObject({ value: null, note: lab.noSchedule });
    const steady = capacityLab(asked(zone), month(MARCH, 31), units(zone), []);
    expect(steady.noSchedule).toBeNull();
    expect(steady.schedule?.slots.every(({ start }) => start % 60 === 0)).toBe(true);
  });

  test('the zones a scenario needs are read once each; UTC needs none', () => {
    const levers = [units('Europe/Berlin'), units('UTC'), { ...units('Europe/Berlin'), id: 'again' }];
    expect(needsOf({ levers, growth: [] }).timeZones).toEqual(['Europe/Berlin']);
  });
});

describe('the hours of a day of change', () => {
  const hoursOf = (period: typeof MARCH, zone: string) => localHours(period, localTimeOver(zone, period)!);
  const starts = (period: typeof MARCH, zone: string) => hoursOf(period, zone).map(({ start }) => start / 60);

  test('in spring 02:00 is not there; every hour of the bill still is, once', () => {
    const sunday = { from: '2026-03-29', to: '2026-03-29' };
    expect(BERLIN.offsets).toEqual([
      { hour: 0, minutes: 60 },
      { hour: 28 * 24 + 1, minutes: 120 },
    ]);
    expect(starts(sunday, 'Europe/Berlin')).toEqual([
      1,
      ...[3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
      ...[16, 17, 18, 19, 20, 21, 22, 23, 0, 1],
    ]);
  });

  test('in autumn 02:00 is there twice', () => {
    const sunday = { from: '2026-10-25', to: '2026-10-25' };
    expect(starts(sunday, 'Europe/Berlin').slice(0, 4)).toEqual([2, 2, 3, 4]);
    expect(starts(sunday, 'UTC')).toEqual(Array.from({ length: 24 }, (_, hour) => hour));
  });

  test('a month of Berlin: weekends have eight hours at 02:00 where they have nine at 03:00', () => {
    const all = hoursOf(MARCH, 'Europe/Berlin');
    const count = (weekend: boolean, hour: number): number =>
      all.filter((one) => one.weekend === weekend && one.start === hour * 60).length;
    expect([count(true, 2), count(true, 3)]).toEqual([8, 9]);
    // The month begins at 01:00 of Sunday the 1st there, and ends at 01:59 of Wednesday, 1 April.
    expect([count(false, 0), count(false, 1), count(false, 2)]).toEqual([23, 23, 22]);
    expect(all).toHaveLength(HOURS);
  });

  test('weekends are those of the place: Friday 20:00 UTC is Saturday in Auckland', () => {
    const friday = { from: '2026-03-06', to: '2026-03-06' };
    expect(hoursOf(friday, 'Pacific/Auckland').map(({ weekend }) => weekend)).toEqual(
      Array.from({ length: 24 }, (_, hour) => hour >= 11),
    );
  });

  test('zones half an hour off begin their hours at half past', () => {
    const day = { from: '2026-03-02', to: '2026-03-02' };
    expect(hoursOf(day, 'Asia/Kolkata')[0]).toEqual({ weekend: false, start: 5 * 60 + 30 });
    expect(hoursOf(day, 'Asia/Kathmandu')[0]).toEqual({ weekend: false, start: 5 * 60 + 45 });
  });

  test('zones are offered by the name people know, each of them readable', () => {
    const zones = timeZones();
    expect(zones[0]).toBe('UTC');
    expect(zones).toEqual(expect.arrayContaining(['America/New_York', 'Asia/Kolkata', 'Europe/Kyiv']));
    expect(zones.filter((zone) => localTimeOver(zone, MARCH) === null)).toEqual([]);
    expect(new Set(zones).size).toBe(zones.length);
    // One place is not offered twice, by the name it had before as well.
    expect(zones.filter((zone) => /Calcutta|Kiev|Asmera|Saigon|Rangoon/u.test(zone))).toEqual([]);
  });

  test('no name that the platform does not know is taken for a zone', () => {
    expect(localTimeOver('Europe/Atlantis', MARCH)).toBeNull();
    expect(localTimeIn([BERLIN], 'Europe/Atlantis')).toBeNull();
  });
});
