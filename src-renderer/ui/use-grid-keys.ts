// The keyboard of a grid: where it is, which rows are taken, what a key does, and what is copied.
import { type KeyboardEvent, type RefObject, useState } from 'react';
import { toTsv } from '../../shared/format/delimited.ts';
import type { GridAction, GridColumn } from './grid.tsx';
import { move, type Position, rangeOf } from './grid-keys.ts';

/** Height of a row and of the header, in pixels. */
export const ROW_HEIGHT = 30;

/** Rows that fit at a time, the header among them; rows that wrap are taken at their mean height. */
function rowsInSight(scroller: HTMLDivElement | null, rows: number): number {
  const { clientHeight, scrollHeight } = scroller ?? { clientHeight: 300, scrollHeight: 0 };
  return Math.floor(clientHeight / Math.max(ROW_HEIGHT, scrollHeight / (rows + 1)));
}

type Keyed<Row> = {
  readonly columns: readonly GridColumn<Row>[];
  readonly onActivate?: (row: Row) => void;
  readonly onCopied?: (rows: number) => void;
  readonly actions?: readonly GridAction<Row>[];
};

export function useGridKeys<Row>(
  { columns, onActivate, onCopied, actions = [] }: Keyed<Row>,
  ordered: readonly Row[],
  scroller: RefObject<HTMLDivElement | null>,
  scrollTo: (row: number) => void,
) {
  const [position, setPosition] = useState<Position>({ row: 0, column: 0, anchor: 0 });
  const at = { ...position, row: Math.min(position.row, Math.max(0, ordered.length - 1)) };

  const copy = (): void => {
    const { from, to } = rangeOf(at);
    const text = toTsv(
      columns.map(({ header, unit }) => (unit === undefined ? header : `${header} (${unit})`)),
      ordered.slice(from, to + 1).map((row) => columns.map(({ value }) => value(row))),
    );
    void navigator.clipboard.writeText(text).then(() => onCopied?.(to - from + 1));
  };
  const moveBy = (event: KeyboardEvent): boolean => {
    const page = Math.max(1, rowsInSight(scroller.current, ordered.length) - 2);
    const next = move(at, event, { rows: ordered.length, columns: columns.length, page });
    if (next === null) return false;
    setPosition(next);
    scrollTo(next.row);
    return true;
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const command = event.ctrlKey || event.metaKey;
    const current = ordered[at.row];
    const action = command || event.altKey ? undefined : actions.find(({ key }) => key === event.key);
    if (command && event.key === 'c') copy();
    else if (command && event.key === 'a') setPosition({ ...at, anchor: 0, row: ordered.length - 1 });
    else if (event.key === 'Enter' && current !== undefined) onActivate?.(current);
    else if (action !== undefined && current !== undefined) action.run(current);
    else if (!moveBy(event)) return;
    event.preventDefault();
  };
  return { at, setPosition, onKeyDown };
}
