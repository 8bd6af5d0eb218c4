// What is held about deliveries: which are estimated, and what their exports lacked.
import type { DiscountShape } from '../../../shared/domain/spend/discount-shape.ts';
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
  /** Consequences of columns the export lacks, one sentence each. */
  readonly missing: readonly { readonly capability: string; readonly consequence: string }[];
};

/** The active deliveries, oldest period first. */
export function activeDeliveries(db: Db): DeliveryFact[] {
  const rows = db
    .prepare(
      `SELECT id, payer, period, billing_entity AS billingEntity, estimated, capabilities,
         invoice_basis AS invoiceBasis, discount_shape AS discountShape, discount_certain AS discountCertain
       FROM delivery WHERE active = 1 ORDER BY period, id`,
    )
    .all() as (Omit<DeliveryFact, 'estimated' | 'missing' | 'discountCertain'> & {
    estimated: number;
    capabilities: string;
    discountCertain: number;
  })[];
  return rows.map(({ capabilities, estimated, discountCertain, ...row }) => ({
    ...row,
    estimated: estimated === 1,
    discountCertain: discountCertain === 1,
    missing: JSON.parse(capabilities) as DeliveryFact['missing'],
  }));
}

/** Whether lines of AI-adjacent services are held at all. */
export function holdsCandidates(db: Db): boolean {
  return (
    db.prepare("SELECT EXISTS (SELECT 1 FROM line_series WHERE line_class = 'candidate')").pluck().get() === 1
  );
}
