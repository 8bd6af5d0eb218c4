// Applies one lever to the slices of a scenario: moves whole requests, re-prices them, and says what it refused.
import { sumOf } from '../sum.ts';
import type { Mode } from '../usage/vocabulary.ts';
import type { Guard, Moved } from './answer.ts';
import type { Notice, Plan, Slice } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { amountOf, type Pick, type PriceBook } from './prices.ts';
import {
  NO_TOKENS,
  type TokensByMeter,
  type UsageVector,
  VECTOR_METERS,
  type VectorMeter,
} from './vectors.ts';

export type Applied = {
  readonly slices: readonly Slice[];
  readonly moved: readonly Moved[];
  readonly guards: readonly Guard[];
};

export type ApplyOptions = {
  readonly book: PriceBook;
  readonly pick: Pick;
  /** Position of the lever's scope among the baseline's scopes; null = everything. */
  readonly scope: number | null;
  /** Share (0…1) to which the lever acts already, for months within its ramp. */
  readonly intensity: number;
  /** Whether moves and guards are wanted, or the slices alone. */
  readonly detail: boolean;
};

/**
 * The slices after one lever. Tokens are conserved by construction: a plan only redistributes them. What lacks a price
 * before or after is not moved, so every token that did move is priced on both sides.
 */
export function applyLever(lever: BoundLever, slices: readonly Slice[], options: ApplyOptions): Applied {
  const after = new Map<UsageVector, Slice[]>();
  const moved: Moved[] = [];
  const guards: Guard[] = [];
  for (const slice of slices) {
    const inScope = options.scope === null || slice.vector.inScopes.includes(options.scope);
    const plan = inScope ? lever.plan(slice) : null;
    const refusals = plan === null ? [] : refusalsOf(plan, slice, options.book);
    if (plan === null || refusals.length > 0) add(after, slice.vector, slice.mode, slice.tokens);
    else split(after, plan, slice, options.intensity);
    if (plan === null || !options.detail) continue;
    guards.push(...refusals.map((refusal) => guardOf(refusal, true, plan, slice, options)));
    if (refusals.length > 0) continue;
    const moves = movesOf(plan, slice, options);
    moved.push(...moves);
    guards.push(...plan.warnings.map((warning) => guardOf(warning, false, plan, slice, options)));
    guards.push(...lossGuard(moves, slice));
  }
  return { slices: [...after.values()].flat(), moved, guards };
}

function refusalsOf(plan: Plan, slice: Slice, book: PriceBook): readonly Notice[] {
  if (plan.refusals.length > 0) return plan.refusals;
  const missing = firstMissing(plan, slice, book);
  return missing === null ? [] : [missing];
}

/** Tokens by target meter that one token of `meter` becomes. */
function rowOf(plan: Plan, meter: VectorMeter): Partial<Record<VectorMeter, number>> {
  return plan.meters[meter] ?? UNCHANGED[meter];
}

function targetsOf(plan: Plan, meter: VectorMeter): VectorMeter[] {
  return Object.keys(rowOf(plan, meter)) as VectorMeter[];
}

const UNCHANGED = Object.fromEntries(VECTOR_METERS.map((meter) => [meter, { [meter]: 1 }])) as Readonly<
  Record<VectorMeter, Partial<Record<VectorMeter, number>>>
>;

function changes(plan: Plan, slice: Slice, meter: VectorMeter): boolean {
  return slice.tokens[meter] > 0 && (plan.mode !== slice.mode || plan.meters[meter] !== undefined);
}

const MISSING_NOW = (meter: VectorMeter, why: string): Notice & { meter: VectorMeter } => ({
  code: 'no_price_now',
  message: `Its cost today is not priced (${why}), so no saving can be stated.`,
  meter,
});

const MISSING_THEN = (meter: VectorMeter, mode: Mode, why: string): Notice & { meter: VectorMeter } => ({
  code: mode === 'batch' ? 'no_batch_price' : meter.startsWith('cache') ? 'no_cache_price' : 'no_price',
  message: `No price for ${meter} in mode ${mode}: ${why}.`,
  meter,
});

/** The first price that the plan needs and the book does not have; one is enough to stop it. */
function firstMissing(plan: Plan, slice: Slice, book: PriceBook): Notice | null {
  for (const meter of VECTOR_METERS) {
    if (!changes(plan, slice, meter)) continue;
    const now = book.quote(slice.vector, meter, slice.mode);
    if (now.kind === 'missing') return MISSING_NOW(meter, now.why);
    for (const target of targetsOf(plan, meter)) {
      const then = book.quote(slice.vector, target, plan.mode);
      if (then.kind === 'missing') return MISSING_THEN(target, plan.mode, then.why);
    }
  }
  return null;
}

/** The tokens a plan changes, whatever becomes of it. */
function touched(plan: Plan, slice: Slice, intensity: number): { meter: VectorMeter; tokens: number }[] {
  const share = plan.share * intensity;
  return VECTOR_METERS.flatMap((meter) => {
    if (!changes(plan, slice, meter)) return [];
    const staying = plan.mode === slice.mode ? (rowOf(plan, meter)[meter] ?? 0) : 0;
    return [{ meter, tokens: slice.tokens[meter] * share * (1 - staying) }];
  });
}

function guardOf(
  notice: Notice,
  refused: boolean,
  plan: Plan,
  slice: Slice,
  { book, pick, intensity }: ApplyOptions,
): Guard {
  const parts = touched(plan, slice, intensity);
  const costs = parts.map(({ meter, tokens }) => {
    const quote = book.quote(slice.vector, meter, slice.mode);
    return quote.kind === 'missing' ? null : tokens * amountOf(quote, pick);
  });
  return {
    ...notice,
    refused,
    model: slice.vector.model,
    region: slice.vector.region,
    meter: 'meter' in notice && typeof notice.meter === 'string' ? notice.meter : null,
    tokens: sumOf(parts.map(({ tokens }) => tokens)),
    cost: costs.includes(null) ? null : sumOf(costs.filter((cost) => cost !== null)),
  };
}

function movesOf(plan: Plan, slice: Slice, { book, pick, intensity }: ApplyOptions): Moved[] {
  const { vector, mode, tokens } = slice;
  const moves: Moved[] = [];
  for (const meter of VECTOR_METERS) {
    if (!changes(plan, slice, meter)) continue;
    const now = book.quote(vector, meter, mode);
    for (const target of targetsOf(plan, meter)) {
      const count = tokens[meter] * plan.share * intensity * (rowOf(plan, meter)[target] ?? 0);
      const then = book.quote(vector, target, plan.mode);
      if (count === 0 || (target === meter && plan.mode === mode)) continue;
      if (now.kind === 'missing' || then.kind === 'missing') continue;
      moves.push({
        model: vector.model,
        region: vector.region,
        fromMeter: meter,
        fromMode: mode,
        toMeter: target,
        toMode: plan.mode,
        tokens: count,
        costBefore: count * amountOf(now, pick),
        costAfter: count * amountOf(then, pick),
        sourceBefore: now.source,
        sourceAfter: then.source,
      });
    }
  }
  return moves;
}

function lossGuard(moves: readonly Moved[], { vector }: Slice): Guard[] {
  const before = sumOf(moves.map(({ costBefore }) => costBefore));
  const after = sumOf(moves.map(({ costAfter }) => costAfter));
  if (after <= before * (1 + 1e-12)) return [];
  return [
    {
      code: 'costs_more',
      message: 'Moved as asked, and it costs more than before.',
      refused: false,
      model: vector.model,
      region: vector.region,
      meter: null,
      tokens: sumOf(moves.map(({ tokens }) => tokens)),
      cost: before,
    },
  ];
}

type Tokens = Record<VectorMeter, number>;
type Slices = Map<UsageVector, Slice[]>;

function split(after: Slices, plan: Plan, slice: Slice, intensity: number): void {
  const share = plan.share * intensity;
  const leaving: Tokens = { ...NO_TOKENS };
  const staying: Tokens = { ...NO_TOKENS };
  for (const meter of VECTOR_METERS) {
    const tokens = slice.tokens[meter];
    if (tokens === 0) continue;
    const going = tokens * share;
    staying[meter] += tokens - going;
    const row = rowOf(plan, meter);
    for (const target of VECTOR_METERS) leaving[target] += going * (row[target] ?? 0);
  }
  add(after, slice.vector, slice.mode, staying);
  add(after, slice.vector, plan.mode, leaving);
}

/** Slices of one vector in one mode become one again, so that levers see each request once. */
function add(after: Slices, vector: UsageVector, mode: Mode, tokens: TokensByMeter): void {
  if (VECTOR_METERS.every((meter) => tokens[meter] === 0)) return;
  const own = after.get(vector);
  if (own === undefined) {
    after.set(vector, [{ vector, mode, tokens }]);
    return;
  }
  const at = own.findIndex((slice) => slice.mode === mode);
  const same = own[at];
  if (same === undefined) own.push({ vector, mode, tokens });
  else own[at] = { vector, mode, tokens: added(same.tokens, tokens) };
}

function added(left: TokensByMeter, right: TokensByMeter): TokensByMeter {
  const total: Tokens = { ...NO_TOKENS };
  for (const meter of VECTOR_METERS) total[meter] = left[meter] + right[meter];
  return total;
}
