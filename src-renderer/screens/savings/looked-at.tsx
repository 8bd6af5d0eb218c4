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

function columnsOf(currency: string): readonly GridColumn<LookedAt>[] {
  return [
    { id: 'rule', header: 'Rule', kind: 'text', width: 196, value: ({ rule }) => RULE_NAMES[rule] },
    {
      id: 'outcome',
      header: 'Outcome',
      kind: 'text',
      width: 130,
      value: ({ outcome }) => OUTCOME_NAMES[outcome],
    },
    {
      id: 'subject',
      header: 'Usage',
      kind: 'text',
      width: 170,
      grow: 1,
      value: ({ subject }) => subject ?? '',
    },
    {
      id: 'stake',
      header: 'It costs',
      unit: currency,
      kind: 'number',
      width: 110,
      hint: 'Invoiced cost of the usage the question is about; the same usage can stand in several rows',
      value: ({ atStake }) => atStake,
      render: ({ atStake }) => (atStake === null ? null : <Money value={atStake} currency={currency} />),
    },
    { id: 'because', header: 'Because', kind: 'text', width: 320, grow: 3, value: ({ because }) => because },
  ];
}
