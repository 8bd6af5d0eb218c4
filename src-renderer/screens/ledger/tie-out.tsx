// The tie-out: every invoice with its state, and one of them with its charge types and the figures read from it.
import { Select } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useScreenKeys } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid } from '../../ui/grid.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { invoiceColumns } from './invoice-columns.tsx';
import { InvoicePanel } from './invoice-panel.tsx';
import classes from './ledger.module.css';
import { type Invoice, invoiceKey, summaryOf } from './tie-out-state.tsx';

const ALL = 'all';

export function TieOut() {
  const answer = useEngine('ledger.tieOut', {});
  if (answer.isError) {
    return (
      <ErrorState
        title="The tie-out could not be computed"
        message={answer.error.message}
        safe="Nothing was changed in the workspace."
        onRetry={() => void answer.refetch()}
      />
    );
  }
  if (answer.data === undefined) return <Skeleton height={30} rows={8} label="Tying out" />;
  const { invoices } = answer.data;
  if (invoices.length === 0) {
    return (
      <EmptyState title="Nothing is held yet" icon={<IconScale size={28} stroke={1.4} />}>
        Import a billing export first: each of its invoices then stands here, to be tied to the paper one.
      </EmptyState>
    );
  }
  return <Invoices invoices={invoices} />;
}

function Invoices({ invoices }: { readonly invoices: readonly Invoice[] }) {
  const format = useFormat();
  const { say } = useNotice();
  const [keys, change] = useScreenKeys();
  const periods = [...new Set(invoices.map(({ period }) => period))];
  const period = periods.find((candidate) => candidate === keys.period) ?? ALL;
  const shown = invoices.filter((invoice) => period === ALL || invoice.period === period);
  const open = shown.find((invoice) => invoiceKey(invoice) === keys.invoice) ?? shown[0];
  return (
    <div className={classes.stack}>
      <div className={classes.bar}>
        <Select
          aria-label="Billing period"
          size="xs"
          w={150}
          allowDeselect={false}
          data={[
            { value: ALL, label: 'All periods' },
            ...periods.map((value) => ({ value, label: format.month(value) })),
          ]}
          value={period}
          onChange={(value) => change({ period: value === ALL ? null : value, invoice: null })}
        />
        <p className={classes.summary}>{summaryOf(shown, format.count)}</p>
      </div>
      <Grid
        label="Invoices"
        columns={invoiceColumns(format)}
        rows={shown}
        rowKey={invoiceKey}
        activeKey={open === undefined ? null : invoiceKey(open)}
        onActivate={(invoice) => change({ invoice: invoiceKey(invoice) }, true)}
        onCopied={(rows) => say(`${format.count(rows)} rows copied`)}
        height={280}
      />
      {open !== undefined && <InvoicePanel invoice={open} />}
    </div>
  );
}
