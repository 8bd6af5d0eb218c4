// How one line reads on each basis, and how discounts count once: small bills with known answers.
import { describe, expect, test } from 'vitest';
import {
  contractedCost,
  costBases,
  isDiscountLine,
  PLAIN_NET_READING,
  type StatedAmounts,
} from '../../../shared/domain/spend/bases.ts';
import { type DiscountDecision, decideDiscountShape } from '../../../shared/domain/spend/discount-shape.ts';

const nothing: StatedAmounts = {
  unblended: 0,
  netUnblended: null,
  discount: null,
  list: null,
  effective: null,
  contracted: null,
  hasReservation: false,
  reservationEffective: null,
  netReservationEffective: null,
  unusedReservationUpfront: null,
  netUnusedReservationUpfront: null,
  unusedReservationRecurring: null,
  netUnusedReservationRecurring: null,
  savingsPlanEffective: null,
  netSavingsPlanEffective: null,
  savingsPlanCommitment: null,
  savingsPlanUsed: null,
  savingsPlanRecurring: null,
  netSavingsPlanRecurring: null,
  savingsPlanUpfront: null,
  netSavingsPlanUpfront: null,
};

type Line = { chargeType: string } & Partial<StatedAmounts>;

/** Decides on a bill of these lines, then adds them up on every basis. */
function bill(lines: readonly Line[]): {
  decision: DiscountDecision;
  unblended: number;
  net: number;
  amortized: number;
  netAmortized: number;
  invoice: number;
} {
  const amounts = lines.map((line) => ({ ...nothing, ...line }));
  const others = amounts.filter(({ chargeType }) => !isDiscountLine(chargeType));
  const discounts = amounts.filter(({ chargeType }) => isDiscountLine(chargeType));
  const sum = (values: readonly (number | null)[]): number =>
    values.reduce((left: number, right) => left + (right ?? 0), 0);
  const decision = decideDiscountShape({
    lines: sum(discounts.map(({ unblended }) => unblended)),
    linesWithBlankNet: sum(discounts.map((line) => (line.netUnblended === null ? line.unblended : 0))),
    statedNetDifference: sum(
      others.map((line) => (line.netUnblended === null ? 0 : line.netUnblended - line.unblended)),
    ),
    columns: sum(others.map(({ discount }) => discount)),
    columnsWithBlankNet: sum(others.map((line) => (line.netUnblended === null ? line.discount : 0))),
    absolute: sum(amounts.map(({ unblended }) => Math.abs(unblended))),
  });
  const bases = amounts.map((line) => costBases(line, line.chargeType, false, decision.reading));
  const unblended = sum(amounts.map((line) => line.unblended));
  const net = sum(bases.map(({ netUnblended }) => netUnblended));
  return {
    decision,
    unblended,
    net,
    amortized: sum(bases.map(({ amortized }) => amortized)),
    netAmortized: sum(bases.map(({ netAmortized }) => netAmortized)),
    invoice: decision.invoiceBasis === 'unblended' ? unblended : net,
  };
}

describe('a discount counts once, however the bill states it', () => {
  test('L: as a line', () => {
    const { decision, invoice, net } = bill([
      { chargeType: 'Usage', unblended: 100 },
      { chargeType: 'EdpDiscount', unblended: -10 },
    ]);
    expect(decision).toMatchObject({ shape: 'lines', invoiceBasis: 'unblended', certain: true });
    expect([invoice, net]).toEqual([90, 90]);
  });

  test('C: as a column and in the net cost, where the sum of unblended cost says 100', () => {
    const { decision, invoice, net, unblended } = bill([
      { chargeType: 'Usage', unblended: 100, discount: -10, netUnblended: 90 },
    ]);
    expect(decision).toMatchObject({ shape: 'columns', invoiceBasis: 'netUnblended', certain: true });
    expect([unblended, invoice, net]).toEqual([100, 90, 90]);
  });

  test('C without a net column: net is unblended with its discount columns', () => {
    const { decision, invoice, net } = bill([{ chargeType: 'Usage', unblended: 100, discount: -10 }]);
    expect(decision.shape).toBe('columns');
    expect([invoice, net]).toEqual([90, 90]);
  });

  test('B: in the net cost and as a line whose own net is blank, where a fallback per line says 80', () => {
    const { decision, invoice, net } = bill([
      { chargeType: 'Usage', unblended: 100, netUnblended: 90 },
      { chargeType: 'EdpDiscount', unblended: -10 },
    ]);
    expect(decision).toMatchObject({ shape: 'both', invoiceBasis: 'unblended', certain: true });
    expect([invoice, net]).toEqual([90, 90]);
  });

  test('B with columns instead of net cost', () => {
    const { decision, invoice, net } = bill([
      { chargeType: 'Usage', unblended: 100, discount: -10 },
      { chargeType: 'EdpDiscount', unblended: -10 },
    ]);
    expect(decision).toMatchObject({ shape: 'both', certain: true });
    expect([invoice, net]).toEqual([90, 90]);
  });

  test('net stated and equal to unblended takes nothing off, so the discount line counts', () => {
    const { decision, invoice, net } = bill([
      { chargeType: 'Usage', unblended: 100, netUnblended: 100 },
      { chargeType: 'EdpDiscount', unblended: -10 },
    ]);
    expect(decision.shape).toBe('lines');
    expect([invoice, net]).toEqual([90, 90]);
  });

  test('two statements that do not agree are said to be uncertain', () => {
    const { decision, invoice } = bill([
      { chargeType: 'Usage', unblended: 100, discount: -4 },
      { chargeType: 'EdpDiscount', unblended: -10 },
    ]);
    expect(decision).toMatchObject({ shape: 'both', certain: false });
    expect(invoice).toBe(90);
  });

  test('a bill without discounts has none, and a blank net is the unblended cost', () => {
    const { decision, net } = bill([
      { chargeType: 'Usage', unblended: 100 },
      { chargeType: 'Tax', unblended: 8 },
      { chargeType: 'Credit', unblended: -5 },
    ]);
    expect(decision).toMatchObject({ shape: 'none', invoiceBasis: 'unblended' });
    expect(net).toBe(103);
  });

  test('usage covered by a reservation is not a discount line', () => {
    expect(isDiscountLine('DiscountedUsage')).toBe(false);
    expect(['EdpDiscount', 'BundledDiscount', 'PrivateRateDiscount'].every(isDiscountLine)).toBe(true);
  });
});

describe('amortized cost follows the charge type', () => {
  test('covered usage 60 (net 54) and usage 40 (net 36): amortized 100, net amortized 90', () => {
    const { amortized, netAmortized } = bill([
      {
        chargeType: 'SavingsPlanCoveredUsage',
        unblended: 80,
        netUnblended: 72,
        savingsPlanEffective: 60,
        netSavingsPlanEffective: 54,
      },
      { chargeType: 'SavingsPlanNegation', unblended: -80, netUnblended: -72 },
      { chargeType: 'Usage', unblended: 40, netUnblended: 36 },
    ]);
    expect([amortized, netAmortized]).toEqual([100, 90]);
  });

  const cases: { line: Line; amortized: number | null; netAmortized: number | null }[] = [
    { line: { chargeType: 'Usage', unblended: 7 }, amortized: 7, netAmortized: 7 },
    {
      line: {
        chargeType: 'DiscountedUsage',
        unblended: 0,
        reservationEffective: 3,
        netReservationEffective: 2,
      },
      amortized: 3,
      netAmortized: 2,
    },
    { line: { chargeType: 'DiscountedUsage', unblended: 0 }, amortized: null, netAmortized: null },
    {
      line: {
        chargeType: 'SavingsPlanRecurringFee',
        unblended: 10,
        savingsPlanCommitment: 10,
        savingsPlanUsed: 8,
      },
      amortized: 2,
      netAmortized: 2,
    },
    {
      line: {
        chargeType: 'SavingsPlanRecurringFee',
        unblended: 10,
        savingsPlanCommitment: 10,
        savingsPlanUsed: 8,
        savingsPlanRecurring: 10,
        netSavingsPlanRecurring: 9,
      },
      amortized: 2,
      netAmortized: 1.8,
    },
    { line: { chargeType: 'SavingsPlanUpfrontFee', unblended: 1200 }, amortized: 0, netAmortized: 0 },
    {
      line: {
        chargeType: 'RIFee',
        unblended: 20,
        unusedReservationUpfront: 1,
        unusedReservationRecurring: 4,
        netUnusedReservationRecurring: 3,
      },
      amortized: 5,
      netAmortized: 4,
    },
    { line: { chargeType: 'Fee', unblended: 500, hasReservation: true }, amortized: 0, netAmortized: 0 },
    { line: { chargeType: 'Fee', unblended: 500 }, amortized: 500, netAmortized: 500 },
    { line: { chargeType: 'Refund', unblended: -9 }, amortized: -9, netAmortized: -9 },
    { line: { chargeType: 'SomethingNew', unblended: 3 }, amortized: 3, netAmortized: 3 },
  ];
  test.each(cases)(
    '$line.chargeType → $amortized, net $netAmortized',
    ({ line, amortized, netAmortized }) => {
      const bases = costBases({ ...nothing, ...line }, line.chargeType, false, PLAIN_NET_READING);
      expect([bases.amortized, bases.netAmortized]).toEqual([amortized, netAmortized]);
    },
  );
});

describe('list cost', () => {
  const list = (stated: number | null, isMarketplace: boolean, chargeType = 'Usage'): number | null =>
    costBases({ ...nothing, list: stated }, chargeType, isMarketplace, PLAIN_NET_READING).list;

  test('0 or blank on a Marketplace line is not stated; elsewhere 0 is free', () => {
    expect(list(0, true)).toBeNull();
    expect(list(null, true)).toBeNull();
    expect(list(2, true)).toBe(2);
    expect(list(0, false)).toBe(0);
    expect(list(null, false)).toBeNull();
  });

  test('a Savings Plan negation lists nothing: its usage line does', () => {
    expect(list(-5, false, 'SavingsPlanNegation')).toBe(0);
  });
});

test.each([
  ['what is stated stands', 3, 4, 3],
  ['nothing is stated', null, 4, null],
  ['0 on a billed line is not stated: real exports fill it in where they know none', 0, 4, null],
  ['0 on a line that costs nothing is 0', 0, 0, 0],
  ['usage that a commitment covers is billed at 0 and has a contracted cost', 0.7, 0, 0.7],
  ['a refund', -0.1, -0.1, -0.1],
])('contracted cost: %s', (_, stated, unblended, contracted) => {
  expect(contractedCost(stated, unblended)).toBe(contracted);
});
