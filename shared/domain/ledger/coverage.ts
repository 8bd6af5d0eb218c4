// Which days of a billing period an export covers: whole, in part, without any line, or not delivered yet; and why.

export const DAY_STATES = ['whole', 'partial', 'none', 'not_yet'] as const;
export type DayState = (typeof DAY_STATES)[number];

export type HeldDay = {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly lineItems: number;
};

/** Hours between which single lines are held on a day (`14:00`, `24:00` = its end); null where only daily sums are. */
export type Hours = { readonly from: string; readonly to: string };

export type CoverageFacts = {
  /** `YYYY-MM`. */
  readonly period: string;
  readonly estimated: boolean;
  /** Nothing older is held of this payer: what is held begins in this period. */
  readonly isFirst: boolean;
  /** Days with usage. */
  readonly held: readonly HeldDay[];
  readonly firstHours: Hours | null;
  readonly lastHours: Hours | null;
};

export type CalendarDay = {
  readonly day: string;
  readonly state: DayState;
  readonly why: string | null;
  readonly lineItems: number;
};

/** Every day of the period. Tax and fees are dated as AWS likes: only days with usage count as covered. */
export function calendarOf(facts: CoverageFacts): CalendarDay[] {
  const lines = new Map(facts.held.map(({ day, lineItems }) => [day, lineItems]));
  const days = [...lines.keys()].toSorted();
  const first = days[0] ?? null;
  const last = days.at(-1) ?? null;
  return daysOfMonth(facts.period).map((day) => {
    const lineItems = lines.get(day) ?? 0;
    const [state, why] = stateOf(day, lineItems, first, last, facts);
    return { day, state, why, lineItems };
  });
}

type Judged = readonly [state: DayState, why: string | null];

function stateOf(
  day: string,
  lineItems: number,
  first: string | null,
  last: string | null,
  facts: CoverageFacts,
): Judged {
  if (lineItems === 0) return withoutLines(day, first, last, facts);
  if (day === last && facts.estimated) return lastDay(facts.lastHours);
  const opensLate = facts.firstHours !== null && facts.firstHours.from !== '00:00';
  if (day === first && facts.isFirst && opensLate)
    return ['partial', `What is held of this payer begins at ${facts.firstHours?.from} UTC on this day.`];
  return ['whole', null];
}

function withoutLines(day: string, first: string | null, last: string | null, facts: CoverageFacts): Judged {
  if (last === null || day > last)
    return facts.estimated
      ? ['not_yet', 'The bill is open, and what is held ends before this day.']
      : ['none', 'The invoice is issued and has no usage on this day.'];
  if (first !== null && day < first && facts.isFirst)
    return ['none', 'What is held of this payer begins after this day.'];
  return ['none', 'The export has no usage on this day.'];
}

function lastDay(hours: Hours | null): Judged {
  if (hours === null)
    return ['partial', 'The last day of an open bill; daily sums do not tell at which hour it ends.'];
  if (hours.to === '24:00') return ['whole', null];
  return ['partial', `The bill is open, and the latest line of this day ends at ${hours.to} UTC.`];
}

/** Days of `YYYY-MM`; none where the text is no month. */
export function daysOfMonth(month: string): string[] {
  const [year = 0, number = 0] = month.split('-').map(Number);
  if (!/^\d{4}-\d{2}$/u.test(month) || number < 1 || number > 12) return [];
  const count = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return Array.from({ length: count }, (_, index) => `${month}-${String(index + 1).padStart(2, '0')}`);
}

/** Part numbers absent between 1 and the highest one; an import asks before it goes on without them. */
export function missingParts(present: readonly number[]): number[] {
  const held = new Set(present);
  const highest = Math.max(0, ...present);
  return Array.from({ length: highest }, (_, index) => index + 1).filter((part) => !held.has(part));
}
