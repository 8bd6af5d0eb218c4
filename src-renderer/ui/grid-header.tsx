// The header row of a grid: names, units, and the buttons that sort.

import classes from './grid.module.css';
import type { GridColumn, GridSort } from './grid.tsx';

type Props<Row> = {
  readonly columns: readonly GridColumn<Row>[];
  readonly template: string;
  readonly sort: GridSort | null;
  readonly onSort: (by: string) => void;
};

export function GridHeader<Row>({ columns, template, sort, onSort }: Props<Row>) {
  return (
    <div role="row" aria-rowindex={1} className={classes.header} style={{ gridTemplateColumns: template }}>
      {columns.map((column, index) => {
        const sorted = sort?.by === column.id ? (sort.descending ? 'descending' : 'ascending') : 'none';
        const name = (
          <>
            <span className={classes.headerName}>{column.header}</span>
            {column.unit !== undefined && <span className={classes.unit}>{column.unit}</span>}
          </>
        );
        return (
          <div
            key={column.id}
            role="columnheader"
            aria-colindex={index + 1}
            aria-sort={sorted}
            title={column.hint ?? column.header}
            className={`${classes.headerCell} ${classes[column.kind] ?? ''}`}
          >
            {column.sortable === false ? (
              name
            ) : (
              <button type="button" tabIndex={-1} className={classes.sort} onClick={() => onSort(column.id)}>
                {name}
                <span className={classes.arrow} aria-hidden>
                  {sorted === 'none' ? '' : sorted === 'descending' ? '↓' : '↑'}
                </span>
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
