// How often a simulated answer fell where: one bar a step, with the tenth, the median and the ninetieth marked.
import type { AmountText, ChartSpec } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type HistogramBin = { readonly from: number; readonly to: number; readonly draws: number };
export type HistogramMark = { readonly label: string; readonly value: number };

/** Bins lie side by side from the lowest to the highest; bins below zero have the colour of a loss. */
export function histogram(
  bins: readonly HistogramBin[],
  marks: readonly HistogramMark[],
  measure: string,
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  const draws = bins.reduce((total, bin) => total + bin.draws, 0);
  const binOf = (value: number): number => {
    const found = bins.findIndex(({ to }) => value <= to);
    return found < 0 ? bins.length - 1 : found;
  };
  const place = ({ from, to }: HistogramBin): string => `${text.full(from)} to ${text.full(to)}`;
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: { left: 4, right: 8, top: 24, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        showContent: false,
        axisPointer: { type: 'shadow', shadowStyle: { color: theme.muted, opacity: 0.12 } },
      },
      xAxis: {
        type: 'category',
        data: bins.map(({ from }) => text.short(from)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: theme.axis } },
        axisLabel: { color: theme.muted, fontSize: 11, hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        splitNumber: 3,
        axisLabel: { color: theme.muted, fontSize: 11 },
        splitLine: { lineStyle: { color: theme.gridline } },
      },
      series: [
        {
          type: 'bar',
          barCategoryGap: '8%',
          emphasis: { disabled: true },
          data: bins.map(({ to, draws: count }) => ({
            value: count,
            itemStyle: { color: to <= 0 ? theme.increase : theme.total },
          })),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: theme.ink, type: 'dashed', width: 1 },
            label: { color: theme.ink, fontSize: 11, formatter: ({ name }) => name },
            data: marks.map(({ label, value }) => ({ name: label, xAxis: binOf(value) })),
          },
        },
      ],
    },
    figures: null,
    stepAxis: 'x',
    readouts: bins.map((bin) => ({
      title: place(bin),
      rows: [{ label: 'draws', value: `${bin.draws} of ${draws}`, colour: theme.total }],
      total: null,
      note: null,
    })),
    legend: [],
    table: {
      header: [`${measure}, from`, 'to', 'Draws'],
      rows: bins.map(({ from, to, draws: count }) => [from, to, count]),
      numeric: [true, true, true],
    },
  };
}
