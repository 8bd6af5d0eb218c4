// The calendars that a bill does not know: when the fiscal year and the years of the commitment start.

/** What the user says of them; null = not said, and then a question by them is refused. */
export type WorkspaceCalendar = {
  /** Month (1…12). */
  readonly fiscalYearStart: number | null;
  /** First day of the first year of the commitment, ISO. */
  readonly commitmentStart: string | null;
};

/** Why a day cannot start a year of commitment; null = it can. */
export function commitmentStartFault(day: string): string | null {
  const time = Date.parse(`${day}T00:00:00Z`);
  const isDay = Number.isFinite(time) && new Date(time).toISOString().startsWith(day);
  if (!isDay) return `“${day}” is not a day of the calendar, such as 2026-04-01.`;
  return day.endsWith('-02-29')
    ? 'A year that starts on 29 February has no first day in most years: state 28 February or 1 March.'
    : null;
}
