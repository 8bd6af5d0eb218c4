// What the overview asks of the engine, as queries: the trend of the leading values, and rankings.

import type { Basis, Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import { daysBetween } from '../../app/period.ts';
import type { Asked } from '../../engine.ts';

export type SpendQuery = Asked<'spend.query'>;

/** The selection every figure of the screen is about. */
export type Selection = {
  readonly days: Period | null;
  readonly basis: Basis;
  readonly where: readonly Filter[];
};

export const TREND_DIMENSIONS = ['model', 'family', 'meter', 'mode', 'account'] as const;
export type TrendDimension = (typeof TREND_DIMENSIONS)[number];

export type Grain = 'day' | 'week' | 'month';

/** Series drawn by name; the rest of the total is one more. */
export const LEADING = 7;
/** Most bars that still read as bars. */
const MOST_DAYS = 95;
const MOST_WEEKS = 400;

export function grainOf(days: Period): Grain {
  const length = daysBetween(days.from, days.to) + 1;
  return length <= MOST_DAYS ? 'day' : length <= MOST_WEEKS ? 'week' : 'month';
}

/** A selection in one currency: a condition more where the workspace holds several. */
export function inCurrency(selection: Selection, currency: string, several: boolean): Selection {
  if (!several) return selection;
  return {
    ...selection,
    where: [...selection.where, { dimension: 'currency', operator: '=', values: [currency] }],
  };
}

export function rankingQuery(
  { days, basis, where }: Selection,
  dimension: string,
  measure: Basis | 'tokens',
  limit: number,
): SpendQuery {
  return {
    measures: [measure],
    groupBy: [dimension],
    where,
    period: days,
    basis,
    sort: [{ by: measure, descending: true }],
    limit,
  };
}

/** Cost by step of time: of the whole selection, or of some values of a dimension by value. */
export function trendQuery(
  { days, basis, where }: Selection,
  grain: Grain,
  leading: { readonly dimension: TrendDimension; readonly values: readonly string[] } | null,
): SpendQuery {
  return {
    measures: [basis],
    groupBy: leading === null ? [grain] : [grain, leading.dimension],
    where:
      leading === null
        ? where
        : [...where, { dimension: leading.dimension, operator: '=', values: leading.values }],
    period: days,
    basis,
    sort: [{ by: grain, descending: false }],
  };
}
