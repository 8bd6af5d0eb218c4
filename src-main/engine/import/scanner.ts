// Splits CSV bytes into records without making strings: offsets of the bound columns only.
// Quotes, doubled quotes, embedded newlines and CRLF follow papaparse, which is its oracle in a property test.
import { AssayError } from '../../../shared/contract/errors.ts';
import type { Splitter } from './split.ts';

const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
/** "NULL" as one number. */
const NULL_WORD = 0x4e554c4c;

/** Longest record that is still read; a longer one is a missing closing quote or no CSV at all. */
export const MAX_RECORD_BYTES = 4 * 1024 * 1024;

/** `record`: one is ready. `more`: feed bytes. `end`: nothing left. `unclosed`: a quote opened and never closed. */
export type ScanResult = 'record' | 'more' | 'end' | 'unclosed';

export type Scanner = {
  readonly delimiter: number;
  /** Column → slot, −1 for columns nobody asked for. */
  readonly slotOf: Int16Array;
  /** Slot → column. */
  readonly columnOf: Int16Array;
  /** Per slot: where the field's text starts and ends in `buffer`, and whether it holds quotes to undo. */
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  readonly escaped: Uint8Array;
  buffer: Buffer;
  from: number;
  to: number;
  /** Bounds of the current record in `buffer`, line end excluded. */
  recordStart: number;
  recordEnd: number;
  /** Fields of the current record. */
  width: number;
  /** True when quoting in the record is not as the format has it. */
  odd: boolean;
  /** Of the field just scanned: doubled quotes; of the record so far: line ends, its own included. */
  hasEscapes: number;
  lineEnds: number;
  /** Physical line (1-based) on which the current record starts, and on which the next one will. */
  line: number;
  nextLine: number;
  /** Splits ahead while the text lies in its memory; null without one, and after a record that does not fit there. */
  splitter: Splitter | null;
  /** Records split ahead, how many of them were taken, and the first position of the next one. */
  split: number;
  taken: number;
  firstPosition: number;
  /** Slots that are read with the record; the others when `readRest` asks for them. */
  readonly earlySlots: number;
  /** First position of the current record, as long as its other slots are to be read. */
  restAt: number;
};

const NO_REST = -1;

export function createScanner(
  delimiter: string,
  slotOf: Int16Array,
  slots: number,
  splitter: Splitter | null = null,
  earlySlots = slots,
): Scanner {
  const columnOf = new Int16Array(slots);
  for (const [column, slot] of slotOf.entries()) if (slot >= 0) columnOf[slot] = column;
  splitter?.lookAt(columnOf);
  return {
    delimiter: delimiter.charCodeAt(0),
    slotOf,
    columnOf,
    starts: splitter?.starts.subarray(0, slots) ?? new Int32Array(slots),
    ends: splitter?.stops.subarray(0, slots) ?? new Int32Array(slots),
    escaped: splitter?.escaped.subarray(0, slots) ?? new Uint8Array(slots),
    buffer: splitter?.text ?? Buffer.allocUnsafe(2 * 1024 * 1024),
    from: 0,
    to: 0,
    recordStart: 0,
    recordEnd: 0,
    width: 0,
    odd: false,
    hasEscapes: 0,
    lineEnds: 1,
    line: 1,
    nextLine: 1,
    splitter,
    split: 0,
    taken: 0,
    firstPosition: 0,
    earlySlots,
    restAt: NO_REST,
  };
}

/** Adds bytes behind the unread rest. Offsets of earlier records are void afterwards. */
export function feed(scanner: Scanner, chunk: Uint8Array, file: string): void {
  const rest = scanner.to - scanner.from;
  if (rest > MAX_RECORD_BYTES) throw tooLong(scanner, file);
  if (rest + chunk.length >= scanner.buffer.length) {
    const larger = Buffer.allocUnsafe(2 * (rest + chunk.length));
    scanner.buffer.copy(larger, 0, scanner.from, scanner.to);
    scanner.buffer = larger;
    scanner.splitter = null;
  } else {
    scanner.buffer.copyWithin(0, scanner.from, scanner.to);
  }
  scanner.buffer.set(chunk, rest);
  scanner.from = 0;
  scanner.to = rest + chunk.length;
  scanner.split = 0;
  scanner.taken = 0;
  scanner.buffer[scanner.to] = LF;
}

/** Whether the unread rest is longer than a record may be and has a line end: a quote in its first line never closes. */
export function hasRunAway(scanner: Scanner): boolean {
  return (
    scanner.to - scanner.from > MAX_RECORD_BYTES && scanner.buffer.indexOf(LF, scanner.from) < scanner.to
  );
}

function tooLong(scanner: Scanner, file: string): AssayError {
  return new AssayError(
    'corrupt_file',
    `${file}, line ${scanner.nextLine}: a record is longer than ${MAX_RECORD_BYTES} bytes. A closing quote may be missing; export the file again.`,
    { file, line: scanner.nextLine },
  );
}

/** Finds the fields of the current record that were not looked for with the record; before anything asks for them. */
export function readRest(scanner: Scanner): void {
  const { splitter, restAt, recordStart, width, earlySlots, columnOf } = scanner;
  scanner.restAt = NO_REST;
  if (restAt !== NO_REST) splitter?.fields(restAt, recordStart, width, earlySlots, columnOf.length);
}

/** Finds the next record. `atEnd`: no more bytes will come, so the last line needs no line end. */
export function nextRecord(scanner: Scanner, atEnd: boolean): ScanResult {
  return takeSplit(scanner) ? 'record' : scanRecord(scanner, atEnd);
}

/** Takes the next of the records that were split ahead, splitting anew when none is left. False when there is none. */
function takeSplit(scanner: Scanner): boolean {
  const { splitter, buffer } = scanner;
  if (splitter === null) return false;
  if (scanner.taken === scanner.split) {
    scanner.split = splitter.split(scanner.from, scanner.to, scanner.delimiter);
    scanner.taken = 0;
    scanner.firstPosition = 0;
  }
  while (scanner.taken < scanner.split) {
    const first = scanner.firstPosition;
    const next = splitter.ends[scanner.taken] as number;
    const lineEnd = splitter.positions[next - 1] as number;
    const length = lineEnd - scanner.from;
    const isBlank = length === 0 || (length === 1 && buffer[scanner.from] === CR);
    scanner.taken++;
    scanner.firstPosition = next;
    if (!isBlank) {
      splitter.fields(first, scanner.from, next - first, 0, scanner.earlySlots);
      scanner.restAt = first;
      scanner.odd = false;
      scanner.lineEnds = 1;
      finishRecord(scanner, lineEnd, next - first);
      return true;
    }
    scanner.nextLine++;
    scanner.from = lineEnd + 1;
  }
  return false;
}

/** One record byte by byte, whatever its quoting. */
function scanRecord(scanner: Scanner, atEnd: boolean): ScanResult {
  skipBlankLines(scanner);
  const { buffer, to, delimiter, slotOf, starts, ends, escaped } = scanner;
  const columns = slotOf.length;
  let position = scanner.from;
  if (position >= to) return atEnd ? 'end' : 'more';
  scanner.odd = false;
  scanner.restAt = NO_REST;
  scanner.lineEnds = 1;
  // One turn a field. Behind the bytes stands a line end, so the loop needs no look at `to` for every byte.
  for (let column = 0; ; column++) {
    let byte = buffer[position] as number;
    let start = position;
    let stop = position;
    let hasEscapes = 0;
    if (byte === QUOTE) {
      stop = closingQuote(scanner, position + 1, atEnd);
      if (stop < 0) return stop === UNCLOSED ? 'unclosed' : 'more';
      start = position + 1;
      hasEscapes = scanner.hasEscapes;
      position = stop + 1;
      if (position < to && buffer[position] === CR) position++;
      byte = buffer[position] as number;
    } else if (byte !== delimiter) {
      while (byte !== delimiter && byte !== LF) byte = buffer[++position] as number;
      if (position >= to && !atEnd) return 'more';
      stop = position;
      if (byte === LF && stop > start && buffer[stop - 1] === CR) stop--;
    }
    if (column < columns) {
      const slot = slotOf[column] as number;
      if (slot >= 0) {
        starts[slot] = start;
        ends[slot] = stop;
        escaped[slot] = hasEscapes;
      }
    }
    if (byte !== delimiter) return finishRecord(scanner, position, column + 1);
    position++;
  }
}

const UNCLOSED = -1;
const MORE = -2;

/** Position of the quote that closes the field starting at `from`, or `UNCLOSED` or `MORE`. */
function closingQuote(scanner: Scanner, from: number, atEnd: boolean): number {
  const { buffer, to, delimiter } = scanner;
  scanner.hasEscapes = 0;
  for (let position = from; ; position++) {
    for (; position < to; position++) {
      const byte = buffer[position];
      if (byte === QUOTE) break;
      if (byte === LF) scanner.lineEnds++;
    }
    if (position >= to) return atEnd ? UNCLOSED : MORE;
    // What follows decides; up to two bytes of it must be there.
    if (position + 2 >= to && !atEnd) return MORE;
    const next = buffer[position + 1];
    if (position + 1 >= to || next === delimiter || next === LF) return position;
    if (next === QUOTE) {
      scanner.hasEscapes = 1;
      position++;
    } else if (next === CR && (position + 2 >= to || buffer[position + 2] === LF)) {
      return position;
    } else {
      scanner.odd = true;
    }
  }
}

function finishRecord(scanner: Scanner, position: number, width: number): ScanResult {
  let end = position;
  if (end > scanner.from && scanner.buffer[end - 1] === CR) end--;
  scanner.recordStart = scanner.from;
  scanner.recordEnd = end;
  scanner.width = width;
  scanner.line = scanner.nextLine;
  scanner.nextLine += scanner.lineEnds;
  scanner.from = Math.min(position + 1, scanner.to);
  return 'record';
}

function skipBlankLines(scanner: Scanner): void {
  const { buffer, to } = scanner;
  while (scanner.from < to) {
    const byte = buffer[scanner.from];
    const isBlank = byte === LF || (byte === CR && scanner.from + 1 < to && buffer[scanner.from + 1] === LF);
    if (!isBlank) return;
    if (byte === LF) scanner.nextLine++;
    scanner.from++;
  }
}

/**
 * Takes back all but the first physical line of the current record (or of the unclosed rest), so that a stray
 * quote costs one line and not everything up to the next quote. False when there is only one line.
 */
export function keepFirstLineOnly(scanner: Scanner, unclosed: boolean): boolean {
  const start = unclosed ? scanner.from : scanner.recordStart;
  const limit = unclosed ? scanner.to : scanner.recordEnd;
  const lineEnd = scanner.buffer.indexOf(LF, start);
  const isMultiLine = lineEnd >= 0 && lineEnd < limit;
  const end = isMultiLine ? lineEnd : limit;
  if (!isMultiLine && !unclosed) return false;
  const line = unclosed ? scanner.nextLine : scanner.line;
  scanner.recordStart = start;
  scanner.recordEnd = end > start && scanner.buffer[end - 1] === CR ? end - 1 : end;
  scanner.line = line;
  scanner.nextLine = line + 1;
  scanner.from = Math.min(end + 1, scanner.to);
  return isMultiLine;
}

/** Makes fields that hold the word NULL blank: some exporters write it for "no value". */
export function blankNulls(scanner: Scanner): void {
  const { buffer, starts, ends } = scanner;
  for (let slot = 0; slot < starts.length; slot++) {
    const start = starts[slot] as number;
    if ((ends[slot] as number) - start === 4 && buffer.readUInt32BE(start) === NULL_WORD) ends[slot] = start;
  }
}
