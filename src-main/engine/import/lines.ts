// Describes the kept lines: the full tuple with description, resource, tags …, interned once per distinct one.

import { AssayError } from '../../../shared/contract/errors.ts';
import type { LineMeaning } from '../../../shared/domain/usage/line.ts';
import type { AmountsOf } from '../catalog/line-amounts.ts';
import type { SeriesDescription } from '../db/series.ts';
import type { Binding, NamedColumn } from './header.ts';
import {
  BLANK,
  createTupleTable,
  type Interner,
  knownTuple,
  type TupleTable,
  tupleIndex,
} from './interning.ts';
import { labelSets, readMap } from './maps.ts';
import { type Cursor, type Fields, fieldsAt } from './record-page.ts';
import { FULL_TUPLE_PARTS, type Run } from './run.ts';
import { MOST_ROWS } from './split.ts';
import { SERIES_FIELDS } from './tuple-fields.ts';
import { asOther, dimensionsOf, type TupleInfo } from './tuples.ts';

export type FullSeries = {
  readonly id: number;
  readonly meaning: LineMeaning;
  /** Null where its lines have no amounts. */
  readonly amountsOf: AmountsOf | null;
};

type Interned = { readonly slot: number; readonly interner: Interner };

/** The series of one file's kept lines. */
export type LineReader = {
  readonly run: Run;
  readonly labels: LabelReader;
  readonly fields: readonly Interned[];
  /** The tuple that is being read. */
  readonly ids: Int32Array;
  /** Tuple of each numbered row; none is known at first. */
  readonly tupleOfRow: Int32Array;
};

export function createLineReader(run: Run, binding: Binding, file: string): LineReader {
  return {
    run,
    labels: createLabelReader(run, binding, file),
    fields: SERIES_FIELDS.map((field) => ({ slot: binding.slot[field], interner: run.internerOf(field) })),
    ids: new Int32Array(FULL_TUPLE_PARTS),
    tupleOfRow: new Int32Array(MOST_ROWS).fill(UNKNOWN),
  };
}

/** Series of the record, whose short tuple is `info`. */
export function seriesOf(lines: LineReader, at: Cursor, info: TupleInfo): FullSeries {
  const recalled = recall(lines, at);
  const index = recalled < 0 ? remember(lines, at, readTuple(lines, at, info, false)) : recalled;
  return lines.run.fullSeries[index] ?? make(lines, info, index);
}

/** The same for a line of an AI-adjacent service; null where it would be one more than `most` such series. */
export function seriesWithin(
  lines: LineReader,
  at: Cursor,
  info: TupleInfo,
  most: number,
): FullSeries | null {
  const { run } = lines;
  const recalled = recall(lines, at);
  if (recalled !== UNKNOWN) return run.fullSeries[recalled] ?? null;
  // Texts of what gets no series are not gathered without end.
  const isAtLimit = run.candidateSeries >= most;
  const index = remember(lines, at, readTuple(lines, at, info, isAtLimit));
  const held = run.fullSeries[index];
  if (held !== undefined || isAtLimit) return held ?? null;
  run.candidateSeries++;
  return make(lines, info, index);
}

/** Series of a single line that is summed under the shorter one `summedAs`; that one where it would be one too many. */
export function seriesOfSummed(lines: LineReader, at: Cursor, info: TupleInfo, summedAs: number): number {
  const { run } = lines;
  const recalled = recall(lines, at);
  if (recalled !== UNKNOWN) return run.fullSeries[recalled]?.id ?? summedAs;
  const isAtLimit = run.lineSeries >= run.caps.lineSeries;
  const index = remember(lines, at, readTuple(lines, at, info, isAtLimit));
  const held = run.fullSeries[index];
  if (held !== undefined) return held.id;
  if (isAtLimit) {
    run.lineSeriesCapped = true;
    return summedAs;
  }
  run.lineSeries++;
  return make(lines, info, index, summedAs).id;
}

function recall({ tupleOfRow }: LineReader, { page, record }: Cursor): number {
  const row = page.labelRow[record] as number;
  return row < 0 ? UNKNOWN : (tupleOfRow[row] as number);
}

function remember({ tupleOfRow }: LineReader, { page, record }: Cursor, tuple: number): number {
  const row = page.labelRow[record] as number;
  if (row >= 0) tupleOfRow[row] = tuple;
  return tuple;
}

/** The record's tuple; with `isHeldOnly` the one that is held, or −1 for none. */
function readTuple(lines: LineReader, at: Cursor, info: TupleInfo, isHeldOnly: boolean): number {
  const { run, fields, ids } = lines;
  const read = fieldsAt(at);
  ids[0] = info.index;
  for (let part = 0; part < fields.length; part++) {
    ids[1 + part] = idOf(fields[part] as Interned, read, isHeldOnly);
  }
  const labelled = readLabels(lines.labels, read, isHeldOnly);
  if (labelled === null) return NONE;
  ids[5] = labelled.tags;
  ids[6] = labelled.costCategories;
  return isHeldOnly ? knownTuple(run.fullTuples, ids) : tupleIndex(run.fullTuples, ids);
}

function make(
  { run, fields, ids }: LineReader,
  info: TupleInfo,
  index: number,
  summedAs: number | null = null,
): FullSeries {
  const textAt = (part: number): string | null =>
    textOrNull((fields[part] as Interned).interner.textOf(ids[1 + part] as number));
  const texts = {
    description: textAt(0),
    resource: textAt(1),
    principal: textAt(2),
    legalEntity: textAt(3),
    tagSet: textOrNull(run.internerOf('tag set').textOf(ids[5] as number)),
    costCategorySet: textOrNull(run.internerOf('cost category set').textOf(ids[6] as number)),
  };
  const made = summedAs === null ? describe(run, info, texts) : describeSummed(run, info, texts, summedAs);
  run.fullSeries[index] = made;
  return made;
}

const UNKNOWN = -2;
const NONE = -1;

/** Id of a field's text; with `isHeldOnly` that of a text met before, or −1. */
function idOf(
  { slot, interner }: Interned,
  { buffer, starts, ends, escaped }: Fields,
  isHeldOnly: boolean,
): number {
  if (slot < 0) return BLANK;
  const start = starts[slot] as number;
  const end = ends[slot] as number;
  return isHeldOnly
    ? interner.knownId(buffer, start, end)
    : interner.idOf(buffer, start, end, escaped[slot] as number);
}

type KeptTexts = Pick<
  SeriesDescription,
  'description' | 'resource' | 'principal' | 'legalEntity' | 'tagSet' | 'costCategorySet'
>;

/** Classifies a new series with all that is known of its lines. */
function describe(run: Run, info: TupleInfo, texts: KeptTexts): FullSeries {
  const { payer, account, invoice } = info.texts;
  const dimensions = dimensionsOf(info.texts, info.product, texts.description, texts.resource);
  const meaning = run.interpret(dimensions);
  const { region: statedRegion, ...rest } = dimensions;
  const { currency } = info;
  const series = {
    ...rest,
    ...texts,
    statedRegion,
    payer,
    account,
    invoice,
    currency,
    meaning,
    summedAs: null,
  };
  return { id: run.staging.seriesOf(series), meaning, amountsOf: run.pricer(series) };
}

/** Takes on what is held of the sum: the same must be said of both. */
function describeSummed(run: Run, info: TupleInfo, texts: KeptTexts, summedAs: number): FullSeries {
  const { payer, account, invoice } = info.texts;
  const { region: statedRegion, ...rest } = dimensionsOf(info.texts, info.product, null, null);
  const meaning = { ...asOther(info.meaning), decision: null };
  const { currency } = info;
  const series = { ...rest, ...texts, statedRegion, payer, account, invoice, currency, meaning, summedAs };
  return { id: run.staging.seriesOf(series), meaning, amountsOf: null };
}

function textOrNull(text: string): string | null {
  return text === '' ? null : text;
}

/** AWS activates at most some hundreds of tag keys for a bill. */
export const MAX_LABELS = 1000;

function refuseTooMany(pairs: number, file: string, line: number): void {
  if (pairs <= MAX_LABELS) return;
  throw new AssayError(
    'corrupt_file',
    `${file}, line ${line}: the line carries ${pairs} tags and cost categories; the limit is ${MAX_LABELS}. Export the report with fewer of them.`,
    { file, line },
  );
}

/** Maps among the sources of labels, before the columns. */
const LABEL_MAPS = 3;

type Labels = { readonly tags: number; readonly costCategories: number };

/** Tags and cost categories of one file's records, as ids of their JSON texts. */
type LabelReader = {
  readonly run: Run;
  readonly binding: Binding;
  readonly file: string;
  /** The three maps, then the columns of tags and of cost categories. */
  readonly sources: readonly Interned[];
  /** The labels that are being read. */
  readonly ids: Int32Array;
  readonly table: TupleTable;
  /** By their index in the table. */
  readonly known: Labels[];
};

function createLabelReader(run: Run, binding: Binding, file: string): LabelReader {
  const { tagsMap, resourceTagsMap, costCategoryMap } = binding.slot;
  const sources = [
    ...[tagsMap, resourceTagsMap, costCategoryMap].map((slot, index) => ({
      slot,
      interner: run.internerOf(`label map ${index}`),
    })),
    ...[...binding.tags, ...binding.costCategories].map(({ name, slot }) => ({
      slot,
      interner: run.internerOf(`label ${name}`),
    })),
  ];
  const ids = new Int32Array(sources.length);
  return { run, binding, file, sources, ids, table: createTupleTable(ids.length), known: [] };
}

/** The record's labels; with `isHeldOnly` null where they were not met together before. */
function readLabels(labels: LabelReader, fields: Fields, isHeldOnly: boolean): Labels | null {
  const { sources, ids, table, known } = labels;
  for (let part = 0; part < sources.length; part++) {
    ids[part] = idOf(sources[part] as Interned, fields, isHeldOnly);
  }
  if (isHeldOnly) return known[knownTuple(table, ids)] ?? null;
  const index = tupleIndex(table, ids);
  const held = known[index] ?? makeLabels(labels, fields.line);
  known[index] = held;
  return held;
}

function makeLabels({ run, binding, file, sources, ids }: LabelReader, line: number): Labels {
  const text = (part: number): string => (sources[part] as Interned).interner.textOf(ids[part] as number);
  const tags = [...tagPairs(text(0), text(1)), ...columnPairs(binding.tags, LABEL_MAPS, text)];
  const costCategories = [
    ...Object.entries(readMap(text(2)) ?? {}),
    ...columnPairs(binding.costCategories, LABEL_MAPS + binding.tags.length, text),
  ];
  refuseTooMany(tags.length + costCategories.length, file, line);
  const sets = labelSets(tags, costCategories);
  return {
    tags: run.internerOf('tag set').idOfText(sets.tags ?? ''),
    costCategories: run.internerOf('cost category set').idOfText(sets.costCategories ?? ''),
  };
}

/** CUR 2.0 gives tags twice: `tags` keeps the keys' case, `resource_tags` is the older form. */
function tagPairs(tags: string, resourceTags: string): [string, string][] {
  const newer = Object.entries(readMap(tags) ?? {});
  return newer.length > 0 ? newer : Object.entries(readMap(resourceTags) ?? {});
}

function columnPairs(
  columns: readonly NamedColumn[],
  offset: number,
  text: (part: number) => string,
): [string, string][] {
  // The first of two columns of the same name wins where it says something.
  return columns
    .map(({ name }, index): [string, string] => [name, text(offset + index)])
    .filter(([, value]) => value !== '')
    .toReversed();
}
