// The picture of the question: a ranking as bars, or what happened over time.
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { dimensionName, valueName } from '../../../shared/format/names.ts';
import { useColours } from '../../app/use-colours.ts';
import { useEngine } from '../../engine.ts';
import { type BarItem, BarList } from '../../ui/bar-list.tsx';
import { useFormat } from '../../ui/format-context.ts';
import { EmptyState, ErrorState, Skeleton } from '../../ui/states.tsx';
import { ranking, type SpendAnswer } from './answer.ts';
import type { GroupCell } from './drill.ts';
import classes from './explorer.module.css';
import { amountText, type Unit } from './figures.tsx';
import { type ChartQuestion, isAdditive } from './question.ts';
import { TimeChart } from './time-chart.tsx';

export type ChartProps<F extends 'ranking' | 'time'> = {
  readonly question: Extract<ChartQuestion, { form: F }>;
  readonly measure: string;
  /** Heading of the measure, for titles. */
  readonly heading: string;
  readonly height: number;
  /** The days held, to tell which steps are not whole. */
  readonly held: Period | null;
  readonly onFilter: (group: readonly GroupCell[]) => void;
  readonly onPeriod: (period: Period) => void;
};

type Props = Omit<ChartProps<'ranking'>, 'question'> & {
  readonly question: Exclude<ChartQuestion, { form: 'none' }>;
};

export function GroupChart({ question, ...rest }: Props) {
  return question.form === 'ranking' ? (
    <RankingChart key={question.dimension} question={question} {...rest} />
  ) : (
    <TimeChart key={question.dimension ?? ''} question={question} {...rest} />
  );
}

export const unitOf = (answer: SpendAnswer, measure: string): Unit =>
  answer.columns.find(({ name }) => name === measure)?.unit ?? null;

function RankingChart({ question, measure, heading, height, onFilter }: ChartProps<'ranking'>) {
  const { dimension } = question;
  const format = useFormat();
  const colours = useColours(dimension);
  const { data, error, refetch } = useEngine('spend.query', question.query);
  if (error !== null) return <ChartFailed message={error.message} retry={() => void refetch()} />;
  if (data === undefined) {
    return <Skeleton height={24} rows={Math.floor(height / 32)} label="Loading the chart" />;
  }
  if (data.rowCount === 0) return <EmptyState title="No line matches" />;
  const { bars, rest } = ranking(data, measure, isAdditive(measure));
  const text = amountText(unitOf(data, measure), format);
  const colour = colours(bars.map(({ value }) => value));
  const items = bars.map(
    ({ value, amount, before }): BarItem => ({
      id: JSON.stringify(value),
      label: valueName(dimension, value),
      value: amount,
      colour: colour(value),
      muted: value === null,
      hint: `${valueName(dimension, value)}: ${text.full(amount)}${before === null ? '' : `, before ${text.full(before)}`}`,
    }),
  );
  const others: BarItem[] =
    rest === null
      ? []
      : [
          {
            id: 'rest',
            label: rest.groups === 1 ? '1 other' : `${format.count(rest.groups)} others`,
            value: rest.amount,
            colour: colour(null),
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

export function ChartFailed({ message, retry }: { readonly message: string; readonly retry: () => void }) {
  return <ErrorState title="The chart could not be drawn" message={message} onRetry={retry} />;
}
