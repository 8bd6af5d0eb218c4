// The answer of a scenario as a file: CSV and XLSX for a sheet, JSON for a program, Markdown for a reader.
import type { Input, Output } from '../../../shared/contract/methods.ts';
import type { Report } from '../../../shared/contract/report.ts';
import type { Band, LedgerEntry, ScenarioAnswer } from '../../../shared/domain/whatif/answer.ts';
import type { Scenario } from '../../../shared/domain/whatif/scenario.ts';
import { type DelimitedCell, toCsv } from '../../../shared/format/delimited.ts';
import { layerWords } from '../../../shared/format/scenario-words.ts';
import { reportMarkdown } from './report-markdown.ts';
import { type Behind, scenarioWorkbook } from './scenario-workbook.ts';
import { writeFileWhole } from './write-file.ts';
import { xlsxBytes } from './write-xlsx.ts';

export type ScenarioFormat = Input<'export.scenario'>['format'];

/** A scenario with everything that is reported of it. */
export type Reported = Behind & {
  readonly scenario: Scenario;
  readonly answer: ScenarioAnswer;
  readonly report: () => Report;
};

/** Writes scenario and answer to the target. `rows` counts the figures of the CSV, whatever the format. */
export async function exportScenario(
  reported: Reported,
  target: string,
  format: ScenarioFormat,
): Promise<Output<'export.scenario'>> {
  const bytes = await writeFileWhole(target, [await contentOf(reported, format)]);
  return { rows: scenarioRows(reported.answer).length, bytes };
}

async function contentOf(
  { scenario, answer, report, ...behind }: Reported,
  format: ScenarioFormat,
): Promise<string | Uint8Array> {
  switch (format) {
    case 'csv':
      return toCsv(HEADER, scenarioRows(answer));
    case 'json':
      return `${JSON.stringify({ schemaVersion: 1, scenario, answer }, null, 2)}\n`;
    case 'xlsx':
      return xlsxBytes(scenarioWorkbook(scenario, answer, behind));
    case 'md':
      return reportMarkdown(report());
  }
}

/** One row a figure, so that a sheet can filter by section and lever. */
const HEADER = ['section', 'lever', 'figure', 'model', 'region', 'unit', 'low', 'base', 'high', 'note'];

type Figure = {
  readonly lever?: string;
  readonly model?: string | null;
  readonly region?: string | null;
  readonly note?: string | null;
};

function row(
  section: string,
  figure: string,
  unit: string,
  value: Band | number | null,
  { lever = '', model = null, region = null, note = null }: Figure = {},
): DelimitedCell[] {
  const ends = value !== null && typeof value === 'object' ? value : { low: null, base: value, high: null };
  return [section, lever, figure, model, region, unit, ends.low, ends.base, ends.high, note];
}

/** Every figure of an answer, section by section. */
export function scenarioRows(answer: ScenarioAnswer): DelimitedCell[][] {
  return [
    ...headlineRows(answer),
    ...baselineRows(answer),
    ...answer.ledger.flatMap((entry) => ledgerRows(entry, answer.currency)),
    ...answer.readings.flatMap(({ label, before, saving, savingReason }) => [
      row('reading', 'cost before', answer.currency, before, { note: label }),
      row('reading', 'saving', answer.currency, saving, {
        note: savingReason === null ? label : `${label}: ${savingReason}`,
      }),
    ]),
    ...answer.monthly.flatMap((month) =>
      (['baseline', 'scenario', 'saving', 'oneOff', 'cumulative'] as const).map((part) =>
        row(`month ${month.month}`, part, answer.currency, month[part]),
      ),
    ),
    ...answer.quarters.flatMap(({ quarter, saving, oneOff, cumulative, cash }) => [
      row(`quarter ${quarter}`, 'saving', answer.currency, saving),
      row(`quarter ${quarter}`, 'oneOff', answer.currency, oneOff),
      row(`quarter ${quarter}`, 'cumulative', answer.currency, cumulative),
      row(`quarter ${quarter}`, 'cash', answer.currency, cash, {
        note: cash === null ? 'not wholly within the commitment year' : null,
      }),
    ]),
    ...commitmentRows(answer),
    ...answer.notes.map((note) => row('note', '', '', null, { note })),
    ...answer.provenance.map(({ label, value }) => row('provenance', label, '', null, { note: value })),
  ];
}

function headlineRows({
  headlines,
  currency,
  after,
  paybackMonth,
  period,
  commitment,
  priceLayer,
}: ScenarioAnswer): DelimitedCell[][] {
  const price = layerWords([priceLayer]);
  const span = `${period.from} to ${period.to}, at ${price}`;
  return [
    row('headline', 'saving at price', currency, headlines.savingAtPrice, {
      note: headlines.savingReason ?? [span, headlines.savingPartial].filter(Boolean).join('. '),
    }),
    row('headline', 'cash saving this commitment year', currency, headlines.cashThisYear, {
      note: headlines.cashReason ?? `commitment year from ${commitment?.yearStart ?? ''}, at ${price}`,
    }),
    row('headline', 'cost after', currency, after, { note: span }),
    row('headline', 'payback at the end of month', 'month', paybackMonth),
  ];
}

function baselineRows({ baseline, currency, priceLayer }: ScenarioAnswer): DelimitedCell[][] {
  return [
    row('baseline', 'at price', currency, baseline.atPrice, { note: priceLayer }),
    row('baseline', 'invoiced', currency, baseline.invoiced),
    row('baseline', 'of both, paid capacity as invoiced', currency, baseline.capacity),
    row('baseline', 'tokens', 'token', baseline.tokens),
    row('baseline', 'unpriced tokens', 'token', baseline.unpricedTokens),
    row('baseline', 'unpriced, as invoiced', currency, baseline.unpricedInvoiced),
    row('baseline', 'unpriced share', 'ratio', baseline.unpricedShare),
    row('baseline', 'days covered', 'day', baseline.daysCovered),
    ...baseline.outsideParts.map(({ label, reason, invoiced }) =>
      row('outside', label, currency, invoiced, { note: reason }),
    ),
  ];
}

function ledgerRows(entry: LedgerEntry, currency: string): DelimitedCell[][] {
  const lever = entry.label;
  const state = [...(entry.enabled ? [] : ['switched off']), ...entry.missing].join('; ') || null;
  return [
    row('lever', 'saving alone', currency, entry.alone, { lever, note: state }),
    row('lever', 'saving in order', currency, entry.inOrder, { lever, note: state }),
    row('lever', 'interaction', currency, entry.interaction, { lever, note: state }),
    ...entry.moved.flatMap(({ model, region, ...moved }) => {
      const there = moved.toModel === model ? '' : `${moved.toModel} `;
      const figure = `${moved.fromMeter} ${moved.fromMode} to ${there}${moved.toMeter} ${moved.toMode}`;
      const where = { lever, model, region };
      return [
        row('moved', figure, 'token', moved.tokens, where),
        ...(moved.tokensAfter === moved.tokens
          ? []
          : [row('moved', `${figure}, becoming`, 'token', moved.tokensAfter, where)]),
        row('moved', `${figure}, before`, currency, moved.costBefore, { ...where, note: moved.sourceBefore }),
        row('moved', `${figure}, after`, currency, moved.costAfter, { ...where, note: moved.sourceAfter }),
      ];
    }),
    ...entry.charges.map(({ label, amount, formula }) =>
      row('charge', label, currency, amount, { lever, note: formula }),
    ),
    ...entry.guards.flatMap(({ refused, code, message, tokens, cost, model, region }) => {
      const figure = `${refused ? 'refused' : 'warning'}: ${code}`;
      return [
        row('guard', figure, 'token', tokens, { lever, model, region, note: message }),
        row('guard', `${figure}, cost before`, currency, cost, { lever, model, region }),
      ];
    }),
    ...entry.facts.map(({ name, value, unit, model, note }) =>
      row('fact', name, unit, value, { lever, model, note }),
    ),
  ];
}

function commitmentRows({ commitment }: ScenarioAnswer): DelimitedCell[][] {
  if (commitment === null) return [];
  const { currency } = commitment;
  const figures: [string, Band | number | null][] = [
    ['gap', commitment.gap],
    ['cash without AI', commitment.cashWithoutAi],
    ['saving at price this year', commitment.savingAtPrice],
    ['cash effect of the levers', commitment.leverCash],
    ['one-off cost this year', commitment.oneOff],
    ['against direct purchase', commitment.againstDirect],
  ];
  return [
    ...commitment.aiSpend.flatMap(({ lineClass, baseline, scenario, ...terms }) => {
      const note = `retires: ${terms.retires}, discounted: ${terms.discounted}, in cap: ${terms.inMarketplaceCap}`;
      return [
        row('commitment', `AI spend before, ${lineClass}`, currency, baseline, { note }),
        row('commitment', `AI spend after, ${lineClass}`, currency, scenario, { note }),
      ];
    }),
    ...figures.map(([name, value]) => row('commitment', name, currency, value)),
    ...(['baseline', 'scenario'] as const).flatMap((when) =>
      (['retired', 'absorbed', 'shortfall', 'cash', 'incrementalCash'] as const).map((name) =>
        row('commitment', `${name}, ${when}`, currency, commitment[when]?.[name] ?? null),
      ),
    ),
    ...commitment.cashMonths.flatMap(({ month, ...parts }) =>
      (['saved', 'support', 'shortfall', 'oneOff', 'cash', 'cumulative'] as const).map((part) =>
        row(`cash ${month}`, part, currency, parts[part]),
      ),
    ),
    ...commitment.formula.map(({ name, expression, value, unit }) =>
      row('formula', name, unit, value, { note: expression }),
    ),
    ...commitment.assumptions.map((note) => row('assumption', '', '', null, { note })),
  ];
}
