// Counts beside the bill: what is held by metric and by what it is kept by, the files it came with, and how to add one.
import { Button } from '@mantine/core';
import { IconGauge, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import type { Output } from '../../../shared/contract/methods.ts';
import { metricOf } from '../../../shared/domain/metrics/names.ts';
import type { Format } from '../../../shared/format/format.ts';
import { dimensionName } from '../../../shared/format/names.ts';
import { openScreen } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { ScreenActions } from '../../app/screen-actions.tsx';
import { call } from '../../bridge.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Note, Skeleton } from '../../ui/states.tsx';
import classes from './review.module.css';

type List = Output<'metrics.list'>;
type Series = List['series'][number];
type File = List['imports'][number];
type Report = Output<'metrics.import'>;

const KINDS: Readonly<Record<File['kind'], string>> = {
  csv: 'CSV',
  cloudwatch: 'CloudWatch',
  invocation_log: 'Invocation log',
};

export function CountsBeside({ readOnly }: { readonly readOnly: boolean }) {
  const list = useEngine('metrics.list', {});
  const { say } = useNotice();
  const [report, setReport] = useState<Report | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const attempt = async (act: () => Promise<void>): Promise<void> => {
    setFailure(null);
    try {
      await act();
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error));
    }
  };
  const take = (): Promise<void> =>
    attempt(async () => {
      const [file] = await window.assay.pickFiles();
      if (file === undefined) return;
      setReport(await call('metrics.import', { sources: [file.token] }));
      void list.refetch();
    });
  const remove = ({ id, file }: File): Promise<void> =>
    attempt(async () => {
      await call('metrics.remove', { id });
      setReport(null);
      say(`The counts of ${file} were removed`);
    });
  if (list.isError) {
    return (
      <ErrorState
        title="The counts could not be listed"
        message={list.error.message}
        onRetry={() => void list.refetch()}
      />
    );
  }
  if (list.data === undefined) return <Skeleton height={30} rows={6} label="Reading the counts" />;
  const button = (
    <Button leftSection={<IconUpload size={14} />} disabled={readOnly} onClick={() => void take()}>
      Import counts
    </Button>
  );
  return (
    <div className={classes.counts}>
      <ScreenActions>{button}</ScreenActions>
      {failure !== null && <Note tone="danger">{failure}</Note>}
      {report !== null && <Outcome report={report} />}
      {list.data.imports.length === 0 ? (
        <EmptyState title="No counts are held" icon={<IconGauge size={24} stroke={1.5} />} actions={button}>
          A bill holds no requests: cost per request and tokens per request are missing until somebody counts.
          Bring a CSV with the columns date, key, metric, value; CloudWatch’s metrics; or Bedrock’s invocation
          log, of which only numbers are kept.
        </EmptyState>
      ) : (
        <Held list={list.data} readOnly={readOnly} onRemove={(file) => void remove(file)} />
      )}
    </div>
  );
}

function Outcome({ report }: { readonly report: Report }) {
  const format = useFormat();
  const { rows, rejections, notes, file } = report;
  return (
    <Note tone={rows.rejected > 0 ? 'caution' : 'info'}>
      <p className={classes.outcome}>
        {file}: {format.count(rows.taken)} of {format.count(rows.read)} rows taken
        {rows.rejected > 0 && `, ${format.count(rows.rejected)} rejected`}.
      </p>
      <ul className={classes.reasons}>
        {rejections.map(({ line, reason }) => (
          <li key={`${line} ${reason}`}>
            Line {format.count(line)}: {reason}
          </li>
        ))}
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Note>
  );
}

type HeldProps = {
  readonly list: List;
  readonly readOnly: boolean;
  readonly onRemove: (file: File) => void;
};

function Held({ list, readOnly, onRemove }: HeldProps) {
  const format = useFormat();
  const { say } = useNotice();
  const copied = (count: number): void => say(`${format.count(count)} rows copied`);
  return (
    <>
      <Panel
        title="What is counted"
        note="Enter on a row asks in the explorer what one of them costs, by what they are counted by."
      >
        <Grid
          label="What is counted"
          columns={seriesColumns(format)}
          rows={list.series}
          rowKey={({ metric, by }) => JSON.stringify([metric, by])}
          onActivate={askCost}
          onCopied={copied}
          height={Math.min(320, 34 + 30 * Math.max(list.series.length, 2))}
        />
      </Panel>
      <Panel title="Files" note="Where two files count the same on a day, the newer one answers.">
        <Grid
          label="Files of counts"
          columns={fileColumns(format)}
          rows={list.imports}
          rowKey={({ id }) => String(id)}
          onCopied={copied}
          actions={
            readOnly ? [] : [{ key: 'x', label: 'Remove', icon: <IconTrash size={14} />, run: onRemove }]
          }
          height={Math.min(320, 34 + 30 * Math.max(list.imports.length, 2))}
        />
      </Panel>
    </>
  );
}

/** Cost and tokens of each of what is counted, over its days; token counts of a log are no such thing. */
function askCost({ metric, by, firstDay, lastDay }: Series): void {
  const known = metricOf(metric);
  if (known !== null && known !== 'requests') return;
  openScreen('explorer', {
    context: { period: { from: firstDay, to: lastDay } },
    own: {
      group: by.join('|'),
      show: 'cost|requests|costPerRequest|tokensPerRequest',
      ...(metric === 'requests' ? {} : { count: metric }),
    },
  });
}

function seriesColumns(format: Format): GridColumn<Series>[] {
  const number = (id: 'keys' | 'days' | 'total', header: string, width: number): GridColumn<Series> => ({
    id,
    header,
    kind: 'number',
    width,
    value: (series) => series[id],
    render: (series) => format.count(series[id]),
  });
  return [
    { id: 'metric', header: 'Metric', kind: 'text', width: 170, grow: 1, value: ({ metric }) => metric },
    {
      id: 'by',
      header: 'Counted by',
      kind: 'text',
      width: 200,
      grow: 2,
      value: ({ by }) => (by.length === 0 ? 'Day only' : by.map((name) => dimensionName(name)).join(', ')),
    },
    number('keys', 'Keys', 80),
    number('days', 'Days', 80),
    {
      id: 'period',
      header: 'Period',
      kind: 'text',
      width: 220,
      value: ({ firstDay }) => firstDay,
      render: ({ firstDay, lastDay }) => format.period({ from: firstDay, to: lastDay }),
    },
    number('total', 'Total', 140),
  ];
}

function fileColumns(format: Format): GridColumn<File>[] {
  return [
    { id: 'file', header: 'File', kind: 'text', width: 240, grow: 2, value: ({ file }) => file },
    { id: 'kind', header: 'Kind', kind: 'text', width: 130, value: ({ kind }) => KINDS[kind] },
    {
      id: 'taken',
      header: 'Rows taken',
      kind: 'number',
      width: 110,
      value: ({ rows }) => rows.taken,
      render: ({ rows }) => format.count(rows.taken),
    },
    {
      id: 'rejected',
      header: 'Rejected',
      kind: 'number',
      width: 100,
      value: ({ rows }) => rows.rejected,
      render: ({ rows }) => format.count(rows.rejected),
    },
    {
      id: 'importedAt',
      header: 'Imported',
      kind: 'text',
      width: 180,
      value: ({ importedAt }) => importedAt,
      render: ({ importedAt }) => format.dateTime(importedAt),
    },
  ];
}
