// The knowledge-base lab: the search capacity that runs, what each number of units kept costs, and which alternative pays.
import { ocuFloor, unitsOnBill } from './knowledge-base.ts';
import { standAt } from './labs.ts';
import type { KnowledgeBaseLever, Scenario } from './scenario.ts';
import type { ScenarioBaseline } from './vectors.ts';

export type KnowledgeBaseLab = {
  /** Units that ran on average, and what an hour of one was invoiced at. */
  readonly running: number;
  readonly rate: number;
  /** A month of all that runs; an alternative that costs less pays. */
  readonly perMonth: number;
  readonly rows: readonly {
    readonly kept: number;
    readonly perMonth: number;
    /** Against what runs today, after the lever's alternative; null where nothing is kept and no alternative is stated. */
    readonly saving: number | null;
    /** Fewer than two units: no redundancy, or nothing left. */
    readonly belowFloor: boolean;
  }[];
};

/** Most numbers of units a lab lists. */
const MOST_ROWS = 12;

/** A month by the scenario's hours, at the rate of the bill. null where the bill shows no search capacity, or not its units. */
export function knowledgeBaseLab(
  scenario: Scenario,
  whole: ScenarioBaseline,
  lever: KnowledgeBaseLever,
): KnowledgeBaseLab | null {
  const { around } = standAt(scenario, whole, lever).world;
  const running = unitsOnBill(around);
  const hours = around.ocu?.hours ?? 0;
  if (around.ocu === null || running === null || hours === 0 || running === 0) return null;
  const rate = around.ocu.invoiced / hours;
  const month = (units: number): number => ocuFloor(units, rate, around.hoursPerMonth);
  const most = Math.min(Math.ceil(running), MOST_ROWS);
  return {
    running,
    rate,
    perMonth: month(running),
    rows: Array.from({ length: most + 1 }, (_, kept) => ({
      kept,
      perMonth: month(Math.min(kept, running)),
      saving:
        kept === 0 && lever.alternativePerMonth.high === 0
          ? null
          : month(running) - month(Math.min(kept, running)) - lever.alternativePerMonth.base,
      belowFloor: kept < 2,
    })),
  };
}
