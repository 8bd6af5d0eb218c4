// The cases a scenario is computed for: its base, and the corners of what is uncertain in it.
import { exactly, type FigureUnit } from './lever.ts';
import type { BoundLever } from './levers.ts';
import { BASE_PICK, type Pick } from './prices.ts';
import type { Range } from './scenario.ts';
import type { Trends } from './timeline.ts';

export type Case = {
  readonly levers: readonly BoundLever[];
  readonly pick: Pick;
  readonly trends: Trends;
};

export type Cases = {
  readonly base: Case;
  readonly corners: readonly Case[];
  /** What stands at which end in each corner. */
  readonly names: readonly string[];
  /** False when there are too many parameters for every combination, so that only the plain ones were computed. */
  readonly exhaustive: boolean;
};

/** Most uncertain things for which every combination is computed: 2^6 cases. */
const EXHAUSTIVE_LIMIT = 6;

export type End = 'low' | 'high';

/** Something uncertain: what it is, how far it reaches, and the function that takes a case to one of its ends. */
export type Uncertain = {
  /** null: not a parameter of a lever. */
  readonly leverId: string | null;
  readonly name: string;
  /** null where there is no one range: prices of one cause move together. */
  readonly range: Range | null;
  /** What the range is in; null without one. */
  readonly unit: FigureUnit | null;
  readonly toEnd: (from: Case, end: End) => Case;
};

/**
 * Every result is linear in each parameter when the others stand still (hit shares are monotone in the rate of
 * requests), so its extremes lie at the corners. Price ranges move together by cause.
 */
export function casesOf(
  levers: readonly BoundLever[],
  spreads: readonly (keyof Pick)[],
  trends: Trends,
): Cases {
  const base: Case = { levers, pick: BASE_PICK, trends };
  const uncertain = uncertainsOf(levers, spreads, trends);
  if (uncertain.length > EXHAUSTIVE_LIMIT) {
    return {
      base,
      corners: plainCorners(base, uncertain),
      names: plainNames(uncertain),
      exhaustive: false,
    };
  }
  let corners: Case[] = uncertain.length === 0 ? [] : [base];
  for (const { toEnd } of uncertain)
    corners = corners.flatMap((from) => [toEnd(from, 'low'), toEnd(from, 'high')]);
  return { base, corners, names: cornerNames(uncertain), exhaustive: true };
}

/** The base alone: what a figure is while something still moves. */
export function baseCaseOf(levers: readonly BoundLever[], trends: Trends): Cases {
  return { base: { levers, pick: BASE_PICK, trends }, corners: [], names: [], exhaustive: true };
}

/** Everything uncertain about a scenario's figures at price: parameters, causes of price ranges, trends. */
export function uncertainsOf(
  levers: readonly BoundLever[],
  spreads: readonly (keyof Pick)[],
  trends: Trends,
): Uncertain[] {
  return [...uncertainParameters(levers), ...spreads.map(priceSpread), ...uncertainTrends(trends)];
}

function uncertainParameters(levers: readonly BoundLever[]): Uncertain[] {
  return levers.flatMap(({ lever: { id }, ranges }, at) =>
    ranges.flatMap(({ name, unit, range }, position) =>
      isExact(range)
        ? []
        : [
            {
              leverId: id,
              name,
              range,
              unit,
              toEnd: (from: Case, end: End): Case => ({
                ...from,
                levers: from.levers.map((lever, index) =>
                  index === at ? fixedAt(lever, position, range[end]) : lever,
                ),
              }),
            },
          ],
    ),
  );
}

const fixedBefore = new WeakMap<BoundLever, Map<string, BoundLever>>();

/** A lever with one parameter fixed. The corners of other parameters share it, and so what it does is worked out once. */
function fixedAt(lever: BoundLever, position: number, value: number): BoundLever {
  const own = fixedBefore.get(lever) ?? new Map<string, BoundLever>();
  fixedBefore.set(lever, own);
  const key = `${position} ${value}`;
  const fixed = own.get(key) ?? lever.fix(position, value);
  own.set(key, fixed);
  return fixed;
}

function uncertainTrends({ growth, priceChanges }: Trends): Uncertain[] {
  const growing = growth.flatMap(({ perMonth, onceFrom }, at) =>
    isExact(perMonth)
      ? []
      : [
          {
            leverId: null,
            name: onceFrom === null ? 'growth a month' : `step in volume from ${onceFrom}`,
            range: perMonth,
            unit: 'ratio' as const,
            toEnd: (from: Case, end: End): Case => {
              const fixed = from.trends.growth.map((one, index) =>
                index === at ? { ...one, perMonth: exactly(perMonth[end]) } : one,
              );
              return { ...from, trends: { ...from.trends, growth: fixed } };
            },
          },
        ],
  );
  const repricing = priceChanges.flatMap(({ model, factor }, at) =>
    isExact(factor)
      ? []
      : [
          {
            leverId: null,
            name: `price change of ${model}`,
            range: factor,
            unit: 'factor' as const,
            toEnd: (from: Case, end: End): Case => {
              const fixed = from.trends.priceChanges.map((one, index) =>
                index === at ? { ...one, factor: exactly(factor[end]) } : one,
              );
              return { ...from, trends: { ...from.trends, priceChanges: fixed } };
            },
          },
        ],
  );
  return [...growing, ...repricing];
}

function isExact({ low, high }: Range): boolean {
  return low === high;
}

const SPREAD_NAMES: Readonly<Record<keyof Pick, string>> = {
  range: 'prices that the catalog gives as a range',
  disputed: 'disputed prices of cache writes',
};

function priceSpread(cause: keyof Pick): Uncertain {
  return {
    leverId: null,
    name: SPREAD_NAMES[cause],
    range: null,
    unit: null,
    toEnd: (from, end) => ({ ...from, pick: { ...from.pick, [cause]: end } }),
  };
}

/** All at one end together, and each at its ends while the others stay at their base. */
function plainCorners(base: Case, uncertain: readonly Uncertain[]): Case[] {
  const together = (end: End): Case => uncertain.reduce((from, { toEnd }) => toEnd(from, end), base);
  const each = uncertain.flatMap(({ toEnd }) => [toEnd(base, 'low'), toEnd(base, 'high')]);
  return [together('low'), together('high'), ...each];
}

const ENDS = ['low', 'high'] as const satisfies readonly End[];

function named({ leverId, name }: Uncertain, end: End): string {
  return `${leverId === null ? '' : `${leverId}: `}${name} ${end}`;
}

/** In the order of the corners of every combination. */
function cornerNames(uncertain: readonly Uncertain[]): string[] {
  const combined = uncertain.reduce<string[][]>(
    (names, one) => names.flatMap((ends) => ENDS.map((end) => [...ends, named(one, end)])),
    [[]],
  );
  return uncertain.length === 0 ? [] : combined.map((ends) => ends.join('; '));
}

/** In the order of the plain corners. */
function plainNames(uncertain: readonly Uncertain[]): string[] {
  const together = ENDS.map((end) => `everything ${end}`);
  return [...together, ...uncertain.flatMap((one) => ENDS.map((end) => `only ${named(one, end)}`))];
}
