// What the lines of an import say about whose bill it is, and the label that its deliveries keep.
import type { BillFacts, RecognisedBill } from '../../../shared/domain/ledger/bill-kind.ts';
import { daysOf } from './batch-days.ts';
import type { Db } from './open.ts';
import { inSlices } from './slices.ts';

export type BatchBill = Omit<BillFacts, 'daysSinceEnd'> & {
  /** Who sells what each billing entity bills. */
  readonly soldBy: readonly { readonly billingEntity: string; readonly seller: string }[];
};

/** What the lines of one delivery say; accounts and sellers as the dictionaries number them. */
type Found = { readonly accounts: Set<number>; readonly sellers: Set<number>; hasInvoice: boolean };
type Part = { readonly account: number | null; readonly seller: number | null; readonly invoice: 0 | 1 };

/** One for each payer and period of the batch that has lines. `onPause` may refuse to go on, by throwing. */
export async function billFacts(db: Db, batchId: number, onPause: () => void): Promise<BatchBill[]> {
  const found = await lookThrough(db, batchId, onPause);
  const bills = Map.groupBy(batchDeliveries(db, batchId), ({ payer, period }) =>
    JSON.stringify([payer, period]),
  );
  return [...bills.values()].flatMap((deliveries) => factsOf(db, deliveries, found) ?? []);
}

/** A day at a time: looked through in one go, the sums of many months hold everybody else up. */
async function lookThrough(
  db: Db,
  batchId: number,
  onPause: () => void,
): Promise<ReadonlyMap<number, Found>> {
  const found = new Map<number, Found>();
  const goOn = inSlices(onPause);
  for (const table of ['daily', 'rollup'] as const) {
    const parts = db.prepare<[number, number], Part>(
      `SELECT DISTINCT series.account, series.legal_entity AS seller, series.invoice IS NOT NULL AS invoice
       FROM ${table} AS part JOIN line_series AS series ON series.id = part.series_id
       WHERE part.delivery_id = ? AND part.day = ?`,
    );
    for (const { delivery, day } of daysOf(db, batchId, table)) {
      const own = found.get(delivery) ?? { accounts: new Set(), sellers: new Set(), hasInvoice: false };
      found.set(delivery, own);
      for (const part of parts.all(delivery, day)) take(own, part);
      await goOn();
    }
  }
  return found;
}

function take(found: Found, { account, seller, invoice }: Part): void {
  if (account !== null) found.accounts.add(account);
  if (seller !== null) found.sellers.add(seller);
  if (invoice === 1) found.hasInvoice = true;
}

/** Billing entities whose seller says something about the bill; the sellers of a marketplace are many and say nothing. */
const SOLD_BY_ITSELF: ReadonlySet<string> = new Set(['AWS', 'AISPL']);

/** What the deliveries of one payer and period say together; null where none of them has a line. */
function factsOf(
  db: Db,
  deliveries: readonly BatchDelivery[],
  found: ReadonlyMap<number, Found>,
): BatchBill | null {
  const held = deliveries.flatMap((delivery) => {
    const own = found.get(delivery.id);
    return own === undefined ? [] : [{ delivery, own }];
  });
  const [first] = held;
  if (first === undefined) return null;
  const textOf = (dictionary: string) =>
    db.prepare<[number], string>(`SELECT text FROM ${dictionary} WHERE id = ?`).pluck();
  const accountText = textOf('dim_account');
  const sellerText = textOf('dim_legal_entity');
  const accounts = new Set(held.flatMap(({ own }) => [...own.accounts]));
  const [onlyAccount] = accounts;
  const soldBy = held
    .filter(({ delivery }) => SOLD_BY_ITSELF.has(delivery.billingEntity))
    .flatMap(({ delivery, own }) =>
      [...own.sellers].map((seller) => ({
        billingEntity: delivery.billingEntity,
        seller: sellerText.get(seller) ?? '',
      })),
    );
  const lacksInvoices = held.some(({ delivery }) => delivery.lacksInvoices === 1);
  return {
    payer: first.delivery.payer,
    period: first.delivery.period,
    lineItems: deliveries.reduce((sum, { lineItems }) => sum + lineItems, 0),
    onlyAccount:
      accounts.size === 1 && onlyAccount !== undefined ? (accountText.get(onlyAccount) ?? null) : null,
    soldBy,
    sellers: [...new Set(soldBy.map(({ seller }) => seller))],
    hasInvoice: lacksInvoices ? null : held.some(({ own }) => own.hasInvoice),
  };
}

type Scope = { readonly payer: string; readonly period: string };
export type BatchDelivery = Scope & {
  readonly id: number;
  readonly report: string;
  readonly billingEntity: string;
  /** As its files state them. */
  readonly lineItems: number;
  /** The export has no column of invoices. */
  readonly lacksInvoices: 0 | 1;
};

/** The deliveries of a batch. */
export function batchDeliveries(db: Db, batchId: number): BatchDelivery[] {
  return db
    .prepare<[number], BatchDelivery>(
      `SELECT id, payer, period, report, billing_entity AS billingEntity,
         instr(capabilities, '"invoice ids"') > 0 AS lacksInvoices,
         (SELECT COALESCE(SUM(total.rows), 0) FROM file_total AS total WHERE total.delivery_id = delivery.id) AS lineItems
       FROM delivery WHERE batch_id = ? ORDER BY id`,
    )
    .all(batchId);
}

/** Reports whose deliveries answer for a payer and period now. */
export function reportsHeld(db: Db, { payer, period }: Scope): string[] {
  return db
    .prepare<[string, string], string>(
      'SELECT DISTINCT report FROM delivery WHERE active = 1 AND payer = ? AND period = ?',
    )
    .pluck()
    .all(payer, period);
}

/** Keeps what the lines of a delivery look like. */
export function keepRecognised(db: Db, id: number, recognised: readonly RecognisedBill[]): void {
  db.prepare('UPDATE delivery SET recognised = ? WHERE id = ?').run(JSON.stringify(recognised), id);
}
