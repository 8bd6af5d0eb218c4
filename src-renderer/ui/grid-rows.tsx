// One row of a grid, its cells and its actions, and the row of totals.
import { memo, type ReactNode } from 'react';
import classes from './grid.module.css';
import type { GridAction, GridColumn } from './grid.tsx';
import type { Position } from './grid-keys.ts';

/** Names a cell for `aria-activedescendant`. */
export function cellId(gridId: string, row: number, column: number): string {
  return `${gridId}-${row}-${column}`;
}

type RowProps<Row> = {
  readonly gridId: string;
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly row: Row;
  readonly index: number;
  /** Pixels from the first row. */
  readonly start: number;
  /** Told of the row where its height depends on its text; undefined = it is one line high. */
  readonly measure: ((row: HTMLElement | null) => void) | undefined;
  /** Where the keyboard is in this row; null = in another. */
  readonly atColumn: number | null;
  /** The row from which rows are taken in. */
  readonly anchor: number;
  readonly taken: boolean;
  readonly active: boolean;
  readonly actions: readonly GridAction<Row>[];
  readonly onActivate: ((row: Row) => void) | undefined;
  readonly onPosition: (position: Position) => void;
};

/** Drawn anew only when something of its own changes, where the owner's columns and actions stay the same. */
export const GridRow = memo(OneRow) as typeof OneRow;

function OneRow<Row>(props: RowProps<Row>) {
  const { gridId, columns, template, row, index, start, measure, atColumn, anchor, taken, active } = props;
  const { actions, onActivate, onPosition } = props;
  return (
    <div
      ref={measure}
      data-index={index}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={taken || active}
      className={`${classes.row} ${measure === undefined ? '' : classes.high} ${onActivate === undefined ? '' : classes.opens}`}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: template }}
      onDoubleClick={() => onActivate?.(row)}
    >
      {columns.map((column, columnIndex) => {
        const value = column.value(row);
        return (
          <div
            key={column.id}
            id={cellId(gridId, index, columnIndex)}
            role="gridcell"
            aria-colindex={columnIndex + 1}
            className={`${classes.cell} ${column.wraps === true ? classes.wraps : ''} ${classes[column.kind] ?? ''}`}
            style={{ gridRow: 1, gridColumn: columnIndex + 1 }}
            title={
              column.render === undefined && column.wraps !== true && typeof value === 'string'
                ? value
                : undefined
            }
            data-at={columnIndex === atColumn ? true : undefined}
            onMouseDown={({ shiftKey }) =>
              onPosition({ row: index, column: columnIndex, anchor: shiftKey ? anchor : index })
            }
          >
            {column.render === undefined ? (value ?? '—') : column.render(row)}
          </div>
        );
      })}
      {actions.length > 0 && <RowActions actions={actions} row={row} />}
    </div>
  );
}

type FooterProps<Row> = {
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly footer: Readonly<Record<string, ReactNode>>;
};

export function GridFooter<Row>({ columns, template, footer }: FooterProps<Row>) {
  return (
    <div role="row" className={classes.footer} style={{ gridTemplateColumns: template }}>
      {columns.map(({ id, kind }) => (
        <div key={id} role="gridcell" className={`${classes.cell} ${classes[kind] ?? ''}`}>
          {footer[id] ?? ''}
        </div>
      ))}
    </div>
  );
}

type RowActionsProps<Row> = { readonly actions: readonly GridAction<Row>[]; readonly row: Row };

/** For the mouse only: the keyboard has the letters. They lie over the cells, which therefore say where they stand. */
function RowActions<Row>({ actions, row }: RowActionsProps<Row>) {
  return (
    <div className={classes.actions} role="gridcell">
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
