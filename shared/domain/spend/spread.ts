// Spreads discounts and credits, which name no model, over the usage they apply to; what applies to none stays where it is.
import { addTo, emptySum, type Sum, totalOf } from '../sum.ts';

/** Bases whose amounts are spread; list and catalog amounts have no discounts. */
export const SPREAD_BASES = ['unblended', 'netUnblended', 'amortized', 'netAmortized'] as const;
export type SpreadBasis = (typeof SPREAD_BASES)[number];

export const isSpreadBasis = (name: string): name is SpreadBasis =>
  (SPREAD_BASES as readonly string[]).includes(name);

/** Sums of the lines of one delivery, account, invoice, product and usage type in one currency; null = not stated. */
export type SpreadSums = { readonly [B in SpreadBasis]: number | null } & {
  /** Unblended cost of the lines that leave the amortized bases open. */
  readonly amortizedOpen: number;
  readonly netAmortizedOpen: number;
};

export type SpreadLine = SpreadSums & {
  /** Delivery, invoice, account, product and currency: what a deduction and its usage share. */
  readonly product: string;
  /** Null where the line names none: it then applies to all usage of the product. */
  readonly usageType: string | null;
  readonly role: 'usage' | 'deduction';
};

/** What one unit of a usage line's unblended cost takes on of a deduction, on each basis. */
export type SpreadFactors = Readonly<Record<SpreadBasis, number>>;

/** The usage that a deduction applies to: a product, or one usage type of it. */
export const spreadKey = (product: string, usageType: string | null): string =>
  usageType === null ? product : `${product}/${usageType}`;

/**
 * The factors of every key whose deductions can be spread. A deduction goes to the usage of its delivery, invoice,
 * account, product and, where it names one, usage type, in proportion to unblended cost. Where no such usage is, or
 * less than the deduction, nothing is spread: it would be a guess.
 */
export function spreadFactors(lines: readonly SpreadLine[]): ReadonlyMap<string, SpreadFactors> {
  const usage = new Map<string, Totals>();
  const deductions = new Map<string, Totals>();
  for (const line of lines) {
    const { product, usageType, role } = line;
    if (role === 'deduction') add(deductions, spreadKey(product, usageType), line);
    else {
      add(usage, product, line);
      if (usageType !== null) add(usage, spreadKey(product, usageType), line);
    }
  }
  const factors = new Map<string, SpreadFactors>();
  for (const [key, deducted] of deductions) {
    const base = usage.get(key);
    if (base === undefined) continue;
    const found = factorsOf(deducted, base);
    if (found !== null) factors.set(key, found);
  }
  return factors;
}

type Totals = Readonly<Record<SpreadBasis | 'amortizedOpen' | 'netAmortizedOpen', Sum>>;

function add(into: Map<string, Totals>, key: string, line: SpreadSums): void {
  const held = into.get(key) ?? {
    unblended: emptySum(),
    netUnblended: emptySum(),
    amortized: emptySum(),
    netAmortized: emptySum(),
    amortizedOpen: emptySum(),
    netAmortizedOpen: emptySum(),
  };
  into.set(key, held);
  for (const basis of SPREAD_BASES) addTo(held[basis], line[basis] ?? 0);
  addTo(held.amortizedOpen, line.amortizedOpen);
  addTo(held.netAmortizedOpen, line.netAmortizedOpen);
}

/** Null where a basis has less usage than is deducted on it. */
function factorsOf(deducted: Totals, usage: Totals): SpreadFactors | null {
  const unblended = totalOf(usage.unblended);
  const bases: Readonly<Record<SpreadBasis, number>> = {
    unblended,
    netUnblended: unblended,
    amortized: unblended - totalOf(usage.amortizedOpen),
    netAmortized: unblended - totalOf(usage.netAmortizedOpen),
  };
  const fits = SPREAD_BASES.every((basis) => {
    const amount = totalOf(deducted[basis]);
    return amount === 0 || (bases[basis] > 0 && Math.abs(amount) <= bases[basis] * (1 + 1e-9));
  });
  if (!fits) return null;
  const factor = (basis: SpreadBasis): number =>
    bases[basis] > 0 ? totalOf(deducted[basis]) / bases[basis] : 0;
  return {
    unblended: factor('unblended'),
    netUnblended: factor('netUnblended'),
    amortized: factor('amortized'),
    netAmortized: factor('netAmortized'),
  };
}
