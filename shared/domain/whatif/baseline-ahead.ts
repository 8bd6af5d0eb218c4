// The baseline cut by what moves it in the months ahead, so that a reader can follow each month from its parts.
import { addTo, emptySum, type Sum, sumOf, totalOf } from '../sum.ts';
import { isInScope } from './apply.ts';
import { BASE_PICK, priceBook } from './prices.ts';
import type { Scenario } from './scenario.ts';
import { costOfWays } from './state.ts';
import { prepareBaseline, type ScenarioBaseline, scopeIndex } from './vectors.ts';
import { worldOf } from './world.ts';

/** Usage that the same growths and price changes hold for, by their positions in the scenario. */
export type AheadPart = {
  readonly growth: readonly number[];
  readonly priceChanges: readonly number[];
  /** At price over the baseline's days, at today's volume and prices. */
  readonly amount: number;
};

/** The parts sum, with what is beside the tokens and never moves, to the answer's baseline at price. */
export type BaselineAhead = { readonly parts: readonly AheadPart[]; readonly beside: number };

export function baselineAhead(scenario: Scenario, whole: ScenarioBaseline): BaselineAhead {
  const baseline = prepareBaseline(whole);
  const { priceLayer: layer, contractRates, hoursPerMonth, growth, priceChanges } = scenario;
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  const { start } = worldOf(baseline, book, hoursPerMonth);
  const scopes = growth.map(({ scope }) => scopeIndex(baseline.scopes, scope));
  const sums = new Map<string, Omit<AheadPart, 'amount'> & { readonly sum: Sum }>();
  for (const [index, { origin, vector }] of start.ways.entries()) {
    const moved = {
      growth: [...scopes.keys()].filter((at) => isInScope(origin, scopes[at] ?? null)),
      priceChanges: [...priceChanges.keys()].filter((at) => priceChanges[at]?.model === vector.model),
    };
    const key = JSON.stringify(moved);
    const own = sums.get(key) ?? { ...moved, sum: emptySum() };
    sums.set(key, own);
    addTo(own.sum, costOfWays(start, BASE_PICK, index, index + 1));
  }
  return {
    parts: [...sums.values()].map(({ sum, ...moved }) => ({ ...moved, amount: totalOf(sum) })),
    beside: sumOf(start.charges.map(({ amount }) => amount)),
  };
}
