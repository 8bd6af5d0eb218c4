import { expect, test } from 'vitest';
import {
  CHARGE_TYPE_RULES,
  type ChargeLine,
  drawdownOf,
} from '../../../shared/domain/commitment/charge-types.ts';

const native = (chargeType: string, amount: number): ChargeLine => ({
  chargeType,
  billedAs: 'native',
  amount,
});

/** The month of the worked example: the covered usage and its negation cancel, the plan's fee counts. */
const MONTH: ChargeLine[] = [
  native('Usage', 100),
  native('SavingsPlanRecurringFee', 50),
  native('SavingsPlanCoveredUsage', 60),
  native('SavingsPlanNegation', -60),
  native('RIFee', 10),
  native('Support', 3),
  { chargeType: 'Usage', billedAs: 'marketplace', amount: 20 },
  native('Tax', 8),
  native('Credit', -5),
  native('EdpDiscount', -10),
];

test('a month on the cash basis: 163 before discount, 153 after, 20 in the cap', () => {
  expect(drawdownOf(MONTH, CHARGE_TYPE_RULES)).toEqual({
    beforeDiscount: 163,
    afterDiscount: 153,
    inCap: 20,
    unknown: [],
  });
});

test('a charge type without a rule is not counted, and is said with its amount', () => {
  const drawdown = drawdownOf([...MONTH, native('SurpriseFee', 7)], CHARGE_TYPE_RULES);
  expect(drawdown.beforeDiscount).toBe(163);
  expect(drawdown.unknown).toEqual([{ chargeType: 'SurpriseFee', amount: 7 }]);
});

test('a contract that counts credits says so in the table', () => {
  const rules = CHARGE_TYPE_RULES.map((rule) =>
    rule.chargeType === 'Credit' ? { ...rule, retires: true } : rule,
  );
  expect(drawdownOf(MONTH, rules).beforeDiscount).toBe(158);
});

test('tax of the Marketplace retires nothing within the cap either', () => {
  const tax: ChargeLine = { chargeType: 'Tax', billedAs: 'marketplace', amount: 4 };
  expect(drawdownOf([...MONTH, tax], CHARGE_TYPE_RULES).inCap).toBe(20);
});

test('every rule names one charge type once', () => {
  const names = CHARGE_TYPE_RULES.map(({ chargeType }) => chargeType);
  expect(new Set(names).size).toBe(names.length);
});
