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
import { COMMITMENT_AMOUNTS, COMMON_AMOUNTS, RECORD_STATES, type RecordPage } from './record-page.ts';

/** The sums of the lines that need the same amounts. */
type Sums = {
  readonly sums: GroupedSums;
  /** Lines alike often follow each other: the key and the group of the last one. */
  readonly key: Int32Array;
  last: number;
};

export type AlikeLines = {
  readonly common: Sums;
  /** Of lines that need the amounts of commitments, too. */
  readonly covered: Sums;
  /** All amounts of the covered line that is added. */
  readonly amounts: Float64Array;
  /** Whether there is something to hand over now: `handOver` was called, or there is no space for more. */
  isHandingOver: boolean;
  /** Sums that are handed over already: the common ones, then the covered ones. */
  written: number;
};

const COMMON = COMMON_AMOUNTS.length;
const COMMITMENT = COMMITMENT_AMOUNTS.length;
/** Sums held before they are handed over: some 3 MB, and 7 MB of lines that need all amounts. */
const MOST_GROUPS = 16_384;
const SECONDS_A_DAY = 86_400;

/** Parts of a group's key: the two rows, the day, how its common amounts are stated, and how those of commitments are. */
const KEY_PARTS = 5;
const NO_ROW = -1;
const GOOD = RECORD_STATES.indexOf('good');

/** A line's amounts that are read by whether they are 0: lines of which one refunds and one costs must not add up to that. */
const SIGNED = (['unblended', 'list', 'contracted'] as const).map((field) => COMMON_AMOUNTS.indexOf(field));

export function createAlikeLines(): AlikeLines {
  return {
    common: createSums(COMMON),
    covered: createSums(COMMON + COMMITMENT),
    amounts: new Float64Array(COMMON + COMMITMENT),
    isHandingOver: false,
    written: 0,
  };
}

function createSums(measures: number): Sums {
  const key = new Int32Array(KEY_PARTS).fill(NO_ROW);
  return { sums: createGroupedSums(KEY_PARTS, measures), key, last: 0 };
}

/** Forgets all that was added, and keeps the memory. */
export function clearAlike(alike: AlikeLines): void {
  for (const { sums, key } of [alike.common, alike.covered]) {
    clearGroups(sums);
    key.fill(NO_ROW);
  }
  alike.written = 0;
  alike.isHandingOver = false;
}

/** Adds a record with these common amounts to the records alike of its day. */
export function addAlike(
  alike: AlikeLines,
  amounts: Float64Array,
  row: number,
  labelRow: number,
  start: number,
): void {
  add(alike, alike.common, amounts, row, labelRow, start, howStated(amounts), 0);
}

/** The same for a record that needs these amounts of commitments, too; `flags` are those of a page. */
export function addAlikeCovered(
  alike: AlikeLines,
  common: Float64Array,
  commitment: Float64Array,
  flags: number,
  row: number,
  labelRow: number,
  start: number,
): void {
  const { amounts } = alike;
  amounts.set(common);
  amounts.set(commitment, COMMON);
  const stated = (flags << COMMITMENT) | whichStated(commitment, COMMITMENT);
  add(alike, alike.covered, amounts, row, labelRow, start, howStated(common), stated);
}

function add(
  alike: AlikeLines,
  to: Sums,
  amounts: Float64Array,
  row: number,
  labelRow: number,
  start: number,
  stated: number,
  statedCommitment: number,
): void {
  const { sums, key } = to;
  const day = Math.floor(start / SECONDS_A_DAY);
  if (
    key[0] !== row ||
    key[1] !== labelRow ||
    key[2] !== day ||
    key[3] !== stated ||
    key[4] !== statedCommitment
  ) {
    key[0] = row;
    key[1] = labelRow;
    key[2] = day;
    key[3] = stated;
    key[4] = statedCommitment;
    to.last = groupOf(sums, key);
    if (sums.keys.size >= MOST_GROUPS) alike.isHandingOver = true;
  }
  addToGroup(sums, to.last, amounts, 1);
}

/** Begins to hand over what there is; false where there is nothing. */
export function handOver(alike: AlikeLines): boolean {
  alike.isHandingOver = sumsHeld(alike) > 0;
  return alike.isHandingOver;
}

const sumsHeld = ({ common, covered }: AlikeLines): number => common.sums.keys.size + covered.sums.keys.size;

/** Writes the next sum as a record of the page, which must have space. */
export function writeNextSum(alike: AlikeLines, page: RecordPage): void {
  const { common, covered, written } = alike;
  const { size } = common.sums.keys;
  if (written < size) {
    writeSum(common.sums, written, page);
    page.flags[page.count] = 0;
  } else {
    writeSum(covered.sums, written - size, page);
    writeCovered(covered.sums, written - size, page);
  }
  page.count++;
  alike.written++;
  if (alike.written === sumsHeld(alike)) clearAlike(alike);
}

function writeSum(sums: GroupedSums, group: number, page: RecordPage): void {
  const { count } = page;
  const stated = tuplePart(sums.keys, group, 3);
  for (let place = 0; place < COMMON; place++) {
    const isStated = ((stated >> place) & 1) === 1;
    page.amounts[count * COMMON + place] = isStated ? groupTotal(sums, group, place) : Number.NaN;
  }
  page.state[count] = GOOD;
  page.bad[count] = 0;
  page.row[count] = tuplePart(sums.keys, group, 0);
  page.labelRow[count] = tuplePart(sums.keys, group, 1);
  page.start[count] = tuplePart(sums.keys, group, 2) * SECONDS_A_DAY;
  page.textStart[count] = -1;
  page.lines[count] = sums.lines[group] as number;
}

function writeCovered(sums: GroupedSums, group: number, page: RecordPage): void {
  const { count } = page;
  const stated = tuplePart(sums.keys, group, 4);
  for (let place = 0; place < COMMITMENT; place++) {
    const isStated = ((stated >> place) & 1) === 1;
    page.commitmentAmounts[count * COMMITMENT + place] = isStated
      ? groupTotal(sums, group, COMMON + place)
      : Number.NaN;
  }
  page.flags[count] = stated >> COMMITMENT;
}

/** A bit for each amount that is stated. */
function whichStated(amounts: Float64Array, count: number): number {
  let stated = 0;
  for (let place = 0; place < count; place++) {
    if (!Number.isNaN(amounts[place] as number)) stated |= 1 << place;
  }
  return stated;
}

/** A bit for each common amount that is stated, and two for each of `SIGNED`: whether it is 0, and whether it is below. */
function howStated(amounts: Float64Array): number {
  let stated = whichStated(amounts, COMMON);
  for (let index = 0, bit = COMMON; index < SIGNED.length; index++, bit += 2) {
    const value = amounts[SIGNED[index] as number] as number;
    if (value === 0) stated |= 1 << bit;
    else if (value < 0) stated |= 2 << bit;
  }
  return stated;
}
