// What each lever contributes, whatever the order: Shapley shares over all coalitions, applied in the declared order.
import { difference, sumOf, totalsAgree } from '../sum.ts';
import { missingFor } from './ledger.ts';
import { exactly } from './lever.ts';
import { type BoundLever, bind } from './levers.ts';
import { leftOutOf } from './pipeline.ts';
import { BASE_PICK, priceBook } from './prices.ts';
import { type Random, seeded, shuffled } from './random.ts';
import type { Scenario } from './scenario.ts';
import { costAt } from './state.ts';
import { prepareBaseline, type ScenarioBaseline } from './vectors.ts';
import { stateAfter, type World, worldOf } from './world.ts';

export type LeverShare = {
  readonly leverId: string;
  readonly label: string;
  /** Mean of what the lever adds to every coalition of the others; money over the baseline's period. Null while it is not stated. */
  readonly share: number | null;
  /** Standard error of a sampled share; null where it is exact. */
  readonly error: number | null;
};

export type LeverPair = {
  readonly first: string;
  readonly second: string;
  /**
   * Saving of the two together − the sum of each alone; below zero they take from each other. Money over the baseline's
   * period. Null where one of them has no figure.
   */
  readonly interaction: number | null;
};

export type Shares = {
  readonly schemaVersion: 1;
  readonly method: 'exact' | 'sampled';
  /** Orders that were tried; null where every coalition was computed. */
  readonly orders: number | null;
  readonly seed: number | null;
  /** Saving of all levers together, as far as they have a figure: the shares sum to it. */
  readonly total: number;
  /** What every one of these figures leaves out; null where that is nothing. */
  readonly savingPartial: string | null;
  readonly shares: LeverShare[];
  /** Every two enabled levers, by what they take from or give to each other, most first. */
  readonly pairs: LeverPair[];
};

/** Most levers whose every coalition is computed: 2^8. */
export const EXACT_LIMIT = 8;
const SAMPLED_ORDERS = 200;

/**
 * Shapley shares of the enabled levers, base case. A coalition is applied in the declared order, so a share answers
 * "how much is due to this lever within this order of application", not "in any order". Exact to eight levers, then
 * the mean over seeded random orders of joining, which sums to the total as well.
 */
export function sharesOf(scenario: Scenario, whole: ScenarioBaseline, seed: number): Shares {
  const baseline = prepareBaseline(whole);
  const { priceLayer: layer, contractRates, hoursPerMonth } = scenario;
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  const world = worldOf(baseline, book, hoursPerMonth);
  const enabled = scenario.levers.filter((lever) => lever.enabled).map(bind);
  const value = coalitionValue(world, enabled);
  const count = enabled.length;
  const exact = count <= EXACT_LIMIT;
  const found = exact ? exactShares(count, value) : sampledShares(count, value, seeded(seed));
  const known = enabled.map(
    (bound, index) => missingFor(world, bound, world.start, exactly(found[index]?.share ?? 0)).length === 0,
  );
  return {
    schemaVersion: 1,
    method: exact ? 'exact' : 'sampled',
    orders: exact ? null : SAMPLED_ORDERS,
    seed: exact ? null : seed,
    total: value(2 ** count - 1),
    savingPartial: leftOutOf(scenario, whole),
    shares: enabled.map((bound, index) => {
      const { share = 0, error = null } = found[index] ?? {};
      return {
        leverId: bound.lever.id,
        label: labelOf(bound),
        ...(known[index] ? { share, error } : { share: null, error: null }),
      };
    }),
    pairs: pairsOf(enabled.map(labelOf), known, value),
  };
}

const labelOf = ({ lever, title }: BoundLever): string => lever.label ?? title;

/** v({i, j}) − v({i}) − v({j}): which levers conflict, whatever else is switched on. */
function pairsOf(labels: readonly string[], known: readonly boolean[], value: Value): LeverPair[] {
  const pairs = labels.flatMap((first, one) =>
    labels.slice(one + 1).map((second, offset) => {
      const other = one + 1 + offset;
      if (!known[one] || !known[other]) return { first, second, interaction: null };
      const [left, right] = [2 ** one, 2 ** other];
      return { first, second, interaction: difference(value(left + right), value(left) + value(right)) };
    }),
  );
  const sizeOfPair = ({ interaction }: LeverPair): number => Math.abs(interaction ?? 0);
  return pairs.sort((left, right) => sizeOfPair(right) - sizeOfPair(left));
}

type Value = (coalition: number) => number;

/** Saving of a set of enabled levers, as bits in their order; each set is computed once. */
function coalitionValue(world: World, levers: readonly BoundLever[]): Value {
  const before = costAt(world.start, BASE_PICK);
  const known = new Map<number, number>([[0, 0]]);
  return (coalition) => {
    const remembered = known.get(coalition);
    if (remembered !== undefined) return remembered;
    const members = levers.filter((_, index) => isMember(coalition, index));
    const saving = before - costAt(stateAfter(world, members), BASE_PICK);
    known.set(coalition, saving);
    return saving;
  };
}

function isMember(coalition: number, index: number): boolean {
  return Math.floor(coalition / 2 ** index) % 2 === 1;
}

type Found = { readonly share: number; readonly error: number | null };

/** Σ over coalitions without the lever of |S|! (n − |S| − 1)! ÷ n! × what it adds. */
function exactShares(count: number, value: Value): Found[] {
  const weights = Array.from({ length: count }, (_, size) => 1 / (count * choose(count - 1, size)));
  return Array.from({ length: count }, (_, index) => {
    const parts: number[] = [];
    for (let coalition = 0; coalition < 2 ** count; coalition += 1) {
      if (isMember(coalition, index)) continue;
      const added = value(coalition + 2 ** index) - value(coalition);
      parts.push((weights[sizeOf(coalition)] ?? 0) * added);
    }
    return { share: sumOf(parts), error: null };
  });
}

function sizeOf(coalition: number): number {
  let size = 0;
  for (let rest = coalition; rest > 0; rest = Math.floor(rest / 2)) size += rest % 2;
  return size;
}

function choose(of: number, taken: number): number {
  let ways = 1;
  for (let step = 1; step <= taken; step += 1) ways = (ways * (of - taken + step)) / step;
  return ways;
}

/** Mean of what each lever adds when levers join in random orders. */
function sampledShares(count: number, value: Value, random: Random): Found[] {
  const added: number[][] = Array.from({ length: count }, () => []);
  for (let order = 0; order < SAMPLED_ORDERS; order += 1) {
    let coalition = 0;
    for (const index of shuffled(count, random)) {
      const joined = coalition + 2 ** index;
      added[index]?.push(value(joined) - value(coalition));
      coalition = joined;
    }
  }
  return added.map((values) => {
    const mean = sumOf(values) / values.length;
    const variance = sumOf(values.map((one) => (one - mean) ** 2)) / (values.length - 1);
    const error = Math.sqrt(variance / values.length);
    // What rounding leaves between amounts that are equal is no error.
    return { share: mean, error: totalsAgree(error, 0, sumOf(values.map(Math.abs))) ? 0 : error };
  });
}
