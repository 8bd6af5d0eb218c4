// Price against quality: one mark a model, by what a token costs there and the reader's own score.
import type { AmountText, ChartSpec } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type PricedModel = {
  readonly label: string;
  /** USD per million tokens. */
  readonly rate: number;
  readonly quality: number;
  /** A model that requests may go to, the mix of all of them, or what serves them today. */
  readonly role: 'target' | 'mix' | 'today';
};

/** What stands in the picture as a line, because it has only one of the two figures; null draws none. */
export type PriceQualityLines = {
  /** Lowest score that is allowed. */
  readonly floor: number | null;
  /** Today's rate, USD per million tokens, where today's model has no score. */
  readonly unscoredToday: number | null;
};

const SYMBOLS = { target: 'circle', mix: 'diamond', today: 'rect' } as const;

export function priceQuality(
  models: readonly PricedModel[],
  { floor, unscoredToday }: PriceQualityLines,
  currency: string,
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  const rate = `${currency} per 1M tokens`;
  const colourOf = ({ role }: PricedModel, index: number): string =>
    role === 'mix'
      ? theme.ink
      : role === 'today'
        ? theme.other
        : (theme.categorical[index % theme.categorical.length] ?? theme.ink);
  const lines = [
    ...(floor === null
      ? []
      : [{ yAxis: floor, label: { formatter: 'floor', position: 'insideStartTop' as const } }]),
    ...(unscoredToday === null
      ? []
      : [
          {
            xAxis: unscoredToday,
            label: { formatter: 'today, no score', position: 'insideEndBottom' as const },
          },
        ]),
  ];
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
        name: rate,
        nameGap: 24,
        min: 0,
        // A line alone does not widen its axis; where it does by hand, the end is no round amount to print.
        ...(unscoredToday === null
          ? {}
          : { max: ({ max }: { max: number }) => Math.max(max, unscoredToday) * 1.1 }),
        axisLabel: {
          color: theme.muted,
          fontSize: 11,
          showMaxLabel: unscoredToday === null,
          formatter: (value: number) => text.short(value),
        },
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
            symbol: SYMBOLS[model.role],
            itemStyle: { color: colourOf(model, index) },
          })),
          label: { show: true, position: 'right', formatter: '{b}', color: theme.ink, fontSize: 11 },
          labelLayout: { moveOverlap: 'shiftY', hideOverlap: true },
          ...(lines.length === 0
            ? {}
            : {
                markLine: {
                  silent: true,
                  symbol: 'none',
                  lineStyle: { color: theme.muted, type: 'dashed' },
                  label: { color: theme.muted, fontSize: 11 },
                  data: lines,
                },
              }),
        },
      ],
    },
    figures: null,
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
      header: ['Model', rate, 'Quality'],
      rows: models.map((model) => [model.label, model.rate, model.quality]),
      numeric: [false, true, true],
    },
  };
}
