// A workbook as bytes: sheets of plain values and of formulas that carry the value we computed.
import type { CellStyle } from 'hucre/xlsx';

/** A formula with the value it has, so that a reader that does not calculate shows the same. */
export type Formula = { readonly formula: string; readonly value: number };
export type SheetCell = string | number | null | Formula;

export const formula = (text: string, value: number): Formula => ({ formula: text, value });
/** An empty cell where the value is not known: a formula over nothing would show a zero. */
export const orUnknown = (text: string, value: number | null): SheetCell =>
  value === null ? null : formula(text, value);
/** Rows of a sheet stand under its header: the first is row 2. */
export const rowOf = (index: number): number => index + 2;

/** How the numbers of a column are shown; the values keep their full precision. */
const FORMATS = {
  text: undefined,
  money: '#,##0.00;[Red]-#,##0.00',
  rate: '0.000000',
  tokens: '#,##0',
  share: '0.0%',
  count: '0',
} as const;

export type SheetColumn = {
  readonly header: string;
  readonly width: number;
  readonly format: keyof typeof FORMATS;
};

/** A column of a sheet; its width in characters. */
export const column = (
  header: string,
  width: number,
  format: SheetColumn['format'] = 'text',
): SheetColumn => ({
  header,
  width,
  format,
});

export type Sheet = {
  readonly name: string;
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly SheetCell[])[];
  /** Positions of rows to print bold: totals and headings. */
  readonly strong: readonly number[];
};

export type Workbook = { readonly title: string; readonly sheets: readonly Sheet[] };

/** The first row of every sheet is its header. Text is stored as text, whatever it begins with: it is never a formula. */
export async function xlsxBytes({ title, sheets }: Workbook): Promise<Uint8Array> {
  // Half a megabyte of code that few runs need.
  const { writeXlsx } = await import('hucre/xlsx');
  return writeXlsx({
    properties: { title, creator: 'Assay' },
    sheets: sheets.map(({ name, columns, rows, strong }) => ({
      name,
      columns: columns.map(({ width }) => ({ width })),
      rows: [columns.map(({ header }) => header), ...rows.map((row) => row.map(plainValue))],
      cells: new Map([
        ...columns.map(({ header }, index) => [`0,${index}`, { value: header, style: HEADER }] as const),
        ...rows.flatMap((row, at) =>
          row.map(
            (cell, index) =>
              [`${at + 1},${index}`, cellOf(cell, columns[index], strong.includes(at))] as const,
          ),
        ),
      ]),
      freezePane: { rows: 1 },
    })),
  });
}

const HEADER: CellStyle = { font: { bold: true }, alignment: { wrapText: true, vertical: 'top' } };

function plainValue(cell: SheetCell): string | number | null {
  return cell !== null && typeof cell === 'object' ? cell.value : cell;
}

function cellOf(cell: SheetCell, column: SheetColumn | undefined, bold: boolean) {
  const numFmt = typeof cell === 'string' ? undefined : FORMATS[column?.format ?? 'text'];
  const style: CellStyle = {
    ...(numFmt === undefined ? {} : { numFmt }),
    ...(bold ? { font: { bold: true } } : {}),
    alignment: { wrapText: typeof cell === 'string' && cell.length > 40, vertical: 'top' },
  };
  return cell !== null && typeof cell === 'object'
    ? { value: cell.value, formula: cell.formula, formulaResult: cell.value, style }
    : { value: cell, style };
}

/** `A`, `B`, … `Z`, `AA`, … of a position from 0. */
export function columnLetter(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : `${columnLetter(Math.floor(index / 26) - 1)}${last}`;
}
