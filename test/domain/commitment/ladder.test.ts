// Amounts in millions.
import { expect, test } from 'vitest';
import { organicLines, settleYear } from '../../../shared/domain/commitment/absorption.ts';
import type { CommitmentYear } from '../../../shared/domain/commitment/agreement.ts';
import { compareRungs, worthOfDiscount } from '../../../shared/domain/commitment/ladder.ts';
import { expectedShortfall } from '../../../shared/domain/commitment/shortfall-risk.ts';

const current = { commit: 10, discount: 0.06, expectedShortfall: 0.3, support: 0 };
const offered = { commit: 12, discount: 0.09, expectedShortfall: 0.6, support: 0 };

test('rung 10 at 6 % (E[shortfall] 0.30) → rung 12 at 9 % (0.60), gross spend 11.5: take, +0.045', () => {
  const verdict = compareRungs(current, offered, 11.5);
  expect(verdict.discountGain).toBeCloseTo(0.345, 12);
  expect(verdict.extraShortfall).toBeCloseTo(0.3, 12);
  expect(verdict.advantage).toBeCloseTo(0.045, 12);
  expect(verdict.verdict).toBe('take');
});

test('the same rung is not worth it at gross spend 9, nor with 0.1 more support', () => {
  expect(compareRungs(current, offered, 9).verdict).toBe('leave');
  expect(compareRungs(current, { ...offered, support: 0.1 }, 11.5).verdict).toBe('leave');
});

test('at its indifference discount a rung is exactly as good', () => {
  const { indifferentDiscount } = compareRungs(current, offered, 11.5);
  const at = compareRungs(current, { ...offered, discount: indifferentDiscount }, 11.5);
  expect(at.advantage).toBeCloseTo(0, 12);
  expect(indifferentDiscount).toBeCloseTo(0.06 + 0.3 / 11.5, 12);
});

test('post-discount commitment 10, gross spend 10.5: 5 % or 10 % cost 10.000 both times', () => {
  const year: CommitmentYear = {
    start: '2026-01-01',
    commit: 10,
    discount: 0.05,
    drawdown: 'after_discount',
    shortfallSettled: 'face',
    marketplaceCap: 0.25,
    support: 0,
  };
  const lines = organicLines({ aws: 10.5, marketplace: 0 });
  // 5 %: 9.975 net + 0.025 shortfall; 10 %: 9.45 net + 0.55 shortfall
  expect(settleYear(year, lines).cash).toBeCloseTo(10, 12);
  expect(settleYear({ ...year, discount: 0.1 }, lines).cash).toBeCloseTo(10, 12);
  expect(worthOfDiscount(year, 0.1, lines)).toBeCloseTo(0, 12);
});

test('spend ~ U(8,12), commitment 10: E[shortfall] 0.5', () => {
  expect(expectedShortfall(10, { kind: 'uniform', low: 8, high: 12 })).toBeCloseTo(0.5, 12);
});

test('spend ~ N(11,1), commitment 10: E[shortfall] 0.0833', () => {
  expect(expectedShortfall(10, { kind: 'normal', mean: 11, deviation: 1 })).toBeCloseTo(0.0833, 4);
  // φ(−1) − Φ(−1) = 0.24197072451914337 − 0.15865525393145705
  expect(expectedShortfall(10, { kind: 'normal', mean: 11, deviation: 1 })).toBeCloseTo(
    0.08331547058768632,
    13,
  );
});

test('a commitment beyond the spread falls short by its distance from the mean; one below it never does', () => {
  expect(expectedShortfall(20, { kind: 'uniform', low: 8, high: 12 })).toBe(10);
  expect(expectedShortfall(5, { kind: 'uniform', low: 8, high: 12 })).toBe(0);
  expect(expectedShortfall(20, { kind: 'normal', mean: 11, deviation: 1 })).toBeCloseTo(9, 12);
  expect(expectedShortfall(5, { kind: 'normal', mean: 11, deviation: 1 })).toBeLessThan(1e-9);
  expect(expectedShortfall(12, { kind: 'normal', mean: 11, deviation: 0 })).toBe(1);
});

test('the normal case agrees with adding up the density in small steps', () => {
  for (const commit of [7.5, 9, 10.5, 12, 14.2]) {
    const step = 1e-4;
    let sum = 0;
    for (let x = 11 - 10; x < commit; x += step) {
      const middle = x + step / 2;
      sum += (commit - middle) * (Math.exp(-((middle - 11) ** 2) / 2) / Math.sqrt(2 * Math.PI)) * step;
    }
    expect(expectedShortfall(commit, { kind: 'normal', mean: 11, deviation: 1 })).toBeCloseTo(sum, 4);
  }
});
