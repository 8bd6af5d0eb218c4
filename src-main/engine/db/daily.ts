// The daily sums of the kept lines: derived from `line_item` by this file alone, and rebuildable at any time.
import { setImmediate } from 'node:timers/promises';
import type { Db } from './open.ts';

/** Lines summed between two pauses, about 12 ms. */
const LINES_A_PORTION = 5000;

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
  const clear = db.prepare('DELETE FROM daily WHERE delivery_id = ? AND day = ?');
  const insert = db.prepare(insertSql(''));
  let portion: { delivery: number; day: number; lines: number }[] = [];
  let lines = 0;
  const write = (): void => {
    db.transaction(() => {
      for (const { delivery, day } of portion) {
        clear.run(delivery, day);
        insert.run(delivery, day);
      }
    })();
    portion = [];
    lines = 0;
  };
  for (const day of daysOf(db, batchId)) {
    portion.push(day);
    lines += day.lines;
    if (lines < LINES_A_PORTION) continue;
    write();
    await setImmediate();
    pause();
  }
  write();
}

/** Sums one day's lines of the marked series again and leaves the other sums of the day alone. */
export function rebuildMarked(db: Db, deliveryId: number, day: number): void {
  const touched = ' AND series_id IN (SELECT series_id FROM series_to_price)';
  db.transaction(() => {
    db.prepare(`DELETE FROM daily WHERE delivery_id = ? AND day = ?${touched}`).run(deliveryId, day);
    db.prepare(insertSql(touched)).run(deliveryId, day);
  })();
}

function daysOf(db: Db, batchId: number): { delivery: number; day: number; lines: number }[] {
  return db
    .prepare<[number], { delivery: number; day: number; lines: number }>(
      `SELECT line.delivery_id AS delivery, line.day, COUNT(*) AS lines
       FROM delivery CROSS JOIN line_item AS line ON line.delivery_id = delivery.id
       WHERE delivery.batch_id = ? GROUP BY line.delivery_id, line.day`,
    )
    .all(batchId);
}
