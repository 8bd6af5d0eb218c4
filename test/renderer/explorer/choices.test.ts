// Everything that can be asked can be picked, and a condition reads as it was meant.
import { expect, test } from 'vitest';
import { FILTER_OPERATORS, type Filter, MEASURES } from '../../../shared/domain/spend/vocabulary.ts';
import { CONDITIONS, filterOf, filterText, kindOf } from '../../../shared/format/conditions.ts';
import { measureChoices } from '../../../src-renderer/screens/explorer/choices.ts';
import { dimensionChoices, UNGROUPED } from '../../../src-renderer/ui/dimension-choices.ts';

test('no dimension and no measure is missing from the lists', () => {
  expect(UNGROUPED).toEqual([]);
  const measures = measureChoices('amortized').map(({ value }) => value);
  expect(new Set(measures)).toEqual(new Set(['cost', ...MEASURES.filter((name) => name !== 'amortized')]));
});

test('tags come with the workspace; what is taken is not offered again', () => {
  const values = dimensionChoices(['team'], ['Product'], ['model']).map(({ value }) => value);
  expect(values).toContain('tag:team');
  expect(values).toContain('costCategory:Product');
  expect(values).not.toContain('model');
});

test('every operator can be stated and is read back as it was stated', () => {
  const kinds = Object.keys(CONDITIONS) as (keyof typeof CONDITIONS)[];
  for (const kind of kinds) expect(kindOf(filterOf('model', kind, ['Nova']))).toBe(kind);
  expect(new Set(kinds.map((kind) => CONDITIONS[kind].operator))).toEqual(new Set(FILTER_OPERATORS));
});

test.each<[Filter, string]>([
  [{ dimension: 'model', operator: '=', values: ['Nova Lite', null] }, 'Model is Nova Lite or No model'],
  [{ dimension: 'mode', operator: '!=', values: ['batch'] }, 'Mode is not Batch'],
  [{ dimension: 'tag:team', operator: '=', values: [null] }, 'Tag team has no value'],
  [{ dimension: 'usageType', operator: '~', values: ['cache'] }, 'Usage type contains cache'],
])('%j reads "%s"', (filter, text) => {
  expect(filterText(filter)).toBe(text);
});
