// The gaps to list: the way from list to the invoice, paid and list over time, and the rows that differ most.
import { useCallback, useMemo } from 'react';
import { levelSteps } from '../../../shared/charts/level-steps.ts';
import { lines } from '../../../shared/charts/lines.ts';
import type { AmountText } from '../../../shared/charts/spec.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import { waterfall } from '../../../shared/charts/waterfall.ts';
import type { Format } from '../../../shared/format/format.ts';
import {
  chargeStepName,
  dimensionName,
  valueName,
  varianceReasonName,
} from '../../../shared/format/names.ts';
import { openScreen, useAnalysis } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { daysOf } from '../../app/time-steps.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Money, Percent } from '../../ui/values.tsx';
import classes from './variance.module.css';
import { movingReasons, type Variance, type VarianceRow } from './variance-state.ts';

type Grain = 'day' | 'week' | 'month';
type Props = { readonly variance: Variance; readonly grain: Grain };

const CHART_HEIGHT = 192;

export function Gaps({ variance, grain }: Props) {
  return (
    <>
      <div className={classes.charts}>
        <FromListToInvoice variance={variance} />
        <PaidOverTime variance={variance} grain={grain} />
      </div>
      <GapGrid variance={variance} />
    </>
  );
}

function useAmountText(): AmountText {
  const format = useFormat();
  return useMemo(
    () => ({
      short: (value) => format.moneyShort(value, 'USD'),
      full: (value) => format.money(value, 'USD'),
    }),
    [format],
  );
}

function FromListToInvoice({ variance }: { readonly variance: Variance }) {
  const text = useAmountText();
  const steps = useMemo(
    () => levelSteps(variance.waterfall.map((step) => ({ ...step, label: chargeStepName(step.id) }))),
    [variance.waterfall],
  );
  const spec = useCallback((theme: ChartTheme) => waterfall(steps, 'USD', theme, text), [steps, text]);
  return (
    <Panel title="From list to the invoice, USD">
      <Chart
        title="From list to the invoice"
        describe="List of the priced lines, what contract rates take off where they are known, what else makes paid differ, lines without a price, then what is not usage"
        spec={spec}
        height={CHART_HEIGHT}
      />
    </Panel>
  );
}

function PaidOverTime({ variance, grain }: Props) {
  const format = useFormat();
  const { change } = useAnalysis();
  const { trend } = variance;
  const spec = useCallback(
    (theme: ChartTheme) =>
      lines(
        trend.map(({ step }) => stepText(step, grain, format)),
        [
          {
            id: 'paid',
            label: 'Paid, share of list',
            colour: theme.total,
            values: trend.map(({ invoiced, list }) => (list > 0 ? invoiced / list : null)),
          },
        ],
        { measure: 'share of list', stepName: dimensionName(grain) },
        theme,
        { short: (value) => format.percent(value, 0), full: (value) => format.percent(value, 2) },
      ),
    [trend, grain, format],
  );
  const zoom = (from: number, to: number): void => {
    const [first, last] = [trend[from], trend[to]];
    const begin = first === undefined ? null : daysOf(grain, first.step);
    const end = last === undefined ? null : daysOf(grain, last.step);
    if (begin !== null && end !== null) change({ period: { from: begin.from, to: end.to } });
  };
  return (
    <Panel title={`Paid as a share of list, by ${dimensionName(grain).toLowerCase()}`}>
      <Chart
        title="Paid as a share of list over time"
        describe="Invoiced ÷ list of the priced lines"
        spec={spec}
        height={CHART_HEIGHT}
        onBrush={zoom}
        onChoose={({ step }) => zoom(step, step)}
      />
    </Panel>
  );
}

function stepText(step: string, grain: Grain, format: Format): { short: string; long: string } {
  if (grain === 'month') return { short: format.month(step), long: format.month(step) };
  if (grain === 'day') return { short: format.dayShort(step), long: format.day(step) };
  return { short: step, long: `Week ${step}` };
}

function GapGrid({ variance }: { readonly variance: Variance }) {
  const format = useFormat();
  const { say } = useNotice();
  const { where } = useAnalysis();
  const { groupBy, rows, total } = variance;
  const hasContract = total.contract.lines > 0;
  // Sums over no line are no amounts.
  const priced = (amount: number | null): number | null => (total.lines === 0 ? null : amount);
  const columns = useMemo(() => gapColumns(groupBy, hasContract, format), [groupBy, hasContract, format]);
  return (
    <section className={classes.grid} aria-label="Gaps to list">
      <Grid<VarianceRow>
        label="Gaps to list"
        columns={columns}
        rows={rows}
        rowKey={({ key }) => key ?? ''}
        onActivate={({ key }) =>
          openScreen('explorer', {
            context: { where: [...where, { dimension: groupBy, operator: '=', values: [key] }] },
            own: { view: 'lines' },
          })
        }
        height="fill"
        footer={{
          key: `${format.count(variance.rowCount)} ${variance.rowCount === 1 ? 'row' : 'rows'}`,
          invoiced: format.money(priced(total.invoiced), 'USD'),
          list: format.money(priced(total.list), 'USD'),
          contracted: format.money(priced(total.contract.contracted), 'USD'),
          variance: format.money(priced(total.variance), 'USD'),
          share: format.percentChange(total.share),
          unpriced: format.money(total.unpriced.invoiced, 'USD'),
        }}
        onCopied={(count) => say(`Copied ${count} rows`)}
      />
    </section>
  );
}

function gapColumns(
  groupBy: string,
  hasContract: boolean,
  format: Format,
): readonly GridColumn<VarianceRow>[] {
  return [
    {
      id: 'key',
      header: dimensionName(groupBy),
      kind: 'text',
      width: 140,
      grow: 2,
      value: ({ key }) => valueName(groupBy, key),
    },
    moneyColumn('invoiced', 'Invoiced', priced('invoiced'), 'Of the lines that have a price', UNPRICED),
    moneyColumn(
      'list',
      'At list',
      priced('list'),
      'Catalog price on the day of use, low end of a range',
      UNPRICED,
    ),
    ...(hasContract
      ? [
          moneyColumn(
            'contracted',
            'Contracted',
            ({ contract }) => contract.contracted,
            'Under contract rates, over the lines that a rate is for',
          ),
        ]
      : []),
    moneyColumn('variance', 'Variance', priced('variance'), 'Invoiced − list', UNPRICED),
    {
      id: 'share',
      header: 'Variance',
      unit: '%',
      kind: 'number',
      width: 108,
      value: ({ share }) => share,
      render: ({ share }) => <Percent value={share} why="Nothing at list to compare with." />,
    },
    {
      id: 'reasons',
      header: 'Why',
      kind: 'text',
      width: 168,
      grow: 2,
      value: (row) =>
        movingReasons(row)
          .map(({ reason }) => varianceReasonName(reason))
          .join(', '),
      render: (row) => <Reasons row={row} format={format} />,
      sortable: false,
    },
    moneyColumn(
      'unpriced',
      'No price',
      ({ unpriced }) => unpriced.invoiced,
      'Invoiced on lines without a price',
    ),
  ];
}

const UNPRICED = 'None of these lines has a price.';

/** An amount over the priced lines; where there are none, it is unknown and not nothing. */
const priced =
  (amount: 'invoiced' | 'list' | 'variance') =>
  (row: VarianceRow): number | null =>
    row.lines === 0 ? null : row[amount];

function moneyColumn(
  id: string,
  header: string,
  value: (row: VarianceRow) => number | null,
  hint: string,
  why = 'No contract rate is for these lines.',
): GridColumn<VarianceRow> {
  return {
    id,
    header,
    unit: 'USD',
    kind: 'number',
    width: 124,
    hint,
    value,
    render: (row) => <Money value={value(row)} currency="USD" why={why} />,
  };
}

function Reasons({ row, format }: { readonly row: VarianceRow; readonly format: Format }) {
  const moving = movingReasons(row);
  if (moving.length === 0) {
    return <span className={classes.quiet}>{row.lines === 0 ? 'no price' : 'agrees with list'}</span>;
  }
  const told = moving.map(
    ({ reason, lines: count, variance }) =>
      `${varianceReasonName(reason)} ${format.money(variance, 'USD')} on ${format.count(count)} lines`,
  );
  return (
    <span title={told.join('\n')}>{moving.map(({ reason }) => varianceReasonName(reason)).join(', ')}</span>
  );
}
