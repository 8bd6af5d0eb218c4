// Hours sorted by what they need, the busiest first, with a line at what is bought: what is above it overflows.
import type { AmountText, ChartSpec } from './spec.ts';
import type { ChartTheme } from './theme.ts';

/** Most points that are drawn; between them the curve only falls. */
const POINTS = 240;

/** `needs` are units by hour, falling; `bought` is the number of units. */
export function durationCurve(
  needs: readonly number[],
  bought: number,
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  const step = Math.max(1, Math.ceil(needs.length / POINTS));
  const hours = needs.flatMap((_, index) => (index % step === 0 ? [index] : []));
  const needed = (hour: number): number => needs[hour] ?? 0;
  const colour = theme.categorical[0] ?? theme.ink;
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: { left: 4, right: 12, top: 24, bottom: 24, containLabel: true },
      tooltip: {
        trigger: 'axis',
        showContent: false,
        axisPointer: { type: 'line', lineStyle: { color: theme.muted } },
      },
      xAxis: {
        type: 'category',
        data: hours.map((hour) => String(hour + 1)),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: theme.axis } },
        axisLabel: { color: theme.muted, hideOverlap: true, fontSize: 11 },
        name: 'Hours, the busiest first',
        nameLocation: 'middle',
        nameGap: 24,
        nameTextStyle: { color: theme.muted, fontSize: 11 },
      },
      yAxis: {
        type: 'value',
        min: 0,
        name: 'Units',
        nameTextStyle: { color: theme.muted, fontSize: 11, align: 'left', padding: [0, 0, 0, -12] },
        splitNumber: 4,
        axisLabel: { color: theme.muted, fontSize: 11, formatter: (value: number) => text.short(value) },
        splitLine: { lineStyle: { color: theme.gridline } },
      },
      series: [
        {
          type: 'line',
          name: 'Units needed',
          color: colour,
          step: 'end',
          symbol: 'none',
          lineStyle: { width: 2 },
          areaStyle: { opacity: 0.16 },
          emphasis: { disabled: true },
          data: hours.map(needed),
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: theme.ink, type: 'dashed' },
            label: {
              formatter: `bought: ${bought}`,
              position: 'insideEndTop',
              color: theme.ink,
              fontSize: 11,
            },
            data: [{ yAxis: bought }],
          },
        },
      ],
    },
    figures: null,
    stepAxis: 'x',
    readouts: hours.map((hour) => ({
      title: `Hour ${hour + 1} of ${needs.length}, busiest first`,
      rows: [{ label: 'Units needed', value: text.full(needed(hour)), colour }],
      total: { label: 'Bought', value: text.full(bought), colour: theme.ink },
      note: needed(hour) > bought ? 'Needs more than is bought.' : null,
    })),
    legend: [],
    table: {
      header: ['Hour, busiest first', 'Units needed', 'Units bought'],
      rows: hours.map((hour) => [hour + 1, needed(hour), bought]),
      numeric: [true, true, true],
    },
  };
}
