// The measures that can be picked in the explorer, under headings in the order a reader looks for them.
import { type Basis, MEASURES, type Scope } from '../../../shared/domain/spend/vocabulary.ts';
import { BASIS_NAMES, measureTitle } from '../../../shared/format/names.ts';
import type { PickOption } from '../../ui/pick-list.tsx';
import type { ExplorerMeasure } from './explorer-state.ts';

const TOKEN_MEASURES = [
  'tokens',
  'totalInputTokens',
  'inputTokens',
  'cacheReadTokens',
  'cacheWriteTokens',
  'outputTokens',
] as const satisfies readonly ExplorerMeasure[];

/** Measures under headings. The cost on the chosen basis comes first, the other bases follow for comparison. */
export function measureChoices(basis: Basis): PickOption[] {
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

/** Measures that count something beside the bill, in words for any metric but requests. */
const COUNTED: Partial<Record<ExplorerMeasure, (metric: string) => string>> = {
  requests: (metric) => `${metric.charAt(0).toUpperCase()}${metric.slice(1)}`,
  costPerRequest: (metric) => `Cost ÷ ${metric}`,
  tokensPerRequest: (metric) => `Tokens ÷ ${metric}`,
};

export const countsSomething = (measures: readonly ExplorerMeasure[]): boolean =>
  measures.some((measure) => COUNTED[measure] !== undefined);

/** A measure's heading: what it is, for the cost on which basis, for a count of what. */
export function measureHeading(measure: ExplorerMeasure, basis: Basis, counted: string): string {
  if (measure === 'cost') return `Cost, ${BASIS_NAMES[basis].toLowerCase()}`;
  const named = counted === 'requests' ? undefined : COUNTED[measure];
  return named?.(counted) ?? measureTitle(measure);
}

export const SCOPE_HINTS: Readonly<Record<Scope, string>> = {
  bedrock: 'Lines of Bedrock itself, Marketplace models included',
  estate: 'With lines that Bedrock may drive elsewhere: OpenSearch, Lambda, logs. Not confirmed',
  all: 'Every line of the bill; other services by day and usage type only',
};
