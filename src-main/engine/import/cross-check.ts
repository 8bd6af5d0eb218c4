// Compares a Cost Explorer download with what is held, per service and month. Nothing of it is stored.
import type { z } from 'zod';
import type { crossCheckAnswer } from '../../../shared/contract/import.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { heldByServiceAndMonth } from '../db/held.ts';
import type { Db } from '../db/open.ts';
import { readCostExplorer } from './cost-explorer.ts';
import { productCodeOf } from './service-names.ts';

type Answer = z.output<typeof crossCheckAnswer>;
type Row = Answer['rows'][number];

/** Cost Explorer rounds what it shows; a difference below this is no finding. In the currency of the row. */
const TOLERANCE = 0.01;

type Side = { readonly names: Set<string>; readonly sum: Sum; isThere: boolean };
type Pair = {
  readonly month: string;
  readonly currency: string;
  readonly service: string;
  file: Side;
  held: Side;
};

/**
 * One row per service, month and currency that either side has in the months of the file. Cost Explorer counts by day
 * of use, so the held side does too; its names are matched to product codes, and what has no match stands alone.
 */
export async function crossCheck(db: Db, path: string): Promise<Answer> {
  const totals = await readCostExplorer(path);
  const months = [...new Set(totals.map(({ month }) => month))].toSorted();
  const pairs = new Map<string, Pair>();
  const pairOf = (service: string, month: string, currency: string): Pair => {
    const key = JSON.stringify([month, currency, service]);
    const pair = pairs.get(key) ?? { service, month, currency, file: emptySide(), held: emptySide() };
    pairs.set(key, pair);
    return pair;
  };
  for (const { service, month, currency, amount } of totals) {
    add(pairOf(serviceKey(service), month, currency).file, service, amount);
  }
  for (const { service, month, currency, unblended } of heldByServiceAndMonth(db, months)) {
    add(pairOf(serviceKey(service), month, currency).held, service, unblended);
  }
  const rows = [...pairs.values()].map(rowOf).toSorted(byMonthAndSize);
  return {
    schemaVersion: 1,
    file: path,
    months: monthsOf(rows),
    rows: rows.slice(0, 2000),
    rowCount: rows.length,
  };
}

/** Product code of a service by either name, in one spelling. */
function serviceKey(name: string): string {
  return (productCodeOf(name) ?? name).toLowerCase().replaceAll(/[^a-z0-9]/gu, '');
}

function emptySide(): Side {
  return { names: new Set(), sum: emptySum(), isThere: false };
}

function add(side: Side, name: string, amount: number): void {
  side.names.add(name);
  side.isThere = true;
  addTo(side.sum, amount);
}

function rowOf({ month, currency, file, held }: Pair): Row {
  const fileAmount = file.isThere ? totalOf(file.sum) : null;
  const heldAmount = held.isThere ? totalOf(held.sum) : null;
  const difference = (heldAmount ?? 0) - (fileAmount ?? 0);
  const service = [...(file.isThere ? file.names : held.names)].toSorted().join(' + ');
  const heldAs = [...held.names].toSorted().join(' + ');
  return {
    service,
    heldAs,
    month,
    currency,
    file: fileAmount,
    held: heldAmount,
    difference,
    state: stateOf(fileAmount, heldAmount),
  };
}

function stateOf(file: number | null, held: number | null): Row['state'] {
  if (Math.abs((held ?? 0) - (file ?? 0)) < TOLERANCE) return 'agrees';
  if (held === null) return 'only_file';
  return file === null ? 'only_held' : 'differs';
}

function byMonthAndSize(left: Row, right: Row): number {
  return left.month.localeCompare(right.month) || Math.abs(right.difference) - Math.abs(left.difference);
}

/** Totals per month and currency: what the bottom line of the download says. */
function monthsOf(rows: readonly Row[]): Answer['months'] {
  const groups = Map.groupBy(rows, ({ month, currency }) => `${month} ${currency}`);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const sum = (side: 'file' | 'held'): number => {
      const total = emptySum();
      for (const row of group) addTo(total, row[side] ?? 0);
      return totalOf(total);
    };
    const difference = sum('held') - sum('file');
    return [
      {
        month: first.month,
        currency: first.currency,
        file: sum('file'),
        held: sum('held'),
        difference,
        agrees: Math.abs(difference) < TOLERANCE,
      },
    ];
  });
}
