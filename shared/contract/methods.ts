// The whole API of the engine on one page: each method with the shape of its input and output.
import { z } from 'zod';
import { calibrationAnswer } from './calibration.ts';
import { catalogInfo, catalogSearchAnswer, catalogSearchInput, priceAnswer, priceInput } from './catalog.ts';
import { compareAnswer, compareInput, costAnswer, costInput } from './compare.ts';
import { coverageAnswer, coverageInput } from './coverage.ts';
import { repricing } from './events.ts';
import { findLeversInput, leverFindings } from './finder.ts';
import {
  batch,
  crossCheckAnswer,
  crossCheckInput,
  importReport,
  rejectedRow,
  rejectedRowsInput,
  stageInput,
  tieOutRow,
  undoAnswer,
  undoable,
} from './import.ts';
import {
  calendarAnswer,
  closeAnswer,
  closeInput,
  figureKey,
  forgetScope,
  forgettableAnswer,
  forgottenAnswer,
  heldCoverage,
  invoiceFigure,
  issueInput,
  restatementsAnswer,
  sayBillInput,
  tieOutAnswer,
  undoBillAnswer,
} from './ledger.ts';
import { metricsList, metricsReport } from './metrics.ts';
import { catalogVersionMethods } from './offers.ts';
import { overrideMethods } from './overrides.ts';
import { realisedMethods } from './realised.ts';
import { report } from './report.ts';
import { ruleChangeAnswer, ruleDraft, ruleEffect, rulesAnswer, trayAnswer, trayInput } from './review.ts';
import {
  savedScenario,
  scenario,
  scenarioAnswer,
  scenarioSensitivity,
  scenarioShares,
  scenarioSimulation,
} from './scenario.ts';
import { scenarioBaseline, scenarioBaselineInput } from './scenario-baseline.ts';
import { comparison, comparisonInput } from './scenario-compare.ts';
import {
  basis,
  count,
  dimension,
  fileReference,
  filters,
  isoDay,
  isoMonth,
  name,
  nullablePeriod,
  scope,
  text,
} from './schemas.ts';
import {
  lineItemDetail,
  lineItemsAnswer,
  lineItemsInput,
  spendAnswer,
  spendQuery,
  summaryAnswer,
  unknownUsage,
} from './spend.ts';
import { templateInput, templateWalk } from './templates.ts';
import { varianceAnswer, varianceInput } from './variance.ts';

const nothing = z.object({});
const calendarInput = z.object({
  fiscalYearStart: z.number().int().min(1).max(12).nullable(),
  commitmentStart: isoDay.nullable(),
});
const workspaceCalendar = calendarInput.extend({ schemaVersion: z.literal(1) });
const batchId = z.object({ batchId: count });

export const methods = {
  /** When the fiscal year and the commitment start, for questions by `fiscalPeriod` and `commitYear`; null = not said. */
  'workspace.calendar': { input: nothing, output: workspaceCalendar },
  'workspace.setCalendar': { input: calendarInput, output: workspaceCalendar },
  'workspace.info': {
    input: nothing,
    output: z.object({
      path: text,
      name: text,
      readOnly: z.boolean(),
      schemaVersion: count,
      /** Bedrock lines; lines of AI-adjacent services; lines of other services, held as daily sums. */
      lineItems: count,
      candidateLineItems: count,
      rolledUpRows: count,
      days: nullablePeriod,
      months: z.array(z.object({ month: z.string(), estimated: z.boolean() })).max(1200),
      /** Bills that are not simply the payer's own, by the user's label or the kind, with their periods. */
      bills: z.array(z.object({ name: text, periods: z.array(z.string().max(7)).max(1200) })).max(50),
      currencies: z.array(z.string()).max(50),
      payers: z.array(text).max(1000),
      tagKeys: z.array(text).max(5000),
      costCategories: z.array(text).max(5000),
      unknownLineItems: count,
      /** Share (0…1) of usage cost without a price; null without cost, and while lines are priced again. */
      unpricedShare: z.number().nullable(),
      catalogVersion: text,
      /** How far the lines are on their way to new prices; null while they stand. */
      repricing: repricing.nullable(),
      /** What the last start had to do (swept an interrupted import, restored …), for the user to read once. */
      recovery: z.array(text).max(20),
    }),
  },
  'import.stage': { input: stageInput, output: importReport },
  'import.commit': { input: batchId, output: importReport },
  'import.discard': { input: batchId, output: nothing },
  'import.cancel': { input: nothing, output: z.object({ cancelled: z.boolean() }) },
  /** Imports that are complete and wait for a decision, newest first, each with what it would replace now. */
  'import.staged': { input: nothing, output: z.object({ reports: z.array(importReport).max(1000) }) },
  'import.history': {
    input: nothing,
    output: z.object({
      batches: z.array(batch).max(10_000),
      undoable,
      /** Whether a delivery that answers holds every line: imports go on like that unless told otherwise. */
      everyLine: z.boolean(),
    }),
  },
  /** Takes the last import back; `batchId` null says "whichever it is" and fails where none is. */
  'import.undo': { input: z.object({ batchId: count.nullable() }), output: undoAnswer },
  'import.rejectedRows': {
    input: rejectedRowsInput,
    output: z.object({ rows: z.array(rejectedRow), rowCount: count }),
  },
  'import.crossCheck': { input: crossCheckInput, output: crossCheckAnswer },
  'import.tieOut': { input: nothing, output: z.object({ rows: z.array(tieOutRow).max(10_000) }) },
  'ledger.tieOut': {
    /** Null: every period, every payer. */
    input: z.object({ period: isoMonth.nullable().default(null), payer: name.nullable().default(null) }),
    output: tieOutAnswer,
  },
  'ledger.keepFigure': { input: z.object({ key: figureKey, figure: invoiceFigure }), output: nothing },
  'ledger.restatements': {
    input: z.object({ period: isoMonth.nullable().default(null) }),
    output: restatementsAnswer,
  },
  'ledger.forgettable': { input: forgetScope, output: forgettableAnswer },
  'ledger.forget': { input: forgetScope, output: forgottenAnswer },
  'ledger.close': { input: closeInput, output: closeAnswer },
  /** Issues the statements of the period; all of them or none. */
  'ledger.issue': { input: issueInput, output: closeAnswer },
  /** Says what the bills of a payer, a report or a period are; kept over imports. */
  'ledger.sayBill': { input: sayBillInput, output: nothing },
  /** Takes the last word about a bill back. */
  'ledger.undoBill': { input: nothing, output: undoBillAnswer },
  'ledger.coverage': { input: nothing, output: heldCoverage },
  'ledger.calendar': { input: z.object({ payer: text, period: isoMonth }), output: calendarAnswer },
  'ledger.dropFigure': { input: z.object({ key: figureKey }), output: nothing },
  'sample.stage': { input: nothing, output: importReport },
  'spend.query': { input: spendQuery, output: spendAnswer },
  'spend.summary': {
    input: z.object({
      period: nullablePeriod.default(null),
      basis: basis.default('unblended'),
      where: filters.default([]),
    }),
    output: summaryAnswer,
  },
  'spend.lineItems': { input: lineItemsInput, output: lineItemsAnswer },
  'spend.lineItem': { input: z.object({ id: count }), output: lineItemDetail },
  'spend.unknown': {
    input: z.object({ period: nullablePeriod.default(null) }),
    output: z.object({ schemaVersion: z.literal(1), rows: z.array(unknownUsage).max(2000), rowCount: count }),
  },
  'spend.values': {
    input: z.object({
      dimension,
      search: z.string().max(256).default(''),
      period: nullablePeriod.default(null),
      scope: scope.default('bedrock'),
      limit: z.number().int().min(1).max(500).default(100),
    }),
    /** Biggest first; `unblended` is null where a value has cost in several currencies. */
    output: z.object({
      values: z.array(
        z.object({ value: z.string().nullable(), unblended: z.number().nullable(), lineItems: count }),
      ),
    }),
  },
  'review.tray': { input: trayInput, output: trayAnswer },
  'review.rules': { input: nothing, output: rulesAnswer },
  /** What a rule would decide if it were saved: `number` is the rule it would replace, null for a new one. */
  'review.preview': { input: z.object({ number: count.nullable(), rule: ruleDraft }), output: ruleEffect },
  'review.saveRule': {
    input: z.object({ number: count.nullable(), rule: ruleDraft }),
    output: ruleChangeAnswer,
  },
  'review.removeRule': { input: z.object({ number: count }), output: ruleChangeAnswer },
  /** `to` is the place from 0 on; rules are tried in order. */
  'review.moveRule': { input: z.object({ number: count, to: count }), output: ruleChangeAnswer },
  'review.undo': { input: nothing, output: ruleChangeAnswer },
  /** Adds the rules of a file after those that are held; rules that are held already are left out. */
  'review.importRules': {
    input: z.object({ sources: z.array(fileReference).length(1) }),
    output: ruleChangeAnswer,
  },
  'export.rules': {
    input: z.object({ target: fileReference }),
    output: z.object({ rows: count, bytes: count }),
  },
  /** Takes in one file of counts: CSV, CloudWatch, or the numbers of an invocation log. */
  'metrics.import': { input: z.object({ sources: z.array(fileReference).length(1) }), output: metricsReport },
  'metrics.list': { input: nothing, output: metricsList },
  'metrics.remove': { input: z.object({ id: count }), output: nothing },
  'catalog.info': { input: nothing, output: catalogInfo },
  'catalog.search': { input: catalogSearchInput, output: catalogSearchAnswer },
  'catalog.price': { input: priceInput, output: priceAnswer },
  'variance.explore': { input: varianceInput, output: varianceAnswer },
  'catalog.calibrate': { input: nothing, output: calibrationAnswer },
  'catalog.compare': { input: compareInput, output: compareAnswer },
  'catalog.cost': { input: costInput, output: costAnswer },
  'catalog.coverage': { input: coverageInput, output: coverageAnswer },
  'levers.find': { input: findLeversInput, output: leverFindings },
  'scenario.baseline': { input: scenarioBaselineInput, output: scenarioBaseline },
  'scenario.run': { input: z.object({ scenario }), output: scenarioAnswer },
  'scenario.shares': {
    input: z.object({ scenario, seed: count.default(1) }),
    output: scenarioShares,
  },
  /** The report of a scenario, to be shown and printed. */
  'scenario.report': { input: z.object({ scenario }), output: report },
  'scenario.sensitivity': { input: z.object({ scenario }), output: scenarioSensitivity },
  'scenario.simulate': {
    input: z.object({
      scenario,
      seed: count.default(1),
      draws: z.number().int().min(100).max(5000).default(1000),
    }),
    output: scenarioSimulation,
  },
  /** Holds a published stack of levers against a bill: what it supports, what it refuses. */
  'scenario.template': { input: templateInput, output: templateWalk },
  'scenario.compare': { input: comparisonInput, output: comparison },
  'scenario.list': { input: nothing, output: z.object({ scenarios: z.array(savedScenario).max(1000) }) },
  'scenario.save': { input: z.object({ id: count.nullable(), scenario }), output: savedScenario },
  ...realisedMethods,
  'scenario.delete': { input: z.object({ id: count }), output: nothing },
  'export.spend': {
    input: z.object({ query: spendQuery, target: fileReference }),
    output: z.object({ rows: count, bytes: count }),
  },
  'export.lineItems': {
    input: z.object({ query: lineItemsInput, target: fileReference }),
    output: z.object({ rows: count, bytes: count }),
  },
  'export.rejectedRows': {
    input: z.object({ batchId: count, target: fileReference }),
    output: z.object({ rows: count, bytes: count }),
  },
  /** Writes an issued statement; the same bytes each time. `sha256` is that of the file. */
  'export.statement': {
    input: z.object({
      payer: text,
      period: isoMonth,
      format: z.enum(['csv', 'json']),
      target: fileReference,
    }),
    output: z.object({ rows: count, bytes: count, sha256: z.string().max(64) }),
  },
  'export.scenario': {
    input: z.object({ scenario, target: fileReference, format: z.enum(['csv', 'xlsx', 'json', 'md']) }),
    output: z.object({ rows: count, bytes: count }),
  },
  ...catalogVersionMethods,
  ...overrideMethods,
  'engine.health': {
    input: nothing,
    output: z.object({
      engine: name,
      node: text,
      napi: text,
      sqlite: text,
      workspace: text,
      integrity: z.enum(['ok', 'damaged']),
      details: z.array(z.object({ label: text, value: text })).max(100),
    }),
  },
} as const;

export type Method = keyof typeof methods;
export type Input<M extends Method> = z.input<(typeof methods)[M]['input']>;
export type ParsedInput<M extends Method> = z.output<(typeof methods)[M]['input']>;
export type Output<M extends Method> = z.output<(typeof methods)[M]['output']>;

export function isMethod(value: unknown): value is Method {
  return typeof value === 'string' && Object.hasOwn(methods, value);
}

/** How every client talks to the engine, whatever process it lives in. Rejects with `AssayError`. */
export type Call = <M extends Method>(method: M, input: Input<M>) => Promise<Output<M>>;
