// What a lever is to the pipeline: which parameters are uncertain, what it would do to one slice, what is worth knowing.
import type { Mode } from '../usage/vocabulary.ts';
import type { Fact } from './answer.ts';
import type { PriceBook } from './prices.ts';
import type { Range } from './scenario.ts';
import type { TokensByMeter, UsageVector, VectorMeter } from './vectors.ts';

/** Part of a vector at one point of the pipeline: the requests that are bought in this mode by now. */
export type Slice = {
  readonly vector: UsageVector;
  readonly mode: Mode;
  readonly tokens: TokensByMeter;
};

export type Notice = { readonly code: string; readonly message: string };

/**
 * What a lever wants to do with one slice: take a share of its requests, whole, buy them in `mode`, and turn the tokens
 * of a meter into other meters. The rows of `meters` sum to 1, so no plan can invent or lose tokens; a meter that is
 * not named stays what it is. Every meter named in a row must have a price, also where its share happens to be 0.
 */
export type Plan = {
  readonly share: number;
  readonly mode: Mode;
  readonly meters: Partial<Record<VectorMeter, Partial<Record<VectorMeter, number>>>>;
  /** Reasons why nothing of it may happen. */
  readonly refusals: readonly Notice[];
  /** What should be known although it happens. */
  readonly warnings: readonly Notice[];
};

/** A parameter with its uncertainty, and the lever with that parameter fixed. */
export type Parameter<L> = {
  readonly name: string;
  readonly range: Range;
  readonly fix: (value: number) => L;
};

/** One kind of lever. `plan` reads the base of each range only: the pipeline fixes the parameters of each case. */
export type LeverRules<L> = {
  readonly title: string;
  /** What it does, in one line. */
  readonly reason: string;
  readonly parameters: (lever: L) => readonly Parameter<L>[];
  /** null: the lever has nothing to do with this slice. */
  readonly plan: (lever: L, slice: Slice) => Plan | null;
  /** Figures of the lever over the slices in its scope, base case. */
  readonly facts: (lever: L, slices: readonly Slice[], book: PriceBook) => Fact[];
};

export function exactly(value: number): Range {
  return { low: value, base: value, high: value };
}

/** One slice for each distinct model and price among those given: facts about prices are said once. */
export function onePerPrice(slices: readonly Slice[], signature: (slice: Slice) => string | null): Slice[] {
  const distinct = new Map<string, Slice>();
  for (const slice of slices) {
    const key = signature(slice);
    if (key !== null && !distinct.has(key)) distinct.set(key, slice);
  }
  return [...distinct.values()];
}
