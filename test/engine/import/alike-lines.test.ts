// Lines that only their hour and amounts tell apart come as one, and nothing that a bill reads differently comes with them.
import { statSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Field } from '../../../src-main/engine/import/columns.ts';
import {
  IS_KNOWN,
  NEEDS_COMMITMENT_AMOUNTS,
  STANDS_ALONE,
} from '../../../src-main/engine/import/page-writer.ts';
import { createKnowledge } from '../../../src-main/engine/import/pages.ts';
import { AMOUNT_PLACES, amountAt } from '../../../src-main/engine/import/record-page.ts';
import { csv, here, line, source } from './page-files.ts';

describe('records that only their hour and amounts tell apart', () => {
  type Sum = {
    lines: number;
    day: string;
    cost: number;
    quantity: number;
    covered: number;
    number: number;
    hasText: boolean;
  };
  const placeOf = (field: Field): number => AMOUNT_PLACES.get(field) as number;

  async function sumsOf(lines: readonly string[], known = IS_KNOWN): Promise<{ sums: Sum[]; read: number }> {
    const file = source('alike.csv', csv(lines));
    const knowledge = createKnowledge();
    knowledge.rows.fill(known);
    const read = here(file, knowledge);
    const sums: Sum[] = [];
    for await (const page of read.pages) {
      for (let record = 0; record < page.count; record++) {
        sums.push({
          lines: page.lines[record] as number,
          day: new Date((page.start[record] as number) * 1000).toISOString().slice(0, 10),
          cost: amountAt(page, record, placeOf('unblended')),
          quantity: amountAt(page, record, placeOf('quantity')),
          covered: amountAt(page, record, placeOf('savingsPlanEffective')),
          number: page.number[record] as number,
          hasText: (page.textStart[record] as number) >= 0,
        });
      }
    }
    return { sums, read: read.recordsRead() };
  }
  const hours = (count: number, day = '03'): string[] =>
    Array.from({ length: count }, (_, hour) =>
      line({ start: `2026-08-${day}T${String(hour).padStart(2, '0')}:00:00Z`, cost: '0.1' }),
    );

  test('are handed on as one a day, with their number and sums, behind the others', async () => {
    const { sums, read } = await sumsOf([...hours(10), ...hours(20, '04')]);
    expect(sums.map(({ lines, day, cost, quantity }) => [lines, day, cost, quantity])).toEqual([
      [10, '2026-08-03', 1, 10_000],
      [20, '2026-08-04', 2, 20_000],
    ]);
    expect(read).toBe(30);
  });

  test('come one by one with their text while nobody knows their row', async () => {
    const { sums } = await sumsOf(hours(3), 0);
    expect(sums.map(({ lines, number, hasText }) => [lines, number, hasText])).toEqual([
      [1, 1, true],
      [1, 2, true],
      [1, 3, true],
    ]);
  });

  test('stay apart where one refunds, costs nothing, or does not say what it costs', async () => {
    const costs = ['5', '-5', '0', '', '5', '-5', '0', ''];
    const { sums } = await sumsOf(costs.map((cost) => line({ cost })));
    // Two that cancel each other out are not one that was free.
    expect(sums.map(({ lines, cost }) => [lines, cost])).toEqual([
      [2, 10],
      [2, -10],
      [2, 0],
      [2, Number.NaN],
    ]);
  });

  test('come as one with the amounts of commitments where their row needs them, apart where one states none', async () => {
    const effective = ['0.75', '0.25', '', '1', ''];
    const lines = effective.map((each) => line({ effective: each, cost: '2' }));
    const { sums } = await sumsOf([...lines, ...lines], IS_KNOWN | NEEDS_COMMITMENT_AMOUNTS);
    expect(sums.map(({ lines: count, cost, covered }) => [count, cost, covered])).toEqual([
      [6, 12, 4],
      [4, 8, Number.NaN],
    ]);
  });

  test('come one by one where a sum of them would read otherwise', async () => {
    const { sums } = await sumsOf(hours(3), IS_KNOWN | NEEDS_COMMITMENT_AMOUNTS | STANDS_ALONE);
    expect(sums.map(({ lines, number, covered, hasText }) => [lines, number, covered, hasText])).toEqual([
      [1, 1, 0.75, false],
      [1, 2, 0.75, false],
      [1, 3, 0.75, false],
    ]);
  });

  test('do not keep anybody waiting: a page comes every few MiB, even one that holds nothing yet', async () => {
    const file = source('long.csv', csv(Array.from({ length: 150_000 }, () => line({}))));
    const knowledge = createKnowledge();
    knowledge.rows.fill(IS_KNOWN);
    const read = here(file, knowledge);
    const seen: [count: number, lines: number, read: number][] = [];
    for await (const page of read.pages) {
      seen.push([page.count, page.count === 0 ? 0 : (page.lines[0] as number), read.recordsRead()]);
    }
    expect(statSync(file.path).size).toBeGreaterThan(16 * 1024 ** 2);
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.at(-1)).toEqual([1, 150_000, 150_000]);
    expect(seen.slice(0, -1).every(([count]) => count === 0)).toBe(true);
    expect(seen[0]?.[2]).toBeGreaterThan(10_000);
    expect(seen[0]?.[2]).toBeLessThan(140_000);
  });

  test('stay apart by what tells them apart, and are handed on before there are too many', async () => {
    const types = Array.from({ length: 20_000 }, (_, index) => line({ usageType: `USE1-type-${index}` }));
    const { sums } = await sumsOf([...types, ...types]);
    expect(sums.length).toBeGreaterThan(20_000);
    expect(sums.reduce((total, { lines }) => total + lines, 0)).toBe(40_000);
    expect(sums.reduce((total, { cost }) => total + cost, 0)).toBe(60_000);
  });
});
