// What usage costs by the million tokens as it would be served: over the part that has a price, with how much has none.
import { addTo, emptySum, totalOf } from '../sum.ts';
import type { Outcome, Slice } from './lever.ts';
import { amountOf, BASE_PICK, noPriceText, type PriceBook } from './prices.ts';
import { totalTokens, VECTOR_METERS, type VectorMeter } from './vectors.ts';

type Served = (slice: Slice) => Outcome;

/** Cost of each slice as it would be served, USD; null where one of its meters has no price there. */
export type Costs = readonly (number | null)[];

/** Costs, and the first price that is missing, what for and where; null where every slice has one. */
export type Costed = { readonly costs: Costs; readonly missing: string | null };

export function costedAs(slices: readonly Slice[], serving: Served, book: PriceBook): Costed {
  const costs = slices.map((slice) => costAs(slice, serving(slice), book));
  const unpriced = slices[costs.indexOf(null)];
  return { costs, missing: unpriced === undefined ? null : missingPrice(unpriced, serving(unpriced), book) };
}

/** Costs of a mix, Σ weight × cost; a slice has none where a part that takes a share of it has none. */
export function mixed(parts: readonly (Costed & { readonly weight: number })[]): Costed {
  const used = parts.filter(({ weight }) => weight > 0);
  const costs = used[0]?.costs.map((_, at) => {
    const total = emptySum();
    for (const { weight, costs } of used) {
      const cost = costs[at] ?? null;
      if (cost === null) return null;
      addTo(total, weight * cost);
    }
    return totalOf(total);
  });
  return { costs: costs ?? [], missing: used.find(({ missing }) => missing !== null)?.missing ?? null };
}

/** USD per million of today's tokens, over the slices that have a price. */
export type PricedRate = {
  /** null where no slice has a price. */
  readonly rate: number | null;
  /** Tokens of the slices without a price, which are in no rate; and their share (0…1) of all. */
  readonly unpricedTokens: number;
  readonly unpricedShare: number;
};

export function pricedRate(slices: readonly Slice[], costs: Costs): PricedRate {
  const [cost, tokens, unpriced] = [emptySum(), emptySum(), emptySum()];
  for (const [at, slice] of slices.entries()) {
    const own = costs[at] ?? null;
    addTo(own === null ? unpriced : tokens, totalTokens(slice.tokens));
    if (own !== null) addTo(cost, own);
  }
  const [priced, unpricedTokens] = [totalOf(tokens), totalOf(unpriced)];
  const all = priced + unpricedTokens;
  return {
    rate: priced === 0 ? null : (totalOf(cost) / priced) * 1e6,
    unpricedTokens,
    unpricedShare: all === 0 ? 0 : unpricedTokens / all,
  };
}

/** Cost ÷ cost of the same slices today, over those that have a price in both; null where none has, or it is nothing today. */
export function costRatio(costs: Costs, today: Costs): number | null {
  const [there, now] = [emptySum(), emptySum()];
  for (const [at, cost] of costs.entries()) {
    const before = today[at] ?? null;
    if (cost === null || before === null) continue;
    addTo(there, cost);
    addTo(now, before);
  }
  return totalOf(now) === 0 ? null : totalOf(there) / totalOf(now);
}

/** Cost of the slices as they would be served ÷ the tokens they have today, in millions; null where any has no price. */
export function rateOf(slices: readonly Slice[], serving: Served, book: PriceBook): number | null {
  const { costs, missing } = costedAs(slices, serving, book);
  return missing === null ? pricedRate(slices, costs).rate : null;
}

function missingPrice({ tokens }: Slice, outcome: Outcome, book: PriceBook): string | null {
  const { vector, mode } = outcome;
  for (const meter of VECTOR_METERS) {
    if (tokens[meter] <= 0) continue;
    const target = meterAfter(outcome, meter);
    const quote = book.quote(vector, target, mode);
    if (quote.kind === 'missing') return noPriceText(target, mode, vector, quote.why);
  }
  return null;
}

/** The meter that a token of today's counts in afterwards. */
function meterAfter({ serving: { meters } }: Outcome, meter: VectorMeter): VectorMeter {
  const row = meters[meter];
  return row === undefined ? meter : ((Object.keys(row)[0] ?? meter) as VectorMeter);
}

function costAs({ tokens }: Slice, outcome: Outcome, book: PriceBook): number | null {
  const { vector, mode, serving } = outcome;
  const { scale } = serving;
  const cost = emptySum();
  for (const meter of VECTOR_METERS) {
    if (tokens[meter] <= 0) continue;
    const target = meterAfter(outcome, meter);
    const quote = book.quote(vector, target, mode);
    if (quote.kind === 'missing') return null;
    addTo(
      cost,
      tokens[meter] * (target === 'output' ? scale.output : scale.input) * amountOf(quote, BASE_PICK),
    );
  }
  return totalOf(cost);
}
