// Takes the records of one file one by one: each is kept, summed or rejected with its reason. Nothing else happens to one.
import type { FileCounts, FileTotal } from '../db/staging.ts';
import { type AmountReader, createAmountReader, type MutableAmounts } from './amounts.ts';
import type { Field } from './columns.ts';
import { createFileTotals, type FileTotals } from './file-totals.ts';
import type { Binding } from './header.ts';
import { createLineReader } from './lines.ts';
import { readTime } from './numbers.ts';
import { createRawPacker, type PackedBlock } from './raw-packer.ts';
import { withRepairedRecord } from './repair.ts';
import { MEASURES } from './rollup.ts';
import { addEvidence, REJECTED_CAP, type Run } from './run.ts';
import {
  blankNulls,
  createScanner,
  feed,
  fieldText,
  hasRunAway,
  keepFirstLineOnly,
  nextRecord,
  recordText,
  type ScanResult,
} from './scanner.ts';
import { type LineSink, takeLine } from './take-line.ts';
import { createTupleReader, type TupleInfo, type TupleReader } from './tuples.ts';

/** Text of a rejected row that is kept. */
const REJECTED_TEXT_CHARACTERS = 4000;
const REJECTED_VALUE_CHARACTERS = 200;

const TIME_EXPECTED = 'is not a date like 2026-04-01T00:00:00Z';
const NUMBER_EXPECTED = 'is not a number';

/** How a spreadsheet leaves numbers and dates when it saves a report again. */
const SPREADSHEET_TRACES = [/^-?[\d.]*,\d+$/u, /^\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/u];
const SPREADSHEET_HINT = '; a spreadsheet wrote it so: import the file as AWS delivered it';

export type RecordReader = {
  /** Adds a chunk of the file; the records of the one before are taken. */
  feed(chunk: Uint8Array): void;
  /** Takes complete records until none is left or the clock (`performance.now`) says so; whether some are left. */
  takeUntil(time: number): boolean;
  /** No chunk will come any more: what is left is the last record. */
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
  isHeaderRead: boolean;
  isAtEnd: boolean;
  firstRejection: string | null;
};

export function createRecordReader(
  run: Run,
  file: number,
  name: string,
  binding: Binding,
  report: string,
): RecordReader {
  const scanner = createScanner(binding.delimiter, binding.slotOf, binding.slots, run.splitter);
  const reading: Reading = {
    run,
    file,
    name,
    binding,
    scanner,
    lines: createLineReader(run, binding, scanner, name),
    raw: createRawPacker(),
    counts: { read: 0, kept: 0, rolledUp: 0, rejected: 0 },
    measures: new Float64Array(MEASURES.length),
    amountReader: createAmountReader(binding, scanner),
    tuples: createTupleReader(run, binding, scanner, report),
    totals: createFileTotals(run),
    blankCosts: 0,
    isHeaderRead: false,
    isAtEnd: false,
    firstRejection: null,
  };
  return {
    feed: (chunk) => feed(scanner, chunk, name),
    takeUntil(time) {
      const areSomeLeft = takeRecords(reading, time);
      if (!areSomeLeft && reading.isAtEnd) reading.raw.flush();
      return areSomeLeft;
    },
    end() {
      reading.isAtEnd = true;
    },
    counts: reading.counts,
    firstRejection: () => reading.firstRejection,
    blocks: reading.raw.blocks,
    totals: () => reading.totals.read(),
    warnings: () => warningsOf(reading),
  };
}

/** Records taken between two looks at the clock. */
const RECORDS_A_LOOK = 16;

function takeRecords(reading: Reading, until: number): boolean {
  const { scanner } = reading;
  for (let taken = 1; ; taken++) {
    const result = nextRecord(scanner, reading.isAtEnd);
    if (result === 'end') return false;
    // A record that outgrows every real one began with a quote that nobody closed.
    if (result === 'more' && !hasRunAway(scanner)) return false;
    if (reading.isHeaderRead) takeRecord(reading, result);
    reading.isHeaderRead = true;
    if (taken % RECORDS_A_LOOK === 0 && performance.now() >= until) return true;
  }
}

function takeRecord(reading: Reading, result: ScanResult): void {
  const { scanner, binding } = reading;
  const columns = binding.header.length;
  reading.counts.read++;
  if (result !== 'record') {
    keepFirstLineOnly(scanner, true);
    reject(reading, null, 'a quote opens here and never closes');
  } else if (scanner.odd) {
    if (withRepairedRecord(scanner, columns, () => takeFields(reading))) return;
    keepFirstLineOnly(scanner, false);
    reject(reading, null, 'a quote inside a quoted cell is not doubled, so the columns cannot be told apart');
  } else if (scanner.width !== columns) {
    reject(reading, null, `has ${scanner.width} columns where the header has ${columns}`);
  } else {
    takeFields(reading);
  }
}

function takeFields(reading: Reading): void {
  const { scanner, amountReader } = reading;
  const { slot, isFocus } = reading.binding;
  if (isFocus) blankNulls(scanner);
  const { buffer, starts, ends } = scanner;
  const costStart = starts[slot.unblended] as number;
  const costEnd = ends[slot.unblended] as number;
  const isBlank = costStart === costEnd;
  const stated = amountReader.unblended();
  const unblended = isBlank ? 0 : stated;
  if (Number.isNaN(unblended)) {
    rejectField(reading, 'unblended', NUMBER_EXPECTED);
    return;
  }
  const start = readTime(buffer, starts[slot.usageStart] as number, ends[slot.usageStart] as number);
  if (Number.isNaN(start)) {
    rejectField(reading, 'usageStart', TIME_EXPECTED);
    return;
  }
  const info = reading.tuples.read();
  if (info.refusal !== null) {
    rejectField(reading, info.refusal.field, info.refusal.reason);
    return;
  }
  if (isBlank) reading.blankCosts++;
  const amounts = amountReader.read(info.kind.amortizedCase, unblended);
  if (!info.countsList) leaveToUsage(amounts);
  reading.totals.add(info, unblended);
  addToDelivery(reading.run, info, amounts);
  takeLine(reading, { info, amounts, quantity: amountReader.quantity(), start });
}

/** List and contracted cost of buying a commitment: the usage it covers states both, and they count once. */
function leaveToUsage(amounts: MutableAmounts): void {
  if (amounts.list !== null) amounts.list = 0;
  if (amounts.contracted !== null) amounts.contracted = 0;
}

function addToDelivery(run: Run, info: TupleInfo, amounts: Parameters<typeof addEvidence>[2]): void {
  const delivery = run.deliveries[info.delivery];
  if (delivery === undefined || info.evidence === null) return;
  delivery.rows++;
  if (info.texts.invoice !== null) delivery.withInvoice = true;
  else if (amounts.unblended !== 0) delivery.costWithoutInvoice = true;
  addEvidence(info.evidence, info.kind.isDiscountLine, amounts);
}

function rejectField(reading: Reading, field: Field, reason: string): void {
  const { binding, scanner } = reading;
  const at = binding.slot[field];
  const value = at < 0 ? '' : fieldText(scanner, at).slice(0, REJECTED_VALUE_CHARACTERS);
  const hint = SPREADSHEET_TRACES.some((trace) => trace.test(value)) ? SPREADSHEET_HINT : '';
  reject(
    reading,
    binding.slotNames[at] ?? null,
    `${value === '' ? 'the cell' : `"${value}"`} ${reason}${hint}`,
  );
}

function reject(reading: Reading, column: string | null, reason: string): void {
  const { run, file, scanner } = reading;
  reading.counts.rejected++;
  reading.firstRejection ??= `line ${scanner.line}${column === null ? '' : `, column ${column}`}: ${reason}`;
  run.rejectedKept++;
  if (run.rejectedKept > REJECTED_CAP) return;
  const text = recordText(scanner).slice(0, REJECTED_TEXT_CHARACTERS);
  run.staging.addRejected({ file, line: scanner.line, column, reason, text });
}

function warningsOf({ name, binding, blankCosts, amountReader }: Reading): string[] {
  const warnings = [...amountReader.bad].map(
    ([slot, cells]) =>
      `${name}: ${cells} cell${cells === 1 ? '' : 's'} of ${binding.slotNames[slot] ?? ''} hold no number; they count as not stated.`,
  );
  if (blankCosts > 0) {
    warnings.push(
      `${name}: ${blankCosts} row${blankCosts === 1 ? ' states' : 's state'} no unblended cost; they add nothing to the totals.`,
    );
  }
  return warnings;
}
