// Rows of the imported AWS offer files that are kept as they stand and price nothing, with their unit and the reason.
import { useMemo } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Format } from '../../../shared/format/format.ts';
import { offerProblemName } from '../../../shared/format/names.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { ErrorState } from '../../ui/states.tsx';
import classes from './offer-rows.module.css';

type OfferRow = Output<'catalog.unpricedOfferRows'>['rows'][number];

const SHOWN = 500;

/** Nothing where no offer file is in use, or all of its rows are prices. */
export function OfferRows() {
  const versions = useEngine('catalog.versions', {});
  const inUse = versions.data?.versions.find((version) => version.inUse)?.id ?? null;
  return inUse === null ? null : <RowsOfVersion version={inUse} />;
}

function RowsOfVersion({ version }: { readonly version: number }) {
  const format = useFormat();
  const { say } = useNotice();
  const { data, error, refetch } = useEngine('catalog.unpricedOfferRows', { version, limit: SHOWN });
  const columns = useMemo(() => columnsOf(format), [format]);
  if (error !== null) {
    return <ErrorState title="No answer" message={error.message} onRetry={() => void refetch()} />;
  }
  if (data === undefined || data.rowCount === 0) return null;
  return (
    <section className={classes.section} aria-label="Rows of offer files without a price">
      <h3 className={classes.title}>Rows of imported offer files without a price</h3>
      <p className={classes.lead}>
        {data.rowCount === 1 ? 'One row' : `${format.count(data.rowCount)} rows`} of the files imported with
        version {version}, kept as stated; none prices a line
        {data.rowCount > SHOWN ? ` (the first ${format.count(SHOWN)} are shown)` : ''}.
      </p>
      <Grid<OfferRow>
        label="Rows of offer files without a price"
        columns={columns}
        rows={data.rows}
        rowKey={(row) => JSON.stringify([row.place, row.reason, row.usageType, row.unit])}
        height={220}
        onCopied={(count) => say(`Copied ${count} rows`)}
      />
    </section>
  );
}

function columnsOf(format: Format): readonly GridColumn<OfferRow>[] {
  return [
    {
      id: 'usageType',
      header: 'Usage type',
      kind: 'mono',
      width: 270,
      grow: 2,
      value: ({ usageType, product }) => usageType ?? product,
    },
    {
      id: 'unit',
      header: 'Unit as stated',
      kind: 'mono',
      width: 130,
      value: ({ unit }) => unit ?? '',
    },
    {
      id: 'amount',
      header: 'Amount as stated',
      kind: 'text',
      width: 170,
      value: ({ amount, currency }) => `${amount} ${currency}`,
    },
    {
      id: 'reason',
      header: 'Why it is no price',
      kind: 'text',
      width: 260,
      grow: 2,
      value: ({ reason }) => offerProblemName(reason),
    },
    { id: 'region', header: 'Region', kind: 'text', width: 120, value: ({ region }) => region ?? '' },
    {
      id: 'place',
      header: 'Where in the file',
      kind: 'text',
      width: 140,
      value: ({ place }) => place || format.count(null),
    },
  ];
}
