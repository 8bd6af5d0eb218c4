// What caching saved: reads against input, less what the writes cost more.
import { expect, test } from 'vitest';
import { cacheSaving, emptyCacheTally, tallyCacheLine } from '../../../shared/domain/pricing/cache-saving.ts';

test('4,000 tokens read by 1,000 requests at $3 / M, written once: $10.79 with its write, not $0.27', () => {
  const tally = emptyCacheTally();
  const input = 3 / 1e6;
  const written = 4000;
  const read = 4000 * 999;
  tallyCacheLine(tally, {
    meter: 'cache_write_5m',
    tokens: written,
    list: written * (3.75 / 1e6),
    invoiced: written * (3.75 / 1e6),
    inputPrice: input,
  });
  tallyCacheLine(tally, {
    meter: 'cache_read',
    tokens: read,
    list: read * (0.3 / 1e6),
    invoiced: read * (0.3 / 1e6),
    inputPrice: input,
  });
  const { asInput, asBilled, saving, readTokens, writeTokens } = cacheSaving(tally);
  expect(asInput).toBeCloseTo(12, 9);
  expect(asBilled).toBeCloseTo(0.015 + 1.1988, 9);
  expect(saving).toBeCloseTo(10.7862, 9);
  expect([readTokens, writeTokens]).toEqual([3_996_000, 4000]);
});

test('writes that nobody reads cost more than they save', () => {
  const tally = emptyCacheTally();
  tallyCacheLine(tally, {
    meter: 'cache_write_1h',
    tokens: 1e6,
    list: 6,
    invoiced: 6,
    inputPrice: 3 / 1e6,
  });
  expect(cacheSaving(tally).saving).toBeCloseTo(-3, 12);
});

test('a line without an input price is left out and counted; without any line nothing is known', () => {
  const tally = emptyCacheTally();
  const line = { meter: 'cache_read' as const, tokens: 1e6, list: 0.3, invoiced: 0.3 };
  tallyCacheLine(tally, { ...line, inputPrice: null });
  tallyCacheLine(tally, { ...line, tokens: null, inputPrice: 1 });
  expect(cacheSaving(tally)).toMatchObject({ saving: null, lines: 0, linesWithout: 2, asInput: 0 });
});
