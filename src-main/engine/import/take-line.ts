// What becomes of a good line: kept with all its parts and its raw record, or summed into the roll-up.
import { costBasesOf, PLAIN_NET_READING } from '../../../shared/domain/spend/bases.ts';
import { type FileCounts, NO_AMOUNTS } from '../db/staging.ts';
import type { MutableAmounts } from './amounts.ts';
import type { Binding } from './header.ts';
import type { FullSeries, LineReader } from './lines.ts';
import { readTime } from './numbers.ts';
import type { RawPacker } from './raw-packer.ts';
import { addToTally, type Run } from './run.ts';
import type { Scanner } from './scanner.ts';
import { rollupSeriesOf, type TupleInfo } from './tuples.ts';

const SECONDS_A_DAY = 86_400;

/** The file that is being read, as far as its lines are concerned. */
export type LineSink = {
  readonly run: Run;
  readonly file: number;
  readonly binding: Binding;
  readonly scanner: Scanner;
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
};

export function takeLine(sink: LineSink, line: GoodLine): void {
  const { info } = line;
  switch (info.meaning.lineClass) {
    case 'bedrock':
      keep(sink, line, sink.lines.seriesOf(info));
      return;
    case 'candidate':
      takeCandidate(sink, line);
      return;
    case 'other':
      sumUp(sink, line, shortSeriesOf(sink.run, info));
  }
}

/** Kept where something says AI; else summed under all its labels, so that a rule can still claim it by any of them. */
function takeCandidate(sink: LineSink, line: GoodLine): void {
  const { run } = sink;
  const { info, amounts } = line;
  const series = sink.lines.seriesWithin(info, run.caps.candidateSeries);
  const lineClass = series?.meaning.lineClass ?? info.meaning.lineClass;
  if (lineClass === 'candidate') addToTally(run.candidateCost, info.currency, amounts.unblended);
  if (series === null) {
    run.candidateSeriesCapped = true;
    sumUp(sink, line, shortSeriesOf(run, info));
  } else if (lineClass === 'bedrock') {
    keep(sink, line, series);
  } else if (info.looksLikeAi && run.candidateLines < run.caps.candidateLines) {
    run.candidateLines++;
    keep(sink, line, series);
  } else {
    if (info.looksLikeAi) run.candidateLinesCapped = true;
    sumUp(sink, line, series.id);
  }
}

function shortSeriesOf({ staging }: Run, info: TupleInfo): number {
  if (info.rollupSeries === 0) info.rollupSeries = staging.seriesOf(rollupSeriesOf(info));
  return info.rollupSeries;
}

function keep(sink: LineSink, { info, amounts, quantity, start }: GoodLine, series: FullSeries): void {
  const { run, scanner, counts } = sink;
  const bases = costBasesOf(amounts, info.kind, PLAIN_NET_READING);
  const day = Math.floor(start / SECONDS_A_DAY);
  const end = endOf(sink, start);
  const lastDay = Math.max(day, Math.trunc((end - 1) / SECONDS_A_DAY));
  run.staging.addLine({
    delivery: run.deliveries[info.delivery]?.id ?? 0,
    file: sink.file,
    record: counts.read,
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
  sink.raw.add(counts.read, scanner);
  noteAccountName(sink, info);
  if (series.meaning.lineClass !== 'bedrock') return;
  addToTally(run.bedrock, info.currency, amounts.unblended);
  if (series.meaning.classification?.family === 'unknown') {
    addToTally(run.unknown, info.currency, amounts.unblended);
  }
}

/** End of the usage; a line that does not state one ends where it starts. */
function endOf({ binding, scanner }: LineSink, start: number): number {
  const at = binding.slot.usageEnd;
  if (at < 0) return start;
  const end = readTime(scanner.buffer, scanner.starts[at] as number, scanner.ends[at] as number);
  return Number.isNaN(end) ? start : end;
}

function noteAccountName({ run, binding, scanner }: LineSink, { texts: { account } }: TupleInfo): void {
  const at = binding.slot.accountName;
  if (at < 0 || account === null) return;
  const names = run.internerOf('accountName');
  const { buffer, starts, ends, escaped } = scanner;
  const id = names.idOf(buffer, starts[at] as number, ends[at] as number, escaped[at] as number);
  if (id === 0 || run.accountNames.get(account) === id) return;
  run.accountNames.set(account, id);
  run.staging.addAccountName(account, names.textOf(id));
}

function sumUp(
  { run, counts, measures }: LineSink,
  { info, amounts, quantity, start }: GoodLine,
  series: number,
): void {
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
  run.rollup.add(series, info.delivery, Math.floor(start / SECONDS_A_DAY), measures);
  counts.rolledUp++;
}
