// The answer of a what-if as the terminal prints it: ledger, both headlines, the commitment, what was refused.
import type { Output } from '../../shared/contract/methods.ts';
import { UNKNOWN } from '../../shared/format/format.ts';
import { layerWords, paidBackText } from '../../shared/format/scenario-words.ts';
import { left, right, table } from './table.ts';
import { formatMoney } from './text.ts';

type Answer = Output<'scenario.run'>;
type Band = Answer['after'];

/** The answer as text: what it starts from, the ledger, both headlines, what was refused and what to know. */
export function describeScenario(answer: Answer): string {
  const money = (value: number): string => formatMoney(value, answer.currency);
  const { baseline } = answer;
  const figures = [
    ...headlines(answer),
    ...payback(answer),
    ...(answer.commitment === null ? [] : absorption(answer.commitment)),
  ];
  const width = Math.max(...figures.map(([label]) => label.length));
  const atPrice =
    baseline.atPrice === null
      ? '—, none of its tokens has a price,'
      : bandText(baseline.atPrice, answer.currency);
  return [
    `${answer.name}: ${answer.period.from} to ${answer.period.to}, at ${answer.priceLayer} prices, catalog ${answer.catalogVersion}`,
    `Baseline ${atPrice} at ${layerWords([answer.priceLayer])} (${money(baseline.invoiced)} invoiced${withoutPrice(answer)}); ${money(baseline.outside)} outside the levers.`,
    '',
    ...(answer.ledger.length === 0 ? [] : [ledgerTable(answer)]),
    ...figures.map(([label, value]) => `${label.padEnd(width)}  ${value}`),
    ...(answer.ledger.length === 0 || answer.quarters.length === 0 ? [] : ['', quarterTable(answer)]),
    ...listed('Without a figure:', withoutFigure(answer)),
    ...listed('Beside the tokens:', chargesOf(answer)),
    ...listed('Refused by guards:', guardsOf(answer, true)),
    ...listed('To be known:', guardsOf(answer, false)),
    ...(answer.notes.length === 0 ? [] : ['', ...answer.notes.map((note) => `Note: ${note}`)]),
    '',
  ].join('\n');
}

/** How much of what is invoiced is not in the baseline at price; nothing where all of it is, or none. */
function withoutPrice({ baseline: { atPrice, unpricedInvoiced }, currency }: Answer): string {
  if (atPrice === null || unpricedInvoiced === 0) return '';
  return `, ${formatMoney(unpricedInvoiced, currency)} of it without a price there`;
}

const listed = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : ['', title, ...new Set(lines)];

const chargesOf = ({ ledger, currency }: Answer): string[] =>
  ledger.flatMap(({ label, charges }) =>
    charges.map(
      (charge) => `  ${label}, ${charge.label}: ${formatMoney(charge.amount, currency)} (${charge.formula})`,
    ),
  );

/** Levers that come to no figure, with what is to be stated or priced first. */
const withoutFigure = ({ ledger }: Answer): string[] =>
  ledger.flatMap(({ label, missing }) => missing.map((what) => `  ${label}: ${what}`));

/** What guards refused, or let through with a warning; said once a lever. */
const guardsOf = ({ ledger }: Answer, refused: boolean): string[] =>
  ledger.flatMap(({ label, guards }) =>
    guards.filter((guard) => guard.refused === refused).map(({ message }) => `  ${label}: ${message}`),
  );

function bandText(band: Band, currency: string): string {
  if (band === null) return UNKNOWN;
  const { low, base, high } = band;
  const money = (value: number): string => formatMoney(value, currency);
  return low === high ? money(base) : `${money(base)}  (${money(low)} to ${money(high)})`;
}

function ledgerTable({ ledger, currency }: Answer): string {
  const money = (band: Band): string => formatMoney(band?.base ?? null, currency);
  return table(
    [left('Lever'), right('Alone'), right('In order'), right('Interaction'), left('Range in order')],
    ledger.map(({ label, alone, inOrder, interaction }) => [
      left(label),
      right(money(alone)),
      right(money(inOrder)),
      right(money(interaction)),
      left(
        inOrder === null
          ? UNKNOWN
          : `${formatMoney(inOrder.low, currency)} to ${formatMoney(inOrder.high, currency)}`,
      ),
    ]),
  );
}

type Line = readonly [label: string, value: string];

/** Both headlines, each with the price layer it is at and the time it is about. */
function headlines({ headlines: found, period, commitment, currency, priceLayer }: Answer): Line[] {
  const price = layerWords([priceLayer]);
  const cash =
    found.cashThisYear === null
      ? `— (${found.cashReason ?? 'no commitment is given'})`
      : bandText(found.cashThisYear, currency);
  return [
    [
      `Saving at ${price}, ${period.from} to ${period.to}`,
      found.savingReason === null ? bandText(found.savingAtPrice, currency) : `— (${found.savingReason})`,
    ],
    ...(found.savingPartial === null ? [] : [['', found.savingPartial] as const]),
    ...(commitment === null
      ? []
      : [
          [
            `Saving at ${price}, year from ${commitment.yearStart}`,
            bandText(commitment.savingAtPrice, currency),
          ] as const,
        ]),
    [
      commitment === null
        ? 'Cash saving this year'
        : `Cash saving at ${price}, year from ${commitment.yearStart}`,
      cash,
    ],
  ];
}

/** When all one-off cost has come back at price; nothing where none is stated. */
function payback(answer: Answer): Line[] {
  if (answer.oneOff === 0) return [];
  return [['One-off cost paid back at price', paidBackText(answer, (month) => month)]];
}

/** Cash is missing in a quarter that is not wholly within the commitment year, and without a commitment. */
function quarterTable({ quarters, currency }: Answer): string {
  const money = (value: number | null): string => (value === null ? '—' : formatMoney(value, currency));
  return table(
    [left('Fiscal quarter'), right('Saving at price'), right('One-off'), right('Cumulative'), right('Cash')],
    quarters.map(({ quarter, months, saving, oneOff, cumulative, cash }) => [
      left(months === 3 ? quarter : `${quarter}, ${months} of 3 months`),
      ...[saving, oneOff, cumulative, cash].map((value) => right(money(value))),
    ]),
  );
}

function absorption({
  currency,
  gap,
  oneOff,
  paybackMonth,
  scenario: result,
}: NonNullable<Answer['commitment']>): Line[] {
  return [
    ['Commitment gap without AI spend', bandText(gap, currency)],
    ['Absorbed by AI spend', bandText(result?.absorbed ?? null, currency)],
    ['Remaining shortfall', bandText(result?.shortfall ?? null, currency)],
    ['Incremental cash of AI', bandText(result?.incrementalCash ?? null, currency)],
    ...(oneOff === 0
      ? []
      : [
          [
            'One-off cost earned back in cash',
            result === null
              ? `${UNKNOWN} (the saving is not known)`
              : (paybackMonth ?? 'not within the year'),
          ] as const,
        ]),
  ];
}
