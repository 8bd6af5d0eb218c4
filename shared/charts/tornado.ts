// A tornado: for each assumption a bar from the answer at its low end to the answer at its high end, around the base.
import type { AmountText, ChartSpec } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type TornadoBar = {
  readonly label: string;
  /** The answer with the assumption at its low and at its high end. */
  readonly atLow: number;
  readonly atHigh: number;
  /** The ends themselves, in words. */
  readonly low: string;
  readonly high: string;
};

/** The bars in their order, the first on top; `measure` names the answer with its unit. */
export function tornado(
  bars: readonly TornadoBar[],
  base: number,
  measure: string,
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  const [lowColour = theme.total, highColour = theme.total] = theme.categorical;
  const end = (which: 'atLow' | 'atHigh', colour: string) => ({
    type: 'bar' as const,
    stack: which,
    barMaxWidth: 16,
    barGap: '-100%',
    emphasis: { disabled: true },
    itemStyle: { color: colour },
    data: bars.map((bar) => bar[which] - base),
  });
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: { left: 4, right: 24, top: 20, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        showContent: false,
        axisPointer: { type: 'shadow', shadowStyle: { color: theme.muted, opacity: 0.12 } },
      },
      xAxis: {
        type: 'value',
        splitNumber: 4,
        axisLabel: {
          color: theme.muted,
          fontSize: 11,
          hideOverlap: true,
          formatter: (value: number) => text.short(base + value),
        },
        splitLine: { lineStyle: { color: theme.gridline } },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map(({ label }) => label),
        axisTick: { show: false },
        axisLine: { onZero: true, lineStyle: { color: theme.axis } },
        axisLabel: { color: theme.ink, fontSize: 11, lineHeight: 13, width: 200, overflow: 'break' },
      },
      series: [end('atLow', lowColour), end('atHigh', highColour)],
    },
    figures: null,
    stepAxis: 'y',
    readouts: bars.map(({ label, atLow, atHigh, low, high }) => ({
      title: label,
      rows: [
        { label: `at ${low}`, value: text.full(atLow), colour: lowColour },
        { label: `at ${high}`, value: text.full(atHigh), colour: highColour },
      ],
      total: { label: 'base', value: text.full(base), colour: null },
      note: null,
    })),
    legend: [
      { label: 'low end', colour: lowColour },
      { label: 'high end', colour: highColour },
    ],
    table: {
      header: ['Assumption', 'Low end', `${measure} there`, 'High end', `${measure} there`],
      rows: bars.map(({ label, low, atLow, high, atHigh }) => [label, low, atLow, high, atHigh]),
      numeric: [false, false, true, false, true],
    },
  };
}
