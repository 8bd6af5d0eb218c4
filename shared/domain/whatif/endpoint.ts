// An endpoint of one's own: a Marketplace model on instances, or self-hosted weights. Capacity by the hour, no token price.
import { sumOf } from '../sum.ts';
import type { Fact } from './answer.ts';
import {
  type Effect,
  type LeverRules,
  type Notice,
  ofBoth,
  rangesOf,
  type Slice,
  type Surroundings,
  served,
  statedFact,
  TOUCHES_NOTHING,
} from './lever.ts';
import { DAYS_PER_MONTH } from './months.ts';
import { IN_BATCH, paidAnotherWay } from './refusals.ts';
import type { EndpointLever } from './scenario.ts';
import { NO_TOKENS, totalTokens } from './vectors.ts';

export const endpointRules: LeverRules<EndpointLever> = {
  title: 'Endpoint or self-hosted model',
  reason:
    'Instances by the hour serve a share of the requests: software fee and infrastructure, used or not.',
  parameters: (lever) =>
    rangesOf(lever, {
      share: ['share of requests', 'ratio'],
      softwarePerHour: ['software fee an hour', 'unit price'],
      infrastructurePerHour: ['infrastructure an hour', 'unit price'],
      utilisation: ['use of the capacity', 'ratio'],
    }),
  isSteady: () => false,
  effect: (lever, slicesOf, around) => effectOf(lever, slicesOf, around),
  facts: (lever, slices, around) => factsOf(lever, slices, around),
};

function hoursOf({ scheduledHours }: EndpointLever, { hoursPerMonth }: Surroundings): number {
  return scheduledHours ?? hoursPerMonth;
}

/** instances × hours × (software fee + infrastructure), USD a month. */
export function endpointPerMonth(lever: EndpointLever, hours: number): number {
  return lever.instances * hours * (lever.softwarePerHour.base + lever.infrastructurePerHour.base);
}

/** USD per 1M tokens of an instance: cost of its hour ÷ (tokens a second × 3600 × use). null while it serves nothing. */
export function ratePerMillion(usdPerHour: number, tokensPerSecond: number, use: number): number | null {
  const tokens = tokensPerSecond * 3600 * use;
  return tokens === 0 ? null : (usdPerHour / tokens) * 1e6;
}

/** Tokens that the instances serve over the baseline at the stated use; null where their speed is not stated. */
function capacityOf(lever: EndpointLever, around: Surroundings): number | null {
  if (lever.tokensPerSecond === 0) return null;
  const perHour = lever.instances * lever.tokensPerSecond * 3600 * lever.utilisation.base;
  return (perHour * hoursOf(lever, around) * around.daysCovered) / DAYS_PER_MONTH;
}

function isMovable(slice: Slice): boolean {
  return refusalOf(slice) === null;
}

function refusalOf(slice: Slice): Notice | null {
  return paidAnotherWay(slice) ?? (slice.mode === 'batch' ? IN_BATCH : null);
}

const SPEED_UNKNOWN: Notice = {
  code: 'capacity_unknown',
  message:
    'How many tokens a second one instance serves is not stated, so whether it is enough is not checked.',
};

const TOO_SMALL: Notice = {
  code: 'capacity_short',
  message: 'The instances do not serve all of the share asked for: only what fits was moved.',
};

const PRICE_MISSING: Notice = {
  code: 'serving_price_missing',
  message: 'What an instance costs an hour is not stated, so nothing is moved to it.',
};

function effectOf(lever: EndpointLever, slicesOf: () => readonly Slice[], around: Surroundings): Effect {
  if (lever.instances === 0 || lever.share.base === 0) return TOUCHES_NOTHING;
  const perMonth = endpointPerMonth(lever, hoursOf(lever, around));
  if (perMonth === 0) return { ...TOUCHES_NOTHING, notices: [{ ...PRICE_MISSING, refused: true }] };
  const movable = slicesOf().filter(isMovable);
  const asked = sumOf(movable.map(({ tokens }) => totalTokens(tokens))) * lever.share.base;
  const capacity = capacityOf(lever, around);
  const fits = capacity === null || asked === 0 ? 1 : Math.min(1, capacity / asked);
  const rate = { id: lever.id, usd: NO_TOKENS, source: 'instances of your own, by the hour' };
  const share = ofBoth(lever.share.base * fits);
  return {
    plan: (slice) => {
      const refusal = refusalOf(slice);
      return {
        share,
        outcomes: [served(slice, { mode: 'provisioned', rate })],
        refusals: refusal === null ? [] : [refusal],
        warnings: [],
      };
    },
    dials: [share],
    charges: [
      {
        label: 'Instances',
        amount: (perMonth * around.daysCovered) / DAYS_PER_MONTH,
        due: 'at_once',
        formula: `instances × ${hoursOf(lever, around)} hours a month × (software fee + infrastructure) × days covered ÷ (365 ÷ 12)`,
        billedAs: 'native',
        provider: null,
        ends: null,
      },
    ],
    notices: [
      ...(capacity === null ? [{ ...SPEED_UNKNOWN, refused: false }] : []),
      ...(fits < 1 ? [{ ...TOO_SMALL, refused: false }] : []),
    ],
  };
}

function factsOf(lever: EndpointLever, slices: readonly Slice[], around: Surroundings): Fact[] {
  const { softwarePerHour, infrastructurePerHour, tokensPerSecond, utilisation } = lever;
  const hour = softwarePerHour.base + infrastructurePerHour.base;
  const hours = hoursOf(lever, around);
  const demand = sumOf(slices.filter(isMovable).map(({ tokens }) => totalTokens(tokens)));
  const capacity = capacityOf(lever, around);
  const fact = (name: string, value: number | null, unit: string, note: string): Fact => ({
    name,
    model: null,
    value,
    unit,
    note,
  });
  return [
    {
      name: 'cost a month',
      model: null,
      ...statedFact(endpointPerMonth(lever, hours), `${hours} hours a month`),
      unit: around.currency,
    },
    fact(
      'rate at the stated use',
      ratePerMillion(hour, tokensPerSecond, utilisation.base),
      'USD/1M token',
      tokensPerSecond === 0
        ? 'tokens a second are not stated'
        : 'cost of an hour ÷ (tokens a second × 3600 × use)',
    ),
    fact(
      'share asked for ÷ capacity',
      capacity === null || capacity === 0 ? null : (demand * lever.share.base) / capacity,
      'ratio',
      'above 100 % it does not fit',
    ),
  ];
}
