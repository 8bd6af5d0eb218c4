// The calendar of a workspace: what the user has said of the fiscal year and the commitment, kept and read back.
import { AssayError } from '../../../shared/contract/errors.ts';
import { commitmentStartFault, type WorkspaceCalendar } from '../../../shared/domain/spend/calendar.ts';
import type { Db } from '../db/open.ts';
import { keepSetting, setting } from '../db/settings.ts';
import { CALENDAR_SETTINGS } from '../db/spend-filter.ts';

export function calendarOf(db: Db): WorkspaceCalendar & { readonly schemaVersion: 1 } {
  const fiscal = setting(db, CALENDAR_SETTINGS.fiscalPeriod);
  return {
    schemaVersion: 1,
    fiscalYearStart: fiscal === null ? null : Number(fiscal),
    commitmentStart: setting(db, CALENDAR_SETTINGS.commitYear),
  };
}

/** Throws `invalid_input` for a day that cannot start a year of commitment. */
export function keepCalendar(
  db: Db,
  { fiscalYearStart, commitmentStart }: WorkspaceCalendar,
): ReturnType<typeof calendarOf> {
  const fault = commitmentStart === null ? null : commitmentStartFault(commitmentStart);
  if (fault !== null) throw new AssayError('invalid_input', fault, { field: 'commitmentStart' });
  keepSetting(db, CALENDAR_SETTINGS.fiscalPeriod, fiscalYearStart === null ? null : String(fiscalYearStart));
  keepSetting(db, CALENDAR_SETTINGS.commitYear, commitmentStart);
  return calendarOf(db);
}
