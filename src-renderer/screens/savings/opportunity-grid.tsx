// The opportunities, the best first: what each saves alone, what of it is cash, how sure it is.
import { IconFlask, IconListDetails } from '@tabler/icons-react';
import { useMemo } from 'react';
import type { Format } from '../../../shared/format/format.ts';
import { useAnalysis } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { openAsScenario } from '../../app/scenario-handover.ts';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridAction, type GridColumn } from '../../ui/grid.tsx';
import { EmptyState } from '../../ui/states.tsx';
import { Money } from '../../ui/values.tsx';
import classes from './savings.module.css';
import { CONFIDENCE_NAMES, type Findings, type Opportunity, RULE_NAMES } from './savings-state.ts';
import { showUsage } from './show-usage.ts';

type Props = {
  readonly findings: Findings;
  readonly open: string | null;
  readonly onOpen: (id: string) => void;
};

export function OpportunityGrid({ findings, open, onOpen }: Props) {
  const format = useFormat();
  const { say } = useNotice();
  const { where } = useAnalysis();
  const { opportunities, currency, cashReason, period, priceLayer } = findings;
  const columns = useMemo(
    () => columnsOf(currency, priceLayer, cashReason, format),
    [currency, priceLayer, cashReason, format],
  );
  if (opportunities.length === 0) {
    return (
      <EmptyState title="No rule found a saving in this selection">
        “Looked at, not offered” says why for each rule. Choose other days, fewer filters, or what tells
        workloads apart.
      </EmptyState>
    );
  }
  const actions: readonly GridAction<Opportunity>[] = [
    {
      key: 'o',
      label: 'Open as a scenario',
      icon: <IconFlask size={14} />,
      run: ({ scenario }) => openAsScenario(scenario),
    },
    {
      key: 'l',
      label: 'Show this usage in the explorer',
      icon: <IconListDetails size={14} />,
      run: (one) => showUsage(where, one.where, period),
    },
  ];
  return (
    <section className={classes.grid} aria-label="Opportunities">
      <Grid<Opportunity>
        label="Opportunities"
        columns={columns}
        rows={opportunities}
        rowKey={({ id }) => id}
        activeKey={open}
        onActivate={({ id }) => onOpen(id)}
        actions={actions}
        height="fill"
        onCopied={(count) => say(`Copied ${count} opportunities`)}
      />
    </section>
  );
}

function columnsOf(
  currency: string,
  priceLayer: Findings['priceLayer'],
  cashReason: string | null,
  format: Format,
): readonly GridColumn<Opportunity>[] {
  const range = ({ savingAtPrice: { low, high } }: Opportunity): string =>
    low === high ? '' : format.moneyRange(low, high, currency);
  return [
    {
      id: 'name',
      header: 'Opportunity',
      kind: 'text',
      width: 300,
      grow: 3,
      value: ({ scenario }) => scenario.name,
    },
    {
      id: 'rule',
      header: 'Found by',
      kind: 'text',
      width: 150,
      grow: 1,
      value: ({ rule }) => RULE_NAMES[rule],
    },
    {
      id: 'saving',
      header: `Alone, at ${priceLayer}`,
      unit: currency,
      kind: 'number',
      width: 130,
      hint: 'Saving over the period as if it were the only lever; savings overlap and have no sum',
      value: ({ savingAtPrice }) => savingAtPrice.base,
      render: ({ savingAtPrice }) => <Money value={savingAtPrice.base} currency={currency} />,
    },
    { id: 'range', header: 'Low to high', kind: 'number', width: 150, value: range },
    {
      id: 'cash',
      header: 'Cash, year',
      unit: currency,
      kind: 'number',
      width: 132,
      hint: 'Over the commitment year, after shortfall and support',
      value: ({ cashThisYear }) => cashThisYear?.base ?? null,
      render: ({ cashThisYear }) => (
        <Money value={cashThisYear?.base ?? null} currency={currency} why={cashReason ?? 'Not computed.'} />
      ),
    },
    {
      id: 'confidence',
      header: 'Confidence',
      kind: 'text',
      width: 112,
      value: ({ confidence }) => CONFIDENCE_NAMES[confidence],
    },
  ];
}
