// Sums of variances tie: list + variance = invoiced for every line, reason, group and total, whatever the amounts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { VARIANCE_REASONS, type VarianceReason } from '../../../shared/domain/pricing/price.ts';
import { explainUnderContract, explainVariance } from '../../../shared/domain/pricing/variance.ts';
import {
  emptyVarianceTally,
  type TalliedLine,
  tallyLine,
  varianceSum,
} from '../../../shared/domain/pricing/variance-tally.ts';
import { sumOf, totalsAgree } from '../../../shared/domain/sum.ts';

function sumOfLines(lines: readonly TalliedLine[]) {
  const tally = emptyVarianceTally();
  for (const line of lines) tallyLine(tally, line);
  return varianceSum(tally);
}

const amount = fc.double({ min: -1e5, max: 1e6, noNaN: true });
const list = fc.option(
  fc.tuple(amount, amount).map(([one, other]) => ({ low: Math.min(one, other), high: Math.max(one, other) })),
  { nil: null },
);
/** A line with the reason its own amounts give it. */
const anyLine = fc
  .record({
    invoiced: amount,
    list,
    stated: fc.option(amount, { nil: null }),
    contract: list,
    tokens: fc.option(fc.nat(1e9), { nil: null }),
  })
  .map(({ invoiced, list: catalog, stated, contract, tokens }): TalliedLine => {
    const rangeReason = catalog !== null && catalog.low < catalog.high ? ('tier' as const) : null;
    const input = {
      invoiced,
      catalog: catalog === null ? null : { ...catalog, rangeReason },
      listStated: stated,
      otherTiers: [],
    };
    const reason = contract === null ? explainVariance(input).reason : explainUnderContract(input, contract);
    return { invoiced, list: catalog, contract, reason, tokens };
  });

test('catalog amount + variance = invoiced on every line, against either end of a range', () => {
  fc.assert(
    fc.property(anyLine, ({ invoiced, list: catalog }) => {
      if (catalog === null) return;
      const { amountLow, amountHigh } = explainVariance({
        invoiced,
        catalog: { ...catalog, rangeReason: null },
        listStated: null,
        otherTiers: [],
      });
      const volume = Math.abs(invoiced) + Math.abs(catalog.low) + Math.abs(catalog.high);
      expect(totalsAgree(catalog.low + (amountHigh ?? Number.NaN), invoiced, volume)).toBe(true);
      expect(totalsAgree(catalog.high + (amountLow ?? Number.NaN), invoiced, volume)).toBe(true);
    }),
  );
});

test('list + variance = invoiced in every sum, and the reasons make the total', () => {
  fc.assert(
    fc.property(fc.array(anyLine, { maxLength: 60 }), (lines) => {
      const sum = sumOfLines(lines);
      const volume = sumOf(
        lines.map(({ invoiced, list: at }) => Math.abs(invoiced) + Math.abs(at?.low ?? 0)),
      );
      const wide = volume + sumOf(lines.map(({ contract }) => Math.abs(contract?.low ?? 0)));
      expect(totalsAgree(sum.list + sum.variance, sum.invoiced, volume)).toBe(true);
      for (const { list: low, variance, invoiced } of sum.reasons) {
        if (low !== null) expect(totalsAgree(low + (variance ?? Number.NaN), invoiced, volume)).toBe(true);
      }
      const everything = sumOf(lines.map(({ invoiced }) => invoiced));
      // list, what the contract takes off, what is left by reason: the way to the invoice.
      const expected = sumOf(sum.reasons.map((reason) => reason.expected));
      const rest = sumOf(
        sum.reasons.map(({ variance, expected: own }) => (variance === null ? 0 : variance - own)),
      );
      expect(totalsAgree(expected, sum.contract.expected, wide)).toBe(true);
      expect(totalsAgree(sum.list + sum.contract.expected + rest, sum.invoiced, wide)).toBe(true);
      expect(totalsAgree(sum.invoiced + sum.unpriced.invoiced, everything, volume)).toBe(true);
      expect(totalsAgree(sumOf(sum.reasons.map(({ invoiced }) => invoiced)), everything, volume)).toBe(true);
      expect(sum.lines + sum.unpriced.lines).toBe(lines.length);
      expect(sum.reasons.reduce((count, { lines: own }) => count + own, 0)).toBe(lines.length);
    }),
  );
});

test('groups add up to the whole, however the lines are split', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(4), anyLine), { maxLength: 60 }), (lines) => {
      const whole = sumOfLines(lines.map(([, line]) => line));
      const groups = [...Map.groupBy(lines, ([group]) => group).values()].map((own) =>
        sumOfLines(own.map(([, line]) => line)),
      );
      const volume = sumOf(
        lines.map(([, { invoiced, list: at }]) => Math.abs(invoiced) + Math.abs(at?.low ?? 0)),
      );
      for (const part of ['invoiced', 'list', 'variance'] as const) {
        expect(totalsAgree(sumOf(groups.map((group) => group[part])), whole[part], volume)).toBe(true);
      }
    }),
  );
});

const line = (
  invoiced: number,
  low: number | null,
  reason: VarianceReason,
  tokens: number | null = null,
) => ({
  invoiced,
  list: low === null ? null : { low, high: low },
  contract: null,
  reason,
  tokens,
});

test('a bill of four lines: discount and agreement tie, the line without a price has no variance', () => {
  const sum = sumOfLines([
    line(90, 100, 'contract_discount', 20e6),
    line(45, 50, 'contract_discount', 10e6),
    line(30, 30, 'none'),
    line(7, null, 'unpriced', 1e6),
  ]);
  expect(sum).toMatchObject({ invoiced: 165, list: 180, variance: -15, unpriced: { lines: 1, invoiced: 7 } });
  expect(sum.share).toBeCloseTo(-15 / 180, 12);
  expect(sum.reasons).toEqual([
    { reason: 'none', lines: 1, invoiced: 30, list: 30, variance: 0, expected: 0 },
    { reason: 'contract_discount', lines: 2, invoiced: 135, list: 150, variance: -15, expected: 0 },
    { reason: 'unpriced', lines: 1, invoiced: 7, list: null, variance: null, expected: 0 },
  ]);
  // 135 USD for 30 million priced tokens, which list at 150; the unpriced million is in neither.
  expect(sum.tokens).toBe(30e6);
  expect(sum.invoicedRate).toBeCloseTo(4.5, 12);
  expect(sum.listRate).toBeCloseTo(5, 12);
});

test('lines with a contract price: what it takes off is expected, what is left is not', () => {
  const under = { ...line(80, 100, 'contract_discount'), contract: { low: 80, high: 80 } };
  const notApplied = { ...line(50, 50, 'contract_not_applied'), contract: { low: 40, high: 45 } };
  const unlisted = { ...line(7, null, 'unpriced'), contract: { low: 6, high: 6 } };
  const sum = sumOfLines([under, notApplied, unlisted, line(30, 30, 'none')]);
  expect(sum.contract).toEqual({
    lines: 3,
    invoiced: 137,
    contracted: 126,
    contractedHigh: 131,
    listedLines: 2,
    list: 150,
    expected: -30,
  });
  expect(sum.reasons).toMatchObject([
    { reason: 'none', variance: 0, expected: 0 },
    { reason: 'contract_discount', variance: -20, expected: -20 },
    { reason: 'contract_not_applied', variance: 0, expected: -10 },
    { reason: 'unpriced', variance: null },
  ]);
  expect(sumOfLines([line(30, 30, 'none')]).contract).toMatchObject({
    lines: 0,
    contracted: null,
    list: null,
  });
});

test('no lines: sums are zero, shares and rates are not known', () => {
  expect(sumOfLines([])).toMatchObject({
    list: 0,
    share: null,
    tokens: null,
    invoicedRate: null,
    reasons: [],
  });
});

test('reasons come in one order, whatever the order of the lines', () => {
  const sum = sumOfLines(VARIANCE_REASONS.toReversed().map((reason) => line(1, 1, reason)));
  expect(sum.reasons.map(({ reason }) => reason)).toEqual([...VARIANCE_REASONS]);
});
