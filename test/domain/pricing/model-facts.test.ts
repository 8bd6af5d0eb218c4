// Holds the facts beside prices to the model table and to the catalog, and reads a lifecycle the way a bill meets it.
import { describe, expect, test } from 'vitest';
import { BUNDLED_CATALOG } from '../../../shared/domain/pricing/catalog.ts';
import facts from '../../../shared/domain/pricing/model-facts.json' with { type: 'json' };
import {
  cacheFactsOf,
  customOnDemandOf,
  lifecycleOf,
  lifecycleStateOn,
  MODEL_FACT_SOURCES,
  MODEL_LIFECYCLES,
  modesNotOffered,
  standingSuccessor,
} from '../../../shared/domain/pricing/model-facts.ts';
import { resolveModel } from '../../../shared/domain/usage/models.ts';
import { MODES } from '../../../shared/domain/usage/vocabulary.ts';

const rows = [...facts.caching, ...facts.notOffered, ...facts.limits, ...facts.customOnDemand];

describe('the file', () => {
  test('names every model as the bill does', () => {
    const names = [
      ...rows.flatMap(({ models }) => models),
      ...MODEL_LIFECYCLES.flatMap(({ model, successor }) => [
        model,
        ...(successor === null ? [] : [successor]),
      ]),
    ];
    expect(names.filter((name) => resolveModel(name)?.model !== name)).toEqual([]);
  });

  test('has a source for every statement, and no source without one', () => {
    const used = new Set([...rows, ...facts.lifecycle].map(({ source }) => source));
    expect(MODEL_FACT_SOURCES.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
    expect([...used].filter((id) => !MODEL_FACT_SOURCES.some((source) => source.id === id))).toEqual([]);
  });

  test('says one thing of a model', () => {
    for (const names of [
      facts.lifecycle.map(({ model }) => model),
      facts.caching.flatMap(({ models }) => models),
    ])
      expect(names).toEqual([...new Set(names)]);
  });

  test('has days in the order in which they come', () => {
    for (const { model, legacyFrom, extendedAccessFrom, endOfLife } of MODEL_LIFECYCLES) {
      const days = [legacyFrom, extendedAccessFrom, endOfLife].filter((day) => day !== null);
      expect([model, ...days]).toEqual([model, ...[...days].sort()]);
      for (const day of days) expect(day).toMatch(/^20\d{2}-\d{2}-\d{2}$/u);
    }
  });

  test('a successor says what it rests on, and nothing else does', () => {
    for (const { successor, successorBasis } of MODEL_LIFECYCLES)
      expect(successor === null).toBe(successorBasis === null);
  });

  test('modes are those of the vocabulary', () => {
    const named = [...facts.notOffered, ...facts.limits].map(({ mode }) => mode);
    expect(named.filter((mode) => !MODES.some((known) => known === mode))).toEqual([]);
  });

  test('a model that caches by checkpoints has a price for reading; one that knows none has no price', () => {
    const priced = new Set(
      BUNDLED_CATALOG.prices.filter(({ meter }) => meter === 'cache_read').map(({ model }) => model),
    );
    const named = facts.caching.flatMap(({ models }) => models);
    const wrong = named.filter((model) => (cacheFactsOf(model)?.kind === 'none') === priced.has(model));
    expect(wrong).toEqual([]);
  });

  test('a mode that is said not to be offered has no price, but where the dispute is noted', () => {
    const priced = new Set(BUNDLED_CATALOG.prices.map(({ model, mode }) => `${model} ${mode}`));
    const contradicted = facts.notOffered
      .flatMap(({ models }) => models)
      .flatMap((model) => modesNotOffered(model).map((fact) => ({ model, ...fact })))
      .filter(
        ({ model, mode, text }) => priced.has(`${model} ${mode}`) && text?.startsWith('disputed') !== true,
      );
    expect(contradicted).toEqual([]);
  });

  test('limits are about ways to buy that have a price', () => {
    const priced = new Set(BUNDLED_CATALOG.prices.map(({ model, mode }) => `${model} ${mode}`));
    const unpriced = facts.limits.flatMap(({ models, mode }) =>
      models.map((model) => `${model} ${mode}`).filter((key) => !priced.has(key)),
    );
    expect(unpriced).toEqual([]);
  });
});

describe('a lifecycle', () => {
  const opus = lifecycleOf('Claude Opus 4.1');
  test.each([
    ['2026-07-07', null],
    ['2026-07-08', 'legacy'],
    ['2026-10-07', 'legacy'],
    ['2026-10-08', 'extended_access'],
    ['2027-01-07', 'extended_access'],
    ['2027-01-08', 'ended'],
  ])('Claude Opus 4.1 on %s: %s', (day, state) => {
    expect(opus === null ? 'unknown' : lifecycleStateOn(opus, day)).toBe(state);
  });

  test('where only the end is stated, it counts as announced from the day that was read', () => {
    const opus4 = lifecycleOf('Claude Opus 4');
    const on = (day: string) => (opus4 === null ? 'unknown' : lifecycleStateOn(opus4, day));
    expect([on('2025-12-01'), on('2026-05-26'), on('2026-05-31')]).toEqual([null, 'legacy', 'ended']);
  });

  test('a newer version beside it makes no model legacy', () => {
    const llama = lifecycleOf('Llama 3.1 70B');
    expect(llama === null ? null : lifecycleStateOn(llama, '2026-11-21')).toBe('superseded');
  });

  test('what is not in the file is unknown', () => {
    expect(lifecycleOf('Claude Sonnet 4.5')).toBeNull();
    expect(customOnDemandOf('Claude Sonnet 4.5')).toBeNull();
    expect(cacheFactsOf('Llama 3.3 70B')).toBeNull();
  });
});

describe('a standing successor', () => {
  test.each([
    ['Claude 3.7 Sonnet', '2026-03-01', 'Claude Sonnet 4', 'which had not been announced to end yet'],
    ['Claude 3.7 Sonnet', '2026-11-21', 'Claude Sonnet 4.5', 'since the one named has ended itself'],
    ['Titan Image Generator V2', '2026-11-21', null, 'since Nova Canvas ended without one'],
    ['Jamba 1.5 Mini', '2026-11-21', null, 'since none is named'],
    ['Claude Sonnet 4.5', '2026-11-21', null, 'since nothing is known of it'],
  ])('of %s on %s is %s, %s', (model, day, successor, _why) => {
    expect(standingSuccessor(model, day)).toBe(successor);
  });
});
