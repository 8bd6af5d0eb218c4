// Cost over time, stacked by the leading values of a dimension; brushing narrows the period, a click the step.
import { useCallback, useMemo } from 'react';
import type { AmountText } from '../../../shared/charts/spec.ts';
import { stackedTime } from '../../../shared/charts/stacked-time.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { BASIS_NAMES, dimensionName, valueName } from '../../../shared/format/names.ts';
import { type Analysis, useScreenKeys } from '../../app/navigation.ts';
import { stepsOf, timeSteps } from '../../app/time-steps.ts';
import { useColours } from '../../app/use-colours.ts';
import { useEngine } from '../../engine.ts';
import { Chart } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { Panel } from '../../ui/panel.tsx';
import { SegmentedControl } from '../../ui/segmented-control.tsx';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import {
  grainOf,
  LEADING,
  rankingQuery,
  type Selection,
  TREND_DIMENSIONS,
  type TrendDimension,
  trendQuery,
} from './questions.ts';
import { trendSeries } from './trend.ts';

type Props = {
  readonly analysis: Analysis;
  readonly selection: Selection;
  readonly currency: string;
  /** Pixels of the drawing. */
  readonly height: number;
};

export function TrendPanel({ analysis, selection, currency, height }: Props) {
  const [keys, changeKeys] = useScreenKeys();
  const by = TREND_DIMENSIONS.find((dimension) => dimension === keys.by) ?? 'model';
  const days = selection.days ?? analysis.held;
  const title = `${BASIS_NAMES[selection.basis]} cost over time`;
  return (
    <Panel title={`${title}, ${currency}`}>
      {days !== null && (
        <TrendChart
          key={by}
          title={title}
          by={by}
          days={days}
          analysis={analysis}
          selection={selection}
          currency={currency}
          height={height}
          onBy={(dimension) => changeKeys({ by: dimension === 'model' ? null : dimension }, true)}
        />
      )}
    </Panel>
  );
}

type ChartProps = Props & {
  readonly title: string;
  readonly by: TrendDimension;
  readonly days: Period;
  readonly onBy: (dimension: TrendDimension) => void;
};

function TrendChart({ title, by, days, analysis, selection, currency, height, onBy }: ChartProps) {
  const format = useFormat();
  const trend = useTrend(by, days, analysis, selection);
  const text = useMemo(
    (): AmountText => ({
      short: (value) => format.moneyShort(value, currency),
      full: (value) => format.money(value, currency),
    }),
    [format, currency],
  );
  const measure = `${BASIS_NAMES[selection.basis]}, ${currency}`;
  const { steps, stepTexts, series } = trend;
  const spec = useCallback(
    (theme: ChartTheme) =>
      stackedTime(
        {
          steps: stepTexts,
          series,
          measure,
          stepName: 'Time',
        },
        theme,
        text,
      ),
    [stepTexts, series, measure, text],
  );
  if (trend.error !== null) {
    return <ErrorState title="The trend could not be read" message={trend.error} onRetry={trend.retry} />;
  }
  if (trend.loading) return <Skeleton height={height + 24} label="Reading the trend" />;
  if (series.length === 0) return <EmptyState title="No cost in this period" />;
  const zoom = (from: number, to: number): void => {
    const [first, last] = [steps[from], steps[to]];
    if (first !== undefined && last !== undefined) {
      analysis.change({ period: { from: first.days.from, to: last.days.to } });
    }
  };
  return (
    <Chart
      title={title}
      describe={[
        `${format.period(days)}, ${measure}`,
        `stacked by ${dimensionName(by).toLowerCase()}`,
        ...selection.where.map(filterText),
      ].join('; ')}
      spec={spec}
      height={height}
      onBrush={zoom}
      onChoose={({ step }) => zoom(step, step)}
      actions={
        <SegmentedControl
          aria-label="Stack by"
          data={TREND_DIMENSIONS.map((value) => ({ value, label: dimensionName(value) }))}
          value={by}
          onChange={onBy}
        />
      }
    />
  );
}

/** Three questions make a trend: which values lead, their cost by step, and the cost of all by step. */
function useTrend(by: TrendDimension, days: Period, analysis: Analysis, selection: Selection) {
  const format = useFormat();
  const colours = useColours(by);
  const { data: info } = useEngine('workspace.info', {});
  const grain = grainOf(days);
  const ranked = useEngine('spend.query', rankingQuery(selection, by, selection.basis, LEADING + 1));
  const leading = useMemo(
    () =>
      (ranked.data?.rows ?? [])
        .flatMap(([value]) => (typeof value === 'string' ? [value] : []))
        .slice(0, LEADING),
    [ranked.data],
  );
  const whole = useEngine('spend.query', trendQuery(selection, grain, null));
  const byValue = useEngine('spend.query', trendQuery(selection, grain, { dimension: by, values: leading }), {
    enabled: leading.length > 0,
  });
  const steps = useMemo(() => stepsOf(days, grain), [days, grain]);
  const stepTexts = useMemo(() => {
    const held = analysis.held ?? days;
    const estimatedMonths = (info?.months ?? []).flatMap(({ month, estimated }) =>
      estimated ? [month] : [],
    );
    return timeSteps(steps, days, { days: held, estimatedMonths }, grain, format);
  }, [steps, analysis.held, days, info, grain, format]);
  const series = useMemo(() => {
    if (whole.data === undefined || (leading.length > 0 && byValue.data === undefined)) return [];
    const colour = colours(leading);
    return trendSeries({
      steps,
      leading: leading.map((value) => ({ id: value, label: valueName(by, value), colour: colour(value) })),
      byValue: byValue.data ?? { ...whole.data, rows: [] },
      whole: whole.data,
      otherLabel: 'Everything else',
    });
  }, [steps, leading, by, colours, byValue.data, whole.data]);
  const failed = [ranked, whole, byValue].find(({ isError }) => isError);
  return {
    steps,
    stepTexts,
    series,
    loading:
      ranked.data === undefined ||
      whole.data === undefined ||
      (leading.length > 0 && byValue.data === undefined),
    error: failed?.error?.message ?? null,
    retry: () => void failed?.refetch(),
  };
}
