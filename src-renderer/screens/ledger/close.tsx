// The month close: what is settled of each payer's month, the statement it leads to, and issuing it.
import { Select } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useScreenKeys } from '../../app/navigation.ts';
import { useEngine } from '../../engine.ts';
import { useFormat } from '../../ui/format-context.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { ClosePanel } from './close-panel.tsx';
import classes from './ledger.module.css';

/** What statements are split by most often, before the keys of tags and cost categories. */
const DIMENSIONS = [
  { value: 'account', label: 'Account' },
  { value: 'accountName', label: 'Account name' },
  { value: 'service', label: 'Service' },
  { value: 'provider', label: 'Provider' },
  { value: 'model', label: 'Model' },
];

export function Close() {
  const coverage = useEngine('ledger.coverage', {});
  const info = useEngine('workspace.info', {});
  if (coverage.isError) {
    return (
      <ErrorState
        title="The months could not be listed"
        message={coverage.error.message}
        safe="Nothing was changed in the workspace."
        onRetry={() => void coverage.refetch()}
      />
    );
  }
  if (coverage.data === undefined || info.data === undefined)
    return <Skeleton height={30} rows={8} label="Reading the months" />;
  const periods = [...new Set(coverage.data.exports.map(({ period }) => period))];
  const [latest] = periods;
  if (latest === undefined) {
    return (
      <EmptyState title="Nothing is held yet" icon={<IconLock size={28} stroke={1.4} />}>
        Import a billing export first: its month can then be tied out, reviewed and closed here.
      </EmptyState>
    );
  }
  const { tagKeys, costCategories } = info.data;
  return (
    <Month
      periods={periods}
      latest={latest}
      dimensions={[
        ...DIMENSIONS,
        ...tagKeys.map((key) => ({ value: `tag:${key}`, label: `Tag ${key}` })),
        ...costCategories.map((key) => ({ value: `costCategory:${key}`, label: `Cost category ${key}` })),
      ]}
    />
  );
}

type MonthProps = {
  readonly periods: readonly string[];
  readonly latest: string;
  readonly dimensions: readonly { readonly value: string; readonly label: string }[];
};

function Month({ periods, latest, dimensions }: MonthProps) {
  const format = useFormat();
  const [keys, change] = useScreenKeys();
  const period = periods.find((one) => one === keys.period) ?? latest;
  const by = dimensions.find(({ value }) => value === keys.by)?.value ?? 'account';
  const answer = useEngine('ledger.close', { period, by });
  return (
    <div className={classes.stack}>
      <div className={classes.bar}>
        <Select
          aria-label="Billing period"
          w={150}
          allowDeselect={false}
          data={periods.map((value) => ({ value, label: format.month(value) }))}
          value={period}
          onChange={(value) => change({ period: value })}
        />
        <Select
          aria-label="Split by"
          w={220}
          searchable
          allowDeselect={false}
          data={[...dimensions]}
          value={by}
          onChange={(value) => change({ by: value === 'account' ? null : value })}
        />
        <p className={classes.summary}>
          A statement is issued once and never changes; what a later delivery changes goes into the next one.
        </p>
      </div>
      {answer.isError && (
        <ErrorState
          title="The close could not be computed"
          message={answer.error.message}
          safe="Nothing was changed in the workspace."
          onRetry={() => void answer.refetch()}
        />
      )}
      {answer.data === undefined && !answer.isError && (
        <Skeleton height={30} rows={6} label="Reading the month" />
      )}
      {answer.data?.payers.map((payer) => (
        <ClosePanel key={payer.payer} period={period} by={by} close={payer} />
      ))}
    </div>
  );
}
