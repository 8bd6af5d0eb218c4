// The SQL of settling: series whose price or class changed are marked until their lines and daily sums have followed.
import { rebuildMarked } from './daily.ts';
import type { Db } from './open.ts';
import { priceMarkedLines } from './prices.ts';

/** Series whose lines are still to be priced and summed again. */
export function seriesToSettle(db: Db): number {
  return Number(db.prepare('SELECT COUNT(*) FROM series_to_price').pluck().get());
}

export type DayPortion = { readonly deliveryId: number; readonly day: number };

/** The days of deliveries that hold lines of the marked series, those of an import under way included. */
export function unsettledDays(db: Db): DayPortion[] {
  return db
    .prepare<[], DayPortion>(
      `SELECT DISTINCT delivery_id AS deliveryId, day FROM line_item
       WHERE series_id IN (SELECT series_id FROM series_to_price)`,
    )
    .all();
}

/** Prices and sums the marked series' lines of one day again, in one transaction. */
export function settleDay(db: Db, { deliveryId, day }: DayPortion): void {
  db.transaction(() => {
    priceMarkedLines(db, deliveryId, day);
    rebuildMarked(db, deliveryId, day);
  })();
}

/** Every line has followed. */
export function finishSettling(db: Db): void {
  db.prepare('DELETE FROM series_to_price').run();
}
