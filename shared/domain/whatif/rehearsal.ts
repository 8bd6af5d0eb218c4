// What a scenario's first computation would do all at once, in pieces and before something moves: looking prices up, working
// plans out, having the code compiled. It changes no figure, only how soon those that follow are there.
import { baseCaseOf } from './cases.ts';
import { computeCase, liveLedgerOf } from './ledger.ts';
import { boundOn } from './levers.ts';
import { evaluateLive } from './pipeline.ts';
import { priceBook } from './prices.ts';
import type { Lever, Scenario } from './scenario.ts';
import { METER_COUNT, type State, stateOf, wayAt } from './state.ts';
import { prepareBaseline, type ScenarioBaseline } from './vectors.ts';
import { type World, worldOf } from './world.ts';

/** Vectors a piece: a few milliseconds of work where everything is new. */
const PIECE = 20;
/** Movements of each lever: the first ones are slow, since the code is new. */
const ROUNDS = 5;

/** The lever that a piece moved, as a hand would; null = it only made ready. */
export type Rehearsed = string | null;

/**
 * Rehearses the base case of a scenario, then movements of each of its levers; does one piece each time it is asked for
 * the next. Throws as `evaluateLive` does.
 */
export function* rehearsal(scenario: Scenario, whole: ScenarioBaseline): Generator<Rehearsed, void> {
  yield* pieces(scenario, whole);
  evaluateLive(scenario, whole);
  yield null;
  for (let round = 1; round <= ROUNDS; round += 1) {
    for (const lever of scenario.levers) {
      const levers = scenario.levers.map((one) => (one === lever ? renamed(one, round) : one));
      evaluateLive({ ...scenario, levers }, whole);
      yield lever.id;
    }
  }
  evaluateLive(scenario, whole);
}

/** What a lever does is remembered by all that is said of it: by another name it is worked out as if it had moved. */
function renamed(lever: Lever, round: number): Lever {
  return { ...lever, label: `${lever.label ?? ''} ${round}` };
}

function* pieces(scenario: Scenario, whole: ScenarioBaseline): Generator<null, void> {
  const baseline = prepareBaseline(whole);
  const { vectors } = baseline;
  const { priceLayer: layer, contractRates, hoursPerMonth } = scenario;
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  yield null;
  for (let from = 0; from < vectors.length; from += PIECE) {
    for (const vector of vectors.slice(from, from + PIECE))
      wayAt(book, vector, { vector, mode: vector.mode, rate: null });
    yield null;
  }
  const world = worldOf(baseline, book, hoursPerMonth);
  yield null;
  // What the others do depends on all of the usage together.
  const levers = boundOn(baseline, scenario.levers).filter(({ isSteady }) => isSteady);
  const cases = baseCaseOf(levers, { growth: [], priceChanges: [] });
  for (let from = 0; from < vectors.length; from += PIECE) {
    const part: World = { ...world, start: partOf(world.start, from, from + PIECE) };
    const result = computeCase(part, cases.base);
    yield null;
    liveLedgerOf(part, cases, result, []);
    yield null;
  }
}

function partOf({ ways, tokens, charges }: State, from: number, to: number): State {
  return stateOf(ways.slice(from, to), tokens.slice(from * METER_COUNT, to * METER_COUNT), charges);
}
