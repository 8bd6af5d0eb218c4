// The picture of the question: a ranking as bars, or a composition over time with the biggest seven and the rest.

import { useComputedColorScheme } from '@mantine/core';
import { type CSSProperties, useMemo } from 'react';
import { colourOf, colourSlots } from '../../../shared/charts/colour.ts';
import { lines } from '../../../shared/charts/lines.ts';
import type { ChartSpec } from '../../../shared/charts/spec.ts';
import { stackedTime } from '../../../shared/charts/stacked-time.ts';
import { CHART_THEMES, type ChartTheme } from '../../../shared/charts/theme.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import { dimensionName, valueName } from '../../../shared/format/names.ts';
import { useEngine } from '../../engine.ts';
import { BarList } from '../../ui/bar-list.tsx';
import { Chart, type ChartChoice } from '../../ui/chart.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { ErrorState, Skeleton } from '../../ui/states.tsx';
import { leadingValues, ranking, type SpendAnswer, type TimeSeries, timeSeries } from './answer.ts';
import type { GroupCell } from './drill.ts';
import classes from './explorer.module.css';
import { amountText, type Unit, unitTitle } from './figures.tsx';
import { type ChartQuestion, isAdditive, SERIES_LIMIT, seriesQuery } from './question.ts';
import { daysOf, stepText } from './time-steps.ts';

type Props = {
  readonly question: Exclude<ChartQuestion, { form: 'none' }>;
  readonly measure: string;
  /** Heading of the measure, for titles. */
  readonly heading: string;
  readonly height: number;
  readonly enabled: boolean;
  readonly onFilter: (group: readonly GroupCell[]) => void;
  readonly onPeriod: (period: Period) => void;
};

export function GroupChart({ question, ...rest }: Props) {
  return question.form === 'ranking' ? (
    <RankingChart question={question} {...rest} />
  ) : (
    <TimeChart question={question} {...rest} />
  );
}

type Part<F extends string> = Omit<Props, 'question'> & {
  readonly question: Extract<ChartQuestion, { form: F }>;
};

const unitOf = (answer: SpendAnswer, measure: string): Unit =>
  answer.columns.find(({ name }) => name === measure)?.unit ?? null;

function RankingChart({ question, measure, heading, height, enabled, onFilter }: Part<'ranking'>) {
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const { data, error, refetch } = useEngine('spend.query', question.query, { enabled });
  if (error !== null) return <Failed message={error.message} retry={() => void refetch()} />;
  if (data === undefined)
    return <Skeleton height={24} rows={Math.floor(height / 32)} label="Loading the chart" />;
  const { dimension } = question;
  const { bars, rest } = ranking(data, measure, isAdditive(measure));
  const theme = CHART_THEMES[scheme];
  const slots = colourSlots(
    dimension,
    bars.flatMap(({ value }) => value ?? []),
  );
  const text = amountText(unitOf(data, measure), format);
  const items = bars.map(({ value, amount, before }) => ({
    id: JSON.stringify(value),
    label: valueName(dimension, value),
    value: amount,
    colour: colourOf(value, slots, theme),
    muted: value === null,
    hint: `${valueName(dimension, value)}: ${text.full(amount)}${before === null ? '' : `, before ${text.full(before)}`}`,
  }));
  const others =
    rest === null
      ? []
      : [
          {
            id: 'rest',
            label: `${format.count(rest.groups)} others`,
            value: rest.amount,
            colour: theme.other,
            muted: true,
            choosable: false,
          },
        ];
  return (
    <div className={classes.ranking} style={{ maxHeight: height }}>
      <BarList
        label={`${heading} by ${dimensionName(dimension).toLowerCase()}`}
        items={[...items, ...others]}
        format={text.full}
        whole={isAdditive(measure) ? (data.totals[measure] ?? null) : null}
        onChoose={(id) => {
          const value: unknown = JSON.parse(id);
          onFilter([{ dimension, value: typeof value === 'string' ? value : null }]);
        }}
      />
    </div>
  );
}

function TimeChart({ question, measure, heading, height, enabled, onFilter, onPeriod }: Part<'time'>) {
  const format = useFormat();
  const scheme = useComputedColorScheme('light');
  const totals = useEngine('spend.query', question.totals, { enabled });
  const leaders = useEngine('spend.query', question.leaders ?? question.totals, {
    enabled: enabled && question.leaders !== null,
  });
  const leading =
    question.leaders === null || leaders.data === undefined
      ? null
      : leadingValues(leaders.data, SERIES_LIMIT);
  const { dimension } = question;
  const named = useEngine(
    'spend.query',
    dimension === null || leading === null
      ? question.totals
      : seriesQuery(question, dimension, leading.values),
    { enabled: enabled && leading !== null && leading.values.length > 0 },
  );
  const data = useMemo(() => {
    if (totals.data === undefined) return null;
    if (dimension === null) return timeSeries(totals.data, null, measure, isAdditive(measure));
    if (leading === null || named.data === undefined || named.isPlaceholderData) return null;
    return timeSeries(totals.data, { answer: named.data, ...leading }, measure, isAdditive(measure));
  }, [totals.data, named.data, named.isPlaceholderData, leading, dimension, measure]);
  const error = totals.error ?? leaders.error ?? named.error;
  const unit = totals.data === undefined ? null : unitOf(totals.data, measure);
  const spec = useMemo(
    () =>
      data === null
        ? null
        : (theme: ChartTheme) => timeSpec({ data, question, measure, heading, unit, theme, format }),
    [data, question, measure, heading, unit, format],
  );
  if (error !== null) return <Failed message={error.message} retry={() => void totals.refetch()} />;
  if (spec === null || data === null) return <Skeleton height={height} label="Loading the chart" />;
  const choose = ({ step, seriesId }: ChartChoice): void => {
    const value = data.series.find((one) => idOf(one.value) === seriesId);
    if (dimension !== null && value !== undefined) onFilter([{ dimension, value: value.value }]);
    else brush(step, step);
  };
  const brush = (from: number, to: number): void => {
    const first = daysOf(question.grain, data.steps[from] ?? '');
    const last = daysOf(question.grain, data.steps[to] ?? '');
    if (first !== null && last !== null) onPeriod({ from: first.from, to: last.to });
  };
  return (
    <>
      {dimension !== null && (
        <Legend
          entries={legendOf(data, dimension, CHART_THEMES[scheme])}
          onChoose={(value) => onFilter([{ dimension, value }])}
        />
      )}
      <Chart
        title={`${heading} by ${question.grain}`}
        describe={
          dimension === null
            ? 'One bar a step.'
            : `The biggest ${dimensionName(dimension).toLowerCase()} values and the rest.`
        }
        spec={spec}
        height={height}
        onChoose={choose}
        onBrush={brush}
      />
    </>
  );
}

type LegendEntry = {
  readonly id: string;
  readonly label: string;
  readonly colour: string;
  /** The value to filter by; undefined where there is none, such as "Other". */
  readonly value?: string | null;
};

function legendOf(data: TimeSeries, dimension: string, theme: ChartTheme): LegendEntry[] {
  const slots = colourSlots(
    dimension,
    data.series.flatMap(({ value }) => value ?? []),
  );
  const named = data.series.map(({ value }) => ({
    id: idOf(value),
    label: valueName(dimension, value),
    colour: colourOf(value, slots, theme),
    value,
  }));
  return data.other === null ? named : [...named, { id: OTHER, label: 'Other', colour: theme.other }];
}

type LegendProps = {
  readonly entries: readonly LegendEntry[];
  readonly onChoose: (value: string | null) => void;
};

function Legend({ entries, onChoose }: LegendProps) {
  return (
    <ul className={classes.legend} aria-label="Series">
      {entries.map(({ id, label, colour, value }) => (
        <li key={id}>
          <span className={classes.swatch} style={{ '--swatch': colour } as CSSProperties} aria-hidden />
          {value === undefined ? (
            label
          ) : (
            <button type="button" title={`Filter to ${label}`} onClick={() => onChoose(value)}>
              {label}
            </button>
          )}
        </li>
      ))}
    </ul>
  );
}

const idOf = (value: string | null): string => JSON.stringify(value);
const OTHER = 'other';

type SpecParts = {
  readonly data: TimeSeries;
  readonly question: Part<'time'>['question'];
  readonly measure: string;
  readonly heading: string;
  readonly unit: Unit;
  readonly theme: ChartTheme;
  readonly format: Format;
};

function timeSpec({ data, question, measure, heading, unit, theme, format }: SpecParts): ChartSpec {
  const { dimension, grain } = question;
  const slots = colourSlots(
    dimension ?? '',
    data.series.flatMap(({ value }) => value ?? []),
  );
  const series = data.series.map(({ value, amounts }) => ({
    id: idOf(value),
    label: dimension === null ? heading : valueName(dimension, value),
    colour: dimension === null ? (theme.categorical[0] ?? theme.ink) : colourOf(value, slots, theme),
    values: amounts,
  }));
  const rest =
    data.other === null ? [] : [{ id: OTHER, label: 'Other', colour: theme.other, values: data.other }];
  const steps = data.steps.map((step) => ({ ...stepText(grain, step, format), incomplete: null }));
  const text = amountText(unit, format);
  const title = unitTitle(unit);
  const names = {
    measure: title === null ? heading : `${heading}, ${title}`,
    stepName: dimensionName(grain),
  };
  if (!isAdditive(measure)) return lines(steps, series, names, theme, text);
  return stackedTime({ steps, series: [...series, ...rest], ...names }, theme, text);
}

function Failed({ message, retry }: { readonly message: string; readonly retry: () => void }) {
  return <ErrorState title="The chart could not be drawn" message={message} onRetry={retry} />;
}
