// Quiet time: the hours in which office work rests, and how much of some usage falls into them.
import { addTo, emptySum, type Sum, totalOf } from '../../sum.ts';
import type { QuietUse } from './evidence.ts';

/** UTC hours of a working day that count as night: from 20:00 to 06:00. */
const NIGHT = { from: 20, to: 6 } as const;

/** Tokens of one model and workload in one hour (`YYYY-MM-DDTHH:00Z`) or on one day (`YYYY-MM-DD`). */
export type TimedTokens = {
  readonly model: string;
  readonly workload: string | null;
  readonly time: string;
  readonly tokens: number;
};

function isWeekend(day: string): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

/** Whether an hour or a day is quiet: weekends, and of working days the nights. */
export function isQuiet(time: string): boolean {
  if (isWeekend(time.slice(0, 10))) return true;
  if (time.length === 10) return false;
  const hour = Number(time.slice(11, 13));
  return hour >= NIGHT.from || hour < NIGHT.to;
}

/** Share (0…1) of the time between two days (both inclusive) that is quiet. */
export function quietTimeOf(by: QuietUse['by'], from: string, to: string): number {
  const days: string[] = [];
  const last = Date.parse(`${to}T00:00:00Z`);
  for (let at = Date.parse(`${from}T00:00:00Z`); at <= last; at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  if (days.length === 0) return 0;
  const weekend = days.filter(isWeekend).length;
  const nightShare = by === 'hour' ? (24 - NIGHT.from + NIGHT.to) / 24 : 0;
  return (weekend + (days.length - weekend) * nightShare) / days.length;
}

/** The quiet use of each model and workload, over the days from the first to the last that has any usage. */
export function quietUse(by: QuietUse['by'], rows: readonly TimedTokens[]): QuietUse[] {
  const days = rows.map(({ time }) => time.slice(0, 10)).toSorted();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const quietTime = quietTimeOf(by, first, last);
  const sums = new Map<string, { of: TimedTokens; all: Sum; quiet: Sum }>();
  for (const one of rows) {
    const key = JSON.stringify([one.model, one.workload]);
    const own = sums.get(key) ?? { of: one, all: emptySum(), quiet: emptySum() };
    sums.set(key, own);
    addTo(own.all, one.tokens);
    if (isQuiet(one.time)) addTo(own.quiet, one.tokens);
  }
  return [...sums.values()].map(({ of: { model, workload }, all, quiet }) => ({
    model,
    workload,
    by,
    quietTokens: totalOf(quiet),
    tokens: totalOf(all),
    quietTime,
  }));
}
