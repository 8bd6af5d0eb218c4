// A rate card's rows: what each says, what is refused with its column and remedy, and that writing reads back.
import { expect, test } from 'vitest';
import {
  EMPTY_ROW,
  KNOWN_BY_TABLE,
  type RateCardRow,
  readRow,
  writeRow,
} from '../../../shared/domain/pricing/rate-card.ts';

const read = (row: Partial<RateCardRow>) => readRow({ ...EMPTY_ROW, ...row }, 1, KNOWN_BY_TABLE);
const faultsOf = (row: Partial<RateCardRow>): string[] => {
  const reading = read(row);
  if (reading.kind === 'read') return [];
  return reading.faults.map(({ column, value, problem }) => `${column} “${value}” ${problem}`);
};

test('a percentage of everything, and a price of one meter per stated unit', () => {
  expect(read({ discount_percent: '12.5%' })).toMatchObject({
    override: { rate: { kind: 'percent', off: 0.125 }, from: null, to: null },
  });
  expect(
    read({
      model: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
      meter: 'input',
      price_usd: '$2.40',
      unit: '1M tokens',
      from: '2026-01-01',
      to: '2026-12-31',
    }),
  ).toMatchObject({
    override: {
      scope: { provider: 'Anthropic', model: 'Claude Sonnet 4.5', meter: 'input', mode: '*' },
      rate: { kind: 'price', usd: 2.4, per: 1e6, unit: '1M tokens' },
      from: '2026-01-01',
      to: '2026-12-31',
    },
  });
  expect(read({ meter: 'model_unit_hour', price_usd: '17', unit: 'hour' })).toMatchObject({
    override: { rate: { usd: 17, per: 1 } },
  });
});

test.each<[string, Partial<RateCardRow>]>([
  ['percentage', { discount_percent: '7', mode: 'batch', account: '000000000012', note: 'addendum 3, §2' }],
  ['price', { model: 'Nova Lite', meter: 'output', price_usd: '0.2', unit: '1K tokens', tier: 'global' }],
  ['fine percentage', { discount_percent: '33.333', variant: 'none', region: 'none', term: '1_month' }],
])('%s: what is written reads back to the same rate', (_what, row) => {
  const first = read(row);
  expect(first.kind).toBe('read');
  if (first.kind === 'read') expect(read(writeRow(first.override))).toEqual(first);
});

test.each<[string, Partial<RateCardRow>, string]>([
  [
    'silence about a part',
    { mode: '', discount_percent: '5' },
    'mode “” is empty: write * for every mode, or name one',
  ],
  [
    'a mode that is not one',
    { mode: 'bach', discount_percent: '5' },
    'mode “bach” is no mode (did you mean batch?); * stands for every mode',
  ],
  [
    'a model nobody knows',
    { model: 'Claude Sonet 4.5', discount_percent: '5' },
    'model “Claude Sonet 4.5” is no model known here (did you mean Claude Sonnet 4.5?)',
  ],
  [
    'another provider’s model',
    { provider: 'Amazon', model: 'Claude Sonnet 4.5', discount_percent: '5' },
    'provider “Amazon” is not the provider of Claude Sonnet 4.5, which is Anthropic',
  ],
  [
    'an account that a spreadsheet rounded',
    { account: '1.23457E+11', discount_percent: '5' },
    'account “1.23457E+11” is no account id of 12 digits; spreadsheets drop leading zeros and round long numbers',
  ],
  [
    'a decimal comma',
    { discount_percent: '12,5' },
    'discount_percent “12,5” is no percentage from 0 to 100, with a point as decimal mark',
  ],
  [
    'more than everything off',
    { discount_percent: '120' },
    'discount_percent “120” is no percentage from 0 to 100, with a point as decimal mark',
  ],
  [
    'neither rate',
    {},
    'discount_percent “” a rate is either a discount_percent or a price_usd, and this row has neither',
  ],
  [
    'both rates',
    { discount_percent: '5', price_usd: '3' },
    'price_usd “3” a rate is either a discount_percent or a price_usd, and this row has both',
  ],
  [
    'a price of every meter',
    { price_usd: '3', unit: '1M tokens' },
    'meter “*” is open: a price is for one meter; a discount_percent may be for every one',
  ],
  [
    'a price without its unit',
    { meter: 'input', price_usd: '3' },
    'unit “” is no unit of the meter input: say what the price is for, such as “1M tokens” or “hour”',
  ],
  [
    'a unit of another meter',
    { meter: 'image', price_usd: '3', unit: '1M tokens' },
    'unit “1M tokens” is no unit of the meter image: say what the price is for, such as “1M tokens” or “hour”',
  ],
  [
    'a day that is none',
    { discount_percent: '5', from: '2026-02-30' },
    'from “2026-02-30” is no day such as 2026-10-31',
  ],
  [
    'an end before the beginning',
    { discount_percent: '5', from: '2026-02-02', to: '2026-02-01' },
    'to “2026-02-01” is before 2026-02-02, the first day',
  ],
])('%s is refused', (_what, row, expected) => {
  expect(faultsOf(row)).toEqual([expected]);
});
