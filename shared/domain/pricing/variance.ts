// Tells why what was invoiced differs from what the catalog says the same usage costs.
import type { PriceAnswer, VarianceReason } from './price.ts';

/** A line, or a sum of lines of one price: amounts in USD. */
export type VarianceInput = {
  readonly invoiced: number;
  /** Catalog amount of the same usage; null = no price or no known quantity. */
  readonly catalog: {
    readonly low: number;
    readonly high: number;
    readonly rangeReason: Extract<PriceAnswer, { kind: 'priced' }>['rangeReason'];
  } | null;
  /** Public on-demand cost as the export states it; null or 0 = not stated (as on Marketplace lines). */
  readonly listStated: number | null;
  /** Catalog amounts of the usage at the other region tiers' prices. */
  readonly otherTiers: readonly number[];
};

export type Variance = {
  /** Invoiced − catalog: against the upper and against the lower end of the catalog's range; null = unpriced. */
  readonly amountLow: number | null;
  readonly amountHigh: number | null;
  /** The same as a share of the catalog amount; null = unpriced or the catalog amount is 0. */
  readonly shareLow: number | null;
  readonly shareHigh: number | null;
  readonly reason: VarianceReason;
};

/** Two amounts are the same when they differ by less than what a bill's ten decimals lose. */
const SAME_SHARE = 1e-6;
/** List prices are printed with three or four significant digits ($6.88 for $6.875): half of the third is 0.5 %. */
const ROUNDED_SHARE = 0.005;
/** Amounts printed in whole cents are off by up to half a cent. */
const HALF_CENT = 0.005;
/** A unit read wrongly is off by a thousand or a million; a discount may sit on top of it. */
const UNIT_FACTORS = [1e3, 1e6] as const;
const UNIT_SLACK = 1.6;
/** Negotiated discounts come in steps of half a percent; more than this off list is something else. */
const DISCOUNT_STEP = 0.005;
const DISCOUNT_SLACK = 1e-5;
const MOST_DISCOUNT = 0.6;

/**
 * Difference of an invoiced amount from its catalog amount, in USD and as a share, with the reason class.
 * A class needs evidence: a difference that fits none is `unknown`. Currency other than USD is the caller's to keep out.
 */
export function explainVariance(input: VarianceInput): Variance {
  const { invoiced, catalog } = input;
  if (catalog === null) {
    return { amountLow: null, amountHigh: null, shareLow: null, shareHigh: null, reason: 'unpriced' };
  }
  const { low, high } = catalog;
  return {
    amountLow: invoiced - high,
    amountHigh: invoiced - low,
    shareLow: high === 0 ? null : (invoiced - high) / Math.abs(high),
    shareHigh: low === 0 ? null : (invoiced - low) / Math.abs(low),
    reason: reasonOf(input, low, high),
  };
}

/** Amounts of the same usage under a contract rate, USD; a range where its price is one. */
export type ContractAmount = { readonly low: number; readonly high: number };

/**
 * Why a line with a contract price differs from list. What the contract takes off is expected (contract − list); what
 * is left (invoiced − contract) decides the class: nothing left is a contract discount, the list amount itself is a
 * contract that was not applied, anything else is classed as it would be against list.
 */
export function explainUnderContract(input: VarianceInput, contract: ContractAmount): VarianceReason {
  const { invoiced, catalog } = input;
  const { low, high } = contract;
  const againstList = explainVariance(input).reason;
  if (catalog === null || (low === catalog.low && high === catalog.high)) return againstList;
  const isWithin = invoiced >= low - slack(low) && invoiced <= high + slack(high);
  if (isWithin) return 'contract_discount';
  if (againstList === 'none') return 'contract_not_applied';
  const rangeReason = catalog.rangeReason ?? 'price_change_in_span';
  const rest = { ...input, catalog: { ...contract, rangeReason }, listStated: null, otherTiers: [] };
  return explainVariance(rest).reason;
}

function reasonOf(input: VarianceInput, low: number, high: number): VarianceReason {
  const { invoiced, catalog, otherTiers } = input;
  if (agrees(invoiced, low, SAME_SHARE) && agrees(invoiced, high, SAME_SHARE)) return 'none';
  if (low < high && invoiced >= low - slack(low) && invoiced <= high + slack(high)) {
    return catalog?.rangeReason ?? 'unknown';
  }
  if (UNIT_FACTORS.some((factor) => isOffBy(invoiced, low, high, factor))) return 'unit_conflict';
  if (otherTiers.some((amount) => agrees(invoiced, amount, SAME_SHARE))) return 'tier';
  if (isContractDiscount(input, low, high)) return 'contract_discount';
  if (isRounding(invoiced, low) || isRounding(invoiced, high)) return 'rounding';
  return 'unknown';
}

function agrees(left: number, right: number, share: number): boolean {
  return Math.abs(left - right) <= share * Math.abs(right);
}

function slack(amount: number): number {
  return SAME_SHARE * Math.abs(amount);
}

function isOffBy(invoiced: number, low: number, high: number, factor: number): boolean {
  if (low <= 0 || invoiced <= 0) return false;
  const over = invoiced / factor;
  const under = invoiced * factor;
  return [over, under].some((amount) => amount >= low / UNIT_SLACK && amount <= high * UNIT_SLACK);
}

/** The export's own list price confirms the catalog's and less was paid, or what was taken off is a round percentage. */
function isContractDiscount({ invoiced, listStated }: VarianceInput, low: number, high: number): boolean {
  if (low <= 0 || invoiced < 0 || invoiced >= low) return false;
  const stated = listStated !== null && listStated !== 0;
  if (stated) return agrees(listStated, low, ROUNDED_SHARE) || agrees(listStated, high, ROUNDED_SHARE);
  return [low, high].some((list) => {
    const off = 1 - invoiced / list;
    const step = Math.round(off / DISCOUNT_STEP) * DISCOUNT_STEP;
    return step > 0 && off <= MOST_DISCOUNT && Math.abs(off - step) <= DISCOUNT_SLACK;
  });
}

function isRounding(invoiced: number, amount: number): boolean {
  const inWholeCents = agrees(invoiced * 100, Math.round(invoiced * 100), SAME_SHARE) && invoiced !== 0;
  return (
    agrees(invoiced, amount, ROUNDED_SHARE) || (inWholeCents && Math.abs(invoiced - amount) <= HALF_CENT)
  );
}
