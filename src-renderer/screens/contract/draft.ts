// The contract rates as they are being edited, before they are kept: rows of texts, and whether they differ from those in use.
import type { Output } from '../../../shared/contract/methods.ts';
import { OVERRIDE_PARTS, type OverridePart } from '../../../shared/domain/pricing/override.ts';
import {
  EMPTY_ROW,
  RATE_CARD_COLUMNS,
  type RateCardColumn,
  type RateCardRow,
} from '../../../shared/domain/pricing/rate-card.ts';

export type Report = Output<'overrides.preview'>;
export type Fault = Report['faults'][number];

/** `key` stays with a row while others come and go. */
export type DraftRow = { readonly key: string; readonly cells: RateCardRow };

/** Rows under edit; `next` numbers the keys. `what` is what the next version will be called. */
export type Draft = { readonly rows: readonly DraftRow[]; readonly next: number; readonly what: string };

const EDITED = 'edited by hand';

export function draftOf(rates: readonly RateCardRow[], what = EDITED): Draft {
  return { rows: rates.map((cells, index) => ({ key: String(index), cells })), next: rates.length, what };
}

export const ratesOf = ({ rows }: Draft): RateCardRow[] => rows.map(({ cells }) => cells);

const isColumn = (text: string): text is RateCardColumn =>
  RATE_CARD_COLUMNS.some((column) => column === text);

export function edit(draft: Draft, row: number, column: string, text: string): Draft {
  const held = draft.rows[row];
  if (held === undefined || !isColumn(column)) return draft;
  const cells = { ...held.cells, [column]: text.trim() };
  return { ...draft, rows: draft.rows.with(row, { ...held, cells }) };
}

/** An emptied part is for every one again, as a new row has it; anything else is empty. */
export function clear(draft: Draft, row: number, column: string): Draft {
  return isColumn(column) ? edit(draft, row, column, EMPTY_ROW[column]) : draft;
}

export function addAfter(draft: Draft, row: number): Draft {
  const added = { key: String(draft.next), cells: EMPTY_ROW };
  return { ...draft, rows: draft.rows.toSpliced(row + 1, 0, added), next: draft.next + 1 };
}

export function remove(draft: Draft, row: number): Draft {
  return { ...draft, rows: draft.rows.toSpliced(row, 1) };
}

/** Puts a block of texts in, from a cell on down and right, over the columns shown; rows it is too long for are added. */
export function paste(
  draft: Draft,
  row: number,
  column: string,
  block: readonly (readonly string[])[],
  shown: readonly string[],
): Draft {
  const first = shown.indexOf(column);
  if (first < 0) return draft;
  return block.reduce((filled, texts, down) => {
    const at = row + down;
    const grown = at < filled.rows.length ? filled : addAfter(filled, filled.rows.length - 1);
    return texts.reduce((one, text, right) => {
      const target = shown[first + right];
      return target === undefined ? one : edit(one, at, target, text);
    }, grown);
  }, draft);
}

export function isChanged(draft: Draft, held: readonly RateCardRow[]): boolean {
  return JSON.stringify(ratesOf(draft).map(inOrder)) !== JSON.stringify(held.map(inOrder));
}

const inOrder = (row: RateCardRow): string[] => RATE_CARD_COLUMNS.map((column) => row[column]);

/** Parts that a rate seldom names: shown when asked for, and whenever a row names one. */
export const RARE_PARTS: readonly OverridePart[] = ['variant', 'term', 'tier', 'context'];

export function shownColumns(draft: Draft, all: boolean): readonly RateCardColumn[] {
  const named = RARE_PARTS.filter((part) => draft.rows.some(({ cells }) => cells[part] !== EMPTY_ROW[part]));
  return RATE_CARD_COLUMNS.filter(
    (column) => all || !RARE_PARTS.some((part) => part === column) || named.some((part) => part === column),
  );
}

/** Faults by row and column, for looking up while rows are drawn; a fault of a whole row stands under ''. */
export function faultIndex(faults: readonly Fault[]): ReadonlyMap<string, string> {
  return new Map(faults.map(({ number, column, problem }) => [`${number - 1} ${column ?? ''}`, problem]));
}

export const isPart = (column: string): boolean => OVERRIDE_PARTS.some((part) => part === column);
