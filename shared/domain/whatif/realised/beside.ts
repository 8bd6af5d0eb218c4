// What is followed otherwise than by its tokens: capacity, guardrails, and what can only be watched.
import type { Filter } from '../../spend/vocabulary.ts';
import { sumOf } from '../../sum.ts';
import { isInScope } from '../apply.ts';
import type { Slice } from '../lever.ts';
import { bind } from '../levers.ts';
import { runningOf } from '../paid-capacity.ts';
import { BASE_PICK } from '../prices.ts';
import type { Lever } from '../scenario.ts';
import { costAt } from '../state.ts';
import { type CapacityUnits, type ScenarioBaseline, scopeIndex, totalTokens } from '../vectors.ts';
import { aroundOf, effectOn, slicesInScope, stateAfterOne, type World } from '../world.ts';
import type { FollowedCapacity, Watched } from './follow.ts';
import type { PlannedLever } from './plan.ts';

/** Days of some bill: what is on them, however long they are. */
export type Held = Pick<
  ScenarioBaseline,
  'vectors' | 'outside' | 'capacity' | 'scopes' | 'ocu' | 'daysCovered'
>;

type Stand = { readonly world: World; readonly whole: ScenarioBaseline; readonly after: readonly Slice[] };
type Planned = Pick<PlannedLever, 'volumeIn' | 'measure' | 'cells' | 'notFollowed' | 'untold'>;

/** Cost, volume and measure of what a lever is followed by, on some days. The measure is null where it is not defined. */
export type Reading = { readonly cost: number; readonly volume: number; readonly measure: number | null };

export const CELLS = {
  search: 'search capacity',
  paid: 'paid capacity',
  guardrails: 'guardrails',
  watched: 'all of it',
} as const;

const inside =
  ({ scopes }: Held, conditions: readonly Filter[]) =>
  ({ inScopes }: { readonly inScopes: readonly number[] }): boolean => {
    const scope = scopeIndex(scopes, conditions);
    return scope === null || inScopes.includes(scope);
  };

/** Capacity has no volume but its days; the measure is the units that run on average. */
export function capacityOn(
  { capacity: which }: FollowedCapacity,
  held: Held,
  conditions: readonly Filter[],
): Reading {
  const { ocu, daysCovered } = held;
  if (which === 'search') return { ...searchCapacity(ocu, daysCovered), volume: daysCovered };
  const own = held.capacity.filter(inside(held, conditions));
  return {
    cost: sumOf(own.map(({ invoiced }) => invoiced)),
    volume: daysCovered,
    measure: runningOf(own, daysCovered),
  };
}

function searchCapacity(ocu: CapacityUnits | null, days: number): Omit<Reading, 'volume'> {
  if (ocu === null || days === 0) return { cost: ocu?.invoiced ?? 0, measure: 0 };
  return { cost: ocu.invoiced, measure: ocu.hours === null ? null : ocu.hours / (days * 24) };
}

const NO_CAPACITY: Readonly<Record<FollowedCapacity['capacity'], string>> = {
  search: 'The bill of the baseline shows no search capacity.',
  paid: 'The bill of the baseline shows no model units and no reserved tokens here.',
};

export function plannedCapacity(
  lever: Lever,
  following: FollowedCapacity,
  conditions: readonly Filter[],
  { whole, world }: Stand,
): Planned {
  const { cost, volume, measure: running } = capacityOn(following, whole, conditions);
  const bound = bind(lever);
  const { charges } = bound.effect(() => [], aroundOf(world, bound, []));
  const ended = sumOf(charges.filter(({ ends }) => ends !== null).map(({ amount }) => amount));
  const saved = sumOf(charges.map(({ amount }) => amount));
  return {
    volumeIn: null,
    measure: {
      name: 'Capacity units running',
      unit: 'units',
      before: running,
      planned: running === null || cost === 0 ? null : running * (1 + ended / cost),
    },
    cells: [
      {
        cell: CELLS[following.capacity],
        cost,
        volume,
        factor: cost === 0 ? 1 : (cost + saved) / cost,
        added: 0,
      },
    ],
    notFollowed: cost === 0 && (running ?? 0) === 0 ? NO_CAPACITY[following.capacity] : null,
    untold: null,
  };
}

/** Guardrails by the tokens of the requests: their cost, and its share of what the tokens cost. */
export function guardrailsOn(held: Held, conditions: readonly Filter[]): Reading {
  const isInside = inside(held, conditions);
  const own = held.outside.filter((part) => part.label === 'guardrails' && isInside(part));
  const usage = held.vectors.filter(isInside);
  const cost = sumOf(own.map(({ invoiced }) => invoiced));
  const inference = sumOf(usage.map((vector) => totalTokens(vector.invoiced)));
  return {
    cost,
    volume: sumOf(usage.map(({ tokens }) => totalTokens(tokens))),
    measure: inference === 0 ? null : cost / inference,
  };
}

export function plannedGuardrails(
  lever: Lever,
  conditions: readonly Filter[],
  { whole, world }: Stand,
): Planned {
  const { cost, volume, measure } = guardrailsOn(whole, conditions);
  const { charges } = effectOn(world, bind(lever), world.start);
  const added = sumOf(charges.map(({ amount }) => amount));
  return {
    volumeIn: 'tokens',
    measure: {
      name: 'Guardrails, share of what the tokens cost',
      unit: 'ratio',
      before: measure,
      planned: measure === null || cost === 0 ? null : (measure * (cost + added)) / cost,
    },
    cells: [{ cell: CELLS.guardrails, cost, volume, factor: 1, added }],
    notFollowed:
      volume === 0 ? 'The bill of the baseline shows no tokens that guardrails could be held against.' : null,
    untold: null,
  };
}

/** What is billed of usage that a lever may have made less of: cost, days, and tokens a day. */
export function watchedOn({ capacity }: Watched, held: Held, conditions: readonly Filter[]): Reading {
  const isInside = inside(held, conditions);
  const usage = held.vectors.filter(isInside);
  const paid = capacity ? held.capacity.filter(isInside) : [];
  const tokens = sumOf(usage.map((vector) => totalTokens(vector.tokens)));
  return {
    cost: sumOf([
      ...usage.map((vector) => totalTokens(vector.invoiced)),
      ...paid.map(({ invoiced }) => invoiced),
    ]),
    volume: held.daysCovered,
    measure: held.daysCovered === 0 ? null : tokens / held.daysCovered,
  };
}

/** The plan of what is only watched: what the lever alone saves at the scenario's prices, on the volume of the baseline. */
export function plannedWatch(
  lever: Lever,
  following: Watched,
  conditions: readonly Filter[],
  { whole, world, after }: Stand,
): Planned {
  const { cost, volume, measure } = watchedOn(following, whole, conditions);
  const bound = bind(lever);
  const { start } = world;
  const saved = costAt(start, BASE_PICK) - costAt(stateAfterOne(world, bound, start), BASE_PICK);
  const scope = scopeIndex(whole.scopes, conditions);
  const still = after.filter(({ origin, rate }) => rate === null && isInScope(origin, scope));
  const nothing = slicesInScope(world, bound, start.slices).length === 0;
  return {
    volumeIn: null,
    measure: {
      name: 'Tokens billed a day',
      unit: 'token',
      before: measure,
      planned: volume === 0 ? null : sumOf(still.map(({ tokens }) => totalTokens(tokens))) / volume,
    },
    cells: [{ cell: CELLS.watched, cost, volume, factor: 1, added: 0 - saved }],
    notFollowed: nothing ? 'The baseline holds no usage that this lever applies to.' : null,
    untold: following.because,
  };
}
