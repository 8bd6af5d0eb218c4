// The SQL of settling: series whose price or class changed are marked until their lines and daily sums have followed.
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { rebuildMarked } from './daily.ts';
import type { Db } from './open.ts';
import { type LineRange, MARKED_SERIES } from './prices.ts';

/** Series whose lines are still to be priced and summed again. */
export function seriesToSettle(db: Db): number {
  return Number(db.prepare('SELECT COUNT(*) FROM series_to_price').pluck().get());
}

export type MarkedSums = {
  /** Adds the lines of a range. */
  readonly take: (range: LineRange) => void;
  /** Writes what was added into the daily sums of the delivery, in short transactions. */
  readonly writes: () => (() => void)[];
};

/** Amounts of lines that one daily sum holds; `contracted` of the `lines` have a contract amount. */
type Amounts = {
  readonly low: Sum;
  readonly high: Sum;
  readonly contractLow: Sum;
  readonly contractHigh: Sum;
  readonly unpriced: Sum;
  lines: number;
  priced: number;
  contracted: number;
};

const noAmounts = (): Amounts => ({
  low: emptySum(),
  high: emptySum(),
  contractLow: emptySum(),
  contractHigh: emptySum(),
  unpriced: emptySum(),
  lines: 0,
  priced: 0,
  contracted: 0,
});

/** Daily sums written between two pauses. */
const SUMS_A_PORTION = 5000;

/** Which measures a line states: the daily sums keep lines that differ in this apart. */
const statesOf = (table: string): string =>
  ['quantity', 'amortized', 'net_amortized', 'list', 'contracted_stated']
    .map((measure, index) => `${2 ** index} * (${table}.${measure} IS NULL)`)
    .join(' + ');
const STATES = 32;
/** More days than a date has: series, day and states make one number. */
const DAYS = 4_000_000;

const keyOf = (table: string): string =>
  `(${table}.series_id * ${DAYS} + ${table}.day) * ${STATES} + ${statesOf(table)}`;
const dayOfKey = (key: number): number => Math.floor(key / STATES) % DAYS;

/**
 * The amounts of a delivery's marked lines by day. Nothing else of a daily sum depends on prices, so that the other
 * columns, what was invoiced among them, are not even read; and lines are read in the order of the file, since day by
 * day would read all of it once a day. Only where lines with and without a contract amount part, or a sum is not there
 * yet, is a day summed anew.
 */
export function openMarkedSums(db: Db, deliveryId: number): MarkedSums {
  const sums = new Map<number, Amounts>();
  return {
    take(range) {
      for (const line of markedLines(db, range)) {
        const held = sums.get(line[0]) ?? noAmounts();
        sums.set(line[0], held);
        addLine(held, line);
      }
    },
    writes() {
      const rows = Map.groupBy(markedRows(db, deliveryId), ([, key]) => key);
      const anew = [...sums].filter(([key, amounts]) => rows.get(key)?.length !== 1 || isMixed(amounts));
      const days = new Set(anew.map(([key]) => dayOfKey(key)));
      const whole = [...rows].flatMap(([key, own]) => (days.has(dayOfKey(key)) ? [] : own));
      const portions = Math.ceil(whole.length / SUMS_A_PORTION);
      return [
        ...Array.from({ length: portions }, (_, index) => () => {
          writeRows(db, whole.slice(index * SUMS_A_PORTION, (index + 1) * SUMS_A_PORTION), sums);
        }),
        ...[...days].map((day) => () => rebuildMarked(db, deliveryId, day)),
      ];
    },
  };
}

function addLine(held: Amounts, [, low, high, contractLow, contractHigh, unpriced]: MarkedLine): void {
  held.lines += 1;
  if (unpriced !== null) addTo(held.unpriced, unpriced);
  if (low !== null && high !== null) {
    held.priced += 1;
    addTo(held.low, low);
    addTo(held.high, high);
  }
  if (contractLow !== null && contractHigh !== null) {
    held.contracted += 1;
    addTo(held.contractLow, contractLow);
    addTo(held.contractHigh, contractHigh);
  }
}

const isMixed = ({ contracted, lines }: Amounts): boolean => contracted > 0 && contracted < lines;

/** `key` tells the daily sums of a delivery apart; `unpriced` is the cost of usage without a catalog amount. */
type MarkedLine = readonly [
  key: number,
  low: number | null,
  high: number | null,
  contractLow: number | null,
  contractHigh: number | null,
  unpriced: number | null,
];

function markedLines(db: Db, { deliveryId, from, to }: LineRange): MarkedLine[] {
  const lines = db.prepare(
    `SELECT ${keyOf('line')}, line.catalog_low, line.catalog_high, line.contract_low, line.contract_high,
       CASE WHEN series.is_usage = 1 AND line.catalog_low IS NULL THEN line.unblended END
     FROM line_item AS line JOIN line_series AS series ON series.id = line.series_id
     WHERE line.id BETWEEN ? AND ? AND +line.delivery_id = ? AND line.series_id IN (${MARKED_SERIES})`,
  );
  return lines.raw().all(from, to, deliveryId) as MarkedLine[];
}

type MarkedRow = readonly [row: number, key: number];

function markedRows(db: Db, deliveryId: number): MarkedRow[] {
  const rows = db.prepare(
    `SELECT daily.rowid, ${keyOf('daily')} FROM daily WHERE delivery_id = ? AND series_id IN (${MARKED_SERIES})`,
  );
  return rows.raw().all(deliveryId) as MarkedRow[];
}

function writeRows(db: Db, rows: readonly MarkedRow[], sums: ReadonlyMap<number, Amounts>): void {
  const write = db.prepare(
    `UPDATE daily SET catalog_low = ?, catalog_high = ?, contract_low = ?, contract_high = ?, unpriced = ?
     WHERE rowid = ?`,
  );
  const stated = (count: number, sum: Sum): number | null => (count > 0 ? totalOf(sum) : null);
  db.transaction(() => {
    for (const [row, key] of rows) {
      const held = sums.get(key);
      if (held === undefined) continue;
      const { priced, low, high, contracted, contractLow, contractHigh, unpriced } = held;
      const catalog = [stated(priced, low), stated(priced, high)];
      const contract = [stated(contracted, contractLow), stated(contracted, contractHigh)];
      write.run(...catalog, ...contract, totalOf(unpriced), row);
    }
  })();
}

/** Every line has followed. */
export function finishSettling(db: Db): void {
  db.prepare('DELETE FROM series_to_price').run();
}
