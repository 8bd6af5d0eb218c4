// Where a question about the whole bill starts when nobody says which days.
import type { Period } from '../spend/vocabulary.ts';

export type HeldMonth = { readonly month: string; readonly estimated: boolean };

/** First and last day of a month `YYYY-MM`. */
export function monthDays(month: string): Period {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return { from: `${month}-01`, to: `${month}-${String(last).padStart(2, '0')}` };
}

/** The latest month whose invoice is issued, else the latest month, else what is held; null where nothing is. */
export function startPeriod(months: readonly HeldMonth[], held: Period | null): Period | null {
  const ordered = months.toSorted((left, right) => left.month.localeCompare(right.month));
  const chosen = ordered.findLast(({ estimated }) => !estimated) ?? ordered.at(-1);
  return chosen === undefined ? held : monthDays(chosen.month);
}
