// The commitment year as sheets of formulas: its terms, AI spend by month and line class, every case settled, cash by month.
import type { ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { YearCase, YearTable } from '../../../shared/domain/whatif/year-table.ts';
import { lineClassName } from '../../../shared/format/scenario-words.ts';
import { oneOffCell } from './month-sheets.ts';
import { column, columnLetter, formula, rowOf, type Sheet, type SheetCell } from './write-xlsx.ts';

/** Cells of the agreement that the other sheets refer to. */
const TERM = {
  commit: 'Agreement!$B$2',
  discount: 'Agreement!$B$3',
  afterDiscount: 'Agreement!$B$4',
  settledNet: 'Agreement!$B$5',
  cap: 'Agreement!$B$6',
  support: 'Agreement!$B$7',
} as const;
/** Its rows of spend: other AWS and other Marketplace spend, then a class of AI spend each. */
const FIRST_LINE = 8;
const AI_LINES = FIRST_LINE + 2;

/** The year's sheets; none where no year is settled, and while nothing is known that the levers change about it. */
export function yearSheets(scenario: Scenario, answer: ScenarioAnswer, year: YearTable | null): Sheet[] {
  const isSettled = (answer.commitment?.scenario ?? null) !== null;
  if (year === null || scenario.commitment === null || !isSettled) return [];
  return [
    agreementSheet(scenario.commitment.year, year),
    spendSheet(answer, year),
    settlementSheet(answer, year),
    cashSheet(scenario, answer, year),
  ];
}

type Terms = NonNullable<Scenario['commitment']>['year'];

function agreementSheet(terms: Terms, { classes }: YearTable): Sheet {
  const line = (what: string, retires: boolean, discounted: boolean, capped: boolean): SheetCell[] => [
    what,
    null,
    Number(retires),
    Number(discounted),
    Number(capped),
  ];
  return {
    name: 'Agreement',
    columns: [
      column('Term, or spend', 44),
      column('Value', 18),
      column('Retires commitment, 1 = yes', 14),
      column('Discounted, 1 = yes', 14),
      column('In the Marketplace cap, 1 = yes', 14),
    ],
    rows: [
      ['Commitment of the year', terms.commit],
      ['Discount, share', terms.discount],
      ['Drawdown is measured after the discount, 1 = yes', Number(terms.drawdown === 'after_discount')],
      ['Shortfall is settled net of the discount, 1 = yes', Number(terms.shortfallSettled === 'net')],
      ['Marketplace cap, share of the commitment', terms.marketplaceCap],
      ['Support, share of net cost', terms.support],
      line('Other AWS spend', true, true, false),
      line('Other Marketplace spend', true, false, true),
      ...classes.map(({ lineClass, retires, discounted, inMarketplaceCap }) =>
        line(lineClassName(lineClass), retires, discounted, inMarketplaceCap),
      ),
    ],
    strong: [],
  };
}

const sides = ({ classes }: YearTable): string[] =>
  (['before', 'after'] as const).flatMap((side) =>
    classes.map(({ lineClass }) => `${lineClassName(lineClass)}, ${side}`),
  );

/** Gross AI spend of the base case by month: what the levers leave of it in each is computed, so it is a value. */
function spendSheet({ currency }: ScenarioAnswer, year: YearTable): Sheet {
  return {
    name: 'Spend',
    columns: [
      column('Month', 10),
      ...sides(year).map((title) => column(`${title}, ${currency}`, 18, 'money')),
      column('', 70),
    ],
    rows: year.months.map(({ month, before, after }, index): SheetCell[] => [
      month,
      ...before,
      ...after,
      index === 0
        ? 'Values: gross spend at the scenario’s prices, of what of each month lies in the year, with the levers as far as they act by then.'
        : null,
    ]),
    strong: [],
  };
}

/** Columns of a case: its name, other spend, AI spend before and after by class, then what is worked out of them. */
function settlementColumns({ classes }: YearTable) {
  const ai = (side: number): string[] =>
    classes.map((_, index) => columnLetter(3 + side * classes.length + index));
  const worked = (from: number) => {
    const [outside, eligible, due, net, cash] = [0, 1, 2, 3, 4].map((index) => columnLetter(from + index));
    return { outside, eligible, due, net, cash };
  };
  const first = 3 + 2 * classes.length;
  return {
    before: { lines: ['B', 'C', ...ai(0)], ...worked(first) },
    after: { lines: ['B', 'C', ...ai(1)], ...worked(first + 5) },
    effect: columnLetter(first + 10),
  };
}

/** Where the cash of the year is worked out, case by case; the base first. */
export function settledCash(year: YearTable): string {
  const { effect } = settlementColumns(year);
  return `Settlement!${effect}2:${effect}${year.cases.length + 1}`;
}

/**
 * Every case of the year: retired = outside the cap + min(cap, eligible in it), each line at gross or net as the drawdown
 * is measured; cash = net cost × (1 + support) + shortfall due; effect = cash before − cash after − one-off cost.
 */
function settlementSheet({ commitment, currency }: ScenarioAnswer, year: YearTable): Sheet {
  const at = settlementColumns(year);
  const worked = (side: string) =>
    ['Retired outside the cap', 'Eligible in the cap', 'Shortfall due', 'Net cost', 'Cash'].map((title) =>
      column(`${title}, ${side}, ${currency}`, 18, 'money'),
    );
  const oneOff = commitment?.oneOff ?? 0;
  const oneOffs = `SUM(Cash!$E$2:$E$${year.months.length + 1})`;
  return {
    name: 'Settlement',
    columns: [
      column('Case', 60),
      column(`Other AWS spend, ${currency}`, 18, 'money'),
      column(`Other Marketplace spend, ${currency}`, 18, 'money'),
      ...sides(year).map((title) => column(`${title}, ${currency}`, 18, 'money')),
      ...worked('before'),
      ...worked('after'),
      column(`Cash saving less one-off cost, ${currency}`, 18, 'money'),
      column('', 70),
    ],
    rows: year.cases.map((one, index): SheetCell[] => {
      const row = rowOf(index);
      const { before, after } = one.settled;
      return [
        one.name,
        one.organicAws,
        one.organicMarketplace,
        ...spendCells(one, index, year),
        ...settledCells(at.before, before, row),
        ...settledCells(at.after, after, row),
        formula(
          `${at.before.cash}${row}-${at.after.cash}${row}-${oneOffs}`,
          before.cash - after.cash - oneOff,
        ),
        index === 0 ? null : 'AI spend by class: values, as computed for this case.',
      ];
    }),
    strong: [0],
  };
}

/** Spend of the first case is that of the months together; the other cases have theirs as values. */
function spendCells({ before, after }: YearCase, index: number, { months }: YearTable): SheetCell[] {
  return [...before, ...after].map((gross, at) => {
    const letter = columnLetter(1 + at);
    return index === 0 ? formula(`SUM(Spend!${letter}2:${letter}${months.length + 1})`, gross) : gross;
  });
}

type Side = ReturnType<typeof settlementColumns>['before'];

function settledCells(
  { lines, outside, eligible, due, net }: Side,
  settled: YearCase['settled']['before'],
  row: number,
): SheetCell[] {
  const summed = (part: (at: number) => string): string =>
    lines.map((letter, index) => `${letter}${row}*${part(FIRST_LINE + index)}`).join('+');
  const counted = (at: number): string => `(1-${TERM.discount}*Agreement!$D$${at}*${TERM.afterDiscount})`;
  const retired = `${outside}${row}-MIN(${TERM.cap}*${TERM.commit},${eligible}${row})`;
  return [
    formula(
      summed((at) => `Agreement!$C$${at}*(1-Agreement!$E$${at})*${counted(at)}`),
      settled.retiredAws,
    ),
    formula(
      summed((at) => `Agreement!$C$${at}*Agreement!$E$${at}*${counted(at)}`),
      settled.marketplaceEligible,
    ),
    formula(
      `MAX(0,${TERM.commit}-${retired})*(1-${TERM.settledNet}*(1-${TERM.afterDiscount})*${TERM.discount})`,
      settled.shortfallDue,
    ),
    formula(
      summed((at) => `(1-${TERM.discount}*Agreement!$D$${at})`),
      settled.net,
    ),
    formula(`${net}${row}*(1+${TERM.support})+${due}${row}`, settled.cash),
  ];
}

/** cash = saved net of the discount + support on it + shortfall − one-off; the months sum to the cash headline. */
function cashSheet(scenario: Scenario, answer: ScenarioAnswer, year: YearTable): Sheet {
  const { currency } = answer;
  const months = answer.commitment?.cashMonths ?? [];
  const { before, after } = settlementColumns(year);
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
    rows: months.map((month, index): SheetCell[] => {
      const at = rowOf(index);
      const isLast = index === months.length - 1;
      return [
        month.month,
        formula(savedIn(year, at), month.saved),
        formula(`B${at}*${TERM.support}`, month.support),
        isLast ? formula(`Settlement!${before.due}2-Settlement!${after.due}2`, month.shortfall) : 0,
        oneOffCell(scenario, answer, month),
        formula(`B${at}+C${at}+D${at}-E${at}`, month.cash),
        formula(`${index === 0 ? '' : `G${at - 1}+`}F${at}`, month.cumulative),
      ];
    }),
    strong: [],
  };
}

/** Spend before − after of every class, net of the discount where it earns it. */
function savedIn({ classes }: YearTable, row: number): string {
  const parts = classes.map((_, index) => {
    const [before, after] = [columnLetter(1 + index), columnLetter(1 + classes.length + index)];
    return `(Spend!${before}${row}-Spend!${after}${row})*(1-${TERM.discount}*Agreement!$D$${AI_LINES + index})`;
  });
  return parts.length === 0 ? '0' : parts.join('+');
}
