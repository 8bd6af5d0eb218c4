import { describe, expect, test } from 'vitest';
import { resolveComparison, resolvePeriod } from '../../../src-renderer/app/period.ts';

const held = { from: '2026-01-10', to: '2026-10-14' };

describe('a choice means days that are held', () => {
  test.each([
    ['latest-month', '2026-10-01', '2026-10-14'],
    ['previous-month', '2026-09-01', '2026-09-30'],
    ['latest-3-months', '2026-08-01', '2026-10-14'],
    ['latest-12-months', '2025-11-01', '2026-10-14'],
    ['latest-30-days', '2026-09-15', '2026-10-14'],
    ['latest-90-days', '2026-07-17', '2026-10-14'],
  ] as const)('%s', (choice, from, to) => expect(resolvePeriod(choice, held)).toEqual({ from, to }));

  test('all held days, or nothing held, bound nothing', () => {
    expect(resolvePeriod('all', held)).toBeNull();
    expect(resolvePeriod('latest-month', null)).toBeNull();
  });
});

describe('like is compared with like', () => {
  test.each([
    ['a whole month with the whole month before', '2026-03-01', '2026-03-31', '2026-02-01', '2026-02-28'],
    ['a short month with the whole longer one', '2026-02-01', '2026-02-28', '2026-01-01', '2026-01-31'],
    ['a begun month with the same days', '2026-10-01', '2026-10-14', '2026-09-01', '2026-09-14'],
    ['the 30th with the last day February has', '2026-03-01', '2026-03-30', '2026-02-01', '2026-02-28'],
    ['three months with the three before', '2026-08-01', '2026-10-31', '2026-05-01', '2026-07-31'],
    ['odd days with as many days before', '2026-10-05', '2026-10-14', '2026-09-25', '2026-10-04'],
  ])('%s', (_name, from, to, beforeFrom, beforeTo) => {
    expect(resolveComparison('previous', { from, to })).toEqual({ from: beforeFrom, to: beforeTo });
  });

  test('a year before keeps the last day of February', () => {
    expect(resolveComparison('year', { from: '2024-02-01', to: '2024-02-29' })).toEqual({
      from: '2023-02-01',
      to: '2023-02-28',
    });
  });

  test('nothing bounded is compared with nothing', () => {
    expect(resolveComparison('previous', null)).toBeNull();
    expect(resolveComparison('none', { from: '2026-10-01', to: '2026-10-14' })).toBeNull();
  });
});
