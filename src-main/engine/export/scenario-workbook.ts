// The answer of a scenario as a workbook whose figures are formulas: tokens × rate, sums by lever, months that add up.
import { sumOf } from '../../../shared/domain/sum.ts';
import type { Band, LedgerEntry, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { BaselineAhead } from '../../../shared/domain/whatif/baseline-ahead.ts';
import type { CaseRow } from '../../../shared/domain/whatif/case-table.ts';
import type { ModelCost } from '../../../shared/domain/whatif/model-costs.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { YearTable } from '../../../shared/domain/whatif/year-table.ts';
import { valueName } from '../../../shared/format/names.ts';
import { layerWords, outsideName } from '../../../shared/format/scenario-words.ts';
import { assumptionsSheet, leversSheet } from './lever-sheets.ts';
import { aheadSheet, monthsSheet, quartersSheet } from './month-sheets.ts';
import {
  column,
  columnLetter,
  formula,
  orUnknown,
  rowOf,
  type Sheet,
  type SheetCell,
  type Workbook,
} from './write-xlsx.ts';
import { settledCash, yearSheets } from './year-sheets.ts';

const MILLION = 1_000_000;

/** What an answer was computed from, beside what it says itself: the cells that its formulas refer to. */
export type Behind = {
  /** The answer's cost before and after by model. */
  readonly models: readonly ModelCost[];
  /** The cases behind low and high, the base first. */
  readonly cases: readonly CaseRow[];
  /** The baseline cut by what moves it in the months ahead. */
  readonly ahead: BaselineAhead;
  /** The commitment year by its parts; null where none is settled. */
  readonly year: YearTable | null;
};

/** Amounts are in the answer's currency. */
export function scenarioWorkbook(
  scenario: Scenario,
  answer: ScenarioAnswer,
  { models, cases, ahead, year }: Behind,
): Workbook {
  const moves = movesSheet(answer);
  const charges = chargesSheet(answer);
  const sizes = {
    models: models.length,
    levers: answer.ledger.length,
    cash: answer.commitment?.cashMonths.length ?? null,
    moves: moves.rows.length,
    charges: charges.rows.length,
    cases: cases.length,
  };
  const trends = aheadSheet(scenario, answer, ahead);
  const sheets = [
    summarySheet(scenario, answer, sizes, year),
    ledgerSheet(answer, sizes),
    moves,
    charges,
    modelsSheet(models, answer),
    casesSheet(answer, cases),
    ...(trends === null ? [] : [trends]),
    monthsSheet(scenario, answer, trends),
    quartersSheet(answer),
    ...yearSheets(scenario, answer, year),
    leversSheet(scenario, answer),
    assumptionsSheet(scenario, answer),
    refusedSheet(answer),
    outsideSheet(answer),
  ];
  return { title: answer.name, sheets };
}

/** `=SUM(…)` over so many rows of a column; 0 where there are none. */
const sumDown = (sheet: string, letter: string, rows: number): string =>
  rows === 0 ? '0' : `SUM(${sheet}!${letter}2:${letter}${rows + 1})`;

/** Every move of tokens: cost = tokens × rate ÷ 1,000,000, the rates being inputs. */
function movesSheet({ ledger, currency }: ScenarioAnswer): Sheet {
  const moved = ledger.flatMap((entry) => entry.moved.map((move) => ({ entry, move })));
  const rate = (cost: number, tokens: number): number | null =>
    tokens === 0 ? null : (cost / tokens) * MILLION;
  const rows = moved.map(({ entry, move }, index): SheetCell[] => {
    const at = rowOf(index);
    return [
      entry.leverId,
      move.model,
      move.region,
      `${valueName('meter', move.fromMeter)}, ${valueName('mode', move.fromMode)}`,
      [move.toModel, move.toPlace, valueName('meter', move.toMeter), valueName('mode', move.toMode)]
        .filter((part) => part !== null)
        .join(', '),
      move.tokens,
      rate(move.costBefore, move.tokens),
      formula(`F${at}*G${at}/${MILLION}`, move.costBefore),
      move.tokensAfter,
      rate(move.costAfter, move.tokensAfter),
      formula(`I${at}*J${at}/${MILLION}`, move.costAfter),
      formula(`H${at}-K${at}`, move.costBefore - move.costAfter),
      move.sourceBefore,
      move.sourceAfter,
    ];
  });
  return {
    name: 'Moves',
    columns: [
      column('Lever id', 16),
      column('Model', 22),
      column('Region', 14),
      column('From', 26),
      column('To', 44),
      column('Tokens before', 18, 'tokens'),
      column(`Rate before, ${currency} per 1M`, 16, 'rate'),
      column(`Cost before, ${currency}`, 16, 'money'),
      column('Tokens after', 18, 'tokens'),
      column(`Rate after, ${currency} per 1M`, 16, 'rate'),
      column(`Cost after, ${currency}`, 16, 'money'),
      column(`Saving, ${currency}`, 16, 'money'),
      column('Price before from', 40),
      column('Price after from', 40),
    ],
    rows,
    strong: [],
  };
}

function chargesSheet({ ledger, currency }: ScenarioAnswer): Sheet {
  return {
    name: 'Charges',
    columns: [
      column('Lever id', 16),
      column('Beside the tokens', 34),
      column(`Amount, ${currency}`, 16, 'money'),
      column('A value; the lever computes it as', 60),
    ],
    rows: ledger.flatMap(({ leverId, charges }) =>
      charges.map(({ label, amount, formula: text }) => [leverId, label, amount, text]),
    ),
    strong: [],
  };
}

/** In order = what the lever's moves save − what it adds beside them; the total is the saving at price. */
function ledgerSheet(
  { ledger, currency, headlines }: ScenarioAnswer,
  { moves, charges, cases }: Sizes,
): Sheet {
  const ofLever = (sheet: string, key: string, amount: string, rows: number, at: number): string =>
    rows === 0
      ? '0'
      : `SUMIF(${sheet}!${key}2:${key}${rows + 1},A${at},${sheet}!${amount}2:${amount}${rows + 1})`;
  const rows = ledger.map((entry, index): SheetCell[] => {
    const at = rowOf(index);
    const { alone, inOrder, interaction, enabled } = entry;
    return [
      entry.leverId,
      entry.label,
      enabled ? 'on' : 'off',
      orUnknown(`Cases!${aloneIn(index)}2`, alone?.base ?? null),
      orUnknown(
        `${ofLever('Moves', 'A', 'L', moves, at)}-${ofLever('Charges', 'A', 'C', charges, at)}`,
        inOrder?.base ?? null,
      ),
      enabled ? orUnknown(`E${at}-D${at}`, interaction?.base ?? null) : 0,
      ...endsOf(aloneIn(index), cases, alone),
      ...endsOf(inOrderIn(index), cases, inOrder),
      entry.missing.join(' ') || null,
    ];
  });
  const total = rows.length;
  const allOf = (letter: string, value: number | null): SheetCell =>
    total === 0 ? 0 : orUnknown(`SUM(${letter}2:${letter}${total + 1})`, value);
  const totals: SheetCell[] = [
    'total',
    'All levers in order',
    null,
    null,
    allOf(
      'E',
      headlines.savingAtPrice === null ? null : sumOf(ledger.map(({ inOrder }) => inOrder?.base ?? 0)),
    ),
    null,
  ];
  return {
    name: 'Ledger',
    columns: [
      column('Lever id', 16),
      column('Lever', 36),
      column('State', 8),
      column(`Alone, ${currency}`, 16, 'money'),
      column(`In order, ${currency}`, 16, 'money'),
      column(`Interaction, ${currency}`, 16, 'money'),
      column('Alone, low', 16, 'money'),
      column('Alone, high', 16, 'money'),
      column('In order, low', 16, 'money'),
      column('In order, high', 16, 'money'),
      column('Without a figure, because', 60),
    ],
    rows: [...rows, totals],
    strong: [total],
  };
}

/** Columns of a lever among the cases: its saving alone, and in order. */
const aloneIn = (index: number): string => columnLetter(4 + 2 * index);
const inOrderIn = (index: number): string => columnLetter(5 + 2 * index);

/** Low and high of a figure: the extremes of its column over all cases, the base among them. */
function endsOf(letter: string, cases: number, band: Band | null): SheetCell[] {
  if (band === null) return [null, null];
  return extremesOf(`Cases!${letter}2:${letter}${cases + 1}`, band);
}

function extremesOf(range: string, { low, high }: Band): SheetCell[] {
  return [formula(`MIN(${range})`, low), formula(`MAX(${range})`, high)];
}

/** Every combination of ends that the engine computed: what it costs before and after, and what each lever saves in it. */
function casesSheet(
  { ledger, currency, baseline, headlines, after: left }: ScenarioAnswer,
  cases: readonly CaseRow[],
): Sheet {
  return {
    name: 'Cases',
    columns: [
      column('Case', 80),
      column(`Before, ${currency}`, 16, 'money'),
      column(`After, ${currency}`, 16, 'money'),
      column(`Saving, ${currency}`, 16, 'money'),
      ...ledger.flatMap(({ label }) => [
        column(`${label}, alone`, 16, 'money'),
        column(`${label}, in order`, 16, 'money'),
      ]),
    ],
    rows: cases.map(({ name, before, after, alone, inOrder }, index): SheetCell[] => [
      name,
      baseline.atPrice === null ? null : before,
      left === null ? null : after,
      headlines.savingAtPrice === null
        ? null
        : left === null
          ? before - after
          : formula(`B${rowOf(index)}-C${rowOf(index)}`, before - after),
      ...ledger.flatMap((entry, lever) => [
        entry.alone === null ? null : (alone[lever] ?? null),
        entry.inOrder === null ? null : (inOrder[lever] ?? null),
      ]),
    ]),
    strong: [0],
  };
}

function modelsSheet(models: readonly ModelCost[], { after: left }: ScenarioAnswer): Sheet {
  return {
    name: 'Models',
    columns: [
      column('Model', 30),
      column('Before', 16, 'money'),
      column('After', 16, 'money'),
      column('Change', 16, 'money'),
      column('', 30),
    ],
    rows: models.map(({ model, before, after }, index): SheetCell[] => {
      const at = rowOf(index);
      return [
        model ?? 'beside the tokens',
        before,
        left === null ? null : after,
        before === null || after === null || left === null ? null : formula(`C${at}-B${at}`, after - before),
        before === null || after === null ? 'no price: in no total' : null,
      ];
    }),
    strong: [],
  };
}

/** Rows of the sheets that others refer to; null where there is none. */
type Sizes = {
  readonly models: number;
  readonly levers: number;
  readonly cash: number | null;
  readonly moves: number;
  readonly charges: number;
  readonly cases: number;
};

function summarySheet(
  scenario: Scenario,
  answer: ScenarioAnswer,
  sizes: Sizes,
  year: YearTable | null,
): Sheet {
  const { headlines, baseline, after, commitment, currency } = answer;
  const price = layerWords([answer.priceLayer]);
  const [before, saving] = [baseline.atPrice, headlines.savingAtPrice];
  const cash = headlines.cashThisYear;
  // The first four rows, which the others refer to.
  const figures: SheetCell[][] = [
    [
      `Baseline at ${price}`,
      orUnknown(sumDown('Models', 'B', sizes.models), before?.base ?? null),
      ...endsOf('B', sizes.cases, before),
      before === null ? headlines.savingReason : null,
    ],
    [
      `Saving at ${price}`,
      orUnknown(`Ledger!E${sizes.levers + 2}`, saving?.base ?? null),
      ...endsOf('D', sizes.cases, saving),
      headlines.savingReason ?? headlines.savingPartial,
    ],
    ['Cost after', orUnknown('B2-B3', after?.base ?? null), ...endsOf('C', sizes.cases, after)],
    [
      'Check: cost after − the models’ cost after',
      after === null ? null : formula(`B4-${sumDown('Models', 'C', sizes.models)}`, 0),
      null,
      null,
      'must be 0',
    ],
    [
      `Cash saving this commitment year, at ${price}`,
      cash === null || sizes.cash === null ? null : formula(sumDown('Cash', 'F', sizes.cash), cash.base),
      ...(cash === null || year === null ? [null, null] : extremesOf(settledCash(year), cash)),
      headlines.cashReason ??
        `year from ${commitment?.yearStart ?? ''}, after shortfall, support and one-off cost`,
    ],
  ];
  const texts: SheetCell[][] = [
    ['Scenario', answer.name],
    ['Note', scenario.note],
    ['Currency', currency],
    ['Paid back at the end of month', answer.paybackMonth],
    ...answer.provenance.map(({ label, value }) => [label, value]),
  ].map(([label = null, value = null]) => [label, null, null, null, value]);
  return {
    name: 'Summary',
    columns: [
      column('Figure', 40),
      column(`Base, ${currency}`, 18, 'money'),
      column('Low', 18, 'money'),
      column('High', 18, 'money'),
      column('', 80),
    ],
    rows: [...figures, ...texts],
    strong: [1, 4],
  };
}

function refusedSheet({ ledger, currency }: ScenarioAnswer): Sheet {
  const rows = (entry: LedgerEntry): SheetCell[][] =>
    entry.guards.map(({ refused, model, region, message, tokens, cost }) => [
      entry.label,
      refused ? 'refused' : 'to be known',
      model,
      region,
      message,
      tokens,
      cost,
    ]);
  return {
    name: 'Refused',
    columns: [
      column('Lever', 36),
      column('What', 14),
      column('Model', 22),
      column('Region', 14),
      column('Reason', 80),
      column('Tokens', 18, 'tokens'),
      column(`Cost before, ${currency}`, 16, 'money'),
    ],
    rows: ledger.flatMap(rows),
    strong: [],
  };
}

/** Cost of the selection that no lever works on, and what had no price. */
function outsideSheet({ baseline, currency }: ScenarioAnswer): Sheet {
  const parts = baseline.outsideParts.map(({ label, reason, invoiced }): SheetCell[] => [
    outsideName(label),
    reason,
    invoiced,
  ]);
  return {
    name: 'Outside',
    columns: [column('What', 40), column('Why', 20), column(`Invoiced, ${currency}`, 18, 'money')],
    rows: [
      ['In the levers’ reach: tokens and paid capacity', '', baseline.invoiced],
      ['of which paid capacity', '', baseline.capacity],
      ['of which without a price at this layer', '', baseline.unpricedInvoiced],
      ...parts,
      [
        'Outside the levers, together',
        '',
        parts.length === 0 ? 0 : formula(`SUM(C5:C${parts.length + 4})`, baseline.outside),
      ],
    ],
    strong: [parts.length + 3],
  };
}
