// The batch lab: what of a lever's usage could go to batch, model by model, what all of it would save, and what may not.
import { sumOf } from '../sum.ts';
import type { Guard } from './answer.ts';
import { standAt } from './labs.ts';
import { exactly } from './lever.ts';
import { bind } from './levers.ts';
import { pricedCost } from './model-costs.ts';
import { BASE_PICK } from './prices.ts';
import { leavesOpen } from './refusals.ts';
import type { BatchLever, Scenario } from './scenario.ts';
import { costOfWays, stateOfSlices } from './state.ts';
import { type ScenarioBaseline, totalTokens } from './vectors.ts';
import { applyTo } from './world.ts';

export type BatchLabRow = {
  readonly model: string;
  readonly region: string | null;
  readonly tokens: number;
  /** Tokens that all of the requests together would move. */
  readonly movable: number;
  /** What the usage costs as the levers before this one leave it; null without a price. */
  readonly cost: number | null;
  /** What moving it saves; null where a missing price keeps all of it from moving, which says nothing of a saving. */
  readonly saving: number | null;
  /** Share (0…1) of the tokens of which the bill does not say whether somebody waits; null without tokens. */
  readonly streamingUnknown: number | null;
  /** Cache reads ÷ all input; batch knows no caching, so a high share can make it dearer. null without input. */
  readonly cacheReadShare: number | null;
  /** Why something may not move, each once. */
  readonly refusals: readonly string[];
};

export type BatchLab = { readonly rows: readonly BatchLabRow[] };

const isOpen = (guard: Guard): boolean => guard.refused && leavesOpen(guard);

/** Amounts over the baseline's period, base case, as if every request in scope could wait. */
export function batchLab(scenario: Scenario, whole: ScenarioBaseline, lever: BatchLever): BatchLab {
  const { world, slices } = standAt(scenario, whole, lever);
  const everything = bind({ ...lever, eligibleShare: exactly(1) });
  const groups = Map.groupBy(slices, ({ vector }) => JSON.stringify([vector.model, vector.region]));
  const rows = [...groups.values()].flatMap((own): BatchLabRow[] => {
    const [first] = own;
    if (first === undefined) return [];
    const from = stateOfSlices(world.book, own);
    const { moved, guards, state } = applyTo(world, everything, from);
    const cost = pricedCost(own, world.book);
    const tokens = sumOf(own.map((slice) => totalTokens(slice.tokens)));
    const unknown = own.filter(({ vector }) => vector.streaming === 'unknown');
    const reads = sumOf(own.map((slice) => slice.tokens.cache_read));
    const input = tokens - sumOf(own.map((slice) => slice.tokens.output));
    return [
      {
        model: first.vector.model,
        region: first.vector.region,
        tokens,
        movable: sumOf(moved.map((move) => move.tokens)),
        cost,
        saving:
          moved.length === 0 && guards.some(isOpen)
            ? null
            : costOfWays(from, BASE_PICK) - costOfWays(state, BASE_PICK),
        streamingUnknown:
          tokens === 0 ? null : sumOf(unknown.map((slice) => totalTokens(slice.tokens))) / tokens,
        cacheReadShare: input === 0 ? null : reads / input,
        refusals: [...new Set(guards.filter(({ refused }) => refused).map(({ message }) => message))],
      },
    ];
  });
  return {
    rows: rows.sort(
      (left, right) => (right.saving ?? 0) - (left.saving ?? 0) || (right.cost ?? 0) - (left.cost ?? 0),
    ),
  };
}
