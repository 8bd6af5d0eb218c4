// What came of an import, in a line: for its panel, and for the status line of whoever works on another screen meanwhile.
import type { Format } from '../../shared/format/format.ts';
import type { ImportOutcome } from './import-queue.ts';

const TITLES: Readonly<Record<ImportOutcome['kind'], (label: string) => string>> = {
  committed: (label) => `Imported: ${label}`,
  unchanged: (label) => `Already held, byte for byte: ${label}`,
  kept: (label) => `Kept what was held, not taken over: ${label}`,
  cancelled: (label) => `Cancelled, the workspace is as it was before: ${label}`,
  failed: (label) => `Not imported: ${label}`,
};

/** Rows of a held import that are in no total. */
export function rejectedOf({ kind, report }: ImportOutcome): number {
  return kind === 'committed' ? (report?.rows.rejected ?? 0) : 0;
}

/** Rejected rows are said where nobody can miss them. */
export function outcomeTitle(outcome: ImportOutcome, format: Format): string {
  const { kind, job } = outcome;
  const rejected = rejectedOf(outcome);
  if (rejected === 0) return TITLES[kind](job.label);
  return `${format.count(rejected)} ${rejected === 1 ? 'row' : 'rows'} rejected, the rest imported: ${job.label}`;
}

/** Of the imports that ended since the one of this number was seen, the one to be told first: the worst, else the latest. */
export function toTell(outcomes: readonly ImportOutcome[], seen: number): ImportOutcome | null {
  const unseen = outcomes.filter(({ job }) => job.id > seen);
  return (
    unseen.find(({ kind }) => kind === 'failed') ??
    unseen.find((outcome) => rejectedOf(outcome) > 0) ??
    unseen[0] ??
    null
  );
}
