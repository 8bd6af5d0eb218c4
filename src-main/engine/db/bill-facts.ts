// What the lines of an import say about whose bill it is, and the label that its deliveries keep.
import type { BillFacts } from '../../../shared/domain/ledger/bill-kind.ts';
import type { Db } from './open.ts';
import type { MissingCapability } from './staging.ts';

type Row = Omit<BillFacts, 'sellers' | 'hasInvoice' | 'daysSinceEnd'> & {
  readonly sellers: string;
  readonly hasInvoice: 0 | 1;
  readonly lacksInvoices: 0 | 1;
};

/** One for each payer and period of the batch. */
export function billFacts(db: Db, batchId: number): Omit<BillFacts, 'daysSinceEnd'>[] {
  const rows = (table: string): string => `
    SELECT delivery.payer, delivery.period, delivery.billing_entity, part.series_id, SUM(part.line_items) AS line_items
    FROM delivery JOIN ${table} AS part ON part.delivery_id = delivery.id
    WHERE delivery.batch_id = @batchId GROUP BY 1, 2, 3, 4`;
  return db
    .prepare<[{ batchId: number }], Row>(
      `SELECT part.payer, part.period, SUM(part.line_items) AS lineItems,
         CASE COUNT(DISTINCT series.account) WHEN 1 THEN MIN(account.text) END AS onlyAccount,
         json_group_array(DISTINCT seller.text)
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

function factsOf({ sellers, hasInvoice, lacksInvoices, ...row }: Row): Omit<BillFacts, 'daysSinceEnd'> {
  return {
    ...row,
    sellers: JSON.parse(sellers) as string[],
    hasInvoice: lacksInvoices === 1 ? null : hasInvoice === 1,
  };
}

type Scope = { readonly batchId: number; readonly payer: string; readonly period: string };

/** Adds to what the deliveries of a payer and period lack. */
export function addMissing(db: Db, scope: Scope, missing: readonly MissingCapability[]): void {
  const { batchId, payer, period } = scope;
  const deliveries = db
    .prepare<[number, string, string], { id: number; capabilities: string }>(
      'SELECT id, capabilities FROM delivery WHERE batch_id = ? AND payer = ? AND period = ?',
    )
    .all(batchId, payer, period);
  const update = db.prepare('UPDATE delivery SET capabilities = ? WHERE id = ?');
  for (const { id, capabilities } of deliveries)
    update.run(JSON.stringify([...(JSON.parse(capabilities) as MissingCapability[]), ...missing]), id);
}
