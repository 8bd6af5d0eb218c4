// One commitment year run through its agreement: what retires, what is paid, and what AI spend changes about it.
import { sumOf } from '../sum.ts';
import type { CommitmentYear, LineClassTerms, YearSpend } from './agreement.ts';

/** Gross (undiscounted) spend of the year that counts in one way under the agreement. */
export type SpendLine = LineClassTerms & { readonly gross: number };

/** A settled year. All amounts are in the agreement's currency; none is clamped except what cannot be negative. */
export type SettledYear = {
  readonly gross: number;
  readonly discount: number;
  readonly net: number;
  /** Retired outside the Marketplace cap. */
  readonly retiredAws: number;
  readonly marketplaceCap: number;
  /** Everything that may retire within the cap, AI or not; what exceeds the cap retires nothing. */
  readonly marketplaceEligible: number;
  readonly marketplaceRetired: number;
  readonly retired: number;
  readonly shortfall: number;
  /** The shortfall as it is settled. */
  readonly shortfallDue: number;
  readonly support: number;
  /** Σ net cost + shortfall due + support. */
  readonly cash: number;
};

export type Absorption = {
  readonly without: SettledYear;
  readonly with: SettledYear;
  /** What the year lacks without the AI spend. */
  readonly gap: number;
  readonly absorbed: number;
  readonly shortfall: number;
  /** Cash of the year with AI − without it. May be negative; never shown as "free". */
  readonly incrementalCash: number;
};

/** Non-AI spend in the two usual classes: AWS retires and is discounted, Marketplace retires within the cap only. */
export function organicLines(spend: YearSpend): SpendLine[] {
  return [
    { lineClass: 'organic AWS', gross: spend.aws, retires: true, discounted: true, inMarketplaceCap: false },
    {
      lineClass: 'organic Marketplace',
      gross: spend.marketplace,
      retires: true,
      discounted: false,
      inMarketplaceCap: true,
    },
  ];
}

/**
 * Runs a year's gross spend through the agreement.
 * retired = Σ lines outside the cap + min(cap × commit, Σ lines inside it), each line at gross or net as the drawdown
 * is measured. A shortfall measured after discount is net money already, so settling it "net" takes nothing off twice.
 */
export function settleYear(year: CommitmentYear, lines: readonly SpendLine[]): SettledYear {
  const discountOf = (line: SpendLine): number => (line.discounted ? line.gross * year.discount : 0);
  const countsAs = (line: SpendLine): number =>
    year.drawdown === 'after_discount' ? line.gross - discountOf(line) : line.gross;
  const retiring = lines.filter(({ retires }) => retires);
  const retiredAws = sumOf(retiring.filter((line) => !line.inMarketplaceCap).map(countsAs));
  const marketplaceEligible = sumOf(retiring.filter((line) => line.inMarketplaceCap).map(countsAs));
  const marketplaceCap = year.marketplaceCap * year.commit;
  const marketplaceRetired = Math.min(marketplaceCap, marketplaceEligible);
  const retired = retiredAws + marketplaceRetired;
  const shortfall = Math.max(0, year.commit - retired);
  const discountsShortfall = year.shortfallSettled === 'net' && year.drawdown === 'before_discount';
  const shortfallDue = discountsShortfall ? shortfall * (1 - year.discount) : shortfall;
  const gross = sumOf(lines.map((line) => line.gross));
  const discount = sumOf(lines.map(discountOf));
  const net = gross - discount;
  const support = net * year.support;
  return {
    gross,
    discount,
    net,
    retiredAws,
    marketplaceCap,
    marketplaceEligible,
    marketplaceRetired,
    retired,
    shortfall,
    shortfallDue,
    support,
    cash: sumOf([net, shortfallDue, support]),
  };
}

/** Settles the year with and without the AI spend and takes the difference. */
export function absorb(
  year: CommitmentYear,
  organic: readonly SpendLine[],
  ai: readonly SpendLine[],
): Absorption {
  const without = settleYear(year, organic);
  const withAi = settleYear(year, [...organic, ...ai]);
  const gap = without.shortfall;
  return {
    without,
    with: withAi,
    gap,
    absorbed: Math.min(gap, withAi.retired - without.retired),
    shortfall: withAi.shortfall,
    incrementalCash: withAi.cash - without.cash,
  };
}

/** What absorption is worth against buying the same usage directly: direct cost − incremental cash. */
export function againstDirect(directCost: number, incrementalCash: number): number {
  return directCost - incrementalCash;
}

/** Share by which gross usage must exceed a commitment measured after a discount to retire it: 1 ÷ (1 − d) − 1. */
export function extraGrossForDiscount(discount: number): number {
  return 1 / (1 - discount) - 1;
}
