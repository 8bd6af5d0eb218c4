// The daily sums of the kept lines: derived from `line_item` by this file alone, and rebuildable at any time.
import { setImmediate } from 'node:timers/promises';
import { seriesRangesOf } from './batch-days.ts';
import type { Db } from './open.ts';

/** Lines summed at once, about 12 ms; and how long the sums of shorter days go on before a pause. */
const LINES_A_PORTION = 5000;
const SLICE_MILLISECONDS = 8;

/** Lines of one row state the same measures, so that "not stated" (NULL) never enters a sum as zero. */
const insertSql = (some: string): string => `
  INSERT INTO daily (batch_id, delivery_id, day, series_id, line_items, quantity, unblended, net_unblended, amortized,
    net_amortized, list, contracted_stated, catalog_low, catalog_high, contract_low, contract_high, unpriced)
  SELECT line.batch_id, line.delivery_id, line.day, line.series_id, COUNT(*), SUM(line.quantity),
    SUM(line.unblended), SUM(line.net_unblended), SUM(line.amortized), SUM(line.net_amortized), SUM(line.list), SUM(line.contracted_stated),
    SUM(line.catalog_low), SUM(line.catalog_high), SUM(line.contract_low), SUM(line.contract_high),
    COALESCE(SUM(CASE WHEN series.is_usage = 1 AND line.catalog_low IS NULL THEN line.unblended END), 0)
  FROM line_item AS line JOIN line_series AS series ON series.id = line.series_id
  WHERE line.delivery_id = ? AND line.day = ?${some}
  GROUP BY line.series_id, line.quantity IS NULL, line.amortized IS NULL, line.net_amortized IS NULL,
    line.list IS NULL, line.contracted_stated IS NULL, line.contract_low IS NULL`;

/** Builds the daily sums of a batch anew, in short transactions with pauses between them. */
export async function rebuildDaily(db: Db, batchId: number, pause: () => void = () => {}): Promise<void> {
  const clear = db.prepare(
    'DELETE FROM daily WHERE delivery_id = ? AND day = ? AND series_id BETWEEN ? AND ?',
  );
  const insert = db.prepare(insertSql(' AND line.series_id BETWEEN ? AND ?'));
  const ranges = seriesRangesOf(db, batchId, LINES_A_PORTION);
  const sumSome = db.transaction((): boolean => {
    const until = performance.now() + SLICE_MILLISECONDS;
    do {
      const { value: range } = ranges.next();
      if (range === undefined) return false;
      const { delivery, day, first, last } = range;
      clear.run(delivery, day, first, last);
      insert.run(delivery, day, first, last);
    } while (performance.now() < until);
    return true;
  });
  while (sumSome()) {
    await setImmediate();
    pause();
  }
}

/** Sums one day's lines of the marked series again and leaves the other sums of the day alone. */
export function rebuildMarked(db: Db, deliveryId: number, day: number): void {
  const touched = ' AND series_id IN (SELECT series_id FROM series_to_price)';
  db.transaction(() => {
    db.prepare(`DELETE FROM daily WHERE delivery_id = ? AND day = ?${touched}`).run(deliveryId, day);
    db.prepare(insertSql(touched)).run(deliveryId, day);
  })();
}
