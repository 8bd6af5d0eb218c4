// Rates over time as lines: for figures that cannot be stacked. Gaps stay gaps; each line carries its name at its end.
import type { AmountText, ChartSpec } from './spec.ts';
import type { ChartTheme } from './theme.ts';

export type RateLine = {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  /** One a step; null where the rate is not defined. */
  readonly values: readonly (number | null)[];
};

/** Room at the right for the names. */
const LABEL_ROOM = 148;
const SYMBOLS = ['circle', 'rect', 'triangle', 'diamond', 'roundRect', 'pin', 'arrow'] as const;

/** `measure` names the figures with their unit; `stepName` heads the steps in the table; `axis` stands under steps that are no dates. */
export function lines(
  steps: readonly { readonly short: string; readonly long: string }[],
  series: readonly RateLine[],
  names: { readonly measure: string; readonly stepName: string; readonly axis?: string },
  theme: ChartTheme,
  text: AmountText,
): ChartSpec {
  const named = series.length > 1;
  const rises = nameRises(series.map(({ values }) => values.findLast((value) => value !== null) ?? null));
  return {
    option: {
      animation: false,
      textStyle: { fontFamily: theme.fontFamily, fontSize: 11 },
      grid: {
        left: 4,
        right: named ? LABEL_ROOM : 8,
        top: 12,
        bottom: names.axis === undefined ? 4 : 24,
        containLabel: true,
      },
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
        ...(names.axis === undefined
          ? {}
          : {
              name: names.axis,
              nameLocation: 'middle' as const,
              nameGap: 24,
              nameTextStyle: { color: theme.muted, fontSize: 11 },
            }),
      },
      yAxis: {
        type: 'value',
        min: 0,
        splitNumber: 4,
        axisLabel: { color: theme.muted, fontSize: 11, formatter: (value: number) => text.short(value) },
        splitLine: { lineStyle: { color: theme.gridline } },
      },
      series: series.map(({ id, label, colour, values }, index) => ({
        id,
        name: label,
        type: 'line' as const,
        color: colour,
        connectNulls: false,
        symbol: SYMBOLS[index % SYMBOLS.length] ?? 'circle',
        // A lone step between two gaps has no line to be seen by: its mark shows it.
        showSymbol: steps.length <= 45 || loneSteps(values),
        symbolSize: 6,
        // Two values of one colour still differ by their line.
        lineStyle: {
          width: 2,
          type:
            series.findIndex((one) => one.colour === colour) < index
              ? ('dashed' as const)
              : ('solid' as const),
        },
        emphasis: { disabled: true },
        endLabel: {
          show: named,
          formatter: label,
          color: theme.ink,
          fontSize: 11,
          width: LABEL_ROOM - 12,
          overflow: 'truncate' as const,
          offset: [0, -(rises[index] ?? 0)],
        },
        data: values.map((value) => value ?? '-'),
      })),
    },
    figures: null,
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
    // Names that had to leave their line's end no longer say which line is theirs.
    legend: rises.some((rise) => rise > 0) ? series.map(({ label, colour }) => ({ label, colour })) : [],
    table: {
      header: [names.stepName, ...series.map(({ label }) => `${label}, ${names.measure}`)],
      rows: steps.map(({ long }, index) => [long, ...series.map(({ values }) => values[index] ?? null)]),
      numeric: [false, ...series.map(() => true)],
    },
  };
}

/** A name's height, and about how high the plot is drawn. */
const NAME_HEIGHT = 14;
const PLOT_HEIGHT = 180;

/** How many pixels above its line's end each name stands, so that names of lines that end together stand over one another. */
export function nameRises(ends: readonly (number | null)[]): readonly number[] {
  const most = Math.max(...ends.map((end) => end ?? 0), Number.MIN_VALUE);
  const rises = ends.map(() => 0);
  let floor = Number.NEGATIVE_INFINITY;
  const upwards = ends
    .flatMap((end, index) => (end === null ? [] : [{ index, height: (end / most) * PLOT_HEIGHT }]))
    .sort((left, right) => left.height - right.height || right.index - left.index);
  for (const { index, height } of upwards) {
    const placed = Math.max(height, floor);
    rises[index] = placed - height;
    floor = placed + NAME_HEIGHT;
  }
  return rises;
}

function loneSteps(values: readonly (number | null)[]): boolean {
  return values.some(
    (value, index) =>
      value !== null && (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null,
  );
}
