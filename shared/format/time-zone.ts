// The rules of time zones, as the platform knows them: names to choose from, and offsets from UTC over some days.
import type { Period } from '../domain/spend/vocabulary.ts';
import { type LocalTime, UTC } from '../domain/whatif/local-time.ts';

const HOUR = 3_600_000;
const DAY_HOURS = 24;

/** Names in use today of zones that platforms list by the name they had before, though they know both. */
const TODAY: readonly (readonly [today: string, before: string])[] = [
  ['Africa/Asmara', 'Africa/Asmera'],
  ['America/Argentina/Buenos_Aires', 'America/Buenos_Aires'],
  ['America/Nuuk', 'America/Godthab'],
  ['Asia/Ho_Chi_Minh', 'Asia/Saigon'],
  ['Asia/Kathmandu', 'Asia/Katmandu'],
  ['Asia/Kolkata', 'Asia/Calcutta'],
  ['Asia/Yangon', 'Asia/Rangoon'],
  ['Atlantic/Faroe', 'Atlantic/Faeroe'],
  ['Europe/Kyiv', 'Europe/Kiev'],
  ['Pacific/Chuuk', 'Pacific/Truk'],
  ['Pacific/Pohnpei', 'Pacific/Ponape'],
];

/** Every zone of the platform, once, by its IANA name of today, UTC first, the others by the alphabet. */
export function timeZones(): readonly string[] {
  const renamed = new Map(
    TODAY.filter(([today]) => clockOf(today) !== null).map(([today, before]) => [before, today]),
  );
  const listed = Intl.supportedValuesOf('timeZone').map((zone) => renamed.get(zone) ?? zone);
  const others = [...new Set([...listed, ...renamed.values()])].sort();
  return [UTC, ...others.filter((zone) => zone !== UTC)];
}

/** Zones to choose from: UTC and that of this computer first; one that is stated already stays, known here or not. */
export function zonesToChoose(stated: string): readonly string[] {
  return [...new Set([UTC, ownTimeZone(), stated, ...timeZones()])];
}

/** The zone of this computer. */
export function ownTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** The offsets of a zone over the days of a period, each with the first hour (UTC) it holds in; null for a name nobody knows. */
export function localTimeOver(timeZone: string, { from, to }: Period): LocalTime | null {
  const minutesAt = offsetsOf(timeZone);
  if (minutesAt === null) return null;
  const first = Date.parse(`${from}T00:00:00Z`);
  const hours = (Date.parse(`${to}T00:00:00Z`) - first) / HOUR + DAY_HOURS;
  const at = (hour: number): number => minutesAt(first + hour * HOUR);
  const offsets = [{ hour: 0, minutes: at(0) }];
  for (let hour = 0; hour < hours; hour += DAY_HOURS) {
    if (at(hour) === at(hour + DAY_HOURS)) continue;
    const change = firstAfter(hour, hour + DAY_HOURS, (one) => at(one) !== at(hour));
    if (change < hours) offsets.push({ hour: change, minutes: at(change) });
  }
  return { timeZone, offsets };
}

/** The first hour above `from`, and up to `to`, of which something is true that stays true. */
function firstAfter(from: number, to: number, isTrue: (hour: number) => boolean): number {
  if (to - from <= 1) return to;
  const middle = Math.floor((from + to) / 2);
  return isTrue(middle) ? firstAfter(from, middle, isTrue) : firstAfter(middle, to, isTrue);
}

/** Minutes ahead of UTC at an instant: the zone's own clock read as if it were UTC, less the instant. */
function offsetsOf(timeZone: string): ((instant: number) => number) | null {
  const clock = clockOf(timeZone);
  if (clock === null) return null;
  return (instant) => {
    const shown = new Map(clock.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => shown.get(type) ?? 0;
    const local = Date.UTC(part('year'), part('month') - 1, part('day'), part('hour'), part('minute'));
    return (local - instant) / 60_000;
  };
}

/** Whether the platform knows a zone by this name. */
export function isTimeZone(name: string): boolean {
  return clockOf(name) !== null;
}

function clockOf(timeZone: string): Intl.DateTimeFormat | null {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
  } catch {
    return null;
  }
}
