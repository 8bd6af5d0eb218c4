// What the variance screen shows, as data, and how that stands in the address.
import type { Output } from '../../../shared/contract/methods.ts';
import { DIMENSION_PATTERN } from '../../../shared/domain/spend/vocabulary.ts';

export type Variance = Output<'variance.explore'>;
export type VarianceRow = Variance['rows'][number];
export type UnpricedRow = Variance['unpriced'][number];
export type OtherModel = Variance['otherModels']['models'][number];

export const VIEWS = ['gaps', 'rates', 'unpriced', 'models'] as const;
export type View = (typeof VIEWS)[number];

/** What rows can be split by, besides tags; time has its own chart. */
export const SPLITS = [
  'model',
  'provider',
  'meter',
  'mode',
  'regionTier',
  'region',
  'account',
  'service',
  'usageType',
  'billingEntity',
] as const;

export type VarianceState = { readonly view: View; readonly by: string };

export function readVarianceState(own: Readonly<Record<string, string>>): VarianceState {
  const by = own.by ?? 'model';
  const known = SPLITS.some((split) => split === by) || /^(?:tag|costCategory):/u.test(by);
  return {
    view: VIEWS.find((view) => view === own.view) ?? 'gaps',
    by: known && DIMENSION_PATTERN.test(by) ? by : 'model',
  };
}

/** What differs from the initial state, by key; null takes the key out of the address. */
export function writeVarianceState({ view, by }: VarianceState): Record<string, string | null> {
  return { view: view === 'gaps' ? null : view, by: by === 'model' ? null : by };
}

/** The reasons of a row that move money, against list or against the contract, the biggest first. */
export function movingReasons({ reasons }: VarianceRow): VarianceRow['reasons'] {
  return reasons
    .filter(({ reason, variance }) => reason !== 'none' && variance !== null)
    .filter((one) => moved(one) !== 0)
    .toSorted((left, right) => moved(right) - moved(left));
}

function moved({ variance, expected }: VarianceRow['reasons'][number]): number {
  return Math.max(Math.abs(variance ?? 0), Math.abs((variance ?? 0) - expected));
}

/** Variance that nothing explains: lines without a reason, and lines whose unit is in doubt. */
export function unexplained({ reasons }: Variance['total']): number {
  return reasons
    .filter(({ reason }) => reason === 'unknown' || reason === 'unit_conflict')
    .reduce((sum, { variance }) => sum + (variance ?? 0), 0);
}

/** A rate rounded to what a reader compares: six significant digits. */
export function rounded(rate: number | null): number | null {
  return rate === null ? null : Number(rate.toPrecision(6));
}
