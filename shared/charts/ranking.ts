// A ranking as horizontal bars with the amount at the end of each: for documents and wherever a bar list is too plain.
import type { AmountText, ChartSpec } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type RankedItem = {
  readonly id: string;
  readonly label: string;
  readonly value: number | null;
  readonly colour: string;
};

/** Items come in the order they are to be read, the first on top. */
export function ranking(
  items: readonly RankedItem[],
  names: { readonly item: string; readonly measure: string },
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: { left: 4, right: 72, top: 4, bottom: 4, containLabel: true },
      tooltip: {
        trigger: 'axis',
        showContent: false,
        axisPointer: { type: 'shadow', shadowStyle: { color: theme.muted, opacity: 0.12 } },
      },
      xAxis: { type: 'value', show: false },
      yAxis: {
        type: 'category',
        inverse: true,
        data: items.map(({ label }) => label),
        axisTick: { show: false },
        axisLine: { show: false },
        axisLabel: { color: theme.ink, fontSize: 12, width: 180, overflow: 'truncate' },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 18,
          emphasis: { disabled: true },
          data: items.map(({ value, colour }) => ({
            value: value ?? '-',
            itemStyle: { color: colour, borderRadius: 2 },
          })),
          label: {
            show: true,
            position: 'right',
            color: theme.ink,
            fontSize: 11,
            formatter: ({ dataIndex }) => text.full(items[dataIndex]?.value ?? null),
          },
        },
      ],
    },
    figures: null,
    stepAxis: 'y',
    readouts: items.map(({ label, value, colour }) => ({
      title: label,
      rows: [{ label: names.measure, value: text.full(value), colour }],
      total: null,
      note: null,
    })),
    table: {
      header: [names.item, names.measure],
      rows: items.map(({ label, value }) => [label, value]),
      numeric: [false, true],
    },
    legend: [],
  };
}
