// Single lines behind the sums of the roll-up, where a delivery was imported with every line: how they are written, and read.
import type { DiscountDecision } from '../../../shared/domain/spend/discount-shape.ts';
import { createBulkInsert } from './bulk-insert.ts';
import type { Db } from './open.ts';

export type RollupLine = {
  readonly delivery: number;
  readonly file: number;
  /** Number of the record in the file. */
  readonly record: number;
  readonly series: number;
  readonly startSecond: number;
  readonly endSecond: number;
  readonly quantity: number | null;
  readonly unblended: number;
  readonly netUnblended: number;
  readonly amortized: number | null;
  readonly netAmortized: number | null;
  readonly list: number | null;
  readonly contractedStated: number | null;
  readonly discount: number | null;
  readonly netStated: boolean;
};

/** Records of one file, as ids go. */
export const RECORDS_A_FILE = 2 ** 31;

/** Bits of `alike`. */
const NET_IS_UNBLENDED = 1;
const AMORTIZED_IS_UNBLENDED = 2;
const NET_AMORTIZED_IS_NET = 4;
const LIST_IS_UNBLENDED = 8;
const NET_IS_BLANK = 16;

const COLUMNS = [
  'id',
  'delivery_id',
  'series_id',
  'start_second',
  'seconds',
  'quantity',
  'unblended',
  'net_unblended',
  'amortized',
  'net_amortized',
  'list',
  'contracted_stated',
  'discount',
  'alike',
] as const;

export type RollupLineWriter = {
  add(line: RollupLine): void;
  /** Rows that wait to be written. */
  waiting(): number;
  /** Writes what waits; call it inside a transaction. */
  flush(): void;
};

export function createRollupLineWriter(db: Db): RollupLineWriter {
  const insert = createBulkInsert(db, 'rollup_line', COLUMNS, null);
  // One row, written over for each line: there are millions of them.
  const row: (number | null)[] = new Array(COLUMNS.length).fill(null);
  return {
    add(line) {
      const { unblended, netUnblended, amortized, netAmortized, list } = line;
      const alike =
        (netUnblended === unblended ? NET_IS_UNBLENDED : 0) |
        (amortized === unblended ? AMORTIZED_IS_UNBLENDED : 0) |
        (netAmortized === netUnblended ? NET_AMORTIZED_IS_NET : 0) |
        (list === unblended ? LIST_IS_UNBLENDED : 0) |
        (line.netStated ? 0 : NET_IS_BLANK);
      row[0] = line.file * RECORDS_A_FILE + line.record;
      row[1] = line.delivery;
      row[2] = line.series;
      row[3] = line.startSecond;
      row[4] = line.endSecond - line.startSecond;
      row[5] = line.quantity;
      row[6] = unblended;
      row[7] = (alike & NET_IS_UNBLENDED) === 0 ? netUnblended : null;
      row[8] = (alike & AMORTIZED_IS_UNBLENDED) === 0 ? amortized : null;
      row[9] = (alike & NET_AMORTIZED_IS_NET) === 0 ? netAmortized : null;
      row[10] = (alike & LIST_IS_UNBLENDED) === 0 ? list : null;
      row[11] = line.contractedStated;
      row[12] = line.netStated ? null : line.discount;
      row[13] = alike;
      insert.add(row);
    },
    waiting: insert.waiting,
    flush: insert.flush,
  };
}

const unless = (bit: number, otherwise: string, column: string): string =>
  `CASE WHEN alike & ${bit} THEN ${otherwise} ELSE ${column} END`;
const NET = unless(NET_IS_UNBLENDED, 'unblended', 'net_unblended');

/** The measures of a line, by the names that the other fact tables give them. */
const MEASURES = `quantity, unblended, ${NET} AS net_unblended,
  ${unless(AMORTIZED_IS_UNBLENDED, 'unblended', 'amortized')} AS amortized,
  ${unless(NET_AMORTIZED_IS_NET, NET, 'net_amortized')} AS net_amortized,
  ${unless(LIST_IS_UNBLENDED, 'unblended', 'list')} AS list, contracted_stated`;

const PLACE = `(SELECT batch_id FROM delivery WHERE id = rollup_line.delivery_id) AS batch_id,
  rollup_line.delivery_id, start_second / 86400 AS day, rollup_line.series_id, 1 AS line_items`;
const TIMES = 'start_second, start_second + seconds AS end_second';

/** The lines as rows of one line each, in the columns that every fact table is brought to. */
export const ROLLUP_LINE_FACTS = `SELECT ${PLACE}, ${MEASURES}, NULL AS catalog_low, NULL AS catalog_high,
  0.0 AS unpriced, NULL AS contract_low, NULL AS contract_high, ${TIMES}`;

const WHERE_IT_STANDS = `rollup_line.id, rollup_line.id / ${RECORDS_A_FILE} AS file_id,
  rollup_line.id % ${RECORDS_A_FILE} AS record_number`;

/** The lines with where each stands in its file, in the columns of `line_item`. */
export const ROLLUP_LINES_LISTED = `${ROLLUP_LINE_FACTS}, ${WHERE_IT_STANDS} FROM rollup_line`;

const amountAt = (end: 'MIN' | 'MAX', low: string, high: string): string =>
  `${end}(series.multiplier * quantity * price.${low}, series.multiplier * quantity * price.${high})`;
const CATALOG_LOW = amountAt('MIN', 'usd_per_unit_low', 'usd_per_unit_high');

/** Where a rule has claimed the sum, it has a price, and its lines have the same one. */
const PRICED_FACTS = `SELECT ${PLACE}, ${MEASURES}, ${CATALOG_LOW} AS catalog_low,
  ${amountAt('MAX', 'usd_per_unit_low', 'usd_per_unit_high')} AS catalog_high,
  CASE WHEN series.is_usage = 1 AND ${CATALOG_LOW} IS NULL THEN unblended ELSE 0.0 END AS unpriced,
  ${amountAt('MIN', 'contract_low', 'contract_high')} AS contract_low,
  ${amountAt('MAX', 'contract_low', 'contract_high')} AS contract_high, ${TIMES}`;
const PRICES = `JOIN line_series AS series ON series.id = rollup_line.series_id
  LEFT JOIN series_price AS price ON series.counts_quantity = 1 AND price.series_id = series.summed_as
    AND rollup_line.start_second / 86400 BETWEEN price.from_day AND price.to_day`;

/** The same with their prices: for a page of lines, not for all. */
export const ROLLUP_LINES_PRICED = `${PRICED_FACTS}, ${WHERE_IT_STANDS} FROM rollup_line ${PRICES}`;

/** The lines of sums that a rule claimed. Only files of deliveries with such sums are gone through. */
export const CLAIMED_LINE_FACTS = `${PRICED_FACTS}
  FROM delivery AS claimed
  CROSS JOIN source_file AS file ON file.batch_id = claimed.batch_id
  CROSS JOIN rollup_line ON rollup_line.id BETWEEN file.id * ${RECORDS_A_FILE} AND (file.id + 1) * ${RECORDS_A_FILE} - 1
    AND rollup_line.delivery_id = claimed.id
  ${PRICES}
  WHERE claimed.every_line = 1 AND claimed.id IN (SELECT delivery_id FROM claimed_rollup)
    AND series.line_class = 'bedrock'`;

/** Condition of sums: their lines are not held. */
export const WITHOUT_LINES = 'delivery_id NOT IN (SELECT id FROM delivery WHERE every_line = 1)';
/** Lines of a sum, as `f`, that are held in no other form. */
export const SUMMED_LINES = `CASE WHEN f.${WITHOUT_LINES} THEN f.line_items ELSE 0 END`;

/** Whether a delivery that answers holds every line. */
export function holdsEveryLine(db: Db): boolean {
  return (
    db.prepare('SELECT EXISTS (SELECT 1 FROM delivery WHERE active = 1 AND every_line = 1)').pluck().get() ===
    1
  );
}

/** First and last possible id of the lines of a delivery: one range for each of its files. */
export function rollupLineRanges(
  db: Db,
  delivery: number,
): { readonly first: number; readonly last: number }[] {
  return db
    .prepare<[number], number>(
      `SELECT file.id FROM delivery JOIN source_file AS file ON file.batch_id = delivery.batch_id
       WHERE delivery.id = ? AND delivery.every_line = 1 ORDER BY file.id`,
    )
    .pluck()
    .all(delivery)
    .map((file) => ({ first: file * RECORDS_A_FILE, last: (file + 1) * RECORDS_A_FILE - 1 }));
}

/** The same discount decision as on the kept lines, see `settleDelivery` in staging.ts. */
export function settleRollupLines(
  db: Db,
  delivery: number,
  { reading }: DiscountDecision,
  discountSeries: string,
): void {
  const blank = `delivery_id = ? AND alike & ${NET_IS_BLANK}`;
  if (reading.discountLineFactor === 0) {
    db.prepare(
      `UPDATE rollup_line SET net_unblended = 0, net_amortized = NULL,
         alike = (alike & ~${NET_IS_UNBLENDED}) | ${NET_AMORTIZED_IS_NET}
       WHERE ${blank} AND ${discountSeries}`,
    ).run(delivery);
  }
  if (reading.discountColumnFactor === 0) {
    db.prepare(
      `UPDATE rollup_line SET net_unblended = (${NET}) - discount, alike = alike & ~${NET_IS_UNBLENDED}
       WHERE ${blank} AND discount IS NOT NULL AND NOT ${discountSeries}`,
    ).run(delivery);
  }
}
