// Turns names of the query vocabulary into SQL expressions and bound values. No text of a question ever becomes SQL.
import { AssayError } from '../../../shared/contract/errors.ts';
import { type DimensionSource, dimensionOf } from '../../../shared/domain/spend/dimensions.ts';
import { matchingKeys } from '../../../shared/domain/spend/tag-key.ts';
import type { Filter } from '../../../shared/domain/spend/vocabulary.ts';
import type { Db } from './open.ts';
import { setting } from './settings.ts';

/** SQL with the values of its placeholders, in order. */
export type Sql = { readonly text: string; readonly values: readonly (string | number | null)[] };

export const sql = (text: string, ...values: (string | number | null)[]): Sql => ({ text, values });

export function join(parts: readonly Sql[], separator: string): Sql {
  return {
    text: parts.map(({ text }) => text).join(separator),
    values: parts.flatMap(({ values }) => values),
  };
}

/** Where an expression may be evaluated: once a series (`s`), or on the fact rows (`f`). */
export type Place = 'series' | 'fact';

const SECONDS = 'f.day * 86400';
/** A line that spans more than an hour belongs to no hour; daily sums carry no times at all. */
const HOUR =
  "CASE WHEN f.end_second - f.start_second <= 3600 THEN strftime('%Y-%m-%dT%H:00Z', f.start_second, 'unixepoch') END";

const TIME_SQL = {
  hour: HOUR,
  day: `strftime('%Y-%m-%d', ${SECONDS}, 'unixepoch')`,
  week: `strftime('%G-W%V', ${SECONDS}, 'unixepoch')`,
  month: `strftime('%Y-%m', ${SECONDS}, 'unixepoch')`,
  quarter: `strftime('%Y', ${SECONDS}, 'unixepoch') || '-Q' || ((strftime('%m', ${SECONDS}, 'unixepoch') + 2) / 3)`,
  year: `strftime('%Y', ${SECONDS}, 'unixepoch')`,
} as const;

/** Names under which the workspace holds its calendar. */
export const CALENDAR_SETTINGS = {
  fiscalPeriod: 'fiscal_year_start',
  commitYear: 'commitment_start',
} as const;

const NOT_SET: Readonly<Record<keyof typeof CALENDAR_SETTINGS, string>> = {
  fiscalPeriod:
    'fiscalPeriod needs the month in which your fiscal year starts: state it in the settings, or with assay calendar --fiscal-year-start.',
  commitYear:
    'commitYear needs the first day of your commitment: state it in the settings, or with assay calendar --commitment-start.',
};

/** Periods of the user's own calendars. Throws `invalid_input` where the calendar is not stated: nothing is guessed. */
function calendarSql(db: Db, name: keyof typeof CALENDAR_SETTINGS): Sql {
  const stated = setting(db, CALENDAR_SETTINGS[name]);
  if (stated === null) throw new AssayError('invalid_input', NOT_SET[name], { dimension: name });
  const part = (format: string): string => `strftime('${format}', ${SECONDS}, 'unixepoch')`;
  if (name === 'fiscalPeriod') {
    const start = Number(stated);
    // Months since year 0, counted from the month the fiscal year starts in; a year is named after the one it ends in.
    const months = `(${part('%Y')} * 12 + ${part('%m')} - ?)`;
    return sql(
      `printf('FY%04d-Q%d', ${months} / 12 + ?, ${months} % 12 / 3 + 1)`,
      start,
      start === 1 ? 0 : 1,
      start,
    );
  }
  const birthday = stated.slice(5);
  return sql(
    `CASE WHEN ${part('%Y-%m-%d')} >= ? THEN printf('%04d-%s', ${part('%Y')} - (${part('%m-%d')} < ?), ?) END`,
    stated,
    birthday,
    birthday,
  );
}

/** Times that can be grouped as a number and written as text once a group, which is far cheaper than once a row. */
const TIME_GROUPS: Readonly<Record<string, { readonly key: string; written(key: string): string }>> = {
  hour: {
    key: 'CASE WHEN f.end_second - f.start_second <= 3600 THEN f.start_second / 3600 END',
    written: (key) => `strftime('%Y-%m-%dT%H:00Z', ${key} * 3600, 'unixepoch')`,
  },
  day: { key: 'f.day', written: (key) => `strftime('%Y-%m-%d', ${key} * 86400, 'unixepoch')` },
  // Day 0 was a Thursday: weeks counted from the Monday before it.
  week: {
    key: '(f.day + 3) / 7',
    written: (key) => `strftime('%G-W%V', (${key} * 7 - 3) * 86400, 'unixepoch')`,
  },
};

const RESOURCE = '(SELECT text FROM dim_resource WHERE id = s.resource)';
const PROFILE = ':inference-profile/';
const APPLICATION_PROFILE = ':application-inference-profile/';
const after = (marker: string): string =>
  `WHEN instr(${RESOURCE}, '${marker}') > 0 THEN substr(${RESOURCE}, instr(${RESOURCE}, '${marker}') + ${marker.length})`;
const INFERENCE_PROFILE = `CASE ${after(PROFILE)} ${after(APPLICATION_PROFILE)} END`;

/** The newest import wins; names of imports that were replaced do not count. */
const ACCOUNT_NAME = `(SELECT known.name FROM account_name AS known
  WHERE known.account = s.account AND known.batch_id IN (SELECT batch_id FROM delivery WHERE active = 1)
  ORDER BY known.batch_id DESC LIMIT 1)`;

/** Distinct keys of the tag sets or cost category sets that the workspace holds. */
export function heldKeys(db: Db, set: 'tag_set' | 'cost_category_set'): string[] {
  return db
    .prepare(`SELECT DISTINCT entry.key FROM dim_${set}, json_each(dim_${set}.text) AS entry ORDER BY 1`)
    .pluck()
    .all() as string[];
}

function mapValue(db: Db, source: Extract<DimensionSource, { from: 'map' }>): Sql {
  const kind = source.name === 'tag_set' ? 'tag' : 'costCategory';
  const keys = matchingKeys(source.key, heldKeys(db, source.name), kind);
  if (keys.length === 0) return sql('NULL');
  // An empty tag value means the same as no tag. json_each compares keys as text: nothing to quote or escape.
  const one = `(SELECT nullif(entry.value, '') FROM dim_${source.name} AS held, json_each(held.text) AS entry
    WHERE held.id = s.${source.name} AND entry.key = ?)`;
  return keys.length === 1 ? sql(one, ...keys) : sql(`coalesce(${keys.map(() => one).join(', ')})`, ...keys);
}

/** What to group by for a dimension, and how the group's key is written. Throws `unknown_dimension`. */
export function groupSql(
  db: Db,
  name: string,
): { readonly place: Place; readonly sql: Sql; written(key: string): string } {
  const time = TIME_GROUPS[name];
  return time === undefined
    ? { ...dimensionSql(db, name), written: (key) => key }
    : { place: 'fact', sql: sql(time.key), written: time.written };
}

/** The expression of a dimension, and where it can be evaluated. Throws `unknown_dimension`. */
export function dimensionSql(db: Db, name: string): { readonly place: Place; readonly sql: Sql } {
  const definition = dimensionOf(name);
  if (definition === null) {
    throw new AssayError('unknown_dimension', `There is no dimension “${name}”.`, { dimension: name });
  }
  const source = definition.source;
  switch (source.from) {
    case 'time': {
      const { bucket } = source;
      const own = bucket === 'fiscalPeriod' || bucket === 'commitYear';
      return { place: 'fact', sql: own ? calendarSql(db, bucket) : sql(TIME_SQL[bucket]) };
    }
    case 'batch':
      return { place: 'fact', sql: sql('f.batch_id') };
    case 'dictionary':
      return {
        place: 'series',
        sql: sql(`(SELECT text FROM dim_${source.name} WHERE id = s.${source.name})`),
      };
    case 'series':
      return { place: 'series', sql: sql(`s.${source.column}`) };
    case 'inference_profile':
      return { place: 'series', sql: sql(INFERENCE_PROFILE) };
    case 'map':
      return { place: 'series', sql: mapValue(db, source) };
    case 'account_name':
      return { place: 'series', sql: sql(ACCOUNT_NAME) };
  }
}

/** The expression of one condition. Numbers compare as numbers where the dimension is one (`importBatch`), else as text. */
export function filterSql(db: Db, filter: Filter): { readonly place: Place; readonly sql: Sql } {
  const { place, sql: expression } = dimensionSql(db, filter.dimension);
  const numeric = dimensionOf(filter.dimension)?.source.from === 'batch';
  const bound = (value: string): string | number => (numeric ? numberOf(value, filter.dimension) : value);
  const texts = filter.values.filter((value) => value !== null);
  const withNull = texts.length < filter.values.length;
  const list = sql(`(${texts.map(() => '?').join(', ')})`, ...texts.map(bound));
  return { place, sql: condition() };

  function condition(): Sql {
    switch (filter.operator) {
      case '=':
        return join(
          [join([expression, list], ' IN '), ...(withNull ? [join([expression, sql('NULL')], ' IS ')] : [])],
          ' OR ',
        );
      case '!=': {
        // The complement of `=`: lines without a value differ from every value, unless null is named too.
        const differs = join([expression, list], ' NOT IN ');
        const isNull = join([expression, sql('NULL')], withNull ? ' IS NOT ' : ' IS ');
        return texts.length === 0 ? isNull : join([differs, isNull], withNull ? ' AND ' : ' OR ');
      }
      case '~':
        return anyOf(({ text, values }, value) =>
          sql(`instr(lower(${text}), lower(?)) > 0`, ...values, value),
        );
      case '>=':
        return anyOf(({ text, values }, value) => sql(`${text} >= ?`, ...values, bound(value)));
      case '<=':
        return anyOf(({ text, values }, value) => sql(`${text} <= ?`, ...values, bound(value)));
    }
  }

  function anyOf(one: (expression: Sql, value: string) => Sql): Sql {
    if (withNull) {
      throw new AssayError(
        'invalid_input',
        `${filter.dimension} ${filter.operator} null: a missing value can only be compared with = or !=.`,
        { dimension: filter.dimension },
      );
    }
    return join(
      texts.map((value) => one(expression, value)),
      ' OR ',
    );
  }
}

function numberOf(value: string, dimension: string): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number)) return number;
  throw new AssayError('invalid_input', `${dimension} is a number; “${value}” is not.`, { dimension, value });
}
