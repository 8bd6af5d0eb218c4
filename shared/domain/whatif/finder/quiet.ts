// Quiet time: the hours in which office work rests, and how much of some usage falls into them.
import type { Period } from '../../spend/vocabulary.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../sum.ts';
import { type LocalHour, type LocalTime, localHours, UTC } from '../local-time.ts';
import type { QuietUse } from './evidence.ts';

/** Hours of a working day that count as night where the users are: from 20:00 to 06:00. */
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

/** The days that are asked about, and the clock of the users over them. */
export type UsersTime = { readonly period: Period; readonly local: LocalTime };

/** Whether an hour is quiet: weekends, and of working days the nights. */
function isQuietHour({ weekend, start }: LocalHour): boolean {
  return weekend || start >= NIGHT.from * 60 || start < NIGHT.to * 60;
}

type QuietTime = {
  /** Whether a time of the rows is quiet. */
  isQuiet(time: string): boolean;
  /** Share (0…1) of the time between two days (both inclusive, UTC) that is quiet. */
  share(from: string, to: string): number;
};

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

/** By the hour. The hours are those of the bill, in UTC; which of them are night or weekend says the users' clock. */
function byHour({ period, local }: UsersTime): QuietTime {
  const quiet = localHours(period, local).map(isQuietHour);
  const indexOf = (instant: number): number => (instant - startOf(period.from)) / 3_600_000;
  return {
    isQuiet: (time) => quiet[indexOf(Date.parse(time))] ?? false,
    share(from, to) {
      const hours = quiet.slice(indexOf(startOf(from)), indexOf(startOf(to)) + 24);
      return hours.filter(Boolean).length / hours.length;
    },
  };
}

/** By the day, as the bill has it: in UTC. */
const BY_DAY: QuietTime = {
  isQuiet: isWeekend,
  share(from, to) {
    const days = Array.from({ length: (startOf(to) - startOf(from)) / 86_400_000 + 1 }, (_, day) =>
      new Date(startOf(from) + day * 86_400_000).toISOString().slice(0, 10),
    );
    return days.filter(isWeekend).length / days.length;
  },
};

/** The quiet use of each model and workload, over the days from the first to the last that has any usage. */
export function quietUse(by: QuietUse['by'], rows: readonly TimedTokens[], users: UsersTime): QuietUse[] {
  const days = rows.map(({ time }) => time.slice(0, 10)).toSorted();
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const time = by === 'hour' ? byHour(users) : BY_DAY;
  const quietTime = time.share(first, last);
  const timeZone = by === 'hour' ? users.local.timeZone : UTC;
  const sums = new Map<string, { of: TimedTokens; all: Sum; quiet: Sum }>();
  for (const one of rows) {
    const key = JSON.stringify([one.model, one.workload]);
    const own = sums.get(key) ?? { of: one, all: emptySum(), quiet: emptySum() };
    sums.set(key, own);
    addTo(own.all, one.tokens);
    if (time.isQuiet(one.time)) addTo(own.quiet, one.tokens);
  }
  return [...sums.values()].map(({ of: { model, workload }, all, quiet }) => ({
    model,
    workload,
    by,
    timeZone,
    quietTokens: totalOf(quiet),
    tokens: totalOf(all),
    quietTime,
  }));
}
