// The variance screen's choices stand in the address; reasons of a row come by weight.
import { expect, test } from 'vitest';
import {
  movingReasons,
  readVarianceState,
  rounded,
  unexplained,
  type VarianceRow,
  type VarianceState,
  writeVarianceState,
} from '../../../src-renderer/screens/variance/variance-state.ts';

test.each<VarianceState>([
  { view: 'gaps', by: 'model' },
  { view: 'rates', by: 'account' },
  { view: 'unpriced', by: 'tag:user:team' },
])('%o survives the address', (state) => {
  const own = Object.entries(writeVarianceState(state)).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  expect(readVarianceState(Object.fromEntries(own))).toEqual(state);
});

test.each([{ by: 'month' }, { by: 'bananas' }, { by: '' }])('%o falls back to the model', (own) => {
  expect(readVarianceState(own).by).toBe('model');
});

const ROW: VarianceRow = {
  key: 'x',
  lines: 4,
  invoiced: 90,
  list: 100,
  listHigh: 100,
  variance: -10,
  share: -0.1,
  unpriced: { lines: 1, invoiced: 7 },
  contract: {
    lines: 0,
    invoiced: 0,
    contracted: null,
    contractedHigh: null,
    listedLines: 0,
    list: null,
    expected: 0,
  },
  reasons: [
    { reason: 'none', lines: 1, invoiced: 20, list: 20, variance: 0, expected: 0 },
    { reason: 'tier', lines: 1, invoiced: 22, list: 20, variance: 2, expected: 0 },
    { reason: 'contract_discount', lines: 1, invoiced: 40, list: 53, variance: -13, expected: 0 },
    { reason: 'unknown', lines: 1, invoiced: 8, list: 7, variance: 1, expected: 0 },
    { reason: 'unpriced', lines: 1, invoiced: 7, list: null, variance: null, expected: 0 },
  ],
  tokens: null,
  invoicedRate: null,
  listRate: null,
};

test('the biggest difference first; agreement and missing prices move nothing', () => {
  expect(movingReasons(ROW).map(({ reason }) => reason)).toEqual(['contract_discount', 'tier', 'unknown']);
});

test('a contract that was not applied moves nothing against list, and is told all the same', () => {
  const open = {
    reason: 'contract_not_applied' as const,
    lines: 1,
    invoiced: 60,
    list: 60,
    variance: 0,
    expected: -12,
  };
  expect(movingReasons({ ...ROW, reasons: [...ROW.reasons, open] }).map(({ reason }) => reason)).toEqual([
    'contract_discount',
    'contract_not_applied',
    'tier',
    'unknown',
  ]);
});

test('not explained is what has no reason or a unit in doubt', () => {
  expect(unexplained(ROW)).toBe(1);
  const conflict = {
    reason: 'unit_conflict' as const,
    lines: 1,
    invoiced: 3000,
    list: 3,
    variance: 2997,
    expected: 0,
  };
  expect(unexplained({ ...ROW, reasons: [...ROW.reasons, conflict] })).toBe(2998);
});

test('a rate keeps six significant digits', () => {
  expect(rounded(0.05987824515)).toBe(0.0598782);
  expect(rounded(null)).toBe(null);
});
