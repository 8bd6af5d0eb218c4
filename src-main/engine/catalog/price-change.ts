// Tells whether a series' prices of another catalog change the amounts of its lines, only what is told of them, or nothing.
import { type HeldSeriesPrice, heldForm, type SeriesPrice } from '../db/prices.ts';

type Span = { readonly first: number; readonly last: number } | null;

/**
 * `amounts`: on a day between the first and the last one held, the price is another one, appears or vanishes.
 * `facts`: only its reasons, its sources or the amounts of other days change, so that no line has to follow.
 */
export function changeOf(
  held: readonly HeldSeriesPrice[],
  next: readonly SeriesPrice[],
  span: Span,
): 'none' | 'facts' | 'amounts' {
  const now = heldForm(next);
  if (JSON.stringify(amountsIn(held, span)) !== JSON.stringify(amountsIn(now, span))) return 'amounts';
  return JSON.stringify(held.map(whole)) === JSON.stringify(now.map(whole)) ? 'none' : 'facts';
}

const amounts = ({ low, high, contractLow, contractHigh }: HeldSeriesPrice) =>
  JSON.stringify([low, high, contractLow, contractHigh]);
const whole = (price: HeldSeriesPrice) => [price.fromDay, price.toDay, amounts(price), price.facts];

/** The price as steps over the days held: neighbours with equal amounts are one step. */
function amountsIn(prices: readonly HeldSeriesPrice[], span: Span) {
  if (span === null) return [];
  const steps: [from: number, to: number, amounts: string][] = [];
  for (const price of prices) {
    const [from, to] = [Math.max(price.fromDay, span.first), Math.min(price.toDay, span.last)];
    const own = amounts(price);
    if (from > to) continue;
    const last = steps.at(-1);
    if (last !== undefined && last[1] === from - 1 && last[2] === own) last[1] = to;
    else steps.push([from, to, own]);
  }
  return steps;
}
