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
import type { Effect, LeverRules, Notice, Slice, Surroundings } from './lever.ts';
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
  readonly ranges: readonly { readonly name: string; readonly range: Range }[];
  readonly isSteady: boolean;
  /** The same lever with the parameter at this position fixed. */
  readonly fix: (position: number, value: number) => BoundLever;
  readonly effect: (slices: readonly Slice[], around: Surroundings) => Effect;
  readonly facts: (slices: readonly Slice[], around: Surroundings) => Fact[];
};

export function bind(lever: Lever): BoundLever {
  switch (lever.kind) {
    case 'batch':
      return boundTo(lever, LEVERS.batch);
    case 'caching':
      return boundTo(lever, LEVERS.caching);
    case 'routing':
      return boundTo(lever, LEVERS.routing);
    case 'service_tier':
      return boundTo(lever, LEVERS.service_tier);
    case 'residency':
      return boundTo(lever, LEVERS.residency);
    case 'trimming':
      return boundTo(lever, LEVERS.trimming);
    case 'overhead':
      return boundTo(lever, LEVERS.overhead);
    case 'provisioned':
      return boundTo(lever, LEVERS.provisioned);
    case 'reserved':
      return boundTo(lever, LEVERS.reserved);
    case 'end_capacity':
      return boundTo(lever, LEVERS.end_capacity);
    case 'custom_model':
      return boundTo(lever, LEVERS.custom_model);
    case 'endpoint':
      return boundTo(lever, LEVERS.endpoint);
    case 'agents':
      return boundTo(lever, LEVERS.agents);
    case 'guardrails':
      return boundTo(lever, LEVERS.guardrails);
    case 'knowledge_base':
      return boundTo(lever, LEVERS.knowledge_base);
  }
}

const boundBefore = new WeakMap<ScenarioBaseline, Map<string, BoundLever>>();

/**
 * The levers bound for a baseline. One that is as it was when this was last asked stays the same object, so that what
 * it did there need not be worked out again because another lever has moved.
 */
export function boundOn(baseline: ScenarioBaseline, levers: readonly Lever[]): BoundLever[] {
  const before = boundBefore.get(baseline);
  const now = new Map<string, BoundLever>();
  const bound = levers.map((lever) => {
    const key = JSON.stringify(lever);
    const own = before?.get(key) ?? bind(lever);
    now.set(key, own);
    return own;
  });
  boundBefore.set(baseline, now);
  return bound;
}

function boundTo<L extends Lever>(
  lever: L,
  rules: LeverRules<L>,
  unstated = rules.unstated?.(lever) ?? null,
): BoundLever {
  const parameters = rules.parameters(lever);
  return {
    lever,
    title: rules.title,
    ranges: parameters,
    isSteady: rules.isSteady(lever),
    fix(position, value) {
      const parameter = parameters[position];
      return boundTo(parameter === undefined ? lever : parameter.fix(value), rules, unstated);
    },
    effect: (slices, around) =>
      unstated === null ? rules.effect(lever, slices, around) : doingNothing(unstated),
    facts: (slices, around) => rules.facts(lever, slices, around),
  };
}

function doingNothing(because: Notice): Effect {
  return { plan: () => null, charges: [], notices: [{ ...because, refused: true }] };
}
