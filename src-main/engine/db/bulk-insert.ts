// Inserts many rows of one table: they are gathered and written by large statements, which is half the cost of small ones.
import type { Statement } from 'better-sqlite3';
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

/** A bit for each column: all of them. */
const EVERY_COLUMN = -1;

/** Columns that have a bit. */
const MOST_BITS = 32;

/** Statements kept prepared; bills repeat few patterns of blanks, and others pay for all columns. */
const MOST_STATEMENTS = 64;

type Insert = {
  readonly statement: Statement<Value[]>;
  /** The columns that it fills, and the values that it is given, row by row. */
  readonly places: readonly number[];
  readonly values: Value[];
};

/** `leading` is the value of the first column in every row; null where rows bring their own. A column that may be blank has no default. */
export function createBulkInsert(
  db: Db,
  table: string,
  columns: readonly string[],
  leading: number | null,
): BulkInsert {
  const own = leading === null ? columns : columns.slice(1);
  const width = own.length;
  // Numbers apart from objects: gathered in an array, every one of them would be an object that outlives a collection.
  let cells = new Float64Array(64 * width * ROWS_A_STATEMENT);
  let used = 0;
  const statements = new Map<string, Insert>();
  const insertOf = (rows: number, filled: number): Insert => {
    const key = `${rows} ${filled}`;
    const held = statements.get(key);
    if (held !== undefined) return held;
    if (statements.size >= MOST_STATEMENTS && filled !== EVERY_COLUMN) return insertOf(rows, EVERY_COLUMN);
    const insert = prepare(rows, filled);
    statements.set(key, insert);
    return insert;
  };
  /** Only for columns of which a row has a value: handing values over, blank or not, is half of the cost. */
  const prepare = (rows: number, filled: number): Insert => {
    const places = [...own.keys()].filter((place) => ((filled >> place) & 1) === 1);
    const given = places.map((place) => own[place]);
    const names = leading === null ? given : [columns[0], ...given];
    const row = names.map((_, at) => (at === 0 && leading !== null ? leading : '?')).join(', ');
    const values = new Array<string>(rows).fill(`(${row})`).join(', ');
    const statement = db.prepare<Value[]>(`INSERT INTO ${table} (${names.join(', ')}) VALUES ${values}`);
    return { statement, places, values: new Array(rows * places.length).fill(null) };
  };
  const write = (rows: number, from: number): void => {
    const { statement, places, values } = insertOf(rows, filledIn(cells, from, rows, width));
    for (let row = 0, at = 0; row < rows; row++) {
      for (let index = 0; index < places.length; index++) {
        const cell = cells[from + row * width + (places[index] as number)] as number;
        values[at++] = Number.isNaN(cell) ? null : cell;
      }
    }
    statement.run(...values);
  };
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
      const many = width * ROWS_A_STATEMENT;
      let from = 0;
      for (; from + many <= used; from += many) write(ROWS_A_STATEMENT, from);
      for (; from < used; from += width) write(1, from);
      used = 0;
    },
  };
}

/** A bit for each column that is not blank in all of these rows. */
function filledIn(cells: Float64Array, from: number, rows: number, width: number): number {
  if (width > MOST_BITS) return EVERY_COLUMN;
  let filled = 0;
  for (let column = 0; column < width; column++) {
    for (let row = 0; row < rows; row++) {
      if (Number.isNaN(cells[from + row * width + column] as number)) continue;
      filled |= 1 << column;
      break;
    }
  }
  return filled;
}
