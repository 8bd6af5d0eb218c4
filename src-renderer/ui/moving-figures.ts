// Draws the figures of a chart over the axes that stand: what a slider moves must not wait for the making of a whole chart. The
// drawing is the library's own to the pixel, on the layer it keeps for figures, and the library draws over it when they rest.
import type { ECharts } from 'echarts/core';
import type { Bar, Figures } from '../../shared/charts/spec.ts';
import { CHART_FONT } from '../../shared/charts/theme.ts';
import { echarts } from './echarts.ts';

/** The layer of a chart that holds its figures; axes and gridlines are on the one below. */
export const FIGURES_LAYER = 1;

/** Of the room between two steps; the library's own share for one bar a step. */
const BAR_SHARE = 0.69;
/** The narrowest steps whose marks the library draws all. */
const LEAST_STEP = 8;

const FONT = `11px ${CHART_FONT}`;
/** From an amount up to the word over it. */
const WORD_DISTANCE = 5;
const RANGE = { width: 1.5, end: 12 };
const LINE = { width: 2, mark: 5 };
/** From the last mark to the middle of the left edge of the line's name. */
const NAME_OFFSET = { x: -56, y: -12 };

/** Where steps and amounts lie, in pixels of the box. */
type Plot = {
  readonly x: (step: number) => number;
  readonly y: (amount: number) => number;
  readonly step: number;
};

/** What draws them; null where they do not fit between the axes that stand. */
export function figuresOver(chart: ECharts, figures: Figures): (() => void) | null {
  const canvas = chart
    .getDom()
    .querySelector<HTMLCanvasElement>(`canvas[data-zr-dom-id^="zr_${FIGURES_LAYER}."]`);
  const context = canvas?.getContext('2d') ?? null;
  const plot = plotOf(chart, figures);
  if (canvas === null || context === null || plot === null) return null;
  const [width, height] = [chart.getWidth(), chart.getHeight()];
  return () => {
    const scale = canvas.width / width;
    context.save();
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, width, height);
    drawBars(context, figures, plot);
    drawLine(context, figures, plot);
    drawRanges(context, figures, plot);
    drawWords(context, figures, plot);
    context.restore();
  };
}

function plotOf(chart: ECharts, figures: Figures): Plot | null {
  const at = (step: number, amount: number): readonly [number, number] => {
    const [x = Number.NaN, y = Number.NaN] = chart.convertToPixel('grid', [step, amount]);
    return [x, y];
  };
  const amounts = amountsOf(figures);
  const ends = [Math.min(...amounts), Math.max(...amounts)] as const;
  if (!ends.every((amount) => chart.containPixel('grid', [...at(0, amount)]))) return null;
  const [first, zero] = at(0, 0);
  const step = at(1, 0)[0] - first;
  const perUnit = at(0, 1)[1] - zero;
  if (!Number.isFinite(step) || step < LEAST_STEP) return null;
  return { x: (index) => first + index * step, y: (amount) => zero + amount * perUnit, step };
}

function amountsOf({ bars, ranges, line }: Figures): readonly number[] {
  return [
    ...bars.flatMap(({ from, to }) => [from, to]),
    ...ranges.flatMap(({ low, high }) => [low, high]),
    ...(line?.amounts ?? []),
  ];
}

function drawBars(
  context: CanvasRenderingContext2D,
  { bars, barMaxWidth, barRadius }: Figures,
  plot: Plot,
): void {
  const width = Math.min(barMaxWidth, plot.step * BAR_SHARE);
  const draw = ({ step, from, to, colour }: Bar): void => {
    const top = plot.y(Math.max(from, to));
    const height = plot.y(Math.min(from, to)) - top;
    if (height === 0) return;
    context.fillStyle = colour;
    context.beginPath();
    context.roundRect(plot.x(step) - width / 2, top, width, height, Math.min(barRadius, height / 2));
    context.fill();
  };
  for (const bar of bars) draw(bar);
}

function drawLine(context: CanvasRenderingContext2D, { line, ink }: Figures, plot: Plot): void {
  if (line === null) return;
  const points = line.amounts.map((amount, step) => [plot.x(step), plot.y(amount)] as const);
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineWidth = LINE.width;
  context.lineJoin = 'bevel';
  context.beginPath();
  for (const [x, y] of points) context.lineTo(x, y);
  context.stroke();
  for (const [x, y] of points) {
    context.beginPath();
    context.arc(x, y, LINE.mark / 2, 0, 2 * Math.PI);
    context.fill();
  }
  const [x, y] = points.at(-1) ?? [0, 0];
  write(context, line.name, 'left', x + NAME_OFFSET.x, y + NAME_OFFSET.y);
}

function drawRanges(context: CanvasRenderingContext2D, { ranges, ink }: Figures, plot: Plot): void {
  context.strokeStyle = ink;
  context.fillStyle = ink;
  context.lineWidth = RANGE.width;
  for (const { step, low, high } of ranges) {
    const x = plot.x(step);
    context.beginPath();
    context.moveTo(x, plot.y(low));
    context.lineTo(x, plot.y(high));
    context.stroke();
    for (const end of [low, high])
      context.fillRect(x - RANGE.end / 2, plot.y(end) - RANGE.width / 2, RANGE.end, RANGE.width);
  }
}

function drawWords(context: CanvasRenderingContext2D, { words, ink }: Figures, plot: Plot): void {
  context.fillStyle = ink;
  // The library takes the height of a line from fonts that differ between machines.
  const rise = WORD_DISTANCE + echarts.format.getTextRect('0', FONT).height / 2;
  for (const { step, over, text } of words) write(context, text, 'center', plot.x(step), plot.y(over) - rise);
}

function write(
  context: CanvasRenderingContext2D,
  text: string,
  align: CanvasTextAlign,
  x: number,
  y: number,
): void {
  context.font = FONT;
  context.textAlign = align;
  context.textBaseline = 'middle';
  context.fillText(text, x, y);
}
