// Rows as CSV or as tab-separated text for the clipboard. Text that a spreadsheet would run as a formula is disarmed.

export type DelimitedCell = string | number | null;

/** First characters that make a spreadsheet evaluate a text, their full-width forms included. */
const FORMULA_START = /^[=+\-@\t\r＝＋－＠]/u;

/** A text cell that begins like a formula gets an apostrophe in front, as spreadsheets expect for plain text. */
export function disarmed(cell: string): string {
  return FORMULA_START.test(cell) ? `'${cell}` : cell;
}

/** CSV by RFC 4180 with CRLF. Numbers keep full precision and a point; null is an empty cell. */
export function toCsv(header: readonly string[], rows: readonly (readonly DelimitedCell[])[]): string {
  return [header, ...rows].map(csvRow).join('');
}

/** One record of such a CSV, its line end included. */
export function csvRow(cells: readonly DelimitedCell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: DelimitedCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = disarmed(cell);
  return /[",\r\n]/u.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Tab-separated, for pasting into a spreadsheet: tabs and line breaks inside a cell become spaces. */
export function toTsv(header: readonly string[], rows: readonly (readonly DelimitedCell[])[]): string {
  return [header, ...rows].map((row) => row.map(tsvCell).join('\t')).join('\n');
}

function tsvCell(cell: DelimitedCell): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell) : disarmed(cell.replaceAll(/[\t\r\n]+/gu, ' '));
}
