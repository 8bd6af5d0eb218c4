// Cash of the levers month by month within a commitment year, and both headlines by fiscal quarter.
import type { SpendLine } from '../commitment/absorption.ts';
import type { CommitmentYear } from '../commitment/agreement.ts';
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';
import type { CashMonth, QuarterRow } from './answer.ts';
import { monthNumber, type ProjectedMonth } from './months.ts';

export type MonthSpend = {
  readonly month: string;
  /** Gross AI spend of what of the month lies in the year. */
  readonly before: readonly SpendLine[];
  readonly after: readonly SpendLine[];
  readonly oneOff: number;
};

/**
 * What the levers change about each month's payments: net of the discount, with support, less one-off cost; the
 * shortfall is settled with the last month. The months sum to the cash headline.
 */
export function cashMonths(
  { discount, support }: CommitmentYear,
  months: readonly MonthSpend[],
  /** Shortfall due with the levers − without them, for the whole year. */
  shortfallChange: number,
): CashMonth[] {
  const cumulative = emptySum();
  const net = (lines: readonly SpendLine[]): number =>
    sumOf(lines.map((line) => (line.discounted ? line.gross * (1 - discount) : line.gross)));
  return months.map(({ month, before, after, oneOff }, index) => {
    const saved = net(before) - net(after);
    const shortfall = index === months.length - 1 ? 0 - shortfallChange : 0;
    const cash = sumOf([saved, saved * support, shortfall, -oneOff]);
    addTo(cumulative, cash);
    return {
      month,
      saved,
      support: saved * support,
      shortfall,
      oneOff,
      cash,
      cumulative: totalOf(cumulative),
    };
  });
}

/** Fiscal year and quarter of a month; a year that does not start in January is named after the year it ends in. */
export function fiscalQuarter(month: string, startMonth: number): { year: number; quarter: number } {
  const number = monthNumber(month) - (startMonth - 1);
  const year = Math.floor(number / 12) + (startMonth === 1 ? 0 : 1);
  return { year, quarter: Math.floor((((number % 12) + 12) % 12) / 3) + 1 };
}

/** Months gathered by fiscal quarter. Cash is null in a quarter of which a month lies outside the commitment year. */
export function quartersOf(
  rows: readonly ProjectedMonth[],
  cash: readonly CashMonth[],
  startMonth: number,
): QuarterRow[] {
  const byMonth = new Map(cash.map((row) => [row.month, row.cash]));
  const groups = Map.groupBy(rows, ({ month }) => {
    const { year, quarter } = fiscalQuarter(month, startMonth);
    return `FY${year} Q${quarter}`;
  });
  const cumulative = emptySum();
  return [...groups].map(([quarter, own]) => {
    const saving = sumOf(own.map((row) => row.saving));
    const oneOff = sumOf(own.map((row) => row.oneOff));
    addTo(cumulative, saving);
    addTo(cumulative, -oneOff);
    const known = own.map(({ month }) => byMonth.get(month) ?? null);
    return {
      quarter,
      months: own.length,
      saving,
      oneOff,
      cumulative: totalOf(cumulative),
      cash: known.includes(null) ? null : sumOf(known.filter((value) => value !== null)),
    };
  });
}
