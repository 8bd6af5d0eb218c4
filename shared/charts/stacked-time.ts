// Composition over time as stacked bars: the leading series and the rest, days that are not complete drawn lighter.
import type { BarSeriesOption } from 'echarts';
import { sumOf } from '../domain/sum.ts';
import type { AmountText, ChartSpec, Readout } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type TimeSeries = {
  readonly id: string;
  readonly label: string;
  /** null = the rest that has no name of its own. */
  readonly colour: string | null;
  /** One a step; null where nothing is held. */
  readonly values: readonly (number | null)[];
};

export type TimeStep = {
  /** For the axis. */
  readonly short: string;
  /** For the read-out and the table. */
  readonly long: string;
  /** Why the step is not whole: usage may still come, or part of it is outside the period; null = it is whole. */
  readonly incomplete: string | null;
};

export type StackedTime = {
  readonly steps: readonly TimeStep[];
  /** Lowest of the stack first. */
  readonly series: readonly TimeSeries[];
  /** Header of the amounts, with the unit: `Unblended, USD`. */
  readonly measure: string;
  readonly stepName: string;
};

type DrawnSeries = TimeSeries & { readonly colour: string };

const LIGHTER = 0.45;

export function stackedTime(chart: StackedTime, theme: ChartTheme, text: AmountText): ChartSpec {
  const { steps } = chart;
  const series = chart.series.map((one) => ({ ...one, colour: one.colour ?? theme.other }));
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
      // The page draws the read-out; ECharts only marks the step.
      tooltip: {
        trigger: 'axis',
        showContent: false,
        axisPointer: { type: 'shadow', shadowStyle: { color: theme.muted, opacity: 0.12 } },
      },
      xAxis: {
        type: 'category',
        data: steps.map(({ short }) => short),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: theme.axis } },
        axisLabel: { color: theme.muted, hideOverlap: true, fontSize: 11 },
      },
      yAxis: {
        type: 'value',
        splitNumber: 4,
        axisLabel: { color: theme.muted, fontSize: 11, formatter: (value: number) => text.short(value) },
        splitLine: { lineStyle: { color: theme.gridline } },
      },
      series: series.map((one, index) => bars(one, steps, index === series.length - 1, theme)),
    },
    figures: null,
    stepAxis: 'x',
    readouts: steps.map((step, index) => readout(step, index, series, text)),
    table: {
      header: [chart.stepName, ...series.map(({ label }) => label), `Total, ${chart.measure}`],
      rows: steps.map((step, index) => {
        const values = series.map((one) => one.values[index] ?? null);
        return [step.long, ...values, total(values)];
      }),
      numeric: [false, ...series.map(() => true), true],
    },
    legend: series.map(({ label, colour }) => ({ label, colour })),
  };
}

function bars(
  series: DrawnSeries,
  steps: readonly TimeStep[],
  onTop: boolean,
  theme: ChartTheme,
): BarSeriesOption {
  return {
    id: series.id,
    name: series.label,
    type: 'bar',
    stack: 'whole',
    barCategoryGap: steps.length > 45 ? '12%' : '22%',
    barMaxWidth: 56,
    color: series.colour,
    itemStyle: {
      borderColor: theme.background,
      borderWidth: steps.length > 62 ? 0 : 0.5,
      borderRadius: onTop ? [2, 2, 0, 0] : 0,
    },
    emphasis: { disabled: true },
    // Only what looks different has a style of its own: one for each bar takes a third of the chart's drawing.
    data: series.values.map((value, index) =>
      (steps[index]?.incomplete ?? null) === null
        ? (value ?? '-')
        : { value: value ?? '-', itemStyle: { opacity: LIGHTER } },
    ),
  };
}

function total(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : sumOf(known);
}

function readout(step: TimeStep, index: number, series: readonly TimeSeries[], text: AmountText): Readout {
  const held = series
    .map(({ label, colour, values }) => ({ label, colour, amount: values[index] ?? null }))
    .filter(({ amount }) => amount !== null && amount !== 0)
    .sort((left, right) => Math.abs(right.amount ?? 0) - Math.abs(left.amount ?? 0));
  const sum = total(held.map(({ amount }) => amount));
  return {
    title: step.long,
    rows: held.map(({ label, colour, amount }) => ({ label, colour, value: text.full(amount) })),
    total: { label: 'Total', colour: null, value: text.full(sum) },
    note: step.incomplete,
  };
}
