// Which texts tell lines apart: those that decide what becomes of one, and those that kept lines are told apart by beside them.
import type { Field } from './columns.ts';
import { FOCUS_TUPLE_FIELDS } from './focus.ts';

/** The texts that decide whether a line of a CUR is kept, and what it is summed under. */
export const CUR_TUPLE_FIELDS = [
  'payer',
  'account',
  'invoice',
  'billingEntity',
  'productCode',
  'productName',
  'productMap',
  'usageType',
  'operation',
  'chargeType',
  'region',
  'regionFallback',
  'currency',
  'unit',
] as const satisfies readonly Field[];

export function tupleFields(isFocus: boolean): readonly Field[] {
  return isFocus ? FOCUS_TUPLE_FIELDS : CUR_TUPLE_FIELDS;
}

/** Texts of a series of kept lines. */
export const SERIES_FIELDS = [
  'description',
  'resource',
  'principal',
  'legalEntity',
] as const satisfies readonly Field[];

/** All that a kept line is told apart by, named tags and cost categories aside. */
export const KEPT_FIELDS = [
  ...SERIES_FIELDS,
  'accountName',
  'tagsMap',
  'resourceTagsMap',
  'costCategoryMap',
] as const satisfies readonly Field[];
