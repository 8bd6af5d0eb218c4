// Labs: one lever looked at closely, on the usage as the levers before it leave it.
import { cacheFactsOf } from '../pricing/model-facts.ts';
import { sumOf } from '../sum.ts';
import { REGION_TIERS, type RegionTier } from '../usage/vocabulary.ts';
import {
  breakEvenHitShare,
  breakEvenReadsPerWrite,
  breakEvenRequestsPerHour,
  type CacheFactors,
  costFactor,
  LIFETIME_HOURS,
  longerLifetimePaysFrom,
  poissonHitShare,
} from './cache-arrival.ts';
import { factorsOf, hitShareOf, isArrivalStated } from './caching.ts';
import { onePerPrice, type Slice, served } from './lever.ts';
import { bind } from './levers.ts';
import { horizonStart } from './months.ts';
import { movedTo } from './places.ts';
import { amountOf, BASE_PICK, type PriceBook, priceBook } from './prices.ts';
import { paidAnotherWay } from './refusals.ts';
import { rateOf } from './routing-rates.ts';
import type { CacheLifetime, CachingLever, Lever, ResidencyLever, Scenario } from './scenario.ts';
import { actAt, worldIn } from './timeline.ts';
import { prepareBaseline, type ScenarioBaseline, totalTokens } from './vectors.ts';
import { IN_FULL, slicesInScope, stateAfter, type World, worldOf } from './world.ts';

export type Stand = { readonly world: World; readonly slices: readonly Slice[] };

/**
 * The slices in a lever's scope at its place in the order: on the bill's own volume, or in a month ahead with the growth
 * and the price changes stated, the levers before it as far along as they are by then. Throws `RangeError` for a
 * scope the baseline lacks.
 */
export function standAt(
  scenario: Scenario,
  whole: ScenarioBaseline,
  lever: Lever,
  month: string | null = null,
): Stand {
  const baseline = prepareBaseline(whole);
  const { priceLayer: layer, contractRates, hoursPerMonth } = scenario;
  const book = priceBook(baseline, { layer, discountCarried: false, contractRates });
  const today = worldOf(baseline, book, hoursPerMonth);
  const world = month === null ? today : worldIn(today, scenario, month);
  const horizon = horizonStart(scenario.horizon.startMonth, baseline.period.to);
  const place = scenario.levers.findIndex(({ id }) => id === lever.id);
  const before = place < 0 ? scenario.levers : scenario.levers.slice(0, place);
  const state = stateAfter(world, before.map(bind), (one) =>
    month === null ? IN_FULL : actAt(one, month, horizon),
  );
  return { world, slices: slicesInScope(world, bind(lever), state.slices) };
}

/** Requests an hour that the curves of the cache lab are drawn at. */
export const CACHE_LAB_RATES = [
  0.1, 0.2, 0.3, 0.5, 0.75, 1, 1.5, 2, 3, 4, 6, 8, 12, 20, 30, 60, 120, 300, 1000,
] as const;

export type CacheLab = {
  readonly models: readonly {
    readonly model: string;
    readonly region: string | null;
    readonly minimum: { readonly low: number; readonly high: number } | null;
    readonly lifetimes: readonly {
      readonly lifetime: CacheLifetime;
      readonly factors: CacheFactors;
      /** Cost of the prefix against 1 uncached, at `CACHE_LAB_RATES`, requests at random. */
      readonly curve: readonly number[];
      /** The same at the arrival that the lever states; null where it states none, or the hit share of another lifetime. */
      readonly asStated: number | null;
      readonly breakEvenHits: number | null;
      readonly breakEvenReads: number | null;
      readonly breakEvenRate: number | null;
    }[];
    /** Requests an hour from which 1 h is cheaper than 5 min; null where one is always the cheaper. */
    readonly longerFrom: number | null;
  }[];
};

const LAB_LIFETIMES = ['5m', '30m', '1h'] as const satisfies readonly CacheLifetime[];

/** USD of a slice's uncached input; 0 without a price, which has no curve to draw either. */
function inputCost({ vector, tokens, mode }: Slice, book: PriceBook): number {
  const quote = book.quote(vector, 'input', mode);
  return quote.kind === 'missing' ? 0 : tokens.input * amountOf(quote, BASE_PICK);
}

/** What caching costs against not caching, by how often a prefix is asked for, for every lifetime with a price; the dearest input first. */
export function cacheLab(scenario: Scenario, whole: ScenarioBaseline, lever: CachingLever): CacheLab {
  const { world, slices } = standAt(scenario, whole, lever);
  const movable = slices
    .filter((slice) => paidAnotherWay(slice) === null && slice.tokens.input > 0)
    .map((slice) => ({ slice, cost: inputCost(slice, world.book) }))
    .sort((left, right) => right.cost - left.cost)
    .map(({ slice }) => slice);
  const lifetimesOf = (slice: Slice) =>
    LAB_LIFETIMES.flatMap((lifetime) => {
      const factors = factorsOf(slice, lifetime, world.book, 'base');
      return factors === null ? [] : [{ lifetime, factors }];
    });
  const distinct = onePerPrice(movable, (slice) => {
    const found = lifetimesOf(slice);
    return found.length === 0 ? null : [JSON.stringify([slice.vector.model, found])];
  });
  return {
    models: distinct.map((slice) => {
      const found = lifetimesOf(slice);
      const at = (lifetime: CacheLifetime) => found.find((one) => one.lifetime === lifetime);
      const [short, long] = [at('5m'), at('1h')];
      const timed = (one: (typeof found)[number]) => ({
        ...one.factors,
        hours: LIFETIME_HOURS[one.lifetime],
      });
      return {
        model: slice.vector.model,
        region: slice.vector.region,
        minimum: cacheFactsOf(slice.vector.model)?.minimum ?? null,
        lifetimes: found.map(({ lifetime, factors }) => ({
          lifetime,
          factors,
          curve: CACHE_LAB_RATES.map((rate) =>
            costFactor(factors, poissonHitShare(rate, LIFETIME_HOURS[lifetime])),
          ),
          asStated:
            !isArrivalStated(lever) || (lever.arrival.pattern === 'stated' && lifetime !== lever.lifetime)
              ? null
              : costFactor(factors, hitShareOf(lever, lifetime)),
          breakEvenHits: breakEvenHitShare(factors),
          breakEvenReads: breakEvenReadsPerWrite(factors),
          breakEvenRate: breakEvenRequestsPerHour(factors, LIFETIME_HOURS[lifetime]),
        })),
        longerFrom:
          short === undefined || long === undefined
            ? null
            : longerLifetimePaysFrom(timed(short), timed(long)),
      };
    }),
  };
}

export type ResidencyLab = {
  readonly rows: readonly {
    readonly model: string;
    readonly tokens: number;
    /** Cost of the tokens as they are served now, and in each tier; null where a price is missing. */
    readonly today: number | null;
    readonly tiers: Readonly<Record<RegionTier, number | null>>;
  }[];
};

/** What the same usage costs in every region tier, by model. */
export function residencyLab(
  scenario: Scenario,
  whole: ScenarioBaseline,
  lever: ResidencyLever,
): ResidencyLab {
  const { world, slices } = standAt(scenario, whole, lever);
  const movable = slices.filter((slice) => paidAnotherWay(slice) === null && totalTokens(slice.tokens) > 0);
  const models = Map.groupBy(movable, ({ vector }) => vector.model);
  const rows = [...models].map(([model, own]) => {
    const tokens = sumOf(own.map((slice) => totalTokens(slice.tokens)));
    const costAs = (tier: RegionTier | null): number | null => {
      const change = { model: null, region: tier === null ? null : lever.region, regionTier: tier };
      const rate = rateOf(
        own,
        (slice) => served(slice, { vector: movedTo(slice.vector, change) }),
        world.book,
      );
      return rate === null ? null : (rate * tokens) / 1e6;
    };
    return {
      model,
      tokens,
      today: costAs(null),
      tiers: Object.fromEntries(REGION_TIERS.map((tier) => [tier, costAs(tier)])) as Record<
        RegionTier,
        number | null
      >,
    };
  });
  return { rows: rows.sort((left, right) => (right.today ?? 0) - (left.today ?? 0)) };
}

/** What a tier costs more than today over the models that have a price in both, and how many are left out. */
export function againstToday(
  rows: ResidencyLab['rows'],
  tier: RegionTier,
): { readonly difference: number | null; readonly without: number } {
  const both = rows.flatMap(({ today, tiers }) => {
    const then = tiers[tier];
    return today === null || then === null ? [] : [then - today];
  });
  return { difference: both.length === 0 ? null : sumOf(both), without: rows.length - both.length };
}
