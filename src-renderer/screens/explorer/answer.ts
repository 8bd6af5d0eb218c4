// Reads the engine's answers by name: grid rows with their comparison, and the series behind the charts.
import type { Output } from '../../../shared/contract/methods.ts';
import { difference, sumOf } from '../../../shared/domain/sum.ts';
import { firstDay } from '../../app/time-steps.ts';
import type { GroupCell } from './drill.ts';
import { isAdditive, isTime } from './question.ts';

export type SpendAnswer = Output<'spend.query'>;
type Cell = string | number | null;

export type GridRow = {
  readonly key: string;
  readonly group: readonly GroupCell[];
  /** Measure → figure; null = not defined for this row, never zero. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** The same for the comparison period; null when that period has no such row or nothing is compared. */
  readonly before: Readonly<Record<string, number | null>> | null;
  /** Whether deliveries of the whole comparison period are held: without them, what it lacks says nothing. */
  readonly beforeHeld: boolean;
};

export const asText = (cell: Cell | undefined): string | null =>
  cell === null || cell === undefined ? null : String(cell);
const asNumber = (cell: Cell | undefined): number | null => (typeof cell === 'number' ? cell : null);

type Columns = SpendAnswer['columns'];

/** Rows of a page, each with its partner in the comparison period. Time steps partner by their distance from the start. */
export function gridRows(answer: SpendAnswer): GridRow[] {
  const { columns, compare, provenance } = answer;
  const partners = new Map<string, Record<string, number | null>>();
  for (const row of compare?.rows ?? []) {
    partners.set(partnerKey(groupOf(columns, row), compare?.period.from ?? ''), figuresOf(columns, row));
  }
  const start = provenance.period?.from ?? '';
  return answer.rows.map((row) => {
    const group = groupOf(columns, row);
    return {
      key: JSON.stringify(group.map(({ value }) => value)),
      group,
      figures: figuresOf(columns, row),
      before: compare === null ? null : (partners.get(partnerKey(group, start)) ?? null),
      beforeHeld: isHeld(compare),
    };
  });
}

const isHeld = (compare: SpendAnswer['compare']): boolean => compare === null || compare.notHeld.length === 0;

function groupOf(columns: Columns, row: readonly Cell[]): GroupCell[] {
  return columns.flatMap((column, index) =>
    column.kind === 'dimension' ? [{ dimension: column.name, value: asText(row[index]) }] : [],
  );
}

function figuresOf(columns: Columns, row: readonly Cell[]): Record<string, number | null> {
  return Object.fromEntries(
    columns.flatMap((column, index) =>
      column.kind === 'dimension' ? [] : [[column.name, asNumber(row[index])] as const],
    ),
  );
}

function partnerKey(group: readonly GroupCell[], start: string): string {
  return JSON.stringify(
    group.map(({ dimension, value }) =>
      isTime(dimension) && value !== null && start !== '' ? stepFrom(dimension, value, start) : value,
    ),
  );
}

const DAY = 86_400_000;

/** How many steps of the grain lie between the start of a period and a value; the value itself where it is no date. */
function stepFrom(grain: string, value: string, start: string): number | string {
  const day = firstDay(grain, value);
  if (day === null) return value;
  const months = (iso: string): number => Number(iso.slice(0, 4)) * 12 + Number(iso.slice(5, 7));
  switch (grain) {
    case 'year':
      return Number(day.slice(0, 4)) - Number(start.slice(0, 4));
    case 'quarter':
      return Math.floor((months(day) - 1) / 3) - Math.floor((months(start) - 1) / 3);
    case 'month':
      return months(day) - months(start);
    case 'week':
      return Math.ceil((Date.parse(day) - Date.parse(start)) / (7 * DAY));
    default:
      return (Date.parse(day) - Date.parse(start)) / DAY;
  }
}

/** Groups that only the comparison period has, so that what disappeared is seen too. Nothing over time disappears. */
export function vanishedRows(answer: SpendAnswer, shown: ReadonlySet<string>): GridRow[] {
  const { columns, compare } = answer;
  if (compare === null || columns.some(({ kind, name }) => kind === 'dimension' && isTime(name))) return [];
  return compare.rows.flatMap((row) => {
    const group = groupOf(columns, row);
    const key = JSON.stringify(group.map(({ value }) => value));
    return shown.has(key)
      ? []
      : [{ key, group, figures: {}, before: figuresOf(columns, row), beforeHeld: isHeld(compare) }];
  });
}

/** A figure on one side of a comparison: unknown (null), or of a group that side has no lines of. */
export type Side = number | null | 'no lines';
export type Sides = { readonly now: Side; readonly past: Side };

/** Both sides of a comparison; the figure before is unknown where part of its period is not held. */
export function sidesOf({ figures, before, beforeHeld }: GridRow, measure: string): Sides {
  const side = (of: Record<string, number | null> | null): Side =>
    of === null || !(measure in of) ? 'no lines' : (of[measure] ?? null);
  return { now: side(figures), past: beforeHeld ? side(before) : null };
}

/** Now less before. No lines cost nothing, but have no rate; what is unknown on either side has no difference. */
export function differenceOf({ now, past }: Sides, measure: string): number | null {
  const known = (side: Side): number | null => (side !== 'no lines' ? side : isAdditive(measure) ? 0 : null);
  const [to, from] = [known(now), known(past)];
  return to === null || from === null ? null : difference(to, from);
}

/** The difference as a share of the figure before; null where one side has no lines, is unknown, or was 0. */
export function shareOfChange({ now, past }: Sides): number | null {
  if (typeof now !== 'number' || typeof past !== 'number' || past === 0) return null;
  return difference(now, past) / Math.abs(past);
}

export type Bar = {
  readonly value: string | null;
  readonly amount: number | null;
  readonly before: number | null;
};
export type Ranking = {
  readonly bars: readonly Bar[];
  /** What the groups without a bar add up to; null when every group has one, or the measure cannot be added up. */
  readonly rest: { readonly groups: number; readonly amount: number } | null;
};

/** Bars of a ranking; the rest is the total over all matching rows less the bars. */
export function ranking(answer: SpendAnswer, measure: string, additive: boolean): Ranking {
  const rows = gridRows(answer);
  const bars = rows.map(({ group, figures, before }) => ({
    value: group[0]?.value ?? null,
    amount: figures[measure] ?? null,
    before: before?.[measure] ?? null,
  }));
  const total = answer.totals[measure] ?? null;
  const groups = answer.rowCount - bars.length;
  if (!additive || groups <= 0 || total === null) return { bars, rest: null };
  return { bars, rest: { groups, amount: total - sumOf(bars.map(({ amount }) => amount ?? 0)) } };
}

export type TimeSeries = {
  readonly steps: readonly string[];
  readonly series: readonly { readonly value: string | null; readonly amounts: readonly (number | null)[] }[];
  /** Total less the named series; null when nothing is left over or the measure cannot be added up. */
  readonly other: readonly (number | null)[] | null;
  /** The comparison period's totals step by step; null when nothing is compared. */
  readonly before: readonly (number | null)[] | null;
};

/** The named values of the leaders' answer; `other` says whether groups are left beyond `limit`. */
export function leadingValues(
  answer: SpendAnswer,
  limit: number,
): { values: (string | null)[]; other: boolean } {
  const values = gridRows(answer).map(({ group }) => group[0]?.value ?? null);
  return { values: values.slice(0, limit), other: answer.rowCount > limit };
}

export type NamedSeries = {
  readonly answer: SpendAnswer;
  readonly values: readonly (string | null)[];
  readonly other: boolean;
};

/**
 * Puts totals and named series on one time axis. `named` null = one series, the total itself; `calendar` holds every
 * step of the period, empty where the grain has none. A step without any line is null, never zero.
 */
export function timeSeries(
  totals: SpendAnswer,
  named: NamedSeries | null,
  calendar: readonly string[],
  measure: string,
): TimeSeries {
  const rows = new Map(gridRows(totals).map((row) => [row.group[0]?.value ?? '', row]));
  const steps = calendar.length === 0 ? [...rows.keys()] : calendar;
  const sums = steps.map((step) => rows.get(step)?.figures[measure] ?? null);
  const before =
    totals.compare === null ? null : steps.map((step) => rows.get(step)?.before?.[measure] ?? null);
  if (named === null) return { steps, series: [{ value: null, amounts: sums }], other: null, before };
  const cells = new Map(gridRows(named.answer).map(({ key, figures }) => [key, figures[measure] ?? null]));
  const series = named.values.map((value) => ({
    value,
    amounts: steps.map((step) => cells.get(JSON.stringify([step, value])) ?? null),
  }));
  const other =
    isAdditive(measure) && named.other
      ? steps.map((_, index) =>
          restOf(
            sums[index] ?? null,
            series.map(({ amounts }) => amounts[index] ?? 0),
          ),
        )
      : null;
  return { steps, series, other, before };
}

/** What the named amounts leave of a total; the dust of the subtraction is nothing. */
function restOf(total: number | null, named: readonly number[]): number | null {
  if (total === null) return null;
  const rest = total - sumOf(named);
  return Math.abs(rest) <= 1e-9 * Math.abs(total) ? 0 : rest;
}
