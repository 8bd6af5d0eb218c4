// The catalog as a grid: one row a price, with what it is for, where and when it holds, and where it was seen.
import { useMemo } from 'react';
import type { Format } from '../../../shared/format/format.ts';
import { dimensionName, valueName } from '../../../shared/format/names.ts';
import { useNotice } from '../../app/notice.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { Unknown } from '../../ui/values.tsx';
import { CONFIDENCE_HINTS, effectiveText, regionText, unitOf } from './price-text.ts';
import classes from './pricing.module.css';
import type { CatalogRow } from './pricing-state.ts';

type Props = {
  readonly rows: readonly CatalogRow[];
  readonly open: string | null;
  readonly sourceTitles: ReadonlyMap<string, string>;
  readonly onOpen: (id: string) => void;
};

export function PriceGrid({ rows, open, sourceTitles, onOpen }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const columns = useMemo(() => priceColumns(format, sourceTitles), [format, sourceTitles]);
  return (
    <Grid<CatalogRow>
      label="Prices"
      columns={columns}
      rows={rows}
      rowKey={({ id }) => id}
      onActivate={({ id }) => onOpen(id)}
      activeKey={open}
      height="fill"
      empty="No price matches. Take off a filter, or search for fewer words."
      onCopied={(count) => say(`Copied ${count} prices`)}
    />
  );
}

type Column = GridColumn<CatalogRow>;
type CodeField = 'provider' | 'variant' | 'mode' | 'term' | 'regionTier' | 'contextBand' | 'meter';

function codeColumn(id: CodeField, width: number, why: string): Column {
  return {
    id,
    header: id === 'regionTier' ? 'Tier' : dimensionName(id),
    kind: 'text',
    value: (row) => row[id],
    render: (row) => {
      const value = row[id];
      return value === null ? <Unknown why={why} /> : <span title={value}>{valueName(id, value)}</span>;
    },
    width,
  };
}

function priceColumns(format: Format, sourceTitles: ReadonlyMap<string, string>): Column[] {
  return [
    {
      id: 'model',
      header: 'Model',
      kind: 'text',
      value: ({ model }) => model,
      render: ({ model }) => (
        <span title={model ?? ''}>{model ?? <em className={classes.feature}>Feature, no model</em>}</span>
      ),
      width: 150,
      grow: 3,
    },
    codeColumn('meter', 124, ''),
    {
      id: 'price',
      header: 'Price',
      kind: 'number',
      value: ({ usd }) => usd,
      render: ({ usd, currency }) => (
        <span title={`${usd} ${currency}`}>{format.unitPrice(usd, currency)}</span>
      ),
      width: 84,
    },
    {
      id: 'per',
      header: 'per',
      kind: 'text',
      value: (row) => unitOf(row),
      width: 116,
      grow: 1,
    },
    codeColumn('mode', 96, ''),
    {
      id: 'region',
      header: 'Region',
      kind: 'text',
      value: (row) => regionText(row),
      render: (row) => (
        <span
          title={regionText(row)}
          className={row.region === null && !row.anyRegion ? classes.lost : undefined}
        >
          {regionText(row)}
        </span>
      ),
      width: 116,
      grow: 1,
    },
    codeColumn('regionTier', 80, 'The source names no tier: the price stands for any of them.'),
    {
      id: 'seen',
      header: 'Seen',
      kind: 'text',
      value: ({ seen }) => seen,
      render: ({ seen }) => (seen === null ? <Unknown why="The source has no date." /> : format.day(seen)),
      width: 100,
    },
    {
      id: 'confidence',
      header: 'Confidence',
      kind: 'text',
      value: ({ confidence }) => confidence,
      render: ({ confidence }) => (
        <span className={classes.confidence} data-level={confidence} title={CONFIDENCE_HINTS[confidence]}>
          {confidence}
        </span>
      ),
      width: 100,
    },
    {
      id: 'source',
      header: 'Source',
      kind: 'text',
      value: ({ source }) => sourceTitles.get(source) ?? source,
      render: ({ source }) => (
        <span title={sourceTitles.get(source)}>{sourceTitles.get(source) ?? source}</span>
      ),
      width: 150,
      grow: 2,
    },
    {
      id: 'effective',
      header: 'Holds',
      kind: 'text',
      value: (row) => effectiveText(row, format),
      render: (row) => {
        const text = effectiveText(row, format);
        return text === null ? (
          <Unknown why="The source states no dates: taken as valid until the next known price." />
        ) : (
          <span title={text}>{text}</span>
        );
      },
      width: 128,
      grow: 1,
    },
    codeColumn('variant', 110, 'The meter has no variants here.'),
    codeColumn('contextBand', 124, ''),
    codeColumn('term', 76, ''),
    codeColumn('provider', 110, ''),
  ];
}
