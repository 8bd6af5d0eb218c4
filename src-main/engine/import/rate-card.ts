// Reads the rows of a rate card file: finds the columns by name, and refuses a file that says something nobody would read.
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import Papa from 'papaparse';
import { AssayError } from '../../../shared/contract/errors.ts';
import { RATES_LIMIT } from '../../../shared/contract/overrides.ts';
import {
  EMPTY_ROW,
  RATE_CARD_COLUMNS,
  type RateCardColumn,
  type RateCardRow,
  REQUIRED_COLUMNS,
} from '../../../shared/domain/pricing/rate-card.ts';
import { nearestName } from '../../../shared/domain/spend/nearest-name.ts';
import { isWorkbook, readWorkbook, type SheetLine } from './rate-workbook.ts';

/** A row with the line of the file it begins on. */
export type CardLine = { readonly line: number; readonly row: RateCardRow };

const MOST_BYTES = 16 * 1024 * 1024;

/** What people call the columns, beside their names. */
const ALIASES: Readonly<Record<string, RateCardColumn>> = {
  account_id: 'account',
  usage_account: 'account',
  region_tier: 'tier',
  context_band: 'context',
  discount: 'discount_percent',
  'discount_%': 'discount_percent',
  percent_off: 'discount_percent',
  price: 'price_usd',
  usd: 'price_usd',
  per: 'unit',
  valid_from: 'from',
  start: 'from',
  valid_to: 'to',
  end: 'to',
  comment: 'note',
};

/** Throws `file_not_found`, `unsupported_format` or `missing_columns`; a fault inside a row is for whoever reads the rows. */
export async function readRateCard(path: string): Promise<CardLine[]> {
  const [header, ...lines] = await linesOf(path);
  const columns = columnsOf(path, header?.cells ?? []);
  const rows = lines
    .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
    .map(({ line, cells }) => {
      const surplus = cells.slice(columns.length).some((cell) => cell.trim() !== '');
      if (surplus)
        throw refused(path, line, `the row has ${cells.length} columns and the header ${columns.length}`);
      const stated = columns.map((column, at) => [column, (cells[at] ?? '').trim()]);
      return { line, row: { ...EMPTY_ROW, ...Object.fromEntries(stated) } };
    });
  if (rows.length === 0) throw refused(path, null, 'it holds no rates');
  if (rows.length > RATES_LIMIT)
    throw refused(path, null, `it holds more than ${RATES_LIMIT} rates: leave open what does not differ`);
  return rows;
}

async function linesOf(path: string): Promise<readonly SheetLine[]> {
  const size = await stat(path).then(
    ({ size: bytes }) => bytes,
    () => {
      throw new AssayError('file_not_found', `${path} cannot be read. Check its name.`, { file: path });
    },
  );
  if (size > MOST_BYTES) throw refused(path, null, `it has more than ${MOST_BYTES / 1024 / 1024} MiB`);
  const bytes = await readFile(path);
  if (isWorkbook(bytes)) {
    return readWorkbook(bytes, RATES_LIMIT + HEADER_AND_ONE_TOO_MANY).catch((error: Error) => {
      throw refused(path, null, error.message);
    });
  }
  if (bytes.includes(0)) throw refused(path, null, 'it is no text in UTF-8');
  return csvLines(path, bytes.toString('utf8').replace(/^\uFEFF/u, ''));
}

const HEADER_AND_ONE_TOO_MANY = 2;

function csvLines(path: string, text: string): SheetLine[] {
  const { data, errors } = Papa.parse<string[]>(text);
  const broken = errors.find(({ type }) => type === 'Quotes');
  if (broken !== undefined) {
    const line = lineOf(data, broken.row ?? 0);
    throw refused(path, line, 'a quotation mark is not closed, so that columns cannot be told apart');
  }
  let line = 1;
  return data.map((cells) => {
    const own = { line, cells };
    line += linesIn(cells);
    return own;
  });
}

const linesIn = (cells: readonly string[]): number =>
  1 + cells.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);

const lineOf = (rows: readonly string[][], index: number): number =>
  rows.slice(0, index).reduce((line, cells) => line + linesIn(cells), 1);

function columnsOf(path: string, header: readonly string[]): RateCardColumn[] {
  const columns = header.map((text) => columnNamed(path, text));
  const repeated = columns.find((column, index) => columns.indexOf(column) !== index);
  if (repeated !== undefined) throw refused(path, 1, `the column ${repeated} is there twice`);
  const missing = REQUIRED_COLUMNS.filter((column) => !columns.includes(column));
  if (missing.length > 0) {
    throw new AssayError(
      'missing_columns',
      `${basename(path)} lacks the column ${missing.join(', ')}. A rate says what it is for: write * where it is for every one.`,
      { file: path, columns: missing.join(', ') },
    );
  }
  return columns;
}

function columnNamed(path: string, text: string): RateCardColumn {
  const name = text.trim().toLowerCase().replaceAll(/\s+/gu, '_');
  const known = RATE_CARD_COLUMNS.find((column) => column === name) ?? ALIASES[name];
  if (known !== undefined) return known;
  const near = nearestName(name, RATE_CARD_COLUMNS);
  throw refused(
    path,
    1,
    `nobody would read the column “${text}”${near === null ? '' : ` (did you mean ${near}?)`}; the columns are ${RATE_CARD_COLUMNS.join(', ')}`,
  );
}

function refused(path: string, line: number | null, reason: string): AssayError {
  const where = line === null ? '' : `, line ${line}`;
  return new AssayError('unsupported_format', `${basename(path)}${where}: ${reason}. Nothing was taken.`, {
    file: path,
    line,
    reason,
  });
}
