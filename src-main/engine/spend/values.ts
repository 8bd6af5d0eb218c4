// The values a filter can be set to, biggest first.
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import type { Db } from '../db/open.ts';
import { spendRows } from '../db/spend.ts';
import { compareCells, fold, measureOf } from './groups.ts';

const COMPONENTS = ['unblended', 'lineItems'] as const;

export function valuesOf(db: Db, input: ParsedInput<'spend.values'>): Output<'spend.values'> {
  const { groups } = fold(
    spendRows(db, {
      groupBy: [input.dimension],
      cuts: [],
      where:
        input.search === '' ? [] : [{ dimension: input.dimension, operator: '~', values: [input.search] }],
      period: input.period,
      scope: input.scope,
      basis: 'unblended',
      components: COMPONENTS,
      spread: null,
      batchModels: [],
    }),
  );
  const values = groups.map(({ keys: [key = null], tally }) => ({
    value: key === null ? null : String(key),
    unblended: measureOf('unblended', tally, COMPONENTS),
    lineItems: measureOf('lineItems', tally, COMPONENTS) ?? 0,
  }));
  values.sort(
    (left, right) =>
      compareCells(left.unblended, right.unblended, true) ||
      compareCells(left.lineItems, right.lineItems, true) ||
      compareCells(left.value, right.value, false),
  );
  return { values: values.slice(0, input.limit) };
}
