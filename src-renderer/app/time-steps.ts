// Steps of time as the engine names them (`2026-08`, `2026-W31`, `2026-Q3`): their days, their words, and what they lack.
import type { TimeStep } from '../../shared/charts/stacked-time.ts';
import type { Period } from '../../shared/domain/spend/vocabulary.ts';
import type { Format } from '../../shared/format/format.ts';
import { daysBetween, shiftDay } from './period.ts';

const DAY = 86_400_000;

/** Months a calendar step spans; days and weeks are counted in days. */
const MONTHS: Readonly<Record<string, number>> = { day: 0, week: 0, month: 1, quarter: 3, year: 12 };

/** Whether every step of a grain is some whole days of the calendar (an hour is not). */
export const isCalendar = (grain: string): boolean => MONTHS[grain] !== undefined;

/** The first day of a step: `2026-W31` is the week of Monday 27 July; null where the value is none of the grain. */
export function firstDay(grain: string, value: string): string | null {
  const week = grain === 'week' ? /^(\d{4})-W(\d{2})$/u.exec(value) : null;
  if (week !== null) {
    // The fourth of January is always in week 1.
    const fourth = new Date(Date.UTC(Number(week[1]), 0, 4));
    const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY;
    return new Date(monday + (Number(week[2]) - 1) * 7 * DAY).toISOString().slice(0, 10);
  }
  const quarter = grain === 'quarter' ? /^(\d{4})-Q([1-4])$/u.exec(value) : null;
  if (quarter !== null) return `${quarter[1]}-${String(Number(quarter[2]) * 3 - 2).padStart(2, '0')}-01`;
  if (grain === 'year' && /^\d{4}$/u.test(value)) return `${value}-01-01`;
  if (grain === 'month' && /^\d{4}-\d{2}$/u.test(value)) return `${value}-01`;
  return /^\d{4}-\d{2}-\d{2}/u.test(value) ? value : null;
}

/** The days a step stands for; null when the grain is not a calendar one or the value is none of it. */
export function daysOf(grain: string, value: string): Period | null {
  const from = isCalendar(grain) ? firstDay(grain, value) : null;
  return from === null ? null : { from, to: lastDay(grain, from) };
}

function lastDay(grain: string, from: string): string {
  if (grain === 'day') return from;
  if (grain === 'week') return shiftDay(from, 6);
  const at = new Date(`${from}T00:00:00Z`);
  at.setUTCMonth(at.getUTCMonth() + (MONTHS[grain] ?? 0), 0);
  return at.toISOString().slice(0, 10);
}

export type Step = { readonly key: string; readonly days: Period };

/** Every step between two days, also those without any line. Keys are those of the engine. */
export function stepsOf(days: Period, grain: string): Step[] {
  const steps: Step[] = [];
  let from = days.from;
  while (from <= days.to) {
    const key = keyOf(grain, from);
    const own = daysOf(grain, key);
    if (own === null) return [];
    steps.push({ key, days: own });
    from = shiftDay(own.to, 1);
  }
  return steps;
}

/** The step that a day lies in. */
function keyOf(grain: string, day: string): string {
  switch (grain) {
    case 'week': {
      const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;
      return isoWeek(shiftDay(day, -weekday));
    }
    case 'month':
      return day.slice(0, 7);
    case 'quarter':
      return `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;
    case 'year':
      return day.slice(0, 4);
    default:
      return day;
  }
}

/** `2026-W31`: a week belongs to the year that its Thursday is in. */
function isoWeek(monday: string): string {
  const thursday = shiftDay(monday, 3);
  const week = Math.floor(daysBetween(`${thursday.slice(0, 4)}-01-01`, thursday) / 7) + 1;
  return `${thursday.slice(0, 4)}-W${String(week).padStart(2, '0')}`;
}

export type Held = {
  readonly days: Period;
  /** Months whose bill is not final yet, `YYYY-MM`. */
  readonly estimatedMonths: readonly string[];
};

/** Usage reaches an export up to two days late: the last held days of a month without an invoice may still grow. */
const LATE_DAYS = 2;

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

/** Steps for a chart, each with what it lacks. */
export function timeSteps(
  steps: readonly Step[],
  asked: Period,
  held: Held,
  grain: string,
  format: Format,
): TimeStep[] {
  return steps.map((step) => ({
    ...stepText(grain, step.key, format),
    incomplete: shortfallOf(step, asked, held, format),
  }));
}

/** A step in words, short for an axis and long for a read-out. */
export function stepText(grain: string, value: string, format: Format): { short: string; long: string } {
  const days = daysOf(grain, value);
  if (days === null) return { short: value, long: value };
  switch (grain) {
    case 'day':
      return { short: format.dayShort(value), long: format.day(value) };
    case 'week':
      return { short: format.dayShort(days.from), long: `Week ${format.period(days)}` };
    case 'month':
      return { short: format.month(value), long: format.month(value) };
    default:
      return { short: value, long: value };
  }
}
