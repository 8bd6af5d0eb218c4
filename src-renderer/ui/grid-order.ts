// The rows of a grid in the order asked for; unknown values stand last, whichever way is sorted.
import { createSortedRowModel, rowSortingFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useMemo } from 'react';
import type { GridColumn, GridSort } from './grid.tsx';

const features = tableFeatures({ rowSortingFeature, sortedRowModel: createSortedRowModel() });

/** The table library takes objects only; a row may be anything. */
type Held<Row> = { readonly row: Row };

/** `sort` null = the rows as they come. */
export function useOrdered<Row>(
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
