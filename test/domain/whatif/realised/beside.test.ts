// What later bills say of levers whose effect is not in the rate of a token, by hand. October 2026 is the baseline: 31
// days, 310 million tokens in and 31 out of Claude Sonnet 4.5 at 3 and 15: 930 + 465 = 1,395, which is 45 a day.
import { describe, expect, test } from 'vitest';
import { realisedNotes } from '../../../../shared/domain/whatif/realised/answer.ts';
import { realise } from '../../../../shared/domain/whatif/realised/realise.ts';
import type { Lever } from '../../../../shared/domain/whatif/scenario.ts';
import type { OutsideCost, PaidCapacity } from '../../../../shared/domain/whatif/vectors.ts';
import { usageKeyOf } from '../../../../shared/domain/whatif/vectors.ts';
import { exactly, lever, usage } from '../bill.ts';
import { later, OCTOBER, planned } from './plans.ts';

const close = (value: number) => expect.closeTo(value, 6);
const UNTOLD = { volumeEffect: null, mixEffect: null, newUsage: null, realised: null };

/** Thirty days with two thirds of October's daily use: 200 in, 20 out for 600 + 300. */
const FEWER = [usage('1', { tokens: { input: 200, output: 20 } })];

const agents = (parts: Partial<Parameters<typeof lever<'agents'>>[1]>): Lever =>
  lever('agents', {
    runs: [{ calls: 4, weight: 1 }],
    maxCalls: null,
    systemTokens: 1000,
    growthTokens: 0,
    systemCut: exactly(0),
    growthCut: exactly(0),
    ...parts,
  });

describe('shown as billed, and never told from less work', () => {
  test('fewer retries: a third less planned, a third less billed, and no saving is claimed', () => {
    const plan = planned([lever('overhead', { overheadNow: exactly(0.5), overheadAfter: exactly(0) })]);
    const [row] = realise(plan, [later(plan, '2026-11', 30, FEWER)]);
    expect(row).toMatchObject({ notFollowed: null, untold: expect.stringContaining('Retries') });
    // Planned: a third of 1,395, for thirty of its 31 days.
    expect(row?.total).toMatchObject({
      ...UNTOLD,
      baselineCost: close(1350),
      cost: close(900),
      planned: close(450),
      measure: close(220e6 / 30),
      measurePlanned: close((341e6 / 31) * (2 / 3)),
    });
    expect(row?.measure).toMatchObject({ name: 'Tokens billed a day', before: close(11e6) });
  });

  test('fewer calls a run are fewer tokens of every kind', () => {
    const plan = planned([agents({ maxCalls: 2 })]);
    const [row] = realise(plan, [later(plan, '2026-11', 30, FEWER)]);
    // Two calls of four: half of everything.
    expect(row?.total).toMatchObject({ ...UNTOLD, planned: close(675) });
    expect(row?.untold).toMatch(/Fewer calls/u);
  });

  test('both sides cut, without counts: what to import is said', () => {
    const plan = planned([
      lever('trimming', { inputCut: exactly(0.2), cachedCut: exactly(0), outputCut: exactly(0.2) }),
    ]);
    const [row] = realise(plan, [later(plan, '2026-11', 30, FEWER)]);
    expect(row?.total).toMatchObject({ ...UNTOLD, planned: close(270) });
    expect(row?.untold).toMatch(/Import request counts by model/u);
  });

  const units = (days: number): PaidCapacity => ({
    id: 'capacity-1',
    family: 'provisioned',
    provider: 'Anthropic',
    model: 'Claude Sonnet 4.5',
    region: 'us-east-1',
    meter: 'model_unit_hour',
    variant: null,
    term: 'none',
    billedAs: 'native',
    inScopes: [0],
    hours: 24 * days,
    invoiced: 24 * days,
  });

  test('model units bought: the tokens that are left and the units, against what was planned', () => {
    const [vector] = OCTOBER;
    const even = Array.from({ length: 744 }, (_, hour) => hour);
    // One unit serves all of it: 31 days of 24 hours at 1 are 744 instead of 1,395.
    const buy = lever('provisioned', {
      units: 1,
      spareUnits: 0,
      unitInputPerMinute: 1e6,
      unitOutputPerMinute: 1e6,
      usdPerUnitHour: exactly(1),
      termMonths: 0,
      peakFactor: exactly(1),
      overflow: 'spill',
      timeZone: 'UTC',
    });
    const row = { key: '', at: even, input: even.map(() => 310e6 / 744), output: even.map(() => 31e6 / 744) };
    const hourly = {
      hours: 744,
      localTimes: [],
      rows: [{ ...row, key: usageKeyOf({ ...vector!, inScopes: [] }) }],
    };
    const plan = planned([buy], OCTOBER, undefined, { hourly });
    const held = later(plan, '2026-11', 30, FEWER.slice(0, 0), undefined, {
      capacity: [{ ...units(30), inScopes: [] }],
    });
    const [found] = realise(plan, [held]);
    expect(found?.untold).toMatch(/not billed by the token/u);
    // The lever's hours are 730 a month of 365 ÷ 12 days, which is 24 a day: 1,395 − 744, for thirty days.
    expect(found?.total).toMatchObject({
      ...UNTOLD,
      baselineCost: close(1350),
      cost: close(720),
      planned: close((1395 - 744) * (30 / 31)),
      measure: close(0),
      measurePlanned: close(0),
    });
  });

  test('an endpoint and a model of your own are watched too, each with its reason', () => {
    const endpoint = lever('endpoint', {
      share: exactly(1),
      instances: 1,
      softwarePerHour: exactly(0),
      infrastructurePerHour: exactly(1),
      scheduledHours: null,
      tokensPerSecond: 1e6,
      utilisation: exactly(1),
    });
    const own = lever('custom_model', {
      share: exactly(0.5),
      baseModel: null,
      teacherInputMillions: 0,
      teacherOutputMillions: 0,
      teacherUsdInput: 0,
      teacherUsdOutput: 0,
      trainingMillions: 0,
      epochs: 1,
      usdPerMillionTraining: 0,
      storagePerMonth: exactly(0),
      serving: 'on_demand',
      usdPerMillionInput: exactly(1),
      usdPerMillionOutput: exactly(5),
      units: 0,
      usdPerUnitHour: exactly(0),
      copies: 1,
      usdPerUnitMinute: exactly(0),
      windowsPerDay: exactly(0),
    });
    const one = planned([endpoint]);
    const other = planned([own]);
    expect(one.levers[0]).toMatchObject({ untold: expect.stringContaining('instances'), notFollowed: null });
    expect(other.levers[0]).toMatchObject({ untold: expect.stringContaining('of your own') });
    // Half of 1,395 at a third of the price saves 465.
    const [row] = realise(other, [later(other, '2026-11', 31, OCTOBER)]);
    expect(row?.total).toMatchObject({ ...UNTOLD, planned: close(465), cost: close(1395) });
  });
});

describe('told, where something else says how much use there was', () => {
  test('a shorter system prompt: the output says it, since every run keeps its calls', () => {
    const plan = planned([agents({ systemCut: exactly(0.5) })]);
    expect(plan.levers[0]).toMatchObject({ volumeIn: 'output', untold: null });
    // As much output with half of the input: 465 of 930 saved, as planned.
    const halved = [usage('1', { tokens: { input: 155, output: 31 } })];
    const [row] = realise(plan, [later(plan, '2026-11', 31, halved)]);
    expect(row?.total).toMatchObject({ realised: close(465), planned: close(465), volumeEffect: close(0) });
  });

  test('a model that writes nothing has no output to tell its use by: the plan is kept and read again', () => {
    const embedding = usage('2', { tokens: { input: 5 }, vector: { model: 'Embed' } });
    const { cells } = planned([agents({ systemCut: exactly(0.5) })], [...OCTOBER, embedding]).levers[0]!;
    expect(cells).toMatchObject([
      { cell: 'Claude Sonnet 4.5', factor: expect.any(Number) },
      { cell: 'Embed', cost: close(15), volume: 0, factor: 1 },
    ]);
  });

  test('both sides cut, with counts: requests are the volume', () => {
    const cut = lever('trimming', {
      inputCut: exactly(0.2),
      cachedCut: exactly(0),
      outputCut: exactly(0.2),
    });
    const counted = (requests: number) => new Map([['trimming', new Map([['Claude Sonnet 4.5', requests]])]]);
    const plan = planned([cut], OCTOBER, undefined, {}, counted(31_000));
    expect(plan.levers[0]).toMatchObject({
      volumeIn: 'requests',
      measure: { name: 'Tokens a request', before: close(11_000), planned: close(8800) },
    });
    // Twice the requests in as many days would have cost 2,790; with a tenth less in each they cost 2,511.
    const november = [usage('1', { tokens: { input: 558, output: 55.8 } })];
    const month = later(plan, '2026-11', 31, november, undefined, { counts: counted(62_000) });
    const [row] = realise(plan, [month]);
    expect(row?.total).toMatchObject({
      volumeEffect: close(1395),
      realised: close(279),
      planned: close(558),
      measure: close(9900),
    });
    // A month with a day that nobody counted tells nothing, and takes the total with it.
    const uncounted = later(plan, '2026-12', 31, november);
    const [both] = realise(plan, [month, uncounted]);
    expect(both?.months.map(({ realised }) => realised)).toEqual([close(279), null]);
    // What was billed is known whoever counted; how much of it was use is not, so nothing can be planned of it either.
    expect(both?.months[1]).toMatchObject({ cost: close(2511), baselineCost: close(1395), planned: null });
    expect(both?.total).toMatchObject({ cost: close(5022), realised: null, planned: null });
    expect(realisedNotes(plan, [month, uncounted]).join(' ')).toMatch(/not counted on every day of 2026-12/u);
  });

  const guardrails = (invoiced: number): OutsideCost => ({
    reason: 'not_tokens',
    label: 'guardrails',
    chargeType: 'Usage',
    provider: 'Amazon',
    billedAs: 'native',
    inScopes: [],
    invoiced,
  });
  const check = (now: number, after: number) =>
    lever('guardrails', {
      requestsPerMonth: exactly(365_000 / 31),
      inputCharacters: 1000,
      outputCharacters: 1000,
      usdPerThousandUnits: exactly(0.6),
      coverageNow: exactly(now),
      coverageAfter: exactly(after),
    });

  test('guardrails by the tokens they check: less coverage, twice the use', () => {
    // 12,000 requests in 31 days × 2 units × 0.60 ÷ 1,000 = 14.40 for all of them; half of it saves 7.20.
    const plan = planned([check(1, 0.5)], OCTOBER, undefined, { outside: [guardrails(14.4)] });
    const november = [usage('1', { tokens: { input: 620, output: 62 } })];
    const month = later(plan, '2026-11', 31, november, undefined, { outside: [guardrails(18)] });
    const [row] = realise(plan, [month]);
    // At October's rate twice the tokens would have cost 28.80.
    expect(row?.total).toMatchObject({
      baselineCost: close(14.4),
      volumeEffect: close(14.4),
      realised: close(10.8),
      planned: close(14.4),
    });
  });

  test('guardrails that were not there before cost as much as they cost: planned and realised below zero', () => {
    const plan = planned([check(0, 1)]);
    const month = later(plan, '2026-11', 31, OCTOBER, undefined, { outside: [guardrails(20)] });
    const [row] = realise(plan, [month]);
    expect(row?.total).toMatchObject({ cost: close(20), realised: close(-20), planned: close(-14.4) });
    const fewer = realise(plan, [later(plan, '2026-11', 31, FEWER)]);
    expect(fewer[0]?.total?.volumeEffect).toBe(0);
  });
});
