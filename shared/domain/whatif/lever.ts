// What a lever is to the pipeline: which parameters are uncertain, what it would do to one slice, what it costs besides.
import type { Period } from '../spend/vocabulary.ts';
import { addTo, emptySum, totalOf } from '../sum.ts';
import type { Mode } from '../usage/vocabulary.ts';
import type { Fact } from './answer.ts';
import type { PriceBook } from './prices.ts';
import type { Range } from './scenario.ts';
import type {
  CapacityUnits,
  HourlyUsage,
  OutsideCost,
  PaidCapacity,
  TokensByMeter,
  UsageVector,
  VectorMeter,
} from './vectors.ts';

/** A price that a lever states itself (capacity paid by the hour, a model of one's own), USD per ONE token. */
export type StatedRate = {
  /** Two rates with the same id are the same purchase. */
  readonly id: string;
  readonly usd: Readonly<Record<VectorMeter, number>>;
  readonly source: string;
};

/** How requests are bought: a mode at the price book's prices, or at a stated rate. */
export type Purchase = {
  /** The usage with the model and place it is bought at by now; `id` and `inScopes` stay those of the bill. */
  readonly vector: UsageVector;
  readonly mode: Mode;
  readonly rate: StatedRate | null;
};

/** Part of a vector at one point of the pipeline: the requests that are bought in this way by now. */
export type Slice = Purchase & {
  /** The usage on the bill that these requests come from. */
  readonly origin: UsageVector;
  readonly tokens: TokensByMeter;
};

export type Notice = { readonly code: string; readonly message: string };

/** Factors on the tokens of a request; 1 = as many as before. Meters that are not output count as input. */
export type Scale = { readonly input: number; readonly cached: number; readonly output: number };
export const SAME_SIZE: Scale = { input: 1, cached: 1, output: 1 };

/** How often requests that a lever takes are served in one way afterwards, and what becomes of their tokens. */
export type Serving = {
  /** Share of the taken requests that this replaces; over all outcomes of a plan they sum to 1. */
  readonly from: number;
  /** Times a taken request is served this way: more than `from` where work is done twice. */
  readonly weight: number;
  /** Tokens of a meter as shares of other meters; each row sums to 1. A meter that is not named stays what it is. */
  readonly meters: Partial<Record<VectorMeter, Partial<Record<VectorMeter, number>>>>;
  readonly scale: Scale;
};

/** One way in which requests that a lever takes are served afterwards. */
export type Outcome = Purchase & { readonly serving: Serving };

/** Share (0…1) of the tokens of each side; they differ where requests of some hours are taken and of others not. */
export type Share = { readonly input: number; readonly output: number };

/** Numbers of a lever's plans that follow from its uncertain parameters. */
export type Dial = Share | Serving;

/**
 * What a lever wants to do with one slice: take a share of its requests, whole, and serve them by its outcomes.
 * Tokens change by `weight` and `scale` only, which the ledger prints; everything else is a move. Every meter named
 * in a row must have a price, also where its share happens to be 0.
 */
export type Plan = {
  readonly share: Share;
  readonly outcomes: readonly Outcome[];
  /** Reasons why nothing of it may happen. */
  readonly refusals: readonly Notice[];
  /** What should be known although it happens. */
  readonly warnings: readonly Notice[];
};

/** Money beside the tokens that a lever adds (or, below zero, saves), over the baseline's period. */
export type Charge = {
  readonly label: string;
  readonly amount: number;
  /** `at_once`: in full from the first month, however little the lever moves yet. `after_term`: as it moves, once the term is over. */
  readonly due: 'at_once' | 'ramped' | 'after_term';
  readonly formula: string;
  /** Who bills it, for the commitment; null provider = the cloud itself. */
  readonly billedAs: UsageVector['billedAs'];
  readonly provider: string | null;
  /** What on the bill it ends, so that a later lever does not end it again; null = nothing. */
  readonly ends: string | null;
};

/** What a lever knows beside the slices: the length of the baseline, conventions, and the cost around the tokens. */
export type Surroundings = {
  readonly book: PriceBook;
  readonly currency: string;
  readonly daysCovered: number;
  /** Days of the baseline, ISO. */
  readonly period: Period;
  /** Hours a month has by the scenario's convention. */
  readonly hoursPerMonth: number;
  readonly outside: readonly OutsideCost[];
  /** Tokens by hour of the usage that capacity is sized on; null where the export has none. */
  readonly hourly: HourlyUsage | null;
  readonly ocu: CapacityUnits | null;
  /** Capacity on the bill that the lever may touch. */
  readonly capacity: readonly PaidCapacity[];
  /** Money that levers before this one have ended, by what it was paid for (`Charge.ends`). */
  readonly ended: ReadonlyMap<string, number>;
};

/** A lever made ready for the slices in its scope: what it does to each, what it costs, what is worth knowing. */
export type Effect = {
  /** null: the lever touches no tokens, or has nothing to do with this slice. */
  readonly plan: ((slice: Slice) => Plan | null) | null;
  /**
   * All that changes in its plans when a parameter is fixed at another value or the slices are others, but for what
   * hangs on whether a number is 0 or 1: each is one object in every plan that has it. So a plan is made once for all
   * draws of a simulation, and the dials are set. null: not told, so that every effect needs plans of its own.
   */
  readonly dials: readonly Dial[] | null;
  readonly charges: readonly Charge[];
  /** What the lever refuses or warns of as a whole. */
  readonly notices: readonly (Notice & { readonly refused: boolean })[];
};

/** What a stated figure is: `ratio` 0.4 = 40 %, `money` and `unit price` in the answer's currency. */
export type FigureUnit = 'ratio' | 'count' | 'factor' | 'money' | 'unit price';

/** A parameter with its uncertainty, and the lever with that parameter fixed. */
export type Parameter<L> = {
  readonly name: string;
  readonly unit: FigureUnit;
  readonly range: Range;
  readonly fix: (value: number) => L;
};

/** One kind of lever. It reads the base of each range only: the pipeline fixes the parameters of each case. */
export type LeverRules<L> = {
  readonly title: string;
  /** What it does, in one line. */
  readonly reason: string;
  readonly parameters: (lever: L) => readonly Parameter<L>[];
  /**
   * Whether its effect looks at no other slice: what it does to one depends on how that is bought and which meters have
   * tokens, not on how many. It is worked out once then, and given no slices.
   */
  readonly isSteady: (lever: L) => boolean;
  /**
   * What it must state before it acts, where a zero would come to a figure that nobody stated: it does nothing until then.
   * Asked of the lever as it is stated, not of its cases, which may lie at zero.
   */
  readonly unstated?: (lever: L) => Notice | null;
  /** The slices are made when they are asked for: most levers never do. */
  readonly effect: (lever: L, slicesOf: () => readonly Slice[], around: Surroundings) => Effect;
  /** Figures of the lever over the slices in its scope, base case. */
  readonly facts: (lever: L, slices: readonly Slice[], around: Surroundings) => Fact[];
};

/** The effect of a lever that looks at one slice at a time and costs nothing besides. */
export function eachSlice(dial: Dial, plan: Effect['plan']): Effect {
  return { plan, dials: [dial], charges: [], notices: [] };
}

/** The effect of a lever that touches no tokens. */
export const TOUCHES_NOTHING: Effect = { plan: null, dials: null, charges: [], notices: [] };

/** The same share of both sides: requests taken whole, whenever they come. */
export function ofBoth(share: number): Share {
  return { input: share, output: share };
}

/** Every meter stays what it is. */
export const SAME_METERS: Serving['meters'] = {};

/** Once and as before, but for what `change` says. */
export function servedAs(change: Partial<Serving>): Serving {
  return { from: 1, weight: 1, meters: SAME_METERS, scale: SAME_SIZE, ...change };
}

const AS_BEFORE = servedAs({});

/** The one outcome of requests that stay where they are but for what `change` says. */
export function served(slice: Slice, change: Partial<Purchase>, serving: Serving = AS_BEFORE): Outcome {
  const { vector, mode, rate } = slice;
  return { vector, mode, rate, serving, ...change };
}

/** A fact made of what a lever states: nothing at all is what nobody has stated. */
export function statedFact(value: number, note: string): Pick<Fact, 'value' | 'note'> {
  return value === 0 ? { value: null, note: 'not stated' } : { value, note };
}

export function exactly(value: number): Range {
  return { low: value, base: value, high: value };
}

type RangeKey<L> = { [K in keyof L]: L[K] extends Range ? K : never }[keyof L];

/** The parameters of a lever whose uncertain fields are ranges of its own, by name and unit. */
export function rangesOf<L extends object>(
  lever: L,
  told: Partial<Record<RangeKey<L>, readonly [name: string, unit: FigureUnit]>>,
): Parameter<L>[] {
  const entries = Object.entries(told) as [RangeKey<L>, readonly [string, FigureUnit]][];
  return entries.map(([key, [name, unit]]) => ({
    name,
    unit,
    range: lever[key] as Range,
    fix: (value) => ({ ...lever, [key]: exactly(value) }),
  }));
}

/** Tokens of some meters over slices. */
export function sumOver(slices: readonly Slice[], meters: readonly VectorMeter[]): number {
  const total = emptySum();
  for (const { tokens } of slices) for (const meter of meters) addTo(total, tokens[meter]);
  return totalOf(total);
}

export const CACHE_WRITES = ['cache_write_5m', 'cache_write_30m', 'cache_write_1h'] as const;

/** One slice for each distinct model and price among those given, told apart by what `partsOf` says: facts are said once. */
export function onePerPrice(
  slices: readonly Slice[],
  partsOf: (slice: Slice) => readonly (string | number | null)[] | null,
): Slice[] {
  const distinct: Slice[] = [];
  const seen: Seen = new Map();
  for (const slice of slices) {
    const parts = partsOf(slice);
    if (parts !== null && isNew(seen, parts)) distinct.push(slice);
  }
  return distinct;
}

/** Behind the name of a fact: a model that is bought in several modes has one for each, and they are other prices. */
export const besideOnDemand = (mode: Mode): string =>
  mode === 'on_demand' ? '' : `, ${mode.replaceAll('_', ' ')}`;

/** What was seen, part by part: thousands of slices are asked while a slider moves, and text of numbers takes longer. */
type Seen = Map<string | number | null, Seen>;

function isNew(seen: Seen, parts: readonly (string | number | null)[]): boolean {
  let at = seen;
  let found = false;
  for (const part of parts) {
    let next = at.get(part);
    if (next === undefined) {
      next = new Map();
      at.set(part, next);
      found = true;
    }
    at = next;
  }
  return found;
}
