// The sliders of routing's weights.
import { expect, test } from 'vitest';
import { sliderEnd } from '../../../src-renderer/screens/scenario/routing-targets.tsx';

test('a slider ends at or above every weight, as stated from 0 to 10 or as percentages', () => {
  expect(sliderEnd([])).toBe(10);
  expect(sliderEnd([1, 3])).toBe(10);
  expect(sliderEnd([40, 45, 15])).toBe(100);
  expect(sliderEnd([250, 1])).toBe(250);
});
