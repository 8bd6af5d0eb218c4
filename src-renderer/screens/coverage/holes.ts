// How holes are marked: a short text each, so that no hole is told apart by colour alone.
import type { GridHole } from '../../../shared/domain/pricing/coverage.ts';

export const HOLE_MARKS: Readonly<Record<GridHole, string>> = {
  billed: 'billed',
  region_label_lost: 'lost',
  other_regions_only: 'region',
  other_tiers_only: 'tier',
  other_days_only: 'day',
  half_of_pair: 'half',
  cache_half: 'cache',
};

export const NEVER_SEEN =
  'No price of this purchase was ever seen, and no other price suggests that it is sold. It may not exist.';
