// The amounts of one record of a page, as the bases take them: what is blank is null, what is no number is counted.
import {
  type AmortizedCase,
  contractedCost,
  type StatedAmounts,
} from '../../../shared/domain/spend/bases.ts';
import type { AmountField, Field } from './columns.ts';
import type { Binding } from './header.ts';
import { readNumber } from './numbers.ts';
import {
  AMOUNT_PLACES,
  amountAt,
  type Cursor,
  type Fields,
  fieldsAt,
  HAS_COMMITMENT_AMOUNTS,
  HAS_RESERVATION,
} from './record-page.ts';

export type MutableAmounts = { -readonly [Name in keyof StatedAmounts]: StatedAmounts[Name] };

export type AmountReader = {
  readonly slot: Binding['slot'];
  /** Those of the last record that was read. */
  readonly amounts: MutableAmounts;
  /** Cells that held something other than a number: column → count. */
  readonly bad: Map<number, number>;
};

type Amount = keyof StatedAmounts & AmountField;

/** The amounts beside the common ones that a case needs. */
const EXTRA: Readonly<Record<AmortizedCase, readonly Amount[]>> = {
  asInvoiced: [],
  spreadElsewhere: [],
  feeUnlessReservation: [],
  reservationCovered: ['reservationEffective', 'netReservationEffective'],
  savingsPlanCovered: ['savingsPlanEffective', 'netSavingsPlanEffective'],
  unusedReservation: [
    'unusedReservationUpfront',
    'netUnusedReservationUpfront',
    'unusedReservationRecurring',
    'netUnusedReservationRecurring',
  ],
  unusedSavingsPlan: [
    'savingsPlanCommitment',
    'savingsPlanUsed',
    'savingsPlanRecurring',
    'netSavingsPlanRecurring',
    'savingsPlanUpfront',
    'netSavingsPlanUpfront',
  ],
};

/** Whether a line of this case needs amounts beside the common ones. */
export function needsCommitmentAmounts(kind: AmortizedCase): boolean {
  return kind !== 'asInvoiced' && kind !== 'spreadElsewhere';
}

const placeOf = (field: Field): number => AMOUNT_PLACES.get(field) as number;
const NET_UNBLENDED = placeOf('netUnblended');
const LIST = placeOf('list');
const DISCOUNT_TOTAL = placeOf('discountTotal');
const EFFECTIVE = placeOf('effective');
const QUANTITY = placeOf('quantity');
const CONTRACTED = placeOf('contracted');
const PARTIAL_DISCOUNTS = (['discountEdp', 'discountPrivateRate', 'discountBundled'] as const).map(placeOf);
const SLOT_FIELDS = [...AMOUNT_PLACES.keys()];

export function createAmountReader({ slot }: Binding): AmountReader {
  return { slot, amounts: nothingStated(), bad: new Map() };
}

/** The record's amounts but for the unblended one, which was read. The object is reused for the next record. */
export function readAmounts(
  reader: AmountReader,
  at: Cursor,
  kind: AmortizedCase,
  unblended: number,
): MutableAmounts {
  const { amounts } = reader;
  amounts.unblended = unblended;
  amounts.netUnblended = statedAt(reader, at, NET_UNBLENDED);
  amounts.discount = discountAt(reader, at);
  amounts.list = statedAt(reader, at, LIST);
  amounts.effective = statedAt(reader, at, EFFECTIVE);
  amounts.contracted = contractedCost(statedAt(reader, at, CONTRACTED), unblended);
  if (needsCommitmentAmounts(kind)) readExtra(reader, at, kind);
  return amounts;
}

/** Quantity, or null where the cell is blank, absent or no number; the last is counted as bad. */
export function readQuantity(reader: AmountReader, at: Cursor): number | null {
  return statedAt(reader, at, QUANTITY);
}

function statedAt(reader: AmountReader, { page, record }: Cursor, place: number): number | null {
  const value = amountAt(page, record, place);
  if (!Number.isNaN(value)) return value;
  const isBad = (((page.bad[record] as number) >> place) & 1) === 1;
  return isBad ? noteBad(reader, reader.slot[SLOT_FIELDS[place] as Field]) : null;
}

function discountAt(reader: AmountReader, at: Cursor): number | null {
  const total = statedAt(reader, at, DISCOUNT_TOTAL);
  if (total !== null) return total;
  let sum: number | null = null;
  for (let index = 0; index < PARTIAL_DISCOUNTS.length; index++) {
    const part = statedAt(reader, at, PARTIAL_DISCOUNTS[index] as number);
    if (part !== null) sum = (sum ?? 0) + part;
  }
  return sum;
}

function readExtra(reader: AmountReader, at: Cursor, kind: AmortizedCase): void {
  const { amounts, slot } = reader;
  const flags = at.page.flags[at.record] as number;
  if ((flags & HAS_COMMITMENT_AMOUNTS) !== 0) {
    for (const field of EXTRA[kind]) {
      (amounts[field] as number | null) = statedAt(reader, at, placeOf(field));
    }
    amounts.hasReservation = (flags & HAS_RESERVATION) !== 0;
    return;
  }
  // A page that was filled before the importer had met such a line.
  const fields = fieldsAt(at);
  for (const field of EXTRA[kind]) (amounts[field] as number | null) = numberAt(reader, fields, slot[field]);
  const arn = slot.reservationArn;
  amounts.hasReservation = arn >= 0 && fields.starts[arn] !== fields.ends[arn];
}

function numberAt(reader: AmountReader, { buffer, starts, ends }: Fields, at: number): number | null {
  if (at < 0 || starts[at] === ends[at]) return null;
  const value = readNumber(buffer, starts[at] as number, ends[at] as number);
  return Number.isNaN(value) ? noteBad(reader, at) : value;
}

function noteBad({ bad }: AmountReader, at: number): null {
  bad.set(at, (bad.get(at) ?? 0) + 1);
  return null;
}

/** A literal of its own for each file: copies of one object would each take on their numbers' form anew. */
function nothingStated(): MutableAmounts {
  return {
    unblended: 0,
    netUnblended: null,
    discount: null,
    list: null,
    effective: null,
    contracted: null,
    hasReservation: false,
    reservationEffective: null,
    netReservationEffective: null,
    unusedReservationUpfront: null,
    netUnusedReservationUpfront: null,
    unusedReservationRecurring: null,
    netUnusedReservationRecurring: null,
    savingsPlanEffective: null,
    netSavingsPlanEffective: null,
    savingsPlanCommitment: null,
    savingsPlanUsed: null,
    savingsPlanRecurring: null,
    netSavingsPlanRecurring: null,
    savingsPlanUpfront: null,
    netSavingsPlanUpfront: null,
  };
}
