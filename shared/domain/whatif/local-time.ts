// Local time as data: how far a time zone is ahead of UTC in the hours of a baseline, so that the domain asks no platform.
import type { Period } from '../spend/vocabulary.ts';

/** A time zone over some days. Whoever knows the zones' rules (`shared/format/time-zone.ts`) makes one. */
export type LocalTime = {
  /** IANA name, as stated. */
  readonly timeZone: string;
  /** Minutes ahead of UTC from an hour of the days on, counted from their first in UTC; the first entry is at 0. */
  readonly offsets: { readonly hour: number; readonly minutes: number }[];
};

export const UTC = 'UTC';

/** The zone among those that were read; null where it was not. UTC needs no reading. */
export function localTimeIn(read: readonly LocalTime[], timeZone: string): LocalTime | null {
  if (timeZone === UTC) return { timeZone, offsets: [{ hour: 0, minutes: 0 }] };
  return read.find((one) => one.timeZone === timeZone) ?? null;
}

/** When an hour begins where the users are. */
export type LocalHour = {
  readonly weekend: boolean;
  /** Minutes after midnight: whole hours but in zones that are half an hour or a quarter off. */
  readonly start: number;
};

/**
 * Whether every hour of the bill begins at the same minute of the local hour. Where the clocks change by part of an hour
 * (Lord Howe: half of one), hours before and after overlap, and none of them is an hour of the day alone.
 */
export function keepsTheMinute({ offsets }: LocalTime): boolean {
  const minute = (ahead: number): number => ((ahead % HOUR) + HOUR) % HOUR;
  return new Set(offsets.map(({ minutes }) => minute(minutes))).size <= 1;
}

const HOUR = 60;
const DAY = 24 * HOUR;

/**
 * Local begin of every hour of the days of a period, in their order in UTC. A change of the clocks leaves a local hour
 * out or has it twice, as the offsets say; the hours themselves are all there, once.
 */
export function localHours({ from, to }: Period, { offsets }: LocalTime): LocalHour[] {
  const midnight = Date.parse(`${from}T00:00:00Z`) / 60_000;
  const hours = (Date.parse(`${to}T00:00:00Z`) / 60_000 - midnight) / HOUR + 24;
  let next = 0;
  let ahead = 0;
  return Array.from({ length: Math.max(0, hours) }, (_, hour) => {
    while ((offsets[next]?.hour ?? Number.POSITIVE_INFINITY) <= hour) ahead = offsets[next++]?.minutes ?? 0;
    const local = midnight + hour * HOUR + ahead;
    const day = Math.floor(local / DAY);
    // Day 0 is Thursday, 1 January 1970.
    return { weekend: [2, 3].includes(((day % 7) + 7) % 7), start: local - day * DAY };
  });
}
