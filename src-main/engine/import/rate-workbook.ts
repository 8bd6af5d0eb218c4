// Reads the rows of a workbook as texts: what a cell shows, where that is not what it stores (percentages, days).
import type { Cell } from 'hucre/xlsx';

/** A row with its number on the sheet, from 1. */
export type SheetLine = { readonly line: number; readonly cells: readonly string[] };

/** Whether bytes are a zip, which a workbook is. */
export function isWorkbook(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b;
}

/**
 * The rows of the one visible sheet that holds something, at most `rows` of them. Throws an `Error` that says what is
 * wrong: no workbook, or several sheets of which nobody could tell the right one.
 */
export async function readWorkbook(bytes: Uint8Array, rows: number): Promise<SheetLine[]> {
  // Half a megabyte of code that few runs need.
  const { readXlsx } = await import('hucre/xlsx');
  const { sheets } = await readXlsx(bytes, {
    sheets: ({ hidden, veryHidden }) => hidden !== true && veryHidden !== true,
    readStyles: true,
    maxRows: rows,
  }).catch(() => {
    throw new Error('it is no workbook that can be read: save it again as .xlsx, or as CSV');
  });
  const filled = sheets.filter(({ rows: own }) => own.some((cells) => cells.some((cell) => cell !== null)));
  if (filled.length > 1) {
    const names = filled.map(({ name }) => `“${name}”`).join(', ');
    throw new Error(`several of its sheets hold something (${names}): leave one, or hide the others`);
  }
  const [sheet] = filled;
  return (sheet?.rows ?? []).map((values, row) => ({
    line: row + 1,
    cells: values.map((value, column) => textOf(value, sheet?.cells?.get(`${row},${column}`))),
  }));
}

/** A cell formatted as a percentage stores 0.2 where it shows 20 %: what it shows is what the person wrote. */
function textOf(value: Cell['value'], cell: Cell | undefined): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  if (typeof value !== 'number') return String(value);
  const isPercentage = cell?.style?.numFmt?.includes('%') ?? false;
  return String(isPercentage ? Number((value * 100).toPrecision(12)) : value);
}
