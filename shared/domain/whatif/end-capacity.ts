// Ending capacity: model units and reserved tokens that the bill shows, once nothing makes them be paid any more.
import { sumOf } from '../sum.ts';
import type { Fact } from './answer.ts';
import {
  type Charge,
  type Effect,
  type LeverRules,
  type Notice,
  rangesOf,
  type Surroundings,
  TOUCHES_NOTHING,
} from './lever.ts';
import { DAYS_PER_MONTH } from './months.ts';
import { isCommitted, runningOf } from './paid-capacity.ts';
import type { EndCapacityLever } from './scenario.ts';
import type { PaidCapacity } from './vectors.ts';

export const endCapacityRules: LeverRules<EndCapacityLever> = {
  title: 'End paid capacity',
  reason: 'Ends or shrinks model units or reserved tokens that the bill shows, once their term is over.',
  parameters: (lever) =>
    rangesOf(lever, {
      endedShare: ['share ended', 'ratio'],
      elsewherePerMonth: ['traffic elsewhere a month', 'money'],
    }),
  isSteady: () => false,
  effect: (lever, _slices, around) => effectOf(lever, around),
  facts: (lever, _slices, around) => factsOf(lever, around),
};

const NOT_ON_BILL: Notice = {
  code: 'no_capacity',
  message:
    'The bill of these days shows no model units and no reserved tokens here, so there is nothing to end.',
};

const TERM_UNKNOWN = (models: string): Notice => ({
  code: 'term_end_unknown',
  message: `A commitment runs on ${models}, and the bill does not say until when: state the last day it must be paid. Nothing of it is ended before that.`,
});

const PAID_UNTIL = (day: string): Notice => ({
  code: 'term_runs',
  message: `Paid until ${day} by its term, used or not: nothing is saved before. The saving at price is that of as many days afterwards.`,
});

const SEVERAL_TERMS = (terms: readonly string[]): Notice => ({
  code: 'several_terms',
  message: `Commitments of several lengths are in scope (${terms.join(', ')}), and one day is stated for all of them. Apply one lever to each, by a condition on the term.`,
});

/** How long the capacity under a commitment is bound for, in words, each once. */
function termsOf(own: readonly PaidCapacity[]): string[] {
  const terms = own.filter(isCommitted).map(({ term }) => term?.replace('_', ' ') ?? 'not stated');
  return [...new Set(terms)].sort();
}

const IDLE_STATED: Notice = {
  code: 'idle_stated',
  message:
    'Tokens on paid capacity are not billed, so the bill cannot say that it is idle: that is your statement. Traffic that still runs on it is throttled, or costs what you state for it elsewhere.',
};

const NOT_WHOLE = (ended: number, running: number): Notice => ({
  code: 'units_not_whole',
  message: `Model units are bought whole, and this ends ${rounded(ended)} of ${rounded(running)} that run on average.`,
});

const rounded = (value: number): number => Math.round(value * 100) / 100;
const nameOf = ({ model, family }: PaidCapacity): string =>
  model ?? `${family ?? 'capacity'} of an unknown model`;

/** What the lever may end: without a stated day, nothing under a commitment. */
function endable({ paidUntil }: EndCapacityLever, { capacity }: Surroundings): readonly PaidCapacity[] {
  return paidUntil === null ? capacity.filter((one) => !isCommitted(one)) : capacity;
}

function effectOf(lever: EndCapacityLever, around: Surroundings): Effect {
  const { capacity, daysCovered } = around;
  if (lever.endedShare.base === 0) return TOUCHES_NOTHING;
  if (capacity.length === 0) return { ...TOUCHES_NOTHING, notices: [{ ...NOT_ON_BILL, refused: true }] };
  const own = endable(lever, around);
  const charges = own.map((one) => chargeOf(one, lever, around)).filter(({ amount }) => amount !== 0);
  return {
    ...TOUCHES_NOTHING,
    charges: [...charges, ...elsewhereCharges(lever, charges, daysCovered)],
    notices: noticesOf(lever, around, own),
  };
}

/** What the traffic costs elsewhere, from when the capacity it ran on ends: divided by what each part of that cost. */
function elsewhereCharges(
  { elsewherePerMonth }: EndCapacityLever,
  ended: readonly Charge[],
  daysCovered: number,
): Charge[] {
  const elsewhere = (elsewherePerMonth.base * daysCovered) / DAYS_PER_MONTH;
  const total = sumOf(ended.map(({ amount }) => amount));
  if (elsewhere === 0 || total === 0) return [];
  return ended.map((charge) => ({
    ...charge,
    label: 'Traffic elsewhere',
    amount: elsewhere * (charge.amount / total),
    formula: 'traffic elsewhere a month × days covered ÷ (365 ÷ 12)',
    ends: null,
  }));
}

/** What is invoiced for it × the share ended, and no more than earlier levers have left of it. */
function chargeOf(one: PaidCapacity, lever: EndCapacityLever, { ended }: Surroundings): Charge {
  const { endedShare } = lever;
  const left = one.invoiced - (ended.get(one.id) ?? 0);
  return {
    label: `Capacity ended: ${nameOf(one)}`,
    amount: -Math.min(one.invoiced * endedShare.base, Math.max(0, left)),
    due: lever.paidUntil !== null && isCommitted(one) ? 'after_term' : 'ramped',
    formula: 'invoiced on the days covered × share ended, at most what is left of it',
    billedAs: one.billedAs,
    provider: one.provider,
    ends: one.id,
  };
}

function noticesOf(
  lever: EndCapacityLever,
  { capacity, daysCovered }: Surroundings,
  own: readonly PaidCapacity[],
): Effect['notices'] {
  const { paidUntil, endedShare, elsewherePerMonth } = lever;
  const held = capacity.filter((one) => !own.includes(one));
  const units = own.filter(({ meter }) => meter === 'model_unit_hour');
  const running = units.length === 0 ? null : runningOf(units, daysCovered);
  const ended = (running ?? 0) * endedShare.base;
  const terms = termsOf(own);
  const candidates: [boolean, boolean, Notice][] = [
    [held.length > 0, true, TERM_UNKNOWN([...new Set(held.map(nameOf))].join(', '))],
    [paidUntil !== null && terms.length > 0, false, PAID_UNTIL(paidUntil ?? '')],
    [paidUntil !== null && terms.length > 1, false, SEVERAL_TERMS(terms)],
    [own.length > 0 && elsewherePerMonth.high === 0, false, IDLE_STATED],
    [
      endedShare.base < 1 && Math.abs(ended - Math.round(ended)) > 0.02,
      false,
      NOT_WHOLE(ended, running ?? 0),
    ],
  ];
  return candidates.filter(([holds]) => holds).map(([, refused, notice]) => ({ ...notice, refused }));
}

function factsOf(lever: EndCapacityLever, around: Surroundings): Fact[] {
  const { capacity, daysCovered, currency } = around;
  if (capacity.length === 0) return [];
  const fact = (name: string, value: number | null, unit: string, note: string): Fact => ({
    name,
    model: null,
    value,
    unit,
    note,
  });
  const invoiced = sumOf(capacity.map((one) => one.invoiced));
  const own = endable(lever, around);
  const isOpen = own.length < capacity.length;
  const due = sumOf(own.filter(isCommitted).map((one) => one.invoiced)) * lever.endedShare.base;
  return [
    ...unitFacts(capacity, daysCovered),
    fact('cost of the capacity in scope', invoiced, currency, 'invoiced on the days covered'),
    fact(
      'still to be paid before it ends',
      daysCovered === 0 || isOpen ? null : (due / daysCovered) * daysAfter(around.period.to, lever.paidUntil),
      currency,
      lever.paidUntil === null
        ? isOpen
          ? 'a commitment runs, and until when is not stated'
          : 'no term is stated: it ends with the start of the lever'
        : `of what is under a commitment: share ended × cost a day × days after the baseline up to ${lever.paidUntil}`,
    ),
  ];
}

const UNIT_NAMES = {
  model_unit_hour: 'model units running',
  tpm_hour: 'thousands of tokens a minute reserved',
} as const;

/** Units of each meter that ran on average. */
function unitFacts(capacity: readonly PaidCapacity[], daysCovered: number): Fact[] {
  return (['model_unit_hour', 'tpm_hour'] as const).flatMap((meter) => {
    const own = capacity.filter((one) => one.meter === meter);
    if (own.length === 0) return [];
    const value = runningOf(own, daysCovered);
    const note =
      value === null ? 'a quantity on the bill is not known' : 'hours on the bill ÷ hours of its days';
    return [{ name: UNIT_NAMES[meter], model: null, value, unit: 'count', note }];
  });
}

/** Days after one day up to and including another; none where it is not stated or past. */
function daysAfter(day: string, until: string | null): number {
  if (until === null) return 0;
  return Math.max(0, (Date.parse(until) - Date.parse(day)) / 86_400_000);
}
