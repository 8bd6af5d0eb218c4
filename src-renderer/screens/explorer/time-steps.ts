// Steps of time as the engine names them (`2026-08`, `2026-W31`, `2026-Q3`): their days and how they are printed.
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import type { Format } from '../../../shared/format/format.ts';

export const DAY = 86_400_000;

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

/** The days a step stands for; null when the dimension is not a calendar one or the value is none of it. */
export function daysOf(grain: string, value: string): Period | null {
  const from = LENGTHS[grain] === undefined ? null : firstDay(grain, value);
  if (from === null) return null;
  return { from, to: lastDay(grain, from) };
}

/** Months a calendar step spans; days and weeks are counted in days. */
const LENGTHS: Readonly<Record<string, number>> = { day: 0, week: 0, month: 1, quarter: 3, year: 12 };

function lastDay(grain: string, from: string): string {
  const at = new Date(`${from}T00:00:00Z`);
  if (grain === 'week') at.setUTCDate(at.getUTCDate() + 6);
  else if (grain !== 'day') at.setUTCMonth(at.getUTCMonth() + (LENGTHS[grain] ?? 0), 0);
  return at.toISOString().slice(0, 10);
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
