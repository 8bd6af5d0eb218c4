// assay coverage: the figure, the holes that explain the rest, a grid to read, and the JSON as published.
import { expect, test } from 'vitest';
import type { Output } from '../../shared/contract/methods.ts';
import { assay, published } from './assay.ts';

test('the figure, and under it every class of hole with its number', async () => {
  const answer = published('coverage', await assay('coverage', '--json')) as Output<'catalog.coverage'>;
  const { code, out } = await assay('coverage', '--unpriced');
  expect(code).toBe(0);
  expect(out).toContain(`${answer.usage.priced} of ${answer.usage.strings} get a price`);
  for (const { title, says } of answer.usage.holes) {
    expect(out).toContain(title);
    expect(out).toContain(says);
  }
  for (const { usageType, hole } of answer.usage.readings)
    if (hole !== null) expect(out).toContain(usageType);
});

test('a grid of one region: amounts, and holes by name', async () => {
  const { out } = await assay('coverage', '--grid', 'tokens', '--region', 'us-east-1');
  const line = out.split('\n').find((row) => /^Claude Sonnet 4\.5 .*global/u.test(row));
  expect(line).toMatch(/global\s+\$3\.00\s+\$15\.00\s+\$0\.30\s+\$3\.75/u);
  expect(out).toMatch(/^Nova Premier .* cache_half/mu);
});

test('before the day a price was known from, the cell is a hole with that reason', async () => {
  const holesOn = async (date: string): Promise<number> => {
    const answer = published('coverage', await assay('coverage', '--date', date, '--json'));
    const { holes } = answer as Output<'catalog.coverage'>;
    return holes.find(({ hole }) => hole === 'other_days_only')?.count ?? 0;
  };
  expect(await holesOn('2026-11-21')).toBe(0);
  expect(await holesOn('2020-01-01')).toBeGreaterThan(0);
});

test.each([
  [['--grid', 'bananas'], '--grid: "bananas" is not one of tokens,'],
  [['--date', 'today'], '--date: "today" is not YYYY-MM-DD'],
])('assay coverage %j is refused', async (argv, says) => {
  const ended = await assay('coverage', ...argv);
  expect(ended.code).toBe(2);
  expect(ended.err).toContain(says);
});
