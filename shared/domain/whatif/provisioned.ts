// Provisioned throughput: model units by the hour, for a term, sized on the hours of the bill.
import { type Capacity, times } from './capacity.ts';
import { type CapacityPurchase, capacityEffect, capacityFacts, countFacts } from './capacity-lever.ts';
import { type LeverRules, type Notice, rangesOf, TOUCHES_NOTHING } from './lever.ts';
import type { ProvisionedLever } from './scenario.ts';

export const provisionedRules: LeverRules<ProvisionedLever> = {
  title: 'Provisioned throughput',
  reason: 'Buys model units by the hour; what fits into them is not paid by the token any more.',
  parameters: (lever) =>
    rangesOf(lever, {
      usdPerUnitHour: ['price of a unit’s hour', 'unit price'],
      peakFactor: ['peak within the hour', 'factor'],
    }),
  isSteady: () => false,
  unstated: (lever) => (lever.units > 0 && unitHourOf(lever) === null ? PRICE_UNSTATED : null),
  effect: (lever, slicesOf, around) =>
    lever.units === 0 ? TOUCHES_NOTHING : capacityEffect(purchaseOf(lever), slicesOf(), around),
  facts: (lever, slices, around) => {
    const purchase = purchaseOf(lever);
    const { units, spareUnits, termMonths } = lever;
    const unitHour = unitHourOf(lever);
    const hour = unitHour === null ? null : (units + spareUnits) * unitHour;
    return [
      ...(units === 0 ? [] : capacityFacts(purchase, hour, slices, around)),
      ...countFacts(purchase, perUnit(lever), unitHour, lever, slices, around),
      {
        name: 'committed over the term',
        model: null,
        value: hour === null ? null : hour * around.hoursPerMonth * termMonths,
        unit: around.currency,
        note:
          termMonths === 0
            ? 'no term: can be ended by the hour'
            : `${termMonths} months of ${around.hoursPerMonth} hours, due whether it is used or not`,
      },
    ];
  },
};

/** USD; null while nobody states it. */
export function unitHourOf({ usdPerUnitHour: { base, high } }: ProvisionedLever): number | null {
  return high === 0 ? null : base;
}

const PRICE_UNSTATED: Notice = {
  code: 'capacity_price_unstated',
  message: 'What a unit’s hour costs is not stated, so none is bought.',
};

/** What one unit serves in an hour whose busiest minute is `peakFactor` times its mean. */
export function perUnit({ unitInputPerMinute, unitOutputPerMinute, peakFactor }: ProvisionedLever): Capacity {
  return times({ input: unitInputPerMinute * 60, output: unitOutputPerMinute * 60 }, 1 / peakFactor.base);
}

const CAPACITY_UNKNOWN: Notice = {
  code: 'capacity_unknown',
  message:
    'How many tokens a minute one unit serves is not stated: it is in your contract or your load test.',
};

export function purchaseOf(lever: ProvisionedLever): CapacityPurchase {
  const { id, units, spareUnits, usdPerUnitHour, unitInputPerMinute, unitOutputPerMinute, overflow } = lever;
  const paid = units + spareUnits;
  return {
    leverId: id,
    mode: 'provisioned',
    label: 'Model units',
    capacity: times(perUnit(lever), units),
    usdPerHour: paid * usdPerUnitHour.base,
    formula: `${paid} units × price an hour`,
    cacheReadWeight: 1,
    overflow,
    refusals: unitInputPerMinute === 0 || unitOutputPerMinute === 0 ? [CAPACITY_UNKNOWN] : [],
  };
}
