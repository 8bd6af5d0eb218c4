// Guardrails: text units of every request and direction, for each policy that looks at them.
import {
  type Effect,
  type LeverRules,
  rangesOf,
  type Surroundings,
  statedFact,
  TOUCHES_NOTHING,
} from './lever.ts';
import { DAYS_PER_MONTH } from './months.ts';
import type { GuardrailsLever } from './scenario.ts';

export const guardrailsRules: LeverRules<GuardrailsLever> = {
  title: 'Guardrail coverage',
  reason:
    'More or fewer requests checked: text units of each request and direction × the prices of its policies.',
  parameters: (lever) =>
    rangesOf(lever, {
      requestsPerMonth: ['requests a month', 'count'],
      coverageNow: ['coverage today', 'ratio'],
      coverageAfter: ['coverage afterwards', 'ratio'],
      usdPerThousandUnits: ['price of 1,000 text units', 'unit price'],
    }),
  isSteady: () => false,
  effect: effectOf,
  facts: (lever, _slices, { currency }) => [
    {
      name: 'text units a request',
      model: null,
      ...statedFact(
        textUnits(lever.inputCharacters) + textUnits(lever.outputCharacters),
        'each direction rounded up to 1,000 characters',
      ),
      unit: 'count',
    },
    {
      name: 'every request checked, a month',
      model: null,
      ...statedFact(guardrailCost(lever, 1), 'requests × text units ÷ 1,000 × price of all policies'),
      unit: currency,
    },
  ],
};

/** Text units of one text: up to 1,000 characters each, so every direction of every request is rounded up. */
export function textUnits(characters: number): number {
  return Math.ceil(characters / 1000);
}

/** USD a month at a coverage: requests × Σ over directions of ceil(characters ÷ 1000) × price ÷ 1000. */
export function guardrailCost(lever: GuardrailsLever, coverage: number): number {
  const units = textUnits(lever.inputCharacters) + textUnits(lever.outputCharacters);
  return (lever.requestsPerMonth.base * coverage * units * lever.usdPerThousandUnits.base) / 1000;
}

function effectOf(lever: GuardrailsLever, _slicesOf: unknown, around: Surroundings): Effect {
  const perMonth =
    guardrailCost(lever, lever.coverageAfter.base) - guardrailCost(lever, lever.coverageNow.base);
  if (perMonth === 0) return TOUCHES_NOTHING;
  return {
    ...TOUCHES_NOTHING,
    charges: [
      {
        label: 'Guardrails',
        amount: (perMonth * around.daysCovered) / DAYS_PER_MONTH,
        due: 'ramped',
        formula:
          'requests a month × text units × (coverage afterwards − today) × price ÷ 1,000 × days covered ÷ (365 ÷ 12)',
        billedAs: 'native',
        provider: 'Amazon',
        ends: null,
      },
    ],
    notices: [{ ...BLOCKED, refused: false }],
  };
}

const BLOCKED = {
  code: 'blocked_not_counted',
  message: 'Requests that a guardrail blocks bill no inference: that saving is not counted here.',
};
