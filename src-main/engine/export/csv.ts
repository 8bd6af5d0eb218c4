// CSV as RFC 4180 has it, safe to open in a spreadsheet: no text of a bill can become a formula there.

export type CsvCell = string | number | boolean | null;

/** First characters that make a spreadsheet evaluate a text, their full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/u;
const NEEDS_QUOTES = /[",\r\n]/u;
const LINE_END = '\r\n';

/** A text that would be read as a formula gets an apostrophe in front; numbers stay plain; missing is empty. */
function cellText(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = FORMULA_START.test(cell) ? `'${cell}` : cell;
  return NEEDS_QUOTES.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvRow(cells: readonly CsvCell[]): string {
  return cells.map(cellText).join(',') + LINE_END;
}

/** A header and rows as one text. */
export function csvText(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  return [header, ...rows].map(csvRow).join('');
}
