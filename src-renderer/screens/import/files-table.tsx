// The files of an import, each with its rows accounted for.

import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { accountedFor, baseName, type FileReport } from './report.ts';

export function FilesTable({ files }: { readonly files: readonly FileReport[] }) {
  const format = useFormat();
  const number = (id: 'read' | 'kept' | 'rolledUp' | 'rejected', header: string): GridColumn<FileReport> => ({
    id,
    header,
    kind: 'number',
    width: 92,
    value: ({ rows }) => rows[id],
    render: ({ rows }) => format.count(rows[id]),
  });
  const columns: GridColumn<FileReport>[] = [
    {
      id: 'file',
      header: 'File',
      kind: 'text',
      width: 200,
      grow: 2,
      value: ({ path }) => path,
      render: ({ path }) => <span title={path}>{baseName(path)}</span>,
    },
    { id: 'period', header: 'Period', kind: 'text', width: 92, value: ({ period }) => period },
    {
      id: 'format',
      header: 'Format',
      kind: 'text',
      width: 116,
      value: ({ format: kind, compression }) => `${kind}${compression === 'none' ? '' : `, ${compression}`}`,
    },
    {
      id: 'bytes',
      header: 'Size',
      kind: 'number',
      width: 84,
      value: ({ bytes }) => bytes,
      render: ({ bytes }) => format.bytes(bytes),
    },
    number('read', 'Read'),
    number('kept', 'Kept'),
    number('rolledUp', 'Rolled up'),
    number('rejected', 'Rejected'),
    {
      id: 'accounted',
      header: 'Accounted for',
      kind: 'text',
      width: 124,
      value: ({ rows }) => (accountedFor(rows) ? 'every row' : 'rows missing'),
    },
  ];
  return (
    <Grid
      label="Files"
      columns={columns}
      rows={files}
      rowKey={({ path, sha256 }) => `${sha256} ${path}`}
      height={260}
    />
  );
}
