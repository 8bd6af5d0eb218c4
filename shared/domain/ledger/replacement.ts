// Whether a staged delivery changes what is held: only then somebody has to say yes.
import { difference } from '../sum.ts';

type Sides = { readonly held: number; readonly incoming: number };

export type Replacing = {
  /** Both sides state the same rows and totals. */
  readonly identical: boolean;
  readonly sameReport: boolean;
  /** They state the same also by account, usage type, resource, tags and what else a line has, day by day. */
  readonly sameDetails: boolean;
  /** Unblended on both sides, by service and by day. */
  readonly byService: readonly Sides[];
  readonly byDay: readonly Sides[];
};

/**
 * Other totals, also of a service, a day or a detail only; or another report or format of the same ones, which may know
 * less of the lines, such as no tags.
 */
export function isChange(replacing: Replacing): boolean {
  return !replacing.sameReport || restates(replacing);
}

/** Whether any figure changes, be it one that the totals hide. */
export function restates({ identical, sameDetails, byService, byDay }: Replacing): boolean {
  return !identical || !sameDetails || [...byService, ...byDay].some(differs);
}

/** Rows, totals, services and days are the same on both sides, and something below them is not. */
export function changesDetailsOnly(replacing: Replacing): boolean {
  const { identical, sameDetails, byService, byDay } = replacing;
  return identical && !sameDetails && ![...byService, ...byDay].some(differs);
}

/** What to say of it. */
export const DETAILS_ONLY =
  'Rows and totals are the same, of each service and day too. What changed lies below them: amounts or quantities by account, usage type, resource, tag or cost category, or cost on another basis than unblended.';

export const differs = ({ held, incoming }: Sides): boolean => difference(incoming, held) !== 0;
