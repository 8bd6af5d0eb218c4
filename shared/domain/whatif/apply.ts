// Applies a lever to a state: moves whole requests from the ways they are bought in to the ways that its plans say.
import type { Charge } from './lever.ts';
import { METER_COUNT, type State, stateOf, type Way } from './state.ts';
import type { UsageVector } from './vectors.ts';
import { type Setting, sizeOf, type WorkedPlan, type WorkedServing } from './worked-plan.ts';

export function isInScope({ inScopes }: Pick<UsageVector, 'inScopes'>, scope: number | null): boolean {
  return scope === null || inScopes.includes(scope);
}

/** The plan for the way at a position of a state; null where the lever has nothing to do with it. */
export type PlanAt = (state: State, index: number) => WorkedPlan | null;

/** Plans that a lever may share with others, and how it sets their dials. */
export type Planner = { readonly planAt: PlanAt; readonly set: Setting };

/**
 * The state after one lever that acts as far as `intensity` (0…1) says. A plan only redistributes tokens, but for the
 * factors it states. What lacks a price before or after is not moved, so every token that did move is priced on both sides.
 */
export function applied(
  state: State,
  { planAt, set }: Planner,
  intensity: number,
  charges: readonly Charge[],
): State {
  const { ways, tokens } = state;
  const after = newGathering(ways.length);
  for (let index = 0; index < ways.length; index += 1) {
    const way = ways[index];
    if (way === undefined) continue;
    startAt(after, way.origin);
    const plan = planAt(state, index);
    const at = index * METER_COUNT;
    if (plan !== null && plan.refusals.length === 0) split(after, plan, set, way, tokens, at, intensity);
    else if (!isNothing(tokens, at)) add(after, way, tokens, at);
  }
  spare = after.tokens;
  return stateOf(after.ways, after.tokens.slice(0, after.ways.length * METER_COUNT), charges);
}

/** Room for the tokens of a state in the making, left by the one before: states are made by the dozen while a slider moves. */
let spare: Float64Array | null = null;

function roomFor(ways: number): Float64Array {
  const length = Math.max(4, ways * 2) * METER_COUNT;
  const room = spare !== null && spare.length >= length ? spare : new Float64Array(length);
  spare = null;
  return room;
}

/** A state in the making. The ways of one vector come one after the other, so only those since it began can be met again. */
type Gathering = {
  readonly ways: Way[];
  /** Behind the tokens of the ways stands whatever was there before. */
  tokens: Float64Array;
  origin: UsageVector | null;
  originAt: number;
  /** Tokens that stay, that are taken, and that arrive at one outcome: room that is used again and again. */
  readonly staying: Float64Array;
  readonly taken: Float64Array;
  readonly arriving: Float64Array;
};

function newGathering(ways: number): Gathering {
  const room = (): Float64Array => new Float64Array(METER_COUNT);
  return {
    ways: [],
    tokens: roomFor(ways),
    origin: null,
    originAt: 0,
    staying: room(),
    taken: room(),
    arriving: room(),
  };
}

function startAt(after: Gathering, origin: UsageVector): void {
  if (origin === after.origin) return;
  after.origin = origin;
  after.originAt = after.ways.length;
}

// From here on everything runs for each way, lever and step of a ramp while a slider moves: plain loops over numbers.

function split(
  after: Gathering,
  plan: WorkedPlan,
  set: Setting,
  way: Way,
  tokens: Float64Array,
  at: number,
  intensity: number,
): void {
  const { staying, taken, arriving } = after;
  const { input, output } = set(plan.share);
  let stays = false;
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    const own = tokens[at + meter] ?? 0;
    const part = own === 0 ? 0 : own * (meter === METER_COUNT - 1 ? output : input) * intensity;
    const left = own - part;
    taken[meter] = part;
    staying[meter] = left;
    if (left !== 0) stays = true;
  }
  if (stays) add(after, way, staying, 0);
  const { outcomes } = plan;
  for (let index = 0; index < outcomes.length; index += 1) {
    const outcome = outcomes[index];
    if (outcome !== undefined && arrive(arriving, set(outcome.serving), taken))
      add(after, outcome.way, arriving, 0);
  }
}

/** What becomes of the tokens that a plan takes, as one of its outcomes serves them. Answers whether anything does. */
function arrive(arriving: Float64Array, serving: WorkedServing, taken: Float64Array): boolean {
  const { weight, arcs, scale } = serving;
  arriving.fill(0);
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    const going = (taken[meter] ?? 0) * weight;
    if (going === 0) continue;
    if (arcs === null) {
      arriving[meter] = (arriving[meter] ?? 0) + going * sizeOf(meter, scale);
      continue;
    }
    for (const { to, part } of arcs[meter] ?? []) {
      arriving[to] = (arriving[to] ?? 0) + going * part * sizeOf(to, scale);
    }
  }
  return !isNothing(arriving, 0);
}

function isNothing(tokens: Float64Array, at: number): boolean {
  for (let meter = 0; meter < METER_COUNT; meter += 1) if (tokens[at + meter] !== 0) return false;
  return true;
}

/** Requests that come to be bought in one way become one again, so that levers see each request once. */
function add(after: Gathering, way: Way, tokens: Float64Array, at: number): void {
  const target = positionOf(after, way) * METER_COUNT;
  for (let meter = 0; meter < METER_COUNT; meter += 1) {
    after.tokens[target + meter] = (after.tokens[target + meter] ?? 0) + (tokens[at + meter] ?? 0);
  }
}

function positionOf(after: Gathering, way: Way): number {
  const { ways } = after;
  for (let index = after.originAt; index < ways.length; index += 1) if (ways[index] === way) return index;
  ways.push(way);
  if (ways.length * METER_COUNT > after.tokens.length) {
    const larger = new Float64Array(after.tokens.length * 2);
    larger.set(after.tokens);
    after.tokens = larger;
  }
  const added = ways.length - 1;
  for (let meter = 0; meter < METER_COUNT; meter += 1) after.tokens[added * METER_COUNT + meter] = 0;
  return added;
}
