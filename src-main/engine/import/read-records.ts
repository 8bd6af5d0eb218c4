// Takes the records of one file one by one, as its pages hold them: each is kept, summed or rejected with its reason.
import type { FileCounts, FileTotal } from '../db/staging.ts';
import {
  type AmountReader,
  createAmountReader,
  type MutableAmounts,
  readAmounts,
  readQuantity,
} from './amounts.ts';
import type { Field } from './columns.ts';
import { addToTotals, type FileTotals, readTotals } from './file-totals.ts';
import type { Binding } from './header.ts';
import { createLineReader } from './lines.ts';
import type { Knowledge } from './page-writer.ts';
import { closeBlock, createRawPacker, type PackedBlock } from './raw-packer.ts';
import {
  amountAt,
  createCursor,
  createPage,
  fieldsAt,
  fieldText,
  RECORD_STATES,
  type RecordPage,
  recordText,
} from './record-page.ts';
import { MEASURES } from './rollup.ts';
import { addEvidence, REJECTED_CAP, type Run } from './run.ts';
import { MOST_ROWS } from './split.ts';
import { type LineSink, takeLine } from './take-line.ts';
import { createTupleReader, type TupleInfo, type TupleReader, tupleAt } from './tuples.ts';

/** Text of a rejected row that is kept. */
const REJECTED_TEXT_CHARACTERS = 4000;
const REJECTED_VALUE_CHARACTERS = 200;

const TIME_EXPECTED = 'is not a date like 2026-04-01T00:00:00Z';
const NUMBER_EXPECTED = 'is not a number';

/** How a spreadsheet leaves numbers and dates when it saves a report again. */
const SPREADSHEET_TRACES = [/^-?[\d.]*,\d+$/u, /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/u];
const SPREADSHEET_HINT = '; a spreadsheet wrote it so: import the file as AWS delivered it';

export type RecordReader = {
  /** Goes on with this page; the records of the one before are taken. */
  turnTo(page: RecordPage): void;
  /** Takes the page's records until none is left or the clock (`performance.now`) says so; whether some are left. */
  takeUntil(time: number): boolean;
  /** No page will come any more. */
  end(): void;
  readonly counts: FileCounts;
  /** Why the first rejected record was rejected; null when none was. */
  firstRejection(): string | null;
  /** Blocks of raw records that are ready to be written; the caller empties it. */
  readonly blocks: PackedBlock[];
  totals(): Omit<FileTotal, 'file'>[];
  warnings(): string[];
};

/** One file while it is read. */
type Reading = LineSink & {
  readonly name: string;
  readonly amountReader: AmountReader;
  readonly tuples: TupleReader;
  readonly totals: FileTotals;
  blankCosts: number;
  firstRejection: string | null;
  /** Distinct texts that are not UTF-8, and where the first of them stands. */
  textsNotUtf8: number;
  firstNotUtf8: string | null;
};

export function createRecordReader(
  run: Run,
  file: number,
  name: string,
  binding: Binding,
  report: string,
  knowledge: Knowledge,
): RecordReader {
  const reading: Reading = {
    run,
    file,
    name,
    binding,
    at: createCursor(createPage(0), binding.slots),
    knowledge,
    namesOfRows: new Int32Array(MOST_ROWS).fill(-1),
    lines: createLineReader(run, binding, name),
    raw: createRawPacker(),
    counts: { read: 0, kept: 0, rolledUp: 0, rejected: 0 },
    measures: new Float64Array(MEASURES.length),
    amountReader: createAmountReader(binding),
    tuples: createTupleReader(run, binding, report, knowledge),
    totals: [],
    blankCosts: 0,
    firstRejection: null,
    textsNotUtf8: 0,
    firstNotUtf8: null,
  };
  run.onNotUtf8 = (start) => noteNotUtf8(reading, start);
  return {
    turnTo(page) {
      reading.at.page = page;
      reading.at.record = 0;
    },
    takeUntil: (time) => takeRecords(reading, time),
    end: () => closeBlock(reading.raw),
    counts: reading.counts,
    firstRejection: () => reading.firstRejection,
    blocks: reading.raw.blocks,
    totals: () => readTotals(run, reading.totals),
    warnings: () => warningsOf(reading),
  };
}

/** Records taken between two looks at the clock. */
const RECORDS_A_LOOK = 16;

function takeRecords(reading: Reading, until: number): boolean {
  const { at } = reading;
  for (const { count } = at.page; at.record < count; ) {
    takeRecord(reading);
    at.record++;
    if (at.record % RECORDS_A_LOOK === 0 && performance.now() >= until) return at.record < count;
  }
  return false;
}

/** Why a record cannot be taken as a whole. */
function refusalOf({ at: { page, record }, binding }: Reading): string | null {
  switch (RECORD_STATES[page.state[record] as number]) {
    case 'unclosed':
      return 'a quote opens here and never closes';
    case 'oddlyQuoted':
      return 'a quote inside a quoted cell is not doubled, so the columns cannot be told apart';
    case 'wrongWidth':
      return `has ${page.width[record]} columns where the header has ${binding.header.length}`;
    default:
      return null;
  }
}

function takeRecord(reading: Reading): void {
  reading.counts.read += reading.at.page.lines[reading.at.record] as number;
  const refusal = refusalOf(reading);
  if (refusal === null) takeFields(reading);
  else reject(reading, null, refusal);
}

function takeFields(reading: Reading): void {
  const { amountReader, at } = reading;
  const { page, record } = at;
  if (((page.bad[record] as number) & 1) === 1) {
    rejectField(reading, 'unblended', NUMBER_EXPECTED);
    return;
  }
  const start = page.start[record] as number;
  if (Number.isNaN(start)) {
    rejectField(reading, 'usageStart', TIME_EXPECTED);
    return;
  }
  const info = tupleAt(reading.tuples, at);
  if (info.refusal !== null) {
    rejectField(reading, info.refusal.field, info.refusal.reason);
    return;
  }
  const lines = page.lines[record] as number;
  const stated = amountAt(page, record, 0);
  const isBlank = Number.isNaN(stated);
  const unblended = isBlank ? 0 : stated;
  if (isBlank) reading.blankCosts += lines;
  const amounts = readAmounts(amountReader, at, info.kind.amortizedCase, unblended);
  if (!info.countsList) leaveToUsage(amounts);
  addToTotals(reading.totals, info, unblended, lines);
  addToDelivery(reading.run, info, amounts, lines);
  takeLine(reading, { info, amounts, quantity: readQuantity(amountReader, at), start, lines });
}

/** List and contracted cost of buying a commitment: the usage it covers states both, and they count once. */
function leaveToUsage(amounts: MutableAmounts): void {
  if (amounts.list !== null) amounts.list = 0;
  if (amounts.contracted !== null) amounts.contracted = 0;
}

function addToDelivery(
  run: Run,
  info: TupleInfo,
  amounts: Parameters<typeof addEvidence>[2],
  lines: number,
): void {
  const delivery = run.deliveries[info.delivery];
  if (delivery === undefined || info.evidence === null) return;
  delivery.rows += lines;
  if (info.texts.invoice !== null) delivery.withInvoice = true;
  else if (amounts.unblended !== 0) delivery.costWithoutInvoice = true;
  addEvidence(info.evidence, info.kind.isDiscountLine, amounts);
}

function rejectField(reading: Reading, field: Field, reason: string): void {
  const { binding, at } = reading;
  const slot = binding.slot[field];
  const value = slot < 0 ? '' : fieldText(fieldsAt(at), slot).slice(0, REJECTED_VALUE_CHARACTERS);
  const hint = SPREADSHEET_TRACES.some((trace) => trace.test(value)) ? SPREADSHEET_HINT : '';
  reject(
    reading,
    binding.slotNames[slot] ?? null,
    `${value === '' ? 'the cell' : `"${value}"`} ${reason}${hint}`,
  );
}

function reject(reading: Reading, column: string | null, reason: string): void {
  const { run, file } = reading;
  const fields = fieldsAt(reading.at);
  const { line } = fields;
  reading.counts.rejected++;
  reading.firstRejection ??= `line ${line}${column === null ? '' : `, column ${column}`}: ${reason}`;
  run.rejectedKept++;
  if (run.rejectedKept > REJECTED_CAP) return;
  const text = recordText(fields).slice(0, REJECTED_TEXT_CHARACTERS);
  run.staging.addRejected({ file, line, column, reason, text });
}

/** A text that is not UTF-8 has lost letters: the first is said with its place. */
function noteNotUtf8(reading: Reading, start: number): void {
  reading.textsNotUtf8++;
  if (reading.firstNotUtf8 !== null) return;
  const fields = fieldsAt(reading.at);
  const slot = fields.starts.findIndex((one, at) => one === start && (fields.ends[at] as number) > start);
  const value = slot < 0 ? '' : ` "${fieldText(fields, slot).slice(0, REJECTED_VALUE_CHARACTERS)}"`;
  reading.firstNotUtf8 = `line ${fields.line}, column ${reading.binding.slotNames[slot] ?? 'not known'}:${value}`;
}

function notUtf8Text({ name, firstNotUtf8, textsNotUtf8 }: Reading): string[] {
  if (firstNotUtf8 === null) return [];
  const further = textsNotUtf8 - 1;
  const others =
    further === 0
      ? ''
      : `, and ${further} further distinct text${further === 1 ? ' is' : 's are'} not either`;
  return [
    `${name}, ${firstNotUtf8} is not written in UTF-8, so its letters are not as AWS wrote them${others}. Import the file as AWS delivered it.`,
  ];
}

function warningsOf(reading: Reading): string[] {
  const { name, binding, blankCosts, amountReader } = reading;
  const warnings = [...amountReader.bad].map(
    ([slot, cells]) =>
      `${name}: ${cells} cell${cells === 1 ? '' : 's'} of ${binding.slotNames[slot] ?? ''} hold no number; they count as not stated.`,
  );
  if (blankCosts > 0) {
    warnings.push(
      `${name}: ${blankCosts} row${blankCosts === 1 ? ' states' : 's state'} no unblended cost; they add nothing to the totals.`,
    );
  }
  return [...warnings, ...notUtf8Text(reading)];
}
