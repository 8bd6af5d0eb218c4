// The tie-out: what the files say against what is held, by billing entity, invoice, charge type and currency.
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract/methods.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { Unknown } from '../../ui/values.tsx';
import classes from './import.module.css';

type Row = Output<'import.tieOut'>['rows'][number];
type Batch = Output<'import.history'>['batches'][number];

export function TieOutView({ batches }: { readonly batches: readonly Batch[] }) {
  const format = useFormat();
  const { say } = useNotice();
  const answer = useEngine('import.tieOut', {});
  if (answer.isError) {
    return (
      <ErrorState
        title="The tie-out could not be computed"
        message={answer.error.message}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <Skeleton height={30} rows={8} label="Tying out" />;
  const { rows } = answer.data;
  if (rows.length === 0) return <EmptyState title="Nothing is held yet, so there is nothing to tie out" />;
  const failing = rows.filter(({ agrees }) => !agrees).length;
  return (
    <div className={classes.stack}>
      <p className={classes.accounted}>
        {failing === 0 ? (
          <IconCheck size={16} className={classes.okay} aria-hidden />
        ) : (
          <IconAlertTriangle size={16} className={classes.wrong} aria-hidden />
        )}
        <span>
          {failing === 0
            ? `All ${format.count(rows.length)} totals of the files agree with what is held, in rows and in cost.`
            : `${format.count(failing)} of ${format.count(rows.length)} totals do not agree: forget the import and import the files again.`}
        </span>
      </p>
      <Grid
        label="Tie-out"
        columns={columnsFor(batches, format)}
        rows={rows}
        rowKey={(row) =>
          [
            row.batchId,
            row.payer,
            row.period,
            row.billingEntity,
            row.invoice,
            row.currency,
            row.chargeType,
          ].join('\u0000')
        }
        sort={{ by: 'fileUnblended', descending: true }}
        onCopied={(count) => say(`${format.count(count)} rows copied`)}
        height={520}
      />
    </div>
  );
}

function columnsFor(batches: readonly Batch[], format: ReturnType<typeof useFormat>): GridColumn<Row>[] {
  const importedAt = new Map(batches.map((batch) => [batch.id, batch.importedAt]));
  const money = (id: 'fileUnblended' | 'heldUnblended' | 'difference', header: string): GridColumn<Row> => ({
    id,
    header,
    kind: 'number',
    width: 112,
    value: (row) => row[id],
    render: (row) => <span title={String(row[id])}>{format.amount(row[id])}</span>,
  });
  return [
    {
      id: 'agrees',
      header: 'State',
      kind: 'text',
      width: 88,
      value: ({ agrees }) => (agrees ? 'agrees' : 'differs'),
      render: ({ agrees }) => (
        <span className={agrees ? classes.agrees : classes.differs}>{agrees ? '✓ agrees' : '✗ differs'}</span>
      ),
    },
    {
      id: 'import',
      header: 'Import',
      kind: 'text',
      width: 100,
      value: ({ batchId }) => importedAt.get(batchId) ?? String(batchId),
      render: ({ batchId }) => format.day(importedAt.get(batchId) ?? ''),
    },
    {
      id: 'billingEntity',
      header: 'Billing entity',
      kind: 'text',
      width: 136,
      value: (row) => row.billingEntity,
    },
    {
      id: 'invoice',
      header: 'Invoice',
      kind: 'mono',
      width: 104,
      grow: 1,
      value: ({ invoice }) => invoice,
      render: ({ invoice }) =>
        invoice === null || invoice === '' ? (
          <Unknown why="No invoice id yet: the period is estimated until AWS issues the invoice." />
        ) : (
          invoice
        ),
    },
    {
      id: 'chargeType',
      header: 'Charge type',
      kind: 'text',
      width: 140,
      grow: 1,
      value: (row) => row.chargeType,
    },
    { id: 'currency', header: 'Currency', kind: 'text', width: 88, value: (row) => row.currency },
    {
      id: 'fileRows',
      header: 'File',
      unit: 'rows',
      kind: 'number',
      width: 88,
      value: (row) => row.fileRows,
      render: (row) => format.count(row.fileRows),
    },
    {
      id: 'heldRows',
      header: 'Held',
      unit: 'rows',
      kind: 'number',
      width: 88,
      value: (row) => row.heldRows,
      render: (row) => format.count(row.heldRows),
    },
    money('fileUnblended', 'File, unblended'),
    money('heldUnblended', 'Held, unblended'),
    money('difference', 'Difference'),
  ];
}
