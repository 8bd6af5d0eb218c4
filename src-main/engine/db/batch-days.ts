// Walks the rows of a batch day by day in the order of their index, a step at a time, so that others get in between.
import type { Db } from './open.ts';

export type BatchDay = { readonly delivery: number; readonly day: number };

/** Kept lines, their daily sums, and the sums of the lines that are not kept. */
export type DayTable = 'line_item' | 'daily' | 'rollup';

/** Each day on which a delivery of the batch has rows in the table. No statement stays open between two of them. */
export function* daysOf(db: Db, batchId: number, table: DayTable = 'line_item'): Generator<BatchDay> {
  const deliveries = db
    .prepare<[number], number>('SELECT id FROM delivery WHERE batch_id = ? ORDER BY id')
    .pluck()
    .all(batchId);
  for (const delivery of deliveries) {
    for (const day of daysOfDelivery(db, delivery, table)) yield { delivery, day };
  }
}

/** The days since 1970 on which a delivery has rows in the table. */
export function* daysOfDelivery(db: Db, delivery: number, table: DayTable): Generator<number> {
  const next = db
    .prepare<[number, number], number>(
      `SELECT day FROM ${table} WHERE delivery_id = ? AND day > ? ORDER BY day LIMIT 1`,
    )
    .pluck();
  let day = next.get(delivery, Number.MIN_SAFE_INTEGER);
  while (day !== undefined) {
    yield day;
    day = next.get(delivery, day);
  }
}

/** Series from the first to the last, both inclusive, of one day of a delivery. */
export type SeriesRange = BatchDay & { readonly first: number; readonly last: number };

/** The days cut so that no range has more than about so many lines; the lines of one series stay together. */
export function* seriesRangesOf(db: Db, batchId: number, lines: number): Generator<SeriesRange> {
  const after = db
    .prepare<[number, number, number, number], number>(
      `SELECT series_id FROM line_item WHERE delivery_id = ? AND day = ? AND series_id > ?
       ORDER BY series_id LIMIT 1 OFFSET ?`,
    )
    .pluck();
  for (const { delivery, day } of daysOf(db, batchId)) {
    let first = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const last = after.get(delivery, day, first - 1, lines);
      yield { delivery, day, first, last: last ?? Number.MAX_SAFE_INTEGER };
      if (last === undefined) break;
      first = last + 1;
    }
  }
}
