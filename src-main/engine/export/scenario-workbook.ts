// The answer of a scenario as a workbook whose figures are formulas: tokens × rate, sums by lever, months that add up.
import { sumOf } from '../../../shared/domain/sum.ts';
import type { LedgerEntry, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { ModelCost } from '../../../shared/domain/whatif/model-costs.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { valueName } from '../../../shared/format/names.ts';
import { outsideName } from '../../../shared/format/scenario-words.ts';
import { assumptionsSheet, leversSheet } from './lever-sheets.ts';
import { column, type Formula, type Sheet, type SheetCell, type Workbook } from './write-xlsx.ts';

const MILLION = 1_000_000;

/** `models` cuts the answer's cost before and after by model (`modelCosts`). Amounts are in the answer's currency. */
export function scenarioWorkbook(
  scenario: Scenario,
  answer: ScenarioAnswer,
  models: readonly ModelCost[],
): Workbook {
  const moves = movesSheet(answer);
  const charges = chargesSheet(answer);
  const ledger = ledgerSheet(answer, moves.rows.length, charges.rows.length);
  const modelRows = modelsSheet(models);
  const cash = cashSheet(answer);
  const sheets = [
    summarySheet(scenario, answer, {
      models: modelRows.rows.length,
      levers: answer.ledger.length,
      cash: cash === null ? null : cash.rows.length,
    }),
    ledger,
    moves,
    charges,
    modelRows,
    monthsSheet(answer),
    ...(cash === null ? [] : [cash]),
    leversSheet(scenario, answer),
    assumptionsSheet(scenario, answer),
    refusedSheet(answer),
    outsideSheet(answer),
  ];
  return { title: answer.name, sheets };
}

const formula = (text: string, value: number): Formula => ({ formula: text, value });
/** Rows of a sheet stand under its header: the first is row 2. */
const rowOf = (index: number): number => index + 2;
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
      column('Formula', 60),
    ],
    rows: ledger.flatMap(({ leverId, charges }) =>
      charges.map(({ label, amount, formula: text }) => [leverId, label, amount, text]),
    ),
    strong: [],
  };
}

/** In order = what the lever's moves save − what it adds beside them; the total is the saving at price. */
function ledgerSheet({ ledger, currency }: ScenarioAnswer, moves: number, charges: number): Sheet {
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
      alone.base,
      formula(
        `${ofLever('Moves', 'A', 'L', moves, at)}-${ofLever('Charges', 'A', 'C', charges, at)}`,
        inOrder.base,
      ),
      enabled ? formula(`E${at}-D${at}`, interaction.base) : 0,
      alone.low,
      alone.high,
      inOrder.low,
      inOrder.high,
    ];
  });
  const total = rows.length;
  const allOf = (letter: string, value: number): SheetCell =>
    total === 0 ? 0 : formula(`SUM(${letter}2:${letter}${total + 1})`, value);
  const totals: SheetCell[] = [
    'total',
    'All levers in order',
    null,
    null,
    allOf('E', sumOf(ledger.map(({ inOrder }) => inOrder.base))),
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
    ],
    rows: [...rows, totals],
    strong: [total],
  };
}

function modelsSheet(models: readonly ModelCost[]): Sheet {
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
        after,
        before === null || after === null ? null : formula(`C${at}-B${at}`, after - before),
        before === null || after === null ? 'no price: in no total' : null,
      ];
    }),
    strong: [],
  };
}

/** saving = baseline − with levers; cumulative = the month before's + saving − one-off. */
function monthsSheet({ monthly, currency }: ScenarioAnswer): Sheet {
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
        month.baseline,
        month.scenario,
        formula(`B${at}-C${at}`, month.saving),
        month.oneOff,
        formula(`${index === 0 ? '' : `F${at - 1}+`}D${at}-E${at}`, month.cumulative),
      ];
    }),
    strong: [],
  };
}

/** cash = saved net of the discount + support on it + shortfall − one-off; the months sum to the cash headline. */
function cashSheet({ commitment, currency }: ScenarioAnswer): Sheet | null {
  if (commitment === null) return null;
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
        month.support,
        month.shortfall,
        month.oneOff,
        formula(`B${at}+C${at}+D${at}-E${at}`, month.cash),
        formula(`${index === 0 ? '' : `G${at - 1}+`}F${at}`, month.cumulative),
      ];
    }),
    strong: [],
  };
}

type Sizes = { readonly models: number; readonly levers: number; readonly cash: number | null };

function summarySheet(scenario: Scenario, answer: ScenarioAnswer, sizes: Sizes): Sheet {
  const { headlines, baseline, after, commitment, currency } = answer;
  const [before, saving] = [baseline.atPrice, headlines.savingAtPrice];
  const cash = headlines.cashThisYear;
  // The first four rows, which the others refer to.
  const figures: SheetCell[][] = [
    [
      'Baseline at price',
      formula(sumDown('Models', 'B', sizes.models), before.base),
      before.low,
      before.high,
    ],
    ['Saving at price', formula(`Ledger!E${sizes.levers + 2}`, saving.base), saving.low, saving.high],
    ['Cost after', formula('B2-B3', after.base), after.low, after.high],
    [
      'Check: cost after − the models’ cost after',
      formula(`B4-${sumDown('Models', 'C', sizes.models)}`, 0),
      null,
      null,
      'must be 0',
    ],
    [
      'Cash saving this commitment year',
      cash === null || sizes.cash === null ? null : formula(sumDown('Cash', 'F', sizes.cash), cash.base),
      cash?.low ?? null,
      cash?.high ?? null,
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
