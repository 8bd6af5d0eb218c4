// Where a key takes the position in a grid.

/** The cell that has the keyboard, and the row where taking rows in began. */
export type Position = { readonly row: number; readonly column: number; readonly anchor: number };
export type Extent = { readonly rows: number; readonly columns: number; readonly page: number };
export type Key = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
};

type Step = (position: Position, extent: Extent, command: boolean) => Pick<Position, 'row' | 'column'>;

const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }, { page }) => ({ row: row - page, column }),
  PageDown: ({ row, column }, { page }) => ({ row: row + page, column }),
  Home: ({ row }, _extent, command) => ({ row: command ? 0 : row, column: 0 }),
  End: ({ row }, { rows, columns }, command) => ({ row: command ? rows - 1 : row, column: columns - 1 }),
};

/** The position after a key, kept inside the grid; null when the key moves nothing. */
export function move(position: Position, key: Key, extent: Extent): Position | null {
  const step = STEPS[key.key];
  if (step === undefined || extent.rows === 0) return null;
  const to = step(position, extent, key.ctrlKey || key.metaKey);
  const row = clamp(to.row, extent.rows);
  return { row, column: clamp(to.column, extent.columns), anchor: key.shiftKey ? position.anchor : row };
}

function clamp(value: number, length: number): number {
  return Math.min(Math.max(value, 0), length - 1);
}

/** First and last taken row. */
export function rangeOf({ row, anchor }: Position): { readonly from: number; readonly to: number } {
  return { from: Math.min(row, anchor), to: Math.max(row, anchor) };
}
