// The commitment year in a report: spend by class, the year before and after, cash by month, the formulas.
import type { ReportBlock } from '../../../shared/contract/report.ts';
import type { Band, CommitmentResult } from '../../../shared/domain/whatif/answer.ts';
import { lineClassName } from '../../../shared/format/scenario-words.ts';
import { chart, format, heading, listed, spread, table } from './report-parts.ts';

const CASE_NAMES = {
  retired: 'Retired',
  absorbed: 'Absorbed by AI spend',
  shortfall: 'Shortfall',
  cash: 'Cash of the year',
  incrementalCash: 'Incremental cash of AI',
} as const;
const CASES = ['retired', 'absorbed', 'shortfall', 'cash', 'incrementalCash'] as const;

const yes = (flag: boolean): string => (flag ? 'yes' : 'no');

export function commitmentBlocks(found: CommitmentResult): ReportBlock[] {
  const { currency } = found;
  const money = (value: number | null): string => format.money(value, currency);
  const ends = (band: Band | null): string[] => [money(band?.base ?? null), spread(band, currency)];
  return [
    heading(2, `Commitment year from ${format.day(found.yearStart)}`),
    ...table(
      ['AI spend, gross', 'Retires', 'Discounted', 'In cap', 'Before', 'After'],
      found.aiSpend.map((one) => [
        lineClassName(one.lineClass),
        yes(one.retires),
        yes(one.discounted),
        yes(one.inMarketplaceCap),
        money(one.baseline),
        money(one.scenario),
      ]),
    ),
    ...table(
      ['', 'Before', 'Low to high', 'After', 'Low to high'],
      [
        ['Gap without AI spend', ...ends(found.gap), ...ends(found.gap)],
        ...CASES.map((name) => [
          CASE_NAMES[name],
          ...ends(found.baseline[name]),
          ...ends(found.scenario?.[name] ?? null),
        ]),
        ['Cash effect of the levers, before one-off cost', '', '', ...ends(found.leverCash)],
      ],
    ),
    ...(found.cashMonths.length === 0
      ? []
      : [
          chart('Cash of the levers by month of the year, and its running sum.', currency, {
            draws: 'savings',
            months: found.cashMonths.map(({ month, cash, oneOff, cumulative }) => ({
              short: format.month(month),
              long: format.month(month),
              saving: cash + oneOff,
              oneOff,
              cumulative,
            })),
            payback: null,
          }),
        ]),
    ...table(
      ['Month', 'Saved, net', 'Support', 'Shortfall', 'One-off', 'Cash', 'Cumulative'],
      found.cashMonths.map((one) => [
        format.month(one.month),
        ...[one.saved, one.support, one.shortfall, one.oneOff, one.cash, one.cumulative].map(money),
      ]),
    ),
    ...(found.oneOff === 0
      ? []
      : [
          {
            kind: 'text' as const,
            text: `One-off cost earned back in cash: ${found.paybackMonth === null ? 'not within the year' : `by the end of ${format.month(found.paybackMonth)}`}.`,
          },
        ]),
    ...table(
      ['Step', 'Formula', 'Value'],
      found.formula.map(({ name, expression, value, unit }) => [
        name,
        expression,
        unit === currency ? money(value) : `${format.quantity(value)} ${unit}`,
      ]),
    ),
    ...(found.againstDirect === null
      ? []
      : [{ kind: 'text' as const, text: `Against direct purchase: ${money(found.againstDirect)}.` }]),
    ...listed('Assumptions', found.assumptions),
  ];
}
