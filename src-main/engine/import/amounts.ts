// Reads the amounts of one record. Only what the charge type's case needs: most lines need four of them.
import {
  type AmortizedCase,
  contractedCost,
  type StatedAmounts,
} from '../../../shared/domain/spend/bases.ts';
import type { AmountField } from './columns.ts';
import type { Binding } from './header.ts';
import { readNumber } from './numbers.ts';
import type { Scanner } from './scanner.ts';

export type MutableAmounts = { -readonly [Name in keyof StatedAmounts]: StatedAmounts[Name] };

export type AmountReader = {
  /** Unblended cost of the current record; NaN where it is blank or no number. Call it before the others. */
  unblended(): number;
  /** The other amounts of the current record; the object is reused for the next one. */
  read(kind: AmortizedCase, unblended: number): MutableAmounts;
  /** Quantity, or null where the cell is blank, absent or no number; the last is counted as bad. */
  quantity(): number | null;
  /** Cells that held something other than a number: column → count. */
  readonly bad: ReadonlyMap<number, number>;
};

/** What is read of every record, in one go. */
const COMMON = [
  'unblended',
  'netUnblended',
  'list',
  'discountTotal',
  'effective',
  'quantity',
  'contracted',
] as const;
const [UNBLENDED, NET_UNBLENDED, LIST, DISCOUNT_TOTAL, EFFECTIVE, QUANTITY, CONTRACTED] = [
  0, 1, 2, 3, 4, 5, 6,
] as const;

/** The amounts beside the common ones that a case needs. */
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

export function createAmountReader(binding: Binding, scanner: Scanner): AmountReader {
  const { slot } = binding;
  const bad = new Map<number, number>();
  const amounts: MutableAmounts = { ...NOTHING_STATED };
  const { begin, common } = createCommonReader(binding, scanner);

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
  const slots = COMMON.map((field) => slot[field]);
  const commonNumber = (place: number): number | null => {
    const value = common(place);
    return value === undefined ? number(slots[place] as number) : value;
  };
  const partialDiscounts = [slot.discountEdp, slot.discountPrivateRate, slot.discountBundled].filter(
    (at) => at >= 0,
  );
  const discount = (): number | null => {
    const total = commonNumber(DISCOUNT_TOTAL);
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
    unblended() {
      begin();
      const value = common(UNBLENDED);
      if (value !== undefined) return value ?? Number.NaN;
      const at = slot.unblended;
      return readNumber(scanner.buffer, scanner.starts[at] as number, scanner.ends[at] as number);
    },
    quantity: () => commonNumber(QUANTITY),
    read(kind, unblended) {
      amounts.unblended = unblended;
      amounts.netUnblended = commonNumber(NET_UNBLENDED);
      amounts.discount = discount();
      amounts.list = commonNumber(LIST);
      amounts.effective = commonNumber(EFFECTIVE);
      amounts.contracted = contractedCost(commonNumber(CONTRACTED), unblended);
      if (kind === 'asInvoiced') return amounts;
      for (const field of EXTRA[kind]) (amounts[field] as number | null) = number(slot[field]);
      const arn = slot.reservationArn;
      amounts.hasReservation = arn >= 0 && scanner.starts[arn] !== scanner.ends[arn];
      return amounts;
    },
  };
}

type CommonReader = {
  /** Reads the common fields of the current record. */
  begin(): void;
  /** The number, null where it is blank or absent, undefined where it takes a closer look. */
  common(place: number): number | null | undefined;
};

function createCommonReader({ slot }: Binding, scanner: Scanner): CommonReader {
  const { splitter } = scanner;
  const present = COMMON.filter((field) => slot[field] >= 0);
  const numbers = splitter?.numbers(present.map((field) => slot[field])) ?? null;
  const at = Int8Array.from(COMMON, (field) => present.indexOf(field));
  let odd = 0;
  let isRead = false;
  return {
    begin() {
      // A record that was mended, or is longer than the memory, lies elsewhere.
      isRead = numbers !== null && scanner.buffer === splitter?.text;
      if (isRead) odd = numbers?.read() ?? 0;
    },
    common(place) {
      const index = at[place] as number;
      if (index < 0) return null;
      if (!isRead || ((odd >> index) & 1) === 1) return undefined;
      const value = numbers?.values[index] ?? Number.NaN;
      return Number.isNaN(value) ? null : value;
    },
  };
}

const NOTHING_STATED: StatedAmounts = {
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
