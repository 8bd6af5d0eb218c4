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
  // Each series of a delivery once; counting its lines here would sort every sum of the batch.
  const series = (table: string): string => `
    SELECT DISTINCT delivery_id, series_id FROM ${table}
    WHERE delivery_id IN (SELECT id FROM delivery WHERE batch_id = @batchId)`;
  return db
    .prepare<[{ batchId: number }], Row>(
      `SELECT delivery.payer, delivery.period,
         (SELECT SUM(total.rows) FROM delivery AS own JOIN file_total AS total ON total.delivery_id = own.id
          WHERE own.batch_id = @batchId AND own.payer = delivery.payer AND own.period = delivery.period) AS lineItems,
         CASE COUNT(DISTINCT series.account) WHEN 1 THEN MIN(account.text) END AS onlyAccount,
         json_group_array(DISTINCT json_array(delivery.billing_entity, seller.text))
           FILTER (WHERE seller.text IS NOT NULL AND delivery.billing_entity IN ('AWS', 'AISPL')) AS sellers,
         MAX(series.invoice IS NOT NULL) AS hasInvoice,
         MAX(instr(delivery.capabilities, '"invoice ids"') > 0) AS lacksInvoices
       FROM (${series('daily')} UNION ALL ${series('rollup')}) AS part
       JOIN delivery ON delivery.id = part.delivery_id
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
