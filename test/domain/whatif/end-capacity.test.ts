// Ending capacity, by hand. Average months of 365 ÷ 12 days: two units of a model at 20 an hour for 730 hours cost
// 2 × 20 × 730 = 29,200 a month, and reserved tokens 1,000 a month.
import { describe, expect, test } from 'vitest';
import { scenario as scenarioSchema } from '../../../shared/contract/scenario.ts';
import { intensityAt } from '../../../shared/domain/whatif/months.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import type { Lever, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { PaidCapacity } from '../../../shared/domain/whatif/vectors.ts';
import { bill, exactly, lever, scenario, usage } from './bill.ts';

const UNITS: PaidCapacity = {
  id: 'capacity-1',
  family: 'provisioned',
  provider: 'Meta',
  model: 'Llama 3.3 70B',
  region: 'us-east-1',
  meter: 'model_unit_hour',
  variant: null,
  term: 'none',
  billedAs: 'native',
  inScopes: [],
  hours: 2 * 730,
  invoiced: 29_200,
};
const RESERVED: PaidCapacity = {
  ...UNITS,
  id: 'capacity-2',
  family: 'reserved',
  provider: 'Anthropic',
  model: 'Claude Sonnet 4.5',
  meter: 'tpm_hour',
  term: '1_month',
  billedAs: 'marketplace',
  hours: 100 * 730,
  invoiced: 1000,
};

type Parts = Partial<Parameters<typeof lever<'end_capacity'>>[1]>;
const end = (share: number, parts: Parts = {}): Lever =>
  lever('end_capacity', {
    endedShare: exactly(share),
    paidUntil: null,
    elsewherePerMonth: exactly(0),
    ...parts,
  });

const ask = (capacity: PaidCapacity[], levers: Lever[], parts: Partial<Scenario> = {}) =>
  evaluateScenario(
    scenario(levers, parts),
    bill([usage('a', { tokens: { input: 1000 } })], { daysCovered: 365 / 12, capacity }),
  );
const saving = (capacity: PaidCapacity[], ...levers: Lever[]) =>
  ask(capacity, levers).headlines.savingAtPrice?.base;
const codes = (answer: ReturnType<typeof ask>) =>
  answer.ledger[0]!.guards.map(({ code, refused }) => [code, refused]);
const fact = (answer: ReturnType<typeof ask>, name: string) =>
  answer.ledger[0]!.facts.find((one) => one.name === name)?.value;

describe('without a commitment', () => {
  test('both units end: 29,200 a month; one of two: 14,600', () => {
    expect(saving([UNITS], end(1))).toBeCloseTo(29_200, 6);
    expect(saving([UNITS], end(0.5))).toBeCloseTo(14_600, 6);
  });

  test('what runs on them is bought elsewhere for 9,000 a month: 20,200 stay', () => {
    const answer = ask([UNITS], [end(1, { elsewherePerMonth: exactly(9000) })]);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(20_200, 6);
    expect(answer.ledger[0]!.charges.map(({ label, amount }) => [label, Math.round(amount)])).toEqual([
      ['Capacity ended: Llama 3.3 70B', -29_200],
      ['Traffic elsewhere', 9000],
    ]);
    expect(codes(answer)).toEqual([]);
  });

  test('that it is idle is a statement, and 30 % of two units is no unit', () => {
    expect(codes(ask([UNITS], [end(1)]))).toEqual([['idle_stated', false]]);
    expect(codes(ask([UNITS], [end(0.3)]))).toEqual([
      ['idle_stated', false],
      ['units_not_whole', false],
    ]);
    expect(fact(ask([UNITS], [end(1)]), 'model units running')).toBeCloseTo(2, 9);
    // Bought on 9 of 30 days: 0.6 run on average, and what ends in whole leaves no part of a unit.
    const someDays = { ...UNITS, hours: 0.3 * 2 * 730 };
    expect(codes(ask([someDays], [end(1)]))).toEqual([['idle_stated', false]]);
  });
});

describe('the baseline that the saving is held against', () => {
  // A million of input tokens at 3.00 in thousands: 3,000 a month. The units are in `outside` too, as the bill has them.
  const outside = [
    {
      reason: 'fixed_capacity' as const,
      label: 'provisioned',
      chargeType: 'Usage',
      provider: 'Meta',
      billedAs: 'native' as const,
      inScopes: [],
      invoiced: 29_200,
    },
  ];
  const over = (levers: Lever[], parts: Partial<Parameters<typeof bill>[1]> = {}) =>
    evaluateScenario(
      scenario(levers, { horizon: { startMonth: '2026-11', months: 1 } }),
      bill([usage('a', { tokens: { input: 1000 } })], {
        daysCovered: 365 / 12,
        capacity: [UNITS],
        outside,
        ...parts,
      }),
    );

  test('holds the capacity once: 3,000 of tokens and 29,200 of units; without the units 3,000 stay', () => {
    const { baseline, after, headlines, monthly, readings } = over([end(1)]);
    expect(baseline).toMatchObject({ capacity: 29_200, outside: 0, outsideParts: [] });
    expect(baseline.invoiced).toBeCloseTo(32_200, 6);
    expect(baseline.atPrice?.base).toBeCloseTo(32_200, 6);
    expect(after?.base).toBeCloseTo(3000, 6);
    expect(headlines.savingAtPrice!.base).toBeCloseTo(baseline.atPrice!.base - after!.base, 6);
    expect(readings[0]!.savingShare).toBeCloseTo(29_200 / 32_200, 9);
    expect(monthly.map((month) => [Math.round(month.baseline), Math.round(month.scenario!)])).toEqual([
      [32_200, 3000],
    ]);
  });

  test('holds it whether or not a lever ends it', () => {
    expect(over([]).baseline.atPrice?.base).toBeCloseTo(32_200, 6);
    expect(over([]).after?.base).toBeCloseTo(32_200, 6);
  });

  test('three times the traffic: the tokens cost three times as much, the units what they did, and it is said', () => {
    const { monthly, notes } = over([], {});
    const grown = evaluateScenario(
      scenario([], {
        horizon: { startMonth: '2026-11', months: 1 },
        growth: [{ scope: [], perMonth: exactly(2), onceFrom: '2026-11' }],
      }),
      bill([usage('a', { tokens: { input: 1000 } })], { daysCovered: 365 / 12, capacity: [UNITS], outside }),
    );
    expect([monthly[0]!.baseline, grown.monthly[0]!.baseline]).toEqual([
      expect.closeTo(3000 + 29_200, 6),
      expect.closeTo(9000 + 29_200, 6),
    ]);
    expect(grown.notes.join()).toContain('does not grow with the traffic');
    expect(notes.join()).not.toContain('does not grow');
  });

  test('holds search capacity where a lever may end it: 2 units for 500, one kept', () => {
    const kept = lever('knowledge_base', { ocusKept: exactly(1), alternativePerMonth: exactly(0) });
    const search = { reason: 'search_capacity' as const, label: 'knowledge_base', invoiced: 500 };
    const { baseline, after, notes } = over([kept], {
      ocu: { hours: 2 * 24 * (365 / 12), invoiced: 500 },
      outside: [...outside, { ...outside[0]!, ...search }],
    });
    expect(baseline).toMatchObject({ capacity: 29_700, outside: 0 });
    expect(baseline.atPrice!.base - after!.base).toBeCloseTo(250, 6);
    expect(notes.join(' ')).toContain('Search capacity of all services and accounts is in the baseline');
    // No lever asked: it stays beside, with its reason.
    const unasked = over([], { outside: [...outside, { ...outside[0]!, ...search }] }).baseline;
    expect(unasked).toMatchObject({ capacity: 29_200, outside: 500 });
    expect(unasked.outsideParts).toEqual([
      { label: 'knowledge_base', reason: 'search_capacity', invoiced: 500 },
    ]);
  });

  test('counts it once in the commitment year: 12 × 32,200 of AI spend before, 12 × 3,000 after', () => {
    const year = {
      start: '2026-11-01',
      commit: 1,
      discount: 0,
      drawdown: 'before_discount' as const,
      shortfallSettled: 'face' as const,
      marketplaceCap: 1,
      support: 0,
    };
    const commitment = {
      year,
      organicAws: { low: 0, base: 0, high: 1 },
      organicMarketplace: exactly(0),
      classes: [],
      directCost: null,
    };
    const { aiSpend } = evaluateScenario(
      scenario([end(1)], { commitment }),
      bill([usage('a', { tokens: { input: 1000 } })], {
        daysCovered: 365 / 12,
        capacity: [UNITS],
        outside,
      }),
    ).commitment!;
    const sum = (when: 'baseline' | 'scenario') => aiSpend.reduce((total, line) => total + line[when]!, 0);
    expect(sum('baseline')).toBeCloseTo(12 * 32_200, 4);
    expect(sum('scenario')).toBeCloseTo(12 * 3000, 4);
  });
});

describe('under a commitment', () => {
  test('its end is never guessed: not stated, nothing ends, and the question is asked', () => {
    const answer = ask([RESERVED], [end(1)]);
    expect(answer.headlines.savingAtPrice).toBeNull();
    expect(answer.ledger[0]!.charges).toEqual([]);
    expect(codes(answer)).toEqual([['term_end_unknown', true]]);
    const due = answer.ledger[0]!.facts.find(({ name }) => name === 'still to be paid before it ends');
    expect(due).toMatchObject({ value: null, note: 'a commitment runs, and until when is not stated' });
    expect(codes(ask([{ ...RESERVED, term: null }], [end(1)]))).toEqual([['term_end_unknown', true]]);
  });

  test('beside capacity without one, only that without one ends', () => {
    expect(saving([UNITS, RESERVED], end(1))).toBeCloseTo(29_200, 6);
  });

  const until = (day: string) =>
    ask([RESERVED], [end(1, { paidUntil: day })], { horizon: { startMonth: '2026-11', months: 3 } });

  test('paid until 15 December: nothing in November, 16 of 31 days of December, all of January', () => {
    const { monthly, headlines, ledger } = until('2026-12-15');
    expect(monthly.map((month) => Math.round(month.saving! * 100) / 100)).toEqual([
      0,
      Math.round((1000 * 16 * 100) / 31) / 100,
      1000,
    ]);
    // At price it is what a month saves once the term is over, and the ledger says from when.
    expect(headlines.savingAtPrice?.base).toBeCloseTo(1000, 6);
    expect(ledger[0]!.guards[0]).toMatchObject({
      code: 'term_runs',
      message: expect.stringContaining('2026-12-15'),
    });
  });

  test('what no term holds ends at once beside it: 29,200 from November, 16 of 31 days of 1,000 more in December', () => {
    const both = ask(
      [UNITS, RESERVED],
      [end(1, { paidUntil: '2026-12-15', elsewherePerMonth: exactly(302) })],
      {
        horizon: { startMonth: '2026-11', months: 3 },
      },
    );
    // The traffic moves with what it ran on: 292 of its 302 a month with the units, 10 with the reservation.
    expect(both.monthly.map((month) => Math.round(month.saving! * 100) / 100)).toEqual([
      29_200 - 292,
      Math.round((29_200 - 292 + (990 * 16) / 31) * 100) / 100,
      30_200 - 302,
    ]);
    expect(both.headlines.savingAtPrice?.base).toBeCloseTo(30_200 - 302, 6);
    expect(codes(both)).toEqual([['term_runs', false]]);
    // Only what is under the commitment is still to be paid.
    expect(fact(both, 'still to be paid before it ends')).toBeCloseTo((1000 * 12 * 45) / 365, 6);
  });

  test('two lengths of commitment and one day: told apart by a condition on the term, and said', () => {
    const longer = { ...RESERVED, id: 'capacity-3', term: '6_month' as const };
    expect(codes(ask([RESERVED, longer], [end(1, { paidUntil: '2026-12-15' })]))).toContainEqual([
      'several_terms',
      false,
    ]);
    const message = ask([RESERVED, longer], [end(1, { paidUntil: '2026-12-15' })]).ledger[0]!.guards.find(
      ({ code }) => code === 'several_terms',
    )?.message;
    expect(message).toContain('1 month, 6 month');
  });

  test('45 days after the baseline are still paid: 1,000 ÷ (365 ÷ 12) × 45', () => {
    expect(fact(until('2026-12-15'), 'still to be paid before it ends')).toBeCloseTo(
      (1000 * 12 * 45) / 365,
      6,
    );
  });

  test('a term beyond the horizon saves nothing in it, and no cash in the commitment year', () => {
    const commitment = {
      year: {
        start: '2026-11-01',
        commit: 1,
        discount: 0,
        drawdown: 'before_discount' as const,
        shortfallSettled: 'face' as const,
        marketplaceCap: 0.25,
        support: 0,
      },
      organicAws: { low: 0, base: 0, high: 1 },
      organicMarketplace: exactly(0),
      classes: [],
      directCost: null,
    };
    const cash = (day: string) =>
      ask([RESERVED], [end(1, { paidUntil: day })], { commitment }).headlines.cashThisYear?.base;
    expect(cash('2027-12-31')).toBeCloseTo(0, 6);
    // Ten of the twelve months from November 2026 are free: January to October 2027.
    expect(cash('2026-12-31')).toBeCloseTo(10_000, 6);
  });

  test('a later start and a ramp count from there, not from the end of the term', () => {
    const late = { ...end(1, { paidUntil: '2026-12-15' }), startMonth: '2027-02', rampMonths: 2 };
    expect(['2027-01', '2027-02', '2027-03'].map((month) => intensityAt(late, month, '2026-11'))).toEqual([
      0, 0.5, 1,
    ]);
  });
});

test('two levers on the same units end them once', () => {
  const twice = [
    { ...end(0.7), id: 'one' },
    { ...end(0.7), id: 'two' },
  ];
  const { ledger, headlines } = ask([UNITS], twice);
  expect(ledger.map(({ inOrder }) => Math.round(inOrder!.base))).toEqual([20_440, 8760]);
  expect(headlines.savingAtPrice?.base).toBeCloseTo(29_200, 6);
});

test('where the bill shows none, nothing ends; a share of 0 is a lever that is not filled in yet', () => {
  expect(codes(ask([], [end(1)]))).toEqual([['no_capacity', true]]);
  expect(codes(ask([UNITS], [end(0)]))).toEqual([]);
});

test('a day that is none is refused', () => {
  const parsed = scenarioSchema.safeParse(scenario([end(1, { paidUntil: '2026-13-40' })]));
  expect(parsed.error?.issues[0]?.message).toBe('expected a day of the calendar');
});
