// Inserts many rows of one table: they are gathered and written by large statements, which is half the cost of small ones.
import type { Db } from './open.ts';

type Value = number | null;

export type BulkInsert = {
  /** Takes a row: one value for each column, but for a first one that is the same in all. */
  add(row: readonly Value[]): void;
  /** Rows that wait to be written. */
  waiting(): number;
  /** Writes what waits; call it inside a transaction. */
  flush(): void;
};

/** Rows of one INSERT. */
const ROWS_A_STATEMENT = 16;

/** `leading` is the value of the first column in every row; null where rows bring their own. */
export function createBulkInsert(
  db: Db,
  table: string,
  columns: readonly string[],
  leading: number | null,
): BulkInsert {
  const width = leading === null ? columns.length : columns.length - 1;
  const values = `(${columns.map((_, at) => (at === 0 && leading !== null ? leading : '?')).join(', ')})`;
  const insert = (rows: number) =>
    db.prepare(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES ${new Array<string>(rows).fill(values).join(', ')}`,
    );
  const one = insert(1);
  const many = insert(ROWS_A_STATEMENT);
  // Numbers apart from objects: gathered in an array, every one of them would be an object that outlives a collection.
  let cells = new Float64Array(64 * width * ROWS_A_STATEMENT);
  let used = 0;
  const run = (statement: typeof one, values: Value[], from: number): void => {
    for (let index = 0; index < values.length; index++) {
      const cell = cells[from + index] as number;
      values[index] = Number.isNaN(cell) ? null : cell;
    }
    statement.run(values);
  };
  const oneRow: Value[] = new Array(width).fill(null);
  const manyRows: Value[] = new Array(width * ROWS_A_STATEMENT).fill(null);
  return {
    add(row) {
      if (used + width > cells.length) {
        const more = new Float64Array(2 * cells.length);
        more.set(cells);
        cells = more;
      }
      for (let column = 0; column < width; column++) cells[used + column] = row[column] ?? Number.NaN;
      used += width;
    },
    waiting: () => used / width,
    flush() {
      let from = 0;
      for (; from + manyRows.length <= used; from += manyRows.length) run(many, manyRows, from);
      for (; from < used; from += width) run(one, oneRow, from);
      used = 0;
    },
  };
}
