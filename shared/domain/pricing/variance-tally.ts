// Adds lines up by why they differ from list, so that catalog amount + variance = invoiced holds for every sum.
import { addTo, emptySum, type Sum, totalOf, totalsAgree } from '../sum.ts';
import { VARIANCE_REASONS, type VarianceReason } from './price.ts';

/** What one usage line adds: amounts in USD. */
export type TalliedLine = {
  readonly invoiced: number;
  /** Catalog amount, low and high end; null = no price, no known quantity, or not a quantity that counts. */
  readonly list: { readonly low: number; readonly high: number } | null;
  /** Amount under the contract; null = no contract price is known. */
  readonly contract: { readonly low: number; readonly high: number } | null;
  readonly reason: VarianceReason;
  /** Billed inference or embedding tokens; null where the line counts something else, or nothing. */
  readonly tokens: number | null;
};

type Part = {
  lines: number;
  readonly invoiced: Sum;
  readonly low: Sum;
  readonly high: Sum;
  readonly contract: ContractPart;
};

/** Lines with a contract price: `list` and `expected` only of those that have a catalog amount too. */
type ContractPart = {
  lines: number;
  listedLines: number;
  readonly invoiced: Sum;
  readonly list: Sum;
  readonly low: Sum;
  readonly high: Sum;
  readonly expected: Sum;
};

export type Tally = {
  readonly parts: Map<VarianceReason, Part>;
  /** Tokens of the priced lines with what was invoiced and listed for them. */
  readonly tokens: { readonly count: Sum; readonly invoiced: Sum; readonly low: Sum; lines: number };
};

export function emptyVarianceTally(): Tally {
  return {
    parts: new Map(),
    tokens: { count: emptySum(), invoiced: emptySum(), low: emptySum(), lines: 0 },
  };
}

export function tallyLine(
  { parts, tokens }: Tally,
  { invoiced, list, contract, reason, tokens: count }: TalliedLine,
): void {
  const part = parts.get(reason) ?? emptyPart();
  parts.set(reason, part);
  part.lines += 1;
  addTo(part.invoiced, invoiced);
  if (contract !== null) tallyContract(part.contract, invoiced, list, contract);
  if (list === null) return;
  addTo(part.low, list.low);
  addTo(part.high, list.high);
  if (count === null) return;
  tokens.lines += 1;
  addTo(tokens.count, count);
  addTo(tokens.invoiced, invoiced);
  addTo(tokens.low, list.low);
}

const emptyPart = (): Part => ({
  lines: 0,
  invoiced: emptySum(),
  low: emptySum(),
  high: emptySum(),
  contract: {
    lines: 0,
    listedLines: 0,
    invoiced: emptySum(),
    list: emptySum(),
    low: emptySum(),
    high: emptySum(),
    expected: emptySum(),
  },
});

function tallyContract(
  part: ContractPart,
  invoiced: number,
  list: TalliedLine['list'],
  { low, high }: NonNullable<TalliedLine['contract']>,
): void {
  part.lines += 1;
  addTo(part.invoiced, invoiced);
  addTo(part.low, low);
  addTo(part.high, high);
  if (list === null) return;
  part.listedLines += 1;
  addTo(part.list, list.low);
  addTo(part.expected, low);
  addTo(part.expected, -list.low);
}

/** One reason's lines. `variance` = invoiced − list; both null where the lines have no catalog amount. */
export type ReasonSum = {
  readonly reason: VarianceReason;
  readonly lines: number;
  readonly invoiced: number;
  readonly list: number | null;
  readonly variance: number | null;
  /** The part of the variance that contract prices account for (contract − list); the rest is variance − expected. */
  readonly expected: number;
};

export type VarianceSum = {
  /** Priced lines: how many, invoiced, at list (low end of a range) and the difference. */
  readonly lines: number;
  readonly invoiced: number;
  readonly list: number;
  /** List at the high end of every range. */
  readonly listHigh: number;
  readonly variance: number;
  /** Variance as a share of list; null where list is 0. */
  readonly share: number | null;
  readonly unpriced: { readonly lines: number; readonly invoiced: number };
  /** The lines whose contract price is known, low end of a range; amounts null without one: unknown is not zero. */
  readonly contract: {
    readonly lines: number;
    readonly invoiced: number;
    readonly contracted: number | null;
    readonly contractedHigh: number | null;
    /** Of those with a catalog amount: their list, and contract − list. */
    readonly listedLines: number;
    readonly list: number | null;
    readonly expected: number;
  };
  /** In the order of `VARIANCE_REASONS`; only reasons that occur. */
  readonly reasons: readonly ReasonSum[];
  /** Over the priced token lines; rates in USD per 1,000,000 tokens, null without tokens. */
  readonly tokens: number | null;
  readonly invoicedRate: number | null;
  readonly listRate: number | null;
};

/**
 * The sums of a tally: variance = invoiced − list for every reason, and over all priced lines. Lines without a
 * catalog amount stand apart as `unpriced`: their variance is not known, and not zero.
 */
export function varianceSum({ parts, tokens }: Tally): VarianceSum {
  const reasons = VARIANCE_REASONS.flatMap((reason) => {
    const part = parts.get(reason);
    return part === undefined ? [] : [reasonSum(reason, part)];
  });
  const priced = [...parts].filter(([reason]) => reason !== 'unpriced').map(([, part]) => part);
  const over = (read: (part: Part) => Sum): number => {
    const sum = emptySum();
    for (const part of priced) addTo(sum, totalOf(read(part)));
    return totalOf(sum);
  };
  const [invoiced, list] = [over((part) => part.invoiced), over((part) => part.low)];
  const unpriced = parts.get('unpriced');
  const count = totalOf(tokens.count);
  const rate = (sum: Sum): number | null => (count > 0 ? (totalOf(sum) / count) * 1e6 : null);
  return {
    lines: priced.reduce((lines, part) => lines + part.lines, 0),
    invoiced,
    list,
    listHigh: over((part) => part.high),
    variance: difference(invoiced, list),
    share: list === 0 ? null : difference(invoiced, list) / Math.abs(list),
    unpriced: {
      lines: unpriced?.lines ?? 0,
      invoiced: unpriced === undefined ? 0 : totalOf(unpriced.invoiced),
    },
    contract: contractSum([...parts.values()].map(({ contract }) => contract)),
    reasons,
    tokens: tokens.lines === 0 ? null : count,
    invoicedRate: rate(tokens.invoiced),
    listRate: rate(tokens.low),
  };
}

function contractSum(parts: readonly ContractPart[]): VarianceSum['contract'] {
  const over = (read: (part: ContractPart) => Sum): number => {
    const sum = emptySum();
    for (const part of parts) addTo(sum, totalOf(read(part)));
    return totalOf(sum);
  };
  const count = (read: (part: ContractPart) => number): number =>
    parts.reduce((lines, part) => lines + read(part), 0);
  const [lines, listedLines] = [count((part) => part.lines), count((part) => part.listedLines)];
  return {
    lines,
    invoiced: over((part) => part.invoiced),
    contracted: lines === 0 ? null : over((part) => part.low),
    contractedHigh: lines === 0 ? null : over((part) => part.high),
    listedLines,
    list: listedLines === 0 ? null : over((part) => part.list),
    expected: over((part) => part.expected),
  };
}

function reasonSum(reason: VarianceReason, { lines, invoiced, low, contract }: Part): ReasonSum {
  const expected = totalOf(contract.expected);
  if (reason === 'unpriced')
    return { reason, lines, invoiced: totalOf(invoiced), list: null, variance: null, expected };
  const [paid, list] = [totalOf(invoiced), totalOf(low)];
  return { reason, lines, invoiced: paid, list, variance: difference(paid, list), expected };
}

/** invoiced − list; sums that are equal in the sense of the tie-out have no difference. */
function difference(invoiced: number, list: number): number {
  return totalsAgree(invoiced, list, Math.max(Math.abs(invoiced), Math.abs(list))) ? 0 : invoiced - list;
}
