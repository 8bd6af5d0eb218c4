// Later bills against a pinned plan, by hand. October 2026 is the baseline: 31 days, 310 million tokens in and 31 out of
// Claude Sonnet 4.5 at 3 and 15: 930 + 465 = 1,395. A million is the unit of tokens, batch costs half.
import { describe, expect, test } from 'vitest';
import { monthsSince, planState, realisedNotes } from '../../../../shared/domain/whatif/realised/answer.ts';
import { followedConditions, followingOf } from '../../../../shared/domain/whatif/realised/follow.ts';
import { planOf } from '../../../../shared/domain/whatif/realised/plan.ts';
import { realise } from '../../../../shared/domain/whatif/realised/realise.ts';
import type { PaidCapacity } from '../../../../shared/domain/whatif/vectors.ts';
import { batch, bill, caching, exactly, lever, scenario, target, usage } from '../bill.ts';
import { later, OCTOBER, planned } from './plans.ts';

const close = (value: number) => expect.closeTo(value, 6);

test('levers that share usage: a plan carried out to the letter is realised to the cent', () => {
  const routing = lever('routing', {
    share: exactly(0.5),
    targets: [target('Claude Haiku 4.5')],
    escalation: exactly(0),
    todayQuality: null,
    qualityFloor: null,
    requestCeiling: null,
    requestsPerMonth: null,
    routerPerMonth: exactly(0),
  });
  const scope = [{ dimension: 'model', operator: '=', values: ['Claude Sonnet 4.5'] }] as const;
  const unused = usage('h', {
    tokens: {},
    vector: { model: 'Claude Haiku 4.5' },
    prices: { on_demand: { input: 1, output: 5 } },
  });
  const plan = planned([batch(0.4, { scope }), { ...routing, scope }], [...OCTOBER, unused]);
  // 40 % go to batch; then half of all goes to the target, which is bought on demand since it has no price in batch.
  const carriedOut = [
    usage('1', { tokens: { input: 93, output: 9.3 } }),
    usage('2', { tokens: { input: 62, output: 6.2 }, vector: { mode: 'batch' } }),
    usage('3', {
      tokens: { input: 155, output: 15.5 },
      vector: { model: 'Claude Haiku 4.5' },
      paid: { input: 1, output: 5 },
    }),
  ];
  const [toBatch] = realise(plan, [later(plan, '2026-11', 31, carriedOut.slice(0, 2))]);
  // 155 in and 15.5 out at October's rates are 697.50; 418.50 and 139.50 in batch are billed. What left is no saving of it.
  expect(toBatch?.total).toMatchObject({ realised: close(139.5), planned: close(139.5) });
  const [, routed] = realise(plan, [later(plan, '2026-11', 31, carriedOut)]);
  // All of it: 1,395 less 558 and 155 + 77.50.
  expect(routed?.total).toMatchObject({ realised: close(604.5), planned: close(604.5) });
});

describe('batch: 40 % planned', () => {
  const plan = planned([batch(0.4)]);

  test('the plan takes a fifth off the rate of each side', () => {
    expect(plan.levers[0]).toMatchObject({
      measure: { name: 'Batch share of tokens', before: 0, planned: close(0.4) },
      cells: [
        { cell: 'Claude Sonnet 4.5, input', cost: close(930), volume: 310e6, factor: close(0.8) },
        { cell: 'Claude Sonnet 4.5, output', cost: close(465), volume: 31e6, factor: close(0.8) },
      ],
      notFollowed: null,
    });
  });

  const november = [
    usage('1', { tokens: { input: 120, output: 12 } }),
    usage('2', { tokens: { input: 40, output: 4 }, vector: { mode: 'batch' } }),
  ];

  test('fifteen days held: a quarter came to batch, and the rest of the change is more use', () => {
    const [row] = realise(plan, [later(plan, '2026-11', 15, november)]);
    // As many days of October cost 1,395 × 15 ÷ 31 = 675 for 165 million tokens; these days have 176 million, for
    // 360 + 180 + 60 + 30 = 630. At October's rates they would have cost 480 + 240 = 720: 45 more use, 90 saved.
    expect(row?.total).toEqual({
      daysHeld: 15,
      baselineCost: close(675),
      cost: close(630),
      volumeEffect: close(45),
      mixEffect: close(0),
      newUsage: 0,
      realised: close(90),
      // A fifth of 720.
      planned: close(144),
      measure: close(44 / 176),
      measurePlanned: close(0.4),
    });
    expect(row?.months[0]).toMatchObject({ month: '2026-11', partial: true, daysInMonth: 30 });
  });

  test('longer answers are mix, not a broken promise', () => {
    const usual = usage('1', { tokens: { input: 150, output: 30 } });
    const [row] = realise(plan, [later(plan, '2026-11', 15, [usual])]);
    // 450 + 450 = 900 at October's own rates: nothing saved. 180 million at October's mean of 675 ÷ 165 are 736.36.
    expect(row?.total).toMatchObject({
      realised: close(0),
      volumeEffect: close((675 / 165) * 15),
      mixEffect: close(900 - (675 / 165) * 180),
    });
  });

  test('a model that October does not have is new, not dear', () => {
    const other = usage('2', {
      tokens: { input: 10 },
      vector: { model: 'Claude Haiku 4.5' },
      paid: { input: 1 },
    });
    const [row] = realise(plan, [later(plan, '2026-11', 31, [...OCTOBER, other])]);
    expect(row?.total).toMatchObject({ newUsage: close(10), realised: close(0), volumeEffect: close(0) });
  });

  test('the parts always sum to the change', () => {
    const [row] = realise(plan, [later(plan, '2026-11', 15, november), later(plan, '2026-12', 31, OCTOBER)]);
    const { cost, baselineCost, volumeEffect, mixEffect, realised, newUsage } = row!.total!;
    const parts = [cost, baselineCost, volumeEffect, mixEffect, newUsage, realised].map(Number);
    const [now = 0, then = 0, more = 0, mix = 0, fresh = 0, saved = 0] = parts;
    expect(now - then).toBeCloseTo(more + mix - saved + fresh, 6);
    expect(row?.months).toHaveLength(2);
  });

  test('a month of which nothing is held has no amount, and the total is of the others', () => {
    const [row] = realise(plan, [later(plan, '2026-11', 0, []), later(plan, '2026-12', 31, OCTOBER)]);
    const unknown = { baselineCost: null, cost: null, realised: null, planned: null, measurePlanned: null };
    expect(row?.months[0]).toMatchObject({ month: '2026-11', daysHeld: 0, volumeEffect: null, ...unknown });
    expect(row?.total).toMatchObject({ daysHeld: 31, cost: close(1395), planned: close(279) });
  });

  test('without a price in batch the plan has no figure, and what was billed is told all the same', () => {
    const priceless = (usd: number) =>
      usage('1', { tokens: { input: 310 }, prices: { on_demand: { input: 3 } }, paid: { input: usd } });
    const without = planned([batch(0.4)], [priceless(3)]);
    expect(without.levers[0]?.unplanned).toMatch(/^What it saves had no figure when it was pinned\. /u);
    const [row] = realise(without, [later(without, '2026-11', 31, [priceless(2)])]);
    expect(row).toMatchObject({ notFollowed: null, unplanned: without.levers[0]?.unplanned });
    expect(row?.total).toMatchObject({ planned: null, measurePlanned: null, realised: close(310) });
  });

  test('a ramp of two months plans half in the first', () => {
    const ramped = planned([batch(0.4, { rampMonths: 2 })]);
    const months = [later(ramped, '2026-11', 30, OCTOBER), later(ramped, '2026-12', 31, OCTOBER)];
    const [row] = realise(ramped, months);
    // A fifth of 1,395 is 279: half of it, then all.
    expect(row?.months.map(({ planned: saving }) => saving)).toEqual([close(139.5), close(279)]);
    expect(row?.months.map(({ measurePlanned }) => measurePlanned)).toEqual([close(0.2), close(0.4)]);
  });

  test('what the invoices say counts: a discount of a tenth is in October’s rate already', () => {
    const discounted = [
      usage('1', { tokens: { input: 310, output: 31 }, paid: { input: 2.7, output: 13.5 } }),
    ];
    const own = planned([batch(0.4)], discounted);
    const [row] = realise(own, [later(own, '2026-11', 31, discounted)]);
    // Planned: a fifth of the 1,255.50 that was paid; the plan's relative saving at list on what the bill says.
    expect(row?.total).toMatchObject({ realised: close(0), planned: close(251.1) });
  });
});

test('caching: the hit rate and the rate of input', () => {
  const plan = planned([caching(0.5, 0.9)]);
  // Half of 310 is cached, nine tenths of it read: 15.5 written at 3.75 and 139.5 read at 0.30 instead of 465.
  expect(plan.levers[0]?.measure).toMatchObject({ before: 0, planned: close(0.45) });
  const cached = usage('1', { tokens: { input: 155, cache_write_5m: 15.5, cache_read: 139.5, output: 31 } });
  const [row] = realise(plan, [later(plan, '2026-11', 31, [cached])]);
  const saving = 465 - 15.5 * 3.75 - 139.5 * 0.3;
  expect(row?.total).toMatchObject({ realised: close(saving), planned: close(saving), measure: close(0.45) });
});

test('routing: what left the model is still followed, by side', () => {
  const elsewhere = usage('2', {
    tokens: { input: 155, output: 15.5 },
    vector: { model: 'Claude Haiku 4.5' },
    paid: { input: 1, output: 5 },
  });
  const scope = [{ dimension: 'model', operator: '=', values: ['Claude Sonnet 4.5'] }] as const;
  const routing = lever('routing', {
    share: exactly(0.5),
    targets: [target('Claude Haiku 4.5')],
    escalation: exactly(0),
    todayQuality: null,
    qualityFloor: null,
    requestCeiling: null,
    requestsPerMonth: null,
    routerPerMonth: exactly(0),
  });
  const plan = planned([{ ...routing, scope }]);
  expect(plan.levers[0]?.conditions).toEqual([
    { dimension: 'model', operator: '=', values: ['Claude Sonnet 4.5', 'Claude Haiku 4.5'] },
  ]);
  const half = usage('1', { tokens: { input: 155, output: 15.5 } });
  const [row] = realise(plan, [later(plan, '2026-11', 31, [half, elsewhere])]);
  // 1,395 at October's rates; half of it stays at 697.50 and half costs 155 + 77.50.
  expect(row?.total).toMatchObject({
    realised: close(1395 - 697.5 - 232.5),
    measure: close(0.5),
    newUsage: 0,
  });
});

test('shorter answers: the input says how much use there was', () => {
  const trimming = lever('trimming', {
    inputCut: exactly(0),
    cachedCut: exactly(0),
    outputCut: exactly(0.2),
  });
  const plan = planned([trimming]);
  expect(plan.levers[0]).toMatchObject({
    volumeIn: 'input',
    measure: { before: close(0.1), planned: close(0.08) },
  });
  const shorter = usage('1', { tokens: { input: 620, output: 55.8 } });
  const [row] = realise(plan, [later(plan, '2026-11', 31, [shorter])]);
  // Twice the input would have cost 2,790; with 0.09 out for one in it costs 1,860 + 837. Planned: 0.2 × 465 × 2.
  expect(row?.total).toMatchObject({
    volumeEffect: close(1395),
    realised: close(93),
    planned: close(186),
    measure: close(0.09),
  });
});

test('search capacity: a floor has days for its volume', () => {
  const end = lever('knowledge_base', { ocusKept: exactly(1), alternativePerMonth: exactly(0) });
  const plan = planned([end], OCTOBER, { hours: 2 * 744, invoiced: 2 * 744 * 0.24 });
  const november = { hours: 720, invoiced: 720 * 0.24 };
  const [row] = realise(plan, [later(plan, '2026-11', 30, OCTOBER, november)]);
  // Two units over thirty days would have cost 345.60; one costs 172.80, as planned.
  expect(row?.total).toMatchObject({
    baselineCost: close(345.6),
    realised: close(172.8),
    planned: close(172.8),
    measure: close(1),
    measurePlanned: close(1),
  });
});

test('ended units: one of two by 15 November, and the day after the term nothing is planned before', () => {
  const unit: PaidCapacity = {
    id: 'capacity-1',
    family: 'provisioned',
    provider: 'Meta',
    model: 'Llama 3.3 70B',
    region: 'us-east-1',
    meter: 'model_unit_hour',
    variant: null,
    term: '1_month',
    billedAs: 'native',
    inScopes: [],
    hours: 2 * 744,
    invoiced: 2 * 744 * 10,
  };
  const end = lever('end_capacity', {
    endedShare: exactly(0.5),
    paidUntil: '2026-11-15',
    elsewherePerMonth: exactly(0),
  });
  const plan = planOf(scenario([end]), bill(OCTOBER, { capacity: [unit] }), '2026-11-01');
  const november = { ...unit, hours: 48 * 15 + 24 * 15, invoiced: (48 + 24) * 15 * 10 };
  const [row] = realise(plan, [{ ...later(plan, '2026-11', 30, OCTOBER), capacity: [november] }]);
  // Two units over thirty days would have cost 14,400; they cost 10,800. Half of 14,400, for half of the month.
  expect(row?.total).toMatchObject({
    baselineCost: close(14_400),
    cost: close(10_800),
    realised: close(3600),
    planned: close(3600),
    measure: close(1.5),
    measurePlanned: close(1.5),
  });
});

test('two levers on one usage say that they share it; a switched-off lever plans nothing', () => {
  const plan = planned([batch(0.4), caching(0.5, 0.9), batch(0.1, { id: 'off', enabled: false })]);
  expect(plan.levers.map(({ leverId, sharedWith }) => [leverId, sharedWith])).toEqual([
    ['batch', ['Prompt caching']],
    ['caching', ['Batch migration']],
  ]);
  expect(realisedNotes(plan, [])).toContain(
    'Levers that act on the same usage show one common effect each: their figures have no sum.',
  );
});

test('conditions on what a lever changes are dropped, the others stay', () => {
  const conditions = [
    { dimension: 'mode', operator: '=', values: ['on_demand'] },
    { dimension: 'tag:app', operator: '=', values: ['etl'] },
  ] as const;
  const following = followingOf(batch(0.4), false);
  if (!('measure' in following)) throw new Error('batch is followed');
  expect(followedConditions(batch(0.4), following, conditions)).toEqual([conditions[1]]);
});

test('the months since a start, and where a plan stands', () => {
  expect(monthsSince('2026-11-10', '2026-12-03')).toEqual([
    { month: '2026-11', days: { from: '2026-11-10', to: '2026-11-30' }, daysInMonth: 30 },
    { month: '2026-12', days: { from: '2026-12-01', to: '2026-12-31' }, daysInMonth: 31 },
  ]);
  const plan = planned([batch(0.4)]);
  expect(planState('2026-12-01', '2026-11-21', [])).toBe('not_started');
  expect(planState('2026-11-01', '2026-11-21', [])).toBe('no_later_data');
  expect(planState('2026-11-01', '2026-11-21', [later(plan, '2026-11', 0, [])])).toBe('no_later_data');
  expect(planState('2026-11-01', '2026-11-21', [later(plan, '2026-11', 1, [])])).toBe('running');
});
