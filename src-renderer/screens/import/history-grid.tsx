// Every import of the workspace, newest first; one opens to its files.
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { FilesTable } from './files-table.tsx';
import classes from './import.module.css';
import { baseName } from './report.ts';
import { UndoButton } from './undo-button.tsx';

type Batch = Output<'import.history'>['batches'][number];

const STATES: Readonly<Record<Batch['state'], string>> = {
  staged: 'staged, in no figure',
  active: 'held',
  superseded: 'replaced since',
};

const COUNTS = [
  ['read', 'Read', 80],
  ['kept', 'Kept', 72],
  ['rolledUp', 'Rolled up', 92],
  ['rejected', 'Rejected', 88],
] as const;

export function HistoryGrid({ batches }: { readonly batches: readonly Batch[] }) {
  const format = useFormat();
  const { say } = useNotice();
  const { data } = useEngine('import.history', {});
  const [openId, setOpenId] = useState<number | null>(null);
  const open = batches.find(({ id }) => id === openId) ?? batches[0];
  const columns: GridColumn<Batch>[] = [
    {
      id: 'importedAt',
      header: 'Imported',
      kind: 'text',
      width: 180,
      value: ({ importedAt }) => importedAt,
      render: ({ importedAt }) => format.dateTime(importedAt),
    },
    { id: 'state', header: 'State', kind: 'text', width: 150, value: ({ state }) => STATES[state] },
    {
      id: 'periods',
      header: 'Periods',
      kind: 'text',
      width: 120,
      grow: 1,
      value: (batch) => periodsOf(batch).join(', '),
      render: (batch) => periodsOf(batch).map(format.month).join(', '),
    },
    {
      id: 'files',
      header: 'Files',
      kind: 'text',
      width: 170,
      grow: 2,
      value: ({ files }) => files.map(({ path }) => baseName(path)).join(', '),
      render: ({ files }) => filesText(files.map(({ path }) => baseName(path))),
    },
    {
      id: 'lines',
      header: 'Lines',
      kind: 'text',
      width: 64,
      hint: 'Every: each line of other services is held, too, with its hour, resource and tags. AI: they are summed by day.',
      value: ({ everyLine }) => (everyLine ? 'every' : 'AI'),
    },
    ...COUNTS.map(
      ([id, header, width]): GridColumn<Batch> => ({
        id,
        header,
        kind: 'number',
        width,
        value: ({ rows }) => rows[id],
        render: ({ rows }) => format.count(rows[id]),
      }),
    ),
  ];
  if (batches.length === 0) return <EmptyState title="No import yet" />;
  return (
    <div className={classes.stack}>
      <Grid
        label="Imports"
        columns={columns}
        rows={batches}
        rowKey={({ id }) => String(id)}
        sort={{ by: 'importedAt', descending: true }}
        activeKey={open === undefined ? null : String(open.id)}
        onActivate={({ id }) => setOpenId(id)}
        onCopied={(rows) => say(`${format.count(rows)} rows copied`)}
        height={260}
      />
      {open !== undefined && (
        <Panel
          title={`Files of the import of ${format.dateTime(open.importedAt)}`}
          aside={
            data?.undoable?.batchId === open.id ? (
              <UndoButton undoable={data.undoable} />
            ) : (
              'Read, kept, rolled up, rejected: rows'
            )
          }
        >
          <FilesTable files={open.files} />
        </Panel>
      )}
    </div>
  );
}

function periodsOf({ deliveries }: Batch): string[] {
  return [...new Set(deliveries.map(({ period }) => period))].sort();
}

function filesText(names: readonly string[]): string {
  const [first = '', ...more] = names;
  return more.length === 0 ? first : `${first} and ${more.length} more`;
}
