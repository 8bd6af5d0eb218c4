// What users say their bills are: a word about one period, one report or one payer, and the last word taken back.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { type BillWord, dropBillWord, keepBillWord, lastBillWord, reachOf } from '../db/bill-labels.ts';
import { coveredEntities } from '../db/coverage.ts';
import type { Db } from '../db/open.ts';

/** Keeps a word; `bill` null takes back what was said about the scope. Throws `not_found` where nothing of it is held. */
export function sayBill(db: Db, { scope, bill }: ParsedInput<'ledger.sayBill'>, now: Date): void {
  const { payer, report, period } = scope;
  const isHeld = coveredEntities(db).some(
    (one) =>
      one.payer === payer &&
      (report === null || one.report === report) &&
      (period === null || one.period === period),
  );
  if (!isHeld)
    throw new AssayError('not_found', `Nothing of ${nameOf(scope)} is held: import its export first.`, {
      payer,
      report,
      period,
    });
  if (bill?.kind === 'other' && bill.label === '')
    throw new AssayError('invalid_input', 'Another kind of bill needs a label that says which.', {
      field: 'label',
    });
  keepBillWord(db, {
    ...scope,
    kind: bill?.kind ?? null,
    label: bill?.label ?? '',
    saidAt: now.toISOString(),
  });
}

/** Takes the last word back, so that the one before it holds again. Throws `not_found` where none was said. */
export function takeBillWordBack(db: Db): Output<'ledger.undoBill'> {
  const last = lastBillWord(db);
  if (last === null) throw new AssayError('not_found', 'Nothing was said about any bill.');
  dropBillWord(db, last.id);
  return { schemaVersion: 1, undone: billWordOf(last) };
}

/** The last word, for the button that takes it back; null where there is none. */
export function lastWord(db: Db): Output<'ledger.coverage'>['lastBillWord'] {
  const last = lastBillWord(db);
  return last === null ? null : billWordOf(last);
}

function billWordOf({ id: _, ...word }: BillWord): Output<'ledger.undoBill'>['undone'] {
  return { ...word, reach: reachOf(word) };
}

function nameOf({ payer, report, period }: ParsedInput<'ledger.sayBill'>['scope']): string {
  const parts = [`payer ${payer}`, report === null ? '' : `report ${report}`, period ?? ''];
  return parts.filter((part) => part !== '').join(', ');
}
