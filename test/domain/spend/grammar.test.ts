import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  parseMeasure,
  parseNames,
  parsePeriod,
  parseSort,
  parseWhere,
  periodText,
  queryArguments,
  whereText,
} from '../../../shared/domain/spend/grammar.ts';
import { DIMENSIONS, FILTER_OPERATORS } from '../../../shared/domain/spend/vocabulary.ts';

describe('conditions', () => {
  test.each([
    ['provider=Anthropic', 'provider', '=', ['Anthropic']],
    ['model=Claude Sonnet 4.5,Nova Lite', 'model', '=', ['Claude Sonnet 4.5', 'Nova Lite']],
    ['model = Nova Lite , Nova Pro', 'model', '=', ['Nova Lite', 'Nova Pro']],
    ['mode!=batch', 'mode', '!=', ['batch']],
    ['usageType~input-tokens', 'usageType', '~', ['input-tokens']],
    ['day>=2026-08-05', 'day', '>=', ['2026-08-05']],
    ['month<=2026-09', 'month', '<=', ['2026-09']],
    ['region=null', 'region', '=', [null]],
    ['region="null"', 'region', '=', ['null']],
    ['tag:user:Team=search,null', 'tag:user:Team', '=', ['search', null]],
    ['"tag:a=b"=x', 'tag:a=b', '=', ['x']],
    ['model="a, b",c', 'model', '=', ['a, b', 'c']],
    ['model="say ""hi"""', 'model', '=', ['say "hi"']],
    ['costCategory:Charge type=AI', 'costCategory:Charge type', '=', ['AI']],
    ['resource=arn:aws:bedrock:us-east-1::x=y', 'resource', '=', ['arn:aws:bedrock:us-east-1::x=y']],
  ])('%s', (text, dimension, operator, values) => {
    expect(parseWhere(text)).toEqual({ dimension, operator, values });
  });

  test.each([
    ['provider', 'expected <dimension><operator><values>'],
    ['provder=Anthropic', 'did you mean provider?'],
    ['colour=red', 'the dimensions are'],
    ['provider=', 'a value is empty'],
    ['provider=a,,b', 'a value is empty'],
    ['provider="a', 'not closed'],
    ['provider="a"b', 'expected a comma before “b”'],
    ['day>=null', 'null can only be compared with = or !='],
  ])('%s is refused: %s', (text, message) => {
    expect(() => parseWhere(text)).toThrow(message);
  });

  test('what is written down reads back as the same condition', () => {
    const value = fc.oneof(
      fc.constant(null),
      fc.string({ minLength: 1 }),
      fc.constantFrom('null', 'a,b', '"', ' x '),
    );
    const dimension = fc.oneof(
      fc.constantFrom(...DIMENSIONS),
      fc.string({ minLength: 1, maxLength: 20 }).map((key) => `tag:${key}`),
    );
    const filter = fc.record({
      dimension,
      operator: fc.constantFrom(...FILTER_OPERATORS),
      values: fc.array(value, { minLength: 1, maxLength: 4 }),
    });
    fc.assert(
      fc.property(filter, (one) => {
        fc.pre(!one.values.includes(null) || one.operator === '=' || one.operator === '!=');
        expect(parseWhere(whereText(one))).toEqual(one);
      }),
    );
  });
});

describe('periods', () => {
  test.each([
    ['2026-08', '2026-08-01', '2026-08-31'],
    ['2026-08..2026-10', '2026-08-01', '2026-10-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-08-05..2026-08-09', '2026-08-05', '2026-08-09'],
    ['2026-08-05', '2026-08-05', '2026-08-05'],
  ])('%s', (text, from, to) => {
    expect(parsePeriod(text)).toEqual({ from, to });
    expect(periodText({ from, to })).toBe(text);
  });

  test('days that make up whole months are written as months', () => {
    expect(periodText({ from: '2026-02-01', to: '2026-02-28' })).toBe('2026-02');
    expect(periodText({ from: '2024-02-01', to: '2024-02-28' })).toBe('2024-02-01..2024-02-28');
  });

  test.each([
    ['2026-13', 'there is no month 13'],
    ['2026-02-30', '2026-02 has 28 days, not 30'],
    ['2026-10..2026-08', 'ends before it starts'],
    ['2026-08..2026-09-03', 'mixes a month and a day'],
    ['August', 'neither a month (YYYY-MM) nor a day'],
    ['2026-08..', 'neither a month'],
    ['2026-08..2026-09..2026-10', 'more than one'],
  ])('%s is refused: %s', (text, message) => {
    expect(() => parsePeriod(text)).toThrow(message);
  });
});

test('a list of measures names the wrong one and the nearest right one', () => {
  expect(parseNames('unblended,tokens', parseMeasure)).toEqual(['unblended', 'tokens']);
  expect(() => parseNames('unblended,tokenz', parseMeasure)).toThrow(
    'there is no measure “tokenz”: did you mean tokens?',
  );
});

test.each([
  ['unblended', 'unblended', true],
  ['unblended:asc', 'unblended', false],
  ['tag:user:Team', 'tag:user:Team', true],
  ['tag:user:Team:asc', 'tag:user:Team', false],
])('sorting by %s', (text, by, descending) => {
  expect(parseSort(text)).toEqual({ by, descending });
});

test('a question is printed as the flags that ask it again', () => {
  const flags = queryArguments({
    measures: ['unblended', 'tokens'],
    groupBy: ['model', 'tag:a,b'],
    where: [{ dimension: 'provider', operator: '=', values: ['Anthropic', null] }],
    period: { from: '2026-08-01', to: '2026-10-31' },
    basis: 'unblended',
    scope: 'bedrock',
    spread: true,
  });
  expect(flags).toEqual([
    ...['--measures', 'unblended,tokens', '--group-by', 'model,"tag:a,b"'],
    ...['--where', 'provider=Anthropic,null', '--period', '2026-08..2026-10'],
    ...['--basis', 'unblended', '--scope', 'bedrock', '--spread'],
  ]);
});
