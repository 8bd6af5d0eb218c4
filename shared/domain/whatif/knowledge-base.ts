// Knowledge bases: the vector store's capacity units run whether anybody searches or not; against an alternative's month.
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
import type { KnowledgeBaseLever } from './scenario.ts';

export const knowledgeBaseRules: LeverRules<KnowledgeBaseLever> = {
  title: 'Vector store floor',
  reason:
    'Ends or shrinks the search capacity that the bill shows, against what an alternative costs a month.',
  parameters: (lever) =>
    rangesOf(lever, {
      ocusKept: ['capacity units kept', 'factor'],
      alternativePerMonth: ['alternative a month', 'money'],
    }),
  isSteady: () => false,
  effect: (lever, _slices, around) => effectOf(lever, around),
  facts: (lever, _slices, around) => factsOf(lever, around),
};

/** Capacity units × price of an hour × hours: what runs without a single search. */
export function ocuFloor(ocus: number, usdPerHour: number, hours: number): number {
  return ocus * usdPerHour * hours;
}

/** Units that ran on average, from the hours on the bill; null where it does not say them. */
export function unitsOnBill({ ocu, daysCovered }: Surroundings): number | null {
  if (ocu === null || daysCovered === 0) return 0;
  return ocu.hours === null ? null : ocu.hours / (daysCovered * 24);
}

const HOURS_UNKNOWN: Notice = {
  code: 'unit_hours_unknown',
  message:
    'The bill shows the cost of search capacity and not its units, so what each of them costs is not known.',
};

const NOT_ON_BILL: Notice = {
  code: 'no_capacity_units',
  message: 'The bill of these days shows no search capacity units, so there is nothing to end.',
};

const SHARED: Notice = {
  code: 'shared_floor',
  message:
    'Collections under one key share their units: the bill does not say which knowledge base they serve.',
};

const BELOW_FLOOR: Notice = {
  code: 'below_floor',
  message:
    'Fewer than two units are kept: that is the floor with redundancy, and one without. It does not scale to zero.',
};

const NOTHING_INSTEAD: Notice = {
  code: 'alternative_free',
  message:
    'No unit is kept and no alternative is priced: the saving takes for granted that nothing has to be paid instead.',
};

/** What earlier levers end of it is told by this name. */
const SEARCH = 'search';

function effectOf(lever: KnowledgeBaseLever, around: Surroundings): Effect {
  const invoiced = around.ocu?.invoiced ?? 0;
  const running = unitsOnBill(around);
  if (running === null) return { ...TOUCHES_NOTHING, notices: [{ ...HOURS_UNKNOWN, refused: true }] };
  if (running === 0) return { ...TOUCHES_NOTHING, notices: [{ ...NOT_ON_BILL, refused: true }] };
  const kept = Math.min(lever.ocusKept.base, running);
  const left = Math.max(0, invoiced - (around.ended.get(SEARCH) ?? 0));
  const ended = Math.max(0, left - invoiced * (kept / running));
  const alternative = (lever.alternativePerMonth.base * around.daysCovered) / DAYS_PER_MONTH;
  const charge = (label: string, amount: number, formula: string, ends: string | null): Charge => ({
    label,
    amount,
    due: 'ramped',
    formula,
    billedAs: 'native',
    provider: 'Amazon',
    ends,
  });
  const charges = [
    charge(
      'Search capacity ended',
      0 - ended,
      'capacity units as invoiced × (1 − kept ÷ running on average)',
      SEARCH,
    ),
    charge('Alternative', alternative, 'alternative a month × days covered ÷ (365 ÷ 12)', null),
  ];
  return {
    ...TOUCHES_NOTHING,
    charges: charges.filter(({ amount }) => amount !== 0),
    notices: [
      { ...SHARED, refused: false },
      ...(kept === 0 && alternative === 0 ? [{ ...NOTHING_INSTEAD, refused: false }] : []),
      ...(kept > 0 && kept < 2 ? [{ ...BELOW_FLOOR, refused: false }] : []),
    ],
  };
}

function factsOf(lever: KnowledgeBaseLever, around: Surroundings): Fact[] {
  const running = unitsOnBill(around);
  const { ocu } = around;
  const rate = ocu === null || ocu.hours === null || ocu.hours === 0 ? null : ocu.invoiced / ocu.hours;
  const fact = (name: string, value: number | null, unit: string, note: string): Fact => ({
    name,
    model: null,
    value,
    unit,
    note,
  });
  return [
    fact('capacity units running', running, 'count', 'hours on the bill ÷ hours of the days covered'),
    fact('rate of a unit’s hour', rate, 'USD/hour', 'as invoiced'),
    fact(
      'floor a month',
      rate === null || running === null
        ? null
        : ocuFloor(Math.max(2, Math.min(lever.ocusKept.base, running)), rate, around.hoursPerMonth),
      around.currency,
      `units kept, at least two, × rate × ${around.hoursPerMonth} hours`,
    ),
  ];
}
