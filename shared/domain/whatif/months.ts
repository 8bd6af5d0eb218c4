// The calendar of a scenario: when a lever starts, how it ramps up, what each month saves, when it is paid back.
import type { Period } from '../spend/vocabulary.ts';
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';
import type { MonthRow } from './answer.ts';
import { projectCost } from './project-cost.ts';
import type { Lever } from './scenario.ts';

/** Days of the average month that a daily average is projected with. */
export const DAYS_PER_MONTH = 365 / 12;

/** `YYYY-MM` as a number of months, so that months can be counted. */
export function monthNumber(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

export function addMonths(month: string, count: number): string {
  const number = monthNumber(month) + count;
  const year = String(Math.floor(number / 12)).padStart(4, '0');
  return `${year}-${String((number % 12) + 1).padStart(2, '0')}`;
}

/** First month of the horizon: as stated, else the month after the baseline. */
export function horizonStart(startMonth: string | null, baselineEnd: string): string {
  return startMonth ?? addMonths(baselineEnd.slice(0, 7), 1);
}

/** First month in which a lever acts at all: as stated, and not while a term is still to be paid. */
export function startOf(lever: Lever, horizon: string): string {
  const stated = lever.startMonth ?? horizon;
  const free = firstFreeDay(lever)?.slice(0, 7) ?? stated;
  return free > stated ? free : stated;
}

/** The day after the last one that a term makes the capacity be paid for; null where no term is stated. */
function firstFreeDay(lever: Lever): string | null {
  if (lever.kind !== 'end_capacity' || lever.paidUntil === null) return null;
  return new Date(Date.parse(`${lever.paidUntil}T00:00:00Z`) + DAY).toISOString().slice(0, 10);
}

const DAY = 86_400_000;

/** Share (0…1) of some days (ISO, both included) on which no term holds a lever back. */
function shareFree(lever: Lever, from: string, to: string): number {
  const free = firstFreeDay(lever);
  if (free === null || free <= from) return 1;
  if (free > to) return 0;
  return (Date.parse(to) - Date.parse(free) + DAY) / (Date.parse(to) - Date.parse(from) + DAY);
}

function lastDayOf(month: string): string {
  const days = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0)).getUTCDate();
  return `${month}-${days}`;
}

/**
 * Share (0…1) to which a lever acts in a month, or on some of its days: the k-th month of its ramp has k ÷ rampMonths,
 * and days on which a term is still paid have nothing.
 */
export function intensityAt(
  lever: Lever,
  month: string,
  horizon: string,
  days: Period = { from: `${month}-01`, to: lastDayOf(month) },
): number {
  return rampAt(lever, month, startOf(lever, horizon)) * shareFree(lever, days.from, days.to);
}

/** The same for what no term holds back: a lever that ends capacity may end some of it before a term is over. */
export function intensityBeforeTerm(lever: Lever, month: string, horizon: string): number {
  return rampAt(lever, month, lever.startMonth ?? horizon);
}

function rampAt({ rampMonths }: Lever, month: string, start: string): number {
  const monthsSince = monthNumber(month) - monthNumber(start) + 1;
  if (monthsSince <= 0) return 0;
  return rampMonths === 0 ? 1 : Math.min(1, monthsSince / rampMonths);
}

/** The months a year touches, with the share of each that lies in it; the shares sum to 12. */
export function monthsOfYear(start: string): { month: string; share: number }[] {
  const first = start.slice(0, 7);
  const day = Number(start.slice(8, 10));
  const days = new Date(Date.UTC(Number(start.slice(0, 4)), Number(start.slice(5, 7)), 0)).getUTCDate();
  const head = (days - day + 1) / days;
  const whole = Array.from({ length: 11 }, (_, index) => ({ month: addMonths(first, index + 1), share: 1 }));
  const tail = head === 1 ? [] : [{ month: addMonths(first, 12), share: 1 - head }];
  return [{ month: first, share: head }, ...whole, ...tail];
}

/** One-off cost of the enabled levers that start in a month. */
export function oneOffIn(levers: readonly Lever[], month: string, horizon: string): number {
  const starting = levers.filter((lever) => lever.enabled && startOf(lever, horizon) === month);
  return starting.reduce((total, lever) => total + oneOffOf(lever), 0);
}

/** One-off cost of the levers that start in one of so many months. */
export function oneOffOver(levers: readonly Lever[], horizon: string, months: number): number {
  return sumOf(
    Array.from({ length: months }, (_, index) => oneOffIn(levers, addMonths(horizon, index), horizon)),
  );
}

/** Everything a lever costs once: what is stated, and what making a model costs. */
export function oneOffOf(lever: Lever): number {
  return lever.oneOffCost + (lever.kind === 'custom_model' ? projectCost(lever) : 0);
}

export type MonthlyInput = {
  readonly levers: readonly Lever[];
  readonly horizon: string;
  readonly months: number;
  /** Cost of an average month as it will be then, before any lever and with them. */
  readonly costIn: (month: string) => { readonly before: number; readonly after: number };
};

/** A month as it is computed, whether or not anything is stated that saves in it. */
export type ProjectedMonth = { readonly [K in keyof MonthRow]: NonNullable<MonthRow[K]> };

/** The months of the horizon with their saving, one-off cost and the running total of both. */
export function monthlyTable({ levers, horizon, months, costIn }: MonthlyInput): ProjectedMonth[] {
  const cumulative = emptySum();
  return Array.from({ length: months }, (_, index) => {
    const month = addMonths(horizon, index);
    const { before, after } = costIn(month);
    const saving = before - after;
    const oneOff = oneOffIn(levers, month, horizon);
    addTo(cumulative, saving);
    addTo(cumulative, -oneOff);
    return { month, baseline: before, scenario: after, saving, oneOff, cumulative: totalOf(cumulative) };
  });
}

/** A month of a running total that one-off cost is part of. */
type Running = { readonly oneOff: number; readonly cumulative: number };

/**
 * Position of the first month at whose end all one-off cost is spent and earned back for good: a total that falls below
 * nothing later is not paid back before. null when there is nothing to pay back or it does not happen within the rows.
 */
export function paidBackAt(rows: readonly Running[]): number | null {
  const lastSpent = rows.findLastIndex(({ oneOff }) => oneOff > 0);
  if (lastSpent < 0) return null;
  const volume = Math.max(...rows.map(({ oneOff, cumulative }) => oneOff + Math.abs(cumulative)));
  const lastBelow = rows.findLastIndex(({ cumulative }) => cumulative < -1e-9 * volume);
  const first = Math.max(lastSpent, lastBelow + 1);
  return first < rows.length ? first : null;
}

/** The same as a number of months from 1. */
export function paybackMonth(rows: readonly ProjectedMonth[]): number | null {
  const found = paidBackAt(rows);
  return found === null ? null : found + 1;
}
