// Reserved tier: tokens per minute bought in advance, input and output apart; what is above goes to the standard tier.
import { type CapacityPurchase, capacityEffect, capacityFacts } from './capacity-lever.ts';
import { type LeverRules, type Notice, rangesOf, TOUCHES_NOTHING } from './lever.ts';
import type { ReservedLever } from './scenario.ts';

/** Smallest purchase, thousands of tokens per minute (AWS pricing page and service-tier guide, seen 2026-07). */
export const RESERVED_MINIMUM = { input: 100, output: 10 } as const;

export const reservedRules: LeverRules<ReservedLever> = {
  title: 'Reserved tier',
  reason: 'Buys tokens per minute for a term; overflow is served at the standard tier.',
  parameters: (lever) =>
    rangesOf(lever, {
      usdPerInputHour: ['price of 1K input tokens a minute', 'unit price'],
      usdPerOutputHour: ['price of 1K output tokens a minute', 'unit price'],
      peakFactor: ['peak within the hour', 'factor'],
      cacheReadWeight: ['weight of cache reads', 'ratio'],
    }),
  isSteady: () => false,
  unstated: (lever) => (isPriced(lever) ? null : PRICE_UNSTATED),
  effect: (lever, slicesOf, around) =>
    lever.inputThousands === 0 && lever.outputThousands === 0
      ? TOUCHES_NOTHING
      : capacityEffect(purchaseOf(lever), slicesOf(), around),
  facts(lever, slices, around) {
    const purchase = purchaseOf(lever);
    const hour = isPriced(lever) ? purchase.usdPerHour : null;
    return [
      ...capacityFacts(purchase, hour, slices, around),
      {
        name: 'committed over the term',
        model: null,
        value: hour === null ? null : hour * around.hoursPerMonth * lever.termMonths,
        unit: around.currency,
        note: `${lever.termMonths} months of ${around.hoursPerMonth} hours; billing goes on until the reservation is removed`,
      },
    ];
  },
};

/** Whether what is reserved has a price. */
function isPriced({ inputThousands, outputThousands, usdPerInputHour, usdPerOutputHour }: ReservedLever) {
  return (
    (inputThousands === 0 || usdPerInputHour.high > 0) && (outputThousands === 0 || usdPerOutputHour.high > 0)
  );
}

const PRICE_UNSTATED: Notice = {
  code: 'capacity_price_unstated',
  message: 'What an hour of the reserved tokens costs is not stated, so nothing is reserved.',
};

/** hours × (KTPM in × rate in + KTPM out × rate out), for what one hour costs. */
function purchaseOf(lever: ReservedLever): CapacityPurchase {
  const { id, inputThousands, outputThousands, usdPerInputHour, usdPerOutputHour, peakFactor } = lever;
  return {
    leverId: id,
    mode: 'reserved',
    label: 'Reserved tokens per minute',
    capacity: {
      input: (inputThousands * 60_000) / peakFactor.base,
      output: (outputThousands * 60_000) / peakFactor.base,
    },
    usdPerHour: inputThousands * usdPerInputHour.base + outputThousands * usdPerOutputHour.base,
    formula: `${inputThousands}K input and ${outputThousands}K output tokens a minute × price an hour`,
    cacheReadWeight: lever.cacheReadWeight.base,
    overflow: 'spill',
    refusals: belowMinimum(lever),
  };
}

function belowMinimum({ inputThousands, outputThousands }: ReservedLever): Notice[] {
  if (inputThousands >= RESERVED_MINIMUM.input && outputThousands >= RESERVED_MINIMUM.output) return [];
  const { input, output } = RESERVED_MINIMUM;
  return [
    {
      code: 'below_minimum',
      message: `The smallest reservation is ${input}K input and ${output}K output tokens a minute.`,
    },
  ];
}
