// What one file itself adds up to, summed while it is read and apart from what is stored: the left side of the tie-out.
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import type { FileTotal } from '../db/staging.ts';
import type { Run } from './run.ts';
import type { TupleInfo } from './tuples.ts';

type Total = { readonly info: TupleInfo; rows: number; readonly unblended: Sum; readonly absolute: Sum };

/** By the tuples of the run; empty where the file has no line of one. */
export type FileTotals = (Total | undefined)[];

/** Adds what so many lines of one sign cost. */
export function addToTotals(totals: FileTotals, info: TupleInfo, unblended: number, lines: number): void {
  let total = totals[info.index];
  if (total === undefined) {
    total = { info, rows: 0, unblended: emptySum(), absolute: emptySum() };
    totals[info.index] = total;
  }
  total.rows += lines;
  addTo(total.unblended, unblended);
  addTo(total.absolute, Math.abs(unblended));
}

/** Per delivery, invoice, currency and charge type. */
export function readTotals(run: Run, totals: FileTotals): Omit<FileTotal, 'file'>[] {
  const merged = new Map<string, Total>();
  for (const total of totals) {
    if (total === undefined) continue;
    const { info } = total;
    const key = JSON.stringify([info.delivery, info.texts.invoice, info.currency, info.texts.chargeType]);
    const held = merged.get(key) ?? { info, rows: 0, unblended: emptySum(), absolute: emptySum() };
    merged.set(key, held);
    held.rows += total.rows;
    addTo(held.unblended, totalOf(total.unblended));
    addTo(held.absolute, totalOf(total.absolute));
  }
  return [...merged.values()].map(({ info, rows, unblended, absolute }) => ({
    delivery: run.deliveries[info.delivery]?.id ?? 0,
    invoice: info.texts.invoice,
    currency: info.currency,
    chargeType: info.texts.chargeType ?? '',
    rows,
    unblended: totalOf(unblended),
    absolute: totalOf(absolute),
  }));
}
