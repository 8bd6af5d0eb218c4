// What each model costs before and after a scenario's levers, at its prices: the total of an answer cut by model.
import { sumOf } from '../sum.ts';
import type { Slice } from './lever.ts';
import { bind } from './levers.ts';
import { BASE_PICK, type PriceBook, priceBook, quoteOf } from './prices.ts';
import type { Scenario } from './scenario.ts';
import { prepareBaseline, type ScenarioBaseline, VECTOR_METERS } from './vectors.ts';
import { costOf, stateAfter, worldOf } from './world.ts';

export type ModelCost = {
  /** null: money beside the tokens, which is paid capacity and what levers add or take away. */
  readonly model: string | null;
  /** null where none of its tokens has a price. */
  readonly before: number | null;
  readonly after: number | null;
};

/**
 * Base case, over the baseline's period, the dearest first. The rows sum to the answer's `baseline.atPrice` and `after`;
 * tokens without a price are in neither. A model is the one that serves the tokens; one without any costs 0.
 */
export function modelCosts(scenario: Scenario, whole: ScenarioBaseline): ModelCost[] {
  const baseline = prepareBaseline(whole);
  const { priceLayer: layer, contractRates, hoursPerMonth } = scenario;
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  const world = worldOf(baseline, book, hoursPerMonth);
  const start = world.start;
  const end = stateAfter(world, scenario.levers.map(bind));
  const [before, after] = [start, end].map(({ slices }) => Map.groupBy(slices, ({ vector }) => vector.model));
  const models = [...new Set([...(before?.keys() ?? []), ...(after?.keys() ?? [])])].map((model) => ({
    model,
    before: pricedCost(before?.get(model) ?? [], book),
    after: pricedCost(after?.get(model) ?? [], book),
  }));
  const [besideBefore, besideAfter] = [start, end].map(({ charges }) =>
    sumOf(charges.map(({ amount }) => amount)),
  );
  const beside = { model: null, before: besideBefore ?? 0, after: besideAfter ?? 0 };
  return [
    ...models.sort((left, right) => weight(right) - weight(left)),
    ...(beside.before === 0 && beside.after === 0 ? [] : [beside]),
  ];
}

const weight = ({ before, after }: ModelCost): number => Math.max(before ?? 0, after ?? 0);

/** Cost of slices at the book's prices; null where none of their tokens has a price. */
export function pricedCost(slices: readonly Slice[], book: PriceBook): number | null {
  const used = slices.flatMap((slice) =>
    VECTOR_METERS.filter((meter) => slice.tokens[meter] !== 0).map((meter) => quoteOf(book, slice, meter)),
  );
  const priced = used.length === 0 || used.some(({ kind }) => kind === 'priced');
  return priced ? costOf(slices, book, BASE_PICK) : null;
}
