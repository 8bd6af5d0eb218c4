// Inserts many rows of one table: they are gathered and written by large statements, which is half the cost of small ones.
import type { Db } from './open.ts';

type Value = number | null;

export type BulkInsert = {
  /** Takes the row whose values were put into `row`. */
  add(row: readonly Value[]): void;
  /** Rows that wait to be written. */
  waiting(): number;
  /** Writes what waits; call it inside a transaction. */
  flush(): void;
};

/** Rows of one INSERT. */
const ROWS_A_STATEMENT = 16;

/** `leading` is the value of the first column in every row. */
export function createBulkInsert(
  db: Db,
  table: string,
  columns: readonly string[],
  leading: number,
): BulkInsert {
  const width = columns.length - 1;
  const values = `(${leading}${', ?'.repeat(width)})`;
  const insert = (rows: number) =>
    db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${new Array<string>(rows).fill(values).join(', ')}`,
    );
  const one = insert(1);
  const many = insert(ROWS_A_STATEMENT);
  const cells = width * ROWS_A_STATEMENT;
  let waiting: Value[] = [];
  return {
    add(row) {
      for (let column = 0; column < width; column++) waiting.push(row[column] as Value);
    },
    waiting: () => waiting.length / width,
    flush() {
      let at = 0;
      for (; at + cells <= waiting.length; at += cells) many.run(waiting.slice(at, at + cells));
      for (; at < waiting.length; at += width) one.run(waiting.slice(at, at + width));
      waiting = [];
    },
  };
}
