// Reads records into pages: all that takes a look at the text, and nothing of what the import already knows of it.
import {
  type AlikeLines,
  addAlike,
  addAlikeCovered,
  clearAlike,
  handOver,
  writeNextSum,
} from './alike-lines.ts';
import type { Field } from './columns.ts';
import type { Binding } from './header.ts';
import { readNumber, readTime } from './numbers.ts';
import {
  AMOUNT_PLACES,
  COMMITMENT_AMOUNTS,
  COMMON_AMOUNTS,
  HAS_COMMITMENT_AMOUNTS,
  HAS_RESERVATION,
  hasSpace,
  RECORD_STATES,
  type RecordPage,
  writeText,
} from './record-page.ts';
import { withRepairedRecord } from './repair.ts';
import { createRowNumbers, type RowNumbers, rowNumber } from './row-numbers.ts';
import {
  blankNulls,
  createScanner,
  feed,
  hasRunAway,
  keepFirstLineOnly,
  nextRecord,
  readRest,
  type Scanner,
} from './scanner.ts';
import type { Numbers, Splitter } from './split.ts';
import { KEPT_FIELDS, tupleFields } from './tuple-fields.ts';

/**
 * What the importer has learnt of rows, by their number, so that the text of most need not be handed on: 0 while it
 * knows nothing. It writes while another thread reads: late news costs a text too many, never one too few.
 */
export type Knowledge = { readonly rows: Uint8Array; readonly labelRows: Uint8Array };

export const IS_KNOWN = 1;
/** Lines are told apart by their labels, too. */
export const NEEDS_LABELS = 2;
/** Lines are kept with their text. */
export const NEEDS_TEXT = 4;
export const NEEDS_COMMITMENT_AMOUNTS = 8;
/** What lines come to is no sum of what each of them comes to. */
export const STANDS_ALONE = 16;

export type PageWriter = {
  /** Adds a chunk of the file; the records of the one before are read. */
  feed(chunk: Uint8Array): void;
  /** Records read so far, whether or not a page holds them yet. */
  recordsRead(): number;
  /** No chunk will come any more: what is left is the last record. */
  end(): void;
  /** Reads records into the page, or into a larger one in its place, until it is full or no whole record is left. */
  fill(page: RecordPage): { readonly page: RecordPage; readonly isFull: boolean };
};

type Writing = {
  readonly binding: Binding;
  readonly scanner: Scanner;
  readonly knowledge: Knowledge;
  readonly rows: RowNumbers;
  readonly labelRows: RowNumbers;
  readonly common: AmountsReader;
  readonly commitment: AmountsReader;
  /** Null where every record is handed over by itself. */
  readonly alike: AlikeLines | null;
  /** Records read so far. */
  records: number;
  isHeaderRead: boolean;
  isAtEnd: boolean;
};

/** Slots whose texts tell kept lines apart beside those of their tuple. */
function labelSlots({ slot, tags, costCategories }: Binding): number[] {
  return [
    ...KEPT_FIELDS.map((field) => slot[field]),
    ...[...tags, ...costCategories].map((column) => column.slot),
  ];
}

/**
 * `alike`, which is emptied, is used for one file after the other: its memory is too large to be made for each. Without
 * it every record is handed over by itself, with its end.
 */
export function createPageWriter(
  binding: Binding,
  name: string,
  knowledge: Knowledge,
  splitter: Splitter | null,
  alike: AlikeLines | null,
): PageWriter {
  const scanner = createScanner(
    binding.delimiter,
    binding.slotOf,
    binding.slots,
    splitter,
    binding.earlySlots,
  );
  if (alike !== null) clearAlike(alike);
  const { slot } = binding;
  const fields = tupleFields(binding.isFocus);
  const isThere = (at: number): boolean => at >= 0;
  // Without a period column the period is part of the usage's start, and rows of every hour would be numbered.
  const rowSlots =
    slot.period < 0 ? [] : [slot.period, ...fields.map((field) => slot[field])].filter(isThere);
  const writing: Writing = {
    binding,
    scanner,
    knowledge,
    rows: createRowNumbers(scanner, 0, rowSlots),
    labelRows: createRowNumbers(scanner, 1, labelSlots(binding).filter(isThere)),
    common: createAmountsReader(binding, splitter, COMMON_AMOUNTS, 0),
    commitment: createAmountsReader(binding, splitter, COMMITMENT_AMOUNTS, 1),
    alike,
    records: 0,
    isHeaderRead: false,
    isAtEnd: false,
  };
  return {
    feed: (chunk) => feed(scanner, chunk, name),
    recordsRead: () => writing.records,
    end() {
      writing.isAtEnd = true;
    },
    fill: (page) => fill(writing, page),
  };
}

function fill(writing: Writing, page: RecordPage): { page: RecordPage; isFull: boolean } {
  const { scanner, binding, alike } = writing;
  let current = page;
  while (hasSpace(current, binding.slots)) {
    if (alike?.isHandingOver === true) {
      writeNextSum(alike, current);
      continue;
    }
    const result = nextRecord(scanner, writing.isAtEnd);
    if (result === 'end' && alike !== null && handOver(alike)) continue;
    // A record that outgrows every real one began with a quote that nobody closed.
    if (result === 'end' || (result === 'more' && !hasRunAway(scanner)))
      return { page: current, isFull: false };
    if (writing.isHeaderRead) current = writeRecord(writing, current, result === 'record');
    writing.isHeaderRead = true;
  }
  return { page: current, isFull: true };
}

function writeRecord(writing: Writing, page: RecordPage, isClosed: boolean): RecordPage {
  const { scanner, binding } = writing;
  const columns = binding.header.length;
  let written = page;
  writing.records++;
  if (!isClosed) {
    keepFirstLineOnly(scanner, true);
    written = writeRefused(writing, page, 'unclosed');
  } else if (scanner.odd) {
    const isMended = withRepairedRecord(scanner, columns, () => {
      written = writeFields(writing, page);
    });
    if (!isMended) {
      keepFirstLineOnly(scanner, false);
      written = writeRefused(writing, page, 'oddlyQuoted');
    }
  } else if (scanner.width !== columns) {
    written = writeRefused(writing, page, 'wrongWidth');
  } else {
    written = writeFields(writing, page);
  }
  return written;
}

function writeRefused(writing: Writing, page: RecordPage, state: (typeof RECORD_STATES)[number]): RecordPage {
  const { scanner } = writing;
  const { count } = page;
  page.state[count] = RECORD_STATES.indexOf(state);
  page.width[count] = scanner.width;
  readRest(scanner);
  return finish(writing, writeText(page, scanner));
}

function finish({ scanner, records }: Writing, page: RecordPage): RecordPage {
  const { count } = page;
  page.lines[count] = 1;
  page.number[count] = records;
  page.line[count] = scanner.line;
  page.count++;
  return page;
}

function writeFields(writing: Writing, page: RecordPage): RecordPage {
  const { scanner, binding, knowledge } = writing;
  const { slot, isFocus } = binding;
  const { count } = page;
  if (isFocus) {
    readRest(scanner);
    blankNulls(scanner);
  }
  let bad = readAmounts(writing.common, scanner);
  const start = timeAt(scanner, slot.usageStart);
  const row = rowNumber(writing.rows, scanner, 0);
  const known = row < 0 ? 0 : (knowledge.rows[row] as number);
  // Of most lines of other services nothing else is looked at.
  if (known !== IS_KNOWN) readRest(scanner);
  const isLabelled = (known & NEEDS_LABELS) !== 0;
  const labelRow = isLabelled ? rowNumber(writing.labelRows, scanner, row) : -1;
  const labelsKnown = labelRow < 0 ? 0 : (knowledge.labelRows[labelRow] as number);
  const isTextNeeded =
    ((isLabelled ? labelsKnown : known) & (IS_KNOWN | NEEDS_TEXT)) !== IS_KNOWN ||
    (bad & 1) !== 0 ||
    Number.isNaN(start);
  const { common, commitment, alike } = writing;
  const needsCommitment = (known & NEEDS_COMMITMENT_AMOUNTS) !== 0;
  if (needsCommitment) bad |= readAmounts(commitment, scanner);
  const flags = needsCommitment ? commitmentFlags(writing) : 0;
  if (alike !== null && !isTextNeeded && bad === 0 && (known & STANDS_ALONE) === 0) {
    if (needsCommitment)
      addAlikeCovered(alike, common.values, commitment.values, flags, row, labelRow, start);
    else addAlike(alike, common.values, row, labelRow, start);
    return page;
  }
  page.amounts.set(common.values, count * COMMON_AMOUNTS.length);
  page.state[count] = 0;
  page.flags[count] = flags;
  page.bad[count] = bad;
  page.start[count] = start;
  page.row[count] = row;
  page.labelRow[count] = labelRow;
  if (needsCommitment) page.commitmentAmounts.set(commitment.values, count * COMMITMENT_AMOUNTS.length);
  // Lines are told apart by their labels then, so all of the record was read.
  if (alike === null) page.end[count] = timeAt(scanner, slot.usageEnd);
  if (!isTextNeeded) {
    page.textStart[count] = -1;
    return finish(writing, page);
  }
  readRest(scanner);
  page.end[count] = timeAt(scanner, slot.usageEnd);
  return finish(writing, writeText(page, scanner));
}

function timeAt({ buffer, starts, ends }: Scanner, slot: number): number {
  return slot < 0 ? Number.NaN : readTime(buffer, starts[slot] as number, ends[slot] as number);
}

function commitmentFlags({ scanner, binding }: Writing): number {
  const arn = binding.slot.reservationArn;
  const hasReservation = arn >= 0 && scanner.starts[arn] !== scanner.ends[arn];
  return HAS_COMMITMENT_AMOUNTS | (hasReservation ? HAS_RESERVATION : 0);
}

/** Reads some amounts of every record, in one go where there is WebAssembly. */
type AmountsReader = {
  readonly splitter: Splitter | null;
  readonly slots: Int32Array;
  readonly numbers: Numbers | null;
  /** What the last reading found, in the order of the fields; NaN where a cell is blank, absent or no number. */
  readonly values: Float64Array;
  /** The bit that stands for the first of them among a record's. */
  readonly firstBit: number;
};

function createAmountsReader(
  { slot }: Binding,
  splitter: Splitter | null,
  fields: readonly Field[],
  which: 0 | 1,
): AmountsReader {
  const slots = Int32Array.from(fields, (field) => slot[field]);
  const firstBit = AMOUNT_PLACES.get(fields[0] as Field) as number;
  const numbers = splitter?.numbers(which, [...slots]) ?? null;
  return { splitter, slots, numbers, values: numbers?.values ?? new Float64Array(fields.length), firstBit };
}

/** Reads the current record's amounts; returns a bit for each cell that holds no number. */
function readAmounts(reader: AmountsReader, scanner: Scanner): number {
  const { splitter, numbers, slots } = reader;
  // A record that was mended, or is longer than the memory, lies elsewhere.
  const isSplit = numbers !== null && splitter !== null && scanner.buffer === splitter.text;
  let odd = isSplit ? splitter.readNumbers(numbers) : 2 ** slots.length - 1;
  let bad = 0;
  for (let place = 0; odd !== 0; place++, odd >>= 1) {
    if ((odd & 1) === 1) bad |= lookAt(reader, scanner, place);
  }
  return bad;
}

/** A bit for the cell where it is not blank and no number. */
function lookAt(
  { slots, values, firstBit }: AmountsReader,
  { buffer, starts, ends }: Scanner,
  place: number,
): number {
  const at = slots[place] as number;
  values[place] = Number.NaN;
  if (at < 0 || starts[at] === ends[at]) return 0;
  const value = readNumber(buffer, starts[at] as number, ends[at] as number);
  values[place] = value;
  return Number.isNaN(value) ? 1 << (firstBit + place) : 0;
}
