// What can be picked in the explorer: dimensions and measures, gathered under headings in the order a reader looks for them.
import {
  type Basis,
  DIMENSIONS,
  type FixedDimension,
  MEASURES,
  type Scope,
} from '../../../shared/domain/spend/vocabulary.ts';
import { BASIS_NAMES, dimensionName, measureTitle } from '../../../shared/format/names.ts';
import type { ExplorerMeasure } from './explorer-state.ts';

export type Choice = {
  readonly value: string;
  readonly label: string;
  readonly hint: string | null;
  readonly group: string | null;
};

const DIMENSION_GROUPS: readonly (readonly [string, readonly FixedDimension[]])[] = [
  ['Time', ['day', 'week', 'month', 'quarter', 'year', 'hour']],
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
): Choice[] {
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

const TOKEN_MEASURES = [
  'tokens',
  'totalInputTokens',
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'outputTokens',
] as const satisfies readonly ExplorerMeasure[];

/** Measures under headings. The cost on the chosen basis comes first, the other bases follow for comparison. */
export function measureChoices(basis: Basis): Choice[] {
  const bases = Object.keys(BASIS_NAMES).filter((name) => name !== basis) as Basis[];
  const others = MEASURES.filter(
    (name) => !(name in BASIS_NAMES) && !(TOKEN_MEASURES as readonly string[]).includes(name),
  );
  return [
    { value: 'cost', label: 'Cost', hint: BASIS_NAMES[basis], group: 'Cost' },
    ...bases.map((value) => ({ value, label: BASIS_NAMES[value], hint: null, group: 'Cost' })),
    ...TOKEN_MEASURES.map((value) => ({
      value,
      label: measureTitle(value),
      hint: 'tokens',
      group: 'Tokens',
    })),
    ...others.map((value) => ({ value, label: measureTitle(value), hint: null, group: 'Rates and counts' })),
  ];
}

/** A measure's heading: what it is, and for the cost on which basis. */
export function measureHeading(measure: ExplorerMeasure, basis: Basis): string {
  return measure === 'cost' ? `Cost, ${BASIS_NAMES[basis].toLowerCase()}` : measureTitle(measure);
}

export const SCOPE_HINTS: Readonly<Record<Scope, string>> = {
  bedrock: 'Lines of Bedrock itself, Marketplace models included',
  estate: 'With lines that Bedrock may drive elsewhere: OpenSearch, Lambda, logs. Not confirmed',
  all: 'Every line of the bill; other services by day and usage type only',
};
