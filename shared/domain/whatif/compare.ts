// Two to four scenarios side by side. Differences are to the first, and only where both start from the same.
import { whereText } from '../spend/grammar.ts';
import type { Period } from '../spend/vocabulary.ts';
import { difference } from '../sum.ts';
import type { Band, ScenarioAnswer } from './answer.ts';
import { LEVERS } from './levers.ts';
import type { ModelCost } from './model-costs.ts';
import { horizonStart } from './months.ts';
import type { LeverKind, Scenario, ScenarioPriceLayer } from './scenario.ts';

/** A scenario with what was computed from it. */
export type Answered = {
  readonly scenario: Scenario;
  readonly answer: ScenarioAnswer;
  readonly models: readonly ModelCost[];
};

/** What one scenario is, and why nothing (or no cash) is subtracted from it. */
export type ComparedScenario = {
  readonly name: string;
  readonly note: string | null;
  readonly period: Period;
  readonly filters: string[];
  readonly currency: string;
  readonly priceLayer: ScenarioPriceLayer;
  readonly catalogVersion: string;
  readonly levers: number;
  readonly horizon: string;
  readonly months: number;
  readonly commitmentYear: string | null;
  readonly paybackMonth: number | null;
  /** What its saving leaves out; null where that is nothing, or the saving is not known. */
  readonly partial: string | null;
  /** Why it is not subtracted from the first; empty = it is. */
  readonly differs: string[];
  /** Why the cash of the year is not subtracted, beyond that. */
  readonly cashDiffers: string[];
};

/** One figure of every scenario, in their order; null where a scenario has none. `difference`: its own − the first's. */
export type ComparedRow<Value> = {
  readonly values: (Value | null)[];
  readonly differences: (number | null)[];
};

export const COMPARED_FIGURES = ['before', 'savingAtPrice', 'after', 'cashThisYear', 'oneOff'] as const;
export type ComparedFigure = (typeof COMPARED_FIGURES)[number];

/** `number`: the first, second … lever of that kind and name in its scenario. */
type LeverName = { readonly kind: LeverKind; readonly label: string; readonly number: number };

export type Comparison = {
  readonly schemaVersion: 1;
  readonly scenarios: ComparedScenario[];
  readonly figures: (ComparedRow<Band> & { readonly figure: ComparedFigure })[];
  /** Savings in order of the levers that are switched on; a lever is the same by its kind and name. */
  readonly levers: (ComparedRow<Band> & LeverName)[];
  /** Cost after the levers; `model` null = money beside the tokens. */
  readonly models: (ComparedRow<number> & { readonly model: string | null })[];
  /** Saving of an average month, by the calendar. */
  readonly months: (ComparedRow<number> & { readonly month: string })[];
};

/** Compares scenarios that were answered already. Figures are at each scenario's prices, over its baseline's period. */
export function compareScenarios(answered: readonly Answered[]): Comparison {
  const scenarios = answered.map((one) => describe(one, answered[0] ?? one));
  const subtract = scenarios.map(({ differs }) => differs.length === 0);
  const subtractCash = scenarios.map((one) => one.differs.length + one.cashDiffers.length === 0);
  const banded = (values: readonly (Band | null)[], may = subtract): ComparedRow<Band> =>
    row(values, may, ({ base }) => base);
  const plain = (values: readonly (number | null)[]): ComparedRow<number> =>
    row(values, subtract, (value) => value);
  return {
    schemaVersion: 1,
    scenarios,
    figures: COMPARED_FIGURES.map((figure) => ({
      figure,
      ...banded(
        answered.map(({ answer }) => FIGURES[figure](answer)),
        figure === 'cashThisYear' ? subtractCash : subtract,
      ),
    })),
    levers: byKey(answered, leverEntries).map(({ of, values }) => ({ ...of, ...banded(values) })),
    models: byKey(answered, ({ answer, models }) =>
      models.map(({ model, after }) => ({
        key: String(model),
        of: { model },
        value: { after: answer.after === null ? null : after },
      })),
    ).map(({ of: { model }, values }) => ({
      model,
      // A model that a scenario does not use costs nothing in it, where it is known what the scenario comes to; one
      // without a price costs an unknown amount.
      ...plain(
        values.map((cost, index) =>
          cost === null && (answered[index]?.answer.after ?? null) !== null ? 0 : (cost?.after ?? null),
        ),
      ),
    })),
    months: byKey(answered, ({ answer }) =>
      answer.monthly.map(({ month, saving }) => ({ key: month, of: { month }, value: saving })),
    )
      .sort((left, right) => left.of.month.localeCompare(right.of.month))
      .map(({ of: { month }, values }) => ({ month, ...plain(values) })),
  };
}

const exact = (value: number): Band => ({ low: value, base: value, high: value });

const FIGURES: Readonly<Record<ComparedFigure, (answer: ScenarioAnswer) => Band | null>> = {
  before: ({ baseline }) => baseline.atPrice,
  savingAtPrice: ({ headlines }) => headlines.savingAtPrice,
  after: ({ after }) => after,
  cashThisYear: ({ headlines }) => headlines.cashThisYear,
  oneOff: ({ oneOff }) => exact(oneOff),
};

function describe({ scenario, answer }: Answered, first: Answered): ComparedScenario {
  const { name, note, baseline, horizon, levers } = scenario;
  return {
    name,
    note,
    period: answer.period,
    filters: baseline.where.map(whereText),
    currency: answer.currency,
    priceLayer: answer.priceLayer,
    catalogVersion: answer.catalogVersion,
    levers: levers.filter(({ enabled }) => enabled).length,
    horizon: horizonStart(horizon.startMonth, baseline.period.to),
    months: horizon.months,
    commitmentYear: answer.commitment?.yearStart ?? null,
    paybackMonth: answer.paybackMonth,
    partial: answer.headlines.savingPartial,
    differs: STARTS.filter(([, part]) => part({ scenario, answer }) !== part(first)).map(([why]) => why),
    cashDiffers: CASH_TERMS.filter(([, part]) => part({ scenario, answer }) !== part(first)).map(
      ([why]) => why,
    ),
  };
}

type Part = readonly [why: string, part: (one: Pick<Answered, 'scenario' | 'answer'>) => string];

/** What must be the same for two results to be subtracted, with what to say where it is not. */
const STARTS: readonly Part[] = [
  [
    'The baseline is of other days than the first’s.',
    ({ answer: { period } }) => `${period.from}..${period.to}`,
  ],
  [
    'The baseline is of other usage than the first’s: its filters differ.',
    ({ scenario }) => scenario.baseline.where.map(whereText).sort().join('\n'),
  ],
  ['The currency is another.', ({ answer }) => answer.currency],
  [
    'The prices are of another layer or other contract rates.',
    ({ scenario }) =>
      JSON.stringify([scenario.priceLayer, scenario.priceLayer === 'contract' ? scenario.contractRates : []]),
  ],
  ['A month has other hours.', ({ scenario }) => String(scenario.hoursPerMonth)],
  [
    'Growth or price changes move the months ahead differently.',
    ({ scenario }) => JSON.stringify([scenario.growth, scenario.priceChanges]),
  ],
];

const CASH_TERMS: readonly Part[] = [
  ['The cash is judged under another commitment.', ({ scenario }) => JSON.stringify(scenario.commitment)],
];

type Entry<Of, Value> = { readonly key: string; readonly of: Of; readonly value: Value };

/** One row a key, in order of first appearance, with the value of every scenario. */
function byKey<Of, Value>(
  answered: readonly Answered[],
  entriesOf: (one: Answered) => readonly Entry<Of, Value>[],
): { readonly of: Of; readonly values: (Value | null)[] }[] {
  const rows = new Map<string, { of: Of; values: (Value | null)[] }>();
  for (const [index, one] of answered.entries()) {
    for (const { key, of, value } of entriesOf(one)) {
      const held = rows.get(key) ?? { of, values: answered.map(() => null) };
      rows.set(key, held);
      held.values[index] = value;
    }
  }
  return [...rows.values()];
}

/** The levers that are on. Two of one kind and name in a scenario are its first and its second. */
function leverEntries({ answer }: Answered): Entry<LeverName, Band | null>[] {
  const seen = new Map<string, number>();
  return answer.ledger
    .filter(({ enabled }) => enabled)
    .map(({ kind, label, inOrder }) => {
      const id = `${kind}|${label}`;
      const number = (seen.get(id) ?? 0) + 1;
      seen.set(id, number);
      return {
        key: `${id}|${number}`,
        of: { kind, label: label === '' ? LEVERS[kind].title : label, number },
        value: inOrder,
      };
    });
}

function row<Value>(
  values: readonly (Value | null)[],
  may: readonly boolean[],
  amountOf: (value: Value) => number,
): ComparedRow<Value> {
  const [first = null] = values;
  return {
    values: [...values],
    differences: values.map((value, index) =>
      index === 0 || value === null || first === null || may[index] !== true
        ? null
        : difference(amountOf(value), amountOf(first)),
    ),
  };
}
