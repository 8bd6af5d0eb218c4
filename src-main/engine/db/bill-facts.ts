// What the lines of an import say about whose bill it is, and the label that its deliveries keep.
import type { BillFacts, RecognisedBill } from '../../../shared/domain/ledger/bill-kind.ts';
import type { Db } from './open.ts';

type Row = Omit<BillFacts, 'sellers' | 'hasInvoice' | 'daysSinceEnd'> & {
  readonly sellers: string;
  readonly hasInvoice: 0 | 1;
  readonly lacksInvoices: 0 | 1;
};

export type BatchBill = Omit<BillFacts, 'daysSinceEnd'> & {
  /** Who sells what each billing entity bills. */
  readonly soldBy: readonly { readonly billingEntity: string; readonly seller: string }[];
};

/** One for each payer and period of the batch. */
export function billFacts(db: Db, batchId: number): BatchBill[] {
  const rows = (table: string): string => `
    SELECT delivery.payer, delivery.period, delivery.billing_entity, part.series_id, SUM(part.line_items) AS line_items
    FROM delivery JOIN ${table} AS part ON part.delivery_id = delivery.id
    WHERE delivery.batch_id = @batchId GROUP BY 1, 2, 3, 4`;
  return db
    .prepare<[{ batchId: number }], Row>(
      `SELECT part.payer, part.period, SUM(part.line_items) AS lineItems,
         CASE COUNT(DISTINCT series.account) WHEN 1 THEN MIN(account.text) END AS onlyAccount,
         json_group_array(DISTINCT json_array(part.billing_entity, seller.text))
           FILTER (WHERE seller.text IS NOT NULL AND part.billing_entity IN ('AWS', 'AISPL')) AS sellers,
         MAX(series.invoice IS NOT NULL) AS hasInvoice,
         (SELECT MAX(instr(capabilities, '"invoice ids"') > 0) FROM delivery
          WHERE batch_id = @batchId AND payer = part.payer AND period = part.period) AS lacksInvoices
       FROM (${rows('daily')} UNION ALL ${rows('rollup')}) AS part
       JOIN line_series AS series ON series.id = part.series_id
       LEFT JOIN dim_account AS account ON account.id = series.account
       LEFT JOIN dim_legal_entity AS seller ON seller.id = series.legal_entity
       GROUP BY 1, 2`,
    )
    .all({ batchId })
    .map(factsOf);
}

function factsOf({ sellers, hasInvoice, lacksInvoices, ...row }: Row): BatchBill {
  const soldBy = (JSON.parse(sellers) as [string, string][]).map(([billingEntity, seller]) => ({
    billingEntity,
    seller,
  }));
  return {
    ...row,
    soldBy,
    sellers: [...new Set(soldBy.map(({ seller }) => seller))],
    hasInvoice: lacksInvoices === 1 ? null : hasInvoice === 1,
  };
}

type Scope = { readonly payer: string; readonly period: string };
export type BatchDelivery = Scope & {
  readonly id: number;
  readonly report: string;
  readonly billingEntity: string;
};

/** The deliveries of a batch. */
export function batchDeliveries(db: Db, batchId: number): BatchDelivery[] {
  return db
    .prepare<[number], BatchDelivery>(
      'SELECT id, payer, period, report, billing_entity AS billingEntity FROM delivery WHERE batch_id = ? ORDER BY id',
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
