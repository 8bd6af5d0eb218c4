// The rows that could not be read, each with file, line, column and reason; exported as CSV.
import { Button, Select } from '@mantine/core';
import { IconCheck, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { useNotice } from '../../app/notice.tsx';
import { saveExport } from '../../app/save-export.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import classes from './import.module.css';
import { baseName } from './report.ts';

type Batch = Output<'import.history'>['batches'][number];
type Row = Output<'import.rejectedRows'>['rows'][number];

const PAGE = 2000;

const COLUMNS: readonly GridColumn<Row>[] = [
  {
    id: 'file',
    header: 'File',
    kind: 'text',
    width: 170,
    grow: 1,
    value: ({ file }) => file,
    render: ({ file }) => <span title={file}>{baseName(file)}</span>,
  },
  { id: 'line', header: 'Line', kind: 'number', width: 88, value: ({ line }) => line },
  { id: 'column', header: 'Column', kind: 'mono', width: 230, value: ({ column }) => column },
  {
    id: 'reason',
    header: 'Reason',
    kind: 'text',
    width: 280,
    grow: 3,
    wraps: true,
    value: ({ reason }) => reason,
  },
  {
    id: 'text',
    header: 'Row as in the file',
    kind: 'mono',
    width: 200,
    grow: 2,
    sortable: false,
    value: ({ text }) => text,
    render: ({ text }) => <span title={text}>{text}</span>,
  },
];

export function RejectedRows({ batches }: { readonly batches: readonly Batch[] }) {
  const format = useFormat();
  const withRejected = batches.filter(({ rows }) => rows.rejected > 0);
  const [chosen, setChosen] = useState<number | null>(null);
  const batch = withRejected.find(({ id }) => id === chosen) ?? withRejected[0];
  if (batch === undefined) {
    return (
      <EmptyState title="No row was rejected" icon={<IconCheck size={24} stroke={1.5} />}>
        Every row of every file could be read and is in the totals.
      </EmptyState>
    );
  }
  return (
    <div className={classes.stack}>
      {withRejected.length > 1 && (
        <Select
          label="Import"
          w={320}
          allowDeselect={false}
          data={withRejected.map(({ id, importedAt, rows }) => ({
            value: String(id),
            label: `${format.dateTime(importedAt)}, ${format.count(rows.rejected)} rows`,
          }))}
          value={String(batch.id)}
          onChange={(value) => setChosen(Number(value))}
        />
      )}
      <RowsOf batchId={batch.id} />
    </div>
  );
}

function RowsOf({ batchId }: { readonly batchId: number }) {
  const format = useFormat();
  const { say } = useNotice();
  const answer = useEngine('import.rejectedRows', { batchId, limit: PAGE });
  if (answer.isError) {
    return (
      <ErrorState
        title="The rows could not be read"
        message={answer.error.message}
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <Skeleton height={30} rows={8} />;
  const { rows, rowCount } = answer.data;
  const save = (): void => {
    saveExport('rejected-rows.csv', 'export.rejectedRows', (target) => ({ batchId, target })).then(
      (saved) => saved !== null && say(`${format.count(saved.rows)} rejected rows saved as ${saved.name}`),
      (error: unknown) => say(error instanceof Error ? error.message : String(error), 'failed'),
    );
  };
  return (
    <>
      <div className={classes.gridHead}>
        <span>
          {rowCount === 1 ? '1 row is' : `${format.count(rowCount)} rows are`} in no total. Mend{' '}
          {rowCount === 1 ? 'it' : 'them'} in the file, or export the report again, and import it anew.
        </span>
        <Button variant="default" leftSection={<IconDownload size={14} />} onClick={save}>
          Export as CSV
        </Button>
      </div>
      {rowCount > rows.length && (
        <Note>
          The first {format.count(rows.length)} of {format.count(rowCount)} are listed; the export has all.
        </Note>
      )}
      <Grid
        label="Rejected rows"
        columns={COLUMNS}
        rows={rows}
        rowKey={({ file, line, column }) => `${file} ${line} ${column ?? ''}`}
        onCopied={(count) => say(`${format.count(count)} rows copied`)}
        height={480}
      />
    </>
  );
}
