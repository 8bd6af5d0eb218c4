// Which counts answer a question: counts kept by different dimensions may be the same requests, so one set is chosen.
import { isSameDimension } from './key.ts';

/** Counts of one metric kept by the same dimensions. */
export type MetricSet = { readonly by: readonly string[]; readonly total: number };

/**
 * The set that knows every asked dimension and is kept by the fewest; of equals the one that counts most. Sets are
 * never added together. null where none knows them all.
 */
export function chooseSet<S extends MetricSet>(sets: readonly S[], asked: readonly string[]): S | null {
  const fitting = sets.filter(({ by }) => unknownTo(by, asked).length === 0);
  const [best] = fitting.toSorted(
    (left, right) =>
      left.by.length - right.by.length ||
      right.total - left.total ||
      (left.by.join('|') < right.by.join('|') ? -1 : 1),
  );
  return best ?? null;
}

/** The asked dimensions that counts kept by these do not know. */
export function unknownTo(by: readonly string[], asked: readonly string[]): string[] {
  return asked.filter((dimension) => !by.some((known) => isSameDimension(known, dimension)));
}
