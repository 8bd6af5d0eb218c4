// The months ahead as sheets: what moves the baseline, each month from its parts, fiscal quarters, and the cash of the year.
import { sumOf, totalsAgree } from '../../../shared/domain/sum.ts';
import type { ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { AheadPart, BaselineAhead } from '../../../shared/domain/whatif/baseline-ahead.ts';
import {
  horizonStart,
  intensityAt,
  intensityBeforeTerm,
  monthNumber,
  startOf,
} from '../../../shared/domain/whatif/months.ts';
import type { Growth, Lever, PriceChange, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { statedCell } from './lever-sheets.ts';
import { column, columnLetter, formula, orUnknown, rowOf, type Sheet, type SheetCell } from './write-xlsx.ts';

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
      column('', 60),
    ],
    rows: monthly.map((month, index): SheetCell[] => {
      const at = rowOf(index);
      const after = withLevers(scenario, answer, ahead, index);
      return [
        month.month,
        baselineCell(scenario, answer, ahead, index),
        after,
        orUnknown(`B${at}-C${at}`, month.saving),
        oneOffCell(scenario, answer, month),
        orUnknown(`${index === 0 ? '' : `F${at - 1}+`}D${at}-E${at}`, month.cumulative),
        typeof after === 'number' ? VALUE_AFTER : null,
      ];
    }),
    strong: [],
  };
}

const VALUE_AFTER =
  'With levers: a value. The engine runs the levers over the volume, prices and progress of this month.';

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
 * cost after. While some act in part it is the baseline less each saving in order as far as its lever acts, where the
 * levers leave each other's part alone: the engine's own figure says whether they do. Else a value, which the sheet says.
 */
function withLevers(
  scenario: Scenario,
  answer: ScenarioAnswer,
  ahead: Sheet | null,
  index: number,
): SheetCell {
  const month = answer.monthly[index];
  if (month === undefined || month.scenario === null) return null;
  const horizon = horizonStart(scenario.horizon.startMonth, answer.period.to);
  const acts = scenario.levers.map((lever, at) => actIn(lever, month.month, horizon, rowOf(at)));
  if (acts.every(({ share }) => share === 0)) return formula(`B${rowOf(index)}`, month.scenario);
  if (ahead !== null || acts.some(({ share }) => share === null)) return month.scenario;
  if (acts.every(({ share, enabled }) => share === 1 || !enabled))
    return formula(`Summary!B4*${perMonth(answer)}`, month.scenario);
  const saved = sumOf(answer.ledger.map(({ inOrder }, at) => (inOrder?.base ?? 0) * (acts[at]?.share ?? 0)));
  const apart = month.baseline - averageMonth(saved, answer);
  if (!totalsAgree(apart, month.scenario, Math.abs(month.baseline))) return month.scenario;
  const parts = acts.flatMap(({ share, factor }, at) =>
    share === 0 ? [] : [`Ledger!E${rowOf(at)}${factor}`],
  );
  return formula(`B${rowOf(index)}-(${parts.join('+')})*${perMonth(answer)}`, month.scenario);
}

type Acting = {
  readonly enabled: boolean;
  /** How far it acts, 0…1; null where a term holds a part of it back. */
  readonly share: number | null;
  /** The same as a factor of a formula; empty for all of it. */
  readonly factor: string;
};

function actIn(lever: Lever, month: string, horizon: string, row: number): Acting {
  const share = lever.enabled ? intensityAt(lever, month, horizon) : 0;
  const isHeldBack = lever.enabled && intensityBeforeTerm(lever, month, horizon) !== share;
  const since = monthNumber(month) - monthNumber(startOf(lever, horizon)) + 1;
  return {
    enabled: lever.enabled,
    share: isHeldBack ? null : share,
    factor: lever.rampMonths === 0 ? '' : `*MIN(1,${since}/Assumptions!C${row})`,
  };
}

/** One-off cost as the sheet of assumptions states it, and what making a model costs by what its lever states. */
export function oneOffCell(
  { levers, horizon }: Scenario,
  { period }: ScenarioAnswer,
  month: { readonly month: string; readonly oneOff: number },
): SheetCell {
  const first = horizonStart(horizon.startMonth, period.to);
  const starting = levers.flatMap((lever, index) =>
    lever.enabled && startOf(lever, first) === month.month ? [{ lever, row: rowOf(index) }] : [],
  );
  if (starting.length === 0) return 0;
  const parts = starting.flatMap(({ lever, row }) => [`Assumptions!D${row}`, ...projectParts(levers, lever)]);
  return formula(parts.join('+'), month.oneOff);
}

/** What a model of one's own costs once: each a product of figures that its lever states. */
const PROJECT_PARTS = [
  ['Teacher input, million tokens', 'Teacher input price, 1M tokens'],
  ['Teacher output, million tokens', 'Teacher output price, 1M tokens'],
  ['Training, million tokens of an epoch', 'Epochs', 'Training price, 1M tokens'],
] as const;

function projectParts(levers: readonly Lever[], lever: Lever): string[] {
  if (lever.kind !== 'custom_model') return [];
  return PROJECT_PARTS.flatMap((names) => {
    const cells = names.flatMap((name) => statedCell(levers, lever.id, name) ?? []);
    return cells.length === names.length ? [cells.join('*')] : [];
  });
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
