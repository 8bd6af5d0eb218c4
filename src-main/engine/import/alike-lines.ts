// Adds up the lines that only their hour and amounts tell apart, where they are read: most of a bill, a tenth to hand on.
import {
  addToGroup,
  clearGroups,
  createGroupedSums,
  type GroupedSums,
  groupOf,
  groupTotal,
} from './grouped-sums.ts';
import { tuplePart } from './interning.ts';
import { COMMON_AMOUNTS, RECORD_STATES, type RecordPage } from './record-page.ts';

export type AlikeLines = {
  readonly sums: GroupedSums;
  /** Lines alike often follow each other: the key and the group of the last one. */
  readonly key: Int32Array;
  last: number;
  /** Whether there is something to hand over now: `handOver` was called, or there is no space for more. */
  isHandingOver: boolean;
  /** Sums that are handed over already. */
  written: number;
};

const MEASURES = COMMON_AMOUNTS.length;
/** Sums held before they are handed over: some 3 MB. */
const MOST_GROUPS = 16_384;
const SECONDS_A_DAY = 86_400;

/** Parts of a group's key: the two rows, the day, and how its amounts are stated. */
const KEY_PARTS = 4;
const NO_ROW = -1;
const GOOD = RECORD_STATES.indexOf('good');

/** A line's amounts that are read by whether they are 0, or by their sign; their sums must not be 0 where no line is. */
const SIGNED = (['unblended', 'list', 'contracted'] as const).map((field) => COMMON_AMOUNTS.indexOf(field));

export function createAlikeLines(): AlikeLines {
  return {
    sums: createGroupedSums(KEY_PARTS, MEASURES),
    key: new Int32Array(KEY_PARTS).fill(NO_ROW),
    last: 0,
    isHandingOver: false,
    written: 0,
  };
}

/** Forgets all that was added, and keeps the memory. */
export function clearAlike(alike: AlikeLines): void {
  clearGroups(alike.sums);
  alike.key.fill(NO_ROW);
  alike.written = 0;
  alike.isHandingOver = false;
}

/**
 * Adds a record with these common amounts to the records alike of its day. False, and nothing done, for one whose
 * sign would be lost in a sum.
 */
export function addAlike(
  alike: AlikeLines,
  amounts: Float64Array,
  row: number,
  labelRow: number,
  start: number,
): boolean {
  const { sums, key } = alike;
  const stated = howStated(amounts);
  if (stated < 0) return false;
  const day = Math.floor(start / SECONDS_A_DAY);
  if (key[0] !== row || key[1] !== labelRow || key[2] !== day || key[3] !== stated) {
    key[0] = row;
    key[1] = labelRow;
    key[2] = day;
    key[3] = stated;
    alike.last = groupOf(sums, key);
    if (sums.keys.size >= MOST_GROUPS) alike.isHandingOver = true;
  }
  addToGroup(sums, alike.last, amounts, 1);
  return true;
}

/** Begins to hand over what there is; false where there is nothing. */
export function handOver(alike: AlikeLines): boolean {
  alike.isHandingOver = alike.sums.keys.size > 0;
  return alike.isHandingOver;
}

/** Writes the next sum as a record of the page, which must have space. */
export function writeNextSum(alike: AlikeLines, page: RecordPage): void {
  const { sums, written } = alike;
  const { count } = page;
  const stated = tuplePart(sums.keys, written, 3);
  for (let place = 0; place < MEASURES; place++) {
    const isStated = ((stated >> place) & 1) === 1;
    page.amounts[count * MEASURES + place] = isStated ? groupTotal(sums, written, place) : Number.NaN;
  }
  page.state[count] = GOOD;
  page.flags[count] = 0;
  page.bad[count] = 0;
  page.row[count] = tuplePart(sums.keys, written, 0);
  page.labelRow[count] = tuplePart(sums.keys, written, 1);
  page.start[count] = tuplePart(sums.keys, written, 2) * SECONDS_A_DAY;
  page.textStart[count] = -1;
  page.lines[count] = sums.lines[written] as number;
  page.count++;
  alike.written++;
  if (alike.written === sums.keys.size) clearAlike(alike);
}

/**
 * A bit for each amount that is stated, and one for each of `SIGNED` that is 0: a bill reads a stated 0 in several ways.
 * Negative where one of them is below 0: two lines that cancel each other must not look like one that costs nothing.
 */
function howStated(amounts: Float64Array): number {
  let stated = 0;
  for (let place = 0; place < MEASURES; place++) {
    if (!Number.isNaN(amounts[place] as number)) stated |= 1 << place;
  }
  for (let index = 0; index < SIGNED.length; index++) {
    const value = amounts[SIGNED[index] as number] as number;
    if (value < 0) return -1;
    if (value === 0) stated |= 1 << (MEASURES + index);
  }
  return stated;
}
