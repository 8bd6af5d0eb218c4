// The lines of an import, walked in ranges: each line in exactly one, none with many more than asked, and sums as of the whole.
import { expect, test } from 'vitest';
import { seriesRangesOf } from '../../../src-main/engine/db/batch-days.ts';
import { cur2 } from '../import/synthetic.ts';
import { testWorkspace } from '../import/workspace.ts';

const LINES = 12_000;

test('a day of more lines than are summed at once is cut between series, and its sums are those of its lines', async () => {
  const workspace = testWorkspace();
  const rows = Array.from({ length: LINES }, (_, index) => ({
    line_item_usage_account_id: String(100_000_000_000 + (index % 300)),
    line_item_usage_start_date: `2026-08-0${1 + (index % 2)}T10:00:00.000Z`,
    line_item_usage_end_date: `2026-08-0${1 + (index % 2)}T11:00:00.000Z`,
    line_item_unblended_cost: index,
  }));
  const { batchId } = await workspace.import(workspace.write('report-00001.csv', cur2(rows)));
  const db = workspace.rows();
  const linesIn = db
    .prepare<{ delivery: number; day: number; first: number; last: number }[], number>(
      `SELECT COUNT(*) FROM line_item
       WHERE delivery_id = @delivery AND day = @day AND series_id BETWEEN @first AND @last`,
    )
    .pluck();
  const counts = [...seriesRangesOf(db, batchId ?? 0, 1000)].map((range) => linesIn.get(range) ?? 0);
  // 40 lines a series: the series at the end of a range is never cut.
  expect(Math.max(...counts)).toBeLessThanOrEqual(1040);
  expect(counts.length).toBeGreaterThanOrEqual(12);
  expect(counts.reduce((sum, count) => sum + count, 0)).toBe(LINES);
  const sums = db.prepare('SELECT SUM(line_items) AS lines, SUM(unblended) AS cost FROM daily').get();
  expect(sums).toEqual({ lines: LINES, cost: (LINES * (LINES - 1)) / 2 });
});
