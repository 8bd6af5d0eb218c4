// Applies one lever to the slices of a scenario: moves whole requests, re-prices them, and says what it refused.
import { sumOf } from '../sum.ts';
import type { Mode } from '../usage/vocabulary.ts';
import type { Guard, Moved } from './answer.ts';
import type { Notice, Plan, Slice } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { amountOf, type Pick, type PriceBook } from './prices.ts';
import { NO_TOKENS, type TokensByMeter, VECTOR_METERS, type VectorMeter } from './vectors.ts';

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
};

/**
 * The slices after one lever. Tokens are conserved by construction: a plan only redistributes them. What lacks a price
 * before or after is not moved, so every token that did move is priced on both sides.
 */
export function applyLever(lever: BoundLever, slices: readonly Slice[], options: ApplyOptions): Applied {
  const after: Slice[] = [];
  const moved: Moved[] = [];
  const guards: Guard[] = [];
  for (const slice of slices) {
    const inScope = options.scope === null || slice.vector.inScopes.includes(options.scope);
    const plan = inScope ? lever.plan(slice) : null;
    if (plan === null) {
      after.push(slice);
      continue;
    }
    const refusals = plan.refusals.length > 0 ? plan.refusals : unpriced(plan, slice, options.book);
    if (refusals.length > 0) {
      after.push(slice);
      guards.push(...refusals.map((refusal) => guardOf(refusal, true, plan, slice, options)));
      continue;
    }
    const moves = movesOf(plan, slice, options);
    after.push(...split(plan, slice, options.intensity));
    moved.push(...moves);
    guards.push(...plan.warnings.map((warning) => guardOf(warning, false, plan, slice, options)));
    guards.push(...lossGuard(moves, slice));
  }
  return { slices: merged(after), moved, guards };
}

/** Tokens by target meter that one token of `meter` becomes. */
function rowOf(plan: Plan, meter: VectorMeter): Partial<Record<VectorMeter, number>> {
  return plan.meters[meter] ?? { [meter]: 1 };
}

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

function unpriced(plan: Plan, slice: Slice, book: PriceBook): Notice[] {
  const notices: Notice[] = [];
  for (const meter of VECTOR_METERS) {
    if (!changes(plan, slice, meter)) continue;
    const now = book.quote(slice.vector, meter, slice.mode);
    if (now.kind === 'missing') notices.push(MISSING_NOW(meter, now.why));
    for (const target of Object.keys(rowOf(plan, meter)) as VectorMeter[]) {
      const then = book.quote(slice.vector, target, plan.mode);
      if (then.kind === 'missing') notices.push(MISSING_THEN(target, plan.mode, then.why));
    }
  }
  const first = notices[0];
  return first === undefined ? [] : [first];
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
    for (const target of Object.keys(rowOf(plan, meter)) as VectorMeter[]) {
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

function split(plan: Plan, slice: Slice, intensity: number): Slice[] {
  const share = plan.share * intensity;
  const leaving: Record<VectorMeter, number> = { ...NO_TOKENS };
  const staying: Record<VectorMeter, number> = { ...NO_TOKENS };
  for (const meter of VECTOR_METERS) {
    const going = slice.tokens[meter] * share;
    staying[meter] += slice.tokens[meter] - going;
    for (const [target, part] of Object.entries(rowOf(plan, meter)) as [VectorMeter, number][]) {
      leaving[target] += going * part;
    }
  }
  return [
    { ...slice, tokens: staying },
    { vector: slice.vector, mode: plan.mode, tokens: leaving },
  ];
}

/** Slices of one vector in one mode become one again, so that levers see each request once. */
function merged(slices: readonly Slice[]): Slice[] {
  const byKey = new Map<string, Slice>();
  for (const slice of slices) {
    if (VECTOR_METERS.every((meter) => slice.tokens[meter] === 0)) continue;
    const key = `${slice.vector.id}|${slice.mode}`;
    const same = byKey.get(key);
    byKey.set(key, same === undefined ? slice : { ...slice, tokens: added(same.tokens, slice.tokens) });
  }
  return [...byKey.values()];
}

function added(left: TokensByMeter, right: TokensByMeter): TokensByMeter {
  const total: Record<VectorMeter, number> = { ...NO_TOKENS };
  for (const meter of VECTOR_METERS) total[meter] = left[meter] + right[meter];
  return total;
}
