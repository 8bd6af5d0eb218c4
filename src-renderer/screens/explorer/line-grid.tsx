// Line items as a grid: what was metered, how much, what it cost, and what the catalog says.
import { useMemo } from 'react';
import type { Format } from '../../../shared/format/format.ts';
import { valueName } from '../../../shared/format/names.ts';
import { useNotice } from '../../app/notice.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn, type GridSort } from '../../ui/grid.tsx';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import { missingReason } from './figures.tsx';
import { type LineItem, type LinesQuery, useLines } from './use-lines.ts';

type Props = {
  readonly query: LinesQuery;
  readonly enabled: boolean;
  readonly open: number | null;
  readonly sort: GridSort;
  readonly onSort: (sort: GridSort) => void;
  readonly onOpen: (id: number) => void;
};

export function LineGrid({ query, enabled, open, sort, onSort, onOpen }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const { rows, rowCount, error, more, retry } = useLines(query, enabled);
  const currencies = [...new Set(rows.map(({ currency }) => currency))];
  const only = currencies.length === 1 ? (currencies[0] ?? null) : null;
  const { scope } = query;
  const columns = useMemo(() => lineColumns(format, only, scope), [format, only, scope]);
  if (error !== null) {
    return <ErrorState title="The line items could not be read" message={error.message} onRetry={retry} />;
  }
  if (rowCount === null) return <Skeleton height={22} rows={12} label="Loading line items" />;
  return (
    <Grid<LineItem>
      label="Line items"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => String(id)}
      sort={sort}
      onSort={onSort}
      onActivate={({ id }) => onOpen(id)}
      activeKey={open === null ? null : String(open)}
      onEndNear={more}
      height="fill"
      empty="No line matches these filters in this period."
      onCopied={(count) => say(`Copied ${count} lines`)}
    />
  );
}

type Column = GridColumn<LineItem>;
type TextField =
  | 'service'
  | 'resource'
  | 'account'
  | 'region'
  | 'usageType'
  | 'model'
  | 'meter'
  | 'mode'
  | 'chargeType'
  | 'unit'
  | 'currency';

function textColumn(id: TextField, header: string, width: number, grow: number): Column {
  return {
    id,
    header,
    kind: id === 'usageType' || id === 'resource' ? 'mono' : 'text',
    value: (line) => line[id],
    render: (line) => {
      const value = line[id];
      if (value === null) return <Unknown why={`The line states no ${header.toLowerCase()}.`} />;
      return <span title={value}>{valueName(id, value)}</span>;
    },
    width,
    grow,
    sortable: false,
  };
}

type AmountField = 'unblended' | 'netUnblended' | 'list';

function amountColumn(id: AmountField, header: string, currency: string | null, format: Format): Column {
  return {
    id,
    header,
    ...(currency === null ? {} : { unit: currency }),
    kind: 'number',
    value: (line) => line[id],
    render: (line) => {
      const value = line[id];
      if (value === null) return <Unknown why={missingReason(id)} />;
      return <span title={`${format.decimal(value, 12)} ${line.currency}`}>{format.amount(value)}</span>;
    },
    width: id === 'unblended' ? 132 : 92,
    sortable: id === 'unblended',
  };
}

/** Of Bedrock's lines what was metered comes first; of a whole bill whose line it is. */
function lineColumns(format: Format, currency: string | null, scope: LinesQuery['scope']): Column[] {
  const metered = [
    textColumn('model', 'Model', 136, 2),
    textColumn('meter', 'Meter', 124, 1),
    textColumn('mode', 'Mode', 92, 0),
  ];
  const usageType = textColumn('usageType', 'Usage type', 220, 3);
  const isBedrock = (scope ?? 'bedrock') === 'bedrock';
  return [
    {
      id: 'start',
      header: 'Day (UTC)',
      kind: 'text',
      value: ({ start }) => start,
      render: ({ start, end }) => <span title={`${start} to ${end}`}>{format.day(start)}</span>,
      width: 104,
    },
    ...(isBedrock ? metered : [textColumn('service', 'Service', 136, 1), usageType]),
    {
      id: 'quantity',
      header: 'Quantity',
      kind: 'number',
      value: ({ quantity }) => quantity,
      render: ({ quantity, normalizedQuantity, normalizedUnit }) =>
        quantity === null ? (
          <Unknown why="The line states no quantity." />
        ) : (
          <span
            title={
              normalizedQuantity === null
                ? 'Unit not known: not normalised'
                : `${format.quantity(normalizedQuantity)} ${normalizedUnit ?? ''}`
            }
          >
            {format.quantity(quantity)}
          </span>
        ),
      width: 104,
    },
    textColumn('unit', 'Unit', 84, 0),
    amountColumn('unblended', 'Unblended', currency, format),
    amountColumn('netUnblended', 'Net', currency, format),
    amountColumn('list', 'List', currency, format),
    {
      id: 'catalogList',
      header: 'Catalog',
      unit: 'USD',
      kind: 'number',
      value: ({ catalogListHigh }) => catalogListHigh,
      render: ({ catalogListLow: low, catalogListHigh: high }) => {
        if (low === null || high === null) return <Unknown why={missingReason('catalogList')} />;
        return (
          <span title={`${format.decimal(low, 12)} to ${format.decimal(high, 12)} USD`}>
            {low === high ? format.amount(low) : `${format.amount(low)}–${format.amount(high)}`}
          </span>
        );
      },
      width: 112,
      sortable: false,
    },
    ...(isBedrock ? [usageType] : [textColumn('resource', 'Resource', 160, 2), ...metered]),
    ...(currency === null ? [textColumn('currency', 'Currency', 72, 0)] : []),
    textColumn('region', 'Region', 104, 0),
    textColumn('account', 'Account', 116, 0),
    textColumn('chargeType', 'Charge type', 104, 0),
  ];
}
