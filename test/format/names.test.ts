// Every name the vocabulary has is put into words, and nothing the bill wrote is changed.
import { expect, test } from 'vitest';
import { DIMENSIONS, MEASURES } from '../../shared/domain/spend/vocabulary.ts';
import { METER_NAMES, MODES } from '../../shared/domain/usage/vocabulary.ts';
import { dimensionName, measureTitle, reasonName, valueName } from '../../shared/format/names.ts';

test('every dimension, measure, meter and mode has words of its own', () => {
  for (const names of [
    DIMENSIONS.map(dimensionName),
    MEASURES.map(measureTitle),
    METER_NAMES.map((meter) => valueName('meter', meter)),
    MODES.map((mode) => valueName('mode', mode)),
  ]) {
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !/^[A-Zv]/u.test(name) || name.includes('_'))).toEqual([]);
  }
});

test('tags, missing values and the bill’s own spellings', () => {
  expect(dimensionName('tag:user:team')).toBe('Tag user:team');
  expect(valueName('tag:team', null)).toBe('No tag team');
  expect(valueName('model', null)).toBe('No model');
  expect(valueName('usageType', 'USE1-NovaLite-input-tokens')).toBe('USE1-NovaLite-input-tokens');
  expect(valueName('provider', 'input')).toBe('input');
  expect(reasonName('no_price_for_mode')).toMatch(/never used instead/u);
  expect(reasonName('some_new_reason')).toBe('some new reason');
});
