// Levers that change how many tokens there are: trimming, retries. Worked by hand at Sonnet's 3 / 15 / 0.30.
import { describe, expect, test } from 'vitest';
import { evaluateScenario } from '../../../shared/domain/whatif/pipeline.ts';
import { bill, caching, exactly, lever, MILLION, scenario, usage } from './bill.ts';

const USE = bill([usage('a', { tokens: { input: 100, cache_read: 50, output: 20 } })]);
const trim = (inputCut: number, cachedCut: number, outputCut: number) =>
  lever('trimming', {
    inputCut: exactly(inputCut),
    cachedCut: exactly(cachedCut),
    outputCut: exactly(outputCut),
  });

describe('trimming', () => {
  test('20 % of the input and 50 % of the output: 615 becomes 405', () => {
    // before 100 × 3 + 50 × 0.3 + 20 × 15 = 615; after 80 × 3 + 15 + 10 × 15 = 405
    const answer = evaluateScenario(scenario([trim(0.2, 0, 0.5)]), USE);
    expect(answer.baseline.atPrice?.base).toBeCloseTo(615, 9);
    expect(answer.after?.base).toBeCloseTo(405, 9);
  });

  test('the ledger says how many tokens are left of how many, and what did not change is not in it', () => {
    const answer = evaluateScenario(scenario([trim(0.2, 0, 0.5)]), USE);
    expect(
      answer.ledger[0]!.moved.map(({ fromMeter, tokens, tokensAfter }) => [
        fromMeter,
        tokens / MILLION,
        tokensAfter / MILLION,
      ]),
    ).toEqual([
      ['input', 100, expect.closeTo(80, 9)],
      ['output', 20, 10],
    ]);
  });

  test('the cached prefix shrinks with its own share', () => {
    const answer = evaluateScenario(scenario([trim(0, 0.4, 0)]), USE);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(50 * 0.4 * 0.3, 9);
  });

  test('caching after trimming finds less to cache', () => {
    // 80M input left, all prefix, all hits: saves 80 × 2.7 instead of 100 × 2.7
    const answer = evaluateScenario(scenario([trim(0.2, 0, 0), caching(1, 1)]), USE);
    expect(answer.ledger[1]!.alone?.base).toBeCloseTo(270, 9);
    expect(answer.ledger[1]!.inOrder?.base).toBeCloseTo(216, 9);
  });

  test('low and high follow from the ranges', () => {
    const ranged = { ...trim(0, 0, 0), inputCut: { low: 0.1, base: 0.2, high: 0.3 } };
    const { savingAtPrice } = evaluateScenario(scenario([ranged]), USE).headlines;
    expect(savingAtPrice?.low).toBeCloseTo(30, 9);
    expect(savingAtPrice?.base).toBeCloseTo(60, 9);
    expect(savingAtPrice?.high).toBeCloseTo(90, 9);
  });
});

describe('retries and experiments', () => {
  const overhead = (now: number, after: number) =>
    lever('overhead', { overheadNow: exactly(now), overheadAfter: exactly(after) });

  test('from 60 % to 20 % overhead: three quarters of the volume serve the same requests', () => {
    // 1.2 ÷ 1.6 = 0.75; 615 × 0.25
    const answer = evaluateScenario(scenario([overhead(0.6, 0.2)]), USE);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(153.75, 9);
    expect(answer.ledger[0]!.facts[0]!.value).toBeCloseTo(0.75, 12);
  });

  test('more retries cost more, and it is said', () => {
    const answer = evaluateScenario(scenario([overhead(0, 0.5)]), USE);
    expect(answer.headlines.savingAtPrice?.base).toBeCloseTo(-307.5, 9);
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'costs_more', refused: false }]);
  });

  test('paid capacity has no marginal price, so fewer requests on it save nothing', () => {
    const paid = bill([usage('a', { tokens: { input: 1 }, vector: { mode: 'provisioned' } })]);
    const answer = evaluateScenario(scenario([overhead(1, 0)]), paid);
    expect(answer.ledger[0]!.guards).toMatchObject([{ code: 'capacity_paid', refused: true }]);
  });
});
