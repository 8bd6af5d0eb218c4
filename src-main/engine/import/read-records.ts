// Takes the records of one file one by one: each is kept, summed or rejected with its reason. Nothing else happens to one.
import Papa from 'papaparse';
import { costBases, PLAIN_NET_READING } from '../../../shared/domain/spend/bases.ts';
import { addTo, emptySum, type Sum, totalOf } from '../../../shared/domain/sum.ts';
import { packedLength, packRecord, RAW_BLOCK_BYTES } from '../db/raw-records.ts';
import type { FileCounts, FileTotal } from '../db/staging.ts';
import { createAmountReader, type MutableAmounts } from './amounts.ts';
import type { Field } from './columns.ts';
import type { Binding } from './header.ts';
import { createLineReader } from './lines.ts';
import { readNumber, readTime } from './numbers.ts';
import { addEvidence, addToTally, REJECTED_CAP, type Run } from './run.ts';
import {
  createScanner,
  feed,
  fieldText,
  keepFirstLineOnly,
  nextRecord,
  recordText,
  type Scanner,
} from './scanner.ts';
import { createTupleReader, rollupSeriesOf, type TupleInfo } from './tuples.ts';

/** Text of a rejected row that is kept. */
const REJECTED_TEXT_CHARACTERS = 4000;

export type PackedBlock = { readonly first: number; readonly last: number; readonly bytes: Buffer };

export type RecordReader = {
  /** Takes all complete records of the chunk. */
  take(chunk: Uint8Array): void;
  /** Takes what is left after the last chunk. */
  finish(): void;
  readonly counts: FileCounts;
  /** Why the first rejected record was rejected; null when none was. */
  firstRejection(): string | null;
  /** Blocks of raw records that are ready to be written; the caller empties it. */
  readonly blocks: PackedBlock[];
  totals(): Omit<FileTotal, 'file'>[];
  warnings(): string[];
};

type Total = { readonly info: TupleInfo; rows: number; readonly unblended: Sum; readonly absolute: Sum };

export function createRecordReader(
  run: Run,
  file: number,
  name: string,
  binding: Binding,
  report: string,
): RecordReader {
  const { staging } = run;
  const { slot } = binding;
  const scanner = createScanner(binding.delimiter, binding.slotOf, binding.slots);
  const amountReader = createAmountReader(binding, scanner);
  const tuples = createTupleReader(run, binding, scanner, report);
  const lines = createLineReader(run, binding, scanner);
  const counts: FileCounts = { read: 0, kept: 0, rolledUp: 0, rejected: 0 };
  const totals: (Total | undefined)[] = [];
  const measures = new Float64Array(8);
  const raw = createRawPacker();
  let blankCosts = 0;
  let isHeaderRead = false;
  let firstRejection: string | null = null;

  const reject = (column: string | null, reason: string): void => {
    counts.rejected++;
    firstRejection ??= `line ${scanner.line}${column === null ? '' : `, column ${column}`}: ${reason}`;
    run.rejectedKept++;
    if (run.rejectedKept > REJECTED_CAP) return;
    const text = recordText(scanner).slice(0, REJECTED_TEXT_CHARACTERS);
    staging.addRejected({ file, line: scanner.line, column, reason, text });
  };
  const rejectField = (field: Field, reason: string): void => {
    const at = slot[field];
    const value = at < 0 ? '' : fieldText(scanner, at).slice(0, 200);
    reject(binding.slotNames[at] ?? null, `${value === '' ? 'the cell' : `"${value}"`} ${reason}`);
  };

  const takeRecord = (): void => {
    const costStart = scanner.starts[slot.unblended] as number;
    const costEnd = scanner.ends[slot.unblended] as number;
    const unblended = costStart === costEnd ? 0 : readNumber(scanner.buffer, costStart, costEnd);
    if (Number.isNaN(unblended)) {
      rejectField('unblended', 'is not a number');
      return;
    }
    const startAt = scanner.starts[slot.usageStart] as number;
    const start = readTime(scanner.buffer, startAt, scanner.ends[slot.usageStart] as number);
    if (Number.isNaN(start)) {
      rejectField('usageStart', 'is not a date like 2026-04-01T00:00:00Z');
      return;
    }
    const info = tuples.read();
    if (info.refusal !== null) {
      rejectField(info.refusal.field, info.refusal.reason);
      return;
    }
    if (costStart === costEnd) blankCosts++;
    const amounts = amountReader.read(info.kind, unblended);
    countTotal(info, amounts);
    const quantity = amountReader.number(slot.quantity);
    const lineClass = info.meaning.lineClass;
    const isKept =
      lineClass === 'bedrock' || (lineClass === 'candidate' && run.candidates < run.candidateCap);
    if (isKept) keep(info, amounts, quantity, start);
    else sum(info, amounts, quantity, start);
  };

  const countTotal = (info: TupleInfo, amounts: MutableAmounts): void => {
    const total = totals[info.index] ?? { info, rows: 0, unblended: emptySum(), absolute: emptySum() };
    totals[info.index] = total;
    total.rows++;
    addTo(total.unblended, amounts.unblended);
    addTo(total.absolute, Math.abs(amounts.unblended));
    const delivery = run.deliveries[info.delivery];
    if (delivery === undefined || info.evidence === null) return;
    delivery.rows++;
    if (info.texts.invoice !== null) delivery.withInvoice = true;
    else if (amounts.unblended !== 0) delivery.costWithoutInvoice = true;
    addEvidence(info.evidence, info.isDiscountLine, amounts);
  };

  const keep = (info: TupleInfo, amounts: MutableAmounts, quantity: number | null, start: number): void => {
    const series = lines.seriesOf(info);
    const bases = costBases(amounts, info.texts.chargeType, info.isMarketplace, PLAIN_NET_READING);
    const end =
      slot.usageEnd < 0
        ? Number.NaN
        : readTime(
            scanner.buffer,
            scanner.starts[slot.usageEnd] as number,
            scanner.ends[slot.usageEnd] as number,
          );
    staging.addLine({
      delivery: run.deliveries[info.delivery]?.id ?? 0,
      file,
      record: counts.read,
      series: series.id,
      day: Math.floor(start / 86_400),
      startSecond: start,
      endSecond: Number.isNaN(end) ? start : end,
      quantity,
      unblended: amounts.unblended,
      ...bases,
      discount: amounts.discount,
      netStated: amounts.netUnblended !== null,
    });
    counts.kept++;
    raw.add(counts.read, scanner);
    noteAccountName(info);
    if (info.meaning.lineClass === 'candidate') {
      run.candidates++;
      addToTally(run.candidateCost, info.currency, amounts.unblended);
      return;
    }
    addToTally(run.bedrock, info.currency, amounts.unblended);
    if (series.meaning.classification?.family === 'unknown') {
      addToTally(run.unknown, info.currency, amounts.unblended);
    }
  };

  const sum = (info: TupleInfo, amounts: MutableAmounts, quantity: number | null, start: number): void => {
    const bases = costBases(amounts, info.texts.chargeType, info.isMarketplace, PLAIN_NET_READING);
    const isOpen = amounts.netUnblended === null;
    measures[0] = quantity ?? Number.NaN;
    measures[1] = amounts.unblended;
    measures[2] = bases.netUnblended;
    measures[3] = bases.amortized ?? Number.NaN;
    measures[4] = bases.netAmortized ?? Number.NaN;
    measures[5] = bases.list ?? Number.NaN;
    measures[6] = isOpen ? amounts.unblended : 0;
    measures[7] = isOpen ? (amounts.discount ?? 0) : 0;
    if (info.rollupSeries === 0) info.rollupSeries = staging.seriesOf(rollupSeriesOf(info));
    run.rollup.add(info.rollupSeries, info.delivery, Math.floor(start / 86_400), measures);
    counts.rolledUp++;
    if (info.meaning.lineClass !== 'candidate') return;
    run.candidatesCapped = true;
    addToTally(run.candidateCost, info.currency, amounts.unblended);
  };

  const noteAccountName = (info: TupleInfo): void => {
    const at = slot.accountName;
    if (at < 0 || info.texts.account === null) return;
    const names = run.internerOf('accountName');
    const { buffer, starts, ends, escaped } = scanner;
    const id = names.idOf(buffer, starts[at] as number, ends[at] as number, escaped[at] as number);
    const account = info.texts.account;
    if (id === 0 || run.accountNames.get(account) === id) return;
    run.accountNames.set(account, id);
    staging.addAccountName(account, names.textOf(id));
  };

  const takeAll = (atEnd: boolean): void => {
    for (;;) {
      const result = nextRecord(scanner, atEnd);
      if (result === 'more' || result === 'end') return;
      if (!isHeaderRead && result === 'record') {
        isHeaderRead = true;
        continue;
      }
      counts.read++;
      if (result === 'unclosed') {
        keepFirstLineOnly(scanner, true);
        reject(null, 'a quote opens here and never closes');
      } else if (scanner.odd) {
        takeOdd();
      } else if (scanner.width !== binding.header.length) {
        reject(null, `has ${scanner.width} columns where the header has ${binding.header.length}`);
      } else {
        takeRecord();
      }
    }
  };

  /** Quoting is not as it should be: papaparse decides how the record reads, and it must fit the header. */
  const takeOdd = (): void => {
    const { data } = Papa.parse<string[]>(recordText(scanner), {
      delimiter: binding.delimiter,
      newline: '\n',
    });
    const fields = data.length === 1 ? data[0] : undefined;
    if (fields?.length === binding.header.length) {
      withRepaired(scanner, fields, takeRecord);
      return;
    }
    keepFirstLineOnly(scanner, false);
    reject(null, 'a quote inside a quoted cell is not doubled, so the columns cannot be told apart');
  };

  return {
    take(chunk) {
      feed(scanner, chunk, name);
      takeAll(false);
    },
    finish() {
      takeAll(true);
      raw.flush();
    },
    counts,
    firstRejection: () => firstRejection,
    blocks: raw.blocks,
    totals: () => mergeTotals(run, totals),
    warnings: () => warningsOf(name, binding, blankCosts, amountReader.bad),
  };
}

/** Lets `work` read a record whose quoting was mended: its fields stand behind the buffer's end for that long. */
function withRepaired(scanner: Scanner, fields: readonly string[], work: () => void): void {
  const delimiter = String.fromCharCode(scanner.delimiter);
  const text = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(delimiter);
  const repaired = createScanner(delimiter, scanner.slotOf, scanner.starts.length);
  feed(repaired, Buffer.from(text), '');
  nextRecord(repaired, true);
  const { buffer, starts, ends, escaped } = scanner;
  const kept = [starts.slice(), ends.slice(), escaped.slice()] as const;
  const { recordStart, recordEnd } = scanner;
  scanner.buffer = repaired.buffer;
  starts.set(repaired.starts);
  ends.set(repaired.ends);
  escaped.set(repaired.escaped);
  scanner.recordStart = repaired.recordStart;
  scanner.recordEnd = repaired.recordEnd;
  work();
  scanner.buffer = buffer;
  starts.set(kept[0]);
  ends.set(kept[1]);
  escaped.set(kept[2]);
  scanner.recordStart = recordStart;
  scanner.recordEnd = recordEnd;
}

type RawPacker = {
  add(record: number, scanner: Scanner): void;
  flush(): void;
  readonly blocks: PackedBlock[];
};

function createRawPacker(): RawPacker {
  const blocks: PackedBlock[] = [];
  let buffer = Buffer.allocUnsafe(RAW_BLOCK_BYTES);
  let used = 0;
  let first = 0;
  let last = 0;
  const flush = (): void => {
    if (used === 0) return;
    blocks.push({ first, last, bytes: buffer.subarray(0, used) });
    buffer = Buffer.allocUnsafe(RAW_BLOCK_BYTES);
    used = 0;
  };
  return {
    blocks,
    flush,
    add(record, { buffer: source, recordStart, recordEnd }) {
      const needed = packedLength(recordEnd - recordStart);
      if (used + needed > buffer.length) flush();
      if (needed > buffer.length) buffer = Buffer.allocUnsafe(needed);
      if (used === 0) first = record;
      last = record;
      used = packRecord(buffer, used, record, source.subarray(recordStart, recordEnd));
    },
  };
}

/** Totals per delivery, invoice, currency and charge type, from those per tuple. */
function mergeTotals(run: Run, totals: readonly (Total | undefined)[]): Omit<FileTotal, 'file'>[] {
  const merged = new Map<string, { info: TupleInfo; rows: number; unblended: Sum; absolute: Sum }>();
  for (const total of totals) {
    if (total === undefined) continue;
    const { info } = total;
    const key = JSON.stringify([info.delivery, info.texts.invoice, info.currency, info.texts.chargeType]);
    const held = merged.get(key) ?? { info, rows: 0, unblended: emptySum(), absolute: emptySum() };
    merged.set(key, held);
    held.rows += total.rows;
    addTo(held.unblended, totalOf(total.unblended));
    addTo(held.absolute, totalOf(total.absolute));
  }
  return [...merged.values()].map(({ info, rows, unblended, absolute }) => ({
    delivery: run.deliveries[info.delivery]?.id ?? 0,
    invoice: info.texts.invoice,
    currency: info.currency,
    chargeType: info.texts.chargeType ?? '',
    rows,
    unblended: totalOf(unblended),
    absolute: totalOf(absolute),
  }));
}

function warningsOf(
  name: string,
  binding: Binding,
  blankCosts: number,
  bad: ReadonlyMap<number, number>,
): string[] {
  const warnings = [...bad].map(
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
