// The figures that are drawn over standing axes while a slider moves are those that the chart library draws once it takes them in:
// the same bars, lines, marks and words at the same pixels.
import type { ECharts } from 'echarts/core';
import { expect, test } from 'vitest';
import { type SavingsMonth, savings } from '../../../shared/charts/savings.ts';
import type { ChartSpec } from '../../../shared/charts/spec.ts';
import { CHART_THEMES } from '../../../shared/charts/theme.ts';
import { waterfall } from '../../../shared/charts/waterfall.ts';
import { type WaterfallChange, waterfallSteps } from '../../../shared/charts/waterfall-steps.ts';
import { echarts } from '../../../src-renderer/ui/echarts.ts';
import { figuresOver } from '../../../src-renderer/ui/moving-figures.ts';

const theme = CHART_THEMES.light;
const TEXT = { short: (value: number) => `${Math.round(value)}`, full: String };
const SIZE = { width: 700, height: 260 };

/** Everything drawn, one line of text each: pixels to a tenth, where no halves are that rounding of 32 bits tips over. */
type Drawn = {
  readonly bars: readonly string[];
  readonly lines: readonly string[];
  readonly marks: readonly string[];
  readonly words: readonly string[];
};
const px = (...values: readonly number[]): string =>
  values.map((value) => (Math.round((value + 0.013) * 10) / 10 + 0).toFixed(1)).join(' ');
const barText = (fill: unknown, x: number, y: number, width: number, height: number): string =>
  `${fill} ${px(x, Math.min(y, y + height), width, Math.abs(height))}`;

function standing(spec: ChartSpec): ECharts {
  const chart = echarts.init(null, null, { renderer: 'svg', ssr: true, ...SIZE });
  chart.setOption(spec.option);
  chart.renderToSVGString();
  return chart;
}

type Part = {
  readonly type: string;
  readonly z: number;
  readonly style: {
    readonly fill?: unknown;
    readonly text?: string;
    readonly x?: number;
    readonly y?: number;
  };
  readonly shape: { x: number; y: number; width: number; height: number; points: ArrayLike<number> };
  readonly transform: readonly number[];
};

/** What the library has drawn above the axes. */
function drawnByLibrary(chart: ECharts): Drawn {
  const { storage } = chart.getZr() as unknown as {
    storage: { getDisplayList: (update: boolean) => readonly Part[] };
  };
  const parts = storage.getDisplayList(true).filter(({ z }) => z >= 2);
  const of = (type: string) => parts.filter((part) => part.type === type);
  return {
    bars: of('rect')
      .filter(({ style, shape }) => style.fill !== 'transparent' && shape.height !== 0)
      .map(({ style, shape: { x, y, width, height } }) => barText(style.fill, x, y, width, height))
      .sort(),
    lines: of('ec-polyline').map(({ shape }) => px(...Array.from(shape.points))),
    marks: of('path')
      .map(({ transform: [width = 0, , , height = 0, x = 0, y = 0] }) => px(x, y, 2 * width, 2 * height))
      .sort(),
    words: of('tspan')
      .map(({ style: { text, x = 0, y = 0 }, transform }) =>
        [text, px(x + (transform[4] ?? 0), y + (transform[5] ?? 0))].join(' '),
      )
      .sort(),
  };
}

/** What is drawn over its axes while something moves. */
function drawnOver(chart: ECharts, { figures }: ChartSpec): Drawn {
  const drawn = { bars: [] as string[], lines: [] as string[], marks: [] as string[], words: [] as string[] };
  let path: number[] = [];
  let rect: readonly [number, number, number, number] | null = null;
  const context = {
    fillStyle: '',
    beginPath: () => {
      [path, rect] = [[], null];
    },
    moveTo: (x: number, y: number) => void path.push(x, y),
    lineTo: (x: number, y: number) => void path.push(x, y),
    stroke: () => void drawn.lines.push(px(...path)),
    roundRect: (...box: readonly [number, number, number, number]) => {
      rect = box;
    },
    fill: () => {
      if (rect !== null) drawn.bars.push(barText(context.fillStyle, rect[0], rect[1], rect[2], rect[3]));
    },
    arc: (x: number, y: number, radius: number) => void drawn.marks.push(px(x, y, 2 * radius, 2 * radius)),
    fillRect: (x: number, y: number, width: number, height: number) =>
      void drawn.marks.push(px(x + width / 2, y + height / 2, width, height)),
    fillText: (text: string, x: number, y: number) => void drawn.words.push(`${text} ${px(x, y)}`),
    save: () => undefined,
    restore: () => undefined,
    setTransform: () => undefined,
    clearRect: () => undefined,
  };
  const canvas = { width: SIZE.width, getContext: () => context };
  const over = {
    getDom: () => ({ querySelector: () => canvas }),
    getWidth: () => SIZE.width,
    getHeight: () => SIZE.height,
    convertToPixel: (...at: Parameters<ECharts['convertToPixel']>) => chart.convertToPixel(...at),
    containPixel: (...at: Parameters<ECharts['containPixel']>) => chart.containPixel(...at),
  } as unknown as ECharts;
  if (figures === null) throw new Error('This drawing has no figures that move.');
  figuresOver(over, figures)?.();
  drawn.bars.sort();
  drawn.marks.sort();
  drawn.words.sort();
  return drawn;
}

const change = (id: string, amount: number, low: number | null, high: number | null): WaterfallChange => ({
  id,
  label: id,
  amount,
  low,
  high,
});
const costs = (changes: readonly WaterfallChange[], after: number, chained = true): ChartSpec =>
  waterfall(
    waterfallSteps({ label: 'Baseline', amount: 100 }, changes, { label: 'After', amount: after }, chained),
    'Cost',
    theme,
    TEXT,
  );
const month = (short: string, saving: number, oneOff: number, cumulative: number): SavingsMonth => ({
  short,
  long: short,
  saving,
  oneOff,
  cumulative,
});
const BATCH = change('Batch', -30, -40, -10);
const CACHING = change('Caching', 12, 5, 20);

test.each<{ name: string; spec: ChartSpec; bars: number }>([
  { name: 'a waterfall in order with its ranges', spec: costs([BATCH, CACHING], 82), bars: 4 },
  {
    name: 'each lever alone',
    spec: costs([BATCH, CACHING, change('Interaction', 3, null, null)], 85, false),
    bars: 5,
  },
  { name: 'a lever that does nothing', spec: costs([BATCH, change('Off', 0, null, null)], 70), bars: 3 },
  {
    name: 'a bar through zero and one below it',
    spec: costs([change('Batch', -130, -140, -110), change('Caching', -20, null, null)], -50),
    bars: 4,
  },
  {
    name: 'savings by month with one-off cost and their line',
    spec: savings(
      [month('Jan', 5, 7, -2), month('Feb', 15, 0, 13), month('Mar', 25, 3, 35)],
      null,
      'USD',
      theme,
      TEXT,
    ),
    bars: 5,
  },
  {
    name: 'a month that costs money',
    spec: savings([month('Jan', -5, 2, -7), month('Feb', 20, 0, 13)], null, 'USD', theme, TEXT),
    bars: 3,
  },
])('$name: moving and at rest, the same is drawn', ({ spec, bars }) => {
  const chart = standing(spec);
  try {
    const moving = drawnOver(chart, spec);
    expect(moving).toEqual(drawnByLibrary(chart));
    expect(moving.bars).toHaveLength(bars);
  } finally {
    chart.dispose();
  }
});

test('figures that grow beyond the axes that stand are not drawn over them', () => {
  const chart = standing(costs([BATCH], 70));
  const { figures } = costs([change('Batch', 200, null, null)], 300);
  expect(() => drawnOver(chart, costs([BATCH], 70))).not.toThrow();
  expect(drawnOver(chart, { ...costs([BATCH], 70), figures }).bars).toEqual([]);
  chart.dispose();
});
