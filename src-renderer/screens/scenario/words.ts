// What the scenario screen calls things, and the sentences that explain its choices.
import type { LeverKind, ScenarioPriceLayer } from '../../../shared/domain/whatif/scenario.ts';

export const LEVER_TITLES: Readonly<Record<LeverKind, string>> = {
  batch: 'Batch migration',
  caching: 'Prompt caching',
  routing: 'Model routing',
  service_tier: 'Service tier',
  residency: 'Region tier and residency',
  trimming: 'Shorter prompts and answers',
  overhead: 'Retries and experiments',
};

export const LEVER_HINTS: Readonly<Record<LeverKind, string>> = {
  batch: 'Whole requests move to batch inference and are answered within 24 hours.',
  caching: 'A prefix that requests repeat is written once and read from the cache.',
  routing: 'A share of the requests goes to other models, by weight or as a cascade.',
  service_tier: 'Requests are bought at flex, priority or latency-optimized prices.',
  residency: 'Requests are served globally, within a geography, or in one region.',
  trimming: 'Fewer tokens a request: input, cached prefix or output.',
  overhead: 'Volume that retries and trials add to the useful requests.',
};

export const LAYER_TITLES: Readonly<Record<ScenarioPriceLayer, string>> = {
  list: 'List',
  contract: 'Contract',
  effective: 'Effective',
};

export const LAYER_HINTS: Readonly<Record<ScenarioPriceLayer, string>> = {
  list: 'Catalog list prices of the days in the baseline.',
  contract: 'The rates stated below; the catalog’s list price where none is stated.',
  effective: 'What the bill charged per token; the catalog’s list price where the bill has none.',
};

export const OUTSIDE_REASONS: Readonly<Record<string, string>> = {
  not_usage: 'Tax, credits, fees and discounts are not usage.',
  not_tokens: 'Not metered in tokens.',
  unknown_model: 'The model is not known.',
  unknown_unit: 'The billed unit is not known.',
  fixed_capacity: 'Bought as capacity, not by the token.',
};
