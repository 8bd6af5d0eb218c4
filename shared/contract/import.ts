// Importing: stage, look at what it would replace, then commit or discard. Nothing staged is visible to a question.
import { z } from 'zod';
import { count, fileReference, name, page, text } from './schemas.ts';

export const EXPORT_FORMATS = ['cur-1.0', 'cur-2.0', 'cur-flat', 'focus-1.0', 'focus-1.2'] as const;
export const exportFormat = z.enum(EXPORT_FORMATS);

export const rowCounts = z.object({ read: count, kept: count, rolledUp: count, rejected: count });

export const chargeTotal = z.object({
  currency: z.string().max(8),
  chargeType: text,
  rows: count,
  unblended: z.number(),
});

export const fileReport = z.object({
  path: text,
  format: exportFormat,
  compression: z.enum(['none', 'gzip', 'zip', 'parquet']),
  /** Billing periods found, `YYYY-MM`; one in every normal file. */
  period: z.string().max(64),
  payers: z.array(text).max(1000),
  bytes: count,
  sha256: z.string().max(64),
  rows: rowCounts,
  totals: z.array(chargeTotal).max(1000),
  /** Named capabilities the file lacks, with the consequence ("no resource ids: …"). */
  missing: z.array(z.object({ capability: name, consequence: text })).max(50),
});

export const delivery = z.object({
  payer: text,
  kind: exportFormat,
  report: text,
  period: z.string().max(7),
  rows: count,
  currency: z.string().max(8),
  unblended: z.number(),
  estimated: z.boolean(),
});

/** What a staged delivery would replace. */
export const replacement = z.object({
  incoming: delivery,
  held: delivery.extend({ importedAt: z.string(), batchId: count }),
  sameReport: z.boolean(),
  /** Both sides state the same rows and totals. */
  identical: z.boolean(),
  /** They state the same also by account, usage type, resource and tags, day by day, on every basis. */
  sameDetails: z.boolean().default(false),
  /** Biggest differences by service and by day (incoming − held), unblended. */
  byService: z.array(z.object({ service: text, held: z.number(), incoming: z.number() })).max(50),
  byDay: z.array(z.object({ day: z.string(), held: z.number(), incoming: z.number() })).max(62),
});

export const importReport = z.object({
  schemaVersion: z.literal(1),
  batchId: count.nullable(),
  /** `staged` waits for commit; `unchanged`: every file is already held, byte for byte; `held`: refused, a period is held. */
  state: z.enum(['staged', 'committed', 'unchanged', 'held']),
  files: z.array(fileReport).max(10_000),
  rows: rowCounts,
  totals: z.array(chargeTotal).max(1000),
  /** Costs are null where it would take adding currencies: `totals` has them apart. */
  bedrock: z.object({
    lineItems: count,
    unblended: z.number().nullable(),
    unknownLineItems: count,
    unknownUnblended: z.number().nullable(),
  }),
  candidates: z.object({ lineItems: count, unblended: z.number().nullable(), capped: z.boolean() }),
  /** Whether each line of other services is held behind their daily sums, with its hour and labels. */
  everyLine: z.boolean().default(false),
  replaces: z.array(replacement).max(1000),
  warnings: z.array(text).max(200),
  seconds: z.number(),
});

export const stageInput = z.object({
  sources: z.array(fileReference).min(1).max(10_000),
  /** Goes on although part numbers are missing; the totals are then too low. */
  allowMissingParts: z.boolean().default(false),
  /** Holds each line of other services behind their daily sums, with its hour and labels; null: as it is held now. */
  everyLine: z.boolean().nullable().default(null),
});

export const rejectedRow = z.object({
  file: text,
  line: count,
  column: text.nullable(),
  reason: text,
  text: z.string(),
});

export const rejectedRowsInput = z.object({ batchId: count, ...page.shape });

export const batch = z.object({
  id: count,
  state: z.enum(['staged', 'active', 'superseded']),
  importedAt: z.string(),
  files: z.array(fileReport).max(10_000),
  deliveries: z.array(delivery).max(1000),
  rows: rowCounts,
  everyLine: z.boolean().default(false),
});

/** Totals of the files against what the workspace holds for them. */
export const tieOutRow = z.object({
  batchId: count,
  payer: text,
  period: z.string().max(7),
  billingEntity: text,
  invoice: text.nullable(),
  currency: z.string().max(8),
  chargeType: text,
  fileRows: count,
  heldRows: count,
  fileUnblended: z.number(),
  heldUnblended: z.number(),
  difference: z.number(),
  agrees: z.boolean(),
});

/** The import that can be taken back, and how many deliveries would be held again. */
export const undoable = z
  .object({
    batchId: count,
    restores: count,
    /** What will keep a backup from being made before, and what to do about it; null where one is made or there. */
    noBackup: text.nullable(),
  })
  .nullable();

export const undoAnswer = z.object({
  schemaVersion: z.literal(1),
  batchId: count,
  removed: z.array(delivery).max(1000),
  restored: z.array(delivery).max(1000),
  /** What a reader must know: that no backup was made, and what that means. */
  warnings: z.array(text).max(10),
});

/** A Cost Explorer download: totals only, compared and never stored. One file. */
export const crossCheckInput = z.object({ sources: z.array(fileReference).length(1) });

export const crossCheckAnswer = z.object({
  schemaVersion: z.literal(1),
  file: text,
  /** Bottom line per month and currency; unblended cost by day of use. */
  months: z
    .array(
      z.object({
        month: z.string().max(7),
        currency: z.string().max(8),
        file: z.number(),
        held: z.number(),
        difference: z.number(),
        agrees: z.boolean(),
      }),
    )
    .max(1000),
  rows: z
    .array(
      z.object({
        /** As the file names it, and the product codes or names held for it. */
        service: text,
        heldAs: text,
        month: z.string().max(7),
        currency: z.string().max(8),
        file: z.number().nullable(),
        held: z.number().nullable(),
        /** held − file, a side that is not there counting as nothing. */
        difference: z.number(),
        state: z.enum(['agrees', 'differs', 'only_file', 'only_held']),
      }),
    )
    .max(2000),
  rowCount: count,
});

export const importProgress = z.object({
  batchId: count.nullable(),
  file: text,
  fileIndex: count,
  fileCount: count,
  bytesRead: count,
  bytesTotal: count,
  rows: count,
  rowsPerSecond: z.number(),
  secondsLeft: z.number().nullable(),
  phase: z.enum(['reading', 'rolling-up', 'pricing', 'done']),
});
