// A model of one's own: fine-tuned, distilled or imported. What making it costs once, keeping it a month, serving it.
import { sumOf } from '../sum.ts';
import type { Fact } from './answer.ts';
import {
  type Charge,
  type Effect,
  type LeverRules,
  type Notice,
  ofBoth,
  type Plan,
  rangesOf,
  type Slice,
  type StatedRate,
  type Surroundings,
  served,
  statedFact,
  TOUCHES_NOTHING,
} from './lever.ts';
import { customOnDemandVerdict } from './model-guards.ts';
import { DAYS_PER_MONTH } from './months.ts';
import { movedTo } from './places.ts';
import { projectCost, teacherCost, trainingCost } from './project-cost.ts';
import { IN_BATCH, paidAnotherWay } from './refusals.ts';
import type { CustomModelLever } from './scenario.ts';
import type { TokensByMeter } from './vectors.ts';

export const customModelRules: LeverRules<CustomModelLever> = {
  title: 'Model of your own',
  reason:
    'A fine-tuned, distilled or imported model serves a share of the requests: making, keeping, serving.',
  parameters: (lever) =>
    rangesOf(lever, {
      share: ['share of requests', 'ratio'],
      usdPerMillionInput: ['input price', 'unit price'],
      usdPerMillionOutput: ['output price', 'unit price'],
      usdPerUnitHour: ['price of a unit’s hour', 'unit price'],
      usdPerUnitMinute: ['price of a unit’s minute', 'unit price'],
      windowsPerDay: ['active windows a day', 'factor'],
      storagePerMonth: ['storage a month', 'money'],
    }),
  isSteady: () => false,
  effect: (lever, slicesOf, around) => effectOf(lever, slicesOf, around),
  facts: (lever, _slices, around) => factsOf(lever, around),
};

/** What serving costs a month beside tokens: capacity is charged in full while it idles, imported copies by window. */
export function servingPerMonth(lever: CustomModelLever, hoursPerMonth: number): number {
  switch (lever.serving) {
    case 'on_demand':
      return 0;
    case 'units':
      return lever.units * lever.usdPerUnitHour.base * hoursPerMonth;
    case 'imported':
      return (
        lever.copies *
        lever.units *
        lever.windowsPerDay.base *
        WINDOW_MINUTES *
        lever.usdPerUnitMinute.base *
        (hoursPerMonth / 24)
      );
  }
}

/** Imported models are billed in windows of five minutes from the first invocation, for each copy. */
const WINDOW_MINUTES = 5;

const SERVING_FORMULAS: Readonly<Record<CustomModelLever['serving'], string>> = {
  on_demand: 'by the token',
  units: 'units × price an hour × hours a month, used or not',
  imported: 'copies × units × active windows a day × 5 minutes × price a minute × days a month',
};

function effectOf(lever: CustomModelLever, slicesOf: () => readonly Slice[], around: Surroundings): Effect {
  if (lever.share.base === 0) return TOUCHES_NOTHING;
  const missing = missingPrice(lever);
  if (missing !== null) return { ...TOUCHES_NOTHING, notices: [{ ...missing, refused: true }] };
  const rate = rateOf(lever);
  return {
    plan: (slice) => planOf(lever, rate, slice),
    dials: null,
    charges: chargesOf(lever, slicesOf(), around),
    notices: lever.serving === 'on_demand' ? [] : [{ ...CAPACITY_UNCHECKED, refused: false }],
  };
}

const CAPACITY_UNCHECKED: Notice = {
  code: 'capacity_unchecked',
  message: 'Whether this capacity serves the routed requests is not checked: a load test says it.',
};

/** Serving without a price would be free, which no serving is. */
function missingPrice(lever: CustomModelLever): Notice | null {
  const { serving, usdPerMillionInput, usdPerMillionOutput } = lever;
  const tokens = usdPerMillionInput.base + usdPerMillionOutput.base;
  if (serving === 'on_demand') return tokens === 0 ? PRICE_MISSING : null;
  return servingPerMonth(lever, 730) === 0 ? PRICE_MISSING : null;
}

const PRICE_MISSING: Notice = {
  code: 'serving_price_missing',
  message: 'What serving the model costs is not stated, so nothing is moved to it.',
};

function planOf(lever: CustomModelLever, rate: StatedRate, slice: Slice): Plan {
  const refusal = paidAnotherWay(slice) ?? (slice.mode === 'batch' ? IN_BATCH : null);
  const change = { model: lever.baseModel, region: null, regionTier: null };
  const mode = lever.serving === 'on_demand' ? 'on_demand' : 'provisioned';
  return {
    share: ofBoth(lever.share.base),
    outcomes: [served(slice, { vector: movedTo(slice.vector, change), mode, rate })],
    refusals: refusal === null ? [] : [refusal],
    warnings: refusal === null ? servedWarnings(lever, slice) : [],
  };
}

/** What is known of serving custom versions of the base model by the token; other ways of serving need no model's leave. */
function servedWarnings({ serving, baseModel }: CustomModelLever, { vector }: Slice): readonly Notice[] {
  if (serving !== 'on_demand') return [];
  return customOnDemandVerdict(baseModel ?? vector.model, vector.region).warnings;
}

/** A custom model knows no caching: cached input costs what input costs. Capacity has no price by the token. */
function rateOf({ id, serving, usdPerMillionInput, usdPerMillionOutput }: CustomModelLever): StatedRate {
  const input = serving === 'on_demand' ? usdPerMillionInput.base / 1e6 : 0;
  const output = serving === 'on_demand' ? usdPerMillionOutput.base / 1e6 : 0;
  const usd: TokensByMeter = {
    input,
    cache_read: input,
    cache_write_5m: input,
    cache_write_30m: input,
    cache_write_1h: input,
    output,
  };
  return { id, usd, source: 'model of your own, as stated' };
}

function chargesOf(lever: CustomModelLever, slices: readonly Slice[], around: Surroundings): Charge[] {
  const { provider, billedAs } = slices[0]?.vector ?? { provider: null, billedAs: 'native' as const };
  const months = around.daysCovered / DAYS_PER_MONTH;
  const charge = (label: string, perMonth: number, formula: string): Charge => ({
    label,
    amount: perMonth * months,
    due: 'at_once',
    formula: `${formula} × days covered ÷ (365 ÷ 12)`,
    billedAs,
    provider,
    ends: null,
  });
  const serving = servingPerMonth(lever, around.hoursPerMonth);
  return [
    ...(serving === 0 ? [] : [charge('Serving', serving, SERVING_FORMULAS[lever.serving])]),
    ...(lever.storagePerMonth.base === 0
      ? []
      : [charge('Storage', lever.storagePerMonth.base, 'storage a month')]),
  ];
}

function factsOf(lever: CustomModelLever, { currency, hoursPerMonth }: Surroundings): Fact[] {
  const fact = (name: string, value: number, note: string): Fact => ({
    name,
    model: null,
    ...statedFact(value, note),
    unit: currency,
  });
  const isServed = lever.serving === 'on_demand' || missingPrice(lever) === null;
  return [
    fact('teacher tokens', teacherCost(lever), 'input × price + output × price, once'),
    fact('training', trainingCost(lever), 'tokens × epochs × price, once'),
    fact('making the model', projectCost(lever), 'once, in the month it starts'),
    fact(
      'keeping and serving, a month',
      isServed ? sumOf([lever.storagePerMonth.base, servingPerMonth(lever, hoursPerMonth)]) : 0,
      `storage; serving ${SERVING_FORMULAS[lever.serving]}`,
    ),
  ];
}
