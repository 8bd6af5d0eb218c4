// Prices as they are read: the unit one pays for, and no region where the source lost it.
import { expect, test } from 'vitest';
import { createFormat } from '../../../shared/format/format.ts';
import { perText } from '../../../shared/format/per.ts';
import { effectiveText, priceText, regionText } from '../../../src-renderer/screens/pricing/price-text.ts';

const FORMAT = createFormat();

test.each([
  [1e6, 'token', '1M tokens'],
  [1000, 'text_unit', '1K text units'],
  [1, 'image', 'image'],
  [1, 'query', 'query'],
  [1, 'ocu_hour', 'OCU hour'],
  [12, 'page', '12 pages'],
])('per %d of %s reads "%s"', (per, unit, text) => {
  expect(perText(per, unit)).toBe(text);
});

test('a price keeps its digits; a range says both ends', () => {
  expect(priceText(3, 3, 1e6, 'token', FORMAT)).toBe('$3.00 / 1M tokens');
  expect(priceText(0.035, 0.0385, 1e6, 'token', FORMAT)).toBe('$0.035 to $0.0385 / 1M tokens');
});

test('a lost region label is said', () => {
  expect(regionText({ region: 'eu-west-1', anyRegion: false })).toBe('eu-west-1');
  expect(regionText({ region: null, anyRegion: true })).toBe('Any commercial region');
  expect(regionText({ region: null, anyRegion: false })).toBe('Region not stated');
});

test('an end day is exclusive, and no dates are no dates', () => {
  expect(effectiveText({ effectiveFrom: null, effectiveTo: null }, FORMAT)).toBeNull();
  expect(effectiveText({ effectiveFrom: '2025-09-29', effectiveTo: null }, FORMAT)).toBe('from 29 Sep 2025');
  expect(effectiveText({ effectiveFrom: '2025-09-29', effectiveTo: '2026-01-01' }, FORMAT)).toBe(
    '29 Sep 2025 until before 1 Jan 2026',
  );
});
