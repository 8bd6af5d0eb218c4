// A chart of a report on paper: the app's own drawings on white, as lines and letters that stay sharp at any size.
import { useEffectEvent, useLayoutEffect, useRef } from 'react';
import { savings } from '../../../shared/charts/savings.ts';
import type { AmountText, ChartSpec } from '../../../shared/charts/spec.ts';
import { CHART_THEMES } from '../../../shared/charts/theme.ts';
import { tornado } from '../../../shared/charts/tornado.ts';
import { waterfall } from '../../../shared/charts/waterfall.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { echarts } from '../../ui/echarts.ts';

type Block = Extract<Output<'scenario.report'>['blocks'][number], { kind: 'chart' }>;
type Drawn = Block['chart'];

/** Pixels between the margins of the page. */
const WIDTH = 700;
/** As the text of the report, whatever numbers look like on the screen. */
const format = createFormat();
const theme = CHART_THEMES.light;

export function ReportChart({ describe, currency, chart }: Block) {
  const place = useRef<HTMLDivElement>(null);
  const spec = specOf(chart, currency);
  const draw = useEffectEvent((box: HTMLDivElement) => {
    const size = { width: WIDTH, height: heightOf(chart) };
    const drawing = echarts.init(box, null, { renderer: 'svg', ...size });
    drawing.setOption(spec.option);
    // Printed at once, not with the next frame.
    drawing.getZr().flush();
    return () => drawing.dispose();
  });
  useLayoutEffect(() => (place.current === null ? undefined : draw(place.current)), []);
  return (
    <figure>
      <figcaption>
        {describe}
        {spec.legend.map(({ label, colour }) => (
          <span key={label}>
            <svg viewBox="0 0 1 1" aria-hidden="true">
              <rect width={1} height={1} fill={colour} />
            </svg>
            {label}
          </span>
        ))}
      </figcaption>
      <div ref={place} />
    </figure>
  );
}

/** What the report's figures look like in the app. */
export function specOf(chart: Drawn, currency: string): ChartSpec {
  const text: AmountText = {
    short: (value) => format.moneyShort(value, currency),
    full: (value) => format.money(value, currency),
  };
  switch (chart.draws) {
    case 'waterfall':
      return waterfall(chart.steps, `Cost, ${currency}`, theme, text);
    case 'savings':
      return savings(chart.months, chart.payback, currency, theme, text);
    case 'tornado':
      return tornado(chart.bars, chart.base, `Saving, ${currency}`, theme, text);
  }
}

function heightOf(chart: Drawn): number {
  switch (chart.draws) {
    case 'waterfall':
      return 180;
    case 'savings':
      return 180;
    case 'tornado':
      return 40 + 22 * chart.bars.length;
  }
}
