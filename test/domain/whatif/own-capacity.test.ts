// Models and endpoints of one's own, and the money beside tokens: agents, guardrails, search capacity. Worked by hand.
import { describe, expect, test } from 'vitest';
import { expectedInput, inputOfRun } from '../../../shared/domain/whatif/agents.ts';
import { servingPerMonth } from '../../../shared/domain/whatif/custom-model.ts';
import { endpointPerMonth, ratePerMillion } from '../../../shared/domain/whatif/endpoint.ts';
import { guardrailCost, textUnits } from '../../../shared/domain/whatif/guardrails.ts';
import { ocuFloor } from '../../../shared/domain/whatif/knowledge-base.ts';
import { NEW_LEVERS } from '../../../shared/domain/whatif/new-levers.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { projectCost } from '../../../shared/domain/whatif/project-cost.ts';
import { bill, exactly, lever, MILLION, scenario, usage } from './bill.ts';

/** An average month, so that a month's charge stands unchanged over the baseline. */
const MONTH = { daysCovered: 365 / 12 };
const USE = bill([usage('a', { tokens: { input: 1000, output: 100 } })], MONTH);
const run = (...levers: Parameters<typeof scenario>[0]) => evaluateScenario(scenario(levers), USE);
const factOf = (answer: ReturnType<typeof run>, name: string) =>
  answer.ledger[0]!.facts.find((fact) => fact.name === name)?.value;

describe('model of your own', () => {
  type Custom = Parameters<typeof lever<'custom_model'>>[1];
  const custom = (parts: Partial<Custom> = {}) =>
    lever('custom_model', {
      share: exactly(1),
      baseModel: 'Nova Micro',
      teacherInputMillions: 0,
      teacherOutputMillions: 0,
      teacherUsdInput: 0,
      teacherUsdOutput: 0,
      trainingMillions: 0,
      epochs: 1,
      usdPerMillionTraining: 0,
      storagePerMonth: exactly(0),
      serving: 'on_demand',
      usdPerMillionInput: exactly(0.3),
      usdPerMillionOutput: exactly(2.5),
      units: 0,
      usdPerUnitHour: exactly(0),
      copies: 1,
      usdPerUnitMinute: exactly(0),
      windowsPerDay: exactly(0),
      ...parts,
    });
  const distilled = custom({
    teacherInputMillions: 10,
    teacherOutputMillions: 2,
    teacherUsdInput: 3,
    teacherUsdOutput: 15,
    trainingMillions: 12,
    usdPerMillionTraining: 3.78,
    storagePerMonth: exactly(1.95),
  });

  test('distillation: teacher 10M in and 2M out at 3/15, training 12M at 3.78, storage 1.95: 60 + 45.36 + 1.95', () => {
    expect(projectCost(distilled)).toBeCloseTo(60 + 45.36, 9);
    const answer = run(distilled);
    expect(factOf(answer, 'teacher tokens')).toBeCloseTo(60, 9);
    expect(factOf(answer, 'training')).toBeCloseTo(45.36, 9);
    expect(answer.ledger[0]!.charges).toMatchObject([{ label: 'Storage', amount: expect.closeTo(1.95, 9) }]);
  });

  test('4,500 by the token becomes 550 on demand, and the making is paid back in the first month', () => {
    // before 1000 × 3 + 100 × 15 = 4500; after 1000 × 0.3 + 100 × 2.5 = 550, and 1.95 storage
    const answer = run(distilled);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(4500 - 550 - 1.95, 9);
    expect(answer.monthly[0]).toMatchObject({ oneOff: expect.closeTo(105.36, 9) });
    expect(answer.paybackMonth).toBe(1);
  });

  test('three epochs train three times', () => {
    expect(projectCost(custom({ trainingMillions: 10, epochs: 3, usdPerMillionTraining: 4 }))).toBe(120);
  });

  test('on units the whole floor is charged however little is served', () => {
    const onUnits = (share: number) =>
      run(custom({ serving: 'units', units: 1, usdPerUnitHour: exactly(108.15), share: exactly(share) }));
    for (const share of [0.01, 1]) {
      expect(onUnits(share).ledger[0]!.charges[0]!.amount).toBeCloseTo(108.15 * 730, 6);
    }
    expect(onUnits(1).headlines.savingAtPrice?.base).toBeCloseTo(4500 - 78_949.5, 6);
  });

  test('imported: one window of 5 minutes on 2 units at 0.0785 a unit minute costs 0.785', () => {
    const imported = custom({
      serving: 'imported',
      units: 2,
      copies: 1,
      usdPerUnitMinute: exactly(0.0785),
      windowsPerDay: exactly(1),
    });
    expect(servingPerMonth(imported, 24)).toBeCloseTo(0.785, 12);
    // two copies, 144 windows a day (12 hours), 730 hours: 2 × 2 × 144 × 5 × 0.0785 × 730 ÷ 24
    const busy = { ...imported, copies: 2, windowsPerDay: exactly(144) };
    expect(servingPerMonth(busy, 730)).toBeCloseTo(6876.6, 6);
  });

  test('serving that is not priced is refused: nothing is free', () => {
    const answer = run(custom({ usdPerMillionInput: exactly(0), usdPerMillionOutput: exactly(0) }));
    expect(answer.ledger[0]).toMatchObject({
      moved: [],
      charges: [],
      guards: [{ code: 'serving_price_missing', refused: true }],
    });
  });
});

describe('endpoint', () => {
  type Endpoint = Parameters<typeof lever<'endpoint'>>[1];
  const endpoint = (parts: Partial<Endpoint> = {}) =>
    lever('endpoint', {
      share: exactly(1),
      instances: 2,
      softwarePerHour: exactly(5),
      infrastructurePerHour: exactly(3),
      scheduledHours: null,
      tokensPerSecond: 0,
      utilisation: exactly(1),
      ...parts,
    });

  test('2 × (5 + 3) for 730 hours is 11,680; for weekdays of 12 hours (264) it is 4,224', () => {
    expect(endpointPerMonth(endpoint(), 730)).toBe(11_680);
    expect(run(endpoint()).ledger[0]!.charges[0]!.amount).toBeCloseTo(11_680, 6);
    expect(run(endpoint({ scheduledHours: 264 })).ledger[0]!.charges[0]!.amount).toBeCloseTo(4224, 6);
  });

  test('self-host: $5 an hour at 1,500 tokens a second is 1.54 a million used to 60 %, 4.63 used to 20 %', () => {
    expect(ratePerMillion(5, 1500, 0.6)).toBeCloseTo(1.543, 3);
    expect(ratePerMillion(5, 1500, 0.2)).toBeCloseTo(4.63, 2);
    expect(ratePerMillion(5, 1500, 0)).toBeNull();
  });

  test('what does not fit stays by the token: 100 tokens a second serve 525.6M of 1,100M', () => {
    const answer = run(
      endpoint({
        instances: 2,
        tokensPerSecond: 100,
        softwarePerHour: exactly(0),
        infrastructurePerHour: exactly(1),
      }),
    );
    // 2 × 100 × 3600 × 730 = 525.6M tokens; their share of 4500 is not paid, 1460 for the instances is
    const share = 525.6 / 1100;
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(4500 * share - 1460, 6);
    expect(answer.ledger[0]!.guards.map(({ code }) => code)).toEqual(['capacity_short']);
  });

  test('without a speed it is not checked, and that is said; without a price nothing moves', () => {
    expect(run(endpoint()).ledger[0]!.guards[0]).toMatchObject({ code: 'capacity_unknown', refused: false });
    const free = run(endpoint({ softwarePerHour: exactly(0), infrastructurePerHour: exactly(0) }));
    expect(free.ledger[0]).toMatchObject({ moved: [], guards: [{ refused: true }] });
  });
});

describe('agents: n calls, system s, growth g a call: n·s + g·n(n − 1) ÷ 2', () => {
  const [s, g] = [1, 2 / 3];

  test('3 calls need 5.0 times the system prompt, 8 calls 26.7 times', () => {
    expect(inputOfRun(3, s, g)).toBeCloseTo(5, 9);
    expect(inputOfRun(8, s, g)).toBeCloseTo(26.667, 3);
  });

  test('half with 2 and half with 12 calls need 29.3; their mean of 7 would claim 21.0', () => {
    const runs = [
      { calls: 2, weight: 1 },
      { calls: 12, weight: 1 },
    ];
    expect(expectedInput(runs, s, g)).toBeCloseTo(29.333, 3);
    expect(inputOfRun(7, s, g)).toBeCloseTo(21, 9);
  });

  test('a limit of 8 calls cuts input to 26.7 ÷ 56 and output to 8 ÷ 12', () => {
    const capped = lever('agents', {
      runs: [{ calls: 12, weight: 1 }],
      maxCalls: 8,
      systemTokens: 3,
      growthTokens: 2,
      systemCut: exactly(0),
      growthCut: exactly(0),
    });
    const answer = run(capped);
    // 12 × 3 + 2 × 66 = 168; 8 × 3 + 2 × 28 = 80
    expect(answer.after?.base).toBeCloseTo((3000 * 80) / 168 + (1500 * 8) / 12, 6);
    expect(answer.ledger[0]!.moved[0]).toMatchObject({
      fromMeter: 'input',
      tokens: 1000 * MILLION,
      tokensAfter: expect.closeTo((1000 * MILLION * 80) / 168, 0),
    });
  });
});

describe('guardrails: 10K requests of 300 characters in and 1,200 out, 0.15 + 0.10 for 1,000 units', () => {
  const guarded = (now: number, after: number) =>
    lever('guardrails', {
      requestsPerMonth: exactly(10_000),
      inputCharacters: 300,
      outputCharacters: 1200,
      usdPerThousandUnits: exactly(0.25),
      coverageNow: exactly(now),
      coverageAfter: exactly(after),
    });

  test('each direction is rounded up: 1 + 2 units a request, $7.50', () => {
    expect([textUnits(300), textUnits(1200), textUnits(0), textUnits(1000)]).toEqual([1, 2, 0, 1]);
    expect(guardrailCost(guarded(0, 1), 1)).toBeCloseTo(7.5, 12);
  });

  test('checking everything costs 7.50 a month, half as much from half; less saves', () => {
    expect(run(guarded(0, 1)).headlines.savingAtPrice?.base).toBeCloseTo(-7.5, 9);
    expect(run(guarded(0.5, 1)).headlines.savingAtPrice?.base).toBeCloseTo(-3.75, 9);
    expect(run(guarded(1, 0.2)).headlines.savingAtPrice?.base).toBeCloseTo(6, 9);
  });
});

describe('search capacity behind knowledge bases', () => {
  const store = (kept: number, alternative: number) =>
    lever('knowledge_base', { ocusKept: exactly(kept), alternativePerMonth: exactly(alternative) });
  const withUnits = (ocu: { hours: number; invoiced: number } | null) => bill([], { ...MONTH, ocu });
  const four = withUnits({ hours: 4 * 730, invoiced: 4 * 730 * 0.24 });

  test('the floor of 2 units at 0.24 is 350.40 a month of 730 hours', () => {
    expect(ocuFloor(2, 0.24, 730)).toBeCloseTo(350.4, 9);
  });

  test('ending 4 running units saves what was invoiced for them, less the alternative', () => {
    const answer = evaluateScenario(scenario([store(0, 150)]), four);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(700.8 - 150, 6);
    expect(answer.ledger[0]!.charges.map(({ label }) => label)).toEqual([
      'Search capacity ended',
      'Alternative',
    ]);
  });

  test('keeping 2 of 4 saves half; keeping 1 is below the floor with redundancy', () => {
    expect(evaluateScenario(scenario([store(2, 0)]), four).headlines.savingAtPrice?.base).toBeCloseTo(
      350.4,
      6,
    );
    const codes = evaluateScenario(scenario([store(1, 0)]), four).ledger[0]!.guards.map(({ code }) => code);
    expect(codes).toEqual(['shared_floor', 'below_floor']);
  });

  test('a new lever ends nothing until somebody says what is kept, and ending all for nothing is said', () => {
    const fresh = { ...NEW_LEVERS.knowledge_base, id: 'fresh' };
    expect(evaluateScenario(scenario([fresh]), four)).toMatchObject({
      ledger: [{ charges: [], inOrder: null }],
      headlines: { savingAtPrice: null },
    });
    const codes = (one: ReturnType<typeof store>) =>
      evaluateScenario(scenario([one]), four).ledger[0]!.guards.map(({ code }) => code);
    expect(codes(store(0, 0))).toEqual(['shared_floor', 'alternative_free']);
    expect(codes(store(0, 1))).toEqual(['shared_floor']);
  });

  test('more than the bill shows is never ended', () => {
    const answer = evaluateScenario(scenario([store(0, 0)]), withUnits({ hours: 0, invoiced: 0 }));
    expect(answer.ledger[0]).toMatchObject({
      charges: [],
      guards: [{ code: 'no_capacity_units', refused: true }],
    });
    expect(evaluateScenario(scenario([store(9, 0)]), four).headlines.savingAtPrice?.base).toBe(0);
  });
});
