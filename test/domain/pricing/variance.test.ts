// Invoiced against catalog: which class a difference falls into, and which it must not.
import { expect, test } from 'vitest';
import type { VarianceReason } from '../../../shared/domain/pricing/price.ts';
import {
  explainUnderContract,
  explainVariance,
  type VarianceInput,
} from '../../../shared/domain/pricing/variance.ts';

const at = (list: number): VarianceInput['catalog'] => ({ low: list, high: list, rangeReason: null });
const NOTHING: VarianceInput = { invoiced: 100, catalog: at(100), listStated: null, otherTiers: [] };

test.each([
  ['billed at list', {}, 'none'],
  ['billed at list to the tenth decimal', { invoiced: 100.00000001 }, 'none'],
  ['a free price billed as free', { invoiced: 0, catalog: at(0) }, 'none'],
  ['a correction billed at list', { invoiced: -100, catalog: at(-100) }, 'none'],
  ['list rounded to two decimals', { invoiced: 3.44, catalog: at(3.4375) }, 'rounding'],
  ['an invoice in whole cents', { invoiced: 0.04, catalog: at(0.0362) }, 'rounding'],
  ['10 % off list', { invoiced: 90 }, 'contract_discount'],
  ['12.5 % off list', { invoiced: 87.5 }, 'contract_discount'],
  ['less than the list that the export states', { invoiced: 87.3, listStated: 100 }, 'contract_discount'],
  ['less than list, but the export states another list', { invoiced: 90, listStated: 90 }, 'unknown'],
  ['off list by an odd share', { invoiced: 87.3 }, 'unknown'],
  ['70 % off list is no ordinary discount', { invoiced: 30 }, 'unknown'],
  ['more than list', { invoiced: 115 }, 'unknown'],
  ['geo billed at the global price', { invoiced: 100, catalog: at(110), otherTiers: [100] }, 'tier'],
  ['the other tier, which is 10 % dearer', { invoiced: 110, otherTiers: [110] }, 'tier'],
  ['thousands taken for millions', { invoiced: 100_000 }, 'unit_conflict'],
  ['millions taken for thousands', { invoiced: 0.1 }, 'unit_conflict'],
  ['tokens taken for millions, less a discount', { invoiced: 80_000_000 }, 'unit_conflict'],
  ['no price', { catalog: null }, 'unpriced'],
] as const)('%s', (_why, changes, reason) => {
  expect(explainVariance({ ...NOTHING, ...changes }).reason).toBe(reason);
});

test('inside a range the range explains it: 27 for what was worth 20 to 30', () => {
  const catalog = { low: 20, high: 30, rangeReason: 'price_change_in_span' } as const;
  expect(explainVariance({ ...NOTHING, invoiced: 27, catalog })).toEqual({
    amountLow: -3,
    amountHigh: 7,
    shareLow: -0.1,
    shareHigh: 0.35,
    reason: 'price_change_in_span',
  });
});

test('below a range, a round percentage off its upper end is a discount', () => {
  const catalog = { low: 100, high: 110, rangeReason: 'tier' } as const;
  expect(explainVariance({ ...NOTHING, invoiced: 105, catalog }).reason).toBe('tier');
  expect(explainVariance({ ...NOTHING, invoiced: 99, catalog }).reason).toBe('contract_discount');
});

test('without a price there is no difference, not a difference of everything', () => {
  expect(explainVariance({ ...NOTHING, catalog: null })).toMatchObject({ amountLow: null, shareLow: null });
});

test('something billed where the catalog says free has an amount and no share', () => {
  expect(explainVariance({ ...NOTHING, invoiced: 4, catalog: at(0) })).toEqual({
    amountLow: 4,
    amountHigh: 4,
    shareLow: null,
    shareHigh: null,
    reason: 'unknown',
  });
});

test.each<[string, Partial<VarianceInput>, { low: number; high: number }, VarianceReason]>([
  ['paid what the contract says', { invoiced: 80 }, { low: 80, high: 80 }, 'contract_discount'],
  [
    'paid list: the contract was not applied',
    { invoiced: 100 },
    { low: 80, high: 80 },
    'contract_not_applied',
  ],
  ['paid within the contract’s range', { invoiced: 82 }, { low: 80, high: 85 }, 'contract_discount'],
  ['paid a further 5 % less than the contract', { invoiced: 76 }, { low: 80, high: 80 }, 'contract_discount'],
  ['paid something that neither says', { invoiced: 91.234 }, { low: 80, high: 80 }, 'unknown'],
  ['a rate of nothing off: as against list', { invoiced: 100 }, { low: 100, high: 100 }, 'none'],
])('under contract: %s', (_what, input, contract, expected) => {
  expect(explainUnderContract({ ...NOTHING, ...input }, contract)).toBe(expected);
});
