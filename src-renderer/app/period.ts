// Which days a period choice and a comparison stand for. "Latest" is the latest day held, never the clock's today.
import type { Period } from '../../shared/domain/spend/vocabulary.ts';

const PERIOD_PRESETS = [
  { id: 'latest-month', title: 'Latest month' },
  { id: 'previous-month', title: 'Month before' },
  { id: 'latest-3-months', title: 'Latest 3 months' },
  { id: 'latest-12-months', title: 'Latest 12 months' },
  { id: 'latest-30-days', title: 'Latest 30 days' },
  { id: 'latest-90-days', title: 'Latest 90 days' },
  { id: 'all', title: 'All held days' },
] as const;

export type PeriodPreset = (typeof PERIOD_PRESETS)[number]['id'];
export type PeriodChoice = PeriodPreset | Period;
export type CompareChoice = 'none' | 'previous' | 'year' | Period;

export const PERIOD_CHOICES: readonly { readonly id: PeriodPreset; readonly title: string }[] =
  PERIOD_PRESETS;
export const COMPARE_CHOICES = [
  { id: 'previous', title: 'Period before' },
  { id: 'year', title: 'Same period a year before' },
  { id: 'none', title: 'No comparison' },
] as const;

export function isPeriodChoice(text: string): text is PeriodPreset {
  return PERIOD_PRESETS.some(({ id }) => id === text);
}

export function isCompareChoice(text: string): text is 'none' | 'previous' | 'year' {
  return COMPARE_CHOICES.some(({ id }) => id === text);
}

/** The days a choice means, given the days held; null = everything held, or nothing is held. */
export function resolvePeriod(choice: PeriodChoice, held: Period | null): Period | null {
  if (typeof choice !== 'string') return choice;
  if (held === null) return null;
  const month = held.to.slice(0, 7);
  switch (choice) {
    case 'all':
      return null;
    case 'latest-month':
      return { from: `${month}-01`, to: held.to };
    case 'previous-month':
      return wholeMonth(shiftMonth(month, -1));
    case 'latest-3-months':
      return { from: `${shiftMonth(month, -2)}-01`, to: held.to };
    case 'latest-12-months':
      return { from: `${shiftMonth(month, -11)}-01`, to: held.to };
    case 'latest-30-days':
      return { from: shiftDay(held.to, -29), to: held.to };
    case 'latest-90-days':
      return { from: shiftDay(held.to, -89), to: held.to };
  }
}

/**
 * The days to compare with; null = none. A period that starts a month is compared with as many months before it, up to the
 * same day of the month (whole months with whole months); any other with the same number of days just before.
 */
export function resolveComparison(choice: CompareChoice, period: Period | null): Period | null {
  if (typeof choice !== 'string') return choice;
  if (choice === 'none' || period === null) return null;
  const months = choice === 'year' ? 12 : monthsOf(period);
  if (months === null) {
    const length = daysBetween(period.from, period.to) + 1;
    return { from: shiftDay(period.from, -length), to: shiftDay(period.from, -1) };
  }
  return { from: shiftedDay(period.from, -months), to: shiftedDay(period.to, -months) };
}

/** Number of calendar months a period spans when it starts on the first of one; null otherwise. */
function monthsOf({ from, to }: Period): number | null {
  if (!from.endsWith('-01')) return null;
  return monthNumber(to) - monthNumber(from) + 1;
}

/** The same day some months on; the last day of a month stays the last day, a day the month lacks becomes its last. */
function shiftedDay(day: string, months: number): string {
  const month = shiftMonth(day.slice(0, 7), months);
  const last = wholeMonth(month).to;
  const isLast = day === wholeMonth(day.slice(0, 7)).to;
  const same = `${month}-${day.slice(8)}`;
  return isLast || same > last ? last : same;
}

function monthNumber(day: string): number {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return year * 12 + month - 1;
}

export function shiftMonth(month: string, by: number): string {
  const number = monthNumber(month) + by;
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`;
}

export function wholeMonth(month: string): Period {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
}

export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/** Days from the first to the second, 0 for the same day. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
