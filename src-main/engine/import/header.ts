// Reads dialect and header of an export, names its format, and binds the columns that the importer asks for.
import Papa from 'papaparse';
import type { z } from 'zod';
import { AssayError } from '../../../shared/contract/errors.ts';
import type { exportFormat } from '../../../shared/contract/import.ts';
import {
  CAPABILITIES,
  COST_CATEGORY_PREFIXES,
  CUR_NAMES,
  FIELDS,
  type Field,
  REQUIRED_FIELDS,
  TAG_PREFIXES,
} from './columns.ts';
import { FOCUS_1_2_COLUMNS, FOCUS_LACKS, focusNames } from './focus.ts';
import { COMMON_AMOUNTS } from './record-page.ts';
import { tupleFields } from './tuple-fields.ts';

export type ExportFormat = z.output<typeof exportFormat>;

export type NamedColumn = { readonly name: string; readonly slot: number };

export type Binding = {
  readonly format: ExportFormat;
  readonly isFocus: boolean;
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Column → slot, −1 where nobody asked. */
  readonly slotOf: Int16Array;
  readonly slots: number;
  /** The first of them, which are looked at in every record; the others in few. */
  readonly earlySlots: number;
  /** Field → slot, −1 where the export lacks it. */
  readonly slot: Readonly<Record<Field, number>>;
  readonly slotNames: readonly string[];
  readonly tags: readonly NamedColumn[];
  readonly costCategories: readonly NamedColumn[];
  readonly missing: readonly { readonly capability: string; readonly consequence: string }[];
  readonly warnings: readonly string[];
};

/** AWS allows a few hundred tags and cost categories beside some 130 fixed columns. */
export const MAX_COLUMNS = 2000;
const DELIMITERS = [',', ';', '\t', '|'];

/** The first record of `text` and the delimiter it uses. */
export function readHeader(text: string, file: string): { header: string[]; delimiter: string } {
  const withoutMark = text.startsWith('\uFEFF') ? text.slice(1) : text;
  const lineEnd = withoutMark.indexOf('\n');
  if (lineEnd < 0 && withoutMark.includes('\r')) {
    throw unsupported(file, 'its lines end in a lone carriage return. Save it with LF or CRLF line ends.');
  }
  const delimiter = mostFrequent(lineEnd < 0 ? withoutMark : withoutMark.slice(0, lineEnd));
  const parsed = Papa.parse<string[]>(withoutMark, { delimiter, newline: '\n', preview: 1 });
  const first = parsed.data[0] ?? [];
  const header = first.map((name) => name.replace(/\r$/u, '').trim());
  if (header.length > MAX_COLUMNS) {
    throw unsupported(file, `it has ${header.length} columns; the limit is ${MAX_COLUMNS}.`);
  }
  return { header, delimiter };
}

function mostFrequent(line: string): string {
  const counts = DELIMITERS.map((delimiter) => line.split(delimiter).length);
  return DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ',';
}

/** Names the format by its header. Throws `unsupported_format` with what the file seems to be. */
export function formatOf(header: readonly string[], file: string): ExportFormat {
  const names = new Set(header.map((name) => name.toLowerCase()));
  if (names.has('lineitem/usagetype') || names.has('lineitem/unblendedcost')) return 'cur-1.0';
  if (names.has('line_item_usage_type') || names.has('line_item_unblended_cost')) {
    return names.has('product') ? 'cur-2.0' : 'cur-flat';
  }
  if (header.some((name) => /^(identity|bill|lineItem|pricing)\//iu.test(name))) return 'cur-1.0';
  if (header.some((name) => /^(identity|bill|line_item|pricing)_/iu.test(name))) return 'cur-flat';
  if (names.has('billedcost') || names.has('chargecategory')) {
    return FOCUS_1_2_COLUMNS.some((name) => names.has(name)) ? 'focus-1.2' : 'focus-1.0';
  }
  if (isCostExplorer(header)) {
    throw unsupported(
      file,
      'it is a Cost Explorer download, which holds no line items. Compare it with what is held instead: Imports, Cross-check, or assay crosscheck.',
    );
  }
  if (names.has('recordtype') && names.has('recordid') && names.has('invoiceid')) {
    throw unsupported(file, 'it is a Detailed Billing Report, which AWS retired. Import a CUR export.');
  }
  throw unsupported(
    file,
    `its header is that of neither a CUR nor a FOCUS export (first column: "${(header[0] ?? '').slice(0, 60)}"). Supported are CUR 1.0, CUR 2.0 and FOCUS, as CSV (plain, gzip or zip) or Parquet.`,
  );
}

function isCostExplorer(header: readonly string[]): boolean {
  const first = (header[0] ?? '').toLowerCase();
  const hasMoney = header.some((name) => /\(\$\)|\([A-Z]{3}\)|^total costs?/iu.test(name));
  return hasMoney && /^(service|linked account|region|usage type|.* total|time|date)/iu.test(first);
}

export function unsupported(file: string, reason: string): AssayError {
  return new AssayError('unsupported_format', `${file} cannot be imported: ${reason}`, { file });
}

/** Binds columns by name. Throws `missing_columns` when a required one is absent. */
export function bindColumns(header: readonly string[], delimiter: string, file: string): Binding {
  const format = formatOf(header, file);
  // A key selected from a map column (`product.product_name`) reads like the flat column of that name.
  const lower = header.map((name) => name.toLowerCase().replaceAll('.', '_'));
  const slotOf = new Int16Array(header.length).fill(-1);
  const slotNames: string[] = [];
  const bind = (column: number): number => {
    if (column < 0) return -1;
    const held = slotOf[column] as number;
    if (held >= 0) return held;
    slotOf[column] = slotNames.length;
    slotNames.push(header[column] as string);
    return slotNames.length - 1;
  };
  const isFocus = format === 'focus-1.0' || format === 'focus-1.2';
  const fieldNames = isFocus ? focusNames(lower) : CUR_NAMES;
  const early = slotsOf(lower, fieldNames, earlyFields(isFocus), bind);
  const earlySlots = slotNames.length;
  const slot = { ...early, ...slotsOf(lower, fieldNames, FIELDS, bind) };
  if (format === 'cur-1.0' || format === 'cur-flat') for (const field of MAP_FIELDS) slot[field] = -1;
  refuseMissing(slot, namesIn(format, fieldNames), REQUIRED_FIELDS[isFocus ? 'focus' : 'cur'], file);
  const named = (prefixes: readonly string[]): NamedColumn[] =>
    header.flatMap((name, column) => {
      const prefix = prefixes.find((candidate) => lower[column]?.startsWith(candidate));
      return prefix === undefined ? [] : [{ name: name.slice(prefix.length), slot: bind(column) }];
    });
  return {
    format,
    isFocus,
    delimiter,
    header,
    slotOf,
    tags: named(TAG_PREFIXES),
    costCategories: named(COST_CATEGORY_PREFIXES),
    slot,
    slotNames,
    slots: slotNames.length,
    earlySlots,
    missing: lackingIn(slot, isFocus),
    warnings: duplicateNames(header, fieldNames, file),
  };
}

function slotsOf<Name extends Field>(
  lower: readonly string[],
  names: FieldNames,
  fields: readonly Name[],
  bind: (column: number) => number,
): Record<Name, number> {
  return Object.fromEntries(
    fields.map((field) => {
      const name = names[field]?.find((candidate) => lower.includes(candidate));
      return [field, bind(name === undefined ? -1 : lower.indexOf(name))];
    }),
  ) as Record<Name, number>;
}

/** What is read of every record: what tells it from others, and its amounts. */
function earlyFields(isFocus: boolean): readonly Field[] {
  return ['period', 'usageStart', ...tupleFields(isFocus), ...COMMON_AMOUNTS];
}

function lackingIn(slot: Readonly<Record<Field, number>>, isFocus: boolean): Binding['missing'] {
  const lacking = CAPABILITIES.filter(({ anyOf }) => anyOf.every((field) => slot[field] < 0)).map(
    ({ capability, consequence }) => ({ capability, consequence }),
  );
  return isFocus ? [...lacking, FOCUS_LACKS] : lacking;
}

/** The names as this format spells them. */
function namesIn(format: ExportFormat, names: FieldNames): FieldNames {
  if (names !== CUR_NAMES) return names;
  const isGrouped = format === 'cur-1.0';
  return Object.fromEntries(
    Object.entries(names).map(([field, all]) => [
      field,
      all.filter((name) => name.includes('/') === isGrouped),
    ]),
  );
}

const MAP_FIELDS = ['productMap', 'tagsMap', 'resourceTagsMap', 'costCategoryMap'] as const;

type FieldNames = Partial<Readonly<Record<Field, readonly string[]>>>;

function refuseMissing(
  slot: Readonly<Record<Field, number>>,
  names: FieldNames,
  required: readonly Field[],
  file: string,
): void {
  const absent = required
    .filter((field) => slot[field] < 0)
    .map((field) => (names[field] ?? []).join(' or '));
  if (absent.length === 0) return;
  throw new AssayError(
    'missing_columns',
    `${file} lacks the column${absent.length > 1 ? 's' : ''} ${absent.join(', ')}. Export the file again with ${absent.length > 1 ? 'them' : 'it'}.`,
    { file, columns: absent.join(', ') },
  );
}

/** Fixed names are the same in any case; those of tags and cost categories are the user's, whose case counts. */
function duplicateNames(header: readonly string[], names: FieldNames, file: string): string[] {
  const fixed = new Set(Object.values(names).flat());
  const labels = [...TAG_PREFIXES, ...COST_CATEGORY_PREFIXES];
  const keys = header.map((name) => {
    const lower = name.toLowerCase();
    if (fixed.has(lower)) return lower;
    return labels.some((prefix) => lower.startsWith(prefix)) ? name : '';
  });
  const twice = keys.filter((key, index) => key !== '' && keys.indexOf(key) !== index);
  return [...new Set(twice)].map(
    (name) => `${file}: the column ${name} occurs twice; the first one is read.`,
  );
}
