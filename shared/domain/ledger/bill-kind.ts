// Whose bill an export is: told from its lines, or said by the user, and what either means for tying it to an invoice.

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

export const BILL_KINDS = [
  'own_invoice',
  'aws_india',
  'member_account',
  'reseller',
  'pro_forma',
  'other',
] as const;
export type BillKind = (typeof BILL_KINDS)[number];

/** How far a user's word about a bill reaches; the narrower wins. */
export const BILL_REACHES = ['period', 'report', 'payer'] as const;
export type BillReach = (typeof BILL_REACHES)[number];

type KindFacts = {
  readonly name: string;
  /** Whether an invoice of AWS to the payer adds up to it: what none adds up to retires no commitment either. */
  readonly ties: boolean;
  readonly means: string;
};

export const BILL_KIND_FACTS: Readonly<Record<BillKind, KindFacts>> = {
  own_invoice: {
    name: 'The payer’s own AWS bill',
    ties: true,
    means: 'Its invoices are AWS’s to the payer and tie to it.',
  },
  aws_india: {
    name: 'Bill of AWS India (AISPL)',
    ties: true,
    means:
      'Its invoices are issued by AWS India, apart from those of Amazon Web Services, Inc., total in INR and carry Indian tax (GST). Where the export is in another currency, an invoice ties at the rate it states.',
  },
  member_account: {
    name: 'Export of a member account',
    ties: false,
    means: 'Its amounts are that account’s own; the invoice, and any commitment, are the payer’s.',
  },
  reseller: {
    name: 'Bill of a reseller',
    ties: false,
    means: 'Its prices may not be AWS’s, and no invoice of AWS ties to it.',
  },
  pro_forma: {
    name: 'Pro forma bill',
    ties: false,
    means: 'It is computed at rates of its own (Billing Conductor), and no invoice ties to it.',
  },
  other: {
    name: 'Another kind of bill',
    ties: false,
    means: 'It is not the payer’s AWS bill, and no invoice of AWS ties to it.',
  },
};

export type RecognisedBill = { readonly kind: BillKind; readonly says: string };

/** What a user said a bill is. */
export type SaidBill = {
  readonly kind: BillKind;
  /** In the user's own words; '' where the kind says it all. */
  readonly label: string;
  /** ISO time. */
  readonly saidAt: string;
  readonly reach: BillReach;
};

/** What a bill is taken for: by the user's word, else by its lines. */
export type Bill = {
  readonly kind: BillKind;
  readonly name: string;
  readonly label: string | null;
  readonly by: 'user' | 'recognised';
  readonly reach: BillReach | null;
  /** False: nothing is held against an invoice, because none of AWS's adds up to it. */
  readonly ties: boolean;
  /** What it is and what that means, most telling first. */
  readonly says: string[];
};

/** Fewer lines than this prove nothing about whose they are. */
const LINES_THAT_TELL = 500;
/** AWS issues invoices within days of a month's end and delivers the export again. */
const DAYS_TO_INVOICE = 45;
const AWS_SELLER = /\b(amazon|aws|aispl)\b/iu;
/** Its name until 2022, its name since, and how the billing entity spells it. */
const INDIAN_SELLER = /\b(amazon internet services|amazon web services india|aws india|aispl)\b/iu;

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
      `Every line is of account ${onlyAccount}, none of payer ${payer}: this looks like the export of a member account. ${BILL_KIND_FACTS.member_account.means}`,
  },
  {
    kind: 'reseller',
    why: 'AWS and AISPL name themselves as the seller of what they bill',
    applies: ({ sellers }) => sellers.length > 0 && !sellers.some((seller) => AWS_SELLER.test(seller)),
    says: ({ sellers }) =>
      `Sold by ${sellers.join(' and ')}, not by AWS: this looks like the bill of a reseller. ${BILL_KIND_FACTS.reseller.means}`,
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
export function billKinds(facts: BillFacts): RecognisedBill[] {
  return CLUES.filter(({ applies }) => applies(facts)).map(({ kind, says }) => ({ kind, says: says(facts) }));
}

/** Whether AWS India bills: by the billing entity, or by who sells what it bills. */
export function indianBill(billingEntity: string, sellers: readonly string[]): RecognisedBill[] {
  const seller = [billingEntity, ...sellers].find((name) => INDIAN_SELLER.test(name));
  if (seller === undefined) return [];
  return [{ kind: 'aws_india', says: `Billed by AWS India (${seller}). ${BILL_KIND_FACTS.aws_india.means}` }];
}

/**
 * What a bill is taken for; null where nobody said and nothing tells, so that it counts as the payer's own. A user's
 * word decides, and what the lines say otherwise is said beside it.
 */
export function billInEffect(recognised: readonly RecognisedBill[], said: SaidBill | null): Bill | null {
  if (said !== null) return { ...saidBill(said), says: [sentenceOf(said), ...besides(recognised, said)] };
  const [first] = recognised;
  if (first === undefined) return null;
  const ties = recognised.every(({ kind }) => BILL_KIND_FACTS[kind].ties);
  return {
    kind: first.kind,
    name: BILL_KIND_FACTS[first.kind].name,
    label: null,
    by: 'recognised',
    reach: null,
    ties,
    says: recognised.map(({ says }) => says),
  };
}

function saidBill({ kind, label, reach }: SaidBill): Omit<Bill, 'says'> {
  const { name, ties } = BILL_KIND_FACTS[kind];
  return { kind, name, label: label === '' ? null : label, by: 'user', reach, ties };
}

function sentenceOf({ kind, label }: SaidBill): string {
  const { name, means } = BILL_KIND_FACTS[kind];
  return `${label === '' ? name : `“${label}”: ${name.charAt(0).toLowerCase()}${name.slice(1)}`}, as you said. ${means}`;
}

/** What the lines say that the user's word does not. */
function besides(recognised: readonly RecognisedBill[], said: SaidBill): string[] {
  return recognised
    .filter(({ kind }) => kind !== said.kind)
    .map(({ kind, says }) =>
      BILL_KIND_FACTS[kind].ties || !BILL_KIND_FACTS[said.kind].ties
        ? says
        : `Its lines look otherwise. ${says}`,
    );
}

type BillOfPeriod = {
  readonly payer: string;
  readonly period: string;
  readonly bill: Pick<Bill, 'ties' | 'name' | 'label' | 'by'> | null;
};

const MOST_BILLS_NAMED = 3;

/** Why no commitment is counted over these bills: one of them is not the payer's own. Null where all of them are. */
export function commitmentOff(bills: readonly BillOfPeriod[]): string | null {
  const others = bills.flatMap(({ payer, period, bill }) =>
    bill === null || bill.ties ? [] : [{ payer, period, by: bill.by, name: bill.label ?? bill.name }],
  );
  if (others.length === 0) return null;
  const byPayer = Map.groupBy(others, ({ payer, name }) => `payer ${payer} (${name})`);
  const named = [...byPayer].map(([payer, own]) => {
    const periods = [...new Set(own.map(({ period }) => period))].toSorted();
    return `${payer}, ${periods[0]}${periods.length === 1 ? '' : ` to ${periods.at(-1)}`}`;
  });
  const rest = named.length - MOST_BILLS_NAMED;
  const which = `${named.slice(0, MOST_BILLS_NAMED).join('; ')}${rest > 0 ? `; ${rest} more` : ''}`;
  const told = others.every(({ by }) => by === 'user')
    ? ''
    : ' Its lines look like it: if they mislead, say what it is under Ledger, Calendar.';
  return `No commitment is counted: the baseline holds what is not the payer’s own AWS bill (${which}), and that retires nothing. Choose days or a payer with bills of their own.${told}`;
}
