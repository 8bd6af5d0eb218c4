// What an export is where it may not be the payer's own AWS invoice: told from its lines, and said as what it looks like.

/** What is known of the lines of one payer and period. */
export type BillFacts = {
  readonly payer: string;
  /** `YYYY-MM`. */
  readonly period: string;
  readonly lineItems: number;
  /** Usage accounts of the lines; null where there are none or several. */
  readonly onlyAccount: string | null;
  /** Who sells what AWS or AISPL bills, as the lines state it. */
  readonly sellers: readonly string[];
  /** Whether any line has an invoice id; null where the export has no such column. */
  readonly hasInvoice: boolean | null;
  /** Whole days from the end of the period to the import. */
  readonly daysSinceEnd: number;
};

export const BILL_KINDS = ['member_account', 'reseller', 'pro_forma'] as const;
export type BillKind = (typeof BILL_KINDS)[number];

/** The capability that such an export lacks: its figures stand, an invoice of the payer does not tie to them. */
export const OWN_INVOICE = 'an invoice of its own';

/** Fewer lines than this prove nothing about whose they are. */
const LINES_THAT_TELL = 500;
/** AWS issues invoices within days of a month's end and delivers the export again. */
const DAYS_TO_INVOICE = 45;
const AWS_SELLER = /\b(amazon|aws|aispl)\b/iu;

type Clue = {
  readonly kind: BillKind;
  readonly why: string;
  readonly applies: (facts: BillFacts) => boolean;
  readonly says: (facts: BillFacts) => string;
};

const CLUES: readonly Clue[] = [
  {
    kind: 'member_account',
    why: 'an export that a member account makes has its own lines only, under the payer of its organization',
    applies: ({ payer, onlyAccount, lineItems }) =>
      payer !== '' && onlyAccount !== null && onlyAccount !== payer && lineItems >= LINES_THAT_TELL,
    says: ({ payer, onlyAccount }) =>
      `Every line is of account ${onlyAccount}, none of payer ${payer}: this looks like the export of a member account. Its amounts are that account’s own; the invoice, and any commitment, are the payer’s.`,
  },
  {
    kind: 'reseller',
    why: 'AWS and AISPL name themselves as the seller of what they bill',
    applies: ({ sellers }) => sellers.length > 0 && !sellers.some((seller) => AWS_SELLER.test(seller)),
    says: ({ sellers }) =>
      `Sold by ${sellers.join(' and ')}, not by AWS: this looks like the bill of a reseller. Its prices may not be AWS’s, and no invoice of AWS ties to it.`,
  },
  {
    kind: 'pro_forma',
    why: 'pro forma bills never get an invoice id; those of AWS do within days',
    applies: ({ hasInvoice, daysSinceEnd }) => hasInvoice === false && daysSinceEnd > DAYS_TO_INVOICE,
    says: () =>
      `No line had an invoice id more than ${DAYS_TO_INVOICE} days after the period: this looks like a pro forma bill (Billing Conductor), or like an export from before the invoice was issued. No invoice ties to it.`,
  },
];

/** What the export looks like, most telling first; empty where nothing speaks against the payer's own invoice. */
export function billKinds(facts: BillFacts): { readonly kind: BillKind; readonly says: string }[] {
  return CLUES.filter(({ applies }) => applies(facts)).map(({ kind, says }) => ({ kind, says: says(facts) }));
}
