// The question over time: the biggest seven values and the rest stacked, or rates as lines. Brushing narrows the period.
import { useMemo } from 'react';
import type { ColourOf } from '../../../shared/charts/colour.ts';
import { lines } from '../../../shared/charts/lines.ts';
import type { ChartSpec } from '../../../shared/charts/spec.ts';
import { stackedTime, type TimeStep } from '../../../shared/charts/stacked-time.ts';
import type { ChartTheme } from '../../../shared/charts/theme.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import { dimensionName, valueName } from '../../../shared/format/names.ts';
import { daysOf, stepsOf, stepText, timeSteps } from '../../app/time-steps.ts';
import { useColours } from '../../app/use-colours.ts';
import { useEngine } from '../../engine.ts';
import { Chart, type ChartChoice } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { EmptyState, Skeleton } from '../../ui/states.tsx';
import { leadingValues, type TimeSeries, timeSeries } from './answer.ts';
import { amountText, type Unit, unitTitle } from './figures.tsx';
import { ChartFailed, type ChartProps, unitOf } from './group-chart.tsx';
import { isAdditive, SERIES_LIMIT, seriesQuery } from './question.ts';

type Props = ChartProps<'time'>;

export function TimeChart({ question, measure, heading, height, held, onFilter, onPeriod }: Props) {
  const { dimension, grain } = question;
  const format = useFormat();
  const colours = useColours(dimension ?? 'provider');
  const { data, unit, error, retry } = useSeries(question, measure, held);
  const stepTexts = useStepTexts(data?.steps ?? NO_STEPS, grain, question.totals.period ?? held, held);
  const spec = useMemo(() => {
    if (data === null) return null;
    const parts = { data, stepTexts, dimension, grain, measure, heading, unit, format, colours };
    return (theme: ChartTheme) => timeSpec(parts, theme);
  }, [data, stepTexts, dimension, grain, measure, heading, unit, format, colours]);
  if (error !== null) return <ChartFailed message={error} retry={retry} />;
  if (spec === null || data === null) return <Skeleton height={height} label="Loading the chart" />;
  if (data.steps.length === 0) return <EmptyState title="No line matches" />;
  const toPeriod = (from: number, to: number): void => {
    const first = daysOf(grain, data.steps[from] ?? '');
    const last = daysOf(grain, data.steps[to] ?? '');
    if (first !== null && last !== null) onPeriod({ from: first.from, to: last.to });
  };
  const choose = ({ step, seriesId }: ChartChoice): void => {
    const chosen = data.series.find(({ value }) => idOf(value) === seriesId);
    if (dimension !== null && chosen !== undefined) onFilter([{ dimension, value: chosen.value }]);
    else toPeriod(step, step);
  };
  return (
    <Chart
      title={`${heading} by ${grain}`}
      describe={
        dimension === null
          ? format.period(question.totals.period ?? held)
          : `${format.period(question.totals.period ?? held)}, by ${dimensionName(dimension).toLowerCase()}`
      }
      spec={spec}
      height={height}
      onChoose={choose}
      onBrush={toPeriod}
    />
  );
}

const NO_STEPS: readonly string[] = [];
const idOf = (value: string | null): string => JSON.stringify(value);

/** Three questions: which values lead, their amounts by step, and the total by step. */
function useSeries(question: Props['question'], measure: string, held: Period | null) {
  const { dimension, grain } = question;
  const totals = useEngine('spend.query', question.totals);
  const leaders = useEngine('spend.query', question.leaders ?? question.totals, {
    enabled: question.leaders !== null,
  });
  const leading = useMemo(
    () =>
      question.leaders === null || leaders.data === undefined
        ? null
        : leadingValues(leaders.data, SERIES_LIMIT),
    [question.leaders, leaders.data],
  );
  const named = useEngine(
    'spend.query',
    dimension === null || leading === null
      ? question.totals
      : seriesQuery(question, dimension, leading.values),
    { enabled: leading !== null && leading.values.length > 0, keepPrevious: false },
  );
  const days = question.totals.period ?? held;
  const data = useMemo(() => {
    if (totals.data === undefined) return null;
    const calendar =
      days === null || totals.data.rows.length === 0 ? [] : stepsOf(days, grain).map(({ key }) => key);
    if (dimension === null) return timeSeries(totals.data, null, calendar, measure);
    if (leading === null || (leading.values.length > 0 && named.data === undefined)) return null;
    return timeSeries(
      totals.data,
      { answer: named.data ?? { ...totals.data, rows: [] }, ...leading },
      calendar,
      measure,
    );
  }, [totals.data, named.data, leading, dimension, measure, days, grain]);
  const failed = totals.error ?? leaders.error ?? named.error;
  return {
    data,
    unit: totals.data === undefined ? null : unitOf(totals.data, measure),
    error: failed?.message ?? null,
    retry: () => {
      for (const asked of [totals, leaders, named]) if (asked.isError) void asked.refetch();
    },
  };
}

function useStepTexts(
  keys: readonly string[],
  grain: string,
  asked: Period | null,
  held: Period | null,
): TimeStep[] {
  const format = useFormat();
  const { data: info } = useEngine('workspace.info', {});
  return useMemo(() => {
    const steps = keys.map((key) => ({ key, days: daysOf(grain, key) }));
    if (asked === null || held === null || steps.some(({ days }) => days === null)) {
      return keys.map((key) => ({ ...stepText(grain, key, format), incomplete: null }));
    }
    const whole = steps.flatMap(({ key, days }) => (days === null ? [] : [{ key, days }]));
    const estimatedMonths = (info?.months ?? []).flatMap(({ month, estimated }) =>
      estimated ? [month] : [],
    );
    return timeSteps(whole, asked, { days: held, estimatedMonths }, grain, format);
  }, [keys, grain, asked, held, info, format]);
}

type SpecParts = {
  readonly data: TimeSeries;
  readonly stepTexts: readonly TimeStep[];
  readonly dimension: string | null;
  readonly grain: string;
  readonly measure: string;
  readonly heading: string;
  readonly unit: Unit;
  readonly format: Format;
  readonly colours: (shown: readonly (string | null)[]) => ColourOf;
};

function timeSpec(parts: SpecParts, theme: ChartTheme): ChartSpec {
  const { data, stepTexts, dimension, grain, measure, heading, unit, format, colours } = parts;
  const colour = colours(data.series.map(({ value }) => value));
  const series = data.series.map(({ value, amounts }) => ({
    id: idOf(value),
    label: dimension === null ? heading : valueName(dimension, value),
    colour: dimension === null ? (theme.categorical[0] ?? theme.ink) : colour(value),
    values: amounts,
  }));
  const rest =
    data.other === null ? [] : [{ id: 'other', label: 'Other', colour: theme.other, values: data.other }];
  const text = amountText(unit, format);
  const title = unitTitle(unit);
  const names = {
    measure: title === null ? heading : `${heading}, ${title}`,
    stepName: dimensionName(grain),
  };
  if (!isAdditive(measure)) return lines(stepTexts, series, names, theme, text);
  return stackedTime({ steps: stepTexts, series: [...series, ...rest], ...names }, theme, text);
}
