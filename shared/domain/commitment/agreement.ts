// The terms of an EDP/PPA year as the user knows them. No rate has a default: there is no public tier table.

/**
 * How a class of AI spend counts under the agreement: three independent questions.
 * A class is `native` or `marketplace`, or one provider's part of it: `marketplace:Anthropic`. The narrower wins.
 */
export type LineClassTerms = {
  readonly lineClass: string;
  readonly retires: boolean;
  readonly discounted: boolean;
  readonly inMarketplaceCap: boolean;
};

/** One commitment year. Amounts are in the agreement's currency, shares are 0…1. */
export type CommitmentYear = {
  /** First day of the year, ISO date; any start date. */
  readonly start: string;
  readonly commit: number;
  readonly discount: number;
  readonly drawdown: 'before_discount' | 'after_discount';
  readonly shortfallSettled: 'face' | 'net';
  /** Share of the commitment that Marketplace purchases may retire (0.25 is the commonly reported default). */
  readonly marketplaceCap: number;
  /** Support as a share of net cost; 0 where support is billed apart. */
  readonly support: number;
};

/** Spend of a commitment year at gross (undiscounted) prices. */
export type YearSpend = {
  readonly aws: number;
  readonly marketplace: number;
};

/**
 * Terms where the user has said nothing, the conservative way: what Marketplace bills retires commitment within the
 * cap and earns no discount. Sources conflict on this: the contract's clause decides, and the user sets it.
 */
export const DEFAULT_CLASS_TERMS: readonly LineClassTerms[] = [
  { lineClass: 'native', retires: true, discounted: true, inMarketplaceCap: false },
  { lineClass: 'marketplace', retires: true, discounted: false, inMarketplaceCap: true },
];

/** The terms of one provider's AI spend: the user's narrowest statement, else the default. */
export function termsFor(
  classes: readonly LineClassTerms[],
  billedAs: 'native' | 'marketplace',
  provider: string | null,
): LineClassTerms {
  const named = (lineClass: string) => classes.find((terms) => terms.lineClass === lineClass);
  const found = named(`${billedAs}:${provider ?? ''}`) ?? named(billedAs);
  if (found !== undefined) return found;
  const [native, marketplace] = DEFAULT_CLASS_TERMS as readonly [LineClassTerms, LineClassTerms];
  return billedAs === 'native' ? native : marketplace;
}
