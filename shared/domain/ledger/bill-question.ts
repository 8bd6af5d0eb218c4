// Which bills an import leaves a question about: they look like somebody else's, and nobody said what they are.

import type { Bill } from './bill-kind.ts';
import { payerText } from './payer.ts';

type HeldBill = {
  readonly payer: string;
  readonly report: string;
  readonly period: string;
  readonly bill: Pick<Bill, 'by' | 'kind' | 'name' | 'ties'> | null;
};
type ReadFile = { readonly period: string; readonly payers: readonly string[] };

export type BillQuestion<Held extends HeldBill> = {
  /** Its first export. */
  readonly first: Held;
  readonly periods: readonly string[];
};

/** One question for each report of a payer, over the exports that an import of these files brought. */
export function billQuestions<Held extends HeldBill>(
  exports: readonly Held[],
  files: readonly ReadFile[],
): BillQuestion<Held>[] {
  const open = exports.filter(
    ({ payer, period, bill }) =>
      bill?.by === 'recognised' &&
      !bill.ties &&
      files.some((file) => file.period === period && file.payers.includes(payer)),
  );
  const groups = Map.groupBy(open, ({ payer, report, bill }) => JSON.stringify([payer, report, bill?.kind]));
  return [...groups.values()].flatMap((own) => {
    const [first] = own;
    const periods = [...new Set(own.map(({ period }) => period))].toSorted();
    return first === undefined ? [] : [{ first, periods }];
  });
}

/** What is asked, without the months' names. */
export function questionText({ first: { payer, bill } }: BillQuestion<HeldBill>, months: string): string {
  const name = bill?.name ?? '';
  const looks = `${name.charAt(0).toLowerCase()}${name.slice(1)}`;
  return `What is the bill of payer ${payerText(payer)}, ${months}? It looks like: ${looks}. Until you say what it is, it is tied to no invoice, and no commitment is counted over it.`;
}
