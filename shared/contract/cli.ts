// What the CLI's `--json` prints where it is not simply the answer of one method, and the schemas that are published.
import { z } from 'zod';
import { backupList } from './backups.ts';
import { rejectedRow } from './import.ts';
import { methods } from './methods.ts';
import { ruleFile } from './review.ts';
import { scenario } from './scenario.ts';
import { scenarioList } from './scenario-compare.ts';
import { count, text } from './schemas.ts';
import { scopeReport } from './scope.ts';
import { templateList } from './templates.ts';

/** `assay doctor`: one line a check. `notice` leaves something out that can be done without, `broken` does not. */
export const doctorReport = z.object({
  schemaVersion: z.literal(1),
  healthy: z.boolean(),
  checks: z
    .array(
      z.object({
        name: text,
        state: z.enum(['ok', 'notice', 'broken']),
        value: text,
        advice: text.nullable(),
      }),
    )
    .max(100),
  /** Null when no workspace was named, or the named one cannot be opened (a check says why). */
  workspace: z
    .object({ health: methods['engine.health'].output, info: methods['workspace.info'].output })
    .nullable(),
  /** Backups beside the named workspace, newest first. */
  backups: backupList,
  /** What `--restore` did; null without it. */
  restored: text.nullable(),
});
export type DoctorReport = z.infer<typeof doctorReport>;

/** `assay held`: the exports, and the calendars of the period asked for. */
export const heldReport = methods['ledger.coverage'].output.extend({
  calendars: z.array(methods['ledger.calendar'].output),
});

/** `assay rejected`: every rejected row of the imports that are in use. */
export const rejectedReport = z.object({
  schemaVersion: z.literal(1),
  rowCount: count,
  rows: z.array(rejectedRow),
});
export type RejectedReport = z.infer<typeof rejectedReport>;

const figures = z.object({
  lineItems: count,
  unblended: z.number(),
  netUnblended: z.number(),
  tokens: z.number(),
});

/** `assay scenario report`: the file that was written. */
export const reportWritten = z.object({
  schemaVersion: z.literal(1),
  file: text,
  format: z.enum(['csv', 'xlsx', 'json', 'md']),
  bytes: count,
});

/** `truth.json` of a sample: its own totals, kept by the generator. */
export const truth = z.object({
  schemaVersion: z.literal(1),
  note: text,
  seed: count,
  format: text,
  currency: z.literal('USD'),
  rows: count,
  byPeriod: z.array(z.object({ period: text, rows: count, unblended: z.number() })),
  byChargeType: z.array(z.object({ chargeType: text, rows: count, unblended: z.number() })),
  bedrock: figures.extend({
    unknownLineItems: count,
    unknownUnblended: z.number(),
    /** Query dimensions, comma-separated → the groups that a query by them must answer. */
    groups: z.record(z.string(), z.array(figures.extend({ key: z.array(text.nullable()) }))),
  }),
});

/** `assay sample`: the data files written, and their totals. */
export const sampleReport = z.object({ schemaVersion: z.literal(1), files: z.array(text), truth });

/** `assay demo`: the files with the answers. */
export const demoReport = z.object({
  schemaVersion: z.literal(1),
  files: z.array(z.object({ path: text, content: text })).max(100),
});
export type DemoReport = z.infer<typeof demoReport>;

/** File name in `docs/schema` → what it describes. Inputs are as a person writes them, answers as `--json` prints them. */
export const PUBLISHED = {
  import: { title: 'assay import --json', schema: methods['import.stage'].output, io: 'output' },
  query: { title: 'assay query --json', schema: methods['spend.query'].output, io: 'output' },
  summary: { title: 'assay summary --json', schema: methods['spend.summary'].output, io: 'output' },
  unknown: { title: 'assay unknown --json', schema: methods['spend.unknown'].output, io: 'output' },
  review: { title: 'assay review --json', schema: methods['review.tray'].output, io: 'output' },
  'review-rules': {
    title: 'assay review rules --json',
    schema: methods['review.rules'].output,
    io: 'output',
  },
  'review-effect': {
    title: 'assay review map --dry-run --json',
    schema: methods['review.preview'].output,
    io: 'output',
  },
  'review-change': {
    title: 'assay review map --json (and remove, move, undo, import)',
    schema: methods['review.saveRule'].output,
    io: 'output',
  },
  metrics: { title: 'assay metrics import --json', schema: methods['metrics.import'].output, io: 'output' },
  'metrics-list': {
    title: 'assay metrics list --json',
    schema: methods['metrics.list'].output,
    io: 'output',
  },
  rules: { title: 'A file of rules, for assay review import', schema: ruleFile, io: 'input' },
  tieout: { title: 'assay tieout --json', schema: methods['ledger.tieOut'].output, io: 'output' },
  crosscheck: { title: 'assay crosscheck --json', schema: methods['import.crossCheck'].output, io: 'output' },
  held: { title: 'assay held --json', schema: heldReport, io: 'output' },
  rejected: { title: 'assay rejected --json', schema: rejectedReport, io: 'output' },
  undo: { title: 'assay undo --json', schema: methods['import.undo'].output, io: 'output' },
  restated: {
    title: 'assay restated --json',
    schema: methods['ledger.restatements'].output,
    io: 'output',
  },
  forget: {
    title: 'assay forget --json',
    schema: methods['ledger.forget'].output.partial().required({ schemaVersion: true }),
    io: 'output',
  },
  close: { title: 'assay close --json', schema: methods['ledger.close'].output, io: 'output' },
  price: { title: 'assay price --json', schema: methods['catalog.price'].output, io: 'output' },
  'catalog-versions': {
    title: 'assay catalog list --json, assay catalog rollback --json',
    schema: methods['catalog.versions'].output,
    io: 'output',
  },
  'catalog-import': {
    title: 'assay catalog import --json',
    schema: methods['catalog.stageOffers'].output,
    io: 'output',
  },
  'catalog-diff': {
    title: 'assay catalog diff --json',
    schema: methods['catalog.diff'].output,
    io: 'output',
  },
  overrides: {
    title: 'assay overrides list --json, assay overrides use --json',
    schema: methods['overrides.list'].output,
    io: 'output',
  },
  'overrides-report': {
    title: 'assay overrides import --json, assay overrides remove --json',
    schema: methods['overrides.preview'].output,
    io: 'output',
  },
  calendar: { title: 'assay calendar --json', schema: methods['workspace.calendar'].output, io: 'output' },
  coverage: { title: 'assay coverage --json', schema: methods['catalog.coverage'].output, io: 'output' },
  calibrate: {
    title: 'assay calibrate --json',
    schema: methods['catalog.calibrate'].output,
    io: 'output',
  },
  scope: { title: 'assay scope --json', schema: scopeReport, io: 'output' },
  cost: { title: 'assay cost --json', schema: methods['catalog.cost'].output, io: 'output' },
  variance: { title: 'assay variance --json', schema: methods['variance.explore'].output, io: 'output' },
  levers: { title: 'assay levers --json', schema: methods['levers.find'].output, io: 'output' },
  scenario: { title: 'A scenario file, for assay scenario run', schema: scenario, io: 'input' },
  'scenario-shares': {
    title: 'assay scenario shares --json',
    schema: methods['scenario.shares'].output,
    io: 'output',
  },
  'scenario-report': { title: 'assay scenario report --json', schema: reportWritten, io: 'output' },
  'scenario-sensitivity': {
    title: 'assay scenario sensitivity --json',
    schema: methods['scenario.sensitivity'].output,
    io: 'output',
  },
  'scenario-simulation': {
    title: 'assay scenario simulate --json',
    schema: methods['scenario.simulate'].output,
    io: 'output',
  },
  'scenario-answer': {
    title: 'assay scenario run --json',
    schema: methods['scenario.run'].output,
    io: 'output',
  },
  'scenario-list': { title: 'assay scenario list --json', schema: scenarioList, io: 'output' },
  'scenario-comparison': {
    title: 'assay scenario compare --json',
    schema: methods['scenario.compare'].output,
    io: 'output',
  },
  'scenario-templates': {
    title: 'assay scenario template list --json',
    schema: templateList,
    io: 'output',
  },
  'scenario-template': {
    title: 'assay scenario template <name> --json',
    schema: methods['scenario.template'].output,
    io: 'output',
  },
  'scenario-realised': {
    title: 'assay scenario realised --json (and pin, unpin)',
    schema: methods['scenario.realised'].output,
    io: 'output',
  },
  sample: { title: 'assay sample --json', schema: sampleReport, io: 'output' },
  truth: { title: 'truth.json of a sample', schema: truth, io: 'output' },
  demo: { title: 'assay demo --json', schema: demoReport, io: 'output' },
  doctor: { title: 'assay doctor --json', schema: doctorReport, io: 'output' },
} as const satisfies Record<string, { title: string; schema: z.ZodType; io: 'input' | 'output' }>;
