// Describes the kept lines: the full tuple with description, resource, tags …, interned once per distinct one.

import { AssayError } from '../../../shared/contract/errors.ts';
import type { LineMeaning } from '../../../shared/domain/usage/line.ts';
import type { AmountsOf } from '../catalog/line-amounts.ts';
import type { SeriesDescription } from '../db/series.ts';
import type { Field } from './columns.ts';
import type { Binding, NamedColumn } from './header.ts';
import { BLANK, createTupleTable } from './interning.ts';
import { labelSets, readMap } from './maps.ts';
import { createRowMemory } from './row-memory.ts';
import { FULL_TUPLE_PARTS, type Run } from './run.ts';
import type { Scanner } from './scanner.ts';
import { dimensionsOf, type TupleInfo } from './tuples.ts';

export type FullSeries = {
  readonly id: number;
  readonly meaning: LineMeaning;
  /** Null where its lines have no amounts. */
  readonly amountsOf: AmountsOf | null;
};

export type LineReader = {
  /** Series of the current record, whose short tuple is `info`. */
  seriesOf(info: TupleInfo): FullSeries;
  /** The same for a line of an AI-adjacent service; null where it would be one more than `most` such series. */
  seriesWithin(info: TupleInfo, most: number): FullSeries | null;
};

const FULL_FIELDS = [
  'description',
  'resource',
  'principal',
  'legalEntity',
] as const satisfies readonly Field[];

export function createLineReader(run: Run, binding: Binding, scanner: Scanner, file: string): LineReader {
  const known = run.fullSeries;
  const labels = createLabelReader(run, binding, scanner, file);
  const ids = new Int32Array(FULL_TUPLE_PARTS);
  const fields = FULL_FIELDS.map((field) => ({ slot: binding.slot[field], interner: run.internerOf(field) }));
  const textAt = (part: number): string | null => {
    const { interner } = fields[part] as (typeof fields)[number];
    const text = interner.textOf(ids[1 + part] as number);
    return text === '' ? null : text;
  };

  const memory = createRowMemory(
    scanner,
    1,
    [...fields.map(({ slot }) => slot), ...labels.slots].filter((slot) => slot >= 0),
  );
  const readTuple = (info: TupleInfo): number => {
    const { buffer, starts, ends, escaped } = scanner;
    ids[0] = info.index;
    for (let part = 0; part < fields.length; part++) {
      const { slot, interner } = fields[part] as (typeof fields)[number];
      ids[1 + part] =
        slot < 0
          ? BLANK
          : interner.idOf(buffer, starts[slot] as number, ends[slot] as number, escaped[slot] as number);
    }
    const { tags, costCategories } = labels.read();
    ids[5] = tags;
    ids[6] = costCategories;
    const index = run.fullTuples.indexOf(ids);
    memory.remember(index);
    return index;
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
    seriesOf(info) {
      const recalled = memory.recall(info.index);
      const index = recalled < 0 ? readTuple(info) : recalled;
      return known[index] ?? make(info, index);
    },
    seriesWithin(info, most) {
      const recalled = memory.recall(info.index);
      // A remembered tuple without a series was one too many.
      if (recalled >= 0) return known[recalled] ?? null;
      const isAtLimit = run.candidateSeries >= most;
      // Texts of what gets no series are not gathered without end.
      if (isAtLimit && memory.isFull()) return null;
      const index = readTuple(info);
      const held = known[index];
      if (held !== undefined) return held;
      if (isAtLimit) return null;
      run.candidateSeries++;
      return make(info, index);
    },
  };
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
  /** Where labels are read from; −1 for what the file lacks. */
  readonly slots: readonly number[];
  read(): Labels;
};

/** Tags and cost categories of the current record, as ids of their JSON texts. */
function createLabelReader(run: Run, binding: Binding, scanner: Scanner, file: string): LabelReader {
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
    slots: sources.map(({ slot }) => slot),
    read() {
      const { buffer, starts, ends, escaped } = scanner;
      for (let part = 0; part < sources.length; part++) {
        const { slot, interner } = sources[part] as (typeof sources)[number];
        ids[part] =
          slot < 0
            ? BLANK
            : interner.idOf(buffer, starts[slot] as number, ends[slot] as number, escaped[slot] as number);
      }
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
      refuseTooMany(tags.length + costCategories.length, file, scanner.line);
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
