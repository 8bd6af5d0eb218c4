// What has to be settled before a month is published: the import, the tie-out and the review, each with what is open.
import type { StepState } from '../../../shared/domain/ledger/close.ts';
import { missingParts } from '../../../shared/domain/ledger/coverage.ts';
import { createFormat } from '../../../shared/format/format.ts';
import { type CoveredEntity, coveredEntities } from '../db/coverage.ts';
import { activeDeliveries } from '../db/deliveries.ts';
import type { Db } from '../db/open.ts';
import { rejectedBehind, unknownBehind } from '../db/statements.ts';
import { type TieOutInvoice, tieOutInvoices } from './tie-out.ts';

type Scope = { readonly payer: string; readonly period: string };
type Step = StepState & { says: string[] };

const format = createFormat();

export function stepsBeforePublishing(db: Db, scope: Scope): Step[] {
  return [importStep(db, scope), tieOutStep(db, scope), reviewStep(db, scope)];
}

const step = (id: StepState['step'], open: string[], settled: string): Step => ({
  step: id,
  done: open.length === 0,
  says: open.length === 0 ? [settled] : open,
});

function importStep(db: Db, { payer, period }: Scope): Step {
  const entities = coveredEntities(db).filter((one) => one.payer === payer && one.period === period);
  if (entities.length === 0) return step('import', ['Nothing of this period is held any more.'], '');
  const rejected = rejectedBehind(db, payer, period);
  // A bill that no invoice of AWS adds up to waits for none, once somebody said what it is.
  const settled = new Set(
    activeDeliveries(db).flatMap(({ id, bill }) => (bill?.by === 'user' && !bill.ties ? [id] : [])),
  );
  const open = [
    ...entities
      .filter(({ estimated, deliveryId }) => estimated === 1 && !settled.has(deliveryId))
      .map(
        ({ billingEntity }) =>
          `The bill of ${billingEntity === '' ? 'the only billing entity' : billingEntity} is estimated: AWS has not issued its invoice.`,
      ),
    ...partsOpen(entities),
    ...(rejected === 0
      ? []
      : [`${format.count(rejected)} rows of its files were rejected and are in no total.`]),
  ];
  return step('import', open, 'Every bill is issued, and every part and row is held.');
}

function partsOpen(entities: readonly CoveredEntity[]): string[] {
  const parts = entities.flatMap((entity) => JSON.parse(entity.parts) as number[]);
  const missing = missingParts(parts);
  return missing.length === 0 ? [] : [`Part ${missing.join(', ')} of the export is missing.`];
}

/** What an invoice's state asks for; nothing where it ties, or where somebody said that none of AWS's adds up to it. */
const OPEN: Readonly<
  Record<Exclude<TieOutInvoice['state'], 'not_tied'>, ((one: TieOutInvoice) => string) | null>
> = {
  ties: null,
  differs: (one) => `${invoiceName(one)} differs${whereItDiffers(one)}.`,
  no_figure: (one) => `${invoiceName(one)} has no invoice figure.`,
  estimated: ({ billingEntity }) =>
    `AWS has not issued ${['', 'AWS'].includes(billingEntity) ? 'its invoice' : `the invoice of ${billingEntity}`} yet: there is nothing to hold the lines against.`,
};

const invoiceName = ({ invoice, billingEntity }: TieOutInvoice): string =>
  invoice === null ? `The bill of ${billingEntity}` : `Invoice ${invoice} of ${billingEntity}`;

function tieOutStep(db: Db, scope: Scope): Step {
  const { invoices } = tieOutInvoices(db, scope);
  const open = invoices.flatMap((one) =>
    one.state === 'not_tied' ? unsaid(one) : (OPEN[one.state]?.(one) ?? []),
  );
  return step('tie_out', open, tiedText(invoices));
}

/** A bill that only its lines tell is asked about once. */
function unsaid(one: TieOutInvoice): string[] {
  return one.bill?.by === 'user'
    ? []
    : [`${invoiceName(one)} looks like something else (${one.bill?.name}): say what it is.`];
}

function tiedText(invoices: readonly TieOutInvoice[]): string {
  const others = invoices.filter(({ state }) => state === 'not_tied');
  const tied = invoices.length - others.length;
  if (others.length === 0) return `All ${format.count(tied)} invoices tie out.`;
  const names = [...new Set(others.map(({ bill }) => bill?.label ?? bill?.name ?? ''))].join(', ');
  return `${format.count(tied)} invoices tie out; ${format.count(others.length)} ${others.length === 1 ? 'is' : 'are'} held against no invoice of AWS (${names}).`;
}

/** By how much the whole differs, or which of its charge types do. */
function whereItDiffers({ total, chargeTypes, currency }: TieOutInvoice): string {
  if (total.state === 'differs' && total.difference !== null && total.difference !== 0)
    return ` by ${format.money(total.difference, total.figure?.currency ?? currency)}`;
  const parts = chargeTypes.flatMap(({ state, chargeType }) => (state === 'differs' ? [chargeType] : []));
  return parts.length === 0 ? '' : ` in ${parts.join(', ')}`;
}

function reviewStep(db: Db, { payer, period }: Scope): Step {
  const { lineItems, series } = unknownBehind(db, payer, period);
  const open =
    lineItems === 0
      ? []
      : [
          `${format.count(lineItems)} Bedrock ${lineItems === 1 ? 'line' : 'lines'} of ${format.count(series)} ${series === 1 ? 'kind' : 'kinds'} ${lineItems === 1 ? 'has' : 'have'} an unknown meaning or unit: answer ${lineItems === 1 ? 'it' : 'them'} in the review.`,
        ];
  return step('review', open, 'Every Bedrock line has a known kind and unit.');
}
