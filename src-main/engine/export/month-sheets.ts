// The months ahead as sheets: what moves the baseline, each month from its parts, fiscal quarters, and the cash of the year.
import type { MonthRow, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { AheadPart, BaselineAhead } from '../../../shared/domain/whatif/baseline-ahead.ts';
import {
  horizonStart,
  intensityAt,
  intensityBeforeTerm,
  monthNumber,
  startOf,
} from '../../../shared/domain/whatif/months.ts';
import type { Growth, PriceChange, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { column, columnLetter, formula, rowOf, type Sheet, type SheetCell } from './write-xlsx.ts';

/** An average month of the baseline's days, as a formula's factor. */
const perMonth = ({ baseline: { daysCovered } }: ScenarioAnswer): string => `365/12/${daysCovered}`;

/** Columns of the months start here, after what moves, where, the amount and the month it starts. */
const FIRST_MONTH = 4;

/**
 * Every growth and price change with its factor in each month, then every part of the baseline with its cost in each
 * month; null where nothing moves the baseline.
 */
export function aheadSheet(scenario: Scenario, answer: ScenarioAnswer, ahead: BaselineAhead): Sheet | null {
  const trends = scenario.growth.length + scenario.priceChanges.length;
  if (trends === 0 || answer.monthly.length === 0) return null;
  return {
    name: 'Ahead',
    columns: [
      column('What', 30),
      column('Applies to', 40),
      column('Base', 18, 'rate'),
      column('From', 10),
      ...answer.monthly.map(({ month }) => column(month, 16, 'money')),
    ],
    rows: [...trendRows(scenario, answer), ...partRows(scenario, answer, ahead)],
    strong: [],
  };
}

/** Month of the baseline's last day, as a number: growth counts from it. */
const lastMonth = ({ period }: ScenarioAnswer): number => monthNumber(period.to.slice(0, 7));

function trendRows({ growth, priceChanges }: Scenario, answer: ScenarioAnswer): SheetCell[][] {
  const since = lastMonth(answer);
  return [
    ...growth.map((one, index): SheetCell[] => [
      one.onceFrom === null ? `Growth ${index + 1}, a month` : `Growth ${index + 1}, once`,
      one.scope.length === 0 ? 'all usage' : one.scope.map((filter) => filterText(filter)).join(', '),
      one.perMonth.base,
      one.onceFrom,
      ...answer.monthly.map(({ month }) => growthFactor(one, rowOf(index), month, since)),
    ]),
    ...priceChanges.map((one, index): SheetCell[] => [
      `Price change ${index + 1}, factor`,
      one.model,
      one.factor.base,
      one.fromMonth,
      ...answer.monthly.map(({ month }) => priceFactor(one, rowOf(growth.length + index), month)),
    ]),
  ];
}

/** A part is its amount × the factors of its rows above × an average month; what is beside the tokens has none. */
function partRows(scenario: Scenario, answer: ScenarioAnswer, ahead: BaselineAhead): SheetCell[][] {
  const trends = scenario.growth.length;
  const first = trends + scenario.priceChanges.length;
  const beside = { growth: [], priceChanges: [], amount: ahead.beside };
  return [...ahead.parts, beside].map((part, index): SheetCell[] => {
    const rows = [...part.growth.map(rowOf), ...part.priceChanges.map((at) => rowOf(trends + at))];
    return [
      part === beside ? 'Beside the tokens' : `Tokens, part ${index + 1}`,
      rows.length === 0 ? 'nothing moves it' : rows.map((row) => `row ${row}`).join(' × '),
      part.amount,
      null,
      ...answer.monthly.map(({ month }, at) => {
        const factors = rows.map((row) => `*${columnLetter(FIRST_MONTH + at)}${row}`).join('');
        return formula(
          `$C${rowOf(first + index)}${factors}*${perMonth(answer)}`,
          monthlyAmount(part, scenario, month, answer),
        );
      }),
    ];
  });
}

function averageMonth(amount: number, { baseline: { daysCovered } }: ScenarioAnswer): number {
  return (amount * 365) / 12 / daysCovered;
}

function growthFactor({ perMonth: { base }, onceFrom }: Growth, row: number, month: string, since: number) {
  const value = volumeIn({ base, onceFrom }, month, since);
  if (onceFrom !== null) return monthNumber(month) < monthNumber(onceFrom) ? 1 : formula(`1+$C${row}`, value);
  return formula(`(1+$C${row})^${Math.max(0, monthNumber(month) - since)}`, value);
}

type Moving = { readonly base: number; readonly onceFrom: string | null };

function volumeIn({ base, onceFrom }: Moving, month: string, since: number): number {
  if (onceFrom === null) return (1 + base) ** Math.max(0, monthNumber(month) - since);
  return monthNumber(month) < monthNumber(onceFrom) ? 1 : 1 + base;
}

function priceFactor({ fromMonth, factor }: PriceChange, row: number, month: string): SheetCell {
  return monthNumber(month) < monthNumber(fromMonth) ? 1 : formula(`$C${row}`, factor.base);
}

function monthlyAmount(
  { growth, priceChanges, amount }: AheadPart,
  scenario: Scenario,
  month: string,
  answer: ScenarioAnswer,
): number {
  const since = lastMonth(answer);
  const volumes = growth.map((at) => {
    const one = scenario.growth[at];
    return one === undefined
      ? 1
      : volumeIn({ base: one.perMonth.base, onceFrom: one.onceFrom }, month, since);
  });
  const prices = priceChanges.map((at) => {
    const one = scenario.priceChanges[at];
    return one === undefined || monthNumber(month) < monthNumber(one.fromMonth) ? 1 : one.factor.base;
  });
  return averageMonth(
    [...volumes, ...prices].reduce((product, factor) => product * factor, amount),
    answer,
  );
}

/** saving = baseline − with levers; cumulative = the month before's + saving − one-off. */
export function monthsSheet(scenario: Scenario, answer: ScenarioAnswer, ahead: Sheet | null): Sheet {
  const { monthly, currency } = answer;
  return {
    name: 'Months',
    columns: [
      column('Month', 10),
      column(`Baseline, ${currency}`, 16, 'money'),
      column(`With levers, ${currency}`, 16, 'money'),
      column(`Saving, ${currency}`, 16, 'money'),
      column(`One-off, ${currency}`, 16, 'money'),
      column(`Cumulative, ${currency}`, 16, 'money'),
    ],
    rows: monthly.map((month, index): SheetCell[] => {
      const at = rowOf(index);
      return [
        month.month,
        baselineCell(scenario, answer, ahead, index),
        withLevers(scenario, answer, ahead, index),
        formula(`B${at}-C${at}`, month.saving),
        oneOffCell(scenario, answer, month),
        formula(`${index === 0 ? '' : `F${at - 1}+`}D${at}-E${at}`, month.cumulative),
      ];
    }),
    strong: [],
  };
}

/** From the parts where anything moves them, else an average month of the baseline at price. */
function baselineCell(scenario: Scenario, answer: ScenarioAnswer, ahead: Sheet | null, index: number) {
  const value = answer.monthly[index]?.baseline ?? 0;
  if (ahead === null) return formula(`Summary!B2*${perMonth(answer)}`, value);
  const letter = columnLetter(FIRST_MONTH + index);
  const first = rowOf(scenario.growth.length + scenario.priceChanges.length);
  return formula(`SUM(Ahead!${letter}${first}:${letter}${rowOf(ahead.rows.length - 1)})`, value);
}

/**
 * Before any lever acts it is the baseline; once all act in full, and nothing moves the baseline, an average month of the
 * cost after. In between levers act in part, on a volume of its own, which no cell of the workbook has: a value.
 */
function withLevers(
  scenario: Scenario,
  answer: ScenarioAnswer,
  ahead: Sheet | null,
  index: number,
): SheetCell {
  const month = answer.monthly[index];
  if (month === undefined) return null;
  const horizon = horizonStart(scenario.horizon.startMonth, answer.period.to);
  const acts = scenario.levers
    .filter(({ enabled }) => enabled)
    .flatMap((lever) => [
      intensityAt(lever, month.month, horizon),
      intensityBeforeTerm(lever, month.month, horizon),
    ]);
  if (acts.every((act) => act === 0)) return formula(`B${rowOf(index)}`, month.scenario);
  if (ahead === null && acts.every((act) => act === 1))
    return formula(`Summary!B4*${perMonth(answer)}`, month.scenario);
  return month.scenario;
}

/** One-off cost as the sheet of assumptions states it; what making a model costs is worked out by its lever. */
function oneOffCell({ levers, horizon }: Scenario, { period }: ScenarioAnswer, month: MonthRow): SheetCell {
  const first = horizonStart(horizon.startMonth, period.to);
  const starting = levers.flatMap((lever, index) =>
    lever.enabled && startOf(lever, first) === month.month ? [{ lever, row: rowOf(index) }] : [],
  );
  if (starting.length === 0) return 0;
  if (starting.some(({ lever }) => lever.kind === 'custom_model')) return month.oneOff;
  return formula(starting.map(({ row }) => `Assumptions!D${row}`).join('+'), month.oneOff);
}

/** Sums of the months of each fiscal quarter; its cash where all of its months are in the commitment year. */
export function quartersSheet(answer: ScenarioAnswer): Sheet {
  const { monthly, quarters, commitment, currency } = answer;
  const cashRow = new Map(commitment?.cashMonths.map(({ month }, index) => [month, rowOf(index)]));
  let next = 0;
  return {
    name: 'Quarters',
    columns: [
      column('Fiscal quarter', 14),
      column('Months', 10, 'count'),
      column(`Saving, ${currency}`, 16, 'money'),
      column(`One-off, ${currency}`, 16, 'money'),
      column(`Cumulative, ${currency}`, 16, 'money'),
      column(`Cash, ${currency}`, 16, 'money'),
      column('', 60),
    ],
    rows: quarters.map((quarter, index): SheetCell[] => {
      const [from, to] = [rowOf(next), rowOf(next + quarter.months - 1)];
      const own = monthly.slice(next, next + quarter.months).map(({ month }) => month);
      next += quarter.months;
      const at = rowOf(index);
      const cash = own.flatMap((month) => cashRow.get(month) ?? []).map((row) => `Cash!F${row}`);
      return [
        quarter.quarter,
        quarter.months,
        formula(`SUM(Months!D${from}:D${to})`, quarter.saving),
        formula(`SUM(Months!E${from}:E${to})`, quarter.oneOff),
        formula(`${index === 0 ? '' : `E${at - 1}+`}C${at}-D${at}`, quarter.cumulative),
        quarter.cash === null ? null : formula(cash.join('+'), quarter.cash),
        quarter.cash === null ? 'cash: not wholly within the commitment year' : null,
      ];
    }),
    strong: [],
  };
}

/** cash = saved net of the discount + support on it + shortfall − one-off; the months sum to the cash headline. */
export function cashSheet(scenario: Scenario, { commitment, currency }: ScenarioAnswer): Sheet | null {
  if (commitment === null) return null;
  const support = scenario.commitment?.year.support ?? null;
  return {
    name: 'Cash',
    columns: [
      column('Month', 10),
      column(`Saved, net, ${currency}`, 16, 'money'),
      column(`Support, ${currency}`, 16, 'money'),
      column(`Shortfall, ${currency}`, 16, 'money'),
      column(`One-off, ${currency}`, 16, 'money'),
      column(`Cash, ${currency}`, 16, 'money'),
      column(`Cumulative, ${currency}`, 16, 'money'),
    ],
    rows: commitment.cashMonths.map((month, index): SheetCell[] => {
      const at = rowOf(index);
      return [
        month.month,
        month.saved,
        support === null ? month.support : formula(`B${at}*${support}`, month.support),
        month.shortfall,
        month.oneOff,
        formula(`B${at}+C${at}+D${at}-E${at}`, month.cash),
        formula(`${index === 0 ? '' : `G${at - 1}+`}F${at}`, month.cumulative),
      ];
    }),
    strong: [],
  };
}
