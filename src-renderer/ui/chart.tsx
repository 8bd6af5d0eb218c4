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
import { type KeyboardEvent, memo, type ReactNode, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { ChartSpec } from '../../shared/charts/spec.ts';
import { CHART_THEMES, type ChartTheme } from '../../shared/charts/theme.ts';
import classes from './chart.module.css';
import { ChartReadout, readoutText } from './chart-readout.tsx';
import { ChartTableView } from './chart-table.tsx';
import { ChartTools } from './chart-tools.tsx';
import { type ChartChoice, catchUp, useChart } from './use-chart.ts';

export type { ChartChoice };

type Props = {
  readonly title: string;
  readonly describe: string;
  readonly spec: (theme: ChartTheme) => ChartSpec;
  readonly height: number;
  readonly onChoose?: (choice: ChartChoice) => void;
  readonly onBrush?: (from: number, to: number) => void;
  readonly actions?: ReactNode;
};

export function Chart({ title, describe, spec: build, height, onChoose, onBrush, actions = null }: Props) {
  const scheme = useComputedColorScheme('light');
  const spec = useMemo(() => build(CHART_THEMES[scheme]), [build, scheme]);
  const latest = useRef(spec);
  useLayoutEffect(() => {
    latest.current = spec;
  }, [spec]);
  const [asTable, setAsTable] = useState(false);
  const { box, chart, pointed, setPointed } = useChart(spec, asTable, onChoose, onBrush);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (chart.current !== null) catchUp(chart.current);
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
          spec={latest}
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
      {spec.legend.length > 0 && !asTable && <Legend legend={spec.legend} />}
    </figure>
  );
}

const Legend = memo(function Legend({ legend }: { readonly legend: ChartSpec['legend'] }) {
  return (
    <ul className={classes.legend} aria-label="Colours">
      {legend.map(({ label, colour }) => (
        <li key={label} className={classes.legendEntry}>
          <span className={classes.mark} style={{ background: colour }} />
          {label}
        </li>
      ))}
    </ul>
  );
});

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
