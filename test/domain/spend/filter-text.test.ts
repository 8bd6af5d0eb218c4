import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterText, parseFilterText } from '../../../shared/domain/spend/filter-text.ts';
import { FILTER_OPERATORS, type Filter } from '../../../shared/domain/spend/vocabulary.ts';

test.each<[string, Filter]>([
  ['provider=Anthropic', { dimension: 'provider', operator: '=', values: ['Anthropic'] }],
  ['model!=a,b', { dimension: 'model', operator: '!=', values: ['a', 'b'] }],
  ['usageType~input-tokens', { dimension: 'usageType', operator: '~', values: ['input-tokens'] }],
  ['day>=2026-08-01', { dimension: 'day', operator: '>=', values: ['2026-08-01'] }],
  ['model=null', { dimension: 'model', operator: '=', values: [null] }],
  ['tag:team=a\\,b,\\null', { dimension: 'tag:team', operator: '=', values: ['a,b', 'null'] }],
  ['tag:a\\=b=c', { dimension: 'tag:a=b', operator: '=', values: ['c'] }],
])('%s', (text, filter) => {
  expect(parseFilterText(text)).toEqual(filter);
  expect(filterText(filter)).toBe(text);
});

test.each(['', 'model', '=a', '~'])('%j says no condition', (text) => {
  expect(parseFilterText(text)).toBeNull();
});

test('whatever a tag is called and holds, its text reads back as the same condition', () => {
  const value = fc.oneof(fc.string(), fc.constantFrom('null', '\\', 'a,b', '\\null', 'x\\,'));
  const filter = fc.record({
    dimension: fc.oneof(fc.string(), fc.constantFrom('\\', 'a\\', '=', '!=~')).map((key) => `tag:${key}`),
    operator: fc.constantFrom(...FILTER_OPERATORS),
    values: fc.array(fc.option(value), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(filter, (given) => {
      expect(parseFilterText(filterText(given))).toEqual(given);
    }),
  );
});
