// What users said their bills are: every word is kept in order, so that the last one can be taken back.
import type { BillKind, SaidBill } from '../../../shared/domain/ledger/bill-kind.ts';
import type { Db } from './open.ts';

/** Which bills a word is about. Null: every report of the payer, every period. */
export type BillScope = {
  readonly payer: string;
  readonly report: string | null;
  readonly period: string | null;
};

/** `kind` null: as the lines tell, again. */
export type BillWord = BillScope & {
  readonly id: number;
  readonly kind: BillKind | null;
  readonly label: string;
  readonly saidAt: string;
};

const WORD = 'id, payer, report, period, bill_kind AS kind, label, said_at AS saidAt';

/** The words in force, the last one of each scope. */
export function billWords(db: Db): BillWord[] {
  return db
    .prepare<[], BillWord>(
      `SELECT ${WORD} FROM bill_label WHERE id IN (
         SELECT MAX(id) FROM bill_label GROUP BY payer, report, period) ORDER BY id`,
    )
    .all();
}

export function keepBillWord(db: Db, word: Omit<BillWord, 'id'>): void {
  db.prepare<[Omit<BillWord, 'id'>]>(
    `INSERT INTO bill_label (payer, report, period, bill_kind, label, said_at)
     VALUES (@payer, @report, @period, @kind, @label, @saidAt)`,
  ).run(word);
}

/** The word that was said last, or null. */
export function lastBillWord(db: Db): BillWord | null {
  return db.prepare<[], BillWord>(`SELECT ${WORD} FROM bill_label ORDER BY id DESC LIMIT 1`).get() ?? null;
}

export function dropBillWord(db: Db, id: number): void {
  db.prepare('DELETE FROM bill_label WHERE id = ?').run(id);
}

type Delivered = { readonly payer: string; readonly report: string; readonly period: string };

/** The word that decides about a delivery: of its period before of its report, before of its payer. */
export function saidOf(words: readonly BillWord[], { payer, report, period }: Delivered): SaidBill | null {
  const about = words.filter(
    (word) =>
      word.payer === payer &&
      (word.report === null || word.report === report) &&
      (word.period === null || word.period === period),
  );
  for (const reach of ['period', 'report', 'payer'] as const) {
    const word = about.findLast((one) => reachOf(one) === reach);
    if (word === undefined || word.kind === null) continue;
    return { kind: word.kind, label: word.label, saidAt: word.saidAt, reach };
  }
  return null;
}

export function reachOf({ report, period }: BillScope): SaidBill['reach'] {
  if (period !== null) return 'period';
  return report === null ? 'payer' : 'report';
}
