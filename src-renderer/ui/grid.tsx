// A dense, virtual grid for any number of rows, worked with the keyboard like a spreadsheet.
//
// label       what the grid lists, for people who cannot see it
// columns     see GridColumn; numbers stand right, their unit in the header
// rows, rowKey
// sort        controlled order; null = the rows as they come. Sorting is done by the owner (`onSort`), or here when
//             `onSort` is left out
// onActivate  Enter or double click on a row; left out = rows open nothing
// activeKey   the row shown as chosen
// footer      totals, one text a column id, in a row that stays in sight
// height      pixels, or 'fill' for the height the container leaves
// empty       shown in place of rows when there are none
// onEndNear   asked for more rows when the end comes near
// actions     what can be done with a row: a letter, and a button shown while the row is pointed at
//
// Keys: arrows, Home/End, Page Up/Down, Ctrl+Home/End move; Shift+arrows take rows in; Enter opens; Ctrl+A takes all;
// Ctrl+C copies the taken rows (or the row) with the header as tab-separated text.
import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { toTsv } from '../../shared/format/delimited.ts';
import classes from './grid.module.css';
import { GridHeader } from './grid-header.tsx';
import { move, type Position, rangeOf } from './grid-keys.ts';

export type GridColumn<Row> = {
  readonly id: string;
  readonly header: string;
  readonly unit?: string;
  readonly kind: 'text' | 'number' | 'mono';
  /** For sorting and copying. */
  readonly value: (row: Row) => string | number | null;
  /** For the eye; left out = the value as it is. */
  readonly render?: (row: Row) => ReactNode;
  /** Least width in pixels; columns with `grow` share what is left. */
  readonly width: number;
  readonly grow?: number;
  readonly hint?: string;
  readonly sortable?: boolean;
};

/** Something a row offers. `key` is one letter, pressed without Ctrl or Alt. */
export type GridAction<Row> = {
  readonly key: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly run: (row: Row) => void;
};

export type GridSort = { readonly by: string; readonly descending: boolean };

type Props<Row> = {
  readonly label: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => string;
  readonly sort?: GridSort | null;
  readonly onSort?: (sort: GridSort) => void;
  readonly onActivate?: (row: Row) => void;
  readonly activeKey?: string | null;
  readonly footer?: Readonly<Record<string, ReactNode>> | null;
  readonly height: number | 'fill';
  readonly empty?: ReactNode;
  readonly onEndNear?: () => void;
  readonly onCopied?: (rows: number) => void;
  readonly actions?: readonly GridAction<Row>[];
};

export const ROW_HEIGHT = 30;
const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** The table library takes objects only; a row may be anything. */
type Held<Row> = { readonly row: Row };

/** Rows in order: unknown values last, whichever way is sorted. */
function useOrdered<Row>(
  columns: readonly GridColumn<Row>[],
  rows: readonly Row[],
  rowKey: (row: Row) => string,
  sort: GridSort | null,
): readonly Row[] {
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: ({ row }: Held<Row>) => column.value(row) ?? undefined,
        sortUndefined: 'last' as const,
        sortFn: (left: { getValue: (id: string) => unknown }, right: typeof left, id: string): number =>
          compare(left.getValue(id), right.getValue(id)),
      })),
    [columns],
  );
  const data = useMemo(() => rows.map((row): Held<Row> => ({ row })), [rows]);
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: ({ row }) => rowKey(row),
    state: { sorting: sort === null ? [] : [{ id: sort.by, desc: sort.descending }] },
  });
  return table.getRowModel().rows.map(({ original }) => original.row);
}

function compare(left: unknown, right: unknown): number {
  if (typeof left === 'number' && typeof right === 'number') return left - right;
  return String(left).localeCompare(String(right), 'en', { numeric: true });
}

export function Grid<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, onSort, onActivate, activeKey = null, footer = null } = props;
  const { height, empty = null, onEndNear, onCopied, actions = [] } = props;
  const id = useId();
  const [ownSort, setOwnSort] = useState<GridSort | null>(props.sort ?? null);
  const sort = onSort === undefined ? ownSort : (props.sort ?? null);
  const ordered = useOrdered(columns, rows, rowKey, onSort === undefined ? sort : null);
  const [position, setPosition] = useState<Position>({ row: 0, column: 0, anchor: 0 });
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 12,
    // The header sticks over the first rows and the totals over the last.
    scrollPaddingStart: ROW_HEIGHT,
    scrollPaddingEnd: footer === null ? 0 : ROW_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (ordered.length > 0 && lastShown >= ordered.length - 20) onEndNear?.();
  }, [lastShown, ordered.length, onEndNear]);

  const template = columns
    .map(({ width, grow = 0 }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`))
    .join(' ');
  const at = { ...position, row: Math.min(position.row, Math.max(0, ordered.length - 1)) };
  const taken = rangeOf(at);

  const copy = (from: number, to: number): void => {
    const text = toTsv(
      columns.map(({ header, unit }) => (unit === undefined ? header : `${header} (${unit})`)),
      ordered.slice(from, to + 1).map((row) => columns.map(({ value }) => value(row))),
    );
    void navigator.clipboard.writeText(text).then(() => onCopied?.(to - from + 1));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.target !== event.currentTarget) return;
    const command = event.ctrlKey || event.metaKey;
    const current = ordered[at.row];
    const action = command || event.altKey ? undefined : actions.find(({ key }) => key === event.key);
    if (command && event.key === 'c') copy(taken.from, taken.to);
    else if (command && event.key === 'a') setPosition({ ...at, anchor: 0, row: ordered.length - 1 });
    else if (event.key === 'Enter' && current !== undefined) onActivate?.(current);
    else if (action !== undefined && current !== undefined) action.run(current);
    else {
      const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 300) / ROW_HEIGHT) - 2);
      const next = move(at, event, { rows: ordered.length, columns: columns.length, page });
      if (next === null) return;
      setPosition(next);
      virtualizer.scrollToIndex(next.row);
    }
    event.preventDefault();
  };
  const chooseSort = (by: string): void => {
    const column = columns.find((candidate) => candidate.id === by);
    const descending = sort?.by === by ? !sort.descending : column?.kind === 'number';
    const next = { by, descending };
    if (onSort === undefined) setOwnSort(next);
    else onSort(next);
  };

  return (
    <div
      ref={scroller}
      className={classes.grid}
      style={height === 'fill' ? { height: '100%' } : { maxHeight: height }}
      role="grid"
      aria-label={label}
      aria-rowcount={ordered.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={ordered.length === 0 ? undefined : `${id}-${at.row}-${at.column}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={classes.inner} style={{ minWidth: leastWidth(columns) }}>
        <GridHeader columns={columns} template={template} sort={sort} onSort={chooseSort} />
        {ordered.length === 0 && <div className={classes.empty}>{empty ?? 'No rows'}</div>}
        <div className={classes.rows} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          {items.map((item) => {
            const row = ordered[item.index];
            if (row === undefined) return null;
            const inRange = item.index >= taken.from && item.index <= taken.to && taken.from !== taken.to;
            return (
              <div
                key={rowKey(row)}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={inRange || rowKey(row) === activeKey}
                className={`${classes.row} ${onActivate === undefined ? '' : classes.opens}`}
                style={{ transform: `translateY(${item.start}px)`, gridTemplateColumns: template }}
                onDoubleClick={() => onActivate?.(row)}
              >
                {columns.map((column, index) => (
                  <div
                    key={column.id}
                    id={`${id}-${item.index}-${index}`}
                    role="gridcell"
                    aria-colindex={index + 1}
                    className={`${classes.cell} ${classes[column.kind] ?? ''}`}
                    data-at={item.index === at.row && index === at.column ? true : undefined}
                    onMouseDown={(event) =>
                      setPosition({
                        row: item.index,
                        column: index,
                        anchor: event.shiftKey ? at.anchor : item.index,
                      })
                    }
                  >
                    {column.render === undefined ? plain(column.value(row)) : column.render(row)}
                  </div>
                ))}
                {actions.length > 0 && <RowActions actions={actions} row={row} />}
              </div>
            );
          })}
        </div>
        {footer !== null && ordered.length > 0 && (
          <div role="row" className={classes.footer} style={{ gridTemplateColumns: template }}>
            {columns.map((column) => (
              <div
                key={column.id}
                role="gridcell"
                className={`${classes.cell} ${classes[column.kind] ?? ''}`}
              >
                {footer[column.id] ?? ''}
              </div>
            ))}
          </div>
        )}
      </div>
    </div>
  );
}

type RowActionsProps<Row> = { readonly actions: readonly GridAction<Row>[]; readonly row: Row };

/** For the mouse only: the keyboard has the letters. */
function RowActions<Row>({ actions, row }: RowActionsProps<Row>) {
  return (
    <div className={classes.actions}>
      {actions.map(({ key, label, icon, run }) => (
        <button
          key={key}
          type="button"
          tabIndex={-1}
          aria-label={label}
          title={`${label} (${key.toUpperCase()})`}
          onClick={() => run(row)}
          onDoubleClick={(event) => event.stopPropagation()}
        >
          {icon}
        </button>
      ))}
    </div>
  );
}

function plain(value: string | number | null): ReactNode {
  return value === null ? '—' : value;
}

function leastWidth<Row>(columns: readonly GridColumn<Row>[]): number {
  return columns.reduce((sum, { width }) => sum + width, 0);
}
