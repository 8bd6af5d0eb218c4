// Whether another rung of the offer (more commitment for more discount) is worth it.

import { type SpendLine, settleYear } from './absorption.ts';
import type { CommitmentYear } from './agreement.ts';

/** One rung as the user compares it; amounts of one year, in one currency. */
export type Rung = {
  readonly commit: number;
  readonly discount: number;
  readonly expectedShortfall: number;
  readonly support: number;
};

export type RungVerdict = {
  readonly verdict: 'take' | 'leave' | 'indifferent';
  /** Δdiscount × gross eligible spend. */
  readonly discountGain: number;
  readonly extraShortfall: number;
  readonly extraSupport: number;
  /** discountGain − extraShortfall − extraSupport. */
  readonly advantage: number;
  /** Discount at which the offered rung is exactly as good as the current one. */
  readonly indifferentDiscount: number;
};

/** Compares two rungs at the same gross eligible spend: better when the points gained exceed what they risk. */
export function compareRungs(current: Rung, offered: Rung, grossEligible: number): RungVerdict {
  const discountGain = (offered.discount - current.discount) * grossEligible;
  const extraShortfall = offered.expectedShortfall - current.expectedShortfall;
  const extraSupport = offered.support - current.support;
  const advantage = discountGain - extraShortfall - extraSupport;
  const noise = 1e-12 * Math.max(Math.abs(discountGain), Math.abs(extraShortfall), Math.abs(extraSupport));
  return {
    verdict: Math.abs(advantage) <= noise ? 'indifferent' : advantage > 0 ? 'take' : 'leave',
    discountGain,
    extraShortfall,
    extraSupport,
    advantage,
    indifferentDiscount:
      grossEligible === 0 ? Number.NaN : current.discount + (extraShortfall + extraSupport) / grossEligible,
  };
}

/**
 * What moving to another discount is worth in cash, everything else equal: cash now − cash then. Measured after
 * discount, a lower net cost retires less, so extra points can be worth nothing.
 */
export function worthOfDiscount(year: CommitmentYear, discount: number, lines: readonly SpendLine[]): number {
  return settleYear(year, lines).cash - settleYear({ ...year, discount }, lines).cash;
}
