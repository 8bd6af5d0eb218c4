// The levers of a report: how they act on each other, what each of them states, moved and refused, and which are off.
import type { ReportBlock } from '../../../shared/contract/report.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import type { LedgerEntry, Moved, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { Lever, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { leverStated } from '../../../shared/format/lever-stated.ts';
import { valueName } from '../../../shared/format/names.ts';
import { factText, statedText } from '../../../shared/format/scenario-words.ts';
import { placedLevers } from './report-first-page.ts';
import { format, heading, range, spread, table } from './report-parts.ts';

/** Movements of a lever with a row of their own: a lever on all usage has one for each model, region, meter and mode. */
const MOST_MOVED = 12;

/** Alone, in order and the difference. */
export function interactionBlocks(answer: ScenarioAnswer): ReportBlock[] {
  const { currency } = answer;
  const placed = placedLevers(answer);
  if (placed.length === 0) return [];
  return [
    heading(2, 'How the levers act on each other'),
    ...table(
      ['', 'Lever', 'Alone', 'Alone, low to high', 'In this order', 'Interaction'],
      placed.map(({ place, entry: { label, alone, inOrder, interaction } }) => [
        String(place),
        label,
        format.money(alone?.base ?? null, currency),
        spread(alone, currency),
        format.money(inOrder?.base ?? null, currency),
        format.money(interaction?.base ?? null, currency),
      ]),
    ),
    {
      kind: 'text',
      text: 'Interaction is the saving in order less the saving alone: below zero, levers before it took of what it works on.',
    },
  ];
}

/** Who starts what when, at which cost, and on which evidence. */
export function planBlocks({ levers }: Scenario, answer: ScenarioAnswer): ReportBlock[] {
  const { currency } = answer;
  const stated = new Map(levers.map((lever) => [lever.id, lever]));
  const placed = placedLevers(answer);
  if (placed.length === 0) return [];
  return [
    heading(2, 'Start, owner and evidence'),
    ...table(
      ['', 'Lever', 'Starts', 'Ramp', 'One-off', 'Owner', 'Confidence', 'Evidence'],
      placed.flatMap(({ place, entry: { leverId, label } }) => {
        const lever = stated.get(leverId);
        return lever === undefined ? [] : [[String(place), label, ...plan(lever, currency)]];
      }),
    ),
  ];
}

function plan(
  { startMonth, rampMonths, oneOffCost, owner, confidence, evidence }: Lever,
  currency: string,
): string[] {
  return [
    startMonth === null ? 'first month' : format.month(startMonth),
    rampMonths === 0 ? 'at once' : `${format.count(rampMonths)} ${rampMonths === 1 ? 'month' : 'months'}`,
    format.money(oneOffCost, currency),
    owner ?? 'not stated',
    confidence ?? 'not stated',
    evidence ?? 'none is stated',
  ];
}

/** A section for each lever that is switched on; the others in one list, by what they would save alone. */
export function leverBlocks({ levers }: Scenario, answer: ScenarioAnswer): ReportBlock[] {
  const { currency } = answer;
  const sections = placedLevers(answer).flatMap(({ place, entry }) =>
    sectionOf(
      `${place}. ${entry.label}`,
      entry,
      levers.find(({ id }) => id === entry.leverId),
      currency,
    ),
  );
  const off = answer.ledger
    .filter(({ enabled }) => !enabled)
    .map(({ label, alone }) =>
      alone === null ? `${label}: no figure` : `${label}: saving alone ${range(alone, currency)}`,
    );
  return [
    ...(sections.length === 0 ? [] : [heading(2, 'Levers in detail'), ...sections]),
    ...(off.length === 0
      ? []
      : [heading(2, 'Switched off, in no figure above'), { kind: 'list' as const, items: off }]),
  ];
}

/** What the lever states about itself: where it applies, and every parameter with its ends. */
function stated(of: Lever | undefined, currency: string): ReportBlock[] {
  if (of === undefined) return [];
  const applies = of.scope.map((filter) => filterText(filter)).join(', ');
  return table(
    ['Stated', 'Value (low to high)'],
    [
      ['Applies to', applies === '' ? 'all usage of the baseline' : applies],
      ...leverStated(of).map((one) => [one.name, statedText(one, currency, format)]),
    ],
  );
}

function sectionOf(
  title: string,
  { moved, charges, guards, facts }: LedgerEntry,
  of: Lever | undefined,
  currency: string,
): ReportBlock[] {
  const money = (value: number | null): string => format.money(value, currency);
  const blocks = [
    ...stated(of, currency),
    ...movedTable(moved, money),
    ...table(
      ['Beside the tokens', 'Amount', 'Formula'],
      charges.map((one) => [one.label, money(one.amount), one.formula]),
    ),
    ...table(
      ['Guard', 'Usage', 'Reason', 'Tokens', 'Cost before'],
      guards.map((one) => [
        one.refused ? 'Refused' : 'Note',
        usage(one.model, one.region),
        one.message,
        one.tokens === 0 ? '' : format.tokens(one.tokens),
        one.tokens === 0 ? '' : money(one.cost),
      ]),
    ),
    ...table(
      ['Figure', 'Value', ''],
      facts.map((one) => [
        sentence(usage(one.name, one.model)),
        factText(one, currency, format),
        one.note ?? '',
      ]),
    ),
  ];
  return blocks.length === 0 ? [] : [heading(3, title), ...blocks];
}

/** The movements that change the cost most, and all others in one row. */
function movedTable(moved: readonly Moved[], money: (value: number) => string): ReportBlock[] {
  const change = ({ costBefore, costAfter }: Moved): number => Math.abs(costBefore - costAfter);
  const sorted = moved.toSorted((left, right) => change(right) - change(left));
  const shown = sorted.length > MOST_MOVED + 1 ? sorted.slice(0, MOST_MOVED) : sorted;
  const others = sorted.slice(shown.length);
  const row = (who: string, how: string, parts: readonly Moved[]): string[] => {
    const [before, after] = [
      sumOf(parts.map((one) => one.tokens)),
      sumOf(parts.map((one) => one.tokensAfter)),
    ];
    return [
      who,
      how,
      after === before ? format.tokens(before) : `${format.tokens(before)} → ${format.tokens(after)}`,
      money(sumOf(parts.map((one) => one.costBefore))),
      money(sumOf(parts.map((one) => one.costAfter))),
    ];
  };
  return table(
    ['Moved', 'From → to', 'Tokens', 'Before', 'After'],
    [
      ...shown.map((one) => row(usage(one.model, one.region), wayOf(one), [one])),
      ...(others.length === 0
        ? []
        : [row(`${format.count(others.length)} more`, 'each in the CSV and the workbook', others)]),
    ],
  );
}

/** `Input, On demand → Input, Batch`; once where only the amount changes. */
function wayOf({ model, toModel, fromMeter, fromMode, toMeter, toMode }: Moved): string {
  const purchase = (meter: string, mode: string): string =>
    `${valueName('meter', meter)}, ${valueName('mode', mode)}`;
  const [from, to] = [purchase(fromMeter, fromMode), purchase(toMeter, toMode)];
  if (toModel !== model) return `${from} → ${toModel}: ${to}`;
  return from === to ? from : `${from} → ${to}`;
}

const usage = (...parts: readonly (string | null)[]): string =>
  parts.filter((part) => part !== null).join(', ');
const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
