// What is reported of a scenario: headlines, what it rests on, ledger and levers, months, commitment, what was refused.
import type { Report, ReportBlock } from '../../../shared/contract/report.ts';
import type { LedgerEntry, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { ModelCost } from '../../../shared/domain/whatif/model-costs.ts';
import type { Lever, Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { UNKNOWN } from '../../../shared/format/format.ts';
import { leverStated } from '../../../shared/format/lever-stated.ts';
import { valueName } from '../../../shared/format/names.ts';
import { factText, layerWords, outsideName, statedText } from '../../../shared/format/scenario-words.ts';
import { commitmentBlocks } from './report-commitment.ts';
import { format, heading, listed, range, table } from './report-parts.ts';

/** The report of an answer; `models` cuts its cost by model. Amounts are in the answer's currency. */
export function scenarioReport(
  scenario: Scenario,
  answer: ScenarioAnswer,
  models: readonly ModelCost[],
): Report {
  return {
    schemaVersion: 1,
    title: answer.name,
    blocks: [
      ...(scenario.note === null ? [] : [{ kind: 'text' as const, text: scenario.note }]),
      ...headlines(answer),
      heading(2, 'What this rests on'),
      ...table(
        ['', ''],
        answer.provenance.map(({ label, value }) => [label, value]),
      ),
      ...listed('Notes', answer.notes),
      ...baseline(answer),
      ...ledger(scenario, answer),
      ...answer.ledger.flatMap((entry) =>
        lever(
          entry,
          scenario.levers.find(({ id }) => id === entry.leverId),
          answer.currency,
        ),
      ),
      ...modelBlocks(models, answer),
      ...readings(answer),
      ...months(answer),
      ...(answer.commitment === null ? [] : commitmentBlocks(answer.commitment)),
    ],
  };
}

function headlines({
  headlines: { savingAtPrice, savingReason, cashThisYear, cashReason },
  currency,
  period,
  paybackMonth,
  after,
  baseline: found,
  monthly,
  commitment,
  priceLayer,
}: ScenarioAnswer): ReportBlock[] {
  const price = layerWords([priceLayer]);
  const year = commitment === null ? '' : `, from ${format.day(commitment.yearStart)}`;
  return table(
    ['', ''],
    [
      [`Saving at ${price}, ${format.period(period)}`, savingReason ?? range(savingAtPrice, currency)],
      [
        `Cash saving at ${price} this commitment year${year}`,
        cashThisYear === null ? (cashReason ?? '') : range(cashThisYear, currency),
      ],
      [
        `Cost after the levers, ${found.capacity === 0 ? 'tokens' : 'tokens and paid capacity'}`,
        range(after, currency),
      ],
      ['One-off cost paid back', paidBack({ paybackMonth, monthly })],
    ],
    // A reason is no figure to stand out.
    [...(savingAtPrice === null ? [] : [0]), ...(cashThisYear === null ? [] : [1])],
  );
}

/** Levers that come to no figure, with what is to be stated or priced first. */
function withoutFigure({ ledger }: ScenarioAnswer): string[] {
  return ledger.flatMap(({ label, missing }) => missing.map((what) => `${label}: ${what}`));
}

function paidBack({ paybackMonth, monthly }: Pick<ScenarioAnswer, 'paybackMonth' | 'monthly'>): string {
  const month = monthly[(paybackMonth ?? 0) - 1]?.month;
  if (month !== undefined) return `end of ${format.month(month)}`;
  return monthly.every(({ oneOff }) => oneOff === 0) ? 'nothing to pay back' : 'not within the horizon';
}

function baseline({ baseline: found, currency, period }: ScenarioAnswer): ReportBlock[] {
  const money = (value: number): string => format.money(value, currency);
  const reach = found.capacity === 0 ? 'Tokens' : 'Tokens and paid capacity';
  const parts = [
    [`${reach}, as invoiced (unblended)`, money(found.invoiced)],
    [`${reach}, at the price layer of the scenario`, range(found.atPrice, currency)],
    ...(found.capacity === 0 ? [] : [['of both, paid capacity as invoiced', money(found.capacity)]]),
    [
      `Without a price there: ${format.tokens(found.unpricedTokens)} tokens (${format.percent(found.unpricedShare)} of cost)`,
      money(found.unpricedInvoiced),
    ],
    ...found.outsideParts.map(({ label, invoiced }) => [
      `Beside the tokens: ${outsideName(label)}`,
      money(invoiced),
    ]),
  ];
  return [
    heading(2, 'Baseline'),
    ...table(
      [`${format.period(period)}, days covered: ${found.daysCovered}`, currency],
      [...parts, ['The whole selection, as invoiced', money(found.invoiced + found.outside)]],
      [parts.length],
    ),
  ];
}

function ledger({ levers }: Scenario, answer: ScenarioAnswer): ReportBlock[] {
  const { currency } = answer;
  const labels = new Map(answer.ledger.map(({ leverId, label }) => [leverId, label]));
  return [
    heading(2, 'Ledger'),
    ...table(
      ['Lever', 'Alone', 'In this order', 'Interaction'],
      answer.ledger.map(({ label, enabled, alone, inOrder, interaction }) => [
        `${label}${enabled ? '' : ' (switched off)'}`,
        range(alone, currency),
        range(inOrder, currency),
        format.money(interaction?.base ?? null, currency),
      ]),
    ),
    ...listed('Without a figure', withoutFigure(answer)),
    ...table(
      ['Lever', 'Starts', 'Ramp', 'One-off', 'Owner', 'Confidence', 'Evidence'],
      levers.map(({ id, startMonth, rampMonths, oneOffCost, owner, confidence, evidence }) => [
        labels.get(id) ?? id,
        startMonth === null ? 'first month' : format.month(startMonth),
        rampMonths === 0 ? 'at once' : `${format.count(rampMonths)} months`,
        format.money(oneOffCost, currency),
        owner ?? 'not stated',
        confidence ?? 'not stated',
        evidence ?? 'none is stated',
      ]),
    ),
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

function lever(
  { label, moved, charges, guards, facts }: LedgerEntry,
  of: Lever | undefined,
  currency: string,
): ReportBlock[] {
  const money = (value: number | null): string => format.money(value, currency);
  const purchase = (meter: string, mode: string): string =>
    `${valueName('meter', meter)}, ${valueName('mode', mode)}`;
  const usage = (...parts: readonly (string | null)[]): string =>
    parts.filter((part) => part !== null).join(', ');
  const blocks = [
    ...stated(of, currency),
    ...table(
      ['Moved', 'From → to', 'Tokens', 'Before', 'After'],
      moved.map((one) => [
        usage(one.model, one.region),
        `${purchase(one.fromMeter, one.fromMode)} → ${one.toModel === one.model ? '' : `${one.toModel}: `}${purchase(one.toMeter, one.toMode)}`,
        one.tokensAfter === one.tokens
          ? format.tokens(one.tokens)
          : `${format.tokens(one.tokens)} → ${format.tokens(one.tokensAfter)}`,
        money(one.costBefore),
        money(one.costAfter),
      ]),
    ),
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
  return blocks.length === 0 ? [] : [heading(3, label), ...blocks];
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

function modelBlocks(models: readonly ModelCost[], { currency, after: left }: ScenarioAnswer): ReportBlock[] {
  if (models.length === 0) return [];
  const money = (value: number | null): string =>
    value === null ? 'no price' : format.money(value, currency);
  return [
    heading(2, 'Models'),
    ...table(
      ['Model', 'Before', 'After'],
      models.map(({ model, before, after }) => [
        model ?? 'Beside the tokens',
        money(before),
        left === null && after !== null ? UNKNOWN : money(after),
      ]),
    ),
  ];
}

function readings({ readings: found, currency }: ScenarioAnswer): ReportBlock[] {
  if (found.length < 2) return [];
  return [
    heading(2, 'The same at other prices'),
    ...table(
      ['Prices', 'Before', 'Saving', 'Share'],
      found.map(({ label, before, saving, savingShare }) => [
        label,
        range(before, currency),
        range(saving, currency),
        format.percent(savingShare),
      ]),
    ),
  ];
}

function months({ monthly, quarters, currency }: ScenarioAnswer): ReportBlock[] {
  const money = (value: number | null): string => format.money(value, currency);
  return [
    heading(2, 'Months'),
    ...table(
      ['Month', 'Baseline', 'Scenario', 'Saving', 'One-off', 'Cumulative'],
      monthly.map((one) => [
        format.month(one.month),
        ...[one.baseline, one.scenario, one.saving, one.oneOff, one.cumulative].map(money),
      ]),
    ),
    ...table(
      ['Fiscal quarter', 'Saving', 'One-off', 'Cumulative', 'Cash'],
      quarters.map((one) => [
        `${one.quarter}${one.months === 3 ? '' : ` (${one.months} of 3 months)`}`,
        ...[one.saving, one.oneOff, one.cumulative, one.cash].map(money),
      ]),
    ),
  ];
}
