// The drawn chart behind a component: made and thrown away with it, resized with its box, heard for pointing, clicks and brushes.
import type { ECharts } from 'echarts/core';
import { type RefObject, useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { ChartSpec } from '../../shared/charts/spec.ts';
import { echarts } from './echarts.ts';
import { inTurn } from './in-turn.ts';
import { FIGURES_LAYER, figuresOver } from './moving-figures.ts';
import { prepareCharts } from './prepare-charts.ts';

/** `seriesId` null = the step as a whole. */
export type ChartChoice = { readonly step: number; readonly seriesId: string | null };
/** The step read at the moment, and where in the box, in pixels. */
export type Pointed = { readonly step: number; readonly x: number; readonly y: number };

type Heard = {
  readonly stepAt: (x: number, y: number) => number | null;
  readonly onPoint: (pointed: Pointed | null) => void;
  readonly onChoose: (choice: ChartChoice) => void;
  readonly onBrush: (from: number, to: number) => void;
};

export function useChart(
  spec: ChartSpec,
  hidden: boolean,
  onChoose: ((choice: ChartChoice) => void) | undefined,
  onBrush: ((from: number, to: number) => void) | undefined,
) {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const canBrush = onBrush !== undefined;

  const stepAt = useEffectEvent((x: number, y: number): number | null => {
    const instance = chart.current;
    if (instance === null || !instance.containPixel('grid', [x, y])) return null;
    const at = instance.convertFromPixel('grid', [x, y])[spec.stepAxis === 'x' ? 0 : 1];
    return at === undefined || at < 0 || at >= spec.readouts.length ? null : Math.round(at);
  });
  const chosen = useEffectEvent((choice: ChartChoice) => onChoose?.(choice));
  const brushed = useEffectEvent((from: number, to: number) => onBrush?.(from, to));

  useEffect(() => {
    const element = box.current;
    if (element === null || hidden) return;
    let callOffSize = (): void => undefined;
    // In a task of its own: within the frame that heard of it, all that the page lays out would come on top.
    const observer = new ResizeObserver(() => {
      callOffSize();
      callOffSize = inTurn(() => chart.current !== null && fitToBox(chart.current));
    });
    prepareCharts();
    const callOff = inTurn(() => {
      const instance = drawIn(box);
      if (instance === null) return;
      chart.current = instance;
      observer.observe(instance.getDom());
      listen(instance, {
        stepAt: (x, y) => stepAt(x, y),
        onPoint: setPointed,
        onChoose: (choice) => chosen(choice),
        onBrush: (from, to) => brushed(from, to),
      });
    });
    return () => {
      callOff();
      callOffSize();
      watcher.unobserve(element);
      seen.delete(element);
      observer.disconnect();
      chart.current?.dispose();
      chart.current = null;
    };
  }, [hidden]);

  // In the frame of the other figures of its answer.
  useLayoutEffect(() => {
    const element = box.current;
    const instance = chart.current;
    if (element !== null && instance !== null && seen.has(element)) move(instance, spec, canBrush);
  }, [spec, canBrush]);

  useEffect(() => {
    const element = box.current;
    if (element === null || hidden) return;
    setPointed(null);
    if (chart.current !== null && shown.get(chart.current) === spec) {
      const timer = setTimeout(() => chart.current !== null && catchUp(chart.current), REST_MILLISECONDS);
      return () => clearTimeout(timer);
    }
    // Taking the figures in, laying them out and painting them are three tasks: a chart's first drawing is the longest there is.
    return whenSeen(element, [
      () => chart.current !== null && take(chart.current, spec, canBrush),
      () => chart.current !== null && layOut(chart.current),
      () => chart.current !== null && paint(chart.current),
    ]);
  }, [spec, hidden, canBrush]);

  return { box, chart, pointed, setPointed };
}

/** Boxes near enough to the screen, and what waits for the others to come there. */
const seen = new WeakSet<Element>();
const unseen = new WeakMap<Element, () => void>();
const watcher = new IntersectionObserver(
  (entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) seen.delete(target);
      else {
        seen.add(target);
        unseen.get(target)?.();
        unseen.delete(target);
      }
    }
  },
  { rootMargin: '120px' },
);

/**
 * Takes its steps in their turn for what can be seen, the rest when it comes into sight: a slider must not pay for charts below the
 * fold. Answers with how to call it off.
 */
function whenSeen(box: HTMLElement, steps: readonly (() => unknown)[]): () => void {
  let callOff = (): void => void unseen.delete(box);
  const goOn = ([step, ...rest]: readonly (() => unknown)[]): void => {
    if (step === undefined) return;
    callOff = inTurn(() => {
      step();
      goOn(rest);
    });
  };
  const due = (): void => goOn(steps);
  if (seen.has(box)) due();
  else unseen.set(box, due);
  watcher.observe(box);
  return () => callOff();
}

function drawIn(box: RefObject<HTMLDivElement | null>): ECharts | null {
  return box.current === null ? null : echarts.init(box.current, null, { renderer: 'canvas' });
}

function listen(instance: ECharts, { stepAt, onPoint, onChoose, onBrush }: Heard): void {
  const surface = instance.getZr();
  surface.on('mousemove', ({ offsetX, offsetY }) => {
    catchUp(instance);
    takeBrush(instance);
    const step = stepAt(offsetX, offsetY);
    onPoint(step === null ? null : { step, x: offsetX, y: offsetY });
  });
  surface.on('globalout', () => {
    catchUp(instance);
    onPoint(null);
  });
  // A mark says which series it is; while a brush is taken only the surface below hears the click.
  let mark: string | null = null;
  instance.on('mousedown', ({ seriesId }) => {
    mark = seriesId ?? null;
  });
  surface.on('click', ({ offsetX, offsetY }) => {
    const step = stepAt(offsetX, offsetY);
    if (step !== null) onChoose({ step, seriesId: mark });
    mark = null;
  });
  instance.on('brushEnd', (event) => {
    const range = rangeBrushed(event);
    instance.dispatchAction({ type: 'brush', areas: [] });
    if (range !== null) onBrush(range[0], range[1]);
  });
}

/** The read-out is a component of ours; what ECharts would make for it in the page costs a layout with every drawing. */
const DRAWN = { renderMode: 'richText' } as const;
/** Parts of a drawing; ECharts refuses to replace one that it was not given. */
const PARTS: ReadonlySet<string> = new Set([
  'grid',
  'xAxis',
  'yAxis',
  'series',
  'visualMap',
  'toolbox',
  'brush',
]);

/** Charts whose figures are taken in and not painted yet. */
const awaited = new WeakSet<ECharts>();

/** What stands in each chart, but for its figures. */
const drawnShapes = new WeakMap<ECharts, string>();
const drawnFrames = new WeakMap<ECharts, string>();

/** How long figures must rest before the chart takes them in, and with them an axis that suits them better. */
const REST_MILLISECONDS = 300;

/** Charts whose figures are drawn over the axes of others before them, and how each takes its own in. */
const moved = new WeakMap<ECharts, () => void>();

/** What was drawn in the very frame it came for. */
const shown = new WeakMap<ECharts, ChartSpec>();

/** Draws figures over the axes that stand; where they do not fit, with axes of their own. */
function move(instance: ECharts, spec: ChartSpec, canBrush: boolean): void {
  moved.delete(instance);
  const { figures } = spec;
  if (figures === null || drawnFrames.get(instance) !== figures.frame || awaited.has(instance)) return;
  shown.set(instance, spec);
  const drawMoved = figuresOver(instance, figures);
  if (drawMoved === null) {
    take(instance, spec, canBrush, 'at once');
    return;
  }
  moved.set(instance, () => take(instance, spec, canBrush, 'at once'));
  // In the same frame, and when all of its words stand in the page: to write one has the page laid out.
  queueMicrotask(() => moved.has(instance) && shown.get(instance) === spec && drawMoved());
}

/** The chart draws itself whenever it is pointed at, and must know by then what it shows. */
export function catchUp(instance: ECharts): void {
  moved.get(instance)?.();
}

/** Which parts and properties a drawing has: where two agree, the figures of one leave nothing of the other behind. */
function shapeOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(shapeOf).join()}]`;
  if (typeof value !== 'object' || value === null) return '';
  const entries = Object.entries(value).map(([key, part]) =>
    key === 'data'
      ? key
      : key === 'type' || key === 'id'
        ? `${key}=${String(part)}`
        : `${key}:${shapeOf(part)}`,
  );
  return `{${entries.join()}}`;
}

const BRUSH = { brushType: 'lineX', brushMode: 'single' } as const;
/** Charts whose brush is to be taken when the pointer comes: it draws the whole chart once more. */
const brushless = new WeakSet<ECharts>();

/** The brush is taken with the mouse right away: its own buttons would only repeat that. */
function take(
  instance: ECharts,
  spec: ChartSpec,
  canBrush: boolean,
  when: 'at once' | 'in turn' = 'in turn',
): void {
  const brush = canBrush ? { toolbox: { show: false }, brush: { xAxisIndex: 0, ...BRUSH } } : {};
  const option = { ...layered(spec), ...brush };
  const shape = shapeOf(option);
  // Other figures of the same shape take the place of the ones before. Else everything is put in place anew but the
  // pointer, whose making measures the page.
  const replaceMerge =
    drawnShapes.get(instance) === shape ? [] : Object.keys(option).filter((part) => PARTS.has(part));
  drawnShapes.set(instance, shape);
  drawnFrames.set(instance, spec.figures?.frame ?? '');
  moved.delete(instance);
  // What only changes its figures is drawn at once: there is little to it.
  const waits = when === 'in turn' && (replaceMerge.length > 0 || awaited.has(instance));
  instance.setOption(option, { replaceMerge, lazyUpdate: waits });
  if (waits) {
    awaited.add(instance);
    // A frame that came before its turn would draw it too, and with it every other chart that waits.
    instance.getZr().animation.pause();
  }
  if (canBrush) brushless.add(instance);
}

/** With its size named the page is not asked for it, which would lay the page out. */
function layOut(instance: ECharts): void {
  if (awaited.has(instance)) instance.resize({ width: instance.getWidth(), height: instance.getHeight() });
}

function paint(instance: ECharts): void {
  if (!awaited.delete(instance)) return;
  instance.getZr().animation.resume();
  instance.getZr().flush();
}

/** Draws the chart anew where its box has another size than it was drawn with: a box is also heard of when it is first seen. */
function fitToBox(instance: ECharts): void {
  const { clientWidth, clientHeight } = instance.getDom();
  if (clientWidth === instance.getWidth() && clientHeight === instance.getHeight()) return;
  catchUp(instance);
  if (awaited.delete(instance)) instance.getZr().animation.resume();
  instance.resize({ width: clientWidth, height: clientHeight });
}

function takeBrush(instance: ECharts): void {
  if (!brushless.delete(instance)) return;
  instance.dispatchAction({ type: 'takeGlobalCursor', key: 'brush', brushOption: BRUSH });
}

/** Figures that move have a layer of their own. */
function layered({ option, figures }: ChartSpec) {
  const tooltip = { show: false, ...option.tooltip, ...DRAWN };
  if (figures === null) return { ...option, tooltip };
  const zlevel = FIGURES_LAYER;
  return {
    ...option,
    tooltip,
    series: [option.series ?? []].flat().map((one) => ({ ...one, zlevel })),
  };
}

/** Steps of the one brushed area; a mere click is no range. */
function rangeBrushed(event: unknown): readonly [number, number] | null {
  const { areas } = event as { areas?: readonly { coordRange?: readonly [number, number] }[] };
  const range = areas?.[0]?.coordRange;
  if (range === undefined) return null;
  const [from, to] = [Math.round(range[0]), Math.round(range[1])];
  return to > from ? [from, to] : null;
}
