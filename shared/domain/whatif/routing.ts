// Routing: whole requests go to other models, by weight or as a cascade that asks today's model again when it must.
import { sumOf } from '../sum.ts';
import type { Mode } from '../usage/vocabulary.ts';
import type { Fact } from './answer.ts';
import {
  type Charge,
  type LeverRules,
  type Notice,
  type Outcome,
  ofBoth,
  onePerPrice,
  type Plan,
  rangesOf,
  SAME_SIZE,
  type Slice,
  type Surroundings,
  served,
} from './lever.ts';
import { lifecycleVerdict, sizeVerdict, together, type Verdict } from './model-guards.ts';
import { DAYS_PER_MONTH } from './months.ts';
import { movedTo, type PlaceChange } from './places.ts';
import { amountOf, BASE_PICK, type PriceBook } from './prices.ts';
import { paidAnotherWay } from './refusals.ts';
import type { RoutingLever, RoutingTarget } from './scenario.ts';
import { totalTokens, type UsageVector, VECTOR_METERS, type VectorMeter } from './vectors.ts';

export const routingRules: LeverRules<RoutingLever> = {
  title: 'Model routing',
  reason: 'Sends a share of requests to other models, in one step or as a cascade.',
  parameters: (lever) =>
    rangesOf(lever, {
      share: 'share routed',
      escalation: 'share escalated',
      routerPerMonth: 'router cost a month',
    }),
  effect: (lever, slices, around) => {
    const verdict = verdictFrom(lever, ceilingRefusals(lever, slices, around), around.period.to);
    return {
      plan: (slice) => planOf(lever, slice, around.book, verdict(slice.vector.model)),
      charges: routerCharge(lever, around.daysCovered),
      notices: [],
    };
  },
  facts: (lever, slices, around) => [
    ...blendedRates(lever, slices, around.book),
    ...requestFacts(lever, slices, around),
  ],
};

/** The places a target may be asked for at: today's tier, and whatever tier it has a price for. */
export function routingChanges({ targets }: RoutingLever): PlaceChange[] {
  return targets.flatMap(({ model, region, regionTier }) => [
    { model, region, regionTier },
    ...(regionTier === null ? [{ model, region, regionTier: 'any' as const }] : []),
  ]);
}

function routerCharge({ routerPerMonth }: RoutingLever, daysCovered: number): Charge[] {
  if (routerPerMonth.base === 0) return [];
  return [
    {
      label: 'Router',
      amount: (routerPerMonth.base * daysCovered) / DAYS_PER_MONTH,
      ramps: false,
      formula: 'cost a month × days covered ÷ (365 ÷ 12)',
      billedAs: 'native',
      provider: null,
      ends: null,
    },
  ];
}

/** What stands against the targets for usage of a model, worked out once for each model. */
function verdictFrom(
  { targets }: RoutingLever,
  above: readonly Notice[],
  day: string,
): (model: string) => Verdict {
  const known = new Map<string, Verdict>();
  return (from) => {
    const seen = known.get(from);
    if (seen !== undefined) return seen;
    const others = targets.filter(({ model, weight }) => weight > 0 && model !== from);
    const verdict = together(
      ...others.flatMap(({ model }) => [lifecycleVerdict(model, day), sizeVerdict(model)]),
      { refusals: above, warnings: [] },
    );
    known.set(from, verdict);
    return verdict;
  };
}

function planOf(lever: RoutingLever, slice: Slice, book: PriceBook, known: Verdict): Plan | null {
  const { targets, share, escalation, qualityFloor } = lever;
  const weights = sumOf(targets.map(({ weight }) => weight));
  if (weights === 0) return null;
  const below = targets.filter((target) => isBelow(target, qualityFloor));
  const refusals = [
    paidAnotherWay(slice),
    ...known.refusals,
    ...below.map(({ model, quality }) => belowFloor(model, quality, qualityFloor ?? 0)),
  ].filter((refusal) => refusal !== null);
  const destinations = targets.map((target) => destinationOf(target, slice, book));
  const outcomes = destinations.map(({ outcome }, index) => {
    const part = (targets[index]?.weight ?? 0) / weights;
    return { ...outcome, from: part, weight: part };
  });
  const again = served(slice, { from: 0, weight: escalation.base });
  return {
    share: ofBoth(share.base),
    outcomes: escalation.base === 0 ? outcomes : [...outcomes, again],
    refusals,
    warnings:
      refusals.length > 0 ? [] : [...destinations.flatMap(({ warnings }) => warnings), ...known.warnings],
  };
}

/** What a request costs on average, USD; null where a price is missing or the requests are not stated. */
type RequestCosts = { readonly today: number | null; readonly targets: readonly (number | null)[] };

/**
 * Cost of the usage as it is, and at each target with the share that today's model answers once more, ÷ its requests:
 * requests a month × days covered ÷ (365 ÷ 12).
 */
function requestCosts(
  { targets, escalation, requestsPerMonth }: RoutingLever,
  slices: readonly Slice[],
  { book, daysCovered }: Surroundings,
): RequestCosts {
  const movable = slices.filter((slice) => paidAnotherWay(slice) === null && totalTokens(slice.tokens) > 0);
  const requests = ((requestsPerMonth ?? 0) * daysCovered) / DAYS_PER_MONTH;
  const tokens = sumOf(movable.map((slice) => totalTokens(slice.tokens)));
  const each = (rate: number | null): number | null =>
    rate === null || requests === 0 ? null : (rate * tokens) / 1e6 / requests;
  const today = each(rateOf(movable, (slice) => served(slice, {}), book));
  return {
    today,
    targets: targets.map((target) => {
      const there = each(rateOf(movable, (slice) => destinationOf(target, slice, book).outcome, book));
      return there === null || today === null ? there : there + escalation.base * today;
    }),
  };
}

const REQUESTS_UNKNOWN: Notice = {
  code: 'requests_unknown',
  message: 'A ceiling for a request is stated, and the requests a month are not: no bill has them.',
};

/** Targets that a ceiling keeps out; without a price that is missing, which is refused by itself. */
function ceilingRefusals(lever: RoutingLever, slices: readonly Slice[], around: Surroundings): Notice[] {
  const { requestCeiling, requestsPerMonth, targets } = lever;
  if (requestCeiling === null) return [];
  if (requestsPerMonth === null) return [REQUESTS_UNKNOWN];
  const costs = requestCosts(lever, slices, around).targets;
  return targets.flatMap(({ model, weight }, index): Notice[] => {
    const cost = costs[index] ?? null;
    if (weight === 0 || cost === null || cost <= requestCeiling) return [];
    const message = `A request costs ${Number(cost.toPrecision(3))} USD on average at ${model}, escalation included: above the ceiling of ${requestCeiling}.`;
    return [{ code: 'above_ceiling', message }];
  });
}

function requestFacts(lever: RoutingLever, slices: readonly Slice[], around: Surroundings): Fact[] {
  if (lever.requestsPerMonth === null) return [];
  const { today, targets } = requestCosts(lever, slices, around);
  const fact = (name: string, value: number | null): Fact => ({
    name,
    model: null,
    value,
    unit: `${around.currency}/request`,
    note: value === null ? 'a price is missing' : 'on average over the requests stated',
  });
  return [
    fact('cost of a request today', today),
    ...lever.targets.map(({ model }, index) => fact(`cost of a request, ${model}`, targets[index] ?? null)),
  ];
}

/** Whether a target that takes part does not reach the floor, or has no score to say so. */
export function isBelow({ quality, weight }: RoutingTarget, floor: number | null): boolean {
  return weight > 0 && floor !== null && (quality === null || quality < floor);
}

function belowFloor(model: string, quality: number | null, floor: number): Notice {
  const message =
    quality === null
      ? `${model} has no quality score, and the floor is ${floor}.`
      : `${model} scores ${quality}, below the floor of ${floor}.`;
  return { code: 'below_quality_floor', message };
}

type Destination = { readonly outcome: Outcome; readonly warnings: readonly Notice[] };

/** Where a target serves these requests. Mode and caching are kept only where the target offers them. */
export function destinationOf(target: RoutingTarget, slice: Slice, book: PriceBook): Destination {
  const { model, region, inputFactor, outputFactor } = target;
  const keptMode = (vector: UsageVector): Mode =>
    book.quote(vector, 'input', slice.mode).kind === 'priced' ? slice.mode : 'on_demand';
  const asked = movedTo(slice.vector, { model, region, regionTier: target.regionTier });
  const offered = movedTo(slice.vector, { model, region, regionTier: 'any' });
  const hasPrice = book.quote(asked, 'input', keptMode(asked)).kind === 'priced';
  const vector = hasPrice || target.regionTier !== null ? asked : offered;
  const mode = keptMode(vector);
  const uncached = CACHE_METERS.filter(
    (meter) => slice.tokens[meter] > 0 && book.quote(vector, meter, mode).kind === 'missing',
  );
  const { vector: from } = slice;
  const notes: [boolean, Notice][] = [
    [vector !== asked, OTHER_TIER(model)],
    [mode !== slice.mode, MODE_LOST(model, slice.mode)],
    [uncached.length > 0, CACHE_LOST(model)],
    [inputFactor === 1 && outputFactor === 1 && from.model !== model, SAME_TOKENS(model)],
  ];
  const outcome = served(slice, {
    vector,
    mode,
    meters: Object.fromEntries(uncached.map((meter) => [meter, { input: 1 }])),
    scale: { ...SAME_SIZE, input: inputFactor, cached: inputFactor, output: outputFactor },
  });
  return { outcome, warnings: notes.filter(([holds]) => holds).map(([, notice]) => notice) };
}

const CACHE_METERS: readonly VectorMeter[] = [
  'cache_read',
  'cache_write_5m',
  'cache_write_30m',
  'cache_write_1h',
];

const OTHER_TIER = (model: string): Notice => ({
  code: 'other_tier',
  message: `${model} has no price in today's region tier: priced at the tier it is offered in.`,
});
const MODE_LOST = (model: string, mode: Mode): Notice => ({
  code: 'mode_lost',
  message: `${model} has no price in mode ${mode} here: priced on demand.`,
});
const CACHE_LOST = (model: string): Notice => ({
  code: 'cache_lost',
  message: `${model} has no cache price here: cached input becomes plain input.`,
});
const SAME_TOKENS = (model: string): Notice => ({
  code: 'token_count_assumed',
  message: `Assumes that ${model} counts as many tokens for the same text: measure, and state the factors.`,
});

/** USD per million tokens of today's mix: as it is, and at each target, by model. */
function blendedRates(lever: RoutingLever, slices: readonly Slice[], book: PriceBook): Fact[] {
  const movable = slices.filter((slice) => paidAnotherWay(slice) === null && totalTokens(slice.tokens) > 0);
  const models = onePerPrice(movable, ({ vector }) => vector.model).map(({ vector }) => vector.model);
  return models.flatMap((model) => {
    const own = movable.filter(({ vector }) => vector.model === model);
    const fact = (name: string, value: number | null): Fact => ({
      name,
      model,
      value,
      unit: 'USD/1M token',
      note: value === null ? 'a price is missing' : null,
    });
    return [
      fact(
        'blended rate today',
        rateOf(own, (slice) => served(slice, {}), book),
      ),
      ...lever.targets.map((target) =>
        fact(
          `blended rate, ${target.model}`,
          rateOf(own, (slice) => destinationOf(target, slice, book).outcome, book),
        ),
      ),
    ];
  });
}

/** Cost of the slices as an outcome serves them ÷ the tokens they have today, in millions; null without a price. */
export function rateOf(
  slices: readonly Slice[],
  outcomeOf: (slice: Slice) => Outcome,
  book: PriceBook,
): number | null {
  const costs = slices.map((slice) => costAs(slice, outcomeOf(slice), book));
  const tokens = sumOf(slices.map((slice) => totalTokens(slice.tokens)));
  if (costs.includes(null) || tokens === 0) return null;
  return (sumOf(costs.filter((cost) => cost !== null)) / tokens) * 1e6;
}

function costAs({ tokens }: Slice, { vector, mode, meters, scale }: Outcome, book: PriceBook): number | null {
  const parts = VECTOR_METERS.filter((meter) => tokens[meter] > 0).map((meter) => {
    const target = (Object.keys(meters[meter] ?? { [meter]: 1 })[0] ?? meter) as VectorMeter;
    const quote = book.quote(vector, target, mode);
    const factor = target === 'output' ? scale.output : scale.input;
    return quote.kind === 'missing' ? null : tokens[meter] * factor * amountOf(quote, BASE_PICK);
  });
  return parts.includes(null) ? null : sumOf(parts.filter((part) => part !== null));
}
