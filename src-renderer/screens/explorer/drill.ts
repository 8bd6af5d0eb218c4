// Narrowing: what a click on a row or bar adds to the filters, and which dimension it makes sense to look at next.
import type { Filter, Period } from '../../../shared/domain/spend/vocabulary.ts';
import { daysOf } from '../../app/time-steps.ts';

/** One cell of a group: the dimension and the value it has there. */
export type GroupCell = { readonly dimension: string; readonly value: string | null };

export type Narrowing = { readonly where: readonly Filter[]; readonly period: Period | null };

/** Where a drill goes from a dimension; the first one not grouped or filtered by yet is taken. */
const NEXT_DIMENSIONS: Readonly<Record<string, readonly string[]>> = {
  provider: ['model', 'meter', 'mode'],
  model: ['meter', 'mode', 'usageType'],
  modelTier: ['model', 'meter'],
  family: ['model', 'usageType'],
  meter: ['model', 'mode', 'usageType'],
  mode: ['model', 'meter', 'usageType'],
  service: ['model', 'usageType', 'operation'],
  billingEntity: ['service', 'model', 'usageType'],
  chargeType: ['service', 'usageType', 'day'],
  region: ['model', 'meter', 'usageType'],
  regionTier: ['region', 'model'],
  account: ['model', 'meter', 'usageType'],
  accountName: ['model', 'meter', 'usageType'],
  payer: ['account', 'model'],
  invoice: ['service', 'chargeType', 'model'],
  usageType: ['operation', 'resource', 'day'],
  year: ['month', 'model'],
  quarter: ['month', 'model'],
  month: ['day', 'model'],
  week: ['day', 'model'],
  day: ['model', 'usageType'],
};
const OTHERWISE = ['model', 'meter', 'usageType', 'day'] as const;

/** The dimension to group by after narrowing to one value of `dimension`; null when none is left. */
export function nextDimension(dimension: string, taken: readonly string[]): string | null {
  const candidates = [...(NEXT_DIMENSIONS[dimension] ?? []), ...OTHERWISE];
  return candidates.find((candidate) => candidate !== dimension && !taken.includes(candidate)) ?? null;
}

/** The part of `inner` that lies inside `outer`. */
function within(inner: Period, outer: Period | null): Period {
  if (outer === null) return inner;
  return {
    from: inner.from > outer.from ? inner.from : outer.from,
    to: inner.to < outer.to ? inner.to : outer.to,
  };
}

/** Filters and period after narrowing to the cells of one group. Time cells narrow the period, the others filter. */
export function narrowTo(cells: readonly GroupCell[], current: Narrowing): Narrowing {
  let { where, period } = current;
  for (const { dimension, value } of cells) {
    const days = value === null ? null : daysOf(dimension, value);
    if (days !== null) period = within(days, period);
    else where = withFilter(where, { dimension, operator: '=', values: [value] });
  }
  return { where, period };
}

/** Adds a condition; one on the same dimension with the same operator is replaced when it asks for equality. */
export function withFilter(where: readonly Filter[], added: Filter): readonly Filter[] {
  const kept = where.filter(
    (one) =>
      !(one.dimension === added.dimension && one.operator === added.operator && added.operator === '='),
  );
  return [...kept, added];
}
