// The table of levers: a new one is a file with its rules, its data in the scenario, and an entry here.

import { agentsRules } from './agents.ts';
import type { Fact } from './answer.ts';
import { batchRules } from './batch.ts';
import { cachingRules } from './caching.ts';
import { customModelRules } from './custom-model.ts';
import { endCapacityRules } from './end-capacity.ts';
import { endpointRules } from './endpoint.ts';
import { guardrailsRules } from './guardrails.ts';
import { knowledgeBaseRules } from './knowledge-base.ts';
import {
  type Effect,
  type FigureUnit,
  type LeverRules,
  type Notice,
  type Slice,
  type Surroundings,
  TOUCHES_NOTHING,
} from './lever.ts';
import { overheadRules } from './overhead.ts';
import { provisionedRules } from './provisioned.ts';
import { reservedRules } from './reserved.ts';
import { residencyRules } from './residency.ts';
import { routingRules } from './routing.ts';
import type { Lever, LeverKind, LeverOf, Range } from './scenario.ts';
import { serviceTierRules } from './service-tier.ts';
import { trimmingRules } from './trimming.ts';
import type { ScenarioBaseline } from './vectors.ts';

export const LEVERS: { readonly [K in LeverKind]: LeverRules<LeverOf[K]> } = {
  batch: batchRules,
  caching: cachingRules,
  routing: routingRules,
  service_tier: serviceTierRules,
  residency: residencyRules,
  trimming: trimmingRules,
  overhead: overheadRules,
  provisioned: provisionedRules,
  reserved: reservedRules,
  end_capacity: endCapacityRules,
  custom_model: customModelRules,
  endpoint: endpointRules,
  agents: agentsRules,
  guardrails: guardrailsRules,
  knowledge_base: knowledgeBaseRules,
};

/** A lever together with the rules of its kind, so that the pipeline knows no kind. */
export type BoundLever = {
  readonly lever: Lever;
  readonly title: string;
  readonly ranges: readonly { readonly name: string; readonly unit: FigureUnit; readonly range: Range }[];
  readonly isSteady: boolean;
  /** One object for a lever and whatever fixing its parameters makes of it. */
  readonly family: object;
  /** The same lever with the parameter at this position fixed. The very same where it stands there. */
  readonly fix: (position: number, value: number) => BoundLever;
  readonly effect: (slicesOf: () => readonly Slice[], around: Surroundings) => Effect;
  readonly facts: (slices: readonly Slice[], around: Surroundings) => Fact[];
};

export function bind(lever: Lever): BoundLever {
  return boundIn({}, lever);
}

function boundIn(family: object, lever: Lever): BoundLever {
  switch (lever.kind) {
    case 'batch':
      return boundTo(lever, LEVERS.batch, family);
    case 'caching':
      return boundTo(lever, LEVERS.caching, family);
    case 'routing':
      return boundTo(lever, LEVERS.routing, family);
    case 'service_tier':
      return boundTo(lever, LEVERS.service_tier, family);
    case 'residency':
      return boundTo(lever, LEVERS.residency, family);
    case 'trimming':
      return boundTo(lever, LEVERS.trimming, family);
    case 'overhead':
      return boundTo(lever, LEVERS.overhead, family);
    case 'provisioned':
      return boundTo(lever, LEVERS.provisioned, family);
    case 'reserved':
      return boundTo(lever, LEVERS.reserved, family);
    case 'end_capacity':
      return boundTo(lever, LEVERS.end_capacity, family);
    case 'custom_model':
      return boundTo(lever, LEVERS.custom_model, family);
    case 'endpoint':
      return boundTo(lever, LEVERS.endpoint, family);
    case 'agents':
      return boundTo(lever, LEVERS.agents, family);
    case 'guardrails':
      return boundTo(lever, LEVERS.guardrails, family);
    case 'knowledge_base':
      return boundTo(lever, LEVERS.knowledge_base, family);
  }
}

/** The levers of a baseline by all that is said of them, with what is said beside their parameters. */
type Bound = Map<string, { readonly lever: BoundLever; readonly kin: string }>;

const boundBefore = new WeakMap<ScenarioBaseline, Bound>();

/**
 * The levers bound for a baseline. One that is as it was when this was last asked stays the same object, so that what
 * it did there need not be worked out again because another lever has moved; one whose parameters have moved is of the
 * same family.
 */
export function boundOn(baseline: ScenarioBaseline, levers: readonly Lever[]): BoundLever[] {
  const before: Bound = boundBefore.get(baseline) ?? new Map();
  const families = new Map([...before.values()].map(({ lever, kin }) => [kin, lever.family]));
  const now: Bound = new Map();
  const bound = levers.map((lever) => {
    const key = JSON.stringify(lever);
    const known = before.get(key);
    const kin = known?.kin ?? kinOf(lever);
    const own = known?.lever ?? boundIn(families.get(kin) ?? {}, lever);
    now.set(key, { lever: own, kin });
    return own;
  });
  boundBefore.set(baseline, now);
  return bound;
}

/** All that is said of a lever but for its parameters and its name. */
function kinOf(lever: Lever): string {
  const bound = bind(lever);
  const fixed = bound.ranges.reduce<BoundLever>((from, _, position) => from.fix(position, 0), bound);
  return JSON.stringify({ ...fixed.lever, label: null });
}

function boundTo<L extends Lever>(
  lever: L,
  rules: LeverRules<L>,
  family: object,
  unstated = rules.unstated?.(lever) ?? null,
): BoundLever {
  const parameters = rules.parameters(lever);
  const bound: BoundLever = {
    lever,
    title: rules.title,
    ranges: parameters,
    isSteady: rules.isSteady(lever),
    family,
    fix(position, value) {
      const parameter = parameters[position];
      if (parameter === undefined || isExactly(parameter.range, value)) return bound;
      return boundTo(parameter.fix(value), rules, family, unstated);
    },
    effect: (slicesOf, around) =>
      unstated === null ? rules.effect(lever, slicesOf, around) : doingNothing(unstated),
    facts: (slices, around) => rules.facts(lever, slices, around),
  };
  return bound;
}

function isExactly({ low, base, high }: Range, value: number): boolean {
  return low === value && base === value && high === value;
}

function doingNothing(because: Notice): Effect {
  return { ...TOUCHES_NOTHING, notices: [{ ...because, refused: true }] };
}
