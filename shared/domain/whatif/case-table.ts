// The cases behind low and high, one by one: what stands at which end in each, its costs, and each lever's saving in it.
import { casesOf } from './cases.ts';
import { type CaseResult, computeCase } from './ledger.ts';
import { boundOn } from './levers.ts';
import { priceBook } from './prices.ts';
import type { Scenario } from './scenario.ts';
import { prepareBaseline, type ScenarioBaseline } from './vectors.ts';
import { spreadsOf, stateAfter, worldOf } from './world.ts';

/** A case with its name; savings lever by lever, in the order of the scenario. */
export type CaseRow = CaseResult & { readonly name: string };

/** The base case first. The bands of an answer's figures at price are the extremes over these rows. */
export function caseTable(scenario: Scenario, whole: ScenarioBaseline): CaseRow[] {
  const baseline = prepareBaseline(whole);
  const { priceLayer: layer, contractRates, hoursPerMonth, growth, priceChanges } = scenario;
  const levers = boundOn(baseline, scenario.levers);
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  const world = worldOf(baseline, book, hoursPerMonth);
  const spreads = spreadsOf(world, stateAfter(world, levers));
  const { base, corners, names } = casesOf(levers, spreads, { growth, priceChanges });
  return [
    { name: 'base', ...computeCase(world, base) },
    ...corners.map((corner, index) => ({ name: names[index] ?? '', ...computeCase(world, corner) })),
  ];
}
