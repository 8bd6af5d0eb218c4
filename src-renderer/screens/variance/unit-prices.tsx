// Unit economics: what a million tokens cost, paid and at list, by any dimension and over time.
import { useCallback, useMemo } from 'react';
import { lines } from '../../../shared/charts/lines.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import { BASIS_NAMES, dimensionName, valueName } from '../../../shared/format/names.ts';
import { useAnalysis } from '../../app/navigation.ts';
import { useNotice } from '../../app/notice.tsx';
import { stepsOf, timeSteps } from '../../app/time-steps.ts';
import { useColours } from '../../app/use-colours.ts';
import { useEngine } from '../../engine.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Grid, type GridColumn } from '../../ui/grid.tsx';
import { Panel } from '../../ui/panel.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { Money, Percent, Tokens, UnitPrice } from '../../ui/values.tsx';
import classes from './variance.module.css';
import { rounded, type Variance, type VarianceRow } from './variance-state.ts';

type Days = { readonly from: string; readonly to: string };
type Props = {
  readonly variance: Variance;
  readonly days: Days;
  readonly grain: 'day' | 'week' | 'month';
};

/** Lines that still read as lines. */
const LEADING = 6;
const CHART_HEIGHT = 200;
/** Rates of single days jump with what was run that day; beyond three weeks the week is the step. */
const FEW_DAYS = 21;
const NO_TOKENS = 'No line of this row is billed by token.';

export function UnitPrices({ variance, days, grain }: Props) {
  const leading = variance.rows
    .filter(({ tokens, key }) => (tokens ?? 0) > 0 && key !== null)
    .toSorted((left, right) => right.invoiced - left.invoiced)
    .slice(0, LEADING)
    .map(({ key }) => key);
  if (leading.length === 0) {
    return (
      <EmptyState title="No priced tokens in this selection">
        Unit prices are USD per million inference or embedding tokens. Choose another filter, or see the gaps.
      </EmptyState>
    );
  }
  return (
    <>
      <RatesOverTime
        key={variance.groupBy}
        groupBy={variance.groupBy}
        leading={leading.flatMap((key) => key ?? [])}
        days={days}
        grain={grain === 'day' && stepsOf(days, 'day').length > FEW_DAYS ? 'week' : grain}
      />
      <RateGrid variance={variance} />
    </>
  );
}

type RatesProps = Omit<Props, 'variance'> & { readonly groupBy: string; readonly leading: readonly string[] };

function RatesOverTime({ groupBy, leading, days, grain }: RatesProps) {
  const format = useFormat();
  const { where, held, basis } = useAnalysis();
  const colours = useColours(groupBy);
  const { data: info } = useEngine('workspace.info', {});
  const { data, error, refetch } = useEngine('spend.query', {
    measures: ['effectiveRate'],
    groupBy: [grain, groupBy],
    where: [...where, { dimension: groupBy, operator: '=', values: [...leading] }],
    period: days,
    basis,
    sort: [{ by: grain, descending: false }],
  });
  const steps = useMemo(() => stepsOf(days, grain), [days, grain]);
  const texts = useMemo(() => {
    const estimatedMonths = (info?.months ?? []).flatMap(({ month, estimated }) =>
      estimated ? [month] : [],
    );
    return timeSteps(steps, days, { days: held ?? days, estimatedMonths }, grain, format);
  }, [steps, days, held, info, grain, format]);
  const series = useMemo(() => {
    const rates = new Map((data?.rows ?? []).map(([step, key, rate]) => [`${step} ${key}`, rate]));
    const colour = colours(leading);
    return leading.map((key) => ({
      id: key,
      label: valueName(groupBy, key),
      colour: colour(key),
      values: steps.map((step) => {
        const rate = rates.get(`${step.key} ${key}`);
        return typeof rate === 'number' ? rate : null;
      }),
    }));
  }, [data, leading, groupBy, colours, steps]);
  const spec = useCallback(
    (theme: ChartTheme) =>
      lines(texts, series, { measure: 'USD / 1M tokens', stepName: dimensionName(grain) }, theme, {
        short: (value) => format.unitPrice(rounded(value), 'USD'),
        full: (value) => format.unitPrice(rounded(value), 'USD'),
      }),
    [texts, series, grain, format],
  );
  if (error !== null) {
    return (
      <ErrorState
        title="The rates could not be read"
        message={error.message}
        onRetry={() => void refetch()}
      />
    );
  }
  return (
    <Panel title={`Effective rate, ${BASIS_NAMES[basis].toLowerCase()} USD / 1M tokens`}>
      {data === undefined ? (
        <Skeleton height={CHART_HEIGHT} label="Reading the rates" />
      ) : (
        <Chart
          title="Effective rate over time"
          describe={`${BASIS_NAMES[basis]} cost of token lines ÷ their tokens, the leading values of ${dimensionName(groupBy).toLowerCase()}`}
          spec={spec}
          height={CHART_HEIGHT}
        />
      )}
    </Panel>
  );
}

function RateGrid({ variance }: { readonly variance: Variance }) {
  const { say } = useNotice();
  const { groupBy, total } = variance;
  const format = useFormat();
  const columns = useMemo(() => rateColumns(groupBy), [groupBy]);
  return (
    <section className={classes.grid} aria-label="Unit prices">
      <Grid<VarianceRow>
        label="Unit prices"
        columns={columns}
        rows={variance.rows.filter(({ tokens }) => tokens !== null)}
        rowKey={({ key }) => key ?? ''}
        sort={{ by: 'invoicedRate', descending: true }}
        height="fill"
        footer={{
          key: 'All priced tokens',
          tokens: format.tokens(total.tokens),
          invoicedRate: format.unitPrice(rounded(total.invoicedRate), 'USD'),
          listRate: format.unitPrice(rounded(total.listRate), 'USD'),
        }}
        onCopied={(count) => say(`Copied ${count} rows`)}
      />
    </section>
  );
}

/** Paid against list; what a double keeps beyond nine decimals is no difference. */
function difference({ invoicedRate, listRate }: VarianceRow): number | null {
  if (invoicedRate === null || listRate === null || listRate === 0) return null;
  return Math.round((invoicedRate / listRate - 1) * 1e9) / 1e9;
}

function rateColumns(groupBy: string): readonly GridColumn<VarianceRow>[] {
  return [
    {
      id: 'key',
      header: dimensionName(groupBy),
      kind: 'text',
      width: 220,
      grow: 2,
      value: ({ key }) => valueName(groupBy, key),
    },
    {
      id: 'tokens',
      header: 'Tokens',
      kind: 'number',
      width: 110,
      grow: 1,
      hint: 'Inference and embedding tokens of priced lines, cached ones included',
      value: ({ tokens }) => tokens,
      render: ({ tokens }) => <Tokens value={tokens} why={NO_TOKENS} />,
    },
    rateColumn('invoicedRate', 'Paid', ({ invoicedRate }) => invoicedRate),
    rateColumn('listRate', 'List', ({ listRate }) => listRate),
    {
      id: 'difference',
      header: 'Paid against list',
      unit: '%',
      kind: 'number',
      width: 140,
      grow: 1,
      value: difference,
      render: (row) => <Percent value={difference(row)} why={NO_TOKENS} />,
    },
    {
      id: 'invoiced',
      header: 'Invoiced',
      unit: 'USD',
      kind: 'number',
      width: 130,
      grow: 1,
      value: ({ invoiced }) => invoiced,
      render: ({ invoiced }) => <Money value={invoiced} currency="USD" />,
    },
  ];
}

function rateColumn(
  id: string,
  header: string,
  value: (row: VarianceRow) => number | null,
): GridColumn<VarianceRow> {
  return {
    id,
    header,
    unit: 'USD / 1M',
    kind: 'number',
    width: 130,
    grow: 1,
    value,
    render: (row) => <UnitPrice value={rounded(value(row))} currency="USD" why={NO_TOKENS} />,
  };
}
