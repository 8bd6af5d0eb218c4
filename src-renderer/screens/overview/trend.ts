// From the engine's answers to the stacked trend: every step of the calendar, the leading series, the rest as one.
import type { TimeSeries } from '../../../shared/charts/stacked-time.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Step } from '../../app/time-steps.ts';

export type SpendAnswer = Output<'spend.query'>;

/** Step → value → amount. Time stands in the first column, the value (if any) in the second, the amount last. */
function amountsOf(answer: SpendAnswer): Map<string, Map<string, number | null>> {
  const amounts = new Map<string, Map<string, number | null>>();
  for (const row of answer.rows) {
    const step = String(row[0]);
    const value = row.length > 2 ? String(row[1]) : '';
    const amount = row.at(-1);
    const of = amounts.get(step) ?? new Map<string, number | null>();
    of.set(value, typeof amount === 'number' ? amount : null);
    amounts.set(step, of);
  }
  return amounts;
}

export type TrendParts = {
  readonly steps: readonly Step[];
  readonly leading: readonly { readonly id: string; readonly label: string; readonly colour: string }[];
  readonly byValue: SpendAnswer;
  readonly whole: SpendAnswer;
  readonly otherLabel: string;
};

/** The leading series and, above them, what is left of the total; a step without any line is null, never zero. */
export function trendSeries({ steps, leading, byValue, whole, otherLabel }: TrendParts): TimeSeries[] {
  const named = amountsOf(byValue);
  const totals = amountsOf(whole);
  const series = leading.map(
    ({ id, label, colour }): TimeSeries => ({
      id,
      label,
      colour,
      values: steps.map(({ key }) => named.get(key)?.get(id) ?? null),
    }),
  );
  const rest = steps.map(({ key }, index) => {
    const total = totals.get(key)?.get('') ?? null;
    if (total === null) return null;
    const left = series.reduce((amount, { values }) => amount - (values[index] ?? 0), total);
    // What subtraction leaves of nothing is no series of its own.
    return Math.abs(left) <= 1e-9 * Math.abs(total) ? 0 : left;
  });
  const hasRest = rest.some((value) => value !== null && value !== 0);
  return hasRest ? [...series, { id: 'other', label: otherLabel, colour: null, values: rest }] : series;
}
