// The lab of a model of one's own: what making, keeping and serving it costs in each way it can be served, and when it has paid for itself.
import { sumOf } from '../sum.ts';
import { servingPerMonth } from './custom-model.ts';
import { standAt } from './labs.ts';
import { bind } from './levers.ts';
import { DAYS_PER_MONTH } from './months.ts';
import { projectCost, teacherCost, trainingCost } from './project-cost.ts';
import type { CustomModelLever, Scenario } from './scenario.ts';
import { stateOfSlices } from './state.ts';
import type { ScenarioBaseline } from './vectors.ts';
import { applyTo } from './world.ts';

export const SERVING_WAYS = [
  'on_demand',
  'units',
  'imported',
] as const satisfies readonly CustomModelLever['serving'][];

/** One way of serving the model, in money of an average month; amounts are null while its price is not stated. */
export type ServingRow = {
  readonly serving: CustomModelLever['serving'];
  /** By the token, and for capacity that is charged in full while it idles. */
  readonly tokens: number | null;
  readonly capacity: number | null;
  /** Today's cost of the requests it takes over − serving − storage. */
  readonly saving: number | null;
  /** Months until making it is earned back, not rounded; null where it never is. */
  readonly payback: number | null;
  /** Share (0…1) of the requests in scope from which it costs less a month than today; above 1 it cannot. null where no share does. */
  readonly breakEvenShare: number | null;
};

export type CustomModelLab = {
  /** What the requests it takes over cost today, an average month; null where none is taken over in any way. */
  readonly replaced: number | null;
  readonly storage: number;
  /** Paid once. */
  readonly teacher: number;
  readonly training: number;
  readonly other: number;
  readonly making: number;
  readonly rows: readonly ServingRow[];
  /** Why something is not taken over, each once. */
  readonly refusals: readonly string[];
};

/** Base case, at the lever's place in the order; null while the baseline covers no day or no request is taken over. */
export function customModelLab(
  scenario: Scenario,
  whole: ScenarioBaseline,
  lever: CustomModelLever,
): CustomModelLab | null {
  const { world, slices } = standAt(scenario, whole, lever);
  const { daysCovered, hoursPerMonth } = world.around;
  if (daysCovered === 0 || lever.share.base === 0) return null;
  const perMonth = DAYS_PER_MONTH / daysCovered;
  const storage = lever.storagePerMonth.base;
  const making = projectCost(lever) + lever.oneOffCost;
  const from = stateOfSlices(world.book, slices);
  const ways = SERVING_WAYS.map((serving) => {
    const served = { ...lever, serving };
    const { moved, guards } = applyTo(world, bind(served), from);
    const isPriced = moved.length > 0;
    return {
      serving,
      guards,
      isPriced,
      replaced: sumOf(moved.map(({ costBefore }) => costBefore)) * perMonth,
      tokens: sumOf(moved.map(({ costAfter }) => costAfter)) * perMonth,
      capacity: servingPerMonth(served, hoursPerMonth),
    };
  });
  const own = ways.find(({ serving }) => serving === lever.serving);
  return {
    replaced: (own?.isPriced ? own : ways.find(({ isPriced }) => isPriced))?.replaced ?? null,
    storage,
    teacher: teacherCost(lever),
    training: trainingCost(lever),
    other: lever.oneOffCost,
    making,
    rows: ways.map(({ serving, isPriced, replaced, tokens, capacity }) => {
      if (!isPriced)
        return { serving, tokens: null, capacity: null, saving: null, payback: null, breakEvenShare: null };
      const saving = replaced - tokens - capacity - storage;
      const gained = replaced - tokens;
      return {
        serving,
        tokens,
        capacity,
        saving,
        payback: saving > 0 ? making / saving : null,
        breakEvenShare: gained > 0 ? (lever.share.base * (capacity + storage)) / gained : null,
      };
    }),
    refusals: [
      ...new Set((own?.guards ?? []).filter(({ refused }) => refused).map(({ message }) => message)),
    ],
  };
}
