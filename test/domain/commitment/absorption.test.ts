// Amounts in millions. Every case is one line of a table a reader can check by hand.
import { describe, expect, test } from 'vitest';
import {
  absorb,
  againstDirect,
  extraGrossForDiscount,
  organicLines,
  type SpendLine,
  settleYear,
} from '../../../shared/domain/commitment/absorption.ts';
import { type CommitmentYear, termsFor } from '../../../shared/domain/commitment/agreement.ts';

const YEAR: CommitmentYear = {
  start: '2026-01-01',
  commit: 20,
  discount: 0,
  drawdown: 'before_discount',
  shortfallSettled: 'face',
  marketplaceCap: 0.25,
  support: 0,
};

const native = (gross: number): SpendLine => ({
  lineClass: 'native',
  gross,
  retires: true,
  discounted: true,
  inMarketplaceCap: false,
});
const undiscounted = (gross: number): SpendLine => ({ ...native(gross), discounted: false });
const inCap = (gross: number): SpendLine => ({
  lineClass: 'marketplace',
  gross,
  retires: true,
  discounted: false,
  inMarketplaceCap: true,
});

/** Organic AWS spend that retires the given amount, however the drawdown is measured. */
function organicRetiring(retired: number, year: CommitmentYear): SpendLine[] {
  const gross = year.drawdown === 'after_discount' ? retired / (1 - year.discount) : retired;
  return organicLines({ aws: gross, marketplace: 0 });
}

describe('a gap of 1, AI spend of 1.5 at list, discount 10 %', () => {
  const rows: [string, Partial<CommitmentYear>, SpendLine, number][] = [
    ['drawdown after discount', { drawdown: 'after_discount' }, native(1.5), 0.35],
    ['before discount, settled at face', { shortfallSettled: 'face' }, native(1.5), 0.35],
    ['before discount, settled net of discount', { shortfallSettled: 'net' }, native(1.5), 0.45],
    ['AI retires but earns no discount', {}, undiscounted(1.5), 0.5],
  ];
  test.each(rows)('%s', (_name, terms, ai, incremental) => {
    const year = { ...YEAR, discount: 0.1, ...terms };
    const result = absorb(year, organicRetiring(19, year), [ai]);
    expect(result.gap).toBeCloseTo(1, 12);
    expect(result.absorbed).toBeCloseTo(1, 12);
    expect(result.incrementalCash).toBeCloseTo(incremental, 12);
  });
});

describe('commitment 20, organic spend that retires 17, AI spend 1.5', () => {
  const rows: [string, Partial<CommitmentYear>, number, number, number][] = [
    ['no discount', {}, 1.5, 1.5, 0],
    ['discount 10 %, after discount', { discount: 0.1, drawdown: 'after_discount' }, 1.35, 1.65, 0],
    ['discount 10 %, before discount, face', { discount: 0.1 }, 1.5, 1.5, -0.15],
  ];
  test.each(rows)('%s', (_name, terms, absorbed, shortfall, incremental) => {
    const year = { ...YEAR, ...terms };
    const result = absorb(year, organicRetiring(17, year), [native(1.5)]);
    expect(result.gap).toBeCloseTo(3, 12);
    expect(result.absorbed).toBeCloseTo(absorbed, 12);
    expect(result.shortfall).toBeCloseTo(shortfall, 12);
    expect(result.incrementalCash).toBeCloseTo(incremental, 12);
  });

  test('cash of the year falls when AI spend is added, and is not clamped', () => {
    const year = { ...YEAR, discount: 0.1 };
    // without: 17 × 0.9 + shortfall 3 = 18.3; with: 18.5 × 0.9 + shortfall 1.5 = 18.15
    const result = absorb(year, organicRetiring(17, year), [native(1.5)]);
    expect(result.without.cash).toBeCloseTo(18.3, 12);
    expect(result.with.cash).toBeCloseTo(18.15, 12);
  });
});

test('commitment 20, Marketplace cap 5, organic AWS 14 + Marketplace 4, AI: Claude 3 in the cap + Nova 0.5', () => {
  const result = absorb(YEAR, organicLines({ aws: 14, marketplace: 4 }), [inCap(3), native(0.5)]);
  expect(result.gap).toBeCloseTo(2, 12);
  // retired with AI = 14.5 + min(5, 4 + 3): 2 of the 3 go over the cap and retire nothing
  expect(result.with.retired).toBeCloseTo(19.5, 12);
  expect(result.absorbed).toBeCloseTo(1.5, 12);
  expect(result.shortfall).toBeCloseTo(0.5, 12);
  // 14 + 4 + 3.5 + 0.5 = 22 with; 18 + 2 = 20 without
  expect(result.incrementalCash).toBeCloseTo(2, 12);
});

test('spend that does not retire adds its whole cost and absorbs nothing', () => {
  const outside: SpendLine = { ...native(1.5), retires: false, discounted: false };
  const result = absorb(YEAR, organicRetiring(17, YEAR), [outside]);
  expect(result.absorbed).toBe(0);
  expect(result.incrementalCash).toBeCloseTo(1.5, 12);
});

test('a shortfall measured after discount is net already: settling it net takes nothing off twice', () => {
  const year: CommitmentYear = { ...YEAR, discount: 0.1, drawdown: 'after_discount' };
  const face = settleYear(year, organicRetiring(17, year));
  const net = settleYear({ ...year, shortfallSettled: 'net' }, organicRetiring(17, year));
  expect(net.shortfallDue).toBe(face.shortfallDue);
});

test('support is a share of net cost and part of the cash', () => {
  // 22 × 0.9 = 19.8 net; 3 % = 0.594; retired 22 > 20, no shortfall
  const settled = settleYear({ ...YEAR, discount: 0.1, support: 0.03 }, [native(22)]);
  expect(settled.support).toBeCloseTo(0.594, 12);
  expect(settled.cash).toBeCloseTo(20.394, 12);
});

test('15 % discount measured after discount needs 17.6 % more gross usage', () => {
  const extra = extraGrossForDiscount(0.15);
  expect(extra).toBeCloseTo(0.176, 3);
  const year: CommitmentYear = { ...YEAR, discount: 0.15, drawdown: 'after_discount' };
  expect(settleYear(year, [native(20 * (1 + extra))]).shortfall).toBeCloseTo(0, 12);
});

test('against direct purchase: direct cost − incremental cash', () => {
  expect(againstDirect(1.5, 0.35)).toBeCloseTo(1.15, 12);
});

describe('terms of a line class', () => {
  const claude = {
    lineClass: 'marketplace:Anthropic',
    retires: true,
    discounted: true,
    inMarketplaceCap: false,
  };
  test('by default Marketplace retires within the cap, undiscounted; native retires, discounted', () => {
    expect(termsFor([], 'marketplace', 'Anthropic')).toMatchObject({
      retires: true,
      discounted: false,
      inMarketplaceCap: true,
    });
    expect(termsFor([], 'native', 'Amazon')).toMatchObject({
      retires: true,
      discounted: true,
      inMarketplaceCap: false,
    });
  });
  test("a provider's own terms win over those of its class", () => {
    expect(termsFor([claude], 'marketplace', 'Anthropic')).toBe(claude);
    expect(termsFor([claude], 'marketplace', 'Cohere')).toMatchObject({ lineClass: 'marketplace' });
    const others = { ...claude, lineClass: 'marketplace', inMarketplaceCap: true };
    expect(termsFor([others, claude], 'marketplace', 'Anthropic')).toBe(claude);
    expect(termsFor([others, claude], 'marketplace', 'Cohere')).toBe(others);
  });
});
