import { describe, expect, test } from 'vitest';
import { dimensionOf, isDimension } from '../../../shared/domain/spend/dimensions.ts';
import { type Components, MEASURE_DEFINITIONS, unitOf } from '../../../shared/domain/spend/measures.ts';
import { PART_OF_FAMILY, SPEND_PARTS } from '../../../shared/domain/spend/parts.ts';
import type { Measure } from '../../../shared/domain/spend/vocabulary.ts';

const of = (measure: Measure, sums: Components): number | null => MEASURE_DEFINITIONS[measure].compute(sums);

describe('measures as functions of sums', () => {
  test.each<[string, Measure, Components, number | null]>([
    ['a rate is per million tokens', 'effectiveRate', { rateCost: 6, rateTokens: 2e6 }, 3],
    ['no tokens, no rate', 'effectiveRate', { rateCost: 6, rateTokens: 0 }, null],
    ['no token lines, no tokens', 'tokens', { tokenLines: null, tokens: null }, null],
    [
      'token lines without this meter count 0',
      'cacheReadTokens',
      { tokenLines: 3, cacheReadTokens: null },
      0,
    ],
    [
      'total input adds the three counts',
      'totalInputTokens',
      { tokenLines: 3, inputTokens: 1, cacheReadTokens: 2, cacheWriteTokens: 4 },
      7,
    ],
    [
      'hits over everything that could have hit',
      'cacheHitRate',
      { tokenLines: 3, inputTokens: 10, cacheReadTokens: 80, cacheWriteTokens: 10 },
      0.8,
    ],
    ['without input there is no hit rate', 'cacheHitRate', { tokenLines: 1 }, null],
    ['on-demand only, but it could be batch', 'batchShare', { batchTokens: null, batchEligibleTokens: 5 }, 0],
    ['nothing that could be batch', 'batchShare', { batchTokens: null, batchEligibleTokens: null }, null],
    ['quantity needs one unit', 'quantity', { quantity: 5, unit: null }, null],
    ['quantity in one unit', 'quantity', { quantity: 5, unit: 'image' }, 5],
    ['above the range', 'listVariance', { pricedInvoiced: 12, catalogLow: 9, catalogHigh: 10 }, 2],
    ['below the range', 'listVariance', { pricedInvoiced: 8, catalogLow: 9, catalogHigh: 10 }, -1],
    ['inside the range', 'listVariance', { pricedInvoiced: 9.5, catalogLow: 9, catalogHigh: 10 }, 0],
    [
      'what rounding of doubles leaves is no variance',
      'listVariance',
      { pricedInvoiced: 0.1 + 0.2, catalogLow: 0.3, catalogHigh: 0.3 },
      0,
    ],
    ['no priced line, no variance', 'listVariance', { pricedInvoiced: null }, null],
    ['everything has a price', 'unpricedShare', { unpricedCost: null, usageCost: 4 }, 0],
    ['no usage, no share', 'unpricedShare', { unpricedCost: null, usageCost: null }, null],
    ['contracted cost is not known', 'contracted', { unblended: 5 }, null],
  ])('%s', (_, measure, sums, expected) => {
    expect(of(measure, sums)).toBe(expected);
  });

  test('an amount has the unit of its one currency, the catalog is in USD', () => {
    expect(unitOf('unblended', 'EUR', null)).toBe('EUR');
    expect(unitOf('unblended', null, null)).toBeNull();
    expect(unitOf('effectiveRate', 'EUR', null)).toBe('EUR/1M token');
    expect(unitOf('catalogList', 'EUR', null)).toBe('USD');
    expect(unitOf('quantity', 'EUR', 'image')).toBe('image');
    expect(unitOf('cacheHitRate', null, null)).toBe('ratio');
  });
});

test('a tag or a cost category is a dimension by its key, other names are none', () => {
  expect(dimensionOf('tag:user:Team')?.source).toEqual({ from: 'map', name: 'tag_set', key: 'user:Team' });
  expect(dimensionOf('costCategory:Charge type')?.source).toMatchObject({ name: 'cost_category_set' });
  expect(isDimension('tag:')).toBe(false);
  expect(isDimension('unblended')).toBe(false);
  expect(isDimension('constructor')).toBe(false);
});

test('every family belongs to one part of the overview', () => {
  for (const part of Object.values(PART_OF_FAMILY)) expect(SPEND_PARTS).toContain(part);
});
