// Rates over time as lines: for figures that cannot be stacked. Gaps stay gaps.
import type { AmountText, ChartSpec } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type RateLine = {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  /** One a step; null where the rate is not defined. */
  readonly values: readonly (number | null)[];
};

/** `measure` names the figures with their unit; `stepName` heads the steps in the table. */
export function lines(
  steps: readonly { readonly short: string; readonly long: string }[],
  series: readonly RateLine[],
  names: { readonly measure: string; readonly stepName: string },
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        showContent: false,
        axisPointer: { type: 'line', lineStyle: { color: theme.muted } },
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
        min: 0,
        splitNumber: 4,
        axisLabel: { color: theme.muted, fontSize: 11, formatter: (value: number) => text.short(value) },
        splitLine: { lineStyle: { color: theme.gridline } },
      },
      series: series.map(({ id, label, colour, values }) => ({
        id,
        name: label,
        type: 'line' as const,
        color: colour,
        connectNulls: false,
        // A lone step between two gaps has no line to be seen by: its mark shows it.
        showSymbol: steps.length <= 45 || loneSteps(values),
        symbolSize: 5,
        lineStyle: { width: 2 },
        emphasis: { disabled: true },
        data: values.map((value) => value ?? '-'),
      })),
    },
    stepAxis: 'x',
    readouts: steps.map((step, index) => ({
      title: step.long,
      rows: series
        .map(({ label, colour, values }) => ({ label, colour, amount: values[index] ?? null }))
        .filter(({ amount }) => amount !== null)
        .sort((left, right) => (right.amount ?? 0) - (left.amount ?? 0))
        .map(({ label, colour, amount }) => ({ label, colour, value: text.full(amount) })),
      total: null,
      note: series.every(({ values }) => (values[index] ?? null) === null)
        ? 'Not defined on this step: nothing to divide by.'
        : null,
    })),
    legend: series.length > 1 ? series.map(({ label, colour }) => ({ label, colour })) : [],
    table: {
      header: [names.stepName, ...series.map(({ label }) => `${label}, ${names.measure}`)],
      rows: steps.map(({ long }, index) => [long, ...series.map(({ values }) => values[index] ?? null)]),
      numeric: [false, ...series.map(() => true)],
    },
  };
}

function loneSteps(values: readonly (number | null)[]): boolean {
  return values.some(
    (value, index) =>
      value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null,
  );
}
