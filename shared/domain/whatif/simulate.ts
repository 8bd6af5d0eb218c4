// The band as a probability: every uncertain thing is drawn, the whole scenario computed, and the results counted.

import type { Case } from './cases.ts';
import { commitmentOver, settledCash } from './commitment-year.ts';
import { totalsOf } from './ledger.ts';
import type { BoundLever } from './levers.ts';
import { bind } from './levers.ts';
import { horizonStart } from './months.ts';
import { leftOutOf } from './pipeline.ts';
import { type Pick, priceBook } from './prices.ts';
import { type Random, seeded, triangular } from './random.ts';
import type { Range, Scenario } from './scenario.ts';
import { prepareBaseline, type ScenarioBaseline } from './vectors.ts';
import { spreadsOf, stateAfter, worldOf } from './world.ts';

export type Distribution = {
  readonly p10: number;
  readonly p50: number;
  readonly p90: number;
  readonly mean: number;
  /** Share (0…1) of the draws in which it costs money. */
  readonly lossShare: number;
  /** Draws by equal steps from the lowest to the highest. */
  readonly histogram: { readonly from: number; readonly to: number; readonly draws: number }[];
};

export type Simulation = {
  readonly schemaVersion: 1;
  readonly seed: number;
  readonly draws: number;
  /** What every one of these figures leaves out; null where that is nothing. */
  readonly savingPartial: string | null;
  readonly savingAtPrice: Distribution;
  /** null without a commitment. */
  readonly cashThisYear: Distribution | null;
  readonly assumptions: string[];
};

/**
 * Seeded simulation. Parameters, organic spend, growth and price changes are drawn independently from triangles over
 * low, base and high; a price range takes its low, base or high end with 1/6, 2/3 and 1/6, all ranges of one cause
 * together. The same seed gives the same result.
 */
export function simulate(scenario: Scenario, whole: ScenarioBaseline, how: SimulationChoice): Simulation {
  const running = startSimulation(scenario, whole, how);
  return running.draw(how.draws);
}

export type SimulationChoice = { readonly seed: number; readonly draws: number };

/** A simulation in progress, so that whoever runs it can do other things between draws. */
export type RunningSimulation = {
  /** Draws up to so many more times; the result over all draws so far. */
  readonly draw: (count: number) => Simulation;
  readonly left: () => number;
};

/** Prepares a simulation; nothing is drawn yet. The draws are the same however they are divided. */
export function startSimulation(
  scenario: Scenario,
  whole: ScenarioBaseline,
  { seed, draws }: SimulationChoice,
): RunningSimulation {
  const baseline = prepareBaseline(whole);
  const { priceLayer: layer, contractRates, hoursPerMonth } = scenario;
  const { terms: commitment } = commitmentOver(scenario, baseline);
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  const world = worldOf(baseline, book, hoursPerMonth);
  const levers = scenario.levers.map(bind);
  const spreads = spreadsOf(world, stateAfter(world, levers));
  const horizon = horizonStart(scenario.horizon.startMonth, baseline.period.to);
  const random = seeded(seed);
  const savingPartial = leftOutOf(scenario, whole);
  const savings: number[] = [];
  const cash: number[] = [];
  const drawOnce = (): void => {
    const one = drawnCase(scenario, levers, spreads, random);
    const { before, after } = totalsOf(world, one);
    savings.push(before - after);
    if (commitment === null) return;
    const organic = {
      aws: triangular(commitment.organicAws, random),
      marketplace: triangular(commitment.organicMarketplace, random),
    };
    cash.push(settledCash({ world, commitment, levers: scenario.levers, horizon }, one, organic));
  };
  const left = (): number => draws - savings.length;
  return {
    left,
    draw: (count) => {
      for (let drawn = Math.min(count, left()); drawn > 0; drawn -= 1) drawOnce();
      return {
        schemaVersion: 1,
        seed,
        draws: savings.length,
        savingPartial,
        savingAtPrice: distributionOf(savings),
        cashThisYear: cash.length === 0 ? null : distributionOf(cash),
        assumptions: ASSUMPTIONS,
      };
    },
  };
}

const ASSUMPTIONS = [
  'Each parameter is drawn by itself, from a triangle over low, base and high: nothing is assumed to move together.',
  'A price range takes its low end in one draw of six, its high end in one of six, its base in the others.',
];

function drawnCase(
  { growth, priceChanges }: Scenario,
  levers: readonly BoundLever[],
  spreads: readonly (keyof Pick)[],
  random: Random,
): Case {
  const fixed = (range: Range): Range => {
    const value = triangular(range, random);
    return { low: value, base: value, high: value };
  };
  const pick = { range: 'base', disputed: 'base' } satisfies Pick as Pick;
  return {
    levers: levers.map((lever) =>
      lever.ranges.reduce<BoundLever>(
        (from, { range }, position) => from.fix(position, triangular(range, random)),
        lever,
      ),
    ),
    pick: { ...pick, ...Object.fromEntries(spreads.map((cause) => [cause, drawnEnd(random)])) },
    trends: {
      growth: growth.map((one) => ({ ...one, perMonth: fixed(one.perMonth) })),
      priceChanges: priceChanges.map((one) => ({ ...one, factor: fixed(one.factor) })),
    },
  };
}

function drawnEnd(random: Random): 'low' | 'base' | 'high' {
  const at = random();
  if (at < 1 / 6) return 'low';
  return at < 5 / 6 ? 'base' : 'high';
}

const BINS = 24;

function distributionOf(values: readonly number[]): Distribution {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
  const [low, high] = [at(0), at(1)];
  const step = (high - low) / BINS;
  const bins = step === 0 ? 1 : BINS;
  const counts = Array.from({ length: bins }, () => 0);
  for (const value of sorted) {
    const bin = step === 0 ? 0 : Math.min(bins - 1, Math.floor((value - low) / step));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return {
    p10: at(0.1),
    p50: at(0.5),
    p90: at(0.9),
    mean: sorted.reduce((total, value) => total + value / sorted.length, 0),
    lossShare: sorted.filter((value) => value < 0).length / sorted.length,
    histogram: counts.map((draws, bin) => ({ from: low + step * bin, to: low + step * (bin + 1), draws })),
  };
}
