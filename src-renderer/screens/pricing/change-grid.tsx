// What changes between two versions of the catalog: counts by kind that filter, and one row a price.
import { useMemo, useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { PRICE_CHANGES, type PriceChangeKind } from '../../../shared/domain/pricing/catalog-diff.ts';
import type { Format } from '../../../shared/format/format.ts';
import { valueName } from '../../../shared/format/names.ts';
import { perText } from '../../../shared/format/per.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import classes from './versions.module.css';

type Change = Output<'catalog.diff'>['rows'][number];
type Side = Change['before'];

const CHANGES: readonly PriceChangeKind[] = PRICE_CHANGES.filter((kind) => kind !== 'confirmed');

/** Most changes shown; the counts cover all of them. */
const SHOWN = 2000;

export const CHANGE_NAMES: Readonly<Record<PriceChangeKind, string>> = {
  new: 'New',
  changed: 'Changed',
  vanished: 'Vanished',
  scheduled: 'Scheduled',
  confirmed: 'Confirmed',
};

type Props = { readonly from: number | null; readonly to: number | null };

export function ChangeGrid({ from, to }: Props) {
  const format = useFormat();
  const [kind, setKind] = useState<PriceChangeKind | 'all'>('all');
  const columns = useMemo(() => changeColumns(format), [format]);
  const kinds = kind === 'all' ? CHANGES : [kind];
  const { data, error, refetch } = useEngine('catalog.diff', { from, to, kinds, limit: SHOWN });
  if (error !== null) {
    return (
      <ErrorState
        title="The versions could not be compared"
        message={error.message}
        safe="Nothing was changed."
        onRetry={() => void refetch()}
      />
    );
  }
  if (data === undefined) return <Skeleton height={28} rows={8} label="Comparing the versions" />;
  const all = CHANGES.reduce((sum, one) => sum + data.counts[one], 0);
  return (
    <div className={classes.changes}>
      <div className={classes.kinds}>
        <SegmentedControl
          aria-label="Kind of change"
          value={kind}
          onChange={(value) => setKind(value as PriceChangeKind | 'all')}
          data={[
            { value: 'all', label: `All changes ${format.count(all)}` },
            ...PRICE_CHANGES.map((one) => ({
              value: one,
              label: `${CHANGE_NAMES[one]} ${format.count(data.counts[one])}`,
            })),
          ]}
        />
        <span className={classes.aside}>
          prices as of {format.day(data.day)}
          {data.rowCount > data.rows.length && `, the first ${format.count(SHOWN)}`}
        </span>
      </div>
      <Grid<Change>
        label="Price changes"
        columns={columns}
        rows={data.rows}
        rowKey={keyOf}
        height="fill"
        empty={kind === 'all' ? 'No price changes.' : `No price is ${CHANGE_NAMES[kind].toLowerCase()}.`}
      />
    </div>
  );
}

function keyOf(row: Change): string {
  const { kind, provider, model, meter, variant, mode, term, region, regionTier, contextBand, from } = row;
  return JSON.stringify([
    kind,
    provider,
    model,
    meter,
    variant,
    mode,
    term,
    region,
    regionTier,
    contextBand,
    from,
  ]);
}

const LAYER_HINTS = {
  contract: 'contract rate',
  offer: 'imported offer file',
  bundled: 'bundled catalog',
} as const;

function sideColumn(id: 'before' | 'after', header: string, why: string, format: Format): GridColumn<Change> {
  return {
    id,
    header,
    kind: 'number',
    value: (row) => row[id]?.low ?? null,
    render: (row) => {
      const side: Side = row[id];
      if (side === null) return <Unknown why={why} />;
      const low = format.unitPrice(side.low, 'USD');
      const text = side.low === side.high ? low : `${low} to ${format.unitPrice(side.high, 'USD')}`;
      return <span title={`${text}, ${LAYER_HINTS[side.layer]}`}>{text}</span>;
    },
    width: 80,
  };
}

function changeColumns(format: Format): GridColumn<Change>[] {
  const code = (id: 'meter' | 'mode', width: number): GridColumn<Change> => ({
    id,
    header: id === 'meter' ? 'Meter' : 'Mode',
    kind: 'text',
    value: (row) => row[id],
    render: (row) => valueName(id, row[id]),
    width,
  });
  return [
    {
      id: 'kind',
      header: 'Change',
      kind: 'text',
      value: ({ kind }) => kind,
      render: ({ kind }) => CHANGE_NAMES[kind],
      width: 80,
    },
    {
      id: 'model',
      header: 'Model',
      kind: 'text',
      value: ({ model, provider }) => model ?? provider,
      width: 128,
      grow: 2,
    },
    code('meter', 112),
    code('mode', 92),
    {
      id: 'region',
      header: 'Region',
      kind: 'text',
      value: ({ region }) => region ?? 'any',
      width: 96,
    },
    {
      id: 'tier',
      header: 'Tier',
      kind: 'text',
      value: ({ regionTier }) => regionTier,
      render: ({ regionTier }) => (regionTier === null ? 'any' : valueName('regionTier', regionTier)),
      width: 76,
    },
    {
      id: 'per',
      header: 'per',
      kind: 'text',
      value: ({ per, unit }) => perText(per, unit),
      width: 92,
    },
    sideColumn('before', 'Before', 'There was no price.', format),
    sideColumn('after', 'After', 'No layer has a price any more.', format),
    {
      id: 'share',
      header: 'Change',
      kind: 'number',
      value: ({ share }) => share,
      render: ({ share }) =>
        share === null ? (
          <Unknown why="There is no single price on both sides." />
        ) : (
          format.percentChange(share)
        ),
      width: 76,
    },
    {
      id: 'from',
      header: 'Holds from',
      kind: 'text',
      value: ({ from }) => from,
      render: ({ from }) => (from === null ? <Unknown why="The source states no day." /> : format.day(from)),
      width: 100,
    },
    {
      id: 'variant',
      header: 'Variant',
      kind: 'text',
      value: ({ variant }) => variant ?? '',
      width: 96,
      grow: 1,
    },
  ];
}
