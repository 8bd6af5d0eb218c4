// The tie-out of every invoice: what its file states, what is held, what the user read on it, and whether all agree.
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { tieOutInvoice, tieOutLine } from '../../../shared/contract/ledger.ts';
import type { Output, ParsedInput } from '../../../shared/contract/methods.ts';
import { NOT_TIED, stateOfInvoice, tieFigure } from '../../../shared/domain/ledger/tie-out.ts';
import { sumOf, totalsAgree } from '../../../shared/domain/sum.ts';
import { activeDeliveries, type DeliveryFact } from '../db/deliveries.ts';
import {
  dropFigure,
  type KeyedFigure,
  keepFigure,
  keptFigures,
  type StoredFigure,
} from '../db/invoice-figures.ts';
import type { Db } from '../db/open.ts';
import { type TieOut, tieOut } from '../db/tie-out.ts';
import { notesOf } from './tie-out-notes.ts';

export type TieOutLine = z.output<typeof tieOutLine>;
export type TieOutInvoice = z.output<typeof tieOutInvoice>;

/** The invoice that rows and figures belong to. */
type InvoiceKey = Pick<TieOut, 'payer' | 'period' | 'billingEntity' | 'invoice' | 'currency'>;
type Material = { readonly key: InvoiceKey; readonly rows: TieOut[]; readonly figures: KeyedFigure[] };
type Basis = DeliveryFact['invoiceBasis'];
type Standing = 'issued' | 'estimated' | 'not_tied';

/** Every invoice that is held or that a figure was typed for; newest period first. */
export function tieOutInvoices(db: Db, asked: ParsedInput<'ledger.tieOut'>): Output<'ledger.tieOut'> {
  const isAsked = ({ payer, period }: { payer: string; period: string }): boolean =>
    (asked.payer === null || payer === asked.payer) && (asked.period === null || period === asked.period);
  const deliveries = activeDeliveries(db).filter(isAsked);
  const materials = gather(
    tieOut(db, asked),
    keptFigures(db).filter(({ key }) => isAsked(key)),
  );
  const invoices = materials.map((material) => invoiceOf(material, deliveries));
  return { schemaVersion: 1, invoices: invoices.toSorted(newestFirst) };
}

function newestFirst(left: TieOutInvoice, right: TieOutInvoice): number {
  return (
    right.period.localeCompare(left.period) ||
    left.payer.localeCompare(right.payer) ||
    left.billingEntity.localeCompare(right.billingEntity) ||
    (left.invoice ?? '').localeCompare(right.invoice ?? '') ||
    left.currency.localeCompare(right.currency)
  );
}

function gather(rows: readonly TieOut[], figures: readonly KeyedFigure[]): Material[] {
  const materials = new Map<string, Material>();
  const of = ({ payer, period, billingEntity, invoice, currency }: InvoiceKey): Material => {
    const key = { payer, period, billingEntity, invoice: invoice === '' ? null : invoice, currency };
    const text = JSON.stringify(Object.values(key));
    const known = materials.get(text) ?? { key, rows: [], figures: [] };
    materials.set(text, known);
    return known;
  };
  for (const row of rows) of(row).rows.push(row);
  for (const figure of figures) of(figure.key).figures.push(figure);
  return [...materials.values()];
}

function invoiceOf({ key, rows, figures }: Material, deliveries: readonly DeliveryFact[]): TieOutInvoice {
  const delivery = deliveries.find(
    ({ payer, period, billingEntity }) =>
      payer === key.payer && period === key.period && billingEntity === key.billingEntity,
  );
  const basis = delivery?.invoiceBasis ?? 'unblended';
  const estimated = key.invoice === null && (delivery?.estimated ?? false);
  const figureOf = (chargeType: string | null): StoredFigure | null =>
    figures.find((one) => one.key.chargeType === chargeType)?.figure ?? null;
  const bill = delivery?.bill ?? null;
  const standing = standingOf(bill, estimated);
  const line = (chargeType: string | null, of: readonly TieOut[]): TieOutLine =>
    lineOf(chargeType, of, basis, figureOf(chargeType), standing);
  const kinds = new Set([
    ...rows.map(({ chargeType }) => chargeType),
    ...figures.flatMap((one) => one.key.chargeType ?? []),
  ]);
  const chargeTypes = [...kinds].toSorted().map((kind) =>
    line(
      kind,
      rows.filter((row) => row.chargeType === kind),
    ),
  );
  const total = line(null, rows);
  const states = chargeTypes.map(({ state }) => state);
  const isWhole = total.agrees && chargeTypes.every(({ agrees }) => agrees);
  return {
    ...key,
    estimated,
    discountShape: delivery?.discountShape ?? 'none',
    discountCertain: delivery?.discountCertain ?? true,
    invoiceBasis: basis,
    bill,
    state: isWhole ? stateOfInvoice(total.state, states) : 'differs',
    total: { ...total, chargeType: null },
    chargeTypes,
    notes: notesOf({
      invoice: key.invoice,
      rows,
      basis,
      estimated,
      total,
      chargeTypes,
      figure: figureOf(null),
      delivery,
    }),
  };
}

/** A bill without an invoice id may still get one: only a user's word takes it out of the tie-out before. */
function standingOf(bill: DeliveryFact['bill'], estimated: boolean): Standing {
  if (bill?.ties === false && (bill.by === 'user' || !estimated)) return 'not_tied';
  return estimated ? 'estimated' : 'issued';
}

function lineOf(
  chargeType: string | null,
  rows: readonly TieOut[],
  basis: Basis,
  figure: StoredFigure | null,
  standing: Standing,
): TieOutLine {
  const sum = (of: (row: TieOut) => number): number => sumOf(rows.map(of));
  const fileUnblended = sum((row) => row.fileUnblended);
  const heldUnblended = sum((row) => row.heldUnblended);
  const absolute = sum((row) => row.absolute);
  const heldInvoiced = heldOn(basis, rows);
  const agrees =
    rows.every((row) => row.fileRows === row.heldRows) && totalsAgree(heldUnblended, fileUnblended, absolute);
  const { expected, difference, tolerance, state } =
    standing === 'not_tied'
      ? NOT_TIED
      : tieFigure({ amount: heldInvoiced, absolute }, figure, standing === 'estimated');
  return {
    chargeType,
    fileRows: sum((row) => row.fileRows),
    heldRows: sum((row) => row.heldRows),
    fileUnblended,
    heldUnblended,
    heldInvoiced,
    agrees,
    figure,
    expected,
    difference,
    tolerance,
    state: agrees ? state : 'differs',
  };
}

/** What is held on a basis; exactly the unblended sum where that is the basis. */
export function heldOn(basis: Basis, rows: readonly TieOut[]): number {
  return sumOf(rows.map((row) => (basis === 'unblended' ? row.heldUnblended : row.heldNetUnblended)));
}

/** Keeps a figure. Throws `invalid_input` where the currencies and the rate do not go together. */
export function enterFigure(db: Db, { key, figure }: ParsedInput<'ledger.keepFigure'>, now: Date): void {
  const isForeign = figure.currency !== key.currency;
  if (isForeign && figure.rate === null) {
    throw new AssayError(
      'invalid_input',
      `The invoice is in ${figure.currency} and the export in ${key.currency}: enter the invoice's rate, ${figure.currency} for one ${key.currency}. Nothing is converted without it.`,
      { field: 'rate' },
    );
  }
  if (!isForeign && figure.rate !== null) {
    throw new AssayError(
      'invalid_input',
      `Invoice and export are both in ${key.currency}: leave the rate out, or enter the invoice's own currency.`,
      { field: 'rate' },
    );
  }
  if (figure.rate !== null && !(Number(figure.rate) > 0)) {
    throw new AssayError('invalid_input', `A rate is above zero; ${figure.rate} is not.`, { field: 'rate' });
  }
  keepFigure(db, key, { ...figure, enteredAt: now.toISOString() });
}

/** Takes a figure away. Throws `not_found` where there was none. */
export function removeFigure(db: Db, { key }: ParsedInput<'ledger.dropFigure'>): void {
  if (dropFigure(db, key)) return;
  throw new AssayError(
    'not_found',
    `No figure was entered for ${key.chargeType ?? 'the whole invoice'} of ${key.invoice === null ? 'the bill without an invoice' : `invoice ${key.invoice}`}, ${key.billingEntity}, payer ${key.payer}, ${key.period}.`,
  );
}
