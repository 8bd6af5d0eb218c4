import { expect, test } from 'vitest';
import { perText, unitAfter } from '../../shared/format/per.ts';

test('a unit after a number is in the plural unless there is one', () => {
  expect(unitAfter(18_266_669.907, 'token')).toBe('tokens');
  expect(unitAfter(1, 'query')).toBe('query');
  expect(unitAfter(0, 'model_unit_hour')).toBe('model unit hours');
  expect(unitAfter(2, 'gpu_slice')).toBe('gpu slice');
});

test('what an amount is paid for names how many of what', () => {
  expect(perText(1_000_000, 'token')).toBe('1M tokens');
  expect(perText(1000, 'text_unit')).toBe('1K text units');
  expect(perText(1, 'image')).toBe('image');
});
