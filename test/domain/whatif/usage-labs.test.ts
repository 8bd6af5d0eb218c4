// The labs of batch, agents and knowledge bases, by hand.
import { describe, expect, test } from 'vitest';
import { agentsLab } from '../../../shared/domain/whatif/agents-lab.ts';
import { batchLab } from '../../../shared/domain/whatif/batch-lab.ts';
import { knowledgeBaseLab } from '../../../shared/domain/whatif/knowledge-base-lab.ts';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { batch, bill, exactly, lever, NOVA, NOVA_PRO, scenario, usage } from './bill.ts';

describe('batch', () => {
  const base = bill([
    usage('sonnet', { tokens: { input: 100, output: 10 } }),
    usage('streamed', { tokens: { input: 20 }, vector: { streaming: 'yes' } }),
    usage('pro', {
      tokens: { input: 50, cache_read: 150 },
      vector: { ...NOVA, streaming: 'unknown' },
      prices: NOVA_PRO,
    }),
    usage('none', {
      tokens: { input: 5 },
      vector: { ...NOVA, model: 'Nova Next' },
      prices: { on_demand: { input: 1 } },
    }),
  ]);
  const half = batch(0.5);
  const { rows } = batchLab(scenario([half]), base, half);
  const of = (model: string) => rows.find((row) => row.model === model) ?? expect.fail(model);

  test('all that may wait at half the price; what streams stays and says so', () => {
    // 100 × 1.5 + 10 × 7.5 of 100 × 3 + 10 × 15; the 20 streamed stay at 3.
    expect(of('Claude Sonnet 4.5')).toMatchObject({
      tokens: 130e6,
      movable: 110e6,
      cost: expect.closeTo(510, 9),
      saving: expect.closeTo(225, 9),
      cacheReadShare: 0,
      streamingUnknown: 0,
      refusals: [expect.stringContaining('stream')],
    });
  });

  test('cached input loses its discount: three quarters from the cache cost more in batch', () => {
    // 50 × 0.8 + 150 × 0.2 = 70 today; 200 × 0.4 = 80 in batch.
    expect(of('Nova Pro')).toMatchObject({
      saving: expect.closeTo(-10, 9),
      cacheReadShare: 0.75,
      streamingUnknown: 1,
    });
  });

  test('no batch price, nothing moves', () => {
    // Nothing moves; what it would save at a price that nobody knows is not zero.
    expect(of('Nova Next')).toMatchObject({ movable: 0, saving: null });
    expect(of('Nova Next').refusals.join()).toMatch(/price/u);
  });

  test('all of it is what the lever saves at 100 %', () => {
    const whole = evaluateScenario(scenario([batch(1)]), base).headlines.savingAtPrice!.base;
    expect(rows.reduce((sum, { saving }) => sum + (saving ?? 0), 0)).toBeCloseTo(whole, 9);
  });
});

test('agents: two lengths of runs, capped, with a shorter system prompt', () => {
  const lab = agentsLab(
    lever('agents', {
      runs: [
        { calls: 2, weight: 3 },
        { calls: 10, weight: 1 },
      ],
      maxCalls: 8,
      systemTokens: 1000,
      growthTokens: 500,
      systemCut: exactly(0.5),
      growthCut: exactly(0),
    }),
  );
  // 2 calls: 2,000 + 500 = 2,500. 10 calls: 10,000 + 500 × 45 = 32,500. Expected: 0.75 × 2,500 + 0.25 × 32,500 = 10,000.
  expect(lab).toMatchObject({ today: 10_000, meanCalls: 4, atMeanCalls: 7000 });
  // Capped at 8 with half the prompt: 4,000 + 500 × 28 = 18,000; two calls: 1,000 + 500 = 1,500.
  expect(lab?.rows).toEqual([
    { calls: 2, share: 0.75, inputToday: 2500, inputAfter: 1500, inputShare: 0.1875 },
    { calls: 10, share: 0.25, inputToday: 32_500, inputAfter: 18_000, inputShare: 0.8125 },
  ]);
  expect(lab?.after).toBe(0.75 * 1500 + 0.25 * 18_000);
  // Sent for the first time: 1,000 + 500 and 1,000 + 4,500; 0.75 × 1,500 + 0.25 × 5,500 = 2,500 of 10,000.
  expect(lab?.sentAgain).toBeCloseTo(0.75, 12);
});

test('agents: nothing is shown while nothing is stated', () => {
  const unstated = { runs: [{ calls: 1, weight: 1 }], maxCalls: null, systemTokens: 0, growthTokens: 0 };
  expect(
    agentsLab(lever('agents', { ...unstated, systemCut: exactly(0), growthCut: exactly(0) })),
  ).toBeNull();
});

test('knowledge base: four units at 0.24 an hour, by the units kept and against an alternative', () => {
  const hours = 4 * 31 * 24;
  const search = lever('knowledge_base', { ocusKept: exactly(2), alternativePerMonth: exactly(100) });
  const base = bill([usage('a', { tokens: { input: 1 } })], { ocu: { hours, invoiced: hours * 0.24 } });
  const lab = knowledgeBaseLab(scenario([search]), base, search);
  // 4 × 0.24 × 730 = 700.80 a month; two units 350.40.
  expect(lab).toMatchObject({ running: 4, perMonth: expect.closeTo(700.8, 9) });
  expect(lab?.rows.map(({ kept, belowFloor }) => [kept, belowFloor])).toEqual([
    [0, true],
    [1, true],
    [2, false],
    [3, false],
    [4, false],
  ]);
  expect(lab?.rows[2]).toMatchObject({
    perMonth: expect.closeTo(350.4, 9),
    saving: expect.closeTo(250.4, 9),
  });
  expect(
    knowledgeBaseLab(scenario([search]), bill([usage('a', { tokens: { input: 1 } })]), search),
  ).toBeNull();
  // What replaces all of it costs what nobody has stated; with units kept nothing has to replace them.
  const unstated = { ...search, alternativePerMonth: exactly(0) };
  const rows = knowledgeBaseLab(scenario([unstated]), base, unstated)?.rows ?? [];
  expect(rows.slice(0, 2).map(({ saving }) => saving)).toEqual([null, expect.closeTo(525.6, 9)]);
});

test('knowledge base: a bill with the cost of search capacity and not its units has no figure, and no lab', () => {
  const search = lever('knowledge_base', { ocusKept: exactly(1), alternativePerMonth: exactly(100) });
  const base = bill([usage('a', { tokens: { input: 1 } })], { ocu: { hours: null, invoiced: 500 } });
  expect(knowledgeBaseLab(scenario([search]), base, search)).toBeNull();
  const { ledger, headlines, baseline } = evaluateScenario(scenario([search]), base);
  expect(ledger[0]).toMatchObject({ inOrder: null, guards: [{ code: 'unit_hours_unknown', refused: true }] });
  expect(ledger[0]!.facts.map(({ value }) => value)).toEqual([null, null, null]);
  expect(headlines.savingAtPrice).toBeNull();
  expect(baseline.capacity).toBe(500);
});
