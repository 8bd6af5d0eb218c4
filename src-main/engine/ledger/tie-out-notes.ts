// What a reader of one invoice's tie-out should know: which basis was used, what would explain a difference.
import { tieFigure } from '../../../shared/domain/ledger/tie-out.ts';
import { sumOf } from '../../../shared/domain/sum.ts';
import { createFormat } from '../../../shared/format/format.ts';
import type { DeliveryFact } from '../db/deliveries.ts';
import type { StoredFigure } from '../db/invoice-figures.ts';
import type { TieOut } from '../db/tie-out.ts';
import type { TieOutLine } from './tie-out.ts';

type Facts = {
  readonly invoice: string | null;
  readonly rows: readonly TieOut[];
  readonly basis: DeliveryFact['invoiceBasis'];
  readonly estimated: boolean;
  readonly total: TieOutLine;
  readonly chargeTypes: readonly TieOutLine[];
  readonly figure: StoredFigure | null;
  readonly delivery: DeliveryFact | undefined;
};

const format = createFormat();

/** Sentences, most telling first. */
export function notesOf(facts: Facts): string[] {
  return [
    nothingHeld(facts),
    ...whoseBill(facts),
    partsDiffer(facts),
    discountSentence(facts),
    otherBasisTies(facts),
    rateTooShort(facts),
    estimatedSentence(facts),
  ].filter((note) => note !== null);
}

function nothingHeld({ rows, invoice, delivery }: Facts): string | null {
  if (rows.length > 0) return null;
  if (delivery === undefined)
    return 'Nothing of this payer, period and billing entity is held: import its export, or remove this figure.';
  return invoice === null
    ? 'This figure was entered while the period had no invoice id; what is held now has one. Enter the figure there and remove this one.'
    : 'No delivery that is held has a row on this invoice.';
}

/** Said first: a figure of the payer's invoice cannot tie to another kind of bill. */
function whoseBill({ delivery, rows, total, figure }: Facts): string[] {
  const bill = delivery?.bill ?? null;
  if (bill === null) return [];
  if (total.state !== 'not_tied') return bill.says;
  const amount = total.heldInvoiced;
  const absolute = sumOf(rows.map((row) => row.absolute));
  const wouldTie = figure !== null && tieFigure({ amount, absolute }, figure, false).state === 'ties';
  return [
    ...bill.says,
    `Nothing is held against an invoice here.${figure === null ? '' : ` The figure you entered is kept and not compared${wouldTie ? '; it would tie' : ''}.`}`,
    ...(bill.by === 'recognised' || wouldTie
      ? ['If it is the payer’s own AWS bill after all, say so under Calendar: then it ties.']
      : []),
  ];
}

function partsDiffer({ total, chargeTypes }: Facts): string | null {
  const differing = chargeTypes.flatMap(({ state, chargeType }) => (state === 'differs' ? [chargeType] : []));
  if (total.state !== 'ties' || differing.length === 0) return null;
  return `The whole invoice ties, but not ${differing.join(', ')}: its figure, or that of the whole, was read wrongly.`;
}

/** Where the discounts are, and which sum therefore is the invoice. */
const DISCOUNTS: Readonly<Record<DeliveryFact['discountShape'], string | null>> = {
  none: null,
  lines: 'Negotiated discounts come as lines of their own: the sum of unblended cost is the invoice.',
  columns:
    'Negotiated discounts come as columns of the usage lines: the sum of net unblended cost is the invoice.',
  both: 'Negotiated discounts come as lines and as columns; each counts once, and the sum of unblended cost is the invoice.',
};

function discountSentence({ delivery }: Facts): string | null {
  if (delivery === undefined) return null;
  const sentence = DISCOUNTS[delivery.discountShape];
  if (sentence === null || delivery.discountCertain) return sentence;
  return `${sentence} Lines and columns state different amounts: the invoice's figure settles it.`;
}

function otherBasisTies({ rows, basis, total, figure }: Facts): string | null {
  if (figure === null || total.state !== 'differs' || rows.length === 0) return null;
  const amount = sumOf(rows.map((row) => (basis === 'unblended' ? row.heldNetUnblended : row.heldUnblended)));
  const absolute = sumOf(rows.map((row) => row.absolute));
  if (tieFigure({ amount, absolute }, figure, false).state !== 'ties') return null;
  const other = basis === 'unblended' ? 'net unblended' : 'unblended';
  return `The figure is the sum of ${other} cost (${format.amount(amount)}), not of ${basis === 'unblended' ? 'unblended' : 'net unblended'} cost.`;
}

function rateTooShort({ total, figure }: Facts): string | null {
  if (figure === null || figure.rate === null || total.state !== 'differs' || total.difference === null)
    return null;
  const amount = total.heldInvoiced;
  const { rateSlack } = tieFigure({ amount, absolute: Math.abs(amount) }, figure, false);
  if (rateSlack === null || Math.abs(total.difference) > rateSlack) return null;
  return `The rate ${figure.rate} is rounded; its rounding alone can explain ${format.money(rateSlack, figure.currency)}. Enter the rate with all decimals of the invoice.`;
}

function estimatedSentence({ estimated, total }: Facts): string | null {
  return estimated && total.state !== 'not_tied'
    ? 'AWS has not issued this invoice: amounts may still change, and no figure can prove them.'
    : null;
}
