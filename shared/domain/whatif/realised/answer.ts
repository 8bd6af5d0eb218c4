// What is said of a pinned plan: where it stands, and each lever against the bills since.
import type { Period } from '../../spend/vocabulary.ts';
import type { ScenarioPriceLayer } from '../scenario.ts';
import type { PinnedPlan } from './plan.ts';
import type { LaterMonth, RealisedLever } from './realise.ts';

/** `not_started`: its first day is not over. `no_later_data`: it is, and no bill of a day since is held. */
export const PLAN_STATES = ['not_pinned', 'not_started', 'no_later_data', 'running'] as const;
export type PlanState = (typeof PLAN_STATES)[number];

export type RealisedAnswer = {
  readonly schemaVersion: 1;
  readonly scenarioId: number;
  readonly name: string;
  readonly state: PlanState;
  /** Null while it is not pinned, as everything of the plan. */
  readonly plan: {
    readonly startsOn: string;
    readonly pinnedAt: string;
    /** Whether the saved scenario was changed since: the plan stays as it was pinned. */
    readonly changedSince: boolean;
    readonly currency: string;
    readonly period: Period;
    readonly daysCovered: number;
    readonly catalogVersion: string;
    readonly priceLayer: ScenarioPriceLayer;
  } | null;
  /** Last day of which anything is held; null where nothing is. */
  readonly heldTo: string | null;
  readonly levers: RealisedLever[];
  readonly notes: string[];
};

/** The first day of a month `YYYY-MM` after another day's month, and so on: the days of a plan by month, up to `heldTo`. */
export function monthsSince(
  startsOn: string,
  heldTo: string,
): { month: string; days: Period; daysInMonth: number }[] {
  const months: { month: string; days: Period; daysInMonth: number }[] = [];
  for (let first = startsOn; first <= heldTo && months.length < MONTH_LIMIT; ) {
    const month = first.slice(0, 7);
    const daysInMonth = new Date(
      Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5, 7)), 0),
    ).getUTCDate();
    const last = `${month}-${daysInMonth}`;
    months.push({ month, days: { from: first, to: last }, daysInMonth });
    first = new Date(Date.parse(`${last}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  }
  return months;
}

/** Most months that a plan is followed for. */
const MONTH_LIMIT = 60;

/** Where a plan stands on a day (ISO), given what is held since its start. */
export function planState(startsOn: string, today: string, months: readonly LaterMonth[]): PlanState {
  if (months.some(({ daysHeld }) => daysHeld > 0)) return 'running';
  return today <= startsOn ? 'not_started' : 'no_later_data';
}

/** What should be known of the figures. */
export function realisedNotes(
  { startsOn, daysCovered, levers }: PinnedPlan,
  months: readonly LaterMonth[],
): string[] {
  const partial = months.filter(({ daysHeld, daysInMonth }) => daysHeld > 0 && daysHeld < daysInMonth);
  const empty = months.filter(({ daysHeld }) => daysHeld === 0);
  const estimated = months.filter((month) => month.estimated && month.daysHeld > 0);
  const names = (some: readonly LaterMonth[]): string => some.map(({ month }) => month).join(', ');
  const uncounted = levers
    .filter(({ volumeIn }) => volumeIn === 'requests')
    .flatMap(({ leverId, label }) => {
      const lacking = months.filter(
        ({ daysHeld, counts }) => daysHeld > 0 && (counts.get(leverId) ?? null) === null,
      );
      return lacking.length === 0
        ? []
        : [`Requests of ${label} are not counted on every day of ${names(lacking)}: nothing is told there.`];
    });
  return [
    `The baseline’s ${daysCovered} days are held against the days from ${startsOn} on, day for day; nothing is extrapolated.`,
    'Realised is cost at the baseline’s rates − cost: it holds every change of rate, a price change or a new discount among them.',
    ...(partial.length === 0 ? [] : [`Compared on the days held only: ${names(partial)}.`]),
    ...(empty.length === 0 ? [] : [`Nothing is held of: ${names(empty)}.`]),
    ...(estimated.length === 0 ? [] : [`Not invoiced yet, may still change: ${names(estimated)}.`]),
    ...uncounted,
    ...(levers.some(({ sharedWith }) => sharedWith.length > 0)
      ? ['Levers that act on the same usage show one common effect each: their figures have no sum.']
      : []),
  ];
}
