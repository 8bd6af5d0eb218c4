// Price against quality: one mark a model, by what a token costs there and the reader's own score.
import type { AmountText, ChartSpec } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type PricedModel = {
  readonly label: string;
  /** USD per million tokens. */
  readonly rate: number;
  readonly quality: number;
  /** The mix of all, drawn apart. */
  readonly isMix: boolean;
};

/** `floor` is the lowest score that is allowed; null draws no line. */
export function priceQuality(
  models: readonly PricedModel[],
  floor: number | null,
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  const colourOf = ({ isMix }: PricedModel, index: number): string =>
    isMix ? theme.ink : (theme.categorical[index % theme.categorical.length] ?? theme.ink);
  const axis = {
    type: 'value' as const,
    splitNumber: 4,
    nameLocation: 'middle' as const,
    nameTextStyle: { color: theme.muted, fontSize: 11 },
    axisLine: { lineStyle: { color: theme.axis } },
    splitLine: { lineStyle: { color: theme.gridline } },
  };
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: { left: 24, right: 96, top: 16, bottom: 24, containLabel: true },
      tooltip: { trigger: 'item', showContent: false },
      xAxis: {
        ...axis,
        name: 'USD per 1M tokens',
        nameGap: 24,
        min: 0,
        axisLabel: { color: theme.muted, fontSize: 11, formatter: (value: number) => text.short(value) },
      },
      yAxis: {
        ...axis,
        name: 'Quality, own scale',
        nameGap: 36,
        scale: true,
        // A mark at the very edge would be cut in half.
        boundaryGap: ['12%', '12%'],
        axisLabel: { color: theme.muted, fontSize: 11 },
      },
      series: [
        {
          type: 'scatter',
          symbolSize: 12,
          emphasis: { disabled: true },
          data: models.map((model, index) => ({
            name: model.label,
            value: [model.rate, model.quality],
            symbol: model.isMix ? 'diamond' : 'circle',
            itemStyle: { color: colourOf(model, index) },
          })),
          label: { show: true, position: 'right', formatter: '{b}', color: theme.ink, fontSize: 11 },
          labelLayout: { moveOverlap: 'shiftY', hideOverlap: true },
          ...(floor === null
            ? {}
            : {
                markLine: {
                  silent: true,
                  symbol: 'none',
                  lineStyle: { color: theme.muted, type: 'dashed' },
                  label: { formatter: 'floor', position: 'insideStartTop', color: theme.muted, fontSize: 11 },
                  data: [{ yAxis: floor }],
                },
              }),
        },
      ],
    },
    stepAxis: 'x',
    readouts: models.map((model, index) => ({
      title: model.label,
      rows: [
        { label: 'Rate, 1M tokens', value: text.full(model.rate), colour: colourOf(model, index) },
        { label: 'Quality', value: String(model.quality), colour: null },
      ],
      total: null,
      note: floor !== null && model.quality < floor ? 'Below the floor.' : null,
    })),
    legend: [],
    table: {
      header: ['Model', 'USD per 1M tokens', 'Quality'],
      rows: models.map(({ label, rate, quality }) => [label, rate, quality]),
      numeric: [false, true, true],
    },
  };
}
