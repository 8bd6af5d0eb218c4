// What the rules looked at and did not offer: shown with the reason, because not finding is not the same as not looking.
import { IconListDetails } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useAnalysis } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { Grid, type GridAction, type GridColumn } from '../../ui/grid.tsx';
import { Money } from '../../ui/values.tsx';
import classes from './savings.module.css';
import { type Findings, type LookedAt, lookedAtKey, OUTCOME_NAMES, RULE_NAMES } from './savings-state.ts';
import { showUsage } from './show-usage.ts';

type Props = {
  readonly findings: Findings;
  readonly open: string | null;
  readonly onOpen: (key: string) => void;
};

export function LookedAtGrid({ findings: { lookedAt, currency, period }, open, onOpen }: Props) {
  const { say } = useNotice();
  const { where } = useAnalysis();
  const columns = useMemo(() => columnsOf(currency), [currency]);
  const show = (one: LookedAt): void => showUsage(where, one.where, period);
  const actions: readonly GridAction<LookedAt>[] = [
    { key: 'l', label: 'Show this usage in the explorer', icon: <IconListDetails size={14} />, run: show },
  ];
  return (
    <section className={classes.grid} aria-label="Looked at, not offered">
      <Grid<LookedAt>
        label="Looked at, not offered"
        columns={columns}
        rows={lookedAt}
        rowKey={lookedAtKey}
        activeKey={open}
        onActivate={(one) => onOpen(lookedAtKey(one))}
        actions={actions}
        height="fill"
        onCopied={(count) => say(`Copied ${count} rows`)}
      />
    </section>
  );
}

const NO_PART = 'It is about no single part of the usage.';
const SEE_EVIDENCE = 'Not added up here: its evidence says what it is about.';

function columnsOf(currency: string): readonly GridColumn<LookedAt>[] {
  return [
    {
      id: 'rule',
      header: 'Rule',
      kind: 'text',
      width: 170,
      wraps: true,
      value: ({ rule }) => RULE_NAMES[rule],
    },
    {
      id: 'outcome',
      header: 'Outcome',
      kind: 'text',
      width: 124,
      value: ({ outcome }) => OUTCOME_NAMES[outcome],
    },
    {
      id: 'subject',
      header: 'Usage',
      kind: 'text',
      width: 200,
      grow: 2,
      wraps: true,
      value: ({ subject, outcome }) =>
        subject ?? (outcome === 'nothing_found' ? 'All usage' : 'No single usage'),
    },
    {
      id: 'stake',
      header: 'It costs',
      unit: currency,
      kind: 'number',
      width: 110,
      hint: 'Invoiced cost of the usage the question is about; the same usage can stand in several rows',
      value: ({ atStake }) => atStake,
      render: ({ atStake, subject }) => (
        <Money value={atStake} currency={currency} why={subject === null ? NO_PART : SEE_EVIDENCE} />
      ),
    },
    {
      id: 'because',
      header: 'Because',
      kind: 'text',
      width: 380,
      grow: 4,
      wraps: true,
      value: ({ because }) => because,
    },
  ];
}
