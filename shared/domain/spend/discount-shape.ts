// Decides, once per payer × period × billing entity, how negotiated discounts are stated, so that each counts once.
import { totalsAgree } from '../sum.ts';
import type { NetReading } from './bases.ts';

/** Where a delivery states its negotiated discounts. */
export const DISCOUNT_SHAPES = ['none', 'lines', 'columns', 'both'] as const;
export type DiscountShape = (typeof DISCOUNT_SHAPES)[number];

/** Sums over one delivery, all in one currency. */
export type DiscountEvidence = {
  /** Unblended cost of the discount lines. */
  readonly lines: number;
  /** Unblended cost of the discount lines whose net cost is blank. */
  readonly linesWithBlankNet: number;
  /** Net − unblended cost over the other lines that state a net cost. */
  readonly statedNetDifference: number;
  /** Discount columns of the other lines whose net cost is blank. */
  readonly columnsWithBlankNet: number;
  /** Discount columns of all other lines. */
  readonly columns: number;
  /** Σ|unblended|: the volume that "equal" is measured against. */
  readonly absolute: number;
};

/** Net costs are rounded line by line, so the two readings of one discount differ a little. */
const ROUNDING = 1e-3;

export type DiscountDecision = {
  readonly shape: DiscountShape;
  readonly reading: NetReading;
  /** The basis whose total is the invoice: unblended cost, unless discounts come as columns only. */
  readonly invoiceBasis: 'unblended' | 'netUnblended';
  /** False where lines and columns state different amounts, so that only the invoice itself can settle it. */
  readonly certain: boolean;
};

/**
 * The reading under which the bases agree: with discount lines the invoice is the sum of unblended cost, so the net
 * costs must add up to it; without them the discounts are inside the net costs only.
 */
export function decideDiscountShape(evidence: DiscountEvidence): DiscountDecision {
  const same = (left: number, right: number): boolean => totalsAgree(left, right, evidence.absolute);
  const hasLines = !same(evidence.lines, 0);
  const inNet = evidence.statedNetDifference + evidence.columnsWithBlankNet;
  const hasColumns = !same(inNet, 0) || !same(evidence.columns, 0);
  if (!hasColumns) return decision(hasLines ? 'lines' : 'none', 1, 1, 'unblended', true);
  if (!hasLines) return decision('columns', 1, 1, 'netUnblended', true);
  // What the other lines' net took off must be what the blank discount lines took off the invoice.
  if (Math.abs(inNet - evidence.linesWithBlankNet) <= ROUNDING * Math.abs(evidence.linesWithBlankNet)) {
    return decision('both', 0, 1, 'unblended', true);
  }
  if (same(evidence.statedNetDifference, 0)) {
    // No net anywhere and different amounts: the columns are information, the lines are what was invoiced.
    return decision('both', 1, 0, 'unblended', false);
  }
  return decision('both', 0, 1, 'unblended', false);
}

function decision(
  shape: DiscountShape,
  discountLineFactor: 0 | 1,
  discountColumnFactor: 0 | 1,
  invoiceBasis: DiscountDecision['invoiceBasis'],
  certain: boolean,
): DiscountDecision {
  return { shape, reading: { discountLineFactor, discountColumnFactor }, invoiceBasis, certain };
}
