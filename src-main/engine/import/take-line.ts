// What becomes of a good line: kept with all its parts and its raw record, or summed into the roll-up.
import { type CostBases, costBasesOf, PLAIN_NET_READING } from '../../../shared/domain/spend/bases.ts';
import { type FileCounts, NO_AMOUNTS } from '../db/staging.ts';
import type { MutableAmounts } from './amounts.ts';
import type { Binding } from './header.ts';
import { BLANK, type Interner } from './interning.ts';
import { type FullSeries, type LineReader, seriesOf, seriesOfSummed, seriesWithin } from './lines.ts';
import { IS_KNOWN, type Knowledge, NEEDS_TEXT } from './page-writer.ts';
import { packRaw, type RawPacker } from './raw-packer.ts';
import { type Cursor, fieldsAt } from './record-page.ts';
import { addToTally, type Run } from './run.ts';
import { rollupSeriesOf, type TupleInfo } from './tuples.ts';

const SECONDS_A_DAY = 86_400;

/** The file that is being read, as far as its lines are concerned. */
export type LineSink = {
  readonly run: Run;
  readonly file: number;
  readonly binding: Binding;
  /** The record that is being taken. */
  readonly at: Cursor;
  readonly knowledge: Knowledge;
  /** Id of the account's name by numbered row; −1 where it was not read. */
  readonly namesOfRows: Int32Array;
  readonly lines: LineReader;
  readonly raw: RawPacker;
  readonly counts: FileCounts;
  /** Scratch for the roll-up's measures. */
  readonly measures: Float64Array;
};

export type GoodLine = {
  readonly info: TupleInfo;
  readonly amounts: MutableAmounts;
  readonly quantity: number | null;
  /** Seconds since 1970. */
  readonly start: number;
  /** How many alike it stands for; what is kept stands for itself. */
  readonly lines: number;
};

export function takeLine(sink: LineSink, line: GoodLine): void {
  const { info } = line;
  switch (info.meaning.lineClass) {
    case 'bedrock':
      keep(sink, line, seriesOf(sink.lines, sink.at, info));
      return;
    case 'candidate':
      takeCandidate(sink, line);
      return;
    case 'other':
      takeOther(sink, line);
  }
}

function takeOther(sink: LineSink, line: GoodLine): void {
  const { run, lines, at } = sink;
  const series = shortSeriesOf(run, line.info);
  const bases = sumUp(sink, line, series);
  if (!run.everyLine) return;
  noteNeed(sink, IS_KNOWN);
  addSingle(sink, line, seriesOfSummed(lines, at, line.info, series), bases);
}

/** Kept where something says AI; else summed under all its labels, so that a rule can still claim it by any of them. */
function takeCandidate(sink: LineSink, line: GoodLine): void {
  const { run } = sink;
  const { info, amounts, lines } = line;
  const series = seriesWithin(sink.lines, sink.at, info, run.caps.candidateSeries);
  const lineClass = series?.meaning.lineClass ?? info.meaning.lineClass;
  if (lineClass === 'candidate') addToTally(run.candidateCost, info.currency, amounts.unblended, lines);
  if (series === null) {
    run.candidateSeriesCapped = true;
    sumAndHold(sink, line, shortSeriesOf(run, info));
  } else if (lineClass === 'bedrock') {
    keep(sink, line, series);
  } else if (info.looksLikeAi && run.candidateLines < run.caps.candidateLines) {
    run.candidateLines++;
    keep(sink, line, series);
  } else {
    if (info.looksLikeAi) run.candidateLinesCapped = true;
    sumAndHold(sink, line, series.id);
  }
}

/** Sums a line under a series, and holds it singly under the same where every line is held. */
function sumAndHold(sink: LineSink, line: GoodLine, series: number): void {
  noteNeed(sink, IS_KNOWN);
  const bases = sumUp(sink, line, series);
  if (sink.run.everyLine) addSingle(sink, line, series, bases);
}

/** Says what further records of such a row have to bring along. */
function noteNeed({ at: { page, record }, knowledge }: LineSink, need: number): void {
  const row = page.labelRow[record] as number;
  if (row >= 0) knowledge.labelRows[row] = need;
}

function shortSeriesOf({ staging }: Run, info: TupleInfo): number {
  if (info.rollupSeries === 0) info.rollupSeries = staging.seriesOf(rollupSeriesOf(info));
  return info.rollupSeries;
}

function keep(sink: LineSink, { info, amounts, quantity, start }: GoodLine, series: FullSeries): void {
  const { run, counts } = sink;
  const { page, record } = sink.at;
  const number = page.number[record] as number;
  noteNeed(sink, IS_KNOWN | NEEDS_TEXT);
  const bases = costBasesOf(amounts, info.kind, PLAIN_NET_READING);
  const day = Math.floor(start / SECONDS_A_DAY);
  const end = endOf(sink, start);
  const lastDay = Math.max(day, Math.trunc((end - 1) / SECONDS_A_DAY));
  run.staging.addLine({
    delivery: run.deliveries[info.delivery]?.id ?? 0,
    file: sink.file,
    record: number,
    series: series.id,
    day,
    startSecond: start,
    endSecond: end,
    quantity,
    unblended: amounts.unblended,
    netUnblended: bases.netUnblended,
    amortized: bases.amortized,
    netAmortized: bases.netAmortized,
    list: bases.list,
    contractedStated: bases.contractedStated,
    discount: amounts.discount,
    netStated: amounts.netUnblended !== null,
    amounts: series.amountsOf?.(quantity, day, lastDay) ?? NO_AMOUNTS,
  });
  counts.kept++;
  packRaw(sink.raw, number, page.text, page.textStart[record] as number, page.textEnd[record] as number);
  noteAccountName(sink, info);
  if (series.meaning.lineClass !== 'bedrock') return;
  addToTally(run.bedrock, info.currency, amounts.unblended, 1);
  if (series.meaning.classification?.family === 'unknown') {
    addToTally(run.unknown, info.currency, amounts.unblended, 1);
  }
}

/** A line that does not state its end ends where it starts. */
function endOf({ at: { page, record } }: LineSink, start: number): number {
  const stated = page.end[record] as number;
  return Number.isNaN(stated) ? start : stated;
}

function addSingle(
  sink: LineSink,
  { info, amounts, quantity, start }: GoodLine,
  series: number,
  bases: CostBases,
): void {
  const { run, file, at } = sink;
  run.staging.addRollupLine({
    delivery: run.deliveries[info.delivery]?.id ?? 0,
    file,
    record: at.page.number[at.record] as number,
    series,
    startSecond: start,
    endSecond: endOf(sink, start),
    quantity,
    unblended: amounts.unblended,
    netUnblended: bases.netUnblended,
    amortized: bases.amortized,
    netAmortized: bases.netAmortized,
    list: bases.list,
    contractedStated: bases.contractedStated,
    discount: amounts.discount,
    netStated: amounts.netUnblended !== null,
  });
}

function noteAccountName(sink: LineSink, { texts: { account } }: TupleInfo): void {
  const { run, binding, at, namesOfRows } = sink;
  if (binding.slot.accountName < 0 || account === null) return;
  const names = run.internerOf('accountName');
  const row = at.page.labelRow[at.record] as number;
  const known = row < 0 ? -1 : (namesOfRows[row] as number);
  const id = known < 0 ? readName(sink, names) : known;
  if (row >= 0) namesOfRows[row] = id;
  if (id === BLANK || run.accountNames.get(account) === id) return;
  run.accountNames.set(account, id);
  run.staging.addAccountName(account, names.textOf(id));
}

function readName({ binding, at }: LineSink, names: Interner): number {
  const { buffer, starts, ends, escaped } = fieldsAt(at);
  const slot = binding.slot.accountName;
  return names.idOf(buffer, starts[slot] as number, ends[slot] as number, escaped[slot] as number);
}

/** The line's cost on every basis, for whoever needs it next. */
function sumUp(
  { run, counts, measures }: LineSink,
  { info, amounts, quantity, start, lines }: GoodLine,
  series: number,
): CostBases {
  const bases = costBasesOf(amounts, info.kind, PLAIN_NET_READING);
  const isOpen = amounts.netUnblended === null;
  measures[0] = quantity ?? Number.NaN;
  measures[1] = amounts.unblended;
  measures[2] = bases.netUnblended;
  measures[3] = bases.amortized ?? Number.NaN;
  measures[4] = bases.netAmortized ?? Number.NaN;
  measures[5] = bases.list ?? Number.NaN;
  measures[6] = isOpen ? amounts.unblended : 0;
  measures[7] = isOpen ? (amounts.discount ?? 0) : 0;
  measures[8] = bases.contractedStated ?? Number.NaN;
  run.rollup.add(series, info.delivery, Math.floor(start / SECONDS_A_DAY), measures, lines);
  counts.rolledUp += lines;
  return bases;
}
