// Holding the workspace against the invoices: figures that people type from them, and how both agree.
import { z } from 'zod';
import { DECIMAL_PATTERN, TIE_STATES } from '../domain/ledger/tie-out.ts';
import { DISCOUNT_SHAPES } from '../domain/spend/discount-shape.ts';
import { count, isoMonth, money, name, text } from './schemas.ts';

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
  state: tieState,
  total: tieOutLine.extend({ chargeType: z.null() }),
  chargeTypes: z.array(tieOutLine).max(1000),
  notes: z.array(text).max(20),
});

export const tieOutAnswer = z.object({
  schemaVersion: z.literal(1),
  invoices: z.array(tieOutInvoice).max(10_000),
});
