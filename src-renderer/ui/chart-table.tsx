// The table behind a chart, with every digit.
import type { ChartTable } from '../../shared/charts/spec.ts';
import { useFormat } from './format-context.ts';
import { Grid, type GridColumn } from './grid.tsx';

type Row = { readonly key: string; readonly cells: readonly (string | number | null)[] };

type Props = { readonly title: string; readonly table: ChartTable; readonly height: number };

export function ChartTableView({ title, table, height }: Props) {
  const format = useFormat();
  const columns = table.header.map((header, index): GridColumn<Row> => {
    const numeric = table.numeric[index] === true;
    return {
      id: String(index),
      header,
      kind: numeric ? 'number' : 'text',
      width: numeric ? 120 : 140,
      grow: 1,
      value: ({ cells }) => cells[index] ?? null,
      render: ({ cells }) => {
        const cell = cells[index] ?? null;
        return typeof cell === 'string' ? cell : format.amount(cell);
      },
    };
  });
  const rows = table.rows.map((cells, index): Row => ({ key: String(index), cells }));
  return <Grid label={title} columns={columns} rows={rows} rowKey={({ key }) => key} height={height} />;
}
