// Labels an import whose lines do not look like the payer's own AWS invoice, for its report, the ledger and every answer.
import { billKinds, OWN_INVOICE } from '../../../shared/domain/ledger/bill-kind.ts';
import { addMissing, billFacts } from '../db/bill-facts.ts';
import type { Db } from '../db/open.ts';

const MILLISECONDS_A_DAY = 86_400_000;

/** Puts the labels on the deliveries of a batch whose sums are made, and returns them as sentences for its report. */
export function labelBills(db: Db, batchId: number, now: Date): string[] {
  return billFacts(db, batchId).flatMap((facts) => {
    const { payer, period } = facts;
    const kinds = billKinds({ ...facts, daysSinceEnd: daysSince(period, now) });
    if (kinds.length === 0) return [];
    const missing = kinds.map(({ says }) => ({ capability: OWN_INVOICE, consequence: says }));
    addMissing(db, { batchId, payer, period }, missing);
    return kinds.map(({ says }) => `${period}, payer ${payer === '' ? 'not named' : payer}: ${says}`);
  });
}

/** Whole days since the end of a month `YYYY-MM`; below zero while it lasts. */
function daysSince(period: string, now: Date): number {
  const [year = 0, month = 0] = period.split('-').map(Number);
  return Math.floor((now.getTime() - Date.UTC(year, month, 1)) / MILLISECONDS_A_DAY);
}
