// The usage types others published: what each means, the price it gets, or the reason why it gets none.
import { useMemo } from 'react';
import { METERS } from '../../../shared/domain/usage/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import { valueName } from '../../../shared/format/names.ts';
import { perText } from '../../../shared/format/per.ts';
import { useNotice } from '../../app/notice.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import classes from './coverage.module.css';
import type { Coverage, Reading } from './coverage-state.ts';

type Holes = Coverage['usage']['holes'];
type Props = { readonly readings: readonly Reading[]; readonly holes: Holes };

export function UsageStrings({ readings, holes }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const columns = useMemo(() => stringColumns(format, holes), [format, holes]);
  return (
    <section className={classes.matrix} aria-label="Published usage types">
      <Grid<Reading>
        label="Published usage types"
        columns={columns}
        rows={readings}
        rowKey={({ usageType, productCode, product }) => [usageType, productCode, product].join('|')}
        height="fill"
        empty="No usage type matches. Search for fewer words."
        onCopied={(count) => say(`Copied ${count} usage types`)}
      />
    </section>
  );
}

function stringColumns(format: Format, holes: Holes): readonly GridColumn<Reading>[] {
  const titles = new Map(holes.map(({ hole, title }) => [hole, title]));
  const says = new Map(holes.map(({ hole, says: text }) => [hole, text]));
  return [
    {
      id: 'usageType',
      header: 'Usage type',
      kind: 'mono',
      width: 250,
      grow: 3,
      value: ({ usageType }) => usageType,
    },
    {
      id: 'model',
      header: 'Model',
      kind: 'text',
      width: 130,
      grow: 1,
      value: ({ model, family }) => model ?? (family === null ? '' : valueName('family', family)),
      hint: 'Model, or what part of Bedrock the string belongs to',
    },
    {
      id: 'meter',
      header: 'Meter',
      kind: 'text',
      width: 130,
      grow: 1,
      value: ({ meter, variant }) =>
        meter === null ? '' : [valueName('meter', meter), variant].filter((part) => part !== null).join(', '),
    },
    {
      id: 'mode',
      header: 'Mode',
      kind: 'text',
      width: 84,
      value: ({ mode }) => (mode === null ? '' : valueName('mode', mode)),
    },
    { id: 'region', header: 'Region', kind: 'text', width: 108, value: ({ region }) => region ?? '' },
    {
      id: 'price',
      header: 'Price',
      unit: 'USD',
      kind: 'number',
      width: 140,
      value: ({ usdLow }) => usdLow,
      render: (row) => <PriceOf row={row} format={format} />,
    },
    {
      id: 'why',
      header: 'Why not',
      kind: 'text',
      width: 186,
      grow: 1,
      value: ({ hole }) => (hole === null ? '' : (titles.get(hole) ?? hole)),
      render: ({ hole }) =>
        hole === null ? null : <span title={says.get(hole)}>{titles.get(hole) ?? hole}</span>,
    },
  ];
}

function PriceOf({ row, format }: { readonly row: Reading; readonly format: Format }) {
  const { usdLow, usdHigh, per, meter } = row;
  if (usdLow === null || usdHigh === null || per === null || meter === null) {
    return <span className={classes.never}>—</span>;
  }
  const amount = (usd: number): string => format.unitPrice(usd, '');
  const text = usdLow === usdHigh ? amount(usdLow) : `${amount(usdLow)}–${amount(usdHigh)}`;
  return (
    <span title={row.prices.join(', ')}>
      {text} <span className={classes.per}>/ {perText(per, METERS[meter])}</span>
    </span>
  );
}
