// Which kinds of bill lines retire commitment, on the cash basis, as a table the user can edit.
import { addTo, emptySum, totalOf } from '../sum.ts';

export type ChargeTypeRule = {
  readonly chargeType: string;
  /** Whether the amount counts towards the commitment before discount. */
  readonly retires: boolean;
  /** Whether the agreement's discount applies to it. */
  readonly discounted: boolean;
  /** Whether it counts within the Marketplace cap when AWS Marketplace bills it. */
  readonly inCap: boolean;
  /** True for the lines that are the discount: they reduce the drawdown only where it is measured after discount. */
  readonly isDiscount: boolean;
  readonly reason: string;
};

type Flags = Omit<ChargeTypeRule, 'chargeType' | 'reason'>;
const COUNTS: Flags = { retires: true, discounted: true, inCap: true, isDiscount: false };
const FEE: Flags = { retires: true, discounted: false, inCap: true, isDiscount: false };
const NEVER: Flags = { retires: false, discounted: false, inCap: false, isDiscount: false };
const DISCOUNT: Flags = { retires: false, discounted: false, inCap: false, isDiscount: true };

/** Defaults; a contract may say otherwise. Covered usage and its negation cancel, so the plan's fee is what counts. */
export const CHARGE_TYPE_RULES: readonly ChargeTypeRule[] = [
  { chargeType: 'Usage', ...COUNTS, reason: 'consumption' },
  { chargeType: 'DiscountedUsage', ...COUNTS, reason: 'covered by a reserved instance: unblended cost is 0' },
  { chargeType: 'SavingsPlanCoveredUsage', ...FEE, reason: 'cancelled by its negation' },
  { chargeType: 'SavingsPlanNegation', ...FEE, reason: 'cancels the covered usage' },
  { chargeType: 'SavingsPlanRecurringFee', ...COUNTS, reason: 'plan fee, when invoiced' },
  { chargeType: 'SavingsPlanUpfrontFee', ...COUNTS, reason: 'plan fee, when invoiced' },
  { chargeType: 'RIFee', ...COUNTS, reason: 'reservation fee, when invoiced' },
  { chargeType: 'Fee', ...COUNTS, reason: 'upfront fee, when invoiced' },
  { chargeType: 'Support', ...FEE, reason: 'support counts, and is rarely discounted' },
  { chargeType: 'Refund', ...COUNTS, reason: 'takes back what counted before' },
  { chargeType: 'Tax', ...NEVER, reason: 'not AWS revenue' },
  { chargeType: 'Credit', ...NEVER, reason: 'a means of payment, not less consumption' },
  { chargeType: 'EdpDiscount', ...DISCOUNT, reason: "the agreement's discount" },
  { chargeType: 'PrivateRateDiscount', ...DISCOUNT, reason: 'negotiated rate' },
  { chargeType: 'BundledDiscount', ...DISCOUNT, reason: 'negotiated bundle' },
  { chargeType: 'SppDiscount', ...DISCOUNT, reason: 'partner discount' },
];

export type ChargeLine = {
  readonly chargeType: string;
  readonly billedAs: 'native' | 'marketplace';
  /** Unblended amount, in the agreement's currency. */
  readonly amount: number;
};

export type Drawdown = {
  readonly beforeDiscount: number;
  readonly afterDiscount: number;
  /** Marketplace amounts that may retire within the cap. */
  readonly inCap: number;
  /** Charge types without a rule and what they amount to: not counted, and said. */
  readonly unknown: readonly { readonly chargeType: string; readonly amount: number }[];
};

/** What a set of bill lines retires, on the cash basis. Pure arithmetic; rules are matched by charge type. */
export function drawdownOf(lines: readonly ChargeLine[], rules: readonly ChargeTypeRule[]): Drawdown {
  const byType = new Map(rules.map((rule) => [rule.chargeType, rule]));
  const [retiring, discounts, capped] = [emptySum(), emptySum(), emptySum()];
  const unknown = new Map<string, number>();
  for (const { chargeType, billedAs, amount } of lines) {
    const rule = byType.get(chargeType);
    if (rule === undefined) unknown.set(chargeType, (unknown.get(chargeType) ?? 0) + amount);
    else if (billedAs === 'marketplace') addTo(capped, rule.inCap && rule.retires ? amount : 0);
    else if (rule.isDiscount) addTo(discounts, amount);
    else if (rule.retires) addTo(retiring, amount);
  }
  return {
    beforeDiscount: totalOf(retiring),
    afterDiscount: totalOf(retiring) + totalOf(discounts),
    inCap: totalOf(capped),
    unknown: [...unknown].map(([chargeType, amount]) => ({ chargeType, amount })),
  };
}
