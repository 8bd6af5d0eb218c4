// Folds the database's sums (by group, currency and delivery) into groups and totals, and measures into cells.
import {
  type Component,
  type Components,
  MEASURE_DEFINITIONS,
} from '../../../shared/domain/spend/measures.ts';
import type { Measure } from '../../../shared/domain/spend/vocabulary.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import type { SpendRow } from '../db/spend.ts';

/** Running sums. A component stays null until some line states it. */
export type Tally = {
  readonly sums: (Sum | null)[];
  readonly currencies: Set<string>;
  readonly deliveries: Set<number>;
  unitLow: string | null;
  unitHigh: string | null;
};

export type Group = { readonly keys: readonly (string | number | null)[]; readonly tally: Tally };

export function emptyTally(): Tally {
  return { sums: [], currencies: new Set(), deliveries: new Set(), unitLow: null, unitHigh: null };
}

export function addRow(tally: Tally, row: SpendRow): void {
  row.sums.forEach((value, index) => {
    if (value === null) return;
    const sum = tally.sums[index] ?? emptySum();
    addTo(sum, value);
    tally.sums[index] = sum;
  });
  tally.currencies.add(row.currency);
  tally.deliveries.add(row.delivery);
  if (row.unitLow !== null && (tally.unitLow === null || row.unitLow < tally.unitLow))
    tally.unitLow = row.unitLow;
  if (row.unitHigh !== null && (tally.unitHigh === null || row.unitHigh > tally.unitHigh))
    tally.unitHigh = row.unitHigh;
}

/** The tally as components. `unit` is null over mixed units and where a unit is unknown. */
export function componentsOf(tally: Tally, names: readonly Component[]): Components {
  const entries = names.map((name, index) => {
    const sum = tally.sums[index] ?? null;
    return [name, sum === null ? null : totalOf(sum)] as const;
  });
  const unit = tally.unitLow === tally.unitHigh && tally.unitLow !== '' ? tally.unitLow : null;
  return { ...Object.fromEntries(entries), unit };
}

/** One measure of a tally. An amount over several currencies has no value. */
export function measureOf(measure: Measure, tally: Tally, names: readonly Component[]): number | null {
  const definition = MEASURE_DEFINITIONS[measure];
  if (definition.money && tally.currencies.size > 1) return null;
  return definition.compute(componentsOf(tally, names));
}

/** Groups and the total over all rows, in one pass. */
export function fold(rows: Iterable<SpendRow>): { readonly groups: Group[]; readonly total: Tally } {
  const groups = new Map<string, Group>();
  const total = emptyTally();
  for (const row of rows) {
    const key = JSON.stringify(row.keys);
    let group = groups.get(key);
    if (group === undefined) {
      group = { keys: row.keys, tally: emptyTally() };
      groups.set(key, group);
    }
    addRow(group.tally, row);
    addRow(total, row);
  }
  return { groups: [...groups.values()], total };
}

type Cell = string | number | null;

/** Orders cells with missing values last, whichever the direction. */
export function compareCells(left: Cell, right: Cell, descending: boolean): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  const order = left < right ? -1 : 1;
  return descending ? -order : order;
}
