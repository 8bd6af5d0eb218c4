// The CSV shape of an offer file: metadata lines or none, then a header that starts with SKU, then one row a price.
import { Readable } from 'node:stream';
import Papa from 'papaparse';
import type { OfferRow } from '../../../shared/domain/pricing/offer-row.ts';
import { BadRow, checkOfferCode, type OfferHead, refused, type TakeRow } from './offer-refusal.ts';

/** Header names, lower-case without spaces, of what a row is read from. */
const COLUMNS = {
  sku: 'sku',
  rateCode: 'ratecode',
  termType: 'termtype',
  description: 'pricedescription',
  effectiveDate: 'effectivedate',
  beginRange: 'startingrange',
  endRange: 'endingrange',
  unit: 'unit',
  amount: 'priceperunit',
  currency: 'currency',
  offerCode: 'servicecode',
  region: 'regioncode',
  locationType: 'locationtype',
  usageType: 'usagetype',
  operation: 'operation',
  serviceName: 'servicename',
  model: 'model',
  titanModel: 'titanmodel',
  provider: 'provider',
} as const;
type Field = keyof typeof COLUMNS;

const REQUIRED: readonly Field[] = [
  'sku',
  'termType',
  'effectiveDate',
  'unit',
  'amount',
  'currency',
  'usageType',
];

/** Lines among which the header must be. */
const HEADER_WITHIN = 40;

type State = {
  line: number;
  rows: number;
  header: { readonly index: ReadonlyMap<Field, number>; readonly width: number } | null;
  readonly metadata: Map<string, string>;
};

export async function readOfferCsv(
  path: string,
  _start: string,
  chunks: AsyncIterable<Uint8Array>,
  take: TakeRow,
): Promise<OfferHead> {
  const state: State = { line: 1, rows: 0, header: null, metadata: new Map() };
  await parseRows(path, chunks, state, take);
  if (state.header === null) {
    throw refused(path, null, 'it is neither JSON nor a CSV with a header that starts with SKU');
  }
  if (state.rows === 0) throw refused(path, state.line, 'it lists no prices');
  return {
    shape: 'csv',
    version: state.metadata.get('version') ?? null,
    publicationDate: state.metadata.get('publicationdate') ?? null,
  };
}

function parseRows(
  path: string,
  chunks: AsyncIterable<Uint8Array>,
  state: State,
  take: TakeRow,
): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const input = Readable.from(chunks, { objectMode: false });
  const fail = (error: unknown): void => {
    input.destroy();
    reject(error instanceof BadRow ? refused(path, state.line, error.message) : error);
  };
  input.on('error', reject);
  Papa.parse<string[]>(input, {
    delimiter: ',',
    chunk({ data, errors }, parser) {
      try {
        data.forEach((cells, index) => {
          const broken = errors.find((error) => error.row === index);
          if (broken !== undefined) throw new BadRow(broken.message.toLowerCase());
          takeCells(cells, state, take);
          state.line += 1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
        });
      } catch (error) {
        // Before the parser is told to stop: it then calls itself complete.
        fail(error);
        parser.abort();
      }
    },
    complete: () => resolve(),
    error: fail,
  });
  return promise;
}

const named = (text: string): string =>
  text
    .replace(/^\uFEFF/u, '')
    .replace(/\s+/gu, '')
    .toLowerCase();

function takeCells(cells: readonly string[], state: State, take: TakeRow): void {
  if (cells.length === 1 && (cells[0] ?? '').trim() === '') return;
  if (state.header === null) {
    if (named(cells[0] ?? '') === 'sku') state.header = headerOf(cells);
    else if (state.line > HEADER_WITHIN) throw new BadRow('no header that starts with SKU was found');
    else state.metadata.set(named(cells[0] ?? ''), (cells[1] ?? '').trim());
    return;
  }
  const { index, width } = state.header;
  if (cells.length !== width) {
    throw new BadRow(`the row has ${cells.length} columns and the header ${width}`);
  }
  const cell = (field: Field): string | null => {
    const at = index.get(field);
    const text = at === undefined ? '' : (cells[at] ?? '').trim();
    return text === '' ? null : text;
  };
  const row = rowOf(cell, state);
  checkOfferCode(row.offerCode);
  state.rows++;
  take(row);
}

function headerOf(cells: readonly string[]): NonNullable<State['header']> {
  const names = cells.map(named);
  const index = new Map<Field, number>();
  for (const [field, name] of Object.entries(COLUMNS) as [Field, string][]) {
    const at = names.indexOf(name);
    if (at >= 0) index.set(field, at);
  }
  const missing = REQUIRED.filter((field) => !index.has(field));
  if (missing.length > 0) {
    throw new BadRow(`the header lacks ${missing.map((field) => COLUMNS[field]).join(', ')}`);
  }
  return { index, width: cells.length };
}

function rowOf(cell: (field: Field) => string | null, state: State): OfferRow {
  return {
    place: `line ${state.line}`,
    offerCode: cell('offerCode') ?? state.metadata.get('offercode') ?? '',
    sku: cell('sku') ?? '',
    rateCode: cell('rateCode') ?? '',
    termType: cell('termType') ?? '',
    usageType: cell('usageType'),
    operation: cell('operation'),
    region: cell('region'),
    locationType: cell('locationType'),
    serviceName: cell('serviceName'),
    model: cell('model') ?? cell('titanModel'),
    provider: cell('provider'),
    unit: cell('unit'),
    amount: cell('amount') ?? '',
    currency: cell('currency') ?? '',
    effectiveDate: cell('effectiveDate'),
    beginRange: cell('beginRange'),
    endRange: cell('endRange'),
    description: cell('description'),
  };
}
