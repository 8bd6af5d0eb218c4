// The cases behind low and high, one by one: what stands at which end in each, its costs, and each lever's saving in it.
import { type Cases, casesOf } from './cases.ts';
import { type CaseResult, computeCase } from './ledger.ts';
import { boundOn } from './levers.ts';
import { priceBook } from './prices.ts';
import type { Scenario } from './scenario.ts';
import { prepareBaseline, type ScenarioBaseline } from './vectors.ts';
import { spreadsOf, stateAfter, type World, worldOf } from './world.ts';

/** A case with its name; savings lever by lever, in the order of the scenario. */
export type CaseRow = CaseResult & { readonly name: string };

/** The base case first. The bands of an answer's figures at price are the extremes over these rows. */
export function caseTable(scenario: Scenario, whole: ScenarioBaseline): CaseRow[] {
  const { world, cases } = computedCases(scenario, whole);
  return [
    { name: 'base', ...computeCase(world, cases.base) },
    ...cases.corners.map((corner, index) => ({
      name: cases.names[index] ?? '',
      ...computeCase(world, corner),
    })),
  ];
}

/** The world of a scenario at its price layer, and the cases that its bands are the extremes of. */
export function computedCases(
  scenario: Scenario,
  whole: ScenarioBaseline,
): { readonly world: World; readonly cases: Cases } {
  const baseline = prepareBaseline(whole);
  const { priceLayer: layer, contractRates, hoursPerMonth, growth, priceChanges } = scenario;
  const levers = boundOn(baseline, scenario.levers);
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  const world = worldOf(baseline, book, hoursPerMonth);
  const spreads = spreadsOf(world, stateAfter(world, levers));
  return { world, cases: casesOf(levers, spreads, { growth, priceChanges }) };
}
