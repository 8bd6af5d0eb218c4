// A page of records: what was read of each, column by column in one memory, so that one thread can hand it to another.
import type { AmountField, Field } from './columns.ts';

/** Amounts of every line, in the order of a page's columns. */
export const COMMON_AMOUNTS = [
  'unblended',
  'netUnblended',
  'list',
  'discountTotal',
  'effective',
  'quantity',
  'contracted',
  'discountEdp',
  'discountPrivateRate',
  'discountBundled',
] as const satisfies readonly Field[];

/** Amounts that only lines of commitments need. */
export const COMMITMENT_AMOUNTS = [
  'reservationEffective',
  'netReservationEffective',
  'savingsPlanEffective',
  'netSavingsPlanEffective',
  'unusedReservationUpfront',
  'netUnusedReservationUpfront',
  'unusedReservationRecurring',
  'netUnusedReservationRecurring',
  'savingsPlanCommitment',
  'savingsPlanUsed',
  'savingsPlanRecurring',
  'netSavingsPlanRecurring',
  'savingsPlanUpfront',
  'netSavingsPlanUpfront',
] as const satisfies readonly AmountField[];

/** Where an amount stands among those of a record. */
export const AMOUNT_PLACES: ReadonlyMap<Field, number> = new Map<Field, number>(
  [...COMMON_AMOUNTS, ...COMMITMENT_AMOUNTS].map((field, place) => [field, place]),
);
const COMMON = COMMON_AMOUNTS.length;
const COMMITMENT = COMMITMENT_AMOUNTS.length;

/** What is wrong with a record as a whole, or `good`. */
export const RECORD_STATES = ['good', 'unclosed', 'oddlyQuoted', 'wrongWidth'] as const;

/** Bits of `flags`. */
export const HAS_COMMITMENT_AMOUNTS = 1;
export const HAS_RESERVATION = 2;

export const RECORDS_A_PAGE = 1024;
/** Fields whose bounds a page holds, over all its records: of lines that are kept, and of those never met before. */
const BOUNDS = 64 * 1024;
const TEXT_BYTES = 512 * 1024;
/** No record is begun with less space; a longer one makes its page grow. */
const TEXT_RESERVE = 16 * 1024;

type Columns = {
  /** Seconds since 1970; NaN where the cell is no time. The end is read of records with text, and of all where every line is held. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** By record, then by the order of `COMMON_AMOUNTS`; NaN where a cell is blank, absent or no number. */
  readonly amounts: Float64Array;
  /** The same of `COMMITMENT_AMOUNTS`, of records whose `flags` say so. */
  readonly commitmentAmounts: Float64Array;
  /** A bit for each amount whose cell holds something other than a number. */
  readonly bad: Int32Array;
  readonly flags: Int32Array;
  /** Index in `RECORD_STATES`. */
  readonly state: Int32Array;
  /** Lines of the file that it stands for: more than one where they differ by their hour and amounts only. */
  readonly lines: Int32Array;
  /** Of a single one: its number among the file's records, and its first physical line, both counted from 1. */
  readonly number: Int32Array;
  readonly line: Int32Array;
  /** Number of fields. */
  readonly width: Int32Array;
  /** Numbers of the two rows that the record is recognised by; −1 where it is not. */
  readonly row: Int32Array;
  readonly labelRow: Int32Array;
  /** Bounds of the record in `text`; −1 where the text is not needed. */
  readonly textStart: Int32Array;
  readonly textEnd: Int32Array;
  /** Where its fields begin in `bounds`. */
  readonly boundsAt: Int32Array;
  /** Per field: twice its start in the record's text, one more where it holds doubled quotes, then its end. */
  readonly bounds: Int32Array;
  readonly text: Buffer;
};

export type RecordPage = Columns & {
  readonly buffer: ArrayBuffer;
  /** Records, bytes of text and bounds in use. */
  count: number;
  textUsed: number;
  boundsUsed: number;
};

const DOUBLES = ['start', 'end'] as const;
const WORDS = [
  'bad',
  'flags',
  'state',
  'lines',
  'number',
  'line',
  'width',
  'row',
  'labelRow',
  'textStart',
  'textEnd',
  'boundsAt',
] as const;
const DOUBLE_BYTES = 8 * RECORDS_A_PAGE * (DOUBLES.length + COMMON + COMMITMENT);
const WORD_BYTES = 4 * RECORDS_A_PAGE * WORDS.length;
const BOUNDS_AT = DOUBLE_BYTES + WORD_BYTES;
const TEXT_AT = BOUNDS_AT + 4 * BOUNDS;

export function createPage(textBytes = TEXT_BYTES): RecordPage {
  return pageIn(new ArrayBuffer(TEXT_AT + textBytes), 0);
}

/** The page in a memory that another thread has filled with so many records. */
export function pageIn(buffer: ArrayBuffer, count: number): RecordPage {
  const doubles = (index: number, length = RECORDS_A_PAGE): Float64Array =>
    new Float64Array(buffer, 8 * RECORDS_A_PAGE * index, length);
  const words = (name: (typeof WORDS)[number]): Int32Array =>
    new Int32Array(buffer, DOUBLE_BYTES + 4 * RECORDS_A_PAGE * WORDS.indexOf(name), RECORDS_A_PAGE);
  return {
    buffer,
    count,
    textUsed: 0,
    boundsUsed: 0,
    start: doubles(0),
    end: doubles(1),
    amounts: doubles(DOUBLES.length, RECORDS_A_PAGE * COMMON),
    commitmentAmounts: doubles(DOUBLES.length + COMMON, RECORDS_A_PAGE * COMMITMENT),
    bad: words('bad'),
    flags: words('flags'),
    state: words('state'),
    lines: words('lines'),
    number: words('number'),
    line: words('line'),
    width: words('width'),
    row: words('row'),
    labelRow: words('labelRow'),
    textStart: words('textStart'),
    textEnd: words('textEnd'),
    boundsAt: words('boundsAt'),
    bounds: new Int32Array(buffer, BOUNDS_AT, BOUNDS),
    text: Buffer.from(buffer, TEXT_AT),
  };
}

/** Whether one more record of so many fields surely has space, its text aside. */
export function hasSpace(page: RecordPage, fields: number): boolean {
  return (
    page.count < RECORDS_A_PAGE &&
    page.boundsUsed + 2 * fields <= BOUNDS &&
    page.textUsed + TEXT_RESERVE <= page.text.length
  );
}

/** The same records in a page that has space for so many further bytes of text. */
export function grown(page: RecordPage, bytes: number): RecordPage {
  const larger = createPage(page.textUsed + bytes);
  new Uint8Array(larger.buffer).set(new Uint8Array(page.buffer, 0, TEXT_AT + page.textUsed));
  return Object.assign(larger, {
    count: page.count,
    textUsed: page.textUsed,
    boundsUsed: page.boundsUsed,
  });
}

/** The record's amount in this place of `AMOUNT_PLACES`. */
export function amountAt({ amounts, commitmentAmounts }: RecordPage, record: number, place: number): number {
  return (
    place < COMMON
      ? amounts[record * COMMON + place]
      : commitmentAmounts[record * COMMITMENT + place - COMMON]
  ) as number;
}

/** Where the fields of one record lie in a text. */
export type Fields = {
  buffer: Buffer;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly escaped: Uint8Array;
  recordStart: number;
  recordEnd: number;
  /** Physical line of the file, counted from 1. */
  line: number;
};

export function createFields(slots: number): Fields {
  return {
    buffer: Buffer.alloc(0),
    starts: new Int32Array(slots),
    ends: new Int32Array(slots),
    escaped: new Uint8Array(slots),
    recordStart: 0,
    recordEnd: 0,
    line: 0,
  };
}

/** Writes the text of the page's current record, which is the one behind the last counted, and where its fields lie. */
export function writeText(page: RecordPage, fields: Fields): RecordPage {
  const { recordStart, recordEnd, starts, ends, escaped } = fields;
  const length = recordEnd - recordStart;
  const target = page.textUsed + length > page.text.length ? grown(page, length) : page;
  const { count, textUsed, boundsUsed, bounds } = target;
  fields.buffer.copy(target.text, textUsed, recordStart, recordEnd);
  target.textStart[count] = textUsed;
  target.textEnd[count] = textUsed + length;
  target.boundsAt[count] = boundsUsed;
  for (let slot = 0, at = boundsUsed; slot < starts.length; slot++, at += 2) {
    bounds[at] = 2 * ((starts[slot] as number) - recordStart) + (escaped[slot] as number);
    bounds[at + 1] = (ends[slot] as number) - recordStart;
  }
  target.textUsed += length;
  target.boundsUsed += 2 * starts.length;
  return target;
}

/** Points `fields` at a record that has text. */
function readFields(page: RecordPage, record: number, fields: Fields): void {
  const { starts, ends, escaped } = fields;
  const { bounds } = page;
  const from = page.textStart[record] as number;
  fields.buffer = page.text;
  fields.recordStart = from;
  fields.recordEnd = page.textEnd[record] as number;
  fields.line = page.line[record] as number;
  for (let slot = 0, at = page.boundsAt[record] as number; slot < starts.length; slot++, at += 2) {
    const start = bounds[at] as number;
    starts[slot] = from + (start >> 1);
    escaped[slot] = start & 1;
    ends[slot] = from + (bounds[at + 1] as number);
  }
}

/** The current record's text as it stands in the file. */
export function recordText({ buffer, recordStart, recordEnd }: Fields): string {
  return buffer.toString('utf8', recordStart, recordEnd);
}

/** A field's text with its doubled quotes undone. */
export function fieldText({ buffer, starts, ends, escaped }: Fields, slot: number): string {
  const text = buffer.toString('utf8', starts[slot], ends[slot]);
  return escaped[slot] === 1 ? text.replaceAll('""', '"') : text;
}

/** One record of a page, and where its fields lie once somebody asks. */
export type Cursor = {
  page: RecordPage;
  record: number;
  readonly fields: Fields;
  /** What `fields` was last read of. */
  fieldsOf: RecordPage | null;
  fieldsRecord: number;
};

export function createCursor(page: RecordPage, slots: number): Cursor {
  return { page, record: 0, fields: createFields(slots), fieldsOf: null, fieldsRecord: -1 };
}

/** The fields of the cursor's record, which must have text. */
export function fieldsAt(cursor: Cursor): Fields {
  const { page, record, fields } = cursor;
  if (cursor.fieldsRecord !== record || cursor.fieldsOf !== page) readFields(page, record, fields);
  cursor.fieldsRecord = record;
  cursor.fieldsOf = page;
  return fields;
}
