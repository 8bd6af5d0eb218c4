// A chart with its table behind it: follows theme and size, can be read from the keyboard, exported, clicked and brushed.
//
// title     names the chart for exports and for people who cannot see it
// describe  one sentence: what it shows
// spec      drawing, read-outs and table, from shared/charts, for the theme it is given
// height    pixels
// onChoose  a step (and series) was clicked, or Enter pressed on it
// onBrush   steps from–to were brushed; left out = no brush
// actions   further buttons beside table view and export
//
// Keys on the chart: left and right (up and down) move through the steps, Home and End jump, Enter chooses, Escape leaves.
import { useComputedColorScheme } from '@mantine/core';
import type { ECharts } from 'echarts/core';
import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useEffectEvent,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { ChartSpec } from '../../shared/charts/spec.ts';
import { CHART_THEMES, type ChartTheme } from '../../shared/charts/theme.ts';
import classes from './chart.module.css';
import { ChartReadout, readoutText } from './chart-readout.tsx';
import { ChartTableView } from './chart-table.tsx';
import { ChartTools } from './chart-tools.tsx';
import { echarts } from './echarts.ts';

export type ChartChoice = { readonly step: number; readonly seriesId: string | null };

type Props = {
  readonly title: string;
  readonly describe: string;
  readonly spec: (theme: ChartTheme) => ChartSpec;
  readonly height: number;
  readonly onChoose?: (choice: ChartChoice) => void;
  readonly onBrush?: (from: number, to: number) => void;
  readonly actions?: ReactNode;
};

type Pointed = { readonly step: number; readonly x: number; readonly y: number };

export function Chart({ title, describe, spec: build, height, onChoose, onBrush, actions = null }: Props) {
  const scheme = useComputedColorScheme('light');
  const spec = useMemo(() => build(CHART_THEMES[scheme]), [build, scheme]);
  const [asTable, setAsTable] = useState(false);
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);

  const stepAt = useEffectEvent((x: number, y: number): number | null => {
    const instance = chart.current;
    if (instance === null || !instance.containPixel('grid', [x, y])) return null;
    const at = instance.convertFromPixel('grid', [x, y])[spec.stepAxis === 'x' ? 0 : 1];
    return at === undefined || at < 0 || at >= spec.readouts.length ? null : Math.round(at);
  });
  const chosen = useEffectEvent((choice: ChartChoice) => onChoose?.(choice));
  const brushed = useEffectEvent((from: number, to: number) => onBrush?.(from, to));
  const canBrush = onBrush !== undefined;

  useEffect(() => {
    const element = box.current;
    if (element === null || asTable) return;
    const instance = echarts.init(element, null, { renderer: 'canvas' });
    chart.current = instance;
    const observer = new ResizeObserver(() => instance.resize());
    observer.observe(element);
    const surface = instance.getZr();
    surface.on('mousemove', ({ offsetX, offsetY }) => {
      const step = stepAt(offsetX, offsetY);
      setPointed(step === null ? null : { step, x: offsetX, y: offsetY });
    });
    surface.on('globalout', () => setPointed(null));
    // A mark says which series it is; while a brush is taken only the surface below hears the click.
    let mark: string | null = null;
    instance.on('mousedown', ({ seriesId }) => {
      mark = seriesId ?? null;
    });
    surface.on('click', ({ offsetX, offsetY }) => {
      const step = stepAt(offsetX, offsetY);
      if (step !== null) chosen({ step, seriesId: mark });
      mark = null;
    });
    instance.on('brushEnd', (event) => {
      const range = rangeBrushed(event);
      instance.dispatchAction({ type: 'brush', areas: [] });
      if (range !== null) brushed(range[0], range[1]);
    });
    return () => {
      observer.disconnect();
      instance.dispose();
      chart.current = null;
    };
  }, [asTable]);

  useEffect(() => {
    const instance = chart.current;
    if (instance === null || asTable) return;
    // The brush is taken with the mouse right away: its own buttons would only repeat that.
    const brush = canBrush
      ? {
          toolbox: { show: false },
          brush: { xAxisIndex: 0, brushType: 'lineX' as const, brushMode: 'single' as const },
        }
      : {};
    instance.setOption({ ...spec.option, ...brush }, { notMerge: true });
    if (canBrush) {
      instance.dispatchAction({
        type: 'takeGlobalCursor',
        key: 'brush',
        brushOption: { brushType: 'lineX', brushMode: 'single' },
      });
    }
    setPointed(null);
  }, [spec, asTable, canBrush]);

  const onKeyDown = (event: KeyboardEvent): void => {
    const step = stepAfterKey(event.key, pointed?.step ?? null, spec.readouts.length);
    if (event.key === 'Enter' && pointed !== null) onChoose?.({ step: pointed.step, seriesId: null });
    else if (event.key === 'Escape') setPointed(null);
    else if (step !== null) {
      const value = spec.stepAxis === 'x' ? [step, 0] : [0, step];
      const [x = 0, y = 0] = chart.current?.convertToPixel('grid', value) ?? [];
      chart.current?.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: step });
      setPointed({ step, x, y: spec.stepAxis === 'x' ? 8 : y });
    } else return;
    event.preventDefault();
  };
  const readout = spec.readouts[pointed?.step ?? -1] ?? null;

  return (
    <figure className={classes.figure} aria-label={title}>
      <div className={classes.tools}>
        {actions}
        <ChartTools
          title={title}
          describe={describe}
          spec={spec}
          chart={chart}
          asTable={asTable}
          onTable={setAsTable}
        />
      </div>
      {asTable ? (
        <ChartTableView title={title} table={spec.table} height={height} />
      ) : (
        <div className={classes.stage} style={{ height }}>
          {/* To a screen reader the steps of the axis are the positions of a slider, and the read-out is its value. */}
          <div
            ref={box}
            className={classes.canvas}
            role="slider"
            aria-roledescription="chart"
            aria-label={`${title}. ${describe.replace(/\.$/u, '')}. Use the arrow keys to read it.`}
            aria-valuemin={0}
            aria-valuemax={Math.max(0, spec.readouts.length - 1)}
            aria-valuenow={pointed?.step ?? 0}
            aria-valuetext={readout === null ? 'No step read yet' : readoutText(readout)}
            tabIndex={0}
            onKeyDown={onKeyDown}
            onBlur={() => setPointed(null)}
          />
          {readout !== null && pointed !== null && (
            <ChartReadout key={readout.title} readout={readout} x={pointed.x} y={pointed.y} within={box} />
          )}
        </div>
      )}
      {spec.legend.length > 0 && !asTable && (
        <ul className={classes.legend} aria-label="Colours">
          {spec.legend.map(({ label, colour }) => (
            <li key={label} className={classes.legendEntry}>
              <span className={classes.mark} style={{ background: colour }} />
              {label}
            </li>
          ))}
        </ul>
      )}
    </figure>
  );
}

function stepAfterKey(key: string, step: number | null, steps: number): number | null {
  if (steps === 0) return null;
  switch (key) {
    case 'ArrowRight':
    case 'ArrowDown':
      return Math.min((step ?? -1) + 1, steps - 1);
    case 'ArrowLeft':
    case 'ArrowUp':
      return Math.max((step ?? steps) - 1, 0);
    case 'Home':
      return 0;
    case 'End':
      return steps - 1;
    default:
      return null;
  }
}

/** Steps of the one brushed area; a mere click is no range. */
function rangeBrushed(event: unknown): readonly [number, number] | null {
  const { areas } = event as { areas?: readonly { coordRange?: readonly [number, number] }[] };
  const range = areas?.[0]?.coordRange;
  if (range === undefined) return null;
  const [from, to] = [Math.round(range[0]), Math.round(range[1])];
  return to > from ? [from, to] : null;
}
