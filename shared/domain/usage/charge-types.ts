// The export's line-item types: what kind of charge each is, and whether its line is usage with a quantity that counts.

export const CHARGE_KINDS = [
  'usage',
  'negation',
  'commitment_fee',
  'fee',
  'tax',
  'credit',
  'refund',
  'discount',
  'unknown',
] as const;
export type ChargeKind = (typeof CHARGE_KINDS)[number];

export type ChargeType = {
  readonly kind: ChargeKind;
  /** False for tax, credit, refund, discount and fee lines, and for types this table does not know. */
  readonly isUsage: boolean;
  /** Whether the line's quantity is consumption; a negation repeats its covered line's quantity. */
  readonly countsQuantity: boolean;
  readonly reason: string;
};

const USAGE = { kind: 'usage', isUsage: true, countsQuantity: true } as const;
const NOT_USAGE = { isUsage: false, countsQuantity: false } as const;

/** Line-item type → how it counts. Every line counts in the invoice total, known type or not. */
export const CHARGE_TYPES = {
  Usage: { ...USAGE, reason: 'metered at on-demand rates' },
  DiscountedUsage: { ...USAGE, reason: 'metered, paid for by a reservation' },
  SavingsPlanCoveredUsage: { ...USAGE, reason: 'metered, paid for by a Savings Plan' },
  SavingsPlanNegation: {
    ...NOT_USAGE,
    kind: 'negation',
    reason: 'takes the covered usage off the invoice again',
  },
  SavingsPlanRecurringFee: { ...NOT_USAGE, kind: 'commitment_fee', reason: 'hourly Savings Plan commitment' },
  SavingsPlanUpfrontFee: { ...NOT_USAGE, kind: 'commitment_fee', reason: 'Savings Plan paid ahead' },
  RIFee: { ...NOT_USAGE, kind: 'commitment_fee', reason: 'monthly fee of a reservation' },
  Fee: { ...NOT_USAGE, kind: 'fee', reason: 'one-off or subscription charge' },
  FlatRateSubscription: { ...NOT_USAGE, kind: 'fee', reason: 'subscription at a flat rate' },
  Tax: { ...NOT_USAGE, kind: 'tax', reason: 'tax, with an empty usage type' },
  Credit: { ...NOT_USAGE, kind: 'credit', reason: 'credit or free tier' },
  Refund: { ...NOT_USAGE, kind: 'refund', reason: 'money returned' },
  BundledDiscount: { ...NOT_USAGE, kind: 'discount', reason: 'usage-based discount' },
  EdpDiscount: { ...NOT_USAGE, kind: 'discount', reason: 'enterprise agreement' },
  PrivateRateDiscount: { ...NOT_USAGE, kind: 'discount', reason: 'negotiated rate' },
  Discount: { ...NOT_USAGE, kind: 'discount', reason: 'discount of a kind not named' },
} as const satisfies Record<string, ChargeType>;

const UNKNOWN: ChargeType = {
  ...NOT_USAGE,
  kind: 'unknown',
  reason: 'a line-item type not known here: its cost counts, its quantity does not',
};

const BY_NAME: ReadonlyMap<string, ChargeType> = new Map(
  Object.entries(CHARGE_TYPES).map(([name, chargeType]) => [name.toLowerCase(), chargeType]),
);

/** How a line-item type counts. AWS adds discount types by program; each ends in "Discount". */
export function chargeTypeOf(lineItemType: string | null): ChargeType {
  const name = lineItemType?.toLowerCase() ?? '';
  return BY_NAME.get(name) ?? (name.endsWith('discount') ? CHARGE_TYPES.Discount : UNKNOWN);
}
