// What is reported of a scenario: a first page that stands by itself, months and cash, commitment, how the levers act on
// each other, which assumption matters, what all rests on, and last each lever in detail.
import type { Report, ReportBlock } from '../../../shared/contract/report.ts';
import type { ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { ModelCost } from '../../../shared/domain/whatif/model-costs.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import type { Sensitivities } from '../../../shared/domain/whatif/sensitivity.ts';
import { filterText } from '../../../shared/format/conditions.ts';
import { UNKNOWN } from '../../../shared/format/format.ts';
import { assumptionEnds, outsideName } from '../../../shared/format/scenario-words.ts';
import { commitmentBlocks } from './report-commitment.ts';
import { firstPage, placedLevers } from './report-first-page.ts';
import { interactionBlocks, leverBlocks, planBlocks } from './report-levers.ts';
import { chapter, chart, format, heading, listed, range, table } from './report-parts.ts';

export type ReportedScenario = {
  readonly scenario: Scenario;
  readonly answer: ScenarioAnswer;
  /** The answer's cost by model. */
  readonly models: readonly ModelCost[];
  /** null where there is no saving to look into. */
  readonly sensitivity: Sensitivities | null;
};

/** Where the figures of a report were read, and when. */
export type ReportSource = {
  /** File name of the workspace. */
  readonly workspace: string;
  readonly imports: number;
  /** When the last import was taken over; null without one. */
  readonly lastImport: string | null;
  readonly writtenAt: Date;
};

/** Bars a chart still shows well; the rest move less. */
const MOST_BARS = 12;

/** Amounts are in the answer's currency. */
export function scenarioReport(
  { scenario, answer: computed, models, sensitivity }: ReportedScenario,
  source: ReportSource,
): Report {
  const answer = toldApart(scenario, computed);
  return {
    schemaVersion: 1,
    title: answer.name,
    source: sourceText(answer, source),
    blocks: [
      ...(scenario.note === null ? [] : [{ kind: 'text' as const, text: scenario.note }]),
      ...firstPage(answer),
      ...months(answer),
      ...(answer.commitment === null ? [] : commitmentBlocks(answer.commitment)),
      ...interactionBlocks(answer),
      ...(sensitivity === null ? [] : assumptions(sensitivity, answer)),
      ...planBlocks(scenario, answer),
      heading(2, 'What this rests on'),
      ...table(
        ['', ''],
        answer.provenance.map(({ label, value }) => [label, value]),
      ),
      ...listed('Notes', answer.notes),
      ...baseline(answer),
      ...modelBlocks(models, answer),
      ...readings(answer),
      ...leverBlocks(scenario, answer),
    ],
  };
}

function sourceText(
  { period, currency, priceLayer, catalogVersion }: ScenarioAnswer,
  { workspace, imports, lastImport, writtenAt }: ReportSource,
): string {
  const held = `${format.count(imports)} ${imports === 1 ? 'import' : 'imports'}`;
  const last = lastImport === null ? '' : `, last on ${format.day(lastImport.slice(0, 10))}`;
  return [
    `${workspace}: ${held}${last}`,
    `${format.period(period)}, unblended, ${currency}`,
    `${priceLayer} prices, catalog ${catalogVersion}`,
    `written ${format.day(writtenAt.toISOString().slice(0, 10))}`,
  ].join(' · ');
}

function months(answer: ScenarioAnswer): ReportBlock[] {
  const { monthly, quarters, paybackMonth, currency } = answer;
  const money = (value: number | null): string => format.money(value, currency);
  const known = monthly.flatMap(({ month, saving, oneOff, cumulative }) =>
    saving === null || cumulative === null
      ? []
      : [{ short: format.month(month), long: format.month(month), saving, oneOff, cumulative }],
  );
  return [
    chapter('Months ahead, at price'),
    ...(known.length === 0
      ? []
      : [
          chart('Saving and one-off cost by month, and their running sum.', currency, {
            draws: 'savings',
            months: known,
            payback: paybackMonth,
          }),
        ]),
    ...table(
      ['Fiscal quarter', 'Saving', 'One-off', 'Cumulative', 'Cash'],
      quarters.map((one) => [
        `${one.quarter}${one.months === 3 ? '' : ` (${one.months} of 3 months)`}`,
        ...[one.saving, one.oneOff, one.cumulative, one.cash].map(money),
      ]),
    ),
    ...table(
      ['Month', 'Baseline', 'Scenario', 'Saving', 'One-off', 'Cumulative'],
      monthly.map((one) => [
        format.month(one.month),
        ...[one.baseline, one.scenario, one.saving, one.oneOff, one.cumulative].map(money),
      ]),
    ),
  ];
}

/** Levers of one name are told apart by what they apply to. */
function toldApart({ levers }: Scenario, answer: ScenarioAnswer): ScenarioAnswer {
  const names = Map.groupBy(answer.ledger, ({ label }) => label);
  const scopeOf = (leverId: string): string =>
    (levers.find(({ id }) => id === leverId)?.scope ?? []).map((filter) => filterText(filter)).join(', ');
  const ledger = answer.ledger.map((entry) => {
    const scope = names.get(entry.label)?.length === 1 ? '' : scopeOf(entry.leverId);
    return scope === '' ? entry : { ...entry, label: `${entry.label} (${scope})` };
  });
  return { ...answer, ledger };
}

/** Each assumption alone at its ends, the one that moves the saving most first; the chart numbers the levers. */
function assumptions({ base, assumptions: found }: Sensitivities, answer: ScenarioAnswer): ReportBlock[] {
  const { currency } = answer;
  const placed = new Map(placedLevers(answer).map(({ place, entry }) => [entry.leverId, { place, entry }]));
  const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  const bars = found
    .filter(({ low, high }) => low.savingAtPrice !== high.savingAtPrice)
    .slice(0, MOST_BARS)
    .map(({ leverId, name, low, high, ...ends }) => ({
      lever: leverId === null ? null : (placed.get(leverId) ?? null),
      name,
      atLow: low.savingAtPrice,
      atHigh: high.savingAtPrice,
      ...assumptionEnds(ends, currency, format),
    }));
  if (bars.length === 0) return [];
  const still = found.length - bars.length;
  return [
    heading(2, 'Which assumption moves the saving most'),
    chart(
      `Saving at price with each assumption alone at its low and at its high end; ${format.money(base.savingAtPrice, currency)} at the base.`,
      currency,
      {
        draws: 'tornado',
        bars: bars.map(({ lever, name, ...bar }) => ({
          ...bar,
          label: lever === null ? sentence(name) : `${lever.place}: ${name}`,
        })),
        base: base.savingAtPrice,
      },
    ),
    ...table(
      ['', 'Assumption', 'Low end', 'Saving there', 'High end', 'Saving there'],
      bars.map(({ lever, name, low, atLow, high, atHigh }) => [
        lever === null ? '' : String(lever.place),
        lever === null ? sentence(name) : `${lever.entry.label}: ${name}`,
        low,
        format.money(atLow, currency),
        high,
        format.money(atHigh, currency),
      ]),
    ),
    ...(still === 0
      ? []
      : [
          {
            kind: 'text' as const,
            text: `${format.count(still)} more ${still === 1 ? 'assumption moves' : 'assumptions move'} it less or not at all.`,
          },
        ]),
  ];
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
      found.map(({ label, before, saving, savingReason, savingShare }) => [
        label,
        range(before, currency),
        savingReason ?? range(saving, currency),
        format.percent(savingShare),
      ]),
    ),
  ];
}
