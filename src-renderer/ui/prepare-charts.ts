// Gets charts ready before anybody waits for one: their code is compiled, and their font made ready, on small ones nobody sees.
import { stackedTime } from '../../shared/charts/stacked-time.ts';
import { CHART_THEMES } from '../../shared/charts/theme.ts';
import { echarts } from './echarts.ts';
import { inTurn } from './in-turn.ts';

/** Steps of the charts that are drawn, one after the other: the longer ones find most of the code compiled. */
const STEPS = [2, 30, 60, 90] as const;
const SERIES = ['a', 'b', 'c'] as const;

let prepared = false;

/** Draws them once a page, each in a task of its own. */
export function prepareCharts(): void {
  if (prepared) return;
  prepared = true;
  for (const steps of STEPS) inTurn(() => drawUnseen(steps));
}

function drawUnseen(count: number): void {
  const steps = Array.from({ length: count }, (_, index) => ({
    short: String(index),
    long: '',
    incomplete: null,
  }));
  const { option } = stackedTime(
    {
      steps,
      series: SERIES.map((id) => ({ id, label: id, colour: null, values: steps.map((_, index) => index) })),
      measure: '',
      stepName: '',
    },
    CHART_THEMES.light,
    { short: String, full: String },
  );
  const instance = echarts.init(document.createElement('div'), null, { width: 600, height: 200 });
  instance.setOption(option);
  instance.dispose();
}
