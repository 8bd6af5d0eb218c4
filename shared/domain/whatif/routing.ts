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
  SAME_METERS,
  type Serving,
  type Share,
  type Slice,
  type Surroundings,
  served,
  servedAs,
} from './lever.ts';
import { lifecycleVerdict, modeName, sizeVerdict, together, type Verdict } from './model-guards.ts';
import { DAYS_PER_MONTH } from './months.ts';
import { movedTo, type PlaceChange } from './places.ts';
import type { PriceBook } from './prices.ts';
import { paidAnotherWay } from './refusals.ts';
import { type Costed, costedAs, mixed, type PricedRate, pricedRate } from './routing-rates.ts';
import type { RoutingLever, RoutingTarget } from './scenario.ts';
import { totalTokens, type UsageVector, type VectorMeter } from './vectors.ts';

export const routingRules: LeverRules<RoutingLever> = {
  title: 'Model routing',
  reason: 'Sends a share of requests to other models, in one step or as a cascade.',
  parameters: (lever) =>
    rangesOf(lever, {
      share: ['share routed', 'ratio'],
      escalation: ['share escalated', 'ratio'],
      routerPerMonth: ['router cost a month', 'money'],
    }),
  isSteady: ({ requestCeiling }) => requestCeiling === null,
  effect: (lever, slicesOf, around) => {
    const verdict = verdictFrom(lever, ceilingRefusals(lever, slicesOf, around), around.period.to);
    const weights = sumOf(lever.targets.map(({ weight }) => weight));
    const share = ofBoth(lever.share.base);
    const again = servedAs({ from: 0, weight: lever.escalation.base });
    return {
      plan: (slice) =>
        weights === 0
          ? null
          : planOf(lever, { weights, share, again }, slice, around.book, verdict(slice.vector.model)),
      dials: lever.requestCeiling === null ? [share, again] : null,
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
      due: 'at_once',
      formula: 'cost a month × days covered ÷ (365 ÷ 12)',
      billedAs: 'native',
      provider: null,
      ends: null,
    },
  ];
}

/** What stands against the targets for usage of a model, worked out once for each model. */
function verdictFrom(
  { targets, qualityFloor }: RoutingLever,
  above: readonly Notice[],
  day: string,
): (model: string) => Verdict {
  const below = targets
    .filter((target) => isBelow(target, qualityFloor))
    .map(({ model, quality }) => belowFloor(model, quality, qualityFloor ?? 0));
  const known = new Map<string, Verdict>();
  return (from) => {
    const seen = known.get(from);
    if (seen !== undefined) return seen;
    const others = targets.filter(({ model, weight }) => weight > 0 && model !== from);
    const verdict = together(
      ...others.flatMap(({ model }) => [lifecycleVerdict(model, day), sizeVerdict(model)]),
      { refusals: [...above, ...below], warnings: [] },
    );
    known.set(from, verdict);
    return verdict;
  };
}

/** Sum of the targets' weights, the share that is routed, and how today's model answers what escalates. */
type Routed = { readonly weights: number; readonly share: Share; readonly again: Serving };

function planOf(
  { targets }: RoutingLever,
  { weights, share, again }: Routed,
  slice: Slice,
  book: PriceBook,
  known: Verdict,
): Plan {
  const paid = paidAnotherWay(slice);
  const refusals = paid === null ? known.refusals : [paid, ...known.refusals];
  const outcomes: Outcome[] = [];
  const warnings: Notice[] = [];
  for (const target of targets) {
    const { outcome, warnings: own } = destinationOf(target, slice, book);
    const part = target.weight / weights;
    outcomes.push(part === 1 ? outcome : partly(outcome, part));
    warnings.push(...own);
  }
  if (again.weight !== 0) outcomes.push(served(slice, {}, again));
  warnings.push(...known.warnings);
  return { share, outcomes, refusals, warnings: refusals.length > 0 ? [] : warnings };
}

const partly = ({ serving, ...bought }: Outcome, part: number): Outcome => ({
  ...bought,
  serving: { ...serving, from: part, weight: part },
});

/** What a request costs on average, USD; null where nothing has a price, or the requests are not stated. */
type RequestCost = { readonly cost: number | null; readonly note: string };
type RequestCosts = { readonly today: RequestCost; readonly targets: readonly RequestCost[] };

/**
 * Cost of the usage as it is, and at each target with the share that today's model answers once more, ÷ its requests:
 * requests a month × days covered ÷ (365 ÷ 12). A part without a price counts as the rest costs, and the note says so.
 */
function requestCosts(
  { targets, escalation, requestsPerMonth }: RoutingLever,
  slices: readonly Slice[],
  { book, daysCovered }: Surroundings,
): RequestCosts {
  const movable = slices.filter((slice) => paidAnotherWay(slice) === null && totalTokens(slice.tokens) > 0);
  const requests = ((requestsPerMonth ?? 0) * daysCovered) / DAYS_PER_MONTH;
  const tokens = sumOf(movable.map((slice) => totalTokens(slice.tokens)));
  const each = ({ costs, missing }: Costed): RequestCost => {
    const found = pricedRate(movable, costs);
    return {
      cost: found.rate === null || requests === 0 ? null : (found.rate * tokens) / 1e6 / requests,
      note: unpricedText(found, missing) ?? 'on average over the requests stated',
    };
  };
  const today = costedAs(movable, (slice) => served(slice, {}), book);
  return {
    today: each(today),
    targets: targets.map((target) => {
      const there = costedAs(movable, (slice) => destinationOf(target, slice, book).outcome, book);
      return each(
        mixed([
          { ...there, weight: 1 },
          { ...today, weight: escalation.base },
        ]),
      );
    }),
  };
}

const REQUESTS_UNKNOWN: Notice = {
  code: 'requests_unknown',
  message: 'A ceiling for a request is stated, and the requests a month are not: no bill has them.',
};

/** Targets that a ceiling keeps out; usage without a price there is refused by itself. */
function ceilingRefusals(
  lever: RoutingLever,
  slicesOf: () => readonly Slice[],
  around: Surroundings,
): Notice[] {
  const { requestCeiling, requestsPerMonth, targets } = lever;
  if (requestCeiling === null) return [];
  if (requestsPerMonth === null) return [REQUESTS_UNKNOWN];
  const costs = requestCosts(lever, slicesOf(), around).targets;
  return targets.flatMap(({ model, weight }, index): Notice[] => {
    const cost = costs[index]?.cost ?? null;
    if (weight === 0 || cost === null || cost <= requestCeiling) return [];
    const message = `A request costs ${Number(cost.toPrecision(3))} USD on average at ${model}, escalation included: above the ceiling of ${requestCeiling}.`;
    return [{ code: 'above_ceiling', message }];
  });
}

function requestFacts(lever: RoutingLever, slices: readonly Slice[], around: Surroundings): Fact[] {
  if (lever.requestsPerMonth === null) return [];
  const { today, targets } = requestCosts(lever, slices, around);
  const facts = (name: string, found: RequestCost | undefined): Fact[] =>
    found === undefined
      ? []
      : [{ name, model: null, value: found.cost, unit: `${around.currency}/request`, note: found.note }];
  return [
    ...facts('cost of a request today', today),
    ...lever.targets.flatMap(({ model }, index) => facts(`cost of a request, ${model}`, targets[index])),
  ];
}

/** Whether a target that takes part does not reach the floor, or has no score to say so. */
export function isBelow({ quality, weight }: RoutingTarget, floor: number | null): boolean {
  return weight > 0 && floor !== null && (quality === null || quality < floor);
}

function belowFloor(model: string, quality: number | null, floor: number): Notice {
  if (quality === null) {
    const message = `${model} has no quality score, and the floor is ${floor}.`;
    return { code: 'no_quality_score', message };
  }
  const message = `${model} scores ${quality}, below the floor of ${floor}.`;
  return { code: 'below_quality_floor', message };
}

type Destination = { readonly outcome: Outcome; readonly warnings: readonly Notice[] };

/** Where usage of one vector goes, for as long as it is bought in the same mode and caches in the same meters. */
type Remembered = {
  readonly book: PriceBook;
  readonly mode: Mode;
  readonly cached: number;
  readonly destination: Destination;
};
const remembered = new WeakMap<RoutingTarget, Map<UsageVector, Remembered[]>>();

/** Where a target serves these requests. Mode and caching are kept only where the target offers them. */
export function destinationOf(target: RoutingTarget, slice: Slice, book: PriceBook): Destination {
  if (slice.rate !== null) return newDestination(target, slice, book);
  const byVector = remembered.get(target) ?? new Map<UsageVector, Remembered[]>();
  remembered.set(target, byVector);
  const own = byVector.get(slice.vector) ?? [];
  byVector.set(slice.vector, own);
  const { mode, tokens } = slice;
  let cached = 0;
  for (const meter of CACHE_METERS) cached = cached * 2 + (tokens[meter] > 0 ? 1 : 0);
  for (const one of own) {
    if (one.book === book && one.mode === mode && one.cached === cached) return one.destination;
  }
  const destination = newDestination(target, slice, book);
  own.push({ book, mode, cached, destination });
  return destination;
}

function newDestination(target: RoutingTarget, slice: Slice, book: PriceBook): Destination {
  const { model, region, inputFactor, outputFactor } = target;
  const keptMode = (vector: UsageVector): Mode =>
    book.quote(vector, 'input', slice.mode).kind === 'priced' ? slice.mode : 'on_demand';
  const asked = movedTo(slice.vector, { model, region, regionTier: target.regionTier });
  const hasPrice = book.quote(asked, 'input', keptMode(asked)).kind === 'priced';
  const vector =
    hasPrice || target.regionTier !== null
      ? asked
      : movedTo(slice.vector, { model, region, regionTier: 'any' });
  const mode = keptMode(vector);
  const uncached = CACHE_METERS.filter(
    (meter) => slice.tokens[meter] > 0 && book.quote(vector, meter, mode).kind === 'missing',
  );
  const { vector: from } = slice;
  const warnings: Notice[] = [];
  if (vector !== asked) warnings.push(OTHER_TIER(model));
  if (mode !== slice.mode) warnings.push(MODE_LOST(model, slice.mode));
  if (uncached.length > 0) warnings.push(CACHE_LOST(model));
  if (inputFactor === 1 && outputFactor === 1 && from.model !== model) warnings.push(SAME_TOKENS(model));
  const scale = { input: inputFactor, cached: inputFactor, output: outputFactor };
  const outcome = served(slice, { vector, mode }, servedAs({ meters: asInput(uncached), scale }));
  return { outcome, warnings };
}

const asInputBefore = new Map<string, Serving['meters']>();

/** Cached meters that become plain input. One table for the same meters, since every slice asks for one. */
function asInput(meters: readonly VectorMeter[]): Serving['meters'] {
  if (meters.length === 0) return SAME_METERS;
  const key = meters.join();
  const made = asInputBefore.get(key) ?? Object.fromEntries(meters.map((meter) => [meter, { input: 1 }]));
  asInputBefore.set(key, made);
  return made;
}

const CACHE_METERS: readonly VectorMeter[] = [
  'cache_read',
  'cache_write_5m',
  'cache_write_30m',
  'cache_write_1h',
];

/** A notice about a model, the same object each time: thousands of slices have it while a slider moves. */
function forModel(message: (model: string) => string, code: string): (model: string) => Notice {
  const known = new Map<string, Notice>();
  return (model) => {
    const notice = known.get(model) ?? { code, message: message(model) };
    known.set(model, notice);
    return notice;
  };
}

const OTHER_TIER = forModel(
  (model) => `${model} has no price in today’s region tier: priced at the tier it is offered in.`,
  'other_tier',
);
const MODE_LOST = (model: string, mode: Mode): Notice => ({
  code: 'mode_lost',
  message: `${model} has no price in mode ${modeName(mode)} here: priced on demand.`,
});
const CACHE_LOST = forModel(
  (model) => `${model} has no cache price here: cached input becomes plain input.`,
  'cache_lost',
);
const SAME_TOKENS = forModel(
  (model) => `Assumes that ${model} counts as many tokens for the same text: measure, and state the factors.`,
  'token_count_assumed',
);

/** USD per million tokens of today's mix: as it is, and at each target, by model; over the part that has a price. */
function blendedRates(lever: RoutingLever, slices: readonly Slice[], book: PriceBook): Fact[] {
  const movable = slices.filter((slice) => paidAnotherWay(slice) === null && totalTokens(slice.tokens) > 0);
  const models = onePerPrice(movable, ({ vector }) => [vector.model]).map(({ vector }) => vector.model);
  return models.flatMap((model) => {
    const own = movable.filter(({ vector }) => vector.model === model);
    const facts = (what: string, serving: (slice: Slice) => Outcome): Fact[] => {
      const { costs, missing } = costedAs(own, serving, book);
      const found = pricedRate(own, costs);
      const rate = {
        name: `blended rate${what}`,
        model,
        value: found.rate,
        unit: 'USD/1M token',
        note: unpricedText(found, missing),
      };
      if (missing === null) return [rate];
      const without = { name: `tokens without a price${what}`, model, value: found.unpricedTokens };
      return [rate, { ...without, unit: 'token', note: missing }];
    };
    return [
      ...facts(' today', (slice) => served(slice, {})),
      ...lever.targets.flatMap((target) =>
        facts(`, ${target.model}`, (slice) => destinationOf(target, slice, book).outcome),
      ),
    ];
  });
}

/** What a rate leaves out and why; null where everything has a price. */
function unpricedText({ rate, unpricedShare }: PricedRate, missing: string | null): string | null {
  if (missing === null || rate === null) return missing;
  return `over the part with a price: ${Number((unpricedShare * 100).toPrecision(3))} % of the tokens have none. ${missing}`;
}
