// Applies the effect of one lever to the slices of a scenario: moves whole requests, and says what it refused.
import { sumOf } from '../sum.ts';
import type { Mode } from '../usage/vocabulary.ts';
import type { Guard, Moved } from './answer.ts';
import type { Effect, Notice, Outcome, Plan, Purchase, Scale, Slice } from './lever.ts';
import { amountOf, type Pick, type PriceBook, quoteOf } from './prices.ts';
import {
  NO_TOKENS,
  type TokensByMeter,
  type UsageVector,
  VECTOR_METERS,
  type VectorMeter,
} from './vectors.ts';

/** What a lever moved, and what it refused or warns of. */
export type Details = { readonly moved: readonly Moved[]; readonly guards: readonly Guard[] };

export type ApplyOptions = {
  readonly book: PriceBook;
  /** Position of the lever's scope among the baseline's scopes; null = everything. */
  readonly scope: number | null;
  /** Share (0…1) to which the lever acts already, for months within its ramp. */
  readonly intensity: number;
};

export type DetailOptions = ApplyOptions & { readonly pick: Pick };

export function isInScope(vector: UsageVector, scope: number | null): boolean {
  return scope === null || vector.inScopes.includes(scope);
}

/**
 * The slices after one lever. A plan only redistributes tokens, but for the factors it states. What lacks a price
 * before or after is not moved, so every token that did move is priced on both sides.
 */
export function applyLever(
  effect: Effect,
  slices: readonly Slice[],
  { book, scope, intensity }: ApplyOptions,
): readonly Slice[] {
  const after: Slices = new Map();
  for (const slice of slices) {
    const plan = isInScope(slice.origin, scope) ? effect.plan(slice) : null;
    if (plan === null || refusalsOf(plan, slice, book).length > 0) add(after, slice, slice, slice.tokens);
    else split(after, plan, slice, intensity);
  }
  return [...after.values()].flat();
}

/** What the same lever moves on the same slices, and what it refuses or warns of. */
export function detailsOf(effect: Effect, slices: readonly Slice[], options: DetailOptions): Details {
  const moved: Moved[] = [];
  const guards: Guard[] = [];
  for (const slice of slices) {
    const plan = isInScope(slice.origin, options.scope) ? effect.plan(slice) : null;
    if (plan === null) continue;
    const refusals = refusalsOf(plan, slice, options.book);
    guards.push(...refusals.map((refusal) => guardOf(refusal, true, plan, slice, options)));
    if (refusals.length > 0) continue;
    const moves = movesOf(plan, slice, options);
    moved.push(...moves);
    guards.push(...plan.warnings.map((warning) => guardOf(warning, false, plan, slice, options)));
    guards.push(...lossGuard(moves, slice));
  }
  return { moved, guards };
}

function refusalsOf(plan: Plan, slice: Slice, book: PriceBook): readonly Notice[] {
  if (plan.refusals.length > 0) return plan.refusals;
  const missing = firstMissing(plan, slice, book);
  return missing === null ? [] : [missing];
}

function shareOf({ share }: Plan, meter: VectorMeter): number {
  return meter === 'output' ? share.output : share.input;
}

/** Tokens by target meter that one token of `meter` becomes. */
function rowOf({ meters }: Outcome, meter: VectorMeter): Partial<Record<VectorMeter, number>> {
  return meters[meter] ?? UNCHANGED[meter];
}

function targetsOf(outcome: Outcome, meter: VectorMeter): readonly VectorMeter[] {
  const row = outcome.meters[meter];
  return row === undefined ? ITSELF[meter] : (Object.keys(row) as VectorMeter[]);
}

const UNCHANGED = Object.fromEntries(VECTOR_METERS.map((meter) => [meter, { [meter]: 1 }])) as Readonly<
  Record<VectorMeter, Partial<Record<VectorMeter, number>>>
>;

const ITSELF = Object.fromEntries(
  VECTOR_METERS.map((meter): [VectorMeter, readonly VectorMeter[]] => [meter, [meter]]),
) as Readonly<Record<VectorMeter, readonly VectorMeter[]>>;

function isSamePurchase(left: Purchase, right: Purchase): boolean {
  return (
    left.vector === right.vector &&
    left.mode === right.mode &&
    (left.rate?.id ?? null) === (right.rate?.id ?? null)
  );
}

const CACHED: ReadonlySet<VectorMeter> = new Set([
  'cache_read',
  'cache_write_5m',
  'cache_write_30m',
  'cache_write_1h',
]);

function sizeOf(meter: VectorMeter, scale: Scale): number {
  if (meter === 'output') return scale.output;
  return CACHED.has(meter) ? scale.cached : scale.input;
}

/** Whether an outcome leaves tokens of a meter exactly where and what they are. */
function keeps(outcome: Outcome, slice: Slice, meter: VectorMeter): boolean {
  return (
    isSamePurchase(outcome, slice) &&
    outcome.meters[meter] === undefined &&
    outcome.weight === outcome.from &&
    sizeOf(meter, outcome.scale) === 1
  );
}

function changes(plan: Plan, slice: Slice, meter: VectorMeter): boolean {
  if (slice.tokens[meter] <= 0) return false;
  for (const outcome of plan.outcomes) if (!keeps(outcome, slice, meter)) return true;
  return false;
}

type MeterNotice = Notice & { readonly meter: VectorMeter };

const MISSING_NOW = (meter: VectorMeter, why: string): MeterNotice => ({
  code: 'no_price_now',
  message: `Its cost today is not priced (${why}), so no saving can be stated.`,
  meter,
});

function missingThen({ vector, mode }: Outcome, slice: Slice, meter: VectorMeter, why: string): MeterNotice {
  const moves = vector !== slice.vector;
  const cached = CACHED.has(meter);
  const where = moves
    ? ` at ${[vector.model, vector.region, vector.regionTier].filter(Boolean).join(', ')}`
    : '';
  return {
    code: moves ? 'no_price_there' : missingCode(mode, cached),
    message: `No price for ${meter} in mode ${mode}${where}: ${why}.`,
    meter,
  };
}

function missingCode(mode: Mode, cached: boolean): string {
  if (mode === 'batch') return 'no_batch_price';
  return cached ? 'no_cache_price' : 'no_price';
}

/** The first price that the plan needs and the book does not have; one is enough to stop it. */
function firstMissing(plan: Plan, slice: Slice, book: PriceBook): Notice | null {
  for (const meter of VECTOR_METERS) {
    if (!changes(plan, slice, meter)) continue;
    const now = quoteOf(book, slice, meter);
    if (now.kind === 'missing') return MISSING_NOW(meter, now.why);
    for (const outcome of plan.outcomes) {
      for (const target of targetsOf(outcome, meter)) {
        const then = quoteOf(book, outcome, target);
        if (then.kind === 'missing') return missingThen(outcome, slice, target, then.why);
      }
    }
  }
  return null;
}

/** The tokens a plan changes, whatever becomes of it. */
function touched(plan: Plan, slice: Slice, intensity: number): { meter: VectorMeter; tokens: number }[] {
  return VECTOR_METERS.flatMap((meter) => {
    if (!changes(plan, slice, meter)) return [];
    const share = shareOf(plan, meter) * intensity;
    const staying = sumOf(
      plan.outcomes.map((outcome) => {
        if (!isSamePurchase(outcome, slice) || sizeOf(meter, outcome.scale) !== 1) return 0;
        return Math.min(outcome.from, outcome.weight) * (rowOf(outcome, meter)[meter] ?? 0);
      }),
    );
    return [{ meter, tokens: slice.tokens[meter] * share * (1 - staying) }];
  });
}

function guardOf(
  notice: Notice,
  refused: boolean,
  plan: Plan,
  slice: Slice,
  { book, pick, intensity }: DetailOptions,
): Guard {
  const parts = touched(plan, slice, intensity);
  const costs = parts.map(({ meter, tokens }) => {
    const quote = quoteOf(book, slice, meter);
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

function movesOf(plan: Plan, slice: Slice, options: DetailOptions): Moved[] {
  return VECTOR_METERS.flatMap((meter) =>
    changes(plan, slice, meter)
      ? plan.outcomes.flatMap((outcome) => movesOfMeter(plan, outcome, slice, meter, options))
      : [],
  );
}

/** What one outcome does to the tokens of one meter; nothing where they stay as they are. */
function movesOfMeter(
  plan: Plan,
  outcome: Outcome,
  slice: Slice,
  meter: VectorMeter,
  { book, pick, intensity }: DetailOptions,
): Moved[] {
  const now = quoteOf(book, slice, meter);
  if (now.kind === 'missing' || keeps(outcome, slice, meter)) return [];
  const taken = slice.tokens[meter] * shareOf(plan, meter) * intensity;
  return targetsOf(outcome, meter).flatMap((target) => {
    const part = taken * (rowOf(outcome, meter)[target] ?? 0);
    const before = part * outcome.from;
    const after = part * outcome.weight * sizeOf(target, outcome.scale);
    const then = quoteOf(book, outcome, target);
    const stays = target === meter && isSamePurchase(outcome, slice) && before === after;
    if ((before === 0 && after === 0) || stays || then.kind === 'missing') return [];
    return [
      {
        model: slice.vector.model,
        region: slice.vector.region,
        fromMeter: meter,
        fromMode: slice.mode,
        toModel: outcome.vector.model,
        toPlace: placeText(outcome),
        toMeter: target,
        toMode: outcome.mode,
        tokens: before,
        tokensAfter: after,
        costBefore: before * amountOf(now, pick),
        costAfter: after * amountOf(then, pick),
        sourceBefore: now.source,
        sourceAfter: then.source,
      },
    ];
  });
}

function placeText({ vector: { region, regionTier }, rate }: Purchase): string | null {
  if (rate !== null) return rate.source;
  const parts = [region, regionTier].filter((part) => part !== null);
  return parts.length === 0 ? null : parts.join(', ');
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

// From here on everything runs for each slice, lever and step of a ramp while a slider moves: plain loops.

function split(after: Slices, plan: Plan, slice: Slice, intensity: number): void {
  const staying: Tokens = { ...NO_TOKENS };
  const taken: Tokens = { ...NO_TOKENS };
  for (const meter of VECTOR_METERS) {
    const tokens = slice.tokens[meter];
    if (tokens === 0) continue;
    taken[meter] = tokens * shareOf(plan, meter) * intensity;
    staying[meter] = tokens - taken[meter];
  }
  add(after, slice, slice, staying);
  for (const outcome of plan.outcomes) add(after, slice, outcome, arriving(outcome, taken));
}

/** What becomes of the tokens that a plan takes, at one of its outcomes. */
function arriving(outcome: Outcome, taken: TokensByMeter): TokensByMeter {
  const tokens: Tokens = { ...NO_TOKENS };
  for (const meter of VECTOR_METERS) {
    const going = taken[meter] * outcome.weight;
    if (going === 0) continue;
    const row = outcome.meters[meter];
    if (row === undefined) {
      tokens[meter] += going * sizeOf(meter, outcome.scale);
      continue;
    }
    for (const target of VECTOR_METERS) {
      const part = row[target];
      if (part !== undefined) tokens[target] += going * part * sizeOf(target, outcome.scale);
    }
  }
  return tokens;
}

/** Slices of one vector bought in one way become one again, so that levers see each request once. */
function add(
  after: Slices,
  { origin }: Slice,
  { vector, mode, rate }: Purchase,
  tokens: TokensByMeter,
): void {
  if (isNothing(tokens)) return;
  const fresh: Slice = { origin, vector, mode, rate, tokens };
  const own = after.get(origin);
  if (own === undefined) {
    after.set(origin, [fresh]);
    return;
  }
  for (const [at, same] of own.entries()) {
    if (!isSamePurchase(same, fresh)) continue;
    own[at] = { ...same, tokens: added(same.tokens, tokens) };
    return;
  }
  own.push(fresh);
}

function isNothing(tokens: TokensByMeter): boolean {
  for (const meter of VECTOR_METERS) if (tokens[meter] !== 0) return false;
  return true;
}

function added(left: TokensByMeter, right: TokensByMeter): TokensByMeter {
  const total: Tokens = { ...NO_TOKENS };
  for (const meter of VECTOR_METERS) total[meter] = left[meter] + right[meter];
  return total;
}
