// What is held about deliveries: which are estimated, and what their exports lacked.
import { type Bill, billInEffect, type RecognisedBill } from '../../../shared/domain/ledger/bill-kind.ts';
import type { DiscountShape } from '../../../shared/domain/spend/discount-shape.ts';
import { billWords, saidOf } from './bill-labels.ts';
import type { Db } from './open.ts';

export type DeliveryFact = {
  readonly id: number;
  readonly payer: string;
  readonly period: string;
  readonly billingEntity: string;
  readonly estimated: boolean;
  /** The basis that adds up to the invoice: net where discounts are columns of the usage lines. */
  readonly invoiceBasis: 'unblended' | 'netUnblended';
  /** Where the export states its negotiated discounts. */
  readonly discountShape: DiscountShape;
  /** False where the export does not tell how it states its discounts. */
  readonly discountCertain: boolean;
  /** What the bill is taken for; null where it counts as the payer's own because nobody said and nothing tells. */
  readonly bill: Bill | null;
  /** Whether each line of other services is held, too, behind their sums. */
  readonly everyLine: boolean;
  /** Consequences of columns the export lacks, one sentence each. */
  readonly missing: readonly { readonly capability: string; readonly consequence: string }[];
};

/** The active deliveries, oldest period first. */
export function activeDeliveries(db: Db): DeliveryFact[] {
  const rows = db
    .prepare(
      `SELECT id, payer, report, period, recognised, billing_entity AS billingEntity, estimated, capabilities,
         invoice_basis AS invoiceBasis, discount_shape AS discountShape, discount_certain AS discountCertain,
         every_line AS everyLine
       FROM delivery WHERE active = 1 ORDER BY period, id`,
    )
    .all() as (Omit<DeliveryFact, 'estimated' | 'missing' | 'discountCertain' | 'everyLine' | 'bill'> & {
    report: string;
    estimated: number;
    capabilities: string;
    recognised: string;
    discountCertain: number;
    everyLine: number;
  })[];
  const words = billWords(db);
  return rows.map(({ capabilities, estimated, discountCertain, everyLine, recognised, report, ...row }) => ({
    ...row,
    bill: billInEffect(JSON.parse(recognised) as RecognisedBill[], saidOf(words, { ...row, report })),
    estimated: estimated === 1,
    discountCertain: discountCertain === 1,
    everyLine: everyLine === 1,
    missing: JSON.parse(capabilities) as DeliveryFact['missing'],
  }));
}

/** Whether lines of AI-adjacent services are held at all. */
export function holdsCandidates(db: Db): boolean {
  return (
    db.prepare("SELECT EXISTS (SELECT 1 FROM line_series WHERE line_class = 'candidate')").pluck().get() === 1
  );
}
