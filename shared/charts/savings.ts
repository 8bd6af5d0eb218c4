// Savings month by month with their running sum: bars for the month, a line for what has come back so far.
import type { AmountText, ChartSpec, Figures } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type SavingsMonth = {
  /** For the axis and for the read-out. */
  readonly short: string;
  readonly long: string;
  readonly saving: number;
  /** Money spent once in the month; drawn below the axis. */
  readonly oneOff: number;
  readonly cumulative: number;
};

const WIDEST_BAR = 36;
const LINE_NAME = 'cumulative';

/** `payback` is the month (1 = first) at whose end the one-off cost is paid back; null marks none. */
export function savings(
  months: readonly SavingsMonth[],
  payback: number | null,
  currency: string,
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  // The name of a line that falls has no free place beside it.
  const falls = (months.at(-1)?.cumulative ?? 0) < 0;
  const isFlat = months.every(({ saving, oneOff }) => saving === 0 && oneOff === 0);
  const bar = { type: 'bar' as const, stack: 'month', barMaxWidth: WIDEST_BAR, emphasis: { disabled: true } };
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: { left: 4, right: 12, top: 24, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        showContent: false,
        axisPointer: { type: 'shadow', shadowStyle: { color: theme.muted, opacity: 0.12 } },
      },
      xAxis: {
        type: 'category',
        data: months.map(({ short }) => short),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: theme.axis }, onZero: true },
        axisLabel: { color: theme.muted, hideOverlap: true, fontSize: 11 },
      },
      yAxis: {
        type: 'value',
        splitNumber: 4,
        // Where nothing is saved there is no scale to draw but zero.
        ...(isFlat ? { min: 0, max: 1, interval: 1 } : {}),
        axisLabel: {
          color: theme.muted,
          fontSize: 11,
          formatter: (value: number) => (isFlat && value > 0 ? '' : text.short(value)),
        },
        splitLine: { lineStyle: { color: theme.gridline } },
      },
      series: [
        {
          ...bar,
          name: 'Saving',
          color: theme.decrease,
          data: months.map(({ saving }) => ({
            value: saving,
            itemStyle: { color: saving < 0 ? theme.increase : theme.decrease },
          })),
        },
        { ...bar, name: 'One-off cost', color: theme.increase, data: months.map(({ oneOff }) => -oneOff) },
        {
          type: 'line',
          name: 'Cumulative',
          color: theme.ink,
          symbol: 'circle',
          symbolSize: 5,
          lineStyle: { width: 2 },
          data: months.map(({ cumulative }) => cumulative),
          endLabel: {
            show: !falls,
            formatter: LINE_NAME,
            color: theme.ink,
            fontSize: 11,
            offset: [-64, -12],
          },
          ...(payback === null || payback < 1
            ? {}
            : {
                markLine: {
                  silent: true,
                  symbol: 'none',
                  lineStyle: { color: theme.muted, type: 'dashed' },
                  label: { formatter: 'paid back', color: theme.muted, fontSize: 11 },
                  data: [{ xAxis: payback - 1 }],
                },
              }),
        },
      ],
    },
    figures: isFlat || falls || payback !== null ? null : figuresOf(months, theme),
    stepAxis: 'x',
    readouts: months.map(({ long, saving, oneOff, cumulative }, index) => ({
      title: long,
      rows: [
        { label: 'Saving', value: text.full(saving), colour: saving < 0 ? theme.increase : theme.decrease },
        ...(oneOff === 0
          ? []
          : [{ label: 'One-off cost', value: text.full(-oneOff), colour: theme.increase }]),
      ],
      total: { label: 'Cumulative', value: text.full(cumulative), colour: theme.ink },
      note: payback === index + 1 ? 'The one-off cost is paid back at the end of this month.' : null,
    })),
    legend: falls
      ? [
          { label: 'Saving below zero: a cost', colour: theme.increase },
          { label: 'Cumulative', colour: theme.ink },
        ]
      : [],
    table: {
      header: ['Month', `Saving, ${currency}`, `One-off cost, ${currency}`, `Cumulative, ${currency}`],
      rows: months.map(({ long, saving, oneOff, cumulative }) => [long, saving, oneOff, cumulative]),
      numeric: [false, true, true, true],
    },
  };
}

/** One-off cost lies below the axis, and below a saving that is a cost. */
function figuresOf(
  months: readonly SavingsMonth[],
  { ink, increase, decrease, scheme }: ChartTheme,
): Figures {
  return {
    frame: JSON.stringify([scheme, ...months.map(({ short }) => short)]),
    bars: months.flatMap(({ saving, oneOff }, step) => {
      const below = Math.min(0, saving);
      return [
        { step, from: 0, to: saving, colour: saving < 0 ? increase : decrease },
        { step, from: below, to: below - oneOff, colour: increase },
      ];
    }),
    barMaxWidth: WIDEST_BAR,
    barRadius: 0,
    ranges: [],
    words: [],
    line: { amounts: months.map(({ cumulative }) => cumulative), name: LINE_NAME },
    ink,
  };
}
