// Routing looked at closely: what the usage costs at each target and at the mix, beside the reader's own scores.
import { sumOf } from '../sum.ts';
import { standAt } from './labs.ts';
import { served } from './lever.ts';
import { paidAnotherWay } from './refusals.ts';
import { destinationOf } from './routing.ts';
import { type Costed, costedAs, costRatio, mixed, type PricedRate, pricedRate } from './routing-rates.ts';
import type { RoutingLever, Scenario } from './scenario.ts';
import { type ScenarioBaseline, totalTokens } from './vectors.ts';

/** A way of serving the usage: the rate of what has a price there, and the user's score; null where it is not known. */
export type ServedAt = PricedRate & {
  /** Why there is no rate, or what it leaves out has no price; null where all of the usage has one. */
  readonly missing: string | null;
  /** Cost ÷ today's of the same usage, as far as both have a price; null where nothing has. */
  readonly againstToday: number | null;
  readonly quality: number | null;
};

export type RoutingLab = {
  readonly today: ServedAt;
  readonly targets: readonly (ServedAt & {
    readonly model: string;
    /** Share (0…1) of the routed requests. */
    readonly part: number;
  })[];
  /** The routed requests: the mix of the targets, and what escalates to today's model besides. */
  readonly routed: ServedAt;
  /** All requests in scope, those that stay where they are included. */
  readonly all: ServedAt;
};

/**
 * The price of the usage at each target, at the mix and with what stays, with the user's own scores. Mix =
 * Σ part × rate + escalated share × today's rate; all = share × mix + (1 − share) × today's. The score of an escalated
 * request counts as its target's, which never flatters the mix where today's model scores higher. A mix is over the usage
 * that has a price at all of its parts: the lever refuses the rest, which stays where it is.
 */
export function routingLab(scenario: Scenario, whole: ScenarioBaseline, lever: RoutingLever): RoutingLab {
  const { world, slices } = standAt(scenario, whole, lever);
  const { book } = world;
  const movable = slices.filter((slice) => paidAnotherWay(slice) === null && totalTokens(slice.tokens) > 0);
  const weights = sumOf(lever.targets.map(({ weight }) => weight));
  const scoredAs = (serving: Parameters<typeof costedAs>[1], quality: number | null): Scored => {
    const { costs, missing } = costedAs(movable, serving, book);
    return { costs, missing: movable.length === 0 ? NOTHING_TO_ROUTE : missing, quality };
  };
  const asToday = scoredAs((slice) => served(slice, {}), lever.todayQuality);
  const targets = lever.targets.map((target) => ({
    model: target.model,
    part: weights === 0 ? 0 : target.weight / weights,
    scored: scoredAs((slice) => destinationOf(target, slice, book).outcome, target.quality),
  }));
  const mix = mixOf(targets.map(({ part, scored }) => ({ ...scored, weight: part })));
  const routed = withEscalated(mix, asToday, lever.escalation.base);
  const all = mixOf([
    { ...routed, weight: lever.share.base },
    { ...asToday, weight: 1 - lever.share.base },
  ]);
  const servedAt = ({ costs, missing, quality }: Scored): ServedAt => ({
    ...pricedRate(costs.length === 0 ? [] : movable, costs),
    missing,
    againstToday: costRatio(costs, asToday.costs),
    quality,
  });
  return {
    today: servedAt(asToday),
    targets: targets.map(({ scored, ...target }) => ({ ...target, ...servedAt(scored) })),
    routed: servedAt(routed),
    all: servedAt(all),
  };
}

const NOTHING_TO_ROUTE = 'Nothing in scope can be routed.';
const NO_TARGET = 'No target has a share.';

type Scored = Costed & { readonly quality: number | null };

/** Mean by weight; what has none of it counts for nothing, known or not. */
function mixOf(parts: readonly (Scored & { readonly weight: number })[]): Scored {
  const used = parts.filter(({ weight }) => weight > 0);
  if (used.length === 0) return { costs: [], missing: NO_TARGET, quality: null };
  const isScored = used.every(({ quality }) => quality !== null);
  return {
    ...mixed(used),
    quality: isScored ? sumOf(used.map(({ quality, weight }) => (quality ?? 0) * weight)) : null,
  };
}

/** What escalates is paid at today's model besides; its score stays that of the mix. */
function withEscalated(mix: Scored, today: Scored, escalated: number): Scored {
  if (mix.costs.length === 0) return mix;
  const paid = mixed([
    { ...mix, weight: 1 },
    { ...today, weight: escalated },
  ]);
  return { ...paid, quality: mix.quality };
}
