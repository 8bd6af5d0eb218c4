// The months ahead: what is saved and what has come back, or what the usage costs without the levers and with them.
import { Table } from '@mantine/core';
import { memo, useMemo, useState } from 'react';
import { lines } from '../../../shared/charts/lines.ts';
import { savings } from '../../../shared/charts/savings.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { LiveAnswer, MonthRow as ScenarioMonth } from '../../../shared/domain/whatif/answer.ts';
import type { ProjectedMonth } from '../../../shared/domain/whatif/months.ts';
import type { Format } from '../../../shared/format/format.ts';
import { Chart } from '../../ui/chart.tsx';
import { FigureRow, MoneyCell, NameCell } from '../../ui/figure-cell.tsx';
import { Fold } from '../../ui/fold.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { QuartersTable } from './quarters-table.tsx';
import classes from './scenario.module.css';
import { useAmountText } from './use-amount-text.ts';

const VIEWS = [
  { value: 'saving', label: 'Saving' },
  { value: 'cost', label: 'Cost' },
] as const;
type View = (typeof VIEWS)[number]['value'];

type Props = { readonly answer: LiveAnswer; readonly hasLevers: boolean };

export function MonthsPanel({ answer, hasLevers }: Props) {
  const { monthly, quarters, paybackMonth, currency } = answer;
  const [chosen, setChosen] = useState<View>('saving');
  const view = hasLevers ? chosen : 'cost';
  const format = useFormat();
  const last = monthly.at(-1);
  const before = sumOf(monthly.map(({ baseline }) => baseline));
  const after = sumOf(monthly.filter(isProjected).map(({ scenario }) => scenario));
  const note =
    view === 'saving'
      ? `${format.money(last?.cumulative ?? 0, currency)} after ${monthly.length} months. ${paybackText(monthly, paybackMonth, format)}`
      : `${format.money(before, currency)} over ${monthly.length} months${hasLevers ? `, ${format.money(after, currency)} with the levers` : ''}; one-off cost apart.`;
  return (
    <Panel title="By month" note={last !== undefined && <span className={classes.besideSwitch}>{note}</span>}>
      <MonthsChart
        answer={answer}
        view={view}
        hasLevers={hasLevers}
        switcher={hasLevers ? <ViewSwitch view={view} onView={setChosen} /> : null}
      />
      {hasLevers && (
        <Fold summary="Figures by fiscal quarter">
          <QuartersTable quarters={quarters} currency={currency} />
        </Fold>
      )}
      <Fold summary="Figures by month">
        <MonthsTable monthly={monthly} currency={currency} />
      </Fold>
    </Panel>
  );
}

/** Whether the levers of a month come to a figure. */
const isProjected = <Month extends ScenarioMonth>(month: Month): month is Month & ProjectedMonth =>
  month.saving !== null;

type SwitchProps = { readonly view: View; readonly onView: (view: View) => void };

const ViewSwitch = memo(function ViewSwitch({ view, onView }: SwitchProps) {
  return (
    <SegmentedControl
      aria-label="Shown by month"
      data={[...VIEWS]}
      value={view}
      onChange={(next) => onView(next as View)}
    />
  );
});

type ChartProps = Props & { readonly view: View; readonly switcher: React.ReactNode };

function MonthsChart({ answer: { monthly, paybackMonth, currency }, view, hasLevers, switcher }: ChartProps) {
  const format = useFormat();
  const text = useAmountText(currency);
  const spec = useMemo(() => {
    const months = monthly.map((row) => ({
      ...row,
      short: format.month(row.month),
      long: format.month(row.month),
    }));
    return (theme: ChartTheme) =>
      view === 'saving'
        ? savings(months.filter(isProjected), paybackMonth, currency, theme, text)
        : lines(
            months,
            [
              {
                id: 'baseline',
                label: hasLevers ? 'Without levers' : 'Cost',
                colour: theme.total,
                values: monthly.map(({ baseline }) => baseline),
              },
              ...(hasLevers
                ? [
                    {
                      id: 'scenario',
                      label: 'With levers',
                      colour: theme.categorical[0] ?? theme.ink,
                      values: months.map(({ scenario }) => scenario),
                    },
                  ]
                : []),
            ],
            { measure: currency, stepName: 'Month' },
            theme,
            text,
          );
  }, [monthly, paybackMonth, currency, view, hasLevers, format, text]);
  return (
    <Chart
      title={view === 'saving' ? 'Savings by month' : 'Cost by month'}
      describe={
        view === 'saving'
          ? 'Saving and one-off cost by month, with the cumulative saving.'
          : 'Cost of the months ahead, with the growth and price changes stated.'
      }
      spec={spec}
      height={220}
      actions={switcher}
    />
  );
}

const MONTH_COLUMNS = [
  ['baseline', 'Baseline'],
  ['scenario', 'With levers'],
  ['saving', 'Saving'],
  ['oneOff', 'One-off'],
  ['cumulative', 'Cumulative'],
] as const;

const MonthsHead = memo(function MonthsHead({ currency }: { readonly currency: string }) {
  return (
    <Table.Thead>
      <Table.Tr>
        <Table.Th>Month</Table.Th>
        {MONTH_COLUMNS.map(([column, title]) => (
          <Table.Th key={column} ta="right">
            {title}, {currency}
          </Table.Th>
        ))}
      </Table.Tr>
    </Table.Thead>
  );
});

type RowProps = ScenarioMonth & { readonly name: string; readonly currency: string };

/** Drawn anew only when a figure of its own changes: a lever that starts later leaves the months before it alone. */
const MonthRow = memo(function MonthRow({ name, currency, ...figures }: RowProps) {
  return (
    <FigureRow>
      <NameCell>{name}</NameCell>
      {MONTH_COLUMNS.map(([column]) => (
        <MoneyCell
          key={column}
          value={figures[column]}
          currency={currency}
          why="Nothing is stated yet that changes the month."
        />
      ))}
    </FigureRow>
  );
});

function MonthsTable({ monthly, currency }: Pick<LiveAnswer, 'monthly' | 'currency'>) {
  const format = useFormat();
  return (
    <Table className={classes.table} layout="fixed" verticalSpacing={2} horizontalSpacing="sm" mt="sm">
      <MonthsHead currency={currency} />
      <Table.Tbody>
        {monthly.map((row) => (
          <MonthRow key={row.month} {...row} currency={currency} name={format.month(row.month)} />
        ))}
      </Table.Tbody>
    </Table>
  );
}

function paybackText(monthly: LiveAnswer['monthly'], paybackMonth: number | null, format: Format): string {
  const month = monthly[(paybackMonth ?? 0) - 1]?.month;
  if (month !== undefined) return `Paid back at the end of ${format.month(month)}.`;
  const spends = monthly.some(({ oneOff }) => oneOff > 0);
  return spends ? 'Not paid back within these months.' : 'No one-off cost to pay back.';
}
