// The table of levers: a new one is a file with its rules, its data in the scenario, and an entry here.
import type { Fact } from './answer.ts';
import { batchRules } from './batch.ts';
import { cachingRules } from './caching.ts';
import type { LeverRules, Plan, Slice } from './lever.ts';
import type { PriceBook } from './prices.ts';
import type { BatchLever, CachingLever, Lever, LeverKind, Range } from './scenario.ts';

type LeverOf = { batch: BatchLever; caching: CachingLever };

export const LEVERS: { readonly [K in LeverKind]: LeverRules<LeverOf[K]> } = {
  batch: batchRules,
  caching: cachingRules,
};

/** A lever together with the rules of its kind, so that the pipeline knows no kind. */
export type BoundLever = {
  readonly lever: Lever;
  readonly title: string;
  readonly ranges: readonly { readonly name: string; readonly range: Range }[];
  /** The same lever with the parameter at this position fixed. */
  readonly fix: (position: number, value: number) => BoundLever;
  readonly plan: (slice: Slice) => Plan | null;
  readonly facts: (slices: readonly Slice[], book: PriceBook) => Fact[];
};

export function bind(lever: Lever): BoundLever {
  switch (lever.kind) {
    case 'batch':
      return boundTo(lever, LEVERS.batch);
    case 'caching':
      return boundTo(lever, LEVERS.caching);
  }
}

function boundTo<L extends Lever>(lever: L, rules: LeverRules<L>): BoundLever {
  const parameters = rules.parameters(lever);
  return {
    lever,
    title: rules.title,
    ranges: parameters,
    fix(position, value) {
      const parameter = parameters[position];
      return parameter === undefined ? boundTo(lever, rules) : boundTo(parameter.fix(value), rules);
    },
    plan: (slice) => rules.plan(lever, slice),
    facts: (slices, book) => rules.facts(lever, slices, book),
  };
}
