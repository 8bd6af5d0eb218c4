// The text form of a question: conditions, periods and names as people type them, and the same back from data.
import { dimensionOf } from './dimensions.ts';
import { nearestName } from './nearest-name.ts';
import {
  DIMENSIONS,
  FILTER_OPERATORS,
  type Filter,
  type FilterOperator,
  MEASURES,
  type Measure,
  type Period,
} from './vocabulary.ts';

/** What is wrong with a text, and what would be right: a sentence for the person who typed it. */
export class GrammarError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'GrammarError';
  }
}

// Two-character operators first, so that `!=` is not read as `=`.
const OPERATORS_BY_LENGTH = [...FILTER_OPERATORS].sort((left, right) => right.length - left.length);
const QUOTED = /^"(?:[^"]|"")*"/u;
const unquote = (text: string): string => text.slice(1, -1).replaceAll('""', '"');

/**
 * Reads one condition: `dim=a,b` `dim!=a` `dim~text` `dim>=n` `dim<=n` `dim=null`. Values of one condition are joined
 * by OR. Quotes keep commas and operators literal (`"tag:a=b"=x`, `model="a, b"`, doubled quotes inside);
 * `"null"` in quotes is the word.
 */
export function parseWhere(text: string): Filter & { values: (string | null)[] } {
  const head = conditionHead(text);
  if (head === null) {
    throw new GrammarError(
      `“${text}” is not a condition: expected <dimension><operator><values>, with an operator of ${FILTER_OPERATORS.join(' ')}`,
    );
  }
  const name = parseDimension(head.dimension);
  const values = within(text, () => parseValues(head.rest));
  if (values.includes(null) && head.operator !== '=' && head.operator !== '!=') {
    throw new GrammarError(`“${text}”: null can only be compared with = or !=`);
  }
  return { dimension: name, operator: head.operator, values };
}

function conditionHead(text: string): { dimension: string; operator: FilterOperator; rest: string } | null {
  const quoted = QUOTED.exec(text)?.[0] ?? '';
  for (let at = quoted.length; at < text.length; at++) {
    const operator = OPERATORS_BY_LENGTH.find((candidate) => text.startsWith(candidate, at));
    if (operator === undefined) continue;
    const written = text.slice(quoted.length, at).trim();
    if (quoted !== '' && written !== '') return null;
    const dimension = quoted === '' ? written : unquote(quoted);
    return { dimension, operator, rest: text.slice(at + operator.length) };
  }
  return null;
}

function parseValues(text: string): (string | null)[] {
  const values: (string | null)[] = [];
  let rest = text.trim();
  for (;;) {
    const quoted = QUOTED.exec(rest)?.[0];
    if (quoted === undefined && rest.startsWith('"')) throw new GrammarError('a quoted value is not closed');
    const comma = rest.indexOf(',');
    const plain = (comma < 0 ? rest : rest.slice(0, comma)).trim();
    if (quoted === undefined && plain === '')
      throw new GrammarError('a value is empty; write null for “has no value”');
    values.push(quoted === undefined ? (plain === 'null' ? null : plain) : unquote(quoted));
    rest = rest.slice(quoted === undefined ? (comma < 0 ? rest.length : comma) : quoted.length).trimStart();
    if (rest === '') return values;
    if (!rest.startsWith(',')) throw new GrammarError(`expected a comma before “${rest}”`);
    rest = rest.slice(1).trimStart();
  }
}

/** Reads the name of a dimension. The message names the nearest one that exists. */
export function parseDimension(text: string): string {
  if (dimensionOf(text) !== null) return text;
  const near = nearestName(text, DIMENSIONS);
  const hint =
    near === null
      ? `the dimensions are ${DIMENSIONS.join(', ')}, tag:<key> and costCategory:<name>`
      : `did you mean ${near}?`;
  throw new GrammarError(`there is no dimension “${text}”: ${hint}`);
}

/** Reads the name of a measure. */
export function parseMeasure(text: string): Measure {
  const found = MEASURES.find((measure) => measure === text);
  if (found !== undefined) return found;
  const near = nearestName(text, MEASURES);
  throw new GrammarError(
    `there is no measure “${text}”: ${near === null ? `the measures are ${MEASURES.join(', ')}` : `did you mean ${near}?`}`,
  );
}

/** Reads a comma-separated list of names with `one`; quotes keep a comma literal. */
export function parseNames<T>(text: string, one: (name: string) => T): T[] {
  return parseValues(text).map((name) => one(name ?? 'null'));
}

/** Reads `column`, `column:asc` or `column:desc`; descending unless it says otherwise. */
export function parseSort(text: string): { by: string; descending: boolean } {
  const [, by = text, direction = 'desc'] = /^(.+):(asc|desc)$/su.exec(text.trim()) ?? [];
  if (by.trim() === '')
    throw new GrammarError('a column to sort by is missing: expected <column> or <column>:asc');
  return { by: by.trim(), descending: direction === 'desc' };
}

/** What `read` complains about, with the whole text it is about. */
function within<T>(text: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof GrammarError ? new GrammarError(`“${text}”: ${error.message}`) : error;
  }
}

/** Reads `2026-08`, `2026-08..2026-10` (whole months) or days; both ends are inclusive. Days come back as ISO dates. */
export function parsePeriod(text: string): Period {
  const [first = '', last = first, ...more] = text.trim().split('..');
  if (more.length > 0) throw new GrammarError(`“${text}” has more than one “..”`);
  const from = within(text, () => parsePoint(first));
  const to = within(text, () => parsePoint(last));
  if (from.grain !== to.grain) {
    throw new GrammarError(
      `“${text}” mixes a month and a day: write both ends as YYYY-MM or both as YYYY-MM-DD`,
    );
  }
  if (from.first > to.last) throw new GrammarError(`“${text}” ends before it starts`);
  return { from: from.first, to: to.last };
}

function parsePoint(text: string): { grain: 'month' | 'day'; first: string; last: string } {
  const [, year, month, day] = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/u.exec(text) ?? [];
  if (year === undefined || month === undefined) {
    throw new GrammarError(`“${text}” is neither a month (YYYY-MM) nor a day (YYYY-MM-DD)`);
  }
  if (Number(month) < 1 || Number(month) > 12) throw new GrammarError(`there is no month ${month}`);
  const length = daysOfMonth(Number(year), Number(month));
  if (day === undefined) {
    return { grain: 'month', first: `${text}-01`, last: `${text}-${String(length)}` };
  }
  if (Number(day) < 1 || Number(day) > length)
    throw new GrammarError(`${year}-${month} has ${length} days, not ${day}`);
  return { grain: 'day', first: text, last: text };
}

/** Number of days of a month (1…12) in the Gregorian calendar. */
export function daysOfMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The shortest text that `parsePeriod` reads as this period: months where it covers whole ones, else days. */
export function periodText({ from, to }: Period): string {
  const [year = 0, month = 0] = to.split('-').map(Number);
  const whole = from.endsWith('-01') && to.endsWith(`-${String(daysOfMonth(year, month))}`);
  const [first, last] = whole ? [from.slice(0, 7), to.slice(0, 7)] : [from, to];
  return first === last ? first : `${first}..${last}`;
}

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`;

function valueText(value: string | null): string {
  if (value === null) return 'null';
  const plain = value !== 'null' && value !== '' && value === value.trim() && !/[",]/u.test(value);
  return plain ? value : quote(value);
}

/** The text that `parseWhere` reads as this condition. */
export function whereText({ dimension, operator, values }: Filter): string {
  const plain = dimension === dimension.trim() && !/[=~!<>"]/u.test(dimension);
  return `${plain ? dimension : quote(dimension)}${operator}${values.map(valueText).join(',')}`;
}

/** A question as the CLI's flags, so that any figure can be asked for again. */
export function queryArguments(query: {
  readonly measures: readonly Measure[];
  readonly groupBy: readonly string[];
  readonly where: readonly Filter[];
  readonly period: Period | null;
  readonly basis: string;
  readonly scope: string;
  readonly spread: boolean;
}): string[] {
  const period = query.period === null ? [] : ['--period', periodText(query.period)];
  const groups = query.groupBy.length === 0 ? [] : ['--group-by', query.groupBy.map(valueText).join(',')];
  return [
    '--measures',
    query.measures.join(','),
    ...groups,
    ...query.where.flatMap((filter) => ['--where', whereText(filter)]),
    ...period,
    '--basis',
    query.basis,
    '--scope',
    query.scope,
    ...(query.spread ? ['--spread'] : []),
  ];
}
