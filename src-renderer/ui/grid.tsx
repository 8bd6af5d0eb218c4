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
import { elementScroll, useVirtualizer, type Virtualizer } from '@tanstack/react-virtual';
import { type ReactNode, useEffect, useId, useRef, useState } from 'react';
import classes from './grid.module.css';
import { GridHeader } from './grid-header.tsx';
import { rangeOf } from './grid-keys.ts';
import { useOrdered } from './grid-order.ts';
import { cellId, GridFooter, GridRow } from './grid-rows.tsx';
import { ROW_HEIGHT, useGridKeys } from './use-grid-keys.ts';
import { usePortions } from './use-portions.ts';
import { InTableContext } from './values.tsx';

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
  /** Sentences that are read in full: they wrap, and the row is as high as they need. */
  readonly wraps?: boolean;
};

/** Something a row offers. `key` is one letter, pressed without Ctrl or Alt. */
export type GridAction<Row> = {
  readonly key: string;
  readonly label: string;
  readonly icon: ReactNode;
  readonly run: (row: Row) => void;
};

export type GridSort = { readonly by: string; readonly descending: boolean };

const NO_ACTIONS: readonly never[] = [];

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

/** Cells that enter the page in one frame, and the fewest rows. */
const CELLS_A_FRAME = 100;
const LEAST_ROWS = 6;

/** Pixels that a grid which fills its container is taken for until it has been measured. */
const FIRST_HEIGHT = 600;

/**
 * Hears the size once the page is laid out. The library measures at once, in the step that puts a screen into the page: the
 * whole layout would then belong to that step, and the grid would be drawn again within it.
 */
function observeSize(
  { scrollElement }: Virtualizer<HTMLDivElement, Element>,
  take: (rect: { width: number; height: number }) => void,
): () => void {
  const observer = new ResizeObserver(([entry]) => {
    const size = entry?.borderBoxSize[0];
    if (size !== undefined) take({ width: Math.round(size.inlineSize), height: Math.round(size.blockSize) });
  });
  if (scrollElement !== null) observer.observe(scrollElement);
  return () => observer.disconnect();
}

/** The columns as a CSS grid, and the sum of their least widths. */
function layoutOf<Row>(columns: readonly GridColumn<Row>[]): {
  readonly template: string;
  readonly width: number;
} {
  return {
    template: columns
      .map(({ width, grow = 0 }) => (grow === 0 ? `${width}px` : `minmax(${width}px, ${grow}fr)`))
      .join(' '),
    width: columns.reduce((sum, { width }) => sum + width, 0),
  };
}

export function Grid<Row>(props: Props<Row>) {
  const { label, columns, rows, rowKey, onActivate, activeKey = null, footer = null, height } = props;
  const { empty = null, onEndNear, actions = NO_ACTIONS } = props;
  const id = useId();
  const { sort, sortHere, chooseSort } = useSort(props);
  const ordered = useOrdered(columns, rows, rowKey, sortHere);
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: ordered.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 6,
    // Rows are drawn with the grid, not once it has been measured: that drawing could not be interrupted.
    observeElementRect: observeSize,
    // Nowhere to go: a scroll to where it stands would lay the page out in the middle of a drawing.
    scrollToFn: (offset, options, grid) => {
      if (offset + (options.adjustments ?? 0) !== (grid.scrollOffset ?? 0))
        elementScroll(offset, options, grid);
    },
    initialRect: { width: 0, height: height === 'fill' ? FIRST_HEIGHT : height },
    // The header sticks over the first rows and the totals over the last.
    scrollPaddingStart: ROW_HEIGHT,
    scrollPaddingEnd: footer === null ? 0 : ROW_HEIGHT,
  });
  const items = virtualizer.getVirtualItems();
  const portion = Math.max(LEAST_ROWS, Math.ceil(CELLS_A_FRAME / columns.length));
  const drawn = usePortions(items.length, portion, virtualizer.isScrolling);
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (ordered.length > 0 && lastShown >= ordered.length - 20) onEndNear?.();
  }, [lastShown, ordered.length, onEndNear]);
  const { at, setPosition, onKeyDown } = useGridKeys(props, ordered, scroller, (row) =>
    virtualizer.scrollToIndex(row),
  );
  const { template, width } = layoutOf(columns);
  // A row of one line is never measured: its height is known, and asking would lay the page out.
  const measure = columns.some(({ wraps }) => wraps) ? virtualizer.measureElement : undefined;

  return (
    <div
      ref={scroller}
      className={classes.grid}
      style={height === 'fill' ? { height: '100%' } : { maxHeight: height }}
      role="grid"
      aria-label={label}
      aria-rowcount={ordered.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={ordered.length === 0 ? undefined : cellId(id, at.row, at.column)}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <div className={classes.inner} style={{ minWidth: width }}>
        <GridHeader columns={columns} template={template} sort={sort} onSort={chooseSort} />
        {ordered.length === 0 && <div className={classes.empty}>{empty ?? 'No rows'}</div>}
        <div className={classes.rows} role="rowgroup" style={{ height: virtualizer.getTotalSize() }}>
          <InTableContext value={true}>
            {items.slice(0, drawn).map(({ index, start }) => {
              const row = ordered[index];
              if (row === undefined) return null;
              const { from, to } = rangeOf(at);
              return (
                <GridRow
                  key={rowKey(row)}
                  gridId={id}
                  columns={columns}
                  template={template}
                  row={row}
                  index={index}
                  start={start}
                  measure={measure}
                  atColumn={index === at.row ? at.column : null}
                  anchor={at.anchor}
                  taken={from !== to && index >= from && index <= to}
                  active={rowKey(row) === activeKey}
                  actions={actions}
                  onActivate={onActivate}
                  onPosition={setPosition}
                />
              );
            })}
          </InTableContext>
        </div>
        {footer !== null && ordered.length > 0 && (
          <GridFooter columns={columns} template={template} footer={footer} />
        )}
      </div>
    </div>
  );
}

/** Whose order it is: the owner's when it takes sorts (`onSort`), else the grid's own. */
function useSort<Row>({ columns, sort: given = null, onSort }: Props<Row>) {
  const [own, setOwn] = useState<GridSort | null>(given);
  const sort = onSort === undefined ? own : given;
  const chooseSort = (by: string): void => {
    const column = columns.find((candidate) => candidate.id === by);
    const descending = sort?.by === by ? !sort.descending : column?.kind === 'number';
    const next = { by, descending };
    if (onSort === undefined) setOwn(next);
    else onSort(next);
  };
  return { sort, sortHere: onSort === undefined ? sort : null, chooseSort };
}
