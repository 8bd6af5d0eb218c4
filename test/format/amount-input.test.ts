// Amounts as people type them, in each number style.
import { expect, test } from 'vitest';
import { decimalOf, typedDecimal } from '../../shared/format/amount-input.ts';

test.each([
  { style: 'comma', typed: '1,234.56', plain: '1234.56' },
  { style: 'comma', typed: ' 1234.5 ', plain: '1234.5' },
  { style: 'comma', typed: '−12', plain: '-12' },
  { style: 'comma', typed: '12,34.5', plain: null },
  { style: 'comma', typed: '1.234,56', plain: null },
  { style: 'comma', typed: '1,23', plain: null },
  { style: 'comma', typed: '', plain: null },
  { style: 'comma', typed: '12.', plain: null },
  { style: 'comma', typed: '$12', plain: null },
  { style: 'point', typed: '1.234,56', plain: '1234.56' },
  { style: 'point', typed: '1.234', plain: '1234' },
  { style: 'point', typed: '1234.56', plain: null },
  { style: 'space', typed: '1 234,56', plain: '1234.56' },
  { style: 'space', typed: '1\u202f234\u202f567', plain: '1234567' },
  { style: 'apostrophe', typed: "1'234.56", plain: '1234.56' },
  { style: 'apostrophe', typed: '1’234’567.1', plain: '1234567.1' },
] as const)('$typed in style $style is $plain', ({ style, typed, plain }) => {
  expect(decimalOf(typed, style)).toBe(plain);
});

test.each(['comma', 'point', 'space', 'apostrophe'] as const)(
  'what is shown in style %s reads back',
  (style) => {
    expect(decimalOf(typedDecimal('-1234.56', style), style)).toBe('-1234.56');
  },
);
