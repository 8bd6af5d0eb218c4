// Which usage takes on which discount, how much of it, and what is left alone.
import { expect, test } from 'vitest';
import { type SpreadLine, spreadFactors } from '../../../shared/domain/spend/spread.ts';

const line = (role: SpreadLine['role'], amount: number, more: Partial<SpreadLine> = {}): SpreadLine => ({
  product: 'AmazonBedrock',
  usageType: null,
  role,
  unblended: amount,
  netUnblended: amount,
  amortized: amount,
  netAmortized: amount,
  amortizedOpen: 0,
  netAmortizedOpen: 0,
  ...more,
});
const usage = (amount: number, usageType: string, more: Partial<SpreadLine> = {}) =>
  line('usage', amount, { usageType, ...more });

test('a discount without a usage type goes to all usage of its product, in proportion', () => {
  const factors = spreadFactors([usage(60, 'nova'), usage(30, 'kb'), line('deduction', -9)]);
  expect([...factors]).toEqual([
    ['AmazonBedrock', { unblended: -0.1, netUnblended: -0.1, amortized: -0.1, netAmortized: -0.1 }],
  ]);
});

test('one that names a usage type goes to that usage alone; both add up', () => {
  const factors = spreadFactors([
    usage(60, 'nova'),
    usage(30, 'kb'),
    line('deduction', -6, { usageType: 'nova' }),
    line('deduction', -9),
  ]);
  expect(factors.get('AmazonBedrock/nova')?.unblended).toBe(-0.1);
  expect(factors.get('AmazonBedrock')?.unblended).toBe(-0.1);
  expect(factors.size).toBe(2);
});

test.each([
  ['no usage of its product', [usage(60, 'nova', { product: 'AmazonES' })]],
  ['less usage than it takes off', [usage(8, 'nova')]],
  ['usage that credits have turned negative', [usage(-60, 'nova')]],
])('with %s nothing is spread', (_, lines) => {
  expect(spreadFactors([...lines, line('deduction', -9)]).size).toBe(0);
});

test('a credit of all usage is spread to nothing left, though doubles are between them', () => {
  const factors = spreadFactors([usage(0.1, 'a'), usage(0.2, 'b'), line('deduction', -0.3)]);
  expect(factors.get('AmazonBedrock')?.unblended).toBeCloseTo(-1, 12);
});

test('each basis has its own: what counts nothing in net takes nothing there, and lines that leave a basis open take none of it', () => {
  const factors = spreadFactors([
    usage(100, 'nova', { amortized: 60, amortizedOpen: 40 }),
    line('deduction', -6, { netUnblended: 0, netAmortized: 0 }),
  ]);
  expect(factors.get('AmazonBedrock')).toEqual({
    unblended: -0.06,
    netUnblended: 0,
    amortized: -0.1,
    netAmortized: 0,
  });
});
