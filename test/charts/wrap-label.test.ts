// Names under bars.
import { expect, test } from 'vitest';
import { keepsWords, wrapLabel } from '../../shared/charts/wrap-label.ts';

test('twelve bars of 43 pixels: words stay whole, and no line runs into the next name', () => {
  expect(wrapLabel('Baseline', 43)).toBe('Baseline');
  expect(wrapLabel('Batch Claude Haiku 4.5', 43)).toBe('Batch\nClaude\nHaiku\n4.5');
});

test('with room, a name keeps to as few lines as it needs', () => {
  expect(wrapLabel('Prompt caching', 110)).toBe('Prompt caching');
  expect(wrapLabel('Nightly extraction and enrichment', 110)).toBe('Nightly extraction\nand enrichment');
});

test('a word far too long is cut, with nothing lost', () => {
  expect(wrapLabel('extraction-nightly', 43)).toBe('extract\nion-nig\nhtly');
});

test('whether a width keeps every word whole: two letters may stand out', () => {
  expect(keepsWords('Baseline', 43)).toBe(true);
  expect(keepsWords('Provisioned throughput', 43)).toBe(false);
  expect(keepsWords('Provisioned throughput', 65)).toBe(true);
});
