// Two amounts and what lies between them: a waterfall whose falling and rising bars also carry their sign.
import type { AmountText, ChartSpec, Figures } from './spec.ts';
import type { ChartTheme } from './theme.ts';
import type { WaterfallStep } from './waterfall-steps.ts';
import { keepsWords, wrapLabel } from './wrap-label.ts';

const WIDEST_BAR = 72;
const BAR_RADIUS = 2;
const TURNED_WIDTH = 120;
/** One upon the other whatever their signs, so that a bar goes from its foot to its head also below zero. */
const STACKED = { stack: 'steps', stackStrategy: 'all' } as const;

/** `measure` names the amounts with their unit; savings and costs keep their own colours, and hatching marks a range. */
export function waterfall(
  steps: readonly WaterfallStep[],
  measure: string,
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  const colour = (step: WaterfallStep): string =>
    step.kind === 'decrease' ? theme.decrease : step.kind === 'increase' ? theme.increase : theme.total;
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
        data: steps.map(({ label }) => label),
        axisTick: { show: false },
        axisLine: { lineStyle: { color: theme.axis } },
        axisLabel: {
          color: theme.ink,
          fontSize: 11,
          lineHeight: 14,
          interval: 0,
          ...writtenNames(steps),
        },
      },
      yAxis: {
        type: 'value',
        splitNumber: 4,
        axisLabel: { color: theme.muted, fontSize: 11, formatter: (value: number) => text.short(value) },
        splitLine: { lineStyle: { color: theme.gridline } },
      },
      series: [
        {
          type: 'bar',
          ...STACKED,
          silent: true,
          itemStyle: { color: 'transparent' },
          data: steps.map(({ foot }) => foot),
        },
        {
          type: 'bar',
          ...STACKED,
          barMaxWidth: WIDEST_BAR,
          emphasis: { disabled: true },
          data: steps.map((step) => ({
            value: step.head - step.foot,
            itemStyle: { color: colour(step), borderRadius: BAR_RADIUS },
          })),
        },
        {
          // What stands over a bar stands over its range as well.
          type: 'bar',
          ...STACKED,
          silent: true,
          itemStyle: { color: 'transparent' },
          data: steps.map(({ head, whisker }) => Math.max(0, (whisker?.[1] ?? head) - head)),
          label: {
            show: true,
            position: 'top',
            color: theme.ink,
            fontSize: 11,
            formatter: ({ dataIndex }) => signed(steps[dataIndex], text),
          },
        },
        ...whiskers(steps, theme),
      ],
    },
    figures: figuresOf(steps, colour, theme, text),
    stepAxis: 'x',
    readouts: steps.map((step) => ({
      title: step.label,
      rows: [
        { label: measure, value: text.full(step.amount), colour: colour(step) },
        ...(step.whisker === null
          ? []
          : [
              {
                label: 'Level, low to high',
                value: `${text.full(step.whisker[0])} – ${text.full(step.whisker[1])}`,
                colour: null,
              },
            ]),
      ],
      total:
        step.kind === 'total' ? null : { label: 'Level after', value: text.full(step.level), colour: null },
      note: null,
    })),
    table: {
      header: ['Step', measure, 'Level after', 'Level, low', 'Level, high'],
      rows: steps.map(({ label, amount, level, whisker }) => [
        label,
        amount,
        level,
        whisker?.[0] ?? null,
        whisker?.[1] ?? null,
      ]),
      numeric: [false, true, true, true, true],
    },
    legend: [],
  };
}

const nameWidth = (labels: readonly string[]): number => Math.min(110, Math.floor(520 / labels.length));

/** Whether these names stand under their bars, none of their words cut; else a report numbers the bars. */
export function namesFit(labels: readonly string[]): boolean {
  return labels.every((label) => keepsWords(label, nameWidth(labels)));
}

/** Names of many bars wrap instead of running into each other on a narrow screen, and are turned where that would cut words. */
function writtenNames(steps: readonly WaterfallStep[]) {
  const labels = steps.map(({ label }) => label);
  const width = nameWidth(labels);
  return namesFit(labels)
    ? { formatter: (label: string) => wrapLabel(label, width) }
    : { rotate: 45, width: TURNED_WIDTH, overflow: 'truncate' as const };
}

function figuresOf(
  steps: readonly WaterfallStep[],
  colour: (step: WaterfallStep) => string,
  { ink, scheme }: ChartTheme,
  text: AmountText,
): Figures {
  return {
    frame: JSON.stringify([scheme, ...steps.map(({ label }) => label)]),
    bars: steps.map((step, index) => ({ step: index, from: step.foot, to: step.head, colour: colour(step) })),
    barMaxWidth: WIDEST_BAR,
    barRadius: BAR_RADIUS,
    ranges: steps.flatMap(({ whisker }, step) =>
      whisker === null ? [] : [{ step, low: whisker[0], high: whisker[1] }],
    ),
    words: steps.map((step, index) => ({
      step: index,
      over: Math.max(step.head, step.whisker?.[1] ?? step.head),
      text: signed(step, text),
    })),
    line: null,
    ink,
  };
}

function signed(step: WaterfallStep | undefined, text: AmountText): string {
  if (step === undefined) return '';
  const plus = step.kind === 'increase' ? '+' : '';
  return `${plus}${text.short(step.amount)}`;
}

/** The range of each level as a thin line with its ends marked. */
function whiskers(steps: readonly WaterfallStep[], theme: ChartTheme) {
  const ranged = steps.flatMap(({ whisker }, index) => (whisker === null ? [] : [{ index, whisker }]));
  return ranged.map(({ index, whisker: [low, high] }) => ({
    type: 'line' as const,
    silent: true,
    symbol: 'rect',
    symbolSize: [12, 1.5],
    lineStyle: { color: theme.ink, width: 1.5 },
    itemStyle: { color: theme.ink },
    data: [
      [index, low],
      [index, high],
    ],
  }));
}
