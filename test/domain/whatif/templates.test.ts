// Templates on small bills: what a bill supports is found by trying, and nothing counts before it is confirmed.
import { describe, expect, test } from 'vitest';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { TEMPLATE_NAMES, TEMPLATES } from '../../../shared/domain/whatif/templates.ts';
import type { PaidCapacity } from '../../../shared/domain/whatif/vectors.ts';
import { templateNeeds, walkTemplate } from '../../../shared/domain/whatif/walk-template.ts';
import { bill, NOVA, NOVA_PRO, pricesAt, usage } from './bill.ts';

const PERIOD = { from: '2026-10-01', to: '2026-10-31' };
const SELECTION = { period: PERIOD, where: [], workload: null };
const HAIKU_HERE = {
  provider: 'Anthropic',
  model: 'Claude Haiku 4.5',
  variant: null,
  region: 'us-east-1',
  regionTier: 'global',
  contextBand: 'standard',
} as const;
const LARGE = TEMPLATES['eight-steps'].steps[0]?.lever?.scope ?? [];

/** A unit of a tuned model under a commitment, 100 USD of it in the period. */
const UNITS: PaidCapacity = {
  id: 'capacity-1',
  family: 'provisioned',
  provider: 'Anthropic',
  model: 'Claude Haiku 4.5',
  region: 'us-east-1',
  meter: 'model_unit_hour',
  variant: null,
  term: '6_month',
  billedAs: 'native',
  inScopes: [1],
  hours: 31 * 24,
  invoiced: 100,
};

/** 10 M input and 2 M output tokens of Sonnet (10 × 3 + 2 × 15 = 60 USD), and Haiku's prices beside it. */
function sonnetBill(parts: Parameters<typeof bill>[1] = {}) {
  return bill([usage('sonnet', { tokens: { input: 10, output: 2 }, vector: { inScopes: [0] } })], {
    scopes: templateNeeds(TEMPLATES['eight-steps']).scopes,
    elsewhere: pricesAt(HAIKU_HERE, { on_demand: { input: 1, output: 5 } }),
    ...parts,
  });
}
const walk = (baseline = sonnetBill(), confirmed: string[] = []) =>
  walkTemplate(TEMPLATES['eight-steps'], SELECTION, baseline, confirmed);
const stepOf = (walked: ReturnType<typeof walk>, id: string) =>
  walked.steps.find((step) => step.id === id) ?? expect.fail(`no step ${id}`);

test('names of steps differ within a template, and so do the ids of its levers', () => {
  for (const name of TEMPLATE_NAMES) {
    const { steps } = TEMPLATES[name];
    expect(new Set(steps.map(({ id }) => id)).size).toBe(steps.length);
    for (const { assumes, confirm, asks, lever } of steps) {
      // A step that states a figure says so; one that states none asks for it.
      expect(assumes.length + asks.length).toBeGreaterThan(0);
      if (lever !== null && asks.length === 0) expect(confirm).not.toEqual([]);
    }
  }
  expect(TEMPLATE_NAMES.filter((name) => TEMPLATES[name].illustration)).toEqual(['enterprise-illustration']);
});

describe('the eight steps on a bill of Sonnet', () => {
  test('prices each step by itself with the figures of the guide', () => {
    const walked = walk();
    // 55 % of 60 USD go to Haiku at a third of the price: 33 × 2/3 = 22; 50 % and 60 % give 20 and 24.
    expect(stepOf(walked, 'route').alone).toEqual({
      low: expect.closeTo(20, 9),
      base: expect.closeTo(22, 9),
      high: expect.closeTo(24, 9),
    });
    // 40 % in batch at half the price: 60 × 0.4 × 0.5.
    expect(stepOf(walked, 'batch').alone?.base).toBeCloseTo(12, 9);
    // 22.5 % of the output: 30 × 0.225.
    expect(stepOf(walked, 'output').alone?.base).toBeCloseTo(6.75, 9);
  });

  test('asks for what no bill has, and claims nothing for it', () => {
    for (const id of ['cache', 'agents', 'commitment']) {
      expect(stepOf(walk(), id)).toMatchObject({ state: 'asks', alone: null, reasons: [] });
    }
  });

  test('refuses what this bill has nothing for, and leaves it out of the scenario', () => {
    const walked = walk();
    expect(stepOf(walked, 'search')).toMatchObject({
      state: 'refused',
      leverId: null,
      reasons: [expect.stringContaining('no search capacity units')],
    });
    expect(stepOf(walked, 'own-models')).toMatchObject({ state: 'refused', cost: 0 });
    expect(walked.scenario.levers.map(({ id }) => id)).toEqual([
      'route',
      'batch',
      'cache',
      'output',
      'agents',
    ]);
  });

  test('refuses a step for the guard’s reason where there is usage but no price', () => {
    const withoutBatch = bill(
      [
        usage('pro', {
          tokens: { input: 10 },
          vector: NOVA,
          prices: { on_demand: NOVA_PRO.on_demand ?? {} },
        }),
      ],
      { scopes: sonnetBill().scopes },
    );
    const { state, reasons } = stepOf(walk(withoutBatch), 'batch');
    expect(state).toBe('refused');
    expect(reasons.join()).toMatch(/price/u);
  });

  test('saves nothing until a step is confirmed, and then what the lever saves', () => {
    const none = walk();
    expect(none.scenario.levers.every(({ enabled }) => !enabled)).toBe(true);
    expect(evaluateScenario(none.scenario, sonnetBill()).headlines.savingAtPrice?.base).toBe(0);
    const one = walk(sonnetBill(), ['batch', 'search']);
    expect(stepOf(one, 'batch').confirmed).toBe(true);
    // A refused step cannot be confirmed into the scenario.
    expect(stepOf(one, 'search').confirmed).toBe(false);
    expect(evaluateScenario(one.scenario, sonnetBill()).headlines.savingAtPrice?.base).toBeCloseTo(12, 9);
    expect(one.scenario.levers[0]?.evidence).toContain('not measured on this usage');
  });

  test('finds search capacity above two units, and cost of models of one’s own', () => {
    // Four units ran all 31 days for 714.24 USD: half of them are ended.
    const walked = walk(
      sonnetBill({
        ocu: { hours: 4 * 31 * 24, invoiced: 714.24 },
        outside: [
          {
            reason: 'fixed_capacity',
            label: 'provisioned',
            chargeType: 'Usage',
            provider: 'Anthropic',
            billedAs: 'native',
            inScopes: [],
            invoiced: 100,
          },
        ],
        capacity: [UNITS],
      }),
    );
    expect(stepOf(walked, 'search').alone?.base).toBeCloseTo(357.12, 9);
    // Which share of the unit can end and until when it is paid is for the user to say: nothing is claimed.
    expect(stepOf(walked, 'own-models')).toMatchObject({
      state: 'asks',
      cost: 100,
      alone: null,
      leverId: 'own-models',
    });
    const ended = { endedShare: { low: 1, base: 1, high: 1 }, paidUntil: '2026-11-30', enabled: true };
    const levers = walked.scenario.levers.map((lever) =>
      lever.id === 'own-models' ? Object.assign({ ...lever }, ended) : lever,
    );
    const answer = evaluateScenario({ ...walked.scenario, levers }, sonnetBill({ capacity: [UNITS] }));
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(100, 9);
  });
});

test('the scope of the routing step is part of what the baseline is read with', () => {
  expect(templateNeeds(TEMPLATES['eight-steps']).scopes).toEqual([
    LARGE.map(({ values, ...filter }) => ({ ...filter, values: [...values] })),
    [{ dimension: 'family', operator: '=', values: ['provisioned'] }],
  ]);
  expect(templateNeeds(TEMPLATES['eight-steps'])).toMatchObject({ ocu: true });
});
