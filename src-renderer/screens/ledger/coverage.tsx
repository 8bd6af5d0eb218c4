// Coverage: which exports are held of which period, whether their bills are issued, and what each one lacks.
import { IconCalendarStats } from '@tabler/icons-react';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Format } from '../../../shared/format/format.ts';
import { useScreenKeys } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { CalendarPanel } from './calendar-panel.tsx';
import classes from './ledger.module.css';

export type CoveredExport = Output<'ledger.coverage'>['exports'][number];

const exportKey = ({ payer, period, report, kind }: CoveredExport): string =>
  JSON.stringify([payer, period, report, kind]);

export function Coverage() {
  const format = useFormat();
  const { say } = useNotice();
  const [keys, change] = useScreenKeys();
  const answer = useEngine('ledger.coverage', {});
  if (answer.isError) {
    return (
      <ErrorState
        title="What is held could not be listed"
        message={answer.error.message}
        safe="Nothing was changed in the workspace."
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <Skeleton height={30} rows={8} label="Reading what is held" />;
  const { exports } = answer.data;
  const open = exports.find((one) => exportKey(one) === keys.export) ?? exports[0];
  if (open === undefined) {
    return (
      <EmptyState title="Nothing is held yet" icon={<IconCalendarStats size={28} stroke={1.4} />}>
        Import a billing export first: its days, accounts and parts then stand here.
      </EmptyState>
    );
  }
  return (
    <div className={classes.stack}>
      <Grid
        label="Exports held"
        columns={columnsFor(format)}
        rows={exports}
        rowKey={exportKey}
        activeKey={exportKey(open)}
        onActivate={(chosen) => change({ export: exportKey(chosen) }, true)}
        onCopied={(rows) => say(`${format.count(rows)} rows copied`)}
        height={250}
      />
      <CalendarPanel held={open} canUndoBill={answer.data.lastBillWord?.payer === open.payer} />
    </div>
  );
}

function columnsFor(format: Format): GridColumn<CoveredExport>[] {
  return [
    {
      id: 'period',
      header: 'Period',
      kind: 'text',
      width: 84,
      value: ({ period }) => period,
      render: ({ period }) => format.month(period),
    },
    { id: 'payer', header: 'Payer', kind: 'mono', width: 116, value: ({ payer }) => payer },
    {
      id: 'export',
      header: 'Export',
      kind: 'text',
      width: 160,
      grow: 1,
      value: ({ report, kind }) => `${report}, ${kind}`,
    },
    {
      id: 'bills',
      header: 'Bills',
      kind: 'text',
      width: 240,
      grow: 2,
      value: ({ bills }) => bills.map(billText).join('; '),
    },
    {
      id: 'kindOfBill',
      header: 'Kind of bill',
      kind: 'text',
      width: 130,
      grow: 1,
      hint: 'Your label, or what its lines look like; empty where it counts as the payer’s own AWS bill.',
      value: ({ bill }) => bill?.label ?? bill?.name ?? '',
    },
    {
      id: 'parts',
      header: 'Parts',
      kind: 'number',
      width: 112,
      value: ({ parts }) => parts?.present.length ?? null,
      render: ({ parts }) => partsText(parts, format),
    },
    {
      id: 'rows',
      header: 'Rows',
      kind: 'number',
      width: 96,
      value: ({ rows }) => rows,
      render: ({ rows }) => format.count(rows),
    },
    {
      id: 'lacks',
      header: 'Lacks',
      kind: 'number',
      width: 72,
      hint: 'Named capabilities that the export’s columns do not allow.',
      value: ({ missing }) => missing.length,
      render: ({ missing }) => format.count(missing.length),
    },
  ];
}

function billText({ billingEntity, estimated, invoices }: CoveredExport['bills'][number]): string {
  const entity = billingEntity === '' ? 'No billing entity' : billingEntity;
  return `${entity}: ${estimated ? 'estimated' : `final, ${invoices.join(', ')}`}`;
}

function partsText(parts: CoveredExport['parts'], format: Format) {
  if (parts === null) return 'not numbered';
  if (parts.missing.length === 0) return format.count(parts.present.length);
  const of = parts.present.length + parts.missing.length;
  return (
    <span className={classes.state} data-state="differs">
      {format.count(parts.present.length)} of {format.count(of)}
    </span>
  );
}
