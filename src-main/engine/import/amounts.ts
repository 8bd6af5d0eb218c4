// Reads the amounts of one record. Only what the charge type's case needs: most lines need four of them.
import {
  AMORTIZED_CASE_OF,
  type AmortizedCase,
  type StatedAmounts,
} from '../../../shared/domain/spend/bases.ts';
import type { AmountField } from './columns.ts';
import type { Binding } from './header.ts';
import { readNumber } from './numbers.ts';
import type { Scanner } from './scanner.ts';

export type MutableAmounts = { -readonly [Name in keyof StatedAmounts]: StatedAmounts[Name] };

export type AmountReader = {
  /** The amounts of the current record, `unblended` aside; the object is reused for the next one. */
  read(kind: AmortizedCase, unblended: number): MutableAmounts;
  /** A number, or null where the cell is blank, absent or no number; the last is counted as bad. */
  number(slot: number): number | null;
  /** Cells that held something other than a number: column → count. */
  readonly bad: ReadonlyMap<number, number>;
};

/** The amounts beside the common four that a case needs. */
const EXTRA: Readonly<Record<AmortizedCase, readonly (keyof StatedAmounts & AmountField)[]>> = {
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

export function amortizedCaseOf(chargeType: string | null): AmortizedCase {
  return AMORTIZED_CASE_OF[chargeType ?? ''] ?? 'asInvoiced';
}

export function createAmountReader(binding: Binding, scanner: Scanner): AmountReader {
  const { slot } = binding;
  const bad = new Map<number, number>();
  const amounts: MutableAmounts = { ...NOTHING_STATED };

  const number = (at: number): number | null => {
    if (at < 0) return null;
    const start = scanner.starts[at] as number;
    const end = scanner.ends[at] as number;
    if (start === end) return null;
    const value = readNumber(scanner.buffer, start, end);
    if (!Number.isNaN(value)) return value;
    bad.set(at, (bad.get(at) ?? 0) + 1);
    return null;
  };
  const partialDiscounts = [slot.discountEdp, slot.discountPrivateRate, slot.discountBundled].filter(
    (at) => at >= 0,
  );
  const discount = (): number | null => {
    const total = number(slot.discountTotal);
    if (total !== null) return total;
    let sum: number | null = null;
    for (const at of partialDiscounts) {
      const part = number(at);
      if (part !== null) sum = (sum ?? 0) + part;
    }
    return sum;
  };

  return {
    bad,
    number,
    read(kind, unblended) {
      amounts.unblended = unblended;
      amounts.netUnblended = number(slot.netUnblended);
      amounts.discount = discount();
      amounts.list = number(slot.list);
      amounts.effective = number(slot.effective);
      if (kind === 'asInvoiced') return amounts;
      for (const field of EXTRA[kind]) (amounts[field] as number | null) = number(slot[field]);
      const arn = slot.reservationArn;
      amounts.hasReservation = arn >= 0 && scanner.starts[arn] !== scanner.ends[arn];
      return amounts;
    },
  };
}

const NOTHING_STATED: StatedAmounts = {
  unblended: 0,
  netUnblended: null,
  discount: null,
  list: null,
  effective: null,
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
