// What a baseline must be read with, so that every lever of a scenario finds its scopes and its prices in it.
import type { Mode } from '../usage/vocabulary.ts';
import { UTC } from './local-time.ts';
import type { PlaceChange } from './places.ts';
import { residencyChanges } from './residency.ts';
import { routingChanges } from './routing.ts';
import type { Lever, Scenario } from './scenario.ts';
import { asScope, type LeverScope, scopesOf } from './vectors.ts';

export type BaselineNeeds = {
  readonly scopes: LeverScope[];
  /** Modes to price beside those of the bill and batch. */
  readonly modes: Mode[];
  /** Places to price beside those of the bill, one change after the other. */
  readonly places: PlaceChange[];
  /** Scopes whose hours are needed; an empty one = all usage. */
  readonly hourly: LeverScope[];
  /** Time zones that schedules by the hour are in, but for UTC. */
  readonly timeZones: string[];
  /** Whether the search capacity of the days is needed. */
  readonly ocu: boolean;
};

/** Needs of levers in their order; levers that are switched off count, since the ledger shows what they would do. */
export function needsOf({ levers, growth }: Pick<Scenario, 'levers' | 'growth'>): BaselineNeeds {
  return {
    scopes: scopesOf([...levers, ...growth]),
    modes: [...new Set(levers.flatMap(modesOf))].sort(),
    places: distinct(levers.flatMap(placesOf)),
    hourly: distinct(levers.filter(sizesCapacity).map(({ scope }) => asScope(scope))),
    timeZones: distinct(levers.flatMap(timeZonesOf)).sort(),
    ocu: levers.some(({ kind }) => kind === 'knowledge_base'),
  };
}

function modesOf(lever: Lever): Mode[] {
  if (lever.kind === 'service_tier') return [lever.to];
  return lever.kind === 'routing' ? ['on_demand'] : [];
}

function timeZonesOf(lever: Lever): string[] {
  return lever.kind === 'provisioned' && lever.timeZone !== UTC ? [lever.timeZone] : [];
}

function sizesCapacity({ kind }: Lever): boolean {
  return kind === 'provisioned' || kind === 'reserved';
}

function placesOf(lever: Lever): PlaceChange[] {
  switch (lever.kind) {
    case 'routing':
      return routingChanges(lever);
    case 'residency':
      return residencyChanges(lever);
    default:
      return [];
  }
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
