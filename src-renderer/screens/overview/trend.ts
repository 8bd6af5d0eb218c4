// From the engine's answers to the stacked trend: every step of the calendar, the leading series, the rest as one.
import type { TimeSeries, TimeStep } from '../../../shared/charts/stacked-time.ts';
import type { Output } from '../../../shared/contract/methods.ts';
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';
import { daysBetween, shiftDay, wholeMonth } from '../../app/period.ts';
import type { Grain } from './questions.ts';

export type SpendAnswer = Output<'spend.query'>;

export type Held = {
  readonly days: Period;
  /** Months whose bill is not final yet, `YYYY-MM`. */
  readonly estimatedMonths: readonly string[];
};

export type Step = { readonly key: string; readonly days: Period };

/** Usage reaches an export up to two days late: the last held days of a month without an invoice may still grow. */
const LATE_DAYS = 2;

/** Every step between two days, also those without any line. Keys are those of the engine: ISO days, weeks, months. */
export function stepsOf(days: Period, grain: Grain): Step[] {
  const steps: Step[] = [];
  let from = days.from;
  while (from <= days.to) {
    const step = stepAround(from, grain);
    steps.push(step);
    from = shiftDay(step.days.to, 1);
  }
  return steps;
}

function stepAround(day: string, grain: Grain): Step {
  switch (grain) {
    case 'day':
      return { key: day, days: { from: day, to: day } };
    case 'week': {
      const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
      const monday = shiftDay(day, -weekday);
      return { key: isoWeek(monday), days: { from: monday, to: shiftDay(monday, 6) } };
    }
    case 'month':
      return { key: day.slice(0, 7), days: wholeMonth(day.slice(0, 7)) };
  }
}

/** `2026-W31`: a week belongs to the year that its Thursday is in. */
function isoWeek(monday: string): string {
  const thursday = shiftDay(monday, 3);
  const week = Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`;
}

/** True while lines of the step may still come: it reaches into the last days held of a bill that is not final. */
export function isIncomplete({ days }: Step, held: Held): boolean {
  if (!held.estimatedMonths.includes(held.days.to.slice(0, 7))) return false;
  return days.to > shiftDay(held.days.to, -LATE_DAYS);
}

/** Why a step shows less than all of its days' usage; null = it shows all. */
export function shortfallOf(step: Step, asked: Period, held: Held, format: Format): string | null {
  if (isIncomplete(step, held)) return 'Not complete: usage of these days may still come.';
  const from = step.days.from < asked.from ? asked.from : step.days.from;
  const to = step.days.to > asked.to ? asked.to : step.days.to;
  if (from === step.days.from && to === step.days.to) return null;
  return `Only ${format.period({ from, to })} is in the period.`;
}

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

export function timeSteps(
  steps: readonly Step[],
  asked: Period,
  held: Held,
  grain: Grain,
  format: Format,
): TimeStep[] {
  return steps.map((step) => ({
    short: grain === 'month' ? format.month(step.key) : format.dayShort(step.days.from),
    long: stepName(step, grain, format),
    incomplete: shortfallOf(step, asked, held, format),
  }));
}

function stepName({ key, days }: Step, grain: Grain, format: Format): string {
  switch (grain) {
    case 'day':
      return format.day(key);
    case 'week':
      return `Week ${format.period(days)}`;
    case 'month':
      return format.month(key);
  }
}
