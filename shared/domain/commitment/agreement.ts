// The terms of an EDP/PPA year as the user knows them. No rate has a default: there is no public tier table.

/** How a class of AI spend counts under the agreement: three independent questions. */
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
