// Holding the workspace against the invoices: figures that people type from them, and how both agree.
import { z } from 'zod';
import { BILL_KINDS, BILL_REACHES } from '../domain/ledger/bill-kind.ts';
import { CLOSE_STEPS } from '../domain/ledger/close.ts';
import { DAY_STATES } from '../domain/ledger/coverage.ts';
import { DECIMAL_PATTERN, TIE_STATES } from '../domain/ledger/tie-out.ts';
import { DISCOUNT_SHAPES } from '../domain/spend/discount-shape.ts';
import { count, dimension, isoMonth, money, name, text } from './schemas.ts';

const decimal = z
  .string()
  .regex(DECIMAL_PATTERN, 'expected digits with a point, such as 1234.56, without grouping or currency');
const currency = z.string().regex(/^[A-Z]{3}$/u, 'expected a currency code such as USD');

export const tieState = z.enum(TIE_STATES);

/** Which figure: one charge type of an invoice, or (chargeType null) the invoice as a whole. */
export const figureKey = z.object({
  payer: name,
  period: isoMonth,
  billingEntity: text,
  /** Null: the period has no invoice id yet. */
  invoice: name.nullable(),
  /** Currency of the export's amounts. */
  currency,
  chargeType: text.nullable(),
});

export const invoiceFigure = z.object({
  amount: decimal,
  /** Currency of the invoice. */
  currency,
  /** Units of the invoice's currency for one unit of the export's; null where both are the same. */
  rate: decimal.nullable(),
  /** Where the figure stands: file, page, who read it. */
  note: z.string().max(1000),
});

export const heldFigure = invoiceFigure.extend({ enteredAt: z.string() });

/** What a bill is taken for: by the user's word, else by its lines. */
export const bill = z.object({
  kind: z.enum(BILL_KINDS),
  /** The kind in words. */
  name: text,
  /** The user's own label. */
  label: text.nullable(),
  by: z.enum(['user', 'recognised']),
  /** How far the user's word reaches. */
  reach: z.enum(BILL_REACHES).nullable(),
  /** False: its figures are not held against an invoice, because none of AWS adds up to them. */
  ties: z.boolean(),
  says: z.array(text).max(10),
});

/** Which bills a word is about; null: every report of the payer, every period. */
export const billScope = z.object({
  payer: text,
  report: text.nullable().default(null),
  period: isoMonth.nullable().default(null),
});

export const sayBillInput = z.object({
  scope: billScope,
  /** Null takes back what was said about the scope. */
  bill: z.object({ kind: z.enum(BILL_KINDS), label: z.string().trim().max(120).default('') }).nullable(),
});

const billWord = z.object({
  payer: text,
  report: text.nullable(),
  period: z.string().max(7).nullable(),
  kind: z.enum(BILL_KINDS).nullable(),
  label: z.string().max(120),
  saidAt: z.string(),
  reach: z.enum(BILL_REACHES),
});

export const undoBillAnswer = z.object({ schemaVersion: z.literal(1), undone: billWord });

export const tieOutLine = z.object({
  chargeType: text.nullable(),
  fileRows: count,
  heldRows: count,
  fileUnblended: money,
  heldUnblended: money,
  /** What is held on the invoice basis of the delivery. */
  heldInvoiced: money,
  /** Whether rows and unblended cost of the file and the workspace are equal. */
  agrees: z.boolean(),
  figure: heldFigure.nullable(),
  /** Held, in the invoice's currency; difference = expected − figure. */
  expected: money.nullable(),
  difference: money.nullable(),
  tolerance: money.nullable(),
  state: tieState,
});

export const tieOutInvoice = z.object({
  payer: text,
  period: z.string().max(7),
  billingEntity: text,
  invoice: text.nullable(),
  currency: z.string().max(8),
  estimated: z.boolean(),
  discountShape: z.enum(DISCOUNT_SHAPES),
  /** False where lines and columns state different discounts, so that only the invoice can settle it. */
  discountCertain: z.boolean(),
  invoiceBasis: z.enum(['unblended', 'netUnblended']),
  /** Null: nobody said and nothing tells, so it counts as the payer's own. */
  bill: bill.nullable(),
  state: tieState,
  total: tieOutLine.extend({ chargeType: z.null() }),
  chargeTypes: z.array(tieOutLine).max(1000),
  notes: z.array(text).max(20),
});

export const tieOutAnswer = z.object({
  schemaVersion: z.literal(1),
  invoices: z.array(tieOutInvoice).max(10_000),
});

/** One export of one payer and period. */
export const coveredExport = z.object({
  payer: text,
  kind: text,
  report: text,
  period: z.string().max(7),
  importedAt: z.string(),
  rows: count,
  /** Whether each line of other services is held behind their daily sums. */
  everyLine: z.boolean(),
  /** Numbered parts held and the numbers absent among them; null where the files have no numbers. */
  parts: z.object({ present: z.array(count).max(10_000), missing: z.array(count).max(10_000) }).nullable(),
  /** Each billing entity: estimated until its invoice ids are filled. */
  bills: z
    .array(z.object({ billingEntity: text, estimated: z.boolean(), invoices: z.array(text).max(10_000) }))
    .max(100),
  /** What its bills are taken for; of several billing entities the first that is not simply the payer's own. */
  bill: bill.nullable(),
  /** What the export lacks, and what is therefore off in this period. */
  missing: z.array(z.object({ capability: name, consequence: text })).max(50),
});

export const heldCoverage = z.object({
  schemaVersion: z.literal(1),
  exports: z.array(coveredExport).max(10_000),
  /** What was said last about a bill: what undo takes back. */
  lastBillWord: billWord.nullable(),
});

const dayLines = { day: z.string().max(10), lineItems: count };

export const calendarAnswer = z.object({
  schemaVersion: z.literal(1),
  payer: text,
  period: z.string().max(7),
  days: z.array(z.object({ ...dayLines, state: z.enum(DAY_STATES), why: text.nullable() })).max(31),
  /** Usage that this bill dates outside its month. */
  outsidePeriod: z.array(z.object(dayLines)).max(1000),
  accounts: z
    .array(
      z.object({
        account: text,
        name: text.nullable(),
        lineItems: count,
        /** Lines of usage on each day of the period, in order. */
        days: z.array(count).max(31),
      }),
    )
    .max(500),
  accountsLeftOut: count,
});

const change = { held: money, incoming: money };

/** What a delivery changed about a period that was held; only services and days that changed. */
export const restatement = z.object({
  batchId: count,
  recordedAt: z.string(),
  payer: text,
  period: z.string().max(7),
  currency: z.string().max(8),
  heldReport: text,
  incomingReport: text,
  heldImportedAt: z.string(),
  ...change,
  heldRows: count,
  incomingRows: count,
  heldEstimated: z.boolean(),
  incomingEstimated: z.boolean(),
  byService: z.array(z.object({ service: text, ...change })).max(50),
  byDay: z.array(z.object({ day: z.string().max(10), ...change })).max(62),
});

export const restatementsAnswer = z.object({
  schemaVersion: z.literal(1),
  restatements: z.array(restatement).max(10_000),
});

/** A payer, or one period of it. */
export const forgetScope = z.object({ payer: text, period: isoMonth.nullable() });

export const forgettableAnswer = z.object({
  schemaVersion: z.literal(1),
  deliveries: count,
  lineItems: count,
  figures: count,
  restatements: count,
  /** Issued statements: forgetting is the one thing that takes them. */
  statements: count,
  /** What was said about its bills. */
  billWords: count,
});

export const forgottenAnswer = forgettableAnswer.extend({
  bytesBefore: count,
  bytesAfter: count,
  /** Why old bytes are still on the disk and what ends it: another program reads them, or there is no room. */
  remains: text.nullable(),
  /** Copies beside the workspace that Assay made and that still hold what was forgotten. */
  copies: z.array(text).max(100),
});

export const statementLine = z.object({
  /** The month the amount belongs to: the statement's own, or a closed one that changed since. */
  forPeriod: z.string().max(7),
  dimension: text,
  lineClass: z.enum(['bedrock', 'other']),
  key: text.nullable(),
  currency: z.string().max(8),
  /** On the basis that adds up to the invoice. */
  amount: money,
  /** Lines behind it; of an adjustment, how many more or fewer. */
  lineItems: z.number().int(),
});

export const closeStep = z.object({
  step: z.enum(CLOSE_STEPS),
  done: z.boolean(),
  says: z.array(text).max(200),
});

export const issuedStatement = z.object({
  payer: text,
  period: z.string().max(7),
  dimension: text,
  issuedAt: z.string(),
  note: text,
  /** Why it was issued although something was open. */
  accepted: text.nullable(),
  /** How everything stood when it was issued. */
  steps: z.array(closeStep).max(10),
  files: z.array(z.object({ name: text, sha256: z.string().max(64) })).max(10_000),
  lines: z.array(statementLine).max(100_000),
  /** SHA-256 over all of the above as JSON without spaces, in this order: what a file of it can be held against. */
  sha256: z.string().max(64),
});

export const closeInput = z.object({
  period: isoMonth,
  /** Null: every payer held for the period. */
  payer: text.nullable().default(null),
  /** What the statement is split by. */
  by: dimension.default('account'),
});

export const payerClose = z.object({
  payer: text,
  steps: z.array(closeStep).max(10),
  ready: z.boolean(),
  statement: issuedStatement.nullable(),
  /** Without a statement: its lines if it were issued now, adjustments of closed months among them. */
  preview: z.array(statementLine).max(100_000),
  /** With a statement: what has changed since and goes into the payer's next one. */
  pending: z.array(statementLine).max(100_000),
});

export const closeAnswer = z.object({
  schemaVersion: z.literal(1),
  period: z.string().max(7),
  payers: z.array(payerClose).max(1000),
});

export const issueInput = closeInput.extend({
  /** Needed where a step is open: why the statement is issued all the same. */
  accept: z.string().trim().min(1).max(1000).nullable().default(null),
  note: z.string().max(1000).default(''),
});
