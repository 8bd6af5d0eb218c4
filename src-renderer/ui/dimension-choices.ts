// The dimensions a person can pick, under headings in the order a reader looks for them.
import { DIMENSIONS, type FixedDimension } from '../../shared/domain/spend/vocabulary.ts';
import { dimensionName } from '../../shared/format/names.ts';
import type { PickOption } from './pick-list.tsx';

const DIMENSION_GROUPS: readonly (readonly [string, readonly FixedDimension[]])[] = [
  ['Time', ['day', 'week', 'month', 'quarter', 'year', 'fiscalPeriod', 'commitYear', 'hour']],
  ['What', ['model', 'provider', 'modelTier', 'family', 'meter', 'variant', 'contextBand']],
  ['How it is bought', ['mode', 'term', 'chargeType', 'billingEntity']],
  ['Where', ['region', 'regionTier']],
  ['Who', ['account', 'accountName', 'payer', 'principal', 'inferenceProfile', 'resource']],
  ['As billed', ['service', 'usageType', 'operation', 'invoice', 'currency', 'lineClass', 'importBatch']],
];

/** Dimensions under headings; tags and cost categories only as far as the workspace has them. */
export function dimensionChoices(
  tagKeys: readonly string[],
  costCategories: readonly string[],
  taken: readonly string[],
): PickOption[] {
  const fixed = DIMENSION_GROUPS.flatMap(([group, names]) => names.map((value) => ({ group, value })));
  const own = [
    ...tagKeys.map((key) => ({ group: 'Tags', value: `tag:${key}` })),
    ...costCategories.map((name) => ({ group: 'Cost categories', value: `costCategory:${name}` })),
  ];
  return [...fixed, ...own]
    .filter(({ value }) => !taken.includes(value))
    .map(({ group, value }) => ({ value, label: dimensionName(value), hint: null, group }));
}

/** Dimensions that no heading has: none, so that a new dimension cannot be forgotten here. */
export const UNGROUPED = DIMENSIONS.filter(
  (name) => !DIMENSION_GROUPS.some(([, names]) => names.includes(name)),
);
