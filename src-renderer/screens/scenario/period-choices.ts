// Periods a baseline is likely to start from: the months held, the latest three of them, everything.
import type { Period } from '../../../shared/domain/spend/vocabulary.ts';
import { type HeldMonth, monthDays } from '../../../shared/domain/whatif/start-period.ts';

export type PeriodChoice = Period & {
  readonly label: string;
  /** Its invoice is not issued yet. */
  readonly estimated: boolean;
};

/** Choices, widest first. */
export function periodChoices(
  months: readonly HeldMonth[],
  held: Period | null,
  monthName: (month: string) => string,
): PeriodChoice[] {
  const ordered = months.toSorted((left, right) => left.month.localeCompare(right.month));
  const latest = ordered.slice(-3);
  const [first] = latest;
  const last = latest.at(-1);
  const quarter =
    ordered.length > 3 && first !== undefined && last !== undefined
      ? [
          {
            from: monthDays(first.month).from,
            to: monthDays(last.month).to,
            label: 'Latest 3 months',
            estimated: false,
          },
        ]
      : [];
  const all = held === null ? [] : [{ ...held, label: 'All held days', estimated: false }];
  const single = ordered.toReversed().map(({ month, estimated }) => ({
    ...monthDays(month),
    label: monthName(month),
    estimated,
  }));
  const choices = [...all, ...quarter, ...single];
  return choices.filter(
    ({ from, to }, index) => choices.findIndex((other) => other.from === from && other.to === to) === index,
  );
}
