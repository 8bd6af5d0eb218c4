// A scenario ready to be computed: its baseline as slices, its levers bound to their rules, one price book.
import { addTo, emptySum, sumOf, totalOf } from '../sum.ts';
import { type Applied, applyLever } from './apply.ts';
import type { Slice } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { amountOf, BASE_PICK, type Pick, type PriceBook } from './prices.ts';
import type { Lever } from './scenario.ts';
import { type ScenarioBaseline, scopeIndex, VECTOR_METERS } from './vectors.ts';

export type World = {
  readonly baseline: ScenarioBaseline;
  readonly book: PriceBook;
  readonly start: readonly Slice[];
};

export function worldOf(baseline: ScenarioBaseline, book: PriceBook): World {
  const start = baseline.vectors.map((vector) => ({ vector, mode: vector.mode, tokens: vector.tokens }));
  return { baseline, book, start };
}

/** Cost of slices at the book's prices; what has no price is left out here and counted by `unpricedOf`. */
export function costOf(slices: readonly Slice[], book: PriceBook, pick: Pick): number {
  const total = emptySum();
  for (const { vector, mode, tokens } of slices) {
    for (const meter of VECTOR_METERS) {
      if (tokens[meter] === 0) continue;
      const quote = book.quote(vector, meter, mode);
      if (quote.kind === 'priced') addTo(total, tokens[meter] * amountOf(quote, pick));
    }
  }
  return totalOf(total);
}

/** Tokens without a price, and what the bill says they cost. Levers never move them, so they are the baseline's. */
export function unpricedOf({ start, book }: World): { tokens: number; invoiced: number } {
  const missing = start.flatMap(({ vector, mode, tokens }) =>
    VECTOR_METERS.filter(
      (meter) => tokens[meter] !== 0 && book.quote(vector, meter, mode).kind === 'missing',
    ).map((meter) => ({ tokens: tokens[meter], invoiced: vector.invoiced[meter] })),
  );
  return { tokens: sumOf(missing.map((m) => m.tokens)), invoiced: sumOf(missing.map((m) => m.invoiced)) };
}

export function applyTo(
  { baseline, book }: World,
  lever: BoundLever,
  slices: readonly Slice[],
  pick: Pick,
): Applied {
  const scope = scopeIndex(baseline.scopes, lever.lever.scope);
  return applyLever(lever, slices, { book, pick, scope, intensity: 1, detail: true });
}

/** The slices after one lever that acts as far as `intensity` says, without what moved and what was refused. */
export function slicesAfterOne(
  { baseline, book }: World,
  lever: BoundLever,
  slices: readonly Slice[],
  intensity: number,
): readonly Slice[] {
  const scope = scopeIndex(baseline.scopes, lever.lever.scope);
  const options = { book, pick: BASE_PICK, scope, intensity, detail: false };
  return applyLever(lever, slices, options).slices;
}

/** The slices after all enabled levers in their order, each acting as far as `intensityOf` says. */
export function slicesAfter(
  world: World,
  levers: readonly BoundLever[],
  intensityOf: (lever: Lever) => number = () => 1,
): readonly Slice[] {
  let slices = world.start;
  for (const lever of levers) {
    const intensity = lever.lever.enabled ? intensityOf(lever.lever) : 0;
    if (intensity > 0) slices = slicesAfterOne(world, lever, slices, intensity);
  }
  return slices;
}

/** Which causes of price ranges occur among the prices of this usage, in the modes it has before and after. */
export function spreadsOf(world: World, after: readonly Slice[]): (keyof Pick)[] {
  const found = new Set<keyof Pick>();
  for (const { vector, mode } of [...world.start, ...after]) {
    for (const meter of VECTOR_METERS) {
      const quote = world.book.quote(vector, meter, mode);
      if (quote.kind === 'priced' && quote.spread !== null) found.add(quote.spread);
    }
  }
  return [...found];
}
