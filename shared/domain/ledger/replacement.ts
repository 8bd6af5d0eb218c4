// Whether a staged delivery changes what is held: only then somebody has to say yes.
import { difference } from '../sum.ts';

type Sides = { readonly held: number; readonly incoming: number };

export type Replacing = {
  /** Both sides state the same rows and totals. */
  readonly identical: boolean;
  readonly sameReport: boolean;
  /** Unblended on both sides, by service and by day. */
  readonly byService: readonly Sides[];
  readonly byDay: readonly Sides[];
};

/**
 * Other totals, also of a service or a day only; or another report or format of the same ones, which may know less of
 * the lines, such as no tags.
 */
export function isChange({ identical, sameReport, byService, byDay }: Replacing): boolean {
  return !identical || !sameReport || [...byService, ...byDay].some(differs);
}

const differs = ({ held, incoming }: Sides): boolean => difference(incoming, held) !== 0;
