// How one line's cost reads on each basis. The case table follows AWS's own amortised view.

/** How a charge type enters the amortised bases. */
export const AMORTIZED_CASES = [
  'asInvoiced',
  'reservationCovered',
  'savingsPlanCovered',
  'unusedSavingsPlan',
  'unusedReservation',
  'spreadElsewhere',
  'feeUnlessReservation',
] as const;
export type AmortizedCase = (typeof AMORTIZED_CASES)[number];

/** Charge type → case. Everything that is not listed is taken as invoiced, unknown types included. */
export const AMORTIZED_CASE_OF: Readonly<Record<string, AmortizedCase>> = {
  DiscountedUsage: 'reservationCovered',
  SavingsPlanCoveredUsage: 'savingsPlanCovered',
  SavingsPlanRecurringFee: 'unusedSavingsPlan',
  RIFee: 'unusedReservation',
  // The three below are paid once and spread over the covered usage lines.
  SavingsPlanNegation: 'spreadElsewhere',
  SavingsPlanUpfrontFee: 'spreadElsewhere',
  Fee: 'feeUnlessReservation',
};

/** Whether a line is a negotiated discount given as a line of its own (`EdpDiscount`, `BundledDiscount` …). */
export function isDiscountLine(chargeType: string | null): boolean {
  return chargeType !== null && chargeType !== 'DiscountedUsage' && chargeType.includes('Discount');
}

/** The amounts a line states, in its currency; null where the export has no value. */
export type StatedAmounts = {
  readonly unblended: number;
  readonly netUnblended: number | null;
  /** Discount columns of the line, summed; negative. */
  readonly discount: number | null;
  readonly list: number | null;
  /** Amortised cost after discounts as the export itself states it (FOCUS EffectiveCost); no CUR does. */
  readonly effective: number | null;
  /** Cost at negotiated unit prices as the export itself states it (FOCUS ContractedCost, see `contractedCost`); no CUR does. */
  readonly contracted: number | null;
  readonly hasReservation: boolean;
  readonly reservationEffective: number | null;
  readonly netReservationEffective: number | null;
  readonly unusedReservationUpfront: number | null;
  readonly netUnusedReservationUpfront: number | null;
  readonly unusedReservationRecurring: number | null;
  readonly netUnusedReservationRecurring: number | null;
  readonly savingsPlanEffective: number | null;
  readonly netSavingsPlanEffective: number | null;
  readonly savingsPlanCommitment: number | null;
  readonly savingsPlanUsed: number | null;
  readonly savingsPlanRecurring: number | null;
  readonly netSavingsPlanRecurring: number | null;
  readonly savingsPlanUpfront: number | null;
  readonly netSavingsPlanUpfront: number | null;
};

/** One line on every basis that a bill itself can state; null = not stated. Same currency as the line. */
export type CostBases = {
  netUnblended: number;
  amortized: number | null;
  netAmortized: number | null;
  list: number | null;
  /** Never a computed one: contract rates of the workspace are amounts of their own. */
  contractedStated: number | null;
};

/** What the discount decision says about lines whose net cost is blank (see `decideDiscountShape`). */
export type NetReading = {
  /** Whether a discount line with a blank net counts (1) or is already inside the usage lines' net (0). */
  readonly discountLineFactor: 0 | 1;
  /** Whether discount columns reduce a blank net (1) or are only information (0). */
  readonly discountColumnFactor: 0 | 1;
};

/** Holds unless a delivery states its discounts twice. */
export const PLAIN_NET_READING: NetReading = { discountLineFactor: 1, discountColumnFactor: 1 };

/** Net unblended cost: as stated; where blank, unblended cost with the discounts that `reading` lets count. */
export function netUnblended(
  amounts: Pick<StatedAmounts, 'unblended' | 'netUnblended' | 'discount'>,
  discountLine: boolean,
  reading: NetReading,
): number {
  if (amounts.netUnblended !== null) return amounts.netUnblended;
  if (discountLine) return amounts.unblended * reading.discountLineFactor;
  return amounts.unblended + (amounts.discount ?? 0) * reading.discountColumnFactor;
}

/** Public on-demand cost as stated. Marketplace lines state 0 or nothing, which means "not stated", not free. */
export function listCost(
  stated: number | null,
  marketplace: boolean,
  chargeType: string | null,
): number | null {
  if (chargeType === 'SavingsPlanNegation') return 0;
  return marketplace && stated === 0 ? null : stated;
}

/**
 * Contracted cost as stated. Real exports fill 0 where they know none: on a line that is billed, 0 is "not stated", as
 * on the list basis.
 */
export function contractedCost(stated: number | null, unblended: number): number | null {
  return stated === 0 && unblended !== 0 ? null : stated;
}

/**
 * Every basis of one line. A covered line without its effective cost has no amortised cost (null);
 * where the export states the amortised cost, that is taken; a blank net amount without a net column falls back to the gross one, since nothing was discounted.
 * Source of the cases: the charge type table of AWS's Cloud Intelligence Dashboards (summary view).
 */
export function costBases(
  amounts: StatedAmounts,
  chargeType: string | null,
  marketplace: boolean,
  reading: NetReading,
): CostBases {
  return costBasesOf(amounts, lineKindOf(chargeType, marketplace), reading);
}

/** What a line's charge type and seller say about its bases; the same for many lines, so found once. */
export type LineKind = {
  readonly chargeType: string | null;
  readonly marketplace: boolean;
  readonly amortizedCase: AmortizedCase;
  readonly isDiscountLine: boolean;
};

export function lineKindOf(chargeType: string | null, marketplace: boolean): LineKind {
  const amortizedCase = AMORTIZED_CASE_OF[chargeType ?? ''] ?? 'asInvoiced';
  return { chargeType, marketplace, amortizedCase, isDiscountLine: isDiscountLine(chargeType) };
}

/** The same as `costBases` for a line whose kind is known. */
export function costBasesOf(amounts: StatedAmounts, kind: LineKind, reading: NetReading): CostBases {
  const net = netUnblended(amounts, kind.isDiscountLine, reading);
  const list = listCost(amounts.list, kind.marketplace, kind.chargeType);
  const contractedStated = amounts.contracted;
  if (amounts.effective !== null) {
    const effective = amounts.effective;
    return { netUnblended: net, amortized: effective, netAmortized: effective, list, contractedStated };
  }
  if (kind.amortizedCase === 'asInvoiced') {
    return { netUnblended: net, amortized: amounts.unblended, netAmortized: net, list, contractedStated };
  }
  const [amortized, netAmortized] = amortizedPair(kind.amortizedCase, amounts, net);
  return { netUnblended: net, amortized, netAmortized, list, contractedStated };
}

type Pair = readonly [amortized: number | null, netAmortized: number | null];

function amortizedPair(
  kind: Exclude<AmortizedCase, 'asInvoiced'>,
  amounts: StatedAmounts,
  net: number,
): Pair {
  switch (kind) {
    case 'spreadElsewhere':
      return [0, 0];
    case 'feeUnlessReservation':
      return amounts.hasReservation ? [0, 0] : [amounts.unblended, net];
    case 'reservationCovered':
      return [amounts.reservationEffective, amounts.netReservationEffective ?? amounts.reservationEffective];
    case 'savingsPlanCovered':
      return [amounts.savingsPlanEffective, amounts.netSavingsPlanEffective ?? amounts.savingsPlanEffective];
    case 'unusedReservation':
      return unusedReservation(amounts);
    case 'unusedSavingsPlan':
      return unusedSavingsPlan(amounts);
  }
}

function unusedReservation(amounts: StatedAmounts): Pair {
  const { unusedReservationUpfront: upfront, unusedReservationRecurring: recurring } = amounts;
  if (upfront === null && recurring === null) return [null, null];
  return [
    (upfront ?? 0) + (recurring ?? 0),
    (amounts.netUnusedReservationUpfront ?? upfront ?? 0) +
      (amounts.netUnusedReservationRecurring ?? recurring ?? 0),
  ];
}

/** Commitment paid for and not used; its net is the same share of the net commitment, since no net column states it. */
function unusedSavingsPlan(amounts: StatedAmounts): Pair {
  const { savingsPlanCommitment: commitment, savingsPlanUsed: used } = amounts;
  if (commitment === null || used === null) return [null, null];
  const unused = commitment - used;
  const gross = (amounts.savingsPlanRecurring ?? 0) + (amounts.savingsPlanUpfront ?? 0);
  const isNetStated = amounts.netSavingsPlanRecurring !== null || amounts.netSavingsPlanUpfront !== null;
  if (!isNetStated || gross === 0) return [unused, unused];
  const netGross = (amounts.netSavingsPlanRecurring ?? 0) + (amounts.netSavingsPlanUpfront ?? 0);
  return [unused, (unused * netGross) / gross];
}
