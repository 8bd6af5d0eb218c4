// Routing looked at closely: what the usage costs at each target and at the mix, beside the reader's own scores.
import { sumOf } from '../sum.ts';
import { standAt } from './labs.ts';
import { served } from './lever.ts';
import { paidAnotherWay } from './refusals.ts';
import { destinationOf, missingPriceOf, rateOf } from './routing.ts';
import type { RoutingLever, Scenario } from './scenario.ts';
import { type ScenarioBaseline, totalTokens } from './vectors.ts';

/** A way of serving the usage. USD per million of today's tokens, and a score; each null where it is not known. */
export type ServedAt = {
  readonly rate: number | null;
  /** Why the rate is not known; null where it is. */
  readonly missing: string | null;
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
 * request counts as its target's, which never flatters the mix where today's model scores higher.
 */
export function routingLab(scenario: Scenario, whole: ScenarioBaseline, lever: RoutingLever): RoutingLab {
  const { world, slices } = standAt(scenario, whole, lever);
  const { book } = world;
  const movable = slices.filter((slice) => paidAnotherWay(slice) === null && totalTokens(slice.tokens) > 0);
  const weights = sumOf(lever.targets.map(({ weight }) => weight));
  const servedAt = (outcomeOf: Parameters<typeof rateOf>[1], quality: number | null): ServedAt => ({
    rate: rateOf(movable, outcomeOf, book),
    missing: movable.length === 0 ? NOTHING_TO_ROUTE : missingPriceOf(movable, outcomeOf, book),
    quality,
  });
  const today = servedAt((slice) => served(slice, {}), lever.todayQuality);
  const targets = lever.targets.map((target) => ({
    model: target.model,
    part: weights === 0 ? 0 : target.weight / weights,
    ...servedAt((slice) => destinationOf(target, slice, book).outcome, target.quality),
  }));
  const used = targets.filter(({ part }) => part > 0);
  const mix = mixOf(used.map((target) => ({ ...target, share: target.part })));
  const escalated = lever.escalation.base;
  const routed: ServedAt = {
    ...mix,
    rate: mix.rate === null || today.rate === null ? null : mix.rate + escalated * today.rate,
    missing: mix.missing ?? today.missing,
  };
  const share = lever.share.base;
  return {
    today,
    targets,
    routed,
    all: mixOf([
      { ...routed, share },
      { ...today, share: 1 - share },
    ]),
  };
}

const NOTHING_TO_ROUTE = 'Nothing in scope can be routed.';
const NO_TARGET = 'No target has a share.';

/** Mean by share; what has none of it counts for nothing, known or not. */
function mixOf(parts: readonly (ServedAt & { readonly share: number })[]): ServedAt {
  const used = parts.filter(({ share }) => share > 0);
  const mean = (of: (part: ServedAt) => number | null): number | null => {
    const values = used.map((part) => ({ value: of(part), share: part.share }));
    if (values.length === 0 || values.some(({ value }) => value === null)) return null;
    return sumOf(values.map(({ value, share }) => (value ?? 0) * share));
  };
  return {
    rate: mean(({ rate }) => rate),
    missing: used.length === 0 ? NO_TARGET : (used.find(({ missing }) => missing !== null)?.missing ?? null),
    quality: mean(({ quality }) => quality),
  };
}
