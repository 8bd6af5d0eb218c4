// Conditions as a person states them (is, is not, contains …) against the operators of the query grammar.
import type { Filter, FilterOperator } from '../domain/spend/vocabulary.ts';
import { dimensionName, valueName } from './names.ts';

export type ConditionKind = 'is' | 'isNot' | 'contains' | 'from' | 'to' | 'isMissing' | 'isPresent';

type Condition = {
  readonly label: string;
  readonly operator: FilterOperator;
  /** How the values are entered: picked from those held, typed, or not at all. */
  readonly entry: 'pick' | 'type' | 'none';
};

export const CONDITIONS: Readonly<Record<ConditionKind, Condition>> = {
  is: { label: 'is', operator: '=', entry: 'pick' },
  isNot: { label: 'is not', operator: '!=', entry: 'pick' },
  contains: { label: 'contains', operator: '~', entry: 'type' },
  from: { label: 'is at least', operator: '>=', entry: 'type' },
  to: { label: 'is at most', operator: '<=', entry: 'type' },
  isMissing: { label: 'has no value', operator: '=', entry: 'none' },
  isPresent: { label: 'has a value', operator: '!=', entry: 'none' },
};

export function filterOf(dimension: string, kind: ConditionKind, values: readonly (string | null)[]): Filter {
  const { operator, entry } = CONDITIONS[kind];
  return { dimension, operator, values: entry === 'none' ? [null] : values };
}

export function kindOf({ operator, values }: Filter): ConditionKind {
  const onlyMissing = values.length === 1 && values[0] === null;
  switch (operator) {
    case '=':
      return onlyMissing ? 'isMissing' : 'is';
    case '!=':
      return onlyMissing ? 'isPresent' : 'isNot';
    case '~':
      return 'contains';
    case '>=':
      return 'from';
    case '<=':
      return 'to';
  }
}

/** A condition as one readable line: `Model is Nova Lite or Nova Pro`. */
export function filterText(filter: Filter): string {
  const kind = kindOf(filter);
  const { label, entry } = CONDITIONS[kind];
  const name = dimensionName(filter.dimension);
  if (entry === 'none') return `${name} ${label}`;
  return `${name} ${label} ${filter.values.map((value) => valueName(filter.dimension, value)).join(' or ')}`;
}
