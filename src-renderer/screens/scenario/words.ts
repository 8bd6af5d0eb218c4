// What the scenario screen calls things, and the sentences that explain its choices.
import { LEVERS } from '../../../shared/domain/whatif/levers.ts';
import {
  LEVER_KINDS,
  type LeverKind,
  type ScenarioPriceLayer,
} from '../../../shared/domain/whatif/scenario.ts';

const told = (part: 'title' | 'reason') =>
  Object.fromEntries(LEVER_KINDS.map((kind) => [kind, LEVERS[kind][part]])) as Readonly<
    Record<LeverKind, string>
  >;

export const LEVER_TITLES = told('title');
export const LEVER_HINTS = told('reason');

export const LAYER_TITLES: Readonly<Record<ScenarioPriceLayer, string>> = {
  list: 'List',
  contract: 'Contract',
  effective: 'Effective',
};

export const LAYER_HINTS: Readonly<Record<ScenarioPriceLayer, string>> = {
  list: 'Catalog list prices of the days in the baseline.',
  contract:
    'The rates stated below first, then the contract rates of the workspace, then the catalog’s list price.',
  effective: 'What the bill charged per token; the catalog’s list price where the bill has none.',
};

export const OUTSIDE_REASONS: Readonly<Record<string, string>> = {
  not_usage: 'Tax, credits, fees and discounts are not usage',
  not_tokens: 'Not metered in tokens',
  unknown_model: 'The model is not known',
  unknown_unit: 'The billed unit is not known',
  fixed_capacity: 'Bought as capacity, not by the token',
  search_capacity: 'Search capacity, by the hour',
};

/** What a sum over levers leaves out. */
export function withoutFigure(count: number): string {
  return count === 1 ? 'without one that has no figure' : `without ${count} that have no figure`;
}
