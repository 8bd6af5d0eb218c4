// Describes the kept lines: the full tuple with description, resource, tags …, interned once per distinct one.

import { AssayError } from '../../../shared/contract/errors.ts';
import type { LineMeaning } from '../../../shared/domain/usage/line.ts';
import type { AmountsOf } from '../catalog/line-amounts.ts';
import type { SeriesDescription } from '../db/series.ts';
import type { Binding, NamedColumn } from './header.ts';
import { BLANK, createTupleTable, type Interner } from './interning.ts';
import { labelSets, readMap } from './maps.ts';
import type { Cursor, Fields } from './record-page.ts';
import { FULL_TUPLE_PARTS, type Run } from './run.ts';
import { MOST_ROWS } from './split.ts';
import { SERIES_FIELDS } from './tuple-fields.ts';
import { dimensionsOf, type TupleInfo } from './tuples.ts';

export type FullSeries = {
  readonly id: number;
  readonly meaning: LineMeaning;
  /** Null where its lines have no amounts. */
  readonly amountsOf: AmountsOf | null;
};

export type LineReader = {
  /** Series of the record, whose short tuple is `info`. */
  seriesOf(at: Cursor, info: TupleInfo): FullSeries;
  /** The same for a line of an AI-adjacent service; null where it would be one more than `most` such series. */
  seriesWithin(at: Cursor, info: TupleInfo, most: number): FullSeries | null;
};

export function createLineReader(run: Run, binding: Binding, file: string): LineReader {
  const known = run.fullSeries;
  const labels = createLabelReader(run, binding, file);
  const ids = new Int32Array(FULL_TUPLE_PARTS);
  const fields = SERIES_FIELDS.map((field) => ({
    slot: binding.slot[field],
    interner: run.internerOf(field),
  }));
  const textAt = (part: number): string | null => {
    const { interner } = fields[part] as (typeof fields)[number];
    const text = interner.textOf(ids[1 + part] as number);
    return text === '' ? null : text;
  };

  /** Tuple of each numbered row; none is known at first. */
  const tupleOfRow = new Int32Array(MOST_ROWS).fill(UNKNOWN);
  const recall = ({ page, record }: Cursor): number => {
    const row = page.labelRow[record] as number;
    return row < 0 ? UNKNOWN : (tupleOfRow[row] as number);
  };
  const remember = ({ page, record }: Cursor, tuple: number): number => {
    const row = page.labelRow[record] as number;
    if (row >= 0) tupleOfRow[row] = tuple;
    return tuple;
  };
  /** The record's tuple; with `isHeldOnly` the one that is held, or −1 for none. */
  const readTuple = (at: Cursor, info: TupleInfo, isHeldOnly: boolean): number => {
    const read = at.fields();
    ids[0] = info.index;
    for (let part = 0; part < fields.length; part++) {
      const { slot, interner } = fields[part] as (typeof fields)[number];
      ids[1 + part] = slot < 0 ? BLANK : idOf(interner, read, slot, isHeldOnly);
    }
    const labelled = labels.read(read, isHeldOnly);
    if (labelled === null) return NONE;
    ids[5] = labelled.tags;
    ids[6] = labelled.costCategories;
    return isHeldOnly ? run.fullTuples.knownIndex(ids) : run.fullTuples.indexOf(ids);
  };

  const make = (info: TupleInfo, index: number): FullSeries => {
    const made = describe(run, info, {
      description: textAt(0),
      resource: textAt(1),
      principal: textAt(2),
      legalEntity: textAt(3),
      tagSet: textOrNull(run.internerOf('tag set').textOf(ids[5] as number)),
      costCategorySet: textOrNull(run.internerOf('cost category set').textOf(ids[6] as number)),
    });
    known[index] = made;
    return made;
  };

  return {
    seriesOf(at, info) {
      const recalled = recall(at);
      const index = recalled < 0 ? remember(at, readTuple(at, info, false)) : recalled;
      return known[index] ?? make(info, index);
    },
    seriesWithin(at, info, most) {
      const recalled = recall(at);
      if (recalled !== UNKNOWN) return known[recalled] ?? null;
      // Texts of what gets no series are not gathered without end.
      const isAtLimit = run.candidateSeries >= most;
      const index = remember(at, readTuple(at, info, isAtLimit));
      const held = known[index];
      if (held !== undefined || isAtLimit) return held ?? null;
      run.candidateSeries++;
      return make(info, index);
    },
  };
}

const UNKNOWN = -2;
const NONE = -1;

/** Id of a field's text; with `isHeldOnly` that of a text met before, or −1. */
function idOf(
  interner: Interner,
  { buffer, starts, ends, escaped }: Fields,
  slot: number,
  isHeldOnly: boolean,
): number {
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
  const series = { ...rest, ...texts, statedRegion, payer, account, invoice, currency, meaning };
  return { id: run.staging.seriesOf(series), meaning, amountsOf: run.pricer(series) };
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

type Labels = { readonly tags: number; readonly costCategories: number };

type LabelReader = {
  /** The record's labels; with `isHeldOnly` null where they were not met together before. */
  read(fields: Fields, isHeldOnly: boolean): Labels | null;
};

/** Tags and cost categories of the current record, as ids of their JSON texts. */
function createLabelReader(run: Run, binding: Binding, file: string): LabelReader {
  const maps = [binding.slot.tagsMap, binding.slot.resourceTagsMap, binding.slot.costCategoryMap].map(
    (slot, index) => ({ slot, interner: run.internerOf(`label map ${index}`) }),
  );
  const columns = [...binding.tags, ...binding.costCategories].map((column) => ({
    column,
    interner: run.internerOf(`label ${column.name}`),
  }));
  const ids = new Int32Array(maps.length + columns.length);
  const table = createTupleTable(ids.length);
  const known: Labels[] = [];
  const sources = [...maps, ...columns.map(({ column, interner }) => ({ slot: column.slot, interner }))];

  return {
    read(fields, isHeldOnly) {
      for (let part = 0; part < sources.length; part++) {
        const { slot, interner } = sources[part] as (typeof sources)[number];
        ids[part] = slot < 0 ? BLANK : idOf(interner, fields, slot, isHeldOnly);
      }
      if (isHeldOnly) return known[table.knownIndex(ids)] ?? null;
      const index = table.indexOf(ids);
      const held = known[index];
      if (held !== undefined) return held;
      const text = (part: number): string => {
        const { interner } = sources[part] as (typeof sources)[number];
        return interner.textOf(ids[part] as number);
      };
      const tags = [...tagPairs(text(0), text(1)), ...columnPairs(binding.tags, maps.length, text)];
      const costCategories = [
        ...Object.entries(readMap(text(2)) ?? {}),
        ...columnPairs(binding.costCategories, maps.length + binding.tags.length, text),
      ];
      refuseTooMany(tags.length + costCategories.length, file, fields.line);
      const sets = labelSets(tags, costCategories);
      const made = {
        tags: run.internerOf('tag set').idOfText(sets.tags ?? ''),
        costCategories: run.internerOf('cost category set').idOfText(sets.costCategories ?? ''),
      };
      known[index] = made;
      return made;
    },
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
